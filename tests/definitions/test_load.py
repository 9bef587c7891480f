"""From files to a questionnaire: one file or several, and what may be wrong with them."""

from __future__ import annotations

import os
import shutil
import time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctimaturity.definitions.load import check_source, load_questionnaire
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.yaml import read_yaml
from ctimaturity.model.node_scale import index_scale, node_scales
from ctimaturity.model.rule import Over, Rule
from small_definition import SMALL, changed, findings, load_small

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def edition(root: Path, tmp_path: Path) -> Path:
    """A copy of the bundled edition to spoil."""
    return shutil.copytree(root / "questionnaires" / "mmmctic" / "2020-04", tmp_path / "edition")


def codes_of(path: Path) -> list[str]:
    with pytest.raises(JobError) as caught:
        load_questionnaire(path)
    return [found.code.id for found in caught.value.diagnostics]


class TestAnotherPersonsInstrument:
    def test_defaults_are_filled_in(self, tmp_path: Path) -> None:
        questionnaire = load_small(tmp_path)
        practice, opinion, figures = questionnaire.measurements
        house, care = practice.root.children
        assert (house.kind, house.rule, house.over, house.weight) == ("area", Rule.SUM, Over.ITEMS, 1)
        assert [item.weight for item in house.items] == [3, 1]
        assert [item.applies_to for item in house.items] == [("public", "private"), ("public",)]
        assert (care.levels, practice.root.levels is not None) == (None, True)
        assert figures.root.over is Over.ITEMS
        service = opinion.root.children[0]
        assert (service.title, service.definition) == ({"en": "Service"}, {"en": "What readers get"})
        assert (service.rule, service.exponent) == (Rule.POWER, 2)
        assert service.min_coverage[0].value == Decimal("0.5")
        assert [item.reverse for item in service.items] == [False, True]
        assert questionnaire.scales["done"].by_code["no"].points == 0

    def test_scales_follow_from_rules(self, tmp_path: Path) -> None:
        questionnaire = load_small(tmp_path)
        practice, opinion, _ = (node_scales(one, questionnaire) for one in questionnaire.measurements)
        # 3 * [0, 1] + 1 * [0, 1]; the highest level; the goalposts
        assert practice == {"house": (0, 4), "care": (0, 2), "practice": (0, 100)}
        assert opinion == {"service": (1, 3), "opinion": (1, 3)}
        # Weighted sums of the ends: low 0.01 * 0 + 1 + 1, high 0.01 * 100 + 3 + 3.
        assert index_scale(questionnaire, ("practice", "opinion", "figures")) == (2, 7)
        # Low 0.01 * 0 + 1, high 0.01 * 100 + 3.
        assert index_scale(questionnaire, ("practice", "figures")) == (1, 4)

    def test_a_mean_of_scales_is_weighted(self, tmp_path: Path) -> None:
        text = changed("  rule: sum\n  weights", "  rule: mean\n  normalise: {method: none}\n  weights")
        text = text.replace("practice: 0.01", "practice: 2")
        questionnaire = load_small(tmp_path, text)
        # The weights are 2, 1, 1: a quarter of 2 * 0 + 1 + 1 and of 2 * 100 + 3 + 3.
        assert index_scale(questionnaire, ("practice", "opinion", "figures")) == (
            Fraction(1, 2),
            Fraction(103, 2),
        )

    def test_a_kind_of_its_own(self, tmp_path: Path) -> None:
        text = changed("rule: min\n    over: items", "rule: min").replace(
            "kinds: [{id: area, rule: median}]", "kinds: [{id: area, rule: median}, {id: room, rule: max}]"
        )
        old = "      - id: service\n        items:\n          - {id: loans"
        text = text.replace(
            old, "      - id: service\n        kind: room\n        items:\n          - {id: loans"
        )
        text = text.replace("kind: area\n", "kind: room\n").replace("[opinion, figures]", "[figures]")
        service = load_small(tmp_path, text).measurement_by_id["figures"].root.children[0]
        assert (service.kind, service.rule) == ("room", Rule.MAX)


class TestWhatHasNoDefault:
    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            pytest.param("        rule: sum\n", "", "rule", id="a rule"),
            pytest.param("        title: {en: House}\n", "", "title", id="a title"),
            pytest.param("      - {id: area, levels: }\n", "      []\n", "kind", id="a kind"),
            pytest.param("    item_defaults: {scale: done}\n", "", "scale", id="a scale"),
            pytest.param(", unit: percent,", ",", "unit", id="a unit"),
            pytest.param(", direction: higher_is_better", "", "direction", id="a direction"),
            pytest.param("    range_scale: stars\n", "", "range_scale", id="a range scale"),
            pytest.param("    results_basis: auto\n", "", "results_basis", id="a basis"),
            pytest.param(
                "    item_defaults: {scale: done}",
                "    item_defaults: {scale: done, weight: level}",
                "level",
                id="a level",
            ),
        ],
    )
    def test_is_asked_for(self, tmp_path: Path, old: str, new: str, key: str) -> None:
        found = findings(tmp_path, changed(old, new))
        assert {(one.code, one.parameters["key"]) for one in found} == {(codes.MISSING_KEY, key)}


class TestFolders:
    def test_places_name_the_file(self, edition: Path) -> None:
        path = edition / "results.yaml"
        path.write_text(path.read_text("utf-8").replace("unit: cop\n", "unit: copp\n"), encoding="utf-8")
        with pytest.raises(JobError) as caught:
            load_questionnaire(edition)
        (found,) = caught.value.diagnostics
        assert found.code == codes.MISSPELT_REFERENCE
        assert found.location.file == path.as_posix()
        assert found.location.item == "R-MAM-12"
        lines = path.read_text("utf-8").splitlines()
        assert found.location.line == next(n for n, line in enumerate(lines, 1) if "copp" in line)

    def test_a_mistake_in_each_file(self, edition: Path) -> None:
        for name in ("questionnaire", "capacities", "perception", "results"):
            path = edition / f"{name}.yaml"
            path.write_text(path.read_text("utf-8") + "extra: 1\n", encoding="utf-8")
        with pytest.raises(JobError) as caught:
            load_questionnaire(edition)
        found = caught.value.diagnostics
        assert [one.code for one in found] == [codes.UNKNOWN_KEY] * 4
        assert len({one.location.file for one in found}) == 4

    def test_a_missing_file(self, edition: Path) -> None:
        (edition / "perception.yaml").unlink()
        assert codes_of(edition) == [codes.DEFINITION_FILE_MISSING.id]

    @pytest.mark.parametrize("name", ["../perception.yaml", "/etc/passwd", "a/b.yaml", "a\\b.yaml"])
    def test_a_file_outside(self, edition: Path, name: str) -> None:
        main = edition / "questionnaire.yaml"
        text = main.read_text("utf-8").replace("- perception.yaml", f"- '{name}'")
        main.write_text(text, encoding="utf-8")
        assert codes_of(edition) == [codes.DEFINITION_FILE_OUTSIDE.id]

    def test_an_empty_file(self, edition: Path) -> None:
        (edition / "perception.yaml").write_text("# nothing yet\n")
        assert codes_of(edition) == [codes.DEFINITION_EMPTY.id]

    def test_no_definition_at_all(self, tmp_path: Path) -> None:
        assert codes_of(tmp_path) == [codes.DEFINITION_FILE_MISSING.id]
        assert codes_of(tmp_path / "none.yaml") == [codes.DEFINITION_FILE_MISSING.id]

    @pytest.mark.parametrize("text", ["- 1\n", "word\n", "'null'\n"])
    def test_something_else(self, tmp_path: Path, text: str) -> None:
        assert [found.code for found in findings(tmp_path, text)] == [codes.NOT_A_MAPPING]

    def test_a_syntax_error_in_one_file_leaves_the_others_checked(self, edition: Path) -> None:
        (edition / "perception.yaml").write_text("id: [\n")
        path = edition / "results.yaml"
        path.write_text(path.read_text("utf-8").replace("unit: cop\n", "unit: copp\n"), encoding="utf-8")
        assert set(codes_of(edition)) == {codes.YAML_SYNTAX.id, codes.MISSPELT_REFERENCE.id}


class TestNothingCrashes:
    @given(st.data())
    @settings(max_examples=100, deadline=None)
    def test_whatever_a_line_is_replaced_with(self, data: st.DataObject) -> None:
        lines = SMALL.splitlines()
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(lines) - 1))
            indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
            lines[at] = indent + data.draw(
                st.one_of(
                    st.sampled_from(lines).map(str.lstrip),
                    st.sampled_from(
                        ["[]", "{}", "- 1", "a: b", "rule: [x]", "id: 5", "items: x", "tree: {a: 1}"]
                    ),
                    st.sampled_from(["levels: []", "gates: {}", "kinds: [5]", "scales: x", "options: [1]"]),
                    st.text(st.sampled_from("{}[]:-,&*!|>'\"# \tañ0."), max_size=12),
                )
            )
        document = read_yaml("\n".join(lines).encode(), "a.yaml")
        source = YamlSource(document.value, "a.yaml")
        source.add(document)
        if check_source(source) is None:
            assert source.diagnostics or document.value is None

    @pytest.mark.parametrize("position", range(0, len(SMALL), 97))
    def test_a_file_cut_off(self, tmp_path: Path, position: int) -> None:
        assert findings(tmp_path, SMALL[:position])


class TestBounds:
    """A file within the size limit is checked in bounded time, whatever it says."""

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("".join(f"k{n}: 1\n" for n in range(50_000)), id="unknown keys"),
            pytest.param(
                "scales: {"
                + ",".join(f"s{n}: 1" for n in range(20_000))
                + "}\nmeasurements:\n  - items:\n"
                + "".join(f"      - {{id: i{n}, scale: t{n}}}\n" for n in range(20_000)),
                id="references to nothing",
            ),
            pytest.param("measurements:\n  - items:\n" + "      - {id: a}\n" * 50_000, id="the same id"),
            pytest.param("title: {" + ",".join(f"l{n}: x" for n in range(50_000)) + "}", id="languages"),
        ],
    )
    def test_hold(self, tmp_path: Path, text: str) -> None:
        start = time.process_time()
        assert findings(tmp_path, text)
        assert time.process_time() - start < 10

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "questionnaire.yaml")
        assert codes_of(tmp_path) == [codes.DEFINITION_FILE_MISSING.id]
