"""The definition of edition 2020-04, held against the tables it was written from."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.load import load_questionnaire
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.node_scale import index_scale, level_bounds, node_scales
from ctimaturity.model.rule import Blanks, Collects, Direction, Effect, Over, ResultsBasis, Rule
from model_tables import both, by_id, order_of, order_within_nodes, parents, rows

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Item, Node, Questionnaire

EDITION = "2020-04"


@pytest.fixture(scope="module")
def questionnaire(root: Path) -> Questionnaire:
    return load_questionnaire(root / "questionnaires" / "mmmctic" / EDITION)


class TestCounts:
    def test_of_capacities(self, questionnaire: Questionnaire) -> None:
        capacities = questionnaire.measurement_by_id["capacities"]
        axes = capacities.root.children
        assert [len(list(axis.all_items())) for axis in axes] == [39, 36, 16, 58, 23]
        assert [len(axis.children) for axis in axes] == [4, 4, 2, 6, 3]
        levels = Counter(item.level for item in capacities.items)
        assert [levels[level] for level in range(1, 7)] == [25, 30, 39, 33, 26, 19]
        assert sum(item.weight for item in capacities.items) == 578
        assert len(capacities.items) == 172

    def test_of_perception(self, questionnaire: Questionnaire) -> None:
        perception = questionnaire.measurement_by_id["perception"]
        sizes = {node.id: len(list(node.all_items())) for node in perception.root.children}
        assert sizes == {
            "personas": 13,
            "gobernanza": 14,
            "calidad-de-vida": 11,
            "desarrollo-economico": 12,
            "medio-ambiente": 15,
            "habitat": 17,
        }
        assert sum(node.kind == "subdimension" for node in perception.nodes) == 26
        assert len(perception.items) == 82

    def test_of_results(self, questionnaire: Questionnaire) -> None:
        results = questionnaire.measurement_by_id["results"]
        sizes = {node.id: len(list(node.all_items())) for node in results.root.children}
        assert sizes == {
            "personas": 22,
            "gobernanza": 7,
            "calidad-de-vida": 11,
            "desarrollo-economico": 20,
            "medio-ambiente": 18,
            "habitat": 14,
        }
        assert sum(node.kind == "subdimension" for node in results.nodes) == 29
        assert len(results.items) == 92

    def test_of_indicators_that_an_entity_can_have(self, questionnaire: Questionnaire) -> None:
        items = questionnaire.measurement_by_id["results"].items

        def applicable(entity_type: str, code: str) -> int:
            return sum(questionnaire.applies(item, entity_type, code) for item in items)

        assert applicable("alcaldia", "05001") == 72
        assert applicable("gobernacion", "05") == 90
        assert applicable("alcaldia", "11001") == 92
        assert applicable("other", "X1") == 92


@pytest.mark.shared
class TestTexts:
    def test_of_axes_and_capacities(self, questionnaire: Questionnaire, shared: Path) -> None:
        nodes = by_id(questionnaire.measurement_by_id["capacities"])
        axes, capacities = rows(shared, "capacity_axes"), rows(shared, "capacities_2020")
        for row in axes:
            node = nodes[row["id"]]
            assert (node.kind, node.title, node.definition) == (
                "axis",
                both(row, "name"),
                both(row, "description"),
            )
        for row in capacities:
            node = nodes[row["id"]]
            assert (node.kind, node.title, node.question) == (
                "capacity",
                both(row, "name"),
                both(row, "question"),
            )
            assert node in nodes[row["axis"]].children
        assert len(nodes) == 1 + len(axes) + len(capacities)

    def test_of_subcapacities(self, questionnaire: Questionnaire, shared: Path) -> None:
        capacities = questionnaire.measurement_by_id["capacities"]
        table = rows(shared, "subcapacities_2020")
        above = parents(capacities)
        for item, row in zip(capacities.items, table, strict=True):
            assert item.id == row["id"]
            assert (item.text, item.evidence) == (both(row, "text"), both(row, "evidence"))
            assert (item.level, item.weight) == (int(row["level"]), Decimal(row["level"]))
            assert above[item.id] == (row["axis"], row["capacity"])
            assert bool(item.note) == bool(row["source_note"])

    def test_of_statements(self, questionnaire: Questionnaire, shared: Path) -> None:
        perception = questionnaire.measurement_by_id["perception"]
        above = parents(perception)
        table = rows(shared, "perception")
        for row in table:
            item = questionnaire.item_by_id[row["id"]]
            assert item.text == both(row, "text")
            assert above[item.id] == (row["dimension"], row["subdimension"])
            assert not item.reverse
        assert {item.id for item in perception.items} == {row["id"] for row in table}
        assert order_within_nodes(perception) == order_of(table)

    def test_of_indicators(self, questionnaire: Questionnaire, shared: Path) -> None:
        results = questionnaire.measurement_by_id["results"]
        above = parents(results)
        table = rows(shared, "results_2020")
        for row in table:
            item = questionnaire.item_by_id[row["id"]]
            assert (item.text, item.definition) == (both(row, "name"), both(row, "definition"))
            assert (item.unit, item.direction) == (row["unit"], Direction(row["direction"]))
            assert set(item.applies_to) == set(row["applies_to"].split(";"))
            assert above[item.id] == (row["dimension"], row["subdimension"])
            assert bool(item.note) == bool(row["direction_note"])
        assert {item.id for item in results.items} == {row["id"] for row in table}
        assert order_within_nodes(results) == order_of(table)

    def test_of_dimensions_in_the_order_of_the_table(
        self, questionnaire: Questionnaire, shared: Path
    ) -> None:
        table = {row["id"]: row for row in rows(shared, "structure")}
        order = list(table)
        for name in ("perception", "results"):
            measurement = questionnaire.measurement_by_id[name]
            nodes = measurement.nodes[1:]
            for node in nodes:
                row = table[node.id]
                assert (node.kind, node.title, node.definition) == (
                    row["kind"],
                    both(row, "name"),
                    both(row, "definition"),
                )
                assert any(f.split("@")[0] == name for f in row["measured_by"].split(";"))
            assert [node.id for node in nodes] == sorted((node.id for node in nodes), key=order.index)

    def test_of_levels(self, questionnaire: Questionnaire, shared: Path) -> None:
        for measurement in questionnaire.measurements:
            table = [
                row
                for row in rows(shared, "levels")
                if (row["edition"], row["measurement"]) == (EDITION, measurement.id)
            ]
            for node in measurement.nodes:
                assert node.levels is not None
                names = [(level.name, level.description) for level in node.levels.names]
                assert names == [(both(row, "name"), both(row, "description")) for row in table]

    def test_of_scales_segments_and_reasons(self, questionnaire: Questionnaire, shared: Path) -> None:
        table = [row for row in rows(shared, "scales") if row["edition"] == EDITION]
        criteria = {row["value"]: both(row, "text") for row in rows(shared, "results_criteria_2020")}
        for name in ("complies", "agreement", "criterion"):
            scale = questionnaire.scales[name]
            written = [(option.code, option.label) for option in scale.options]
            if scale.dont_know is not None:
                written.append((scale.dont_know.code, scale.dont_know.label))
            assert written == [(row["code"], both(row, "label")) for row in table if row["scale"] == name]
            assert all(option.points == Decimal(option.code) for option in scale.options)
        assert {o.code: o.description for o in questionnaire.scales["criterion"].options} == criteria
        for scale_name, entries in (
            ("segment", questionnaire.segments),
            ("no-data-reason", questionnaire.no_data_reasons),
        ):
            assert [(entry.id, entry.label) for entry in entries] == [
                (row["code"], both(row, "label")) for row in table if row["scale"] == scale_name
            ]


class TestRules:
    """method.md, sections 3 to 7."""

    def test_of_capacities(self, questionnaire: Questionnaire) -> None:
        capacities = questionnaire.measurement_by_id["capacities"]
        assert (capacities.collects, capacities.blanks) == (Collects.ANSWERS, Blanks.WORST)
        assert capacities.confirm_blank is not None
        assert capacities.confirm_blank.option == "0"
        for node in capacities.nodes:
            assert node.staged
            if node.kind == "capacity":
                assert (node.rule, node.out_of, node.met_at) == (Rule.POINTS_SHARE, 6, 1)
            else:
                assert (node.rule, node.over) == (Rule.MEAN, Over.CHILDREN)
                assert {child.weight for child in node.children} == {1}

    @pytest.mark.parametrize("name", ["perception", "results"])
    def test_dimensions_are_means_of_all_their_items(self, questionnaire: Questionnaire, name: str) -> None:
        measurement = questionnaire.measurement_by_id[name]
        assert (measurement.root.rule, measurement.root.over) == (Rule.MEAN, Over.CHILDREN)
        for node in measurement.nodes[1:]:
            assert (node.rule, node.over, node.staged) == (Rule.MEAN, Over.ITEMS, False)
        assert {item.weight for item in measurement.items} == {1}

    def test_of_perception(self, questionnaire: Questionnaire) -> None:
        perception = questionnaire.measurement_by_id["perception"]
        assert (perception.collects, perception.blanks) == (Collects.RESPONDENTS, Blanks.EXCLUDE)
        needs = perception.respondents
        assert needs is not None
        assert needs.min_respondents is not None
        assert needs.min_per_segment is not None
        assert needs.max_segment_share is not None
        assert needs.min_answers is not None
        assert (needs.min_respondents.value, needs.min_respondents.below) == (50, Effect.PROVISIONAL)
        assert (needs.min_per_segment.value, needs.min_per_segment.below) == (10, Effect.PROVISIONAL)
        assert (needs.max_segment_share.value, needs.max_segment_share.above) == (
            Decimal("0.6"),
            Effect.PROVISIONAL,
        )
        assert (needs.min_answers.value, needs.min_answers.below) == (10, Effect.PROVISIONAL)

    def test_of_results(self, questionnaire: Questionnaire) -> None:
        results = questionnaire.measurement_by_id["results"]
        assert (results.collects, results.blanks) == (Collects.INDICATORS, Blanks.WORST)
        assert (results.results_basis, results.max_age) == (ResultsBasis.AUTO, 3)
        assert (results.range_scale, results.criterion_scale) == ("range-mark", "criterion")

    def test_thresholds_of_section_5(self, questionnaire: Questionnaire) -> None:
        expected = {
            "measurement": [("0.65", Effect.INCOMPLETE), ("0.8", Effect.PROVISIONAL)],
            "axis": [("0.5", Effect.INCOMPLETE), ("0.65", Effect.PROVISIONAL)],
            "dimension": [("0.5", Effect.INCOMPLETE), ("0.65", Effect.PROVISIONAL)],
            "capacity": [("0.5", Effect.DISPLAY)],
            "subdimension": [("0.5", Effect.DISPLAY)],
        }
        for measurement in questionnaire.measurements:
            for node in measurement.nodes:
                coverage = [(threshold.value, threshold.below) for threshold in node.min_coverage]
                assert coverage == [(Decimal(value), effect) for value, effect in expected[node.kind]]
                if node.kind in {"axis", "dimension"}:
                    assert node.max_excluded is not None
                    assert (node.max_excluded.value, node.max_excluded.above) == (
                        Decimal("0.35"),
                        Effect.PROVISIONAL,
                    )
                else:
                    assert node.max_excluded is None

    def test_scales_and_bands_of_section_6(self, questionnaire: Questionnaire) -> None:
        for measurement, low in zip(questionnaire.measurements, (0, 1, 1), strict=True):
            assert set(node_scales(measurement, questionnaire).values()) == {(low, 6)}
            for node in measurement.nodes:
                assert node.levels is not None
                assert node.levels.parts == 6
                assert node.levels.side == "upper"
                assert node.levels.lowest == ("open" if low == 0 else "closed")
        capacities = questionnaire.measurement_by_id["capacities"].root.levels
        assert capacities is not None
        # The printed bands (0,1], (1,2] ... (5,6].
        assert level_bounds(capacities, (Fraction(0), Fraction(6))) == tuple(range(7))
        assert capacities.below == {"es": "Por debajo de Básico", "en": "Below Basic"}

    def test_index(self, questionnaire: Questionnaire) -> None:
        index = questionnaire.index
        assert (index.rule, set(index.weights.values())) == (Rule.MEAN, {1})
        assert index.normalise is not None
        assert index.normalise.method == "none"
        assert (index.harmonised.minimum, index.harmonised.maximum) == (0, 100)
        scale = index_scale(questionnaire, ("capacities", "perception", "results"))
        # A third of 0 + 1 + 1, and of 6 + 6 + 6.
        assert scale == (Fraction(2, 3), Fraction(6))
        assert index.levels is not None
        # Sixths of 16/3 are 8/9: the third bound is 2/3 + 2 * 8/9 = 22/9.
        assert level_bounds(index.levels, scale)[2] == Fraction(22, 9)

    def test_profile(self, questionnaire: Questionnaire) -> None:
        profile = questionnaire.profile
        assert profile is not None
        assert (profile.kind, profile.measurements, profile.rule) == (
            "dimension",
            ("perception", "results"),
            Rule.MEAN,
        )


class TestUnits:
    @pytest.mark.parametrize(
        ("item", "low", "high"),
        [
            pytest.param("R-PER-05", "0", "100", id="a percentage"),
            pytest.param("R-PER-01", "0", "150", id="an enrolment rate may exceed 100"),
            pytest.param("R-PER-16", "-100", None, id="nothing shrinks by more than all of it"),
            pytest.param("R-MAM-13", None, "100", id="nor is it reduced by more"),
            pytest.param("R-MAM-06", None, None, id="net emissions change sign"),
            pytest.param("R-PER-14", "0", "1", id="Gini"),
            pytest.param("R-CDV-07", "0", "100000", id="per 100,000"),
        ],
    )
    def test_plausible_bounds(
        self, questionnaire: Questionnaire, item: str, low: str | None, high: str | None
    ) -> None:
        indicator = questionnaire.item_by_id[item]
        assert indicator.unit is not None
        bounds = indicator.plausible or questionnaire.unit_by_id[indicator.unit].plausible
        assert bounds is not None
        assert bounds.minimum == (None if low is None else Decimal(low))
        assert bounds.maximum == (None if high is None else Decimal(high))

    def test_growth_and_reduction_follow_from_two_years(self, questionnaire: Questionnaire) -> None:
        derived = {unit.id: unit.derive for unit in questionnaire.units if unit.derive}
        assert derived == {"growth_percent": "growth", "other:reduction_percent": "reduction"}


class TestRelease:
    def test_yaml_says_what_was_released(self, questionnaire: Questionnaire, root: Path) -> None:
        folder = root / "questionnaires" / "mmmctic" / EDITION / "released"
        assert (folder / f"{questionnaire.version}.json").read_bytes() == canonical_json(questionnaire)

    def test_every_text_is_in_both_languages_and_trimmed(self, questionnaire: Questionnaire) -> None:
        def texts(item: Item | Node) -> list[dict[str, str]]:
            fields = [
                getattr(item, name, None) for name in ("text", "title", "definition", "evidence", "note")
            ]
            return [text for text in fields if text]

        for measurement in questionnaire.measurements:
            for part in (*measurement.items, *measurement.nodes):
                for text in texts(part):
                    assert list(text) == ["es", "en"]
                    assert all(words == " ".join(words.split()) for words in text.values())
