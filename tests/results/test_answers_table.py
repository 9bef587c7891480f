from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from answered import answered
from builders import NOT_APPLICABLE, entity, item, no_data, number_scale, tree, written
from builders import answers as entity_answers
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.reference import Reference, ReferenceRange
from ctimaturity.model.rule import Direction
from ctimaturity.results.answers_table import answers_table
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.results.table import Cell

PROMISED = (
    "entity_code",
    "measurement",
    "item",
    "state",
    "reason",
    "value",
    "value_before",
    "mark",
    "criterion",
    "own_mark",
    "basis",
    "unit",
    "year",
    "source",
    "evidence",
    "observation",
    "origin",
    "file",
    "sheet",
    "cell",
)


def records(assessment: Assessment) -> dict[tuple[Cell, Cell], Mapping[str, Cell]]:
    table = answers_table(assessment)
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows()]
    return {(row["entity_code"], row["item"]): row for row in rows}


def based(basis: str, reference: Reference | None = None) -> Assessment:
    found = answered()
    return replace(found, index=replace(found.index, results_basis=basis), reference=reference)


def test_the_columns_are_those_promised_in_their_order() -> None:
    assert answers_table(answered()).header == (*PROMISED, "confirmed")


def test_an_answer_of_capacities() -> None:
    row = records(answered())["90001", "C-1-a"]
    assert (row["measurement"], row["state"], row["mark"]) == ("capacities", "answered", "1")
    assert (row["basis"], row["unit"], row["value"], row["confirmed"]) == (None, None, None, "false")
    assert (row["observation"], row["origin"]) == ("vista", "workbook")
    assert (row["file"], row["sheet"], row["cell"]) == ("libros/90001.xlsx", "Capacidades", "D7")
    assert records(answered())["90001", "C-1-c"]["confirmed"] == "true"


def test_an_indicator_keeps_all_its_cells_beside_the_mark_that_counts() -> None:
    row = records(answered())["90001", "R-1"]
    assert (row["value"], row["value_before"]) == (Decimal("-12.5"), Decimal("0.1"))
    assert (row["mark"], row["criterion"], row["own_mark"], row["basis"]) == ("3", "3", "4", "criterion")
    assert (row["unit"], row["year"], row["source"]) == ("percent", 2019, "DANE, 2019")


def test_the_basis_decides_mark_and_state() -> None:
    by_self = records(based("self"))
    assert (by_self["90001", "R-1"]["mark"], by_self["90001", "R-1"]["basis"]) == ("4", "self")
    # R-3 has a value and no mark: blank under criterion and self, which read the mark.
    assert (by_self["90001", "R-3"]["state"], by_self["90001", "R-3"]["mark"]) == ("blank", "")
    # 0 and below are mark 1, then each cut is the next: -12.5 is the lowest, 1234567.000001 above all.
    cuts = tuple(map(Decimal, (0, 10, 20, 30, 40)))
    covered = Reference(tuple(ReferenceRange(each, Direction.HIGHER, cuts) for each in ("R-1", "R-3")))
    by_range = records(based("auto", covered))
    assert (by_range["90001", "R-1"]["mark"], by_range["90001", "R-1"]["basis"]) == ("1", "range")
    assert (by_range["90001", "R-3"]["mark"], by_range["90001", "R-3"]["state"]) == ("6", "answered")


def test_no_data_wins_and_keeps_its_reason() -> None:
    row = records(answered())["90001", "R-2"]
    assert (row["state"], row["reason"], row["mark"]) == ("no_data", "not-measured", "")


def test_items_that_were_asked_and_left_have_a_row_and_those_that_cannot_exist_none() -> None:
    rows = records(answered())
    left = rows["90001", "C-2-c"]
    assert (left["state"], left["origin"], left["file"]) == ("blank", None, "")
    assert ("90001", "R-4") not in rows
    assert rows["91", "R-4"]["state"] == "blank"


def test_of_a_refused_entity_only_what_was_read() -> None:
    rows = records(answered())
    assert ("90009", "C-1-a") in rows
    assert ("90009", "C-2-c") not in rows


def test_statements_have_no_row() -> None:
    assert {row["measurement"] for row in records(answered()).values()} == {"capacities", "results"}


def test_numbers_and_not_applicable() -> None:
    definition = tree(item("a"), item("b"), item("c"), scales={"s": number_scale(0, 100)})
    answers = entity_answers(entity("1"), {"a": written("37.50"), "b": NOT_APPLICABLE, "c": no_data()})
    index = score(definition, [answers])
    rows = records(Assessment(definition, {"1": answers}, index, (), {}, {}))
    assert rows["1", "a"]["mark"] == Decimal("37.50")
    assert (rows["1", "b"]["state"], rows["1", "b"]["reason"]) == ("not_applicable", "other")
    assert rows["1", "c"]["state"] == "no_data"
