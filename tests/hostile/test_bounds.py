"""Small files made to cost much: read, or refused, in bounded time and with a bounded list of findings."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING

import pytest

import raw_workbooks as raw
from ctimaturity.definitions.library import Library
from ctimaturity.files.cell import column_letters
from ctimaturity.workbook.identity import FoundDefinition
from ctimaturity.workbook.reader import read_returned
from ctimaturity.workbook.reading.findings import MOST_OF_A_KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.returned import ReturnedWorkbook

SECONDS = 15.0
"""Each took from 17 seconds to minutes before it was bounded, and takes 1 to 4 now."""
KINDS = 5
"""Different codes that one such file may call forth."""


def definition() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


def ids(measurement: str) -> list[str]:
    return [item.id for item in definition().measurement_by_id[measurement].items]


def text(place: str, content: str) -> str:
    return f'<c r="{place}" t="str"><v>{content}</v></c>'


def across(row: int, contents: Iterable[str], first: int = 2) -> str:
    return "".join(
        text(f"{column_letters(column)}{row}", content) for column, content in enumerate(contents, first)
    )


def header(marker: str, columns: Iterable[str], row: int = 1) -> str:
    return raw.row(text(f"A{row}", marker) + across(row, columns), row)


def one_column_a_thousand_times() -> str:
    lines = (raw.row(across(row, [" "] * 1000), row) for row in range(2, 590))
    return header("cti:capacities:answers", ["answer"] * 1000) + "".join(lines)


def fifty_thousand_unknown_ids() -> str:
    lines = (
        raw.row(text(f"A{row}", f"C-{row}-zz{row % 97}") + f'<c r="B{row}"><v>1</v></c>', row)
        for row in range(2, 49_000)
    )
    return header("cti:capacities:answers", ["answer"]) + "".join(lines)


def eighty_thousand_near_misses() -> str:
    lines = (
        raw.row(
            text(f"A{row}", item)
            + across(row, (f"totalmente de acuerd{row}x{column}" for column in range(999))),
            row,
        )
        for row, item in enumerate(ids("perception"), 2)
    )
    return header("cti:perception:list", (f"R{number}" for number in range(1, 1000))) + "".join(lines)


def half_a_million_marks_out_of_scale() -> str:
    marks = "".join(f'<c r="{column_letters(column)}#"><v>9</v></c>' for column in range(3, 85))
    lines = (
        raw.row(f'<c r="A{row}"><v>{row}</v></c>' + marks.replace("#", str(row)), row)
        for row in range(2, 7_000)
    )
    return header("cti:perception:grid", ["segment", *ids("perception")]) + "".join(lines)


def twenty_tables_of_a_thousand_columns() -> str:
    capacities = ids("capacities")
    parts = []
    for table in range(20):
        top = 1 + 29 * table
        parts.append(header("cti:capacities:answers", ["answer"] * 998, top))
        for row in range(top + 1, top + 29):
            line = (capacities[column % len(capacities)] for column in range(1, 1000))
            parts.append(raw.row(across(row, line, first=1), row))
    return "".join(parts)


@functools.cache
def read(rows: Callable[[], str]) -> tuple[ReturnedWorkbook, float]:
    """What is read of a sheet of these rows, and the seconds of the processor that it took."""
    data = raw.workbook(raw.sheet(rows()))
    questionnaire = definition()
    before = time.process_time()
    returned = read_returned("a.xlsx", data, lambda _identity: FoundDefinition(questionnaire))
    return returned, time.process_time() - before


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (one_column_a_thousand_times, False),
        (fifty_thousand_unknown_ids, True),
        (eighty_thousand_near_misses, True),
        (half_a_million_marks_out_of_scale, True),
        (twenty_tables_of_a_thousand_columns, True),
    ],
)
def test_what_is_made_to_cost_much(rows: Callable[[], str], refused: bool) -> None:  # noqa: FBT001  (a parameter of the cases)
    returned, seconds = read(rows)
    assert seconds < SECONDS
    assert returned.refused == refused
    assert len(returned.diagnostics) <= KINDS * MOST_OF_A_KIND


def test_what_is_not_listed_is_counted() -> None:
    returned, _ = read(fifty_thousand_unknown_ids)
    (more,) = [finding for finding in returned.diagnostics if finding.code.name == "more-findings"]
    # rows 2 and on hold an id; the row below the column ids is that of the visible headers
    assert more.parameters == {"id": "W216", "name": "item-unknown", "count": 48_997 - MOST_OF_A_KIND}
