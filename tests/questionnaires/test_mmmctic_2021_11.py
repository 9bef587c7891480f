"""The definition of edition 2021-11, held against the tables it was written from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.load import load_questionnaire, read_source
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.node_scale import index_scale, level_bounds, node_scales
from ctimaturity.model.rule import Blanks, Collects, Direction, Effect, Over, ResultsBasis, Rule
from model_tables import both, by_id, order_of, order_within_nodes, parents, rows

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire

EDITION = "2021-11"


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "questionnaires" / "mmmctic" / EDITION


@pytest.fixture(scope="module")
def questionnaire(folder: Path) -> Questionnaire:
    return load_questionnaire(folder)


@pytest.fixture(scope="module")
def earlier(root: Path) -> Questionnaire:
    return load_questionnaire(root / "questionnaires" / "mmmctic" / "2020-04")


class TestCounts:
    def test_of_capacities(self, questionnaire: Questionnaire) -> None:
        axes = questionnaire.measurement_by_id["capacities"].root.children
        # Sixteen questions in the source, of which K-14 is not asked.
        assert [len(axis.items) for axis in axes] == [4, 3, 2, 4, 2]
        assert "K-14" not in questionnaire.item_by_id

    def test_of_perception(self, questionnaire: Questionnaire, earlier: Questionnaire) -> None:
        perception = questionnaire.measurement_by_id["perception"]
        assert len(perception.items) == 82
        assert sum(node.kind == "subdimension" for node in perception.nodes) == 26
        assert order_within_nodes(perception) == order_within_nodes(earlier.measurement_by_id["perception"])

    def test_of_results(self, questionnaire: Questionnaire) -> None:
        results = questionnaire.measurement_by_id["results"]
        sizes = {node.id: len(list(node.all_items())) for node in results.root.children}
        assert sizes == {
            "personas": 22,
            "gobernanza": 9,
            "calidad-de-vida": 23,
            "desarrollo-economico": 26,
            "medio-ambiente": 19,
            "habitat": 28,
        }
        assert sum(node.kind == "subdimension" for node in results.nodes) == 28
        assert len(results.items) == 127
        assert "gobierno-digital" not in by_id(results)

    def test_of_indicators_that_an_entity_can_have(self, questionnaire: Questionnaire) -> None:
        items = questionnaire.measurement_by_id["results"].items

        def applicable(entity_type: str, code: str) -> int:
            return sum(questionnaire.applies(item, entity_type, code) for item in items)

        # One indicator is for departments alone, two for municipalities alone.
        assert applicable("alcaldia", "05001") == 126
        assert applicable("gobernacion", "05") == 125
        assert applicable("alcaldia", "11001") == 127


def test_the_question_that_is_not_asked_is_on_record(folder: Path) -> None:
    text = (folder / "capacities.yaml").read_text(encoding="utf-8")
    recorded = text[text.index("id: K-14") :].split("  - id:", 1)[0]
    assert "asked: false" in recorded
    assert "Repite K-12" in recorded


@pytest.mark.shared
class TestTexts:
    def test_of_questions(self, questionnaire: Questionnaire, shared: Path) -> None:
        capacities = questionnaire.measurement_by_id["capacities"]
        nodes, above = by_id(capacities), parents(capacities)
        for row in rows(shared, "capacity_axes"):
            assert nodes[row["id"]].title == both(row, "name")
            assert nodes[row["id"]].definition == both(row, "description")
        table = [row for row in rows(shared, "capacities_2021") if row["id"] != "K-14"]
        for item, row in zip(capacities.items, table, strict=True):
            assert item.id == row["id"]
            assert (item.text, item.definition) == (both(row, "question"), both(row, "name"))
            assert above[item.id] == (row["axis"],)
            assert bool(item.note) == bool(row["source_note"])

    def test_of_the_question_that_is_not_asked(self, folder: Path, shared: Path) -> None:
        source = read_source(folder / "questionnaire.yaml")
        row = next(row for row in rows(shared, "capacities_2021") if row["id"] == "K-14")
        found = [value for value in _mappings(source.value) if value.get("id") == "K-14"]
        assert [value["text"] for value in found] == [both(row, "question")]

    def test_of_statements(self, questionnaire: Questionnaire, shared: Path) -> None:
        perception = questionnaire.measurement_by_id["perception"]
        above = parents(perception)
        table = rows(shared, "perception")
        for row in table:
            item = questionnaire.item_by_id[row["id"]]
            assert item.text == (both(row, "text_2021") or both(row, "text"))
            assert above[item.id] == (row["dimension"], row["subdimension"])
            assert not item.reverse
        assert {item.id for item in perception.items} == {row["id"] for row in table}

    def test_of_indicators(self, questionnaire: Questionnaire, shared: Path) -> None:
        results = questionnaire.measurement_by_id["results"]
        above = parents(results)
        table = rows(shared, "results_2021")
        for row in table:
            item = questionnaire.item_by_id[row["id"]]
            assert (item.text, item.definition) == (both(row, "name"), both(row, "definition"))
            assert (item.unit, item.direction) == (row["unit"], Direction(row["direction"]))
            assert set(item.applies_to) == set(row["applies_to"].split(";"))
            assert above[item.id] == (row["dimension"], row["subdimension"])
        assert {item.id for item in results.items} == {row["id"] for row in table}
        assert order_within_nodes(results) == order_of(table)

    def test_of_dimensions_in_the_order_of_the_table(
        self, questionnaire: Questionnaire, shared: Path
    ) -> None:
        table = {row["id"]: row for row in rows(shared, "structure")}
        order = list(table)
        for name in ("perception", "results"):
            nodes = questionnaire.measurement_by_id[name].nodes[1:]
            for node in nodes:
                row = table[node.id]
                assert (node.kind, node.title, node.definition) == (
                    row["kind"],
                    both(row, "name"),
                    both(row, "definition"),
                )
                assert name in row["measured_by"].split(";")
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
        for name in ("rubric", "agreement"):
            scale = questionnaire.scales[name]
            written = [(option.code, option.label) for option in scale.options]
            if scale.dont_know is not None:
                written.append((scale.dont_know.code, scale.dont_know.label))
            assert written == [(row["code"], both(row, "label")) for row in table if row["scale"] == name]
            assert all(option.points == Decimal(option.code) for option in scale.options)
        for scale_name, entries in (
            ("segment", questionnaire.segments),
            ("no-data-reason", questionnaire.no_data_reasons),
        ):
            assert [(entry.id, entry.label) for entry in entries] == [
                (row["code"], both(row, "label")) for row in table if row["scale"] == scale_name
            ]


def _mappings(value: object) -> list[dict[str, object]]:
    """All mappings in a document."""
    if isinstance(value, dict):
        return [value, *(found for entry in value.values() for found in _mappings(entry))]
    return [found for entry in value for found in _mappings(entry)] if isinstance(value, list) else []


def test_what_both_editions_ask_has_one_text(questionnaire: Questionnaire, earlier: Questionnaire) -> None:
    shared_ids = set(questionnaire.item_by_id) & set(earlier.item_by_id)
    different = {
        name
        for name in shared_ids
        if questionnaire.item_by_id[name].text != earlier.item_by_id[name].text
        or questionnaire.item_by_id[name].definition != earlier.item_by_id[name].definition
    }
    assert len(shared_ids) == 82 + 7
    assert different == {"P-PER-01", "P-GOB-14", "P-MAM-06"}


class TestRules:
    """method.md, sections 3 to 7."""

    def test_of_capacities(self, questionnaire: Questionnaire) -> None:
        capacities = questionnaire.measurement_by_id["capacities"]
        assert (capacities.collects, capacities.blanks) == (Collects.ANSWERS, Blanks.WORST)
        assert (capacities.root.rule, capacities.root.over) == (Rule.MEAN, Over.CHILDREN)
        for axis in capacities.root.children:
            assert (axis.kind, axis.rule, axis.over, axis.staged) == ("axis", Rule.MEAN, Over.ITEMS, False)
        assert {item.weight for item in capacities.items} == {1}

    @pytest.mark.parametrize("name", ["perception", "results"])
    def test_dimensions_are_means_of_all_their_items(self, questionnaire: Questionnaire, name: str) -> None:
        measurement = questionnaire.measurement_by_id[name]
        assert (measurement.root.rule, measurement.root.over) == (Rule.MEAN, Over.CHILDREN)
        for node in measurement.nodes[1:]:
            assert (node.rule, node.over, node.staged) == (Rule.MEAN, Over.ITEMS, False)
        assert {item.weight for item in measurement.items} == {1}

    def test_of_results(self, questionnaire: Questionnaire) -> None:
        results = questionnaire.measurement_by_id["results"]
        assert (results.collects, results.blanks) == (Collects.INDICATORS, Blanks.WORST)
        assert (results.results_basis, results.max_age) == (ResultsBasis.AUTO, 3)
        assert (results.range_scale, results.criterion_scale) == ("range-mark", None)

    def test_policies_are_those_of_the_earlier_edition(
        self, questionnaire: Questionnaire, earlier: Questionnaire
    ) -> None:
        for measurement in questionnaire.measurements:
            other = earlier.measurement_by_id[measurement.id]
            assert (measurement.collects, measurement.blanks) == (other.collects, other.blanks)
            assert (measurement.not_applicable, measurement.respondents) == (
                other.not_applicable,
                other.respondents,
            )

    def test_thresholds_of_section_5(self, questionnaire: Questionnaire) -> None:
        expected = {
            "measurement": [("0.65", Effect.INCOMPLETE), ("0.8", Effect.PROVISIONAL)],
            "axis": [("0.5", Effect.INCOMPLETE), ("0.65", Effect.PROVISIONAL)],
            "dimension": [("0.5", Effect.INCOMPLETE), ("0.65", Effect.PROVISIONAL)],
            "subdimension": [("0.5", Effect.DISPLAY)],
        }
        for measurement in questionnaire.measurements:
            for node in measurement.nodes:
                coverage = [(threshold.value, threshold.below) for threshold in node.min_coverage]
                assert coverage == [(Decimal(value), effect) for value, effect in expected[node.kind]]
                excluded = node.max_excluded
                assert (excluded is not None) == (node.kind in {"axis", "dimension"})
                assert excluded is None or (excluded.value, excluded.above) == (
                    Decimal("0.35"),
                    Effect.PROVISIONAL,
                )

    def test_scales_and_bands_of_section_6(self, questionnaire: Questionnaire) -> None:
        assert questionnaire.profile is not None
        levels = [questionnaire.index.levels, questionnaire.profile.levels]
        for measurement in questionnaire.measurements:
            assert set(node_scales(measurement, questionnaire).values()) == {(1, 5)}
            levels += [node.levels for node in measurement.nodes]
        scale = index_scale(questionnaire, ("capacities", "perception", "results"))
        assert scale == (1, 5)
        for bands in levels:
            assert bands is not None
            assert (bands.parts, bands.side, bands.lowest) == (5, "lower", "closed")
            assert [level.name["es"] for level in bands.names] == [f"Nivel {n}" for n in range(1, 6)]
            # Fifths of 4 are 0.8: 1, 1.8, 2.6, 3.4, 4.2, 5.
            assert level_bounds(bands, scale) == tuple(1 + Fraction(4 * n, 5) for n in range(6))

    def test_index(self, questionnaire: Questionnaire) -> None:
        index = questionnaire.index
        assert (index.rule, set(index.weights.values()), index.normalise) == (Rule.MEAN, {1}, None)
        assert (index.harmonised.minimum, index.harmonised.maximum) == (0, 100)


def test_every_unit_is_used_and_has_plausible_bounds_where_it_can(questionnaire: Questionnaire) -> None:
    used = {item.unit for item in questionnaire.measurement_by_id["results"].items}
    assert used == {unit.id for unit in questionnaire.units}
    unbounded = {unit.id for unit in questionnaire.units if unit.plausible is None}
    assert unbounded == {"index", "other:ranking places"}


def test_yaml_says_what_was_released(questionnaire: Questionnaire, folder: Path) -> None:
    released = folder / "released" / f"{questionnaire.version}.json"
    assert released.read_bytes() == canonical_json(questionnaire)
