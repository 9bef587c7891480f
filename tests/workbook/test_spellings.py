"""How people write answers: each spelling is read as a person reads it, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from builders import mini, mini_answers
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.workbook.answer import ChoiceReader
from ctimaturity.workbook.choice import scale_choices
from returned import ANSWERS, GRID, INDICATORS, LIST, at, book, edited, names, put, read, sheet_of, who
from spellings import NAMES, SMALL, TABLE, outcome, reader

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from ctimaturity.workbook.returned import ReturnedWorkbook

PEOPLE = (("academia", {"P-1": "3"}), ("academia", {"P-1": "4"}))
CELLS = [
    (ANSWERS, "C-1-a", "answer"), (INDICATORS, "R-1", "value"), (INDICATORS, "R-1", "year"),
    (INDICATORS, "R-1", "criterion"), (INDICATORS, "R-1", "own_mark"), (INDICATORS, "R-2", "no_data"),
    (LIST, "P-1", "R1"), (LIST, "segment", "R1"),
]  # fmt: skip


def filled(**cover: str) -> bytes:
    answers = mini_answers(who("05"))
    return book(answers, people=PEOPLE, cover={f"confirm_blank:{key}": text for key, text in cover.items()})


def struck(marker: str, item: str, column: str) -> ReturnedWorkbook:
    """A good workbook after one of its cells was crossed out."""

    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, marker)
        cell = sheet[at(sheet, item, column)]
        cell.value = {"value": 5, "year": 2024, "no_data": "not-measured"}.get(column, cell.value)
        cell.font = Font(strike=True)

    return read(edited(filled(), change))


def test_every_spelling_is_read_as_a_person_reads_it() -> None:
    wrong = []
    count = 0
    for kind, outcomes in TABLE.items():
        known = reader(kind)
        for expected, written in outcomes.items():
            for each in written:
                count += 1
                found = outcome(known, each)
                if found != expected:
                    wrong.append(f"{kind}: {each!r} is {found}, not {expected}")
    assert not wrong, "\n".join(wrong)
    assert count >= 150
    assert NAMES.keys() == TABLE.keys()


def test_a_warning_says_what_was_taken() -> None:
    problem = reader("complies").read(Cell(CellKind.TEXT, "Sí", "Sí")).problem
    assert problem is not None
    assert (problem.code.id, problem.parameters["taken"]) == ("A220", "1 - Cumple")


def test_the_result_of_a_formula_says_so_however_it_is_written() -> None:
    problem = reader("complies").read(Cell(CellKind.TEXT, "Sí", "Sí", formula=True)).problem
    assert problem is not None
    assert problem.code.name == "formula-answer"


def test_codes_with_zeros_in_front() -> None:
    scale = SMALL["nothing-denied"].model_copy(
        update={
            "options": tuple(
                option.model_copy(update={"code": f"0{option.code}"})
                for option in SMALL["nothing-denied"].options
            )
        }
    )
    two = ChoiceReader(scale_choices(scale), "es")
    assert [outcome(two, written) for written in ("01", 1, "1", "00 - Opción A", "2")] == [
        "01",
        "01!",
        "01!",
        "00",
        "no",
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("1 - ene", "answer-words-unlike", id="words-unlike"),
        pytest.param("1 - opción 1, casi", "answer-words-unlike", id="a-doubt"),
        pytest.param("1 - opción 0", "answer-contradicts-itself", id="another-option"),
        pytest.param("(1)", "answer-taken-as", id="taken"),
    ],
)
def test_in_a_workbook(written: str, name: str) -> None:
    returned = read(edited(book(), put(ANSWERS, "C-1-a", "answer", written)), mini())
    assert name in names(returned)
    assert returned.refused == (name != "answer-taken-as")


@pytest.mark.parametrize(("marker", "item", "column"), CELLS)
def test_an_answer_crossed_out_is_refused_in_every_kind_of_sheet(marker: str, item: str, column: str) -> None:
    returned = struck(marker, item, column)
    assert "answer-struck" in names(returned)
    assert returned.refused


def test_a_mark_of_a_grid_crossed_out_is_refused() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, GRID)
        cell = next(cell for row in sheet for cell in row if cell.value in {3, "3"})
        cell.font = Font(strike=True)

    returned = read(edited(book(mini_answers(who("05")), perception="grid", people=PEOPLE), change))
    assert names(returned) == ["answer-struck"]


def test_an_answer_crossed_out_in_part_is_refused() -> None:
    runs = [TextBlock(InlineFont(strike=True), "0 - opción 0"), " 1 - opción 1"]
    for value, refused in ((CellRichText(*runs), True), (CellRichText("1 - ", "opción 1"), False)):
        data = filled()

        def change(workbook: Workbook, value: CellRichText = value) -> None:
            put(ANSWERS, "C-1-a", "answer", value)(workbook)

        returned = read(edited(data, change))
        assert ("answer-struck" in names(returned)) == returned.refused == refused


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param('"0 - No cumple"', "answer-shown-otherwise", id="another-answer"),
        pytest.param('"5"', "answer-shown-otherwise", id="another-number"),
        pytest.param(";;;", "answer-shown-otherwise", id="nothing"),
        pytest.param("0,", "answer-shown-otherwise", id="thousands"),
        pytest.param('0" de acuerdo"', "answer-shown-otherwise", id="words-that-are-no-label"),
        pytest.param("0.00", "", id="decimals"),
        pytest.param('0" - opción 1"', "", id="its-own-label"),
        pytest.param('[=1]"opción 1";[=0]"opción 0";General', "", id="its-label-alone"),
        pytest.param("@", "", id="text"),
    ],
)
def test_a_format_that_shows_another_answer(code: str, name: str) -> None:
    def change(workbook: Workbook) -> None:
        put(ANSWERS, "C-1-a", "answer", 1, code)(workbook)

    returned = read(edited(filled(), change))
    assert [each for each in names(returned) if each != "definition-by-cover"] == ([name] if name else [])
    if name:
        (finding,) = (found for found in returned.diagnostics if found.code.name == name)
        assert finding.parameters["held"] == "1"


def test_a_format_that_shows_another_value() -> None:
    for code, refused in (
        ("0,", True),
        (";;;", True),
        ('0"0"', True),
        ('0.0" %"', False),
        ("#,##0.0", False),
    ):

        def change(workbook: Workbook, code: str = code) -> None:
            put(INDICATORS, "R-1", "value", 5, code)(workbook)

        returned = read(edited(filled(), change))
        assert ("answer-shown-otherwise" in names(returned)) == returned.refused == refused, code


@pytest.mark.parametrize(
    ("written", "said", "name"),
    [
        ("Sí", True, ""), ("si", True, ""), ("Yes", True, ""), ("x", True, "confirmation-taken"),
        ("✓", True, "confirmation-taken"), ("Sí, confirmo", True, "confirmation-taken"),
        ("SI CONFIRMO", True, "confirmation-taken"), ("Confirmo", True, "confirmation-taken"),
        ("VERDADERO", True, "confirmation-taken"), ("Confirmado.", True, "confirmation-taken"),
        ("No", False, ""), ("n", False, ""), ("No, no confirmo", False, "confirmation-taken"),
        ("no confirmo", False, "confirmation-taken"), ("FALSO", False, "confirmation-taken"),
        ("Sí, no confirmo", False, "confirmation-unreadable"), ("sí?", False, "confirmation-unreadable"),
        ("Confirmo que no", False, "confirmation-unreadable"), ("tal vez", False, "confirmation-unreadable"),
        ("Juan Pérez", False, "confirmation-unreadable"), ("Sí, en parte", False, "confirmation-unreadable"),
    ],
)  # fmt: skip
def test_the_confirmation_of_the_cover(written: str, said: bool, name: str) -> None:  # noqa: FBT001
    returned = read(filled(capacities=written))
    assert returned.confirmed == ({"capacities"} if said else set())
    assert names(returned) == ([name] if name else [])


@pytest.mark.parametrize(("value", "said"), [(True, True), (False, False)])
def test_a_confirmation_that_is_a_logical_value(value: bool, said: bool) -> None:  # noqa: FBT001
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, "cti:cover")
        cell = next(cell for row in sheet for cell in row if cell.value == "✓")
        cell.value = value

    returned = read(edited(filled(capacities="✓"), change))
    assert (returned.confirmed == {"capacities"}) == said


def test_a_confirmation_crossed_out_is_refused() -> None:
    def change(workbook: Workbook) -> None:
        cells = [cell for row in sheet_of(workbook, "cti:cover") for cell in row]
        key = next(cell for cell in cells if cell.value == "confirm_blank:capacities")
        key.offset(0, 2).font = Font(strike=True)

    returned = read(edited(filled(capacities="Sí"), change))
    assert names(returned) == ["answer-struck"]
