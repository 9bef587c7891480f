"""The three sheets that many people's answers come on, turned into tallies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import answers, mini, tallies
from returned import GRID, LIST, at, book, edited, marker_cell, names, put, read, sheet_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from ctimaturity.model.response import Tallies

PEOPLE = [
    ("academia", {"P-1": "3", "P-2": "NS", "P-3": "6", "P-4": "1"}),
    ("sector-publico", {"P-1": "3", "P-2": "2", "P-4": "1"}),
    ("academia", {"P-1": "5"}),
]
COUNTED = tallies(
    mini(),
    {
        "academia": {
            "P-1": {"3": 6, "5": 4},
            "P-2": {"1": 7, "dont_know": 3},
            "P-3": {"6": 9, "blank": 1},
            "P-4": {"2": 8},
        },
        "sociedad-civil": {"P-1": {"1": 2}, "P-2": {"1": 2}, "P-3": {"1": 2}, "P-4": {"1": 2}},
    },
)


def counts(survey: Tallies) -> dict[tuple[str, str, str], int]:
    return {
        (segment, item, option): int(survey.counts[s, i, o])
        for s, segment in enumerate(survey.segments)
        for i, item in enumerate(survey.items)
        for o, option in enumerate(survey.options)
        if survey.counts[s, i, o]
    }


EXPECTED = {
    ("academia", "P-1", "3"): 1,
    ("academia", "P-1", "5"): 1,
    ("academia", "P-2", "dont_know"): 1,
    ("academia", "P-2", "blank"): 1,
    ("academia", "P-3", "6"): 1,
    ("academia", "P-3", "blank"): 1,
    ("academia", "P-4", "1"): 1,
    ("academia", "P-4", "blank"): 1,
    ("sector-publico", "P-1", "3"): 1,
    ("sector-publico", "P-2", "2"): 1,
    ("sector-publico", "P-3", "blank"): 1,
    ("sector-publico", "P-4", "1"): 1,
}


def only(data: bytes) -> Tallies:
    (survey,) = read(data).surveys
    return survey


@pytest.mark.parametrize("perception", ["list", "grid"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_respondents_become_tallies(perception: str, language: str) -> None:
    survey = only(book(perception=perception, people=PEOPLE, language=language))
    assert counts(survey) == EXPECTED
    assert survey.respondents.tolist() == [2, 1, 0, 0]
    assert survey.source.sheet == "título de perception"


@pytest.mark.parametrize("perception", ["list", "grid"])
def test_rows_and_columns_without_answers_are_nobody(perception: str) -> None:
    returned = read(book(perception=perception, people=[*PEOPLE, ("sociedad-civil", {}), ("", {})]))
    assert counts(returned.surveys[0]) == EXPECTED
    assert names(returned) == []


@pytest.mark.parametrize("perception", ["list", "grid"])
def test_a_respondent_of_no_segment_counts_as_unknown(perception: str) -> None:
    returned = read(book(perception=perception, people=[*PEOPLE, ("", {"P-1": "6"})]))
    (survey,) = returned.surveys
    assert names(returned) == ["segment-missing"]
    assert returned.diagnostics[0].parameters["count"] == 1
    assert returned.diagnostics[0].location.cell == {"list": "G6", "grid": "B9"}[perception]
    assert survey.segments[-1] == "unknown"
    assert survey.respondents.tolist() == [2, 1, 0, 0, 1]


@pytest.mark.parametrize("perception", ["list", "grid"])
def test_nothing_but_do_not_know_is_set_aside(perception: str) -> None:
    returned = read(book(perception=perception, people=[*PEOPLE, ("academia", {"P-1": "NS"})]))
    assert names(returned) == ["only-dont-know"]
    assert counts(returned.surveys[0]) == EXPECTED


def test_who_knows_nothing_is_no_respondent_of_a_grid_and_one_of_counts() -> None:
    """Fifty, one of whom knows nothing: a grid shows who it is, counts cannot (method, section 4)."""
    ids = ("P-1", "P-2", "P-3", "P-4")
    people = [("academia", dict.fromkeys(ids, "4"))] * 49 + [("academia", dict.fromkeys(ids, "NS"))]
    counted = tallies(mini(), {"academia": {item: {"4": 49, "dont_know": 1} for item in ids}})
    grid = only(book(perception="grid", people=people))
    table = only(book(answers("05001", {}, [counted]), perception="counts"))
    assert grid.respondents.tolist() == [49, 0, 0, 0]
    assert table.respondents.tolist() == [50, 0, 0, 0]


@pytest.mark.parametrize("perception", ["list", "grid", "counts", "none"])
def test_a_blank_sheet_is_no_survey(perception: str) -> None:
    assert read(book(perception=perception)).surveys == ()
    assert names(read(book(perception=perception))) == []


def grid_cell(workbook: Workbook, respondent: int, column: str) -> str:
    sheet = sheet_of(workbook, GRID)
    header, _ = marker_cell(sheet)
    number = next(cell.column for cell in sheet[header] if cell.value == column)
    return str(sheet.cell(header + 1 + respondent, number).coordinate)


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        pytest.param("P-1", 7, "answer-out-of-scale", id="out-of-scale"),
        pytest.param("P-1", 3.5, "answer-not-whole", id="not-whole"),
        pytest.param("P-1", "#N/A", "error-cell", id="error"),
        pytest.param("segment", "la vecina", "segment-unreadable", id="segment"),
    ],
)
def test_a_mark_that_cannot_be_read_refuses_the_workbook(column: str, value: object, name: str) -> None:
    place: list[str] = []

    def change(workbook: Workbook) -> None:
        place.append(grid_cell(workbook, 2, column))
        sheet_of(workbook, GRID)[place[0]] = value

    returned = read(edited(book(perception="grid", people=PEOPLE), change))
    assert names(returned)[0] == name
    assert returned.refused
    assert returned.diagnostics[0].location.cell == place[0]


def test_more_rows_than_the_template_had_are_read() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, GRID)
        row = sheet.max_row + 5
        for column, value in (("segment", "Sector-privado"), ("P-1", 2), ("P-4", "ns")):
            letter = grid_cell(workbook, 1, column).rstrip("0123456789")
            sheet[f"{letter}{row}"] = value

    survey = only(edited(book(perception="grid", people=PEOPLE), change))
    assert survey.respondents.tolist() == [2, 1, 1, 0]
    assert counts(survey)["sector-privado", "P-4", "dont_know"] == 1


def grid_columns_moved(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, GRID)
    for row in sheet.iter_rows(max_col=6):
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value


def grid_rows_shuffled(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, GRID)
    first = marker_cell(sheet)[0] + 2
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_col=6)]
    for number, values in enumerate(reversed(rows), first):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value


def grid_marker_deleted(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, GRID)
    sheet.delete_rows(marker_cell(sheet)[0])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(grid_columns_moved, [], id="columns-moved"),
        pytest.param(grid_rows_shuffled, [], id="rows-shuffled"),
        pytest.param(grid_marker_deleted, ["columns-by-header"], id="marker-deleted"),
    ],
)
def test_moving_things_in_a_grid_changes_no_count(change: object, found: list[str]) -> None:
    returned = read(edited(book(perception="grid", people=PEOPLE), change))  # type: ignore[arg-type]
    assert counts(returned.surveys[0]) == EXPECTED
    assert names(returned) == found


def test_a_list_whose_marker_was_deleted_is_found_by_its_headers() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, LIST)
        sheet.delete_rows(marker_cell(sheet)[0])

    returned = read(edited(book(people=PEOPLE), change))
    assert counts(returned.surveys[0]) == EXPECTED
    assert names(returned) == ["columns-by-header"]


def test_labels_in_a_list_are_read_like_codes() -> None:
    returned = read(edited(book(people=PEOPLE), put(LIST, "P-1", "R1", "OPCION\u00a03 ")))
    assert counts(returned.surveys[0]) == EXPECTED


def test_merged_marks_are_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, GRID)
        sheet.merge_cells(f"{grid_cell(workbook, 2, 'P-1')}:{grid_cell(workbook, 2, 'P-2')}")

    returned = read(edited(book(perception="grid", people=PEOPLE), change))
    assert names(returned) == ["merged-over-answers"]


def test_counts_come_back_with_what_is_missing_as_blank() -> None:
    """Of 10 in academia only 8 are counted for P-4, so 2 were blank."""
    returned = read(book(answers("05001", {}, [COUNTED]), perception="counts"))
    (survey,) = returned.surveys
    assert counts(survey) == {**counts(COUNTED), ("academia", "P-4", "blank"): 2}
    assert survey.respondents.tolist() == [10, 0, 0, 2]
    assert survey.covariances == ()
    assert names(returned) == ["counts-fall-short"]
    assert returned.diagnostics[0].parameters["respondents"] == 10


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        pytest.param("option:3", -1, "count-unreadable", id="negative"),
        pytest.param("option:3", 2.5, "count-unreadable", id="half-a-person"),
        pytest.param("option:3", "seis", "count-unreadable", id="words"),
        pytest.param("dont_know", "#REF!", "error-cell", id="error"),
        pytest.param("total", 99, "total-differs", id="total-typed"),
    ],
)
def test_counts_that_cannot_be_read_refuse_the_workbook(column: str, value: object, name: str) -> None:
    marker = "cti:perception:counts:academia"
    data = edited(
        book(answers("05001", {}, [COUNTED]), perception="counts"), put(marker, "P-1", column, value)
    )
    returned = read(data)
    assert name in names(returned)
    assert returned.refused


def test_counts_whose_marker_was_deleted_are_known_by_their_sheet() -> None:
    def change(workbook: Workbook) -> None:
        for segment in ("academia", "sector-publico", "sector-privado", "sociedad-civil"):
            sheet = sheet_of(workbook, f"cti:perception:counts:{segment}")
            sheet.delete_rows(marker_cell(sheet)[0])

    returned = read(edited(book(answers("05001", {}, [COUNTED]), perception="counts"), change))
    assert returned.surveys[0].respondents.tolist() == [10, 0, 0, 2]


def test_counts_of_nobody_knows_which_segment() -> None:
    def change(workbook: Workbook) -> None:
        del workbook["_cti"]
        for number, segment in enumerate(("academia", "sector-publico", "sector-privado", "sociedad-civil")):
            sheet = sheet_of(workbook, f"cti:perception:counts:{segment}")
            header, _ = marker_cell(sheet)
            sheet.delete_rows(1, header)
            sheet.title = f"Hoja {number}"

    returned = read(edited(book(answers("05001", {}, [COUNTED]), perception="counts"), change))
    assert names(returned).count("segment-of-sheet-lost") == 4


def test_two_filled_sheets_are_two_surveys() -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook.copy_worksheet(sheet_of(workbook, GRID))
        sheet[grid_cell(workbook, 2, "P-1").rstrip("0123456789") + str(sheet.max_row)] = 6

    returned = read(edited(book(perception="grid", people=PEOPLE), change))
    assert len(returned.surveys) == 2


def test_the_segment_row_is_found_wherever_it_stands() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, LIST)
        row = sheet[at(sheet, "segment", "R1")].row
        values = [cell.value for cell in sheet[row]]
        sheet.delete_rows(row)
        last = sheet.max_row + 3
        for column, value in enumerate(values, 1):
            sheet.cell(last, column).value = value

    returned = read(edited(book(people=PEOPLE), change))
    assert returned.surveys[0].respondents.tolist() == [2, 1, 0, 0]
