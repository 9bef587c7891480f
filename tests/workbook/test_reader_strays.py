"""Columns and sheets that no longer say what their answers belong to: refused, never left out in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import mini_answers
from ctimaturity.definitions.library import Library
from returned import (
    ANSWERS,
    GRID,
    INDICATORS,
    LIST,
    at,
    book,
    edited,
    marker_cell,
    names,
    put,
    read,
    sheet_of,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FILLED = mini_answers(who("05"))
PEOPLE = [("academia", {"P-1": "3", "P-2": "2", "P-3": "6", "P-4": "1"})] * 2
HEADER = 5
"""The row of the visible headers."""


def columns(sheet: Worksheet) -> dict[str, int]:
    header, _ = marker_cell(sheet)
    return {str(cell.value): cell.column for cell in sheet[header] if cell.value}


def exchanged(first: str, second: str, rows: Callable[[int, int], bool]) -> Callable[[Workbook], None]:
    """Exchange two columns of the indicators, in the rows of which the header row's number says so."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, INDICATORS)
        header, _ = marker_cell(sheet)
        one, two = columns(sheet)[first], columns(sheet)[second]
        for row in range(1, sheet.max_row + 1):
            if rows(row, header):
                a, b = sheet.cell(row, one), sheet.cell(row, two)
                a.value, b.value = b.value, a.value

    return change


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(lambda row, header: row > header, id="moved-without-its-id"),
        pytest.param(lambda row, header: row == header, id="ids-exchanged"),
        pytest.param(lambda row, header: row == header + 1, id="headers-exchanged"),
    ],
)
def test_an_id_and_a_header_that_disagree_are_an_error(rows: Callable[[int, int], bool]) -> None:
    returned = read(edited(book(FILLED), exchanged("criterion", "own_mark", rows)))
    assert names(returned) == ["header-contradicts"] * 2
    first = returned.diagnostics[0]
    assert (first.location.sheet, first.location.cell[-1]) == ("título de results", "4")
    assert set(first.parameters.values()) == {"criterion", "own_mark"}


def test_columns_moved_with_id_and_header_are_read() -> None:
    returned = read(
        edited(book(FILLED), exchanged("criterion", "own_mark", lambda row, header: row >= header))
    )
    assert names(returned) == []
    assert returned.responses["R-1"].criterion == FILLED.responses["R-1"].criterion


def test_remarks_below_each_others_headers_are_no_error() -> None:
    returned = read(
        edited(book(FILLED), exchanged("evidence", "observation", lambda row, header: row > header))
    )
    assert names(returned) == []


def test_a_remark_that_is_the_word_of_a_header_is_no_header() -> None:
    assert names(read(edited(book(FILLED), put(ANSWERS, "C-1-a", "evidence", "Respuesta")))) == []


def without_column_of_ids(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, ANSWERS)
    sheet.delete_cols(marker_cell(sheet)[1])


def only_answers_left(workbook: Workbook) -> None:
    """Somebody copied nothing but the answers to the sheet."""
    sheet = sheet_of(workbook, ANSWERS)
    answer = columns(sheet)["answer"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.column != answer or cell.row <= HEADER:
                cell.value = None


@pytest.mark.parametrize("change", [without_column_of_ids, only_answers_left])
def test_a_sheet_of_answers_without_ids_is_an_error(change: Callable[[Workbook], None]) -> None:
    returned = read(edited(book(FILLED), change))
    assert names(returned) == ["sheet-without-ids"]
    assert returned.diagnostics[0].location.sheet == "título de capacities"


def test_a_sheet_without_ids_and_without_answers_is_none() -> None:
    assert "sheet-without-ids" not in names(read(edited(book(), without_column_of_ids)))


def beside(item: str, value: object, header: str = "", *, emptied: bool) -> Callable[[Workbook], None]:
    """Somebody writes a value right of the table, in a column that may have a header."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, ANSWERS)
        cell = sheet[at(sheet, item, "answer")]
        if emptied:
            cell.value = None
        sheet.cell(cell.row, 30).value = value  # type: ignore[assignment]
        sheet.cell(marker_cell(sheet)[0] + 1, 30).value = header or None

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(beside("C-1-a", "1 - opción 1", emptied=True), id="instead-of-the-answer"),
        pytest.param(beside("C-1-a", 1, "Nota", emptied=True), id="below-another-header"),
        pytest.param(beside("C-1-a", 0, "Respuesta", emptied=False), id="second-column-of-answers"),
    ],
)
def test_answers_beside_the_table_are_an_error(change: Callable[[Workbook], None]) -> None:
    returned = read(edited(book(FILLED), change))
    assert names(returned) == ["answer-beside"]
    (found,) = returned.diagnostics
    assert found.location.cell.startswith("AD")
    assert found.parameters == {"column": "AD"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(beside("C-1-a", 1, "Prioridad", emptied=False), id="a-mark-of-their-own"),
        pytest.param(beside("C-1-a", "ver acta", emptied=True), id="words"),
    ],
)
def test_what_people_add_for_themselves_is_theirs(change: Callable[[Workbook], None]) -> None:
    assert names(read(edited(book(FILLED), change))) == []


def test_ticks_below_a_header_of_their_own_answer_what_it_asks() -> None:
    """A column "¿Revisado?" refused the workbook where an answer beside its Sí was blank."""
    asked = Library().find("mmmctic@2020-04")
    data = book(questionnaire=asked, parts=("capacities",))
    for value, header, expected in [
        ("Sí", "¿Revisado?", []),
        ("X", "Prioritario", []),
        ("X", "", ["answer-beside"]),
        ("1 - Cumple", "¿Revisado?", ["answer-beside"]),
    ]:
        changed = edited(data, beside("C-01-a", value, header, emptied=True))
        assert names(read(changed, asked)) == expected, (value, header)


def without_their_labels(workbook: Workbook) -> None:
    """The labels of the entity's lines sorted without the hidden keys: the code's below the name's."""
    cover = sheet_of(workbook, "cti:cover")
    rows = {str(cell.value): cell.row for cell in cover["A"] if cell.value}
    first, second = rows["entity_code"], rows["confirm_blank:capacities"]
    labels = cover.cell(first, 2).value, cover.cell(second, 2).value
    cover.cell(first, 2).value, cover.cell(second, 2).value = labels[::-1]


def test_labels_of_the_cover_that_stand_beside_other_keys() -> None:
    moved = read(edited(book(mini_answers(), cover={"confirm_blank:capacities": "Sí"}), without_their_labels))
    assert names(moved).count("cover-labels-moved") == 2


def test_labels_of_the_cover_that_were_reworded_or_left_out_are_no_finding() -> None:
    def change(workbook: Workbook) -> None:
        cover = sheet_of(workbook, "cti:cover")
        cover["B6"].value, cover["B7"].value = "Nuestro código", None

    assert "cover-labels-moved" not in names(read(edited(book(mini_answers()), change)))


def ids_over(marker: str, text: str, rows: tuple[int, ...]) -> Callable[[Workbook], object]:
    """An id dragged over others."""
    return lambda workbook: [sheet_of(workbook, marker).cell(row, 1, text) for row in rows]


def pushed(marker: str, cells: str, rows: int = 0, columns: int = 0) -> Callable[[Workbook], object]:
    """A range cut and pasted elsewhere."""
    return lambda workbook: sheet_of(workbook, marker).move_range(cells, rows=rows, cols=columns)


def put_between(workbook: Workbook) -> None:
    """Two answers, one of each option, in a column that was put among the others."""
    sheet = sheet_of(workbook, ANSWERS)
    sheet.insert_cols(3)
    sheet.move_range("D9:D10", cols=-1)


PUSHED: dict[str, tuple[Callable[[Workbook], object], str]] = {
    "grid": (pushed(GRID, "B1:G11", rows=12), "sheet-without-ids"),
    "respondent": (pushed(LIST, "E6:E12", rows=-2), "column-unnamed"),
    "list": (pushed(LIST, "B1:N12", rows=12), "column-missing"),
    "over ids": (pushed(ANSWERS, "C8:C10", columns=-2), "answers-in-other-column"),
    "segments": (ids_over(LIST, "segment", (8, 9, 10, 12)), "row-without-item"),
    "id": (ids_over(ANSWERS, "C-1-a", (8, 9)), "texts-of-others"),
    "between": (put_between, "answer-beside"),
}


def test_what_was_pushed_from_its_ids_or_dragged_over_them_is_not_lost_in_silence() -> None:
    found = {
        said: names(
            read(edited(book(FILLED, perception="grid" if said == "grid" else "list", people=PEOPLE), change))
        )
        for said, (change, _) in PUSHED.items()
    }
    assert {said: found[said] for said, (_, code) in PUSHED.items() if code not in found[said]} == {}
