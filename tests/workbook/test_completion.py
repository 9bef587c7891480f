"""What blanks mean, and what cannot exist, once it is known who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import answers, entity, everyone, mini, mini_answers
from ctimaturity.model.response import State
from ctimaturity.workbook.completion import Completeness, applicable, complete, completeness
from ctimaturity.workbook.copies import unite
from returned import ANSWERS, INDICATORS, at, book, edited, names, names_of, put, read, sheet_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

ALCALDIA = entity("05001", "alcaldia")
GOBERNACION = entity("05", "gobernacion")
SOME = answers("05001", {"C-1-a": 1, "C-1-b": 0})


def test_an_answer_to_what_cannot_exist_is_set_aside() -> None:
    """R-4 is only for a gobernación; a workbook for anyone has it."""
    returned = read(book(mini_answers(GOBERNACION)))
    aside = applicable(returned, mini(), ALCALDIA)
    assert "R-4" not in aside.responses
    assert names(aside) == ["not-applicable-answered"]
    assert aside.diagnostics[0].location.item == "R-4"
    assert not aside.refused
    assert "R-4" in applicable(returned, mini(), GOBERNACION).responses


def test_what_cannot_exist_cannot_be_wrong() -> None:
    returned = read(edited(book(), put(INDICATORS, "R-4", "criterion", 99)))
    assert returned.refused
    aside = applicable(returned, mini(), ALCALDIA)
    assert names(aside) == ["not-applicable-answered"]
    assert not aside.refused
    assert applicable(returned, mini(), GOBERNACION).refused


def test_without_the_confirmation_blanks_are_blank() -> None:
    united = unite([read(book(SOME))], mini())
    found = complete(united, mini(), ALCALDIA, ("a.xlsx",), "es")
    assert names_of(found) == ["blanks-unconfirmed"]
    assert (found[0].parameters["count"], found[0].parameters["asked"]) == (4, 6)
    assert united.responses.keys() == {"C-1-a", "C-1-b"}


def test_with_the_confirmation_blanks_are_answers() -> None:
    united = unite([read(book(SOME, cover={"confirm_blank:capacities": "Sí"}))], mini())
    found = complete(united, mini(), ALCALDIA, ("a.xlsx",), "es")
    assert names_of(found) == ["blanks-confirmed"]
    assert found[0].parameters["count"] == 4
    blank = united.responses["C-2-c"]
    assert (blank.state, blank.option, blank.confirmed) == (State.ANSWERED, "0", True)
    assert not united.responses["C-1-a"].confirmed
    assert united.responses["C-1-a"].option == "1"


def test_a_complete_sheet_says_nothing() -> None:
    united = unite([read(book(mini_answers(GOBERNACION)))], mini())
    assert complete(united, mini(), GOBERNACION, ("a.xlsx",), "es") == []


def test_a_deleted_line_is_no_answer_even_when_blanks_are_confirmed() -> None:
    def change(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, ANSWERS)
        sheet.delete_rows(sheet[at(sheet, "C-2-c", "answer")].row)

    united = unite([read(edited(book(SOME, cover={"confirm_blank:capacities": "yes"}), change))], mini())
    found = complete(united, mini(), ALCALDIA, ("a.xlsx",), "es")
    assert names_of(found) == ["item-missing", "blanks-confirmed"]
    assert found[0].location.item == "C-2-c"
    assert found[1].parameters["count"] == 3
    assert "C-2-c" not in united.responses


def without_capacities(workbook: Workbook) -> None:
    del workbook[sheet_of(workbook, ANSWERS).title]


def test_a_missing_sheet_is_one_finding() -> None:
    united = unite([read(edited(book(SOME), without_capacities))], mini())
    found = complete(united, mini(), ALCALDIA, ("a.xlsx",), "es")
    assert names_of(found) == ["sheet-missing"]
    assert found[0].parameters["measurement"] == "título de capacities"


def test_a_sheet_that_another_copy_has_is_not_missing() -> None:
    united = unite([read(edited(book(SOME), without_capacities)), read(book(SOME))], mini())
    assert names_of(complete(united, mini(), ALCALDIA, ("a.xlsx",), "es")) == ["blanks-unconfirmed"]


def test_a_part_that_was_never_issued_is_not_missing() -> None:
    united = unite([read(book(parts=("results",)))], mini())
    assert complete(united, mini(), ALCALDIA, ("a.xlsx",), "es") == []


def test_lines_that_cannot_exist_are_not_missed() -> None:
    united = unite([read(book(mini_answers(ALCALDIA), entity=ALCALDIA))], mini())
    assert complete(united, mini(), ALCALDIA, ("a.xlsx",), "es") == []


def test_how_much_is_answered() -> None:
    survey = everyone(mini(), {"P-1": 3, "P-3": 2}, each=5)
    one = answers(ALCALDIA, {"C-1-a": 1, "C-1-b": 0}, [survey])
    assert completeness(mini(), ALCALDIA, one.responses, one.tallies.values()) == {
        "capacities": Completeness(2, 6),
        "perception": Completeness(2, 4, 20),
        "results": Completeness(0, 3),
    }
    assert completeness(mini(), None, {}, ())["results"] == Completeness(0, 4)
