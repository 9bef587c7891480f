"""Tables written here cell by cell: what the template never holds, but people send."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

from returned import book, names, read

if TYPE_CHECKING:
    from ctimaturity.workbook.returned import ReturnedWorkbook

Cells = dict[str, object]


def sent(*sheets: Cells) -> ReturnedWorkbook:
    """A workbook with these sheets; a pair is a formula and its result, a set hides the sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.add_worksheet("Portada").write("A1", "cti:cover")
        identity = {"kind": "questionnaire", "definition_hash": "a" * 64}
        hidden = workbook.add_worksheet("_cti")
        for row, pair in enumerate(identity.items()):
            hidden.write_row(row, 0, pair)
        for cells in sheets:
            sheet = workbook.add_worksheet()
            for place, value in cells.items():
                if place == "hidden":
                    sheet.hide()
                elif isinstance(value, tuple):
                    formula, result = value
                    sheet.write_formula(place, formula, None, result)
                else:
                    sheet.write(place, value)
    return read(stream.getvalue())


TWO: Cells = {
    "A1": "cti:capacities:answers",
    "B1": "answer",
    "A2": "C-1-a",
    "B2": 1,
    "A3": "C-1-b",
    "B3": 0,
}


def options(returned: ReturnedWorkbook) -> dict[str, str]:
    return {item: response.option for item, response in returned.responses.items()}


def test_the_last_result_of_a_formula_counts_with_a_warning() -> None:
    returned = sent({**TWO, "B2": ("=1+0", 1)})
    assert options(returned) == {"C-1-a": "1", "C-1-b": "0"}
    assert names(returned) == ["formula-answer"]
    assert returned.diagnostics[0].location.cell == "B2"
    assert not returned.refused


def test_a_formula_that_gives_an_empty_text_is_blank() -> None:
    returned = sent({**TWO, "B2": ('=IF(1=1," ","1")', " ")})
    assert options(returned) == {"C-1-b": "0"}
    assert names(returned) == []


def test_the_error_of_a_formula_is_an_error() -> None:
    assert names(sent({**TWO, "B2": ("=1/0", "#DIV/0!")})) == ["error-cell"]


def test_two_tables_below_each_other_on_one_sheet() -> None:
    below: Cells = {
        "A5": "cti:results:indicators",
        "B5": "value",
        "C5": "no_data",
        "D5": "criterion",
        "E5": "own_mark",
        "F5": "value_before",
        "A6": "R-1",
        "B6": 3,
        "A7": "R-2",
        "D7": 4,
    }
    returned = sent({**TWO, **below})
    assert options(returned).keys() == {"C-1-a", "C-1-b", "R-1", "R-2"}
    assert returned.responses["R-2"].criterion == "4"
    assert names(returned) == ["year-missing"]


def test_the_lines_of_two_sheets_of_one_kind_come_together() -> None:
    other: Cells = {"A1": "cti:capacities:answers", "B1": "answer", "A2": "C-2-a", "B2": "Opción 1"}
    assert options(sent(TWO, other)) == {"C-1-a": "1", "C-1-b": "0", "C-2-a": "1"}


def test_answers_on_a_hidden_sheet_are_read_and_noted() -> None:
    returned = sent({**TWO, "hidden": True})
    assert options(returned) == {"C-1-a": "1", "C-1-b": "0"}
    assert names(returned) == ["hidden-answers"]
    assert returned.diagnostics[0].parameters["count"] == 2


def test_ids_in_other_case_and_with_spaces_are_the_same_ids() -> None:
    assert options(sent({**TWO, "A2": " c-1-A\u00a0"})) == {"C-1-a": "1", "C-1-b": "0"}


def test_a_marker_that_fits_nothing_is_not_believed() -> None:
    returned = sent({**TWO, "A1": "cti:capacities:grid"})
    assert options(returned) == {"C-1-a": "1", "C-1-b": "0"}
    assert names(returned) == ["columns-by-header"]
    assert sent({"A1": "cti:other:answers", "B1": "answer", "A2": "X-1", "B2": 1}).responses == {}


def test_the_value_that_offends_is_quoted_and_masked() -> None:
    returned = sent({**TWO, "B2": "preguntar a ana@example.org o al 300 123 4567"})
    assert returned.diagnostics[0].value == "preguntar a [@] o al [tel.]"


def test_a_sheet_full_of_markers_is_not_searched() -> None:
    returned = sent({f"A{row}": "cti:capacities:answers" for row in range(1, 40)})
    assert "too-many-tables" in names(returned)


def test_two_sheets_of_one_name_are_refused() -> None:
    """Only a program that is no spreadsheet writes such a file: the list of sheets is changed by hand."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                data = data.replace(b'name="Instrucciones"', b'name="Portada"')
            new.writestr(name, data)
    returned = read(stream.getvalue())
    assert names(returned) == ["sheet-name-twice"]


def test_a_date_that_offends_is_not_taken_for_a_telephone() -> None:
    assert sent({**TWO, "B2": "2026-04-03"}).diagnostics[0].value == "2026-04-03"
    assert sent({**TWO, "B2": "300-123-4567"}).diagnostics[0].value == "[tel.]"
