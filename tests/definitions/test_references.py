"""Ids that are used twice or reserved, and names of what is not defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from small_definition import changed, findings, line_of

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        pytest.param(
            "{id: loans, text",
            "{id: ramp, text",
            codes.DUPLICATE_ID,
            "{id: ramp, text: {en: Loans}",
            id="an item of another measurement",
        ),
        pytest.param(
            "{id: slow, text",
            "{id: service, text",
            codes.DUPLICATE_ID,
            "{id: service, text",
            id="an item named as its node",
        ),
        pytest.param(
            "      - id: care\n",
            "      - id: house\n",
            codes.DUPLICATE_ID,
            "- id: house\n        title: {en: Care}",
            id="two nodes",
        ),
        pytest.param(
            "      - id: care\n",
            "      - id: practice\n",
            codes.DUPLICATE_ID,
            "- id: practice\n        title: {en: Care}",
            id="a node named as the measurement",
        ),
        pytest.param(
            "  - {id: staff,",
            "  - {id: readers,",
            codes.DUPLICATE_ID,
            "- {id: readers, label: {en: Staff}}",
            id="two segments",
        ),
        pytest.param(
            "languages: [en]", "languages: [en, en]", codes.DUPLICATE_ID, "languages", id="a language twice"
        ),
        pytest.param(
            "  - {id: staff,", "  - {id: all,", codes.RESERVED_ID, "- {id: all", id="a segment of everybody"
        ),
        pytest.param(
            "code: 1, points: 1,",
            "code: blank, points: 1,",
            codes.RESERVED_ID,
            "code: blank",
            id="an option that is a state",
        ),
        pytest.param(
            "{id: loans, text",
            "{id: loans, scale: star, text",
            codes.MISSPELT_REFERENCE,
            "scale: star,",
            id="a scale",
        ),
        pytest.param(
            "{id: loans, text",
            "{id: loans, scale: temperature, text",
            codes.UNKNOWN_REFERENCE,
            "scale: temperature",
            id="a scale that resembles none",
        ),
        pytest.param(
            "    range_scale: stars",
            "    range_scale: marks",
            codes.UNKNOWN_REFERENCE,
            "range_scale: marks",
            id="the range scale",
        ),
        pytest.param(
            "unit: percent",
            "unit: per-cent",
            codes.MISSPELT_REFERENCE,
            "unit: per-cent",
            id="a unit in the defaults",
        ),
        pytest.param(
            "applies_to: [public]",
            "applies_to: [publik]",
            codes.MISSPELT_REFERENCE,
            "publik",
            id="a type of entity",
        ),
        pytest.param(
            "        title: {en: House}",
            "        title: {en: House}\n        kind: aera",
            codes.MISSPELT_REFERENCE,
            "kind: aera",
            id="a kind",
        ),
        pytest.param(
            "measurements: [opinion, figures]",
            "measurements: [opinions, figures]",
            codes.MISSPELT_REFERENCE,
            "opinions",
            id="a measurement of the profile",
        ),
        pytest.param(
            "figures: 1}",
            "figures: 1, finance: 1}",
            codes.UNKNOWN_REFERENCE,
            "finance",
            id="a weight of nobody",
        ),
        pytest.param(
            ", figures: 1}", "}", codes.MISSING_KEY, "weights:", id="a measurement without a weight"
        ),
    ],
)
def test_is_found_alone_at_its_line(tmp_path: Path, old: str, new: str, code: Code, at: str) -> None:
    text = changed(old, new)
    found = findings(tmp_path, text)
    assert [one.code for one in found] == [code]
    assert found[0].location.line == line_of(text, at)


def test_a_measurement_named_index(tmp_path: Path) -> None:
    text = changed("  - id: figures\n", "  - id: index\n").replace("figures: 1}", "index: 1}")
    text = text.replace("[opinion, figures]", "[opinion, index]")
    assert [one.code for one in findings(tmp_path, text)] == [codes.RESERVED_ID]


def test_the_first_place_of_a_double_id_is_named(tmp_path: Path) -> None:
    text = changed("{id: loans, text", "{id: ramp, text")
    (found,) = findings(tmp_path, text)
    assert found.parameters["first"] == f"{tmp_path.as_posix()}/small.yaml:{line_of(text, 'id: ramp')}"


def test_references_are_checked_in_a_definition_with_other_mistakes(tmp_path: Path) -> None:
    text = changed("version: 0.1.0\n", "").replace("scale: stars, unit", "scale: star, unit")
    assert {one.code for one in findings(tmp_path, text)} == {codes.MISSING_KEY, codes.MISSPELT_REFERENCE}
