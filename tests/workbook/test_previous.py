from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import builders as b
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.response import Response, State
from ctimaturity.workbook.copies import content
from ctimaturity.workbook.previous import previous_answers
from ctimaturity.workbook.template import Content, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes
from returned import ANSWERS, INDICATORS, book, edited, marker_cell, names, read, sheet_of
from sheets import opened, table

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from ctimaturity.model.response import EntityAnswers

MINI = b.mini()
BEFORE = b.answers(
    "05",
    {
        "C-1-a": 1,
        "C-1-b": Response(State.BLANK),
        "R-1": Response(State.ANSWERED, value=Decimal("61.30"), year=2023, criterion="4"),
        "R-2": Response(State.NO_DATA, reason="not-measured"),
        "R-3": Response(State.ANSWERED, value=Decimal(15), value_before=Decimal(12), own_mark="2"),
    },
)
NOW = b.answers("05", {"C-1-a": 0, "C-2-c": 1, "R-1": b.indicator(5, 3, 70), "R-4": b.no_data()})


def with_column(answers: EntityAnswers | None, label: str | None = "2024") -> bytes:
    """The workbook of this round, the answers of the round before in its grey columns."""
    options = TemplateOptions(previous=label)
    shown = previous_answers(MINI, BEFORE, "es") if label is not None else {}
    return workbook_bytes(MINI, options, definition_hash(MINI), Content(answers=answers, previous=shown))


def test_each_answer_in_the_words_of_its_cell() -> None:
    shown = previous_answers(MINI, BEFORE, "es")
    assert shown["C-1-a"] == {"answer": "1 - opción 1"}
    assert shown["C-1-b"] == shown["C-1-c"] == {"answer": "sin responder"}
    assert shown["R-1"] == {"value": "61,3 (2023)", "criterion": "4 - opción 4", "own_mark": ""}
    assert shown["R-2"]["value"] == "sin dato: not-measured"
    assert shown["R-3"]["value"] == "12 → 15"
    assert "P-1" not in shown


def test_only_what_can_exist_for_the_entity() -> None:
    assert "R-4" not in previous_answers(MINI, b.answers("05001"), "es")


def test_the_grey_cell_stands_beside_the_empty_one_and_is_locked() -> None:
    workbook = opened(with_column(None))
    answers = table(workbook, ANSWERS)
    assert answers.columns["previous_answer"] == answers.columns["answer"] - 1
    assert answers.header("previous_answer") == "Respuesta: 2024"
    cell = answers.cell("C-1-a", "previous_answer")
    assert cell.value == "1 - opción 1"
    assert cell.protection.locked
    assert answers.value("C-1-a", "answer") is None
    assert not answers.cell("C-1-a", "answer").protection.locked
    indicators = table(workbook, INDICATORS)
    for name in ("value", "criterion", "own_mark"):
        assert indicators.columns[f"previous_{name}"] == indicators.columns[name] - 1


def test_a_round_without_a_name_is_the_one_before() -> None:
    workbook = opened(with_column(None, ""))
    assert table(workbook, ANSWERS).header("previous_answer") == "Respuesta (antes)"


def test_without_a_round_before_there_is_no_such_column() -> None:
    assert "previous_answer" not in table(opened(with_column(None, None)), ANSWERS).columns


def test_what_was_answered_before_is_not_read() -> None:
    assert all(one.state is State.BLANK for one in read(with_column(None)).responses.values())


def test_the_same_answers_come_back_with_the_column_and_without() -> None:
    plain, grey = read(book(NOW)), read(with_column(NOW))
    assert {item: content(one) for item, one in grey.responses.items()} == {
        item: content(one) for item, one in plain.responses.items()
    }
    assert names(grey) == names(plain)


def test_nor_is_it_read_when_the_ids_of_the_columns_are_gone() -> None:
    def lose(workbook: Workbook) -> None:
        for marker in (ANSWERS, INDICATORS):
            sheet = sheet_of(workbook, marker)
            sheet.delete_rows(marker_cell(sheet)[0])

    returned = read(edited(with_column(NOW), lose))
    kept = {item: content(one) for item, one in read(book(NOW)).responses.items()}
    assert {item: content(one) for item, one in returned.responses.items()} == kept
    assert "answer-beside" not in names(returned)
