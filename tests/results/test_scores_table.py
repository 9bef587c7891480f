from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answered import answered, scored
from ctimaturity.results.scores_table import scores_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.results.table import Cell

PROMISED = (
    "entity_code",
    "measurement",
    "node",
    "kind",
    "parent",
    "state",
    "score",
    "scale_min",
    "scale_max",
    "level",
    "coverage",
    "low",
    "high",
    "weight_effective",
    "n",
    "staged_level",
)


def records(assessment: Assessment) -> dict[tuple[Cell, ...], Mapping[str, Cell]]:
    table = scores_table(assessment)
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows()]
    by_key: dict[tuple[Cell, ...], Mapping[str, Cell]] = {
        tuple(row[name] for name in table.key): row for row in rows
    }
    assert len(by_key) == len(rows)
    return by_key


def test_the_columns_are_those_promised_in_their_order() -> None:
    assert scores_table(answered()).header == PROMISED


def test_every_node_of_every_entity_has_a_row_by_code_then_as_defined() -> None:
    assessment = scored()
    codes = sorted(assessment.answers)
    nodes = [(place.measurement, place.node) for place in assessment.index.table.places]
    assert list(records(assessment)) == [(code, *node) for code in codes for node in nodes]


def test_an_item_and_its_parents() -> None:
    rows = records(scored())
    # C-1: of 1 + 2 + 3 points one is met, so 6 * 1 / 6; level 1 of (0, 1].
    capacity = rows["90001", "capacities", "C-1"]
    assert (capacity["kind"], capacity["parent"], capacity["state"]) == ("capacity", "liderazgo", "")
    assert (capacity["score"], capacity["level"], capacity["staged_level"]) == (1.0, 1, 1)
    assert (capacity["scale_min"], capacity["scale_max"], capacity["coverage"]) == (0.0, 6.0, 1.0)
    item = rows["90001", "capacities", "C-2-a"]
    assert (item["kind"], item["parent"], item["state"]) == ("item", "C-2", "blank")
    assert (item["score"], item["coverage"], item["low"], item["high"], item["n"]) == (0.0, 0.0, 0.0, 1.0, 0)
    assert (item["level"], item["staged_level"]) == (None, None)
    whole = rows["90001", "index", "index"]
    assert (whole["parent"], whole["kind"], whole["scale_min"]) == (None, "index", 2 / 3)
    assert rows["90001", "profile", "habitat"]["parent"] is None
    assert rows["90001", "results", "R-2"]["state"] == "no_data"


def test_refused_entities_have_rows_without_numbers() -> None:
    row = records(scored())["90009", "capacities", "C-1"]
    assert [row[name] for name in ("score", "level", "coverage", "low", "high")] == [None] * 5


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_the_index_changes_nothing(reverse: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    assessment = scored()
    rows = tuple(sorted(assessment.index.rows, key=lambda row: row.entity.code, reverse=reverse))
    other = replace(assessment, index=replace(assessment.index, rows=rows))
    assert list(scores_table(other).rows()) == list(scores_table(assessment).rows())
