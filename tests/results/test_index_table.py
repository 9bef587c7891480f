from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from answered import answered
from builders import answers as entity_answers
from builders import entity, item, levels, measurement, node, questionnaire, tree
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.reference import Reference, ReferenceRange
from ctimaturity.model.rule import Direction
from ctimaturity.results.index_table import index_table
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.results.table import Cell

PROMISED = (
    "rank",
    "entity_code",
    "entity_name",
    "entity_type",
    "status",
    "index",
    "level",
    "level_name",
    "index_low",
    "index_high",
    "coverage",
    "index_harmonised",
    "capacities",
    "perception",
    "results",
    "axis:liderazgo",
    "axis:tecnologia",
    "dimension:personas",
    "dimension:habitat",
    "weakest_dimension",
    "respondents",
    "na_share",
    "dont_know_share",
    "results_basis",
    "round",
    "questionnaire",
    "group:entity_type",
    "rank:entity_type",
    "group_size:entity_type",
    "group:region",
    "rank:region",
    "group_size:region",
)
"""The columns that the contract promises, in its order, for the miniature."""


def records(assessment: Assessment, language: str = "es") -> list[Mapping[str, Cell]]:
    table = index_table(assessment, language)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows()]


def assessed(definition: Questionnaire, answers: Sequence[EntityAnswers]) -> Assessment:
    index = score(definition, answers)
    return Assessment(definition, {each.entity.code: each for each in answers}, index, (), {}, {})


def test_the_columns_are_those_promised_in_their_order() -> None:
    header = index_table(answered(), "es").header
    assert header[: len(PROMISED)] == PROMISED
    assert header[len(PROMISED) :] == ("population:academia", "population:sociedad-civil")


def test_a_ranked_entity_with_all_its_numbers() -> None:
    assessment = answered()
    first = assessment.index.rows[0]
    row = records(assessment)[0]
    where = assessment.index.table.place_index()
    assert (row["rank"], row["entity_code"], row["entity_name"]) == (1, "90001", "Ciudad Alborada")
    assert (row["status"], row["index"], row["level"], row["level_name"]) == ("ranked", 4.875, 5, "Nivel 5")
    assert (row["index_low"], row["index_high"]) == (first.index_low, first.index_high)
    for column, place in {
        "capacities": ("capacities", "capacities"),
        "axis:tecnologia": ("capacities", "tecnologia"),
        "dimension:habitat": ("profile", "habitat"),
    }.items():
        assert row[column] == assessment.index.table.score[0, where[place]]
    assert (row["round"], row["questionnaire"], row["results_basis"]) == ("2020", "mini@1", "criterion")
    assert (row["group:region"], row["rank:region"], row["group_size:region"]) == ("Sierra", 1, 4)
    assert (row["population:academia"], row["population:sociedad-civil"]) == (1200, 80000)


def test_rows_stand_in_the_order_of_the_index_and_ties_share_their_rank() -> None:
    rows = records(answered())
    assert [row["rank"] for row in rows] == [1, 2, 2, 4, 5, 6, 7, 8, None, None, None]
    assert [row["status"] for row in rows[-3:]] == ["provisional", "incomplete", "refused"]
    assert [row["index"] for row in rows[-3:]] == [2.9, None, None]


def test_what_there_is_not_is_none() -> None:
    refused = records(answered())[-1]
    for name in ("index", "level", "level_name", "index_low", "coverage", "capacities", "dimension:habitat"):
        assert refused[name] is None, name


def test_ties_of_the_weakest_are_joined() -> None:
    assessment = answered()
    row = replace(assessment.index.rows[0], weakest=("personas", "habitat"))
    tied = replace(assessment, index=replace(assessment.index, rows=(row,)))
    assert records(tied)[0]["weakest_dimension"] == "personas;habitat"


@pytest.mark.parametrize(
    ("option", "level", "name"),
    # 1 is the lowest score there is, 2 lies in the upper half of [1, 2].
    [("1", 0, "por debajo del primero"), ("2", 2, "Nivel 2")],
)
def test_the_level_has_its_name_also_below_the_first(option: str, level: int, name: str) -> None:
    from builders import scale

    definition = tree(item("a"), scales={"s": scale(1, 2)})
    definition = definition.model_copy(
        update={"index": definition.index.model_copy(update={"levels": levels(2, lowest="open")})}
    )
    (row,) = records(assessed(definition, [entity_answers("90001", {"a": option})]))
    assert (row["level"], row["level_name"]) == (level, name)


def test_an_instrument_of_another_kind_has_columns_of_its_own() -> None:
    definition = questionnaire(
        measurement(node("practices", node("plan", item("a"), kind="function"), kind="measurement")),
        measurement(node("assets", node("plan", item("b"), kind="function"), kind="measurement")),
        measurement(node("level", item("c"), kind="measurement")),
        measurement(node("unit", node("code", item("d"), kind="rank"), kind="measurement")),
    )
    answers = entity_answers(entity("X-1", "empresa", rank="north"), {"a": 2, "b": 3, "c": 4, "d": 5})
    header = index_table(assessed(definition, [answers]), "es").header
    shown = header[header.index("index_harmonised") + 1 : header.index("weakest_dimension")]
    # The same kind and id in two trees, and the id of a fixed column: a longer name keeps them apart.
    assert shown == (
        "practices",
        "assets",
        "measurement:level/level",
        "unit",
        "function:plan",
        "function:assets/plan",
        "rank:code",
    )
    (row,) = records(assessed(definition, [answers]))
    assert [row[name] for name in shown] == [2.0, 3.0, 4.0, 5.0, 2.0, 3.0, 5.0]
    assert len(set(header)) == len(header)


def test_measurements_that_were_not_scored_stay_empty() -> None:
    assessment = answered()
    index = score(assessment.questionnaire, tuple(assessment.answers.values()), measurements=["capacities"])
    row = records(replace(assessment, index=index))[0]
    assert row["capacities"] is not None
    assert (row["perception"], row["results"], row["dimension:habitat"]) == (None, None, None)


def test_groups_that_reference_ranges_depend_on_are_kept() -> None:
    assessment = answered()
    ranges = (ReferenceRange("R-1", Direction.HIGHER, grouping="category", group="6"),)
    first = assessment.index.rows[0]
    grouped = replace(first, entity=replace(first.entity, groups={"region": "Sierra", "category": "6"}))
    referenced = replace(
        assessment,
        reference=Reference(ranges),
        index=replace(assessment.index, rows=(grouped, *assessment.index.rows[1:])),
    )
    assert records(referenced)[0]["group:category"] == "6"
    assert "rank:category" not in records(referenced)[0]


def test_not_a_number_is_none() -> None:
    assessment = answered()
    table = replace(assessment.index.table, score=np.full_like(assessment.index.table.score, np.nan))
    row = records(replace(assessment, index=replace(assessment.index, table=table)))[0]
    assert row["capacities"] is None
