"""Rows whose columns part, answers one column off, rows and sheets that are lost: refused, or said."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest

from builders import answers, mini, mini_answers, tallies
from ctimaturity.definitions.library import Library
from ctimaturity.workbook.completion import complete
from ctimaturity.workbook.copies import unite
from ctimaturity.workbook.reading.own_rows import says_total
from returned import (
    ANSWERS,
    GRID,
    INDICATORS,
    LIST,
    book,
    edited,
    marker_cell,
    names,
    names_of,
    put,
    read,
    sheet_of,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.returned import ReturnedWorkbook

COUNTS = "cti:perception:counts:academia"
PEOPLE = [
    ("academia", {"P-1": "3", "P-2": "NS", "P-3": "6", "P-4": "1"}),
    ("sector-publico", {"P-1": "3", "P-2": "2", "P-3": "5", "P-4": "1"}),
]
COUNTED = tallies(
    mini(),
    {
        segment: {f"P-{n}": {"3": 6, "5": 4} for n in range(1, 5)}
        for segment in ("academia", "sector-publico", "sector-privado", "sociedad-civil")
    },
)
FORMS = {ANSWERS: "list", INDICATORS: "list", LIST: "list", COUNTS: "counts"}
"""The sheets that have a row for each item, and the form of the survey in their workbook."""
Change = "Callable[[Workbook], object]"


@functools.cache
def filled(perception: str = "list") -> bytes:
    if perception == "counts":
        return book(answers(who("05"), mini_answers().responses, [COUNTED]), perception="counts")
    return book(mini_answers(who("05")), perception=perception, people=PEOPLE)


@functools.cache
def ministry() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


def column(sheet: Worksheet, name: str) -> int:
    header, item_column = marker_cell(sheet)
    return next((cell.column for cell in sheet[header] if cell.value == name), item_column)


def lines(sheet: Worksheet) -> list[int]:
    """The rows with an item."""
    header, item_column = marker_cell(sheet)
    return [
        row
        for row in range(header + 2, sheet.max_row + 1)
        if str(sheet.cell(row, item_column).value)[1:2] == "-"
    ]


def errors(returned: ReturnedWorkbook) -> set[str]:
    return {finding.code.name for finding in returned.diagnostics if finding.severity == "error"}


def finding(returned: ReturnedWorkbook, name: str) -> Diagnostic:
    (found,) = [one for one in returned.diagnostics if one.code.name == name]
    return found


def shifted(marker: str, first: str, last: str, by: int) -> Callable[[Workbook], None]:
    """Excel's "shift cells down" (or up, what was deleted aside) in some columns, from the second item on."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, marker)
        for number in range(column(sheet, first), column(sheet, last) + 1):
            top = lines(sheet)[1]
            values = [sheet.cell(row, number).value for row in range(top, sheet.max_row + 1)]
            moved = [None] * by + values if by > 0 else [*values[-by:], *[None] * -by]
            for row, value in enumerate(moved, top):
                sheet.cell(row, number).value = value

    return change


def reversed_lines(marker: str, first: str, last: str) -> Callable[[Workbook], None]:
    """Somebody sorts the lines of some columns, and the others stay."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, marker)
        for number in range(column(sheet, first), column(sheet, last) + 1):
            values = [sheet.cell(row, number).value for row in lines(sheet)]
            for row, value in zip(lines(sheet), reversed(values), strict=True):
                sheet.cell(row, number).value = value

    return change


LAST = {ANSWERS: "observation", INDICATORS: "observation", LIST: "R2", COUNTS: "blank"}


@pytest.mark.parametrize("headers", ["with-ids", "without-their-row-of-ids"])
def test_texts_and_codes_that_part_are_an_error(headers: str) -> None:
    wrong = []
    for marker, form in FORMS.items():
        ways = {
            "texts down": (shifted(marker, "text", "text", 1), "texts-below-ids"),
            "all but the codes down": (shifted(marker, "text", LAST[marker], 1), "texts-below-ids"),
            "texts up": (shifted(marker, "text", "text", -1), "texts-above-ids"),
            "codes down": (shifted(marker, "item", "item", 1), "texts-above-ids"),
            "codes sorted": (reversed_lines(marker, "item", "item"), "texts-of-others"),
            "texts sorted": (reversed_lines(marker, "text", "text"), "texts-of-others"),
            "all but the codes sorted": (reversed_lines(marker, "text", LAST[marker]), "texts-of-others"),
        }
        for way, (change, expected) in ways.items():

            def both(
                workbook: Workbook, change: Callable[[Workbook], None] = change, marker: str = marker
            ) -> None:
                sheet = sheet_of(workbook, marker)
                header, _ = marker_cell(sheet)
                change(workbook)
                if headers != "with-ids":
                    sheet.delete_rows(header)

            found = names(read(edited(filled(form), both)))
            few = {"texts-below-ids", "texts-above-ids", "texts-of-others"}
            # Of four items with headings between them, two rows may be left that are apart equally far.
            if len(few & set(found)) != 1 or (marker == ANSWERS and expected not in found):
                wrong.append((marker, way, found))
    assert wrong == []


def test_the_distance_between_texts_and_codes_is_said() -> None:
    """From the second item on texts go down by one: the third has that of the second, and so to the sixth."""
    returned = read(edited(filled(), shifted(ANSWERS, "text", "text", 1)))
    found = finding(returned, "texts-below-ids")
    sheet: list[int] = []
    edited(filled(), lambda workbook: sheet.extend(lines(sheet_of(workbook, ANSWERS))))
    assert found.parameters == {"first": sheet[2], "last": sheet[5], "count": 1, "column": "B"}
    assert found.location.cell == f"B{sheet[2]}"
    mixed = finding(read(edited(filled(), reversed_lines(ANSWERS, "text", "text"))), "texts-of-others")
    assert mixed.parameters == {
        "item": "C-1-a", "count": 6, "row": sheet[0], "column": "B", "other": "C-2-c"
    }  # fmt: skip


def of_the_ministry(change: Callable[[Workbook], None]) -> ReturnedWorkbook:
    data = book(answers(who("05"), {}), questionnaire=ministry(), perception="counts")
    return read(edited(data, change), ministry())


@pytest.mark.parametrize(
    ("marker", "first", "last"),
    [
        pytest.param(ANSWERS, "answer", "observation", id="evidence-that-is-sought"),
        pytest.param(INDICATORS, "definition", "observation", id="definition"),
        pytest.param(INDICATORS, "unit", "observation", id="unit"),
        pytest.param(COUNTS, "item", "group", id="topic"),
    ],
)
@pytest.mark.parametrize("way", ["shifted", "sorted"])
def test_other_given_columns_tell_too_where_the_texts_stayed(
    marker: str, first: str, last: str, way: str
) -> None:
    change = shifted(marker, first, last, 1) if way == "shifted" else reversed_lines(marker, first, last)
    assert (
        len({"texts-below-ids", "texts-above-ids", "texts-of-others"} & errors(of_the_ministry(change))) == 1
    )


def test_where_the_texts_are_deleted_the_definitions_tell() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, INDICATORS)
        reversed_lines(INDICATORS, "item", "item")(workbook)
        sheet.delete_cols(column(sheet, "text"))

    assert "texts-of-others" in errors(of_the_ministry(change))


def test_a_part_of_a_line_that_was_copied_to_another_is_no_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, ANSWERS)
        one, two = lines(sheet)[:2]
        for number in range(column(sheet, "answer"), column(sheet, "observation") + 1):
            sheet.cell(two, number).value = sheet.cell(one, number).value

    assert errors(of_the_ministry(change)) == set()


def test_templates_of_every_language_say_what_the_definition_says() -> None:
    for edition in ("2020-04", "2021-11"):
        definition = Library().find(f"mmmctic@{edition}")
        for language, perception in (("es", "list"), ("en", "list"), ("es", "grid"), ("en", "counts")):
            data = book(questionnaire=definition, perception=perception, language=language)
            assert names(read(data, definition)) == [], (edition, language, perception)


def test_a_reworded_text_is_a_note() -> None:
    found = read(edited(filled(), put(ANSWERS, "C-1-b", "text", "¿Tiene la oficina un plan de compras?")))
    assert names(found) == ["text-reworded"]
    assert found.diagnostics[0].parameters == {"item": "C-1-b", "count": 1}
    assert not found.refused


def test_texts_as_programs_change_them_are_the_same() -> None:
    assert names(read(edited(filled(), put(ANSWERS, "C-1-b", "text", "TEXTO\u00a0de\n C–1–b ")))) == []


def test_an_old_wording_of_another_question_is_that_question() -> None:
    """Of the nine words of C-1-a's neighbour eight are left: 2 * 8 / (9 + 9) = 0.89, over 0.8."""
    definition = ministry()
    one, two = definition.measurement_by_id["capacities"].items[:2]

    def change(workbook: Workbook) -> None:
        put(ANSWERS, one.id, "text", f"{two.text['es']} (2019)")(workbook)

    assert errors(of_the_ministry(change)) == {"texts-of-others"}


def test_items_with_one_text_or_whose_text_is_their_id_are_told_by_their_ids() -> None:
    def renamed(text: dict[str, str], node: object) -> object:
        items = tuple(item.model_copy(update={"text": text or {"es": item.id}}) for item in node.items)  # type: ignore[attr-defined]
        children = tuple(renamed(text, child) for child in node.children)  # type: ignore[attr-defined]
        return node.model_copy(update={"items": items, "children": children})  # type: ignore[attr-defined]

    whole = mini()
    for text in ({"es": "la misma", "en": "the same"}, {}):
        parts = tuple(
            part.model_copy(update={"root": renamed(text, part.root)}) for part in whole.measurements
        )
        definition = whole.model_copy(update={"measurements": parts})
        data = book(mini_answers(who("05")), questionnaire=definition, people=PEOPLE)
        assert names(read(data, definition)) == []


def test_a_key_of_statements_that_was_sorted_is_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = next(sheet for sheet in workbook.worksheets if sheet["A3"].value == "P-1")
        for row, number in zip(range(3, 7), (4, 3, 2, 1), strict=True):
            sheet.cell(row, 3).value = f"texto de P-{number}"

    returned = read(edited(filled("grid"), change))
    assert names(returned) == ["texts-of-others"]
    assert returned.diagnostics[0].location.cell == "C3"


@pytest.mark.parametrize("row", [0, 1])
def test_a_header_of_a_grid_that_moved_against_its_column_is_an_error(row: int) -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, GRID)
        at_row = marker_cell(sheet)[0] + row
        first = column(sheet, "P-1")
        sheet.cell(at_row, first).value, sheet.cell(at_row, first + 1).value = "P-2", "P-1"

    assert errors(read(edited(filled("grid"), change))) == {"header-contradicts"}


def test_the_count_of_a_list_below_the_id_of_a_respondent_is_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, LIST)
        header, _ = marker_cell(sheet)
        sheet.cell(header, column(sheet, "count")).value = "R11"

    assert "header-contradicts" in errors(read(edited(filled(), change)))


def in_column(
    marker: str, name: str, value: object, *, of: str, only: int = 99
) -> Callable[[Workbook], None]:
    """Somebody writes into another column, and leaves those that the answers belong to empty."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, marker)
        header, _ = marker_cell(sheet)
        wanted = [cell.column for cell in sheet[header] if str(cell.value).partition(":")[0] in of.split()]
        for row in lines(sheet)[:only]:
            for number in wanted:
                sheet.cell(row, number).value = None
            sheet.cell(row, column(sheet, name)).value = value  # type: ignore[assignment]

    return change


MARKS = "value no_data criterion own_mark"
TALLIES = "option dont_know blank"


def test_answers_in_a_column_for_something_else_are_an_error() -> None:
    capacities = ("status", "evidence_sought", "evidence", "observation", "text")
    results = ("status", "source", "evidence", "observation", "unit", "definition")
    cases: list[tuple[str, str, object, str]] = [
        *(
            (ANSWERS, name, value, "answer")
            for name in capacities
            for value in ("1 - opción 1", "opción 0", 1, "Opción 1, ver acta 12", "1 - opción 1 (acta 12)")
        ),
        *((INDICATORS, name, value, MARKS) for name in results for value in ("4 - opción 4", 45.5)),
        (INDICATORS, "value_before", 45.5, MARKS),
        (INDICATORS, "evidence", "4 - opción 4", "own_mark"),
        *((LIST, name, "4 - opción 4", "R1 R2") for name in ("group", "text", "count")),
        *((COUNTS, name, 12, TALLIES) for name in ("group", "text")),
    ]
    wrong = []
    for case in cases:
        marker, name, value, of = case
        returned = read(edited(filled(FORMS[marker]), in_column(marker, name, value, of=of)))
        found = [one for one in returned.diagnostics if one.code.name == "answers-in-other-column"]
        both = {(one.parameters["column"] != one.parameters["wanted"]) for one in found}
        if both != {True} or not all("(" in str(one.parameters["column"]) for one in found):
            wrong.append(case)
    assert wrong == []


def test_an_answer_as_the_list_shows_it_is_one_even_alone() -> None:
    change = in_column(ANSWERS, "observation", "1 - Opción 1", of="answer", only=1)
    found = finding(read(edited(filled(), change)), "answers-in-other-column")
    assert found.parameters == {"column": "G (Observaciones)", "wanted": "C (Respuesta)", "count": 1}


@pytest.mark.parametrize(
    ("marker", "name", "value", "of", "only"),
    [
        pytest.param(ANSWERS, "observation", 1, "answer", 1, id="one-number"),
        pytest.param(ANSWERS, "evidence", "opción 1", "answer", 2, id="two-words"),
        pytest.param(ANSWERS, "evidence", "1 acta y 3 informes", "answer", 99, id="a-list-of-documents"),
        pytest.param(ANSWERS, "evidence", "Sí", "answer", 1, id="yes"),
        pytest.param(ANSWERS, "evidence", "Opción 1 y 2 de la guía", "answer", 99, id="begins-like-a-label"),
        pytest.param(ANSWERS, "evidence", 2019, "answer", 99, id="years"),
        pytest.param(ANSWERS, "evidence", "1 - opción 1", "", 99, id="beside-an-answer"),
        pytest.param(INDICATORS, "source", 2019, MARKS, 99, id="years-as-sources"),
        pytest.param(INDICATORS, "observation", "sin dato", MARKS, 99, id="no-data-in-words"),
        pytest.param(LIST, "count", 0, "R1 R2", 99, id="a-count-as-a-value"),
    ],
)  # fmt: skip
def test_remarks_are_no_answers(marker: str, name: str, value: object, of: str, only: int) -> None:
    returned = read(edited(filled(FORMS[marker]), in_column(marker, name, value, of=of, only=only)))
    assert errors(returned) == set()


def test_a_row_of_a_grid_that_was_moved_by_one_column_is_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, GRID)
        row = marker_cell(sheet)[0] + 2
        first, last = column(sheet, "P-1"), column(sheet, "count")
        values = [sheet.cell(row, number).value for number in range(first, last)]
        for number, value in enumerate([None, *values], first):
            sheet.cell(row, number).value = value

    found = finding(read(edited(filled("grid"), change)), "answers-in-other-column")
    assert str(found.parameters["wanted"]).endswith("(P-1)")


@pytest.mark.parametrize("marker", list(FORMS))
def test_answers_moved_down_stand_where_no_item_is(marker: str) -> None:
    """A cell inserted above the answers alone: no text tells it, but the last one has no item any more."""
    first, last = {
        ANSWERS: ("answer", "answer"), INDICATORS: ("criterion", "own_mark"), LIST: ("R1", "R1"),
        COUNTS: ("option:1", "blank"),
    }[marker]  # fmt: skip
    for by in (1, -1):
        returned = read(edited(filled(FORMS[marker]), shifted(marker, first, last, by)))
        assert "row-without-item" in errors(returned), by


@pytest.mark.parametrize("name", ["group", "text"])
def test_one_respondent_of_a_list_written_over_the_statements_is_an_error(name: str) -> None:
    change = in_column(LIST, name, "4 - opción 4", of="R1")
    found = finding(read(edited(filled(), change)), "answers-in-other-column")
    assert str(found.parameters["wanted"]).endswith("1)")


def test_a_column_with_a_header_of_its_own_beside_a_whole_grid_is_its_own() -> None:
    def change(workbook: Workbook, *, header: str | None = "Estrato", gone: bool = False) -> None:
        sheet = sheet_of(workbook, GRID)
        top = marker_cell(sheet)[0]
        if gone:
            sheet.delete_cols(column(sheet, "P-2"))
        own = column(sheet, "count") + 1
        sheet.cell(top + 1, own).value = header
        for row in (top + 2, top + 3):
            sheet.cell(row, own).value = 3

    assert errors(read(edited(filled("grid"), change))) == set()
    for given in ({"header": None}, {"gone": True}):
        changed = edited(filled("grid"), functools.partial(change, **given))
        assert "column-unnamed" in errors(read(changed)), given


def test_counts_that_slid_over_the_statements_are_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, COUNTS)
        first, last = column(sheet, "text"), column(sheet, "dont_know")
        for row in lines(sheet):
            for number in range(first, last):
                sheet.cell(row, number).value = sheet.cell(row, number + 1).value
            sheet.cell(row, last).value = 0

    assert "answers-in-other-column" in errors(read(edited(filled("counts"), change)))


def test_a_total_that_slid_among_the_counts_is_an_error() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, COUNTS)
        row = lines(sheet)[0]
        end = column(sheet, "total")
        for number in range(column(sheet, "option:2"), end):
            sheet.cell(row, number).value = sheet.cell(row, number + 1).value
        sheet.cell(row, end).value = None

    returned = read(edited(filled("counts"), change))
    assert "total-among-counts" in errors(returned)


def test_a_lost_column_of_evidence_is_named() -> None:
    for marker, name, header in (
        (ANSWERS, "evidence", "Evidencia (texto o enlace)"),
        (ANSWERS, "observation", "Observaciones"),
        (INDICATORS, "source", "Fuente"),
        (INDICATORS, "year", "Año"),
    ):

        def change(workbook: Workbook, marker: str = marker, name: str = name) -> None:
            sheet = sheet_of(workbook, marker)
            sheet.delete_cols(column(sheet, name))

        returned = read(edited(filled(), change))
        assert names(returned) == ["remark-column-missing"], name
        assert returned.diagnostics[0].parameters == {"column": header}
        assert not returned.refused


def below(
    marker: str, label: object, value: object, name: str = "", gap: int = 2
) -> Callable[[Workbook], None]:
    """Somebody adds a row of their own below the table."""
    entries = {ANSWERS: "answer", INDICATORS: "value", LIST: "R1", COUNTS: "option:3"}

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, marker)
        row = lines(sheet)[-1] + gap
        sheet.cell(row, column(sheet, name or "item")).value = label  # type: ignore[assignment]
        sheet.cell(row, column(sheet, entries[marker])).value = value  # type: ignore[assignment]

    return change


def test_totals_and_notes_below_a_table_are_passed_over_with_a_warning() -> None:
    wrong = []
    for marker, form in FORMS.items():
        for label, value, name in (
            ("Total", 12, ""),
            ("PROMEDIO GENERAL:", 1, "text"),
            ("Suma de las respuestas", "1", ""),
            (None, "Elaboró: Ana Ruiz, jefe de sistemas", ""),
            ("Observaciones generales", "pendiente de firma del alcalde", ""),
        ):
            plain = read(filled(form))
            returned = read(edited(filled(form), below(marker, label, value, name)))
            if names(returned) != ["own-row-below"] or returned.responses.keys() != plain.responses.keys():
                wrong.append((marker, label, names(returned)))
    assert wrong == []


def test_an_answer_without_its_id_stays_an_error_below_a_table_too() -> None:
    wrong = []
    texts = {ANSWERS: "C-1-a", INDICATORS: "R-1", LIST: "P-1", COUNTS: "P-1"}
    for marker, form in FORMS.items():
        answer = "1 - opción 1" if marker == ANSWERS else 3
        for label, value, name in (
            (None, answer, ""),
            (f"{texts[marker]} (corregida)", answer, ""),
            (f"Texto del {texts[marker]}", answer, "text"),
            (f"texto de {texts[marker]}", "por definir", "text"),
            (None, "opcion1", ""),
        ):
            if marker in {INDICATORS, COUNTS} and value == "opcion1":
                continue  # no answer of these, however it is spelled
            returned = read(edited(filled(form), below(marker, label, value, name)))
            if errors(returned) != {"row-without-item"}:
                wrong.append((marker, label, value, names(returned)))
    assert wrong == []


def test_a_question_of_their_own_below_a_whole_table_is_passed_over() -> None:
    wrong = []
    for marker, form in FORMS.items():
        answer = "1 - opción 1" if marker == ANSWERS else 3
        add = below(marker, "¿Tiene la entidad un laboratorio de innovación?", answer, "text", gap=1)
        plain = read(filled(form))
        returned = read(edited(filled(form), add))
        if names(returned) != ["own-row-below"] or returned.responses.keys() != plain.responses.keys():
            wrong.append((marker, names(returned)))

        def lose(workbook: Workbook, marker: str = marker, add: Callable[[Workbook], None] = add) -> None:
            add(workbook)
            sheet = sheet_of(workbook, marker)
            sheet.delete_rows(lines(sheet)[1])

        if "row-without-item" not in errors(read(edited(filled(form), lose))):
            wrong.append((marker, "a row is missing"))
    assert wrong == []


def test_what_labels_a_total() -> None:
    for text in (
        "Total",
        "TOTAL:",
        "Subtotal eje 1",
        "Promedio",
        "gran total",
        "Suma",
        "Average",
        "n",
        "Desviación",
    ):
        assert says_total(text), text
    for text in ("", "Totalmente de acuerdo", "Total de hogares con conexión a internet", "Academia", "3"):
        assert not says_total(text), text


def grid_row(values: dict[str, object]) -> Callable[[Workbook], None]:
    """Somebody writes a row below the respondents of a grid."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, GRID)
        row = marker_cell(sheet)[0] + 2 + len(PEOPLE)
        for name, value in values.items():
            sheet.cell(row, column(sheet, name)).value = value  # type: ignore[assignment]

    return change


@pytest.mark.parametrize("label", ["item", "segment"])
def test_a_row_of_totals_is_no_respondent(label: str) -> None:
    marks = {f"P-{n}": n for n in range(1, 5)}
    returned = read(edited(filled("grid"), grid_row({label: "Total", **marks})))
    assert names(returned) == ["row-of-totals"]
    assert returned.surveys[0].respondents.tolist() == [1, 1, 0, 0]


def test_a_row_of_formulas_without_a_label_is_unclear() -> None:
    marks = {f"P-{n}": "=SUM(C7:C8)" for n in range(1, 5)}
    returned = read(edited(filled("grid"), grid_row(marks)))
    assert errors(returned) == {"row-of-formulas"}
    with_segment = read(edited(filled("grid"), grid_row({"segment": "Academia", **marks})))
    assert "row-of-formulas" not in errors(with_segment)


def lost(marker: str) -> Callable[[Workbook], None]:
    return lambda workbook: workbook.remove(sheet_of(workbook, marker))


def test_one_lost_sheet_of_several_like_it_is_named() -> None:
    united = unite([read(edited(filled("counts"), lost(COUNTS)))], mini())
    found = complete(united, mini(), who("05"), ("a.xlsx",), "es")
    assert names_of(found) == ["segment-sheet-missing"]
    assert "academia" in str(found[0].parameters["sheet"]).casefold()


def test_a_lost_sheet_of_a_segment_is_named_where_the_hidden_sheet_is_lost_too() -> None:
    def change(workbook: Workbook) -> None:
        lost(COUNTS)(workbook)
        del workbook["_cti"]

    united = unite([read(edited(filled("counts"), change))], mini())
    assert "segment-sheet-missing" in names_of(complete(united, mini(), who("05"), ("a.xlsx",), "es"))


@pytest.mark.parametrize("marker", [ANSWERS, INDICATORS, COUNTS])
def test_a_sheet_without_headers_that_has_ids_and_answers_is_an_error(marker: str) -> None:
    for name in (None, "Hoja1"):

        def change(workbook: Workbook, name: str | None = name) -> None:
            sheet = sheet_of(workbook, marker)
            sheet.delete_rows(1, marker_cell(sheet)[0] + 1)
            sheet.title = name or sheet.title

        form = "counts" if marker == COUNTS else "list"
        assert errors(read(edited(filled(form), change))) == {"sheet-without-ids"}, name


def test_a_sheet_of_a_segment_that_another_copy_has_is_not_missing() -> None:
    united = unite([read(edited(filled("counts"), lost(COUNTS))), read(filled("counts"))], mini())
    assert "segment-sheet-missing" not in names_of(complete(united, mini(), who("05"), ("a.xlsx",), "es"))


@pytest.mark.parametrize("headers", [True, False])
def test_a_sheet_of_a_segment_that_lost_its_ids_is_an_error(*, headers: bool) -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, COUNTS)
        header, _ = marker_cell(sheet)
        sheet.delete_cols(1)
        if not headers:
            sheet.delete_rows(1, header + 1)

    returned = read(edited(filled("counts"), change))
    assert errors(returned) == {"sheet-without-ids"}


def test_a_summary_beside_all_sheets_of_segments_is_theirs() -> None:
    def change(workbook: Workbook) -> None:
        summary = workbook.create_sheet("Resumen")
        for row in sheet_of(workbook, COUNTS).iter_rows(min_col=2):
            for cell in row:
                summary[cell.coordinate] = cell.value

    assert errors(read(edited(filled("counts"), change))) == set()


def test_a_survey_as_a_whole_that_is_missing_stays_one_finding() -> None:
    def change(workbook: Workbook) -> None:
        for segment in mini().segments:
            lost(f"cti:perception:counts:{segment.id}")(workbook)

    united = unite([read(edited(filled("counts"), change))], mini())
    assert names_of(complete(united, mini(), who("05"), ("a.xlsx",), "es")) == ["sheet-missing"]


def test_sheets_of_different_segments_in_copies_of_their_own_are_one_survey() -> None:
    """What the hint of a lost sheet says to send: that sheet in a copy of its own."""

    def only(workbook: Workbook) -> None:
        for segment in mini().segments:
            marker = f"cti:perception:counts:{segment.id}"
            if marker != COUNTS:
                lost(marker)(workbook)

    whole = unite([read(filled("counts"))], mini())
    parts = unite(
        [read(edited(filled("counts"), lost(COUNTS))), read(edited(filled("counts"), only))], mini()
    )
    assert names_of(parts.diagnostics) == []
    assert (parts.tallies["perception"].counts == whole.tallies["perception"].counts).all()
    assert (parts.tallies["perception"].respondents == whole.tallies["perception"].respondents).all()
    both = unite([read(edited(filled("counts"), lost(COUNTS))), read(filled("counts"))], mini())
    assert names_of(both.diagnostics) == ["two-surveys"] * 2
