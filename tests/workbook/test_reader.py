"""Returned workbooks are read exactly as answered, wherever the answers stand, or refused with the cell."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from builders import BLANK, answers, entity, mini, mini_answers
from ctimaturity.model.response import Response, State
from ctimaturity.workbook.copies import content
from returned import ANSWERS, INDICATORS, at, book, edited, marker_cell, names, put, read, sheet_of, who

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.workbook import Workbook

FULL = Response(
    state=State.ANSWERED,
    value=Decimal("37.25"),
    criterion="4",
    own_mark="5",
    year=2025,
    reference="DANE",
    evidence="https://example.org/a",
    observation="con cautela",
)
RESPONSES: dict[str, object] = {
    "C-1-a": 1,
    "C-1-b": 0,
    "C-2-a": Response(State.ANSWERED, option="1", evidence="Acuerdo 12", observation="vigente"),
    "R-1": FULL,
    "R-2": Response(State.NO_DATA, reason="not-measured"),
    "R-3": Response(State.ANSWERED, own_mark="2"),
    "R-4": Response(State.ANSWERED, value=Decimal("0.1"), year=2025),
}
FILLED = answers("05001", RESPONSES)


def contents(responses: Mapping[str, Response]) -> dict[str, tuple[object, ...]]:
    return {
        item: content(response) for item, response in responses.items() if response.state is not State.BLANK
    }


EXPECTED = contents(FILLED.responses)


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_is_written_comes_back(language: str) -> None:
    returned = read(book(FILLED, language=language))
    assert returned.diagnostics == ()
    assert contents(returned.responses) == EXPECTED
    remarks = returned.responses["C-2-a"]
    assert (remarks.evidence, remarks.observation) == ("Acuerdo 12", "vigente")
    indicator = returned.responses["R-1"]
    assert (indicator.reference, indicator.evidence) == ("DANE", "https://example.org/a")


def test_an_answer_says_where_it_stands() -> None:
    source = read(book(FILLED)).responses["C-1-b"].source
    assert (source.file, source.sheet, source.origin) == ("a.xlsx", "título de capacities", "workbook")
    assert source.cell.startswith("C")


def test_a_blank_template_has_no_answers_and_no_findings() -> None:
    returned = read(book())
    assert returned.responses == {}
    assert returned.surveys == ()
    assert returned.diagnostics == ()
    assert returned.lines["capacities"] == {item for item in mini().item_by_id if item.startswith("C")}


def test_what_the_cover_says() -> None:
    returned = read(
        book(FILLED, entity=entity("05001"), cover={"date": "2026-03-01", "signed_by": "Ana Ruiz"})
    )
    assert returned.cover.text("entity_code") == "05001"
    assert returned.cover.cell("entity_code")
    assert returned.cover.text("date") == "2026-03-01"
    assert returned.identity.entity_code == "05001"
    assert returned.identity.definition == "mini@1@1.0.0"


def rows_sorted(workbook: Workbook) -> None:
    """The lines of a sheet in reverse order, headings and headers too."""
    for marker in (ANSWERS, INDICATORS):
        sheet = sheet_of(workbook, marker)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1)]
        for number, values in enumerate(reversed(rows), 1):
            for column, value in enumerate(values, 1):
                sheet.cell(number, column).value = value


def rows_inserted(workbook: Workbook) -> None:
    for marker in (ANSWERS, INDICATORS):
        sheet = sheet_of(workbook, marker)
        sheet.insert_rows(marker_cell(sheet)[0] + 4, amount=3)
        sheet.insert_rows(1, amount=2)
        sheet["B1"] = "Alcaldía de Prueba, diligenciado por la oficina TIC"


def columns_moved(workbook: Workbook) -> None:
    for marker in (ANSWERS, INDICATORS):
        sheet = sheet_of(workbook, marker)
        for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row, max_col=14):
            values = [cell.value for cell in row]
            for cell, value in zip(row, reversed(values), strict=True):
                cell.value = value


def column_inserted(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, ANSWERS)
    sheet.insert_cols(2)
    sheet["B8"] = "nota"


def sheets_renamed_and_moved(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, ANSWERS)
    sheet.title = "Hoja 7"
    workbook.move_sheet(sheet, offset=3)
    workbook.create_sheet("Notas")["A1"] = "apuntes"


def identity_deleted(workbook: Workbook) -> None:
    del workbook["_cti"]


def validation_and_protection_gone(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        sheet.protection.disable()
        sheet.data_validations.dataValidation.clear()


def markers_deleted(workbook: Workbook) -> None:
    for marker in (ANSWERS, INDICATORS):
        sheet = sheet_of(workbook, marker)
        sheet.delete_rows(marker_cell(sheet)[0])


def column_ids_deleted(workbook: Workbook) -> None:
    for marker in (ANSWERS, INDICATORS):
        sheet = sheet_of(workbook, marker)
        header, item_column = marker_cell(sheet)
        for cell in sheet[header]:
            if cell.column != item_column:
                cell.value = None


def hidden(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, ANSWERS)
    sheet.row_dimensions[int("".join(filter(str.isdigit, at(sheet, "C-1-a", "answer"))))].hidden = True


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(rows_sorted, [], id="rows-sorted"),
        pytest.param(rows_inserted, [], id="rows-inserted-and-a-title"),
        pytest.param(columns_moved, [], id="columns-moved"),
        pytest.param(column_inserted, [], id="column-inserted"),
        pytest.param(sheets_renamed_and_moved, ["sheet-renamed"], id="sheets-renamed-and-moved"),
        pytest.param(identity_deleted, ["definition-by-cover"], id="hidden-sheet-deleted"),
        pytest.param(validation_and_protection_gone, [], id="validation-and-protection-gone"),
        pytest.param(markers_deleted, ["columns-by-header"] * 2, id="markers-deleted"),
        pytest.param(column_ids_deleted, [], id="column-ids-deleted"),
        pytest.param(hidden, ["hidden-answers"], id="a-row-hidden"),
    ],
)
def test_moving_things_changes_no_answer(change: object, found: list[str]) -> None:
    returned = read(edited(book(FILLED), change))  # type: ignore[arg-type]
    assert contents(returned.responses) == EXPECTED
    assert names(returned) == found


def headers_reworded(workbook: Workbook) -> None:
    for marker in (ANSWERS, INDICATORS):
        sheet = sheet_of(workbook, marker)
        for cell in sheet[marker_cell(sheet)[0] + 1]:
            cell.value = "marque aquí" if cell.value else None


def test_headers_may_be_worded_otherwise() -> None:
    returned = read(edited(book(FILLED), headers_reworded))
    assert contents(returned.responses) == EXPECTED
    assert names(returned) == []


def delete_line(workbook: Workbook) -> None:
    sheet = sheet_of(workbook, ANSWERS)
    sheet.delete_rows(sheet[at(sheet, "C-1-c", "answer")].row)


def test_a_deleted_line_is_missing_from_the_lines() -> None:
    returned = read(edited(book(FILLED), delete_line))
    assert contents(returned.responses) == EXPECTED
    assert "C-1-c" not in returned.lines["capacities"]
    assert "C-1-b" in returned.lines["capacities"]


@pytest.mark.parametrize(
    ("item", "column", "value", "number_format", "name"),
    [
        pytest.param("C-1-a", "answer", 0.9, "", "answer-not-whole", id="not-whole"),
        pytest.param("C-1-a", "answer", 7, "", "answer-out-of-scale", id="out-of-scale"),
        pytest.param("C-1-a", "answer", "opcion 12", "", "answer-nearly", id="nearly"),
        pytest.param("C-1-a", "answer", "1 - opción 0", "", "answer-contradicts-itself", id="contradiction"),
        pytest.param("C-1-a", "answer", True, "", "boolean-answer", id="boolean"),
        pytest.param("C-1-a", "answer", 1, "0%", "percentage-answer", id="percentage"),
        pytest.param("C-1-a", "answer", 1, "yyyy-mm-dd", "date-answer", id="date"),
        pytest.param("C-1-a", "answer", "#N/A", "", "error-cell", id="error"),
        pytest.param("C-1-a", "answer", "=1+0", "", "formula-without-value", id="formula"),
        pytest.param("R-1", "value", "1.234", "", "number-ambiguous", id="ambiguous"),
        pytest.param("R-1", "value", 0.37, "0%", "percentage-answer", id="percent-format"),
        pytest.param("R-1", "value", "mucho", "", "number-unreadable", id="words"),
        pytest.param("R-1", "year", "2024-2025", "", "year-unreadable", id="years"),
        pytest.param("R-1", "criterion", 9, "", "answer-out-of-scale", id="criterion"),
        pytest.param("R-1", "own_mark", 2.5, "", "answer-not-whole", id="own-mark"),
        pytest.param("R-3", "no_data", "porque no", "", "reason-unknown", id="reason"),
        pytest.param("R-3", "no_data", "x", "", "reason-missing", id="no-reason"),
        pytest.param("R-3", "value", "37 %", "", "percentage-answer", id="per-cent-of-a-count"),
    ],
)
def test_an_unreadable_answer_refuses_the_workbook_at_its_cell(
    item: str, column: str, value: object, number_format: str, name: str
) -> None:
    marker = ANSWERS if item.startswith("C") else INDICATORS
    data = book(FILLED)
    place: list[str] = []

    def change(workbook: Workbook) -> None:
        place.append(at(sheet_of(workbook, marker), item, column))
        put(marker, item, column, value, number_format)(workbook)

    returned = read(edited(data, change))
    assert names(returned) == [name]
    assert returned.refused
    (finding,) = returned.diagnostics
    assert finding.location.file == "a.xlsx"
    assert finding.location.cell == place[0]
    assert finding.location.item == item
    assert finding.parameters["item"] == item


@pytest.mark.parametrize(
    ("item", "column", "value", "name"),
    [
        pytest.param("R-2", "criterion", 3, "no-data-beside-value", id="no-data-beside-a-mark"),
        pytest.param("R-2", "own_mark", 3, "no-data-beside-value", id="no-data-beside-an-own-mark"),
        pytest.param("R-1", "value", "1.234,5", "number-dressed", id="thousands-and-decimals"),
        pytest.param("R-1", "value", "37 %", "number-dressed", id="percent-sign"),
        pytest.param("R-1", "year", "31/12/2025", "year-in-date", id="year-in-a-date"),
        pytest.param("R-1", "value_before", 3, "value-before-unused", id="base-value-of-no-growth"),
        pytest.param("C-1-a", "evidence", "#REF!", "remark-unreadable", id="remark"),
    ],
)
def test_what_is_odd_is_warned_of(item: str, column: str, value: object, name: str) -> None:
    marker = ANSWERS if item.startswith("C") else INDICATORS
    returned = read(edited(book(FILLED), put(marker, item, column, value)))
    assert names(returned) == [name]
    assert not returned.refused


def test_no_data_wins_over_a_mark_and_all_cells_are_kept() -> None:
    returned = read(edited(book(FILLED), put(INDICATORS, "R-2", "criterion", 3)))
    response = returned.responses["R-2"]
    assert (response.state, response.reason, response.criterion) == (State.NO_DATA, "not-measured", "3")


@pytest.mark.parametrize("said", ["ND", "sin dato", " - ", "–"])
def test_no_data_said_twice_is_no_figure(said: str) -> None:
    returned = read(edited(book(FILLED), put(INDICATORS, "R-2", "value", said)))
    assert names(returned) == []
    assert contents(returned.responses) == EXPECTED


@pytest.mark.parametrize("column", ["value", "value_before"])
def test_a_figure_beside_a_reason_for_no_data_refuses_the_workbook(column: str) -> None:
    returned = read(edited(book(FILLED), put(INDICATORS, "R-2", column, 3)))
    assert "no-data-beside-figure" in names(returned)
    assert returned.refused


def test_every_finding_is_collected() -> None:
    def change(workbook: Workbook) -> None:
        put(ANSWERS, "C-1-a", "answer", 7)(workbook)
        put(ANSWERS, "C-1-b", "answer", True)(workbook)
        put(INDICATORS, "R-1", "value", "1,234")(workbook)
        put(INDICATORS, "R-1", "criterion", 3.5)(workbook)

    returned = read(edited(book(FILLED), change))
    assert names(returned) == [
        "answer-out-of-scale",
        "boolean-answer",
        "number-ambiguous",
        "answer-not-whole",
    ]


def copy_line(item: str, answer: object) -> object:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, ANSWERS)
        row = sheet.max_row + 1
        sheet.cell(row, 1).value = item
        sheet.cell(
            row, sheet[at(sheet, item, "answer")].column if item in mini().item_by_id else 3
        ).value = answer

    return change


@pytest.mark.parametrize(
    ("item", "answer", "name", "refused"),
    [
        pytest.param("C-1-a", "0 - opción 0", "item-twice", True, id="another-answer"),
        pytest.param("C-1-a", None, "item-repeated", False, id="a-blank-copy"),
        pytest.param("C-1-a", "1 - opción 1", "item-repeated", False, id="the-same-answer"),
        pytest.param("C-1-x", "1 - opción 1", "item-unknown", True, id="id-changed"),
        pytest.param(None, "1 - opción 1", "row-without-item", True, id="id-deleted"),
    ],
)
def test_lines_that_are_copied_or_lose_their_id(
    item: str | None, answer: object, name: str, *, refused: bool
) -> None:
    returned = read(edited(book(FILLED), copy_line(item, answer)))  # type: ignore[arg-type]
    assert names(returned) == [name]
    assert returned.refused is refused
    assert returned.responses["C-1-a"].option == "1"


def test_a_copied_sheet_is_one_finding() -> None:
    def change(workbook: Workbook) -> None:
        workbook.copy_worksheet(sheet_of(workbook, ANSWERS)).title = "copia"

    returned = read(edited(book(FILLED), change))
    assert set(names(returned)) == {"sheet-renamed", "sheet-repeated"}
    assert contents(returned.responses) == EXPECTED


def test_a_changed_id_is_offered_the_nearest() -> None:
    (finding,) = read(edited(book(FILLED), copy_line("C-1-x", 1))).diagnostics  # type: ignore[arg-type]
    assert str(finding.parameters["offer"]).startswith(" (C-1-")


def merge(*columns: str) -> object:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, ANSWERS)
        first, last = (sheet[at(sheet, item, "answer")] for item in ("C-1-a", "C-1-b"))
        end = last if columns == ("answer",) else sheet[at(sheet, "C-1-a", columns[-1])]
        sheet.merge_cells(f"{first.coordinate}:{end.coordinate}")

    return change


def test_a_merge_over_one_answer_lends_its_value() -> None:
    returned = read(edited(book(FILLED), merge("answer", "status")))  # type: ignore[arg-type]
    assert names(returned) == []
    assert returned.responses["C-1-a"].option == "1"


def test_a_merge_over_several_answers_is_an_error() -> None:
    returned = read(edited(book(FILLED), merge("answer")))  # type: ignore[arg-type]
    assert names(returned) == ["merged-over-answers"]
    assert returned.diagnostics[0].parameters["items"] == "C-1-a, C-1-b"


def test_a_copied_column_that_is_filled_is_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, ANSWERS)
        header, _ = marker_cell(sheet)
        sheet.cell(header, 15).value = "answer"
        sheet.cell(sheet[at(sheet, "C-1-a", "answer")].row, 15).value = 0

    assert names(read(edited(book(FILLED), change))) == ["column-twice"]


def test_a_missing_column_of_answers_is_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, ANSWERS)
        sheet.delete_cols(sheet[at(sheet, "C-1-a", "answer")].column)

    assert "column-missing" in names(read(edited(book(FILLED), change)))


def test_a_missing_sheet_silences_its_lines() -> None:
    def change(workbook: Workbook) -> None:
        del workbook[sheet_of(workbook, ANSWERS).title]

    returned = read(edited(book(FILLED), change))
    assert names(returned) == []
    assert "capacities" in returned.issued
    assert "capacities" not in returned.lines


def test_a_workbook_of_parts_misses_nothing() -> None:
    assert names(read(book(parts=("capacities",)))) == []


def test_the_cover_confirms_blanks() -> None:
    cover = {"confirm_blank:capacities": "Sí"}
    assert read(book(FILLED, cover=cover)).confirmed == {"capacities"}
    assert read(book(FILLED)).confirmed == frozenset()
    assert read(book(FILLED, cover={"confirm_blank:capacities": "No"})).confirmed == frozenset()
    unclear = read(book(FILLED, cover={"confirm_blank:capacities": "tal vez"}))
    assert names(unclear) == ["confirmation-unreadable"]
    assert unclear.diagnostics[0].value == ""


def test_an_old_value_is_warned_of() -> None:
    """R-1 and R-4 are from 2025 and results may be three years old: 2029 - 2025 = 4."""
    assert names(read(book(FILLED, cover={"date": "2028-12-31"}))) == []
    old = read(book(FILLED, cover={"date": "2029-01-01"}))
    assert names(old) == ["value-old", "value-old"]
    assert names(read(book(FILLED, cover={"date": "2024-12-31"}))) == ["year-ahead", "year-ahead"]


def test_other_workbooks_are_told_apart() -> None:
    def nothing_of_ours(workbook: Workbook) -> None:
        for sheet in workbook.worksheets[1:]:
            del workbook[sheet.title]
        workbook.worksheets[0].delete_rows(1, 100)
        workbook.worksheets[0]["A1"] = "Presupuesto 2026"

    def an_index(workbook: Workbook) -> None:
        hidden = workbook["_cti"]
        cell = next(cell for row in hidden for cell in row if cell.value == "kind")
        hidden.cell(cell.row, cell.column + 1).value = "index"

    assert "not-a-questionnaire" in names(read(edited(book(), nothing_of_ours)))
    assert names(read(edited(book(FILLED), an_index))) == ["other-kind"]
    assert read(edited(book(FILLED), an_index)).responses == {}


def test_a_file_that_is_no_workbook_is_a_finding() -> None:
    returned = read(b"no es un libro")
    assert returned.refused
    assert returned.diagnostics[0].location.file == "a.xlsx"


def test_remarks_on_blank_lines_are_kept() -> None:
    returned = read(edited(book(), put(ANSWERS, "C-1-a", "evidence", "en trámite")))
    assert returned.responses["C-1-a"].state is State.BLANK
    assert returned.responses["C-1-a"].evidence == "en trámite"


def test_answers_of_every_state_are_told_apart() -> None:
    assert contents(read(book(answers("05001", {"C-1-a": BLANK}))).responses) == {}
    everything = read(book(mini_answers(entity("05", "gobernacion"))))
    assert len(everything.responses) == 10
    assert names(everything) == []


@pytest.mark.office
def test_libreoffice_saves_what_was_answered(tmp_path: Path, office_profile: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(book(FILLED, people=[("academia", {"P-1": "3", "P-2": "NS"})]))
    soffice = shutil.which("soffice")
    assert soffice is not None
    out = tmp_path / "saved"
    subprocess.run(
        [soffice, office_profile, "--headless", "--convert-to", "xlsx", "--outdir", out, tmp_path / "a.xlsx"],
        check=True,
        capture_output=True,
        timeout=600,
    )
    returned = read((out / "a.xlsx").read_bytes())
    assert contents(returned.responses) == EXPECTED
    assert returned.identity.definition == "mini@1@1.0.0"
    assert [finding for finding in returned.diagnostics if finding.severity == "error"] == []
    (survey,) = returned.surveys
    assert survey.respondents.tolist()[0] == 1


@pytest.mark.parametrize(("written", "name"), [("=A1&B1", "formula-without-value"), ("#REF!", "error-cell")])
def test_a_code_on_the_cover_that_has_no_value_is_never_taken_from_elsewhere(written: str, name: str) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "entity_code")
        sheet.cell(row, 3).value = written
        if written.startswith("#"):
            sheet.cell(row, 3).data_type = "e"

    found = read(edited(book(entity=who("05001")), change))
    (finding,) = [one for one in found.diagnostics if one.code.name == name]
    assert (finding.location.item, finding.severity) == ("entity_code", "error")
    assert finding.location.cell.startswith("C")
