"""Items that cannot be answered, or whose answers would be ambiguous."""

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
            "    range: {minimum: 0, maximum: 100}\n",
            "    range:\n",
            codes.SCALE_UNCLEAR,
            "  share:",
            id="neither options nor range",
        ),
        pytest.param(
            "    range: {minimum: 0, maximum: 100}\n",
            "    range: {minimum: 0, maximum: 100}\n    options: [{code: x, points: 1, label: {en: X}}]\n",
            codes.SCALE_UNCLEAR,
            "  share:",
            id="options and range",
        ),
        pytest.param(
            "{minimum: 0, maximum: 100}\nsegments",
            "{minimum: 100, maximum: 0}\nsegments",
            codes.SCALE_WITHOUT_WIDTH,
            "  share:",
            id="range upside down",
        ),
        pytest.param(
            "code: yes, points: 1",
            "code: yes, points: 0",
            codes.SCALE_WITHOUT_WIDTH,
            "  done:",
            id="all answers worth the same",
        ),
        pytest.param(
            "label: {en: Fair}",
            "label: {en: '  ＰＯＯＲ'}",
            codes.SAME_LABEL,
            "code: 2",
            id="labels that fold to the same",
        ),
        pytest.param(
            "{code: NA, label: {en: Not applicable}}",
            "{code: NA, label: {en: good}}",
            codes.SAME_LABEL,
            "code: NA",
            id="a label of an answer without points",
        ),
        pytest.param(
            "label: {en: Fair}",
            "label: {en: '3'}",
            codes.SAME_LABEL,
            "code: 3",
            id="a label that is another's code",
        ),
        pytest.param(
            "    blanks: worst\n    results_basis",
            "    blanks: zero\n    results_basis",
            codes.ZERO_OUTSIDE_SCALE,
            "scale: stars, unit",
            id="zero on a scale from 1",
        ),
        pytest.param(
            "credit: 1}",
            "credit: 2}",
            codes.CREDIT_OUTSIDE_SCALE,
            "scale: done",
            id="credit beyond the scale",
        ),
        pytest.param(
            "policy: credit, credit: 1",
            "policy: credit",
            codes.CREDIT_UNCLEAR,
            "policy: credit",
            id="credit without a value",
        ),
        pytest.param(
            "policy: credit, credit: 1",
            "policy: exclude, credit: 1",
            codes.CREDIT_UNCLEAR,
            "policy: exclude",
            id="value without credit",
        ),
        pytest.param(
            "confirm_blank: {option: no,",
            "confirm_blank: {option: nil,",
            codes.CONFIRM_OPTION,
            "scale: done",
            id="confirmation that is no option",
        ),
        pytest.param(
            "applies_to: [public]",
            "applies_to: []",
            codes.APPLIES_TO_NOBODY,
            "applies_to",
            id="for nobody",
        ),
        pytest.param(
            "    rule: geometric\n",
            "    rule: geometric\n    max_age: 1\n",
            codes.KEY_WITHOUT_USE,
            "max_age: 1",
            id="age of opinions",
        ),
        pytest.param(
            "    results_basis: auto\n",
            "    results_basis: auto\n    confirm_blank: {option: 1, statement: {en: X}}\n",
            codes.KEY_WITHOUT_USE,
            "confirm_blank: {option: 1",
            id="confirmation of indicators",
        ),
        pytest.param(
            "    results_basis: auto\n",
            "    results_basis: auto\n    respondents: {}\n",
            codes.KEY_WITHOUT_USE,
            "respondents: {}",
            id="respondents of indicators",
        ),
        pytest.param(
            "    max_age: 2\n",
            "    criterion_scale: done\n",
            codes.MARKS_DIFFER,
            "criterion_scale",
            id="marks that mean different things",
        ),
        pytest.param(
            "plausible: {minimum: 0, maximum: 100}",
            "plausible: {minimum: 100, maximum: 0}",
            codes.PLAUSIBLE_UPSIDE_DOWN,
            "minimum: 100",
            id="a unit nothing of which is plausible",
        ),
        pytest.param(
            "plausible: {maximum: 500}",
            "plausible: {minimum: 501, maximum: 500}",
            codes.PLAUSIBLE_UPSIDE_DOWN,
            "minimum: 501",
            id="an indicator no value of which is plausible",
        ),
    ],
)
def test_is_found_alone_at_its_line(tmp_path: Path, old: str, new: str, code: Code, at: str) -> None:
    text = changed(old, new)
    found = findings(tmp_path, text)
    assert [one.code for one in found] == [code]
    assert found[0].location.line == line_of(text, at)


def test_a_survey_has_options_to_count(tmp_path: Path) -> None:
    text = changed("{id: friendly, text", "{id: friendly, scale: share, text")
    found = {one.code: one.location.line for one in findings(tmp_path, text)}
    assert found[codes.SCALE_WITHOUT_OPTIONS] == line_of(text, "scale: share")


def test_the_hint_on_the_scale_of_an_indicator_can_be_followed(tmp_path: Path) -> None:
    """Q352 says to delete the scale of the item; without one the range scale holds (it was Q103)."""
    assert findings(tmp_path, changed("{scale: stars, unit: percent", "{unit: percent")) == []


def test_marks_are_chosen_and_the_key_that_says_otherwise_is_named(tmp_path: Path) -> None:
    """A range as range scale had Q352 at every item, whose mend (naming the range) had Q349."""
    for old in ("range_scale: stars", "range_scale: stars\n    criterion_scale: stars"):
        new = old.replace("_scale: stars", "_scale: share")
        text = changed("range_scale: stars", new)
        found = [(one.code, one.location.line) for one in findings(tmp_path, text)]
        keys = [line.strip() for line in new.splitlines()]
        assert found == [(codes.MARKS_NOT_CHOSEN, line_of(text, key)) for key in keys]


def test_a_code_that_is_given_twice_is_named_as_such(tmp_path: Path) -> None:
    """It was Q343, which says that two answers read the same, and offers to change the label."""
    for code in ("1", "YES"):
        old = "code: 2, points" if code == "1" else "code: no, points"
        text = changed(old, f"code: {code}, points")
        found = [one for one in findings(tmp_path, text) if one.code in {codes.SAME_CODE, codes.SAME_LABEL}]
        named = code if code == "1" else "yes"
        assert [(one.code, one.parameters["code"]) for one in found] == [(codes.SAME_CODE, named)]


def test_an_indicator_is_scored_on_the_range_scale(tmp_path: Path) -> None:
    text = changed("{id: loans, text", "{id: loans, scale: done, text")
    found = {one.code: one.location.line for one in findings(tmp_path, text)}
    assert found[codes.MARK_SCALE] == line_of(text, "scale: done, text")


YES = "      - {code: yes, points: 1, label: {en: Done}}\n"
OFFERED = changed(YES, f"{YES}    not_applicable: {{code: NA, label: {{en: None here}}}}\n")
REASONS = "no_data_reasons:\n  - {id: unknown, label: {en: Not known}}\n"


def test_what_may_not_apply_needs_reasons(tmp_path: Path) -> None:
    text = OFFERED.replace(REASONS, "")
    (found,) = findings(tmp_path, text)
    assert (found.code, found.location.line) == (codes.NO_REASONS, line_of(text, "None here"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(OFFERED, id="reasons are listed"),
        pytest.param(
            OFFERED.replace(REASONS, "").replace("{policy: credit, credit: 1}", "{policy: forbid}"),
            id="it is forbidden",
        ),
    ],
)
def test_otherwise_reasons_are_not_needed(tmp_path: Path, text: str) -> None:
    assert not findings(tmp_path, text)
