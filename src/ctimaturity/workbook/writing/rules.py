"""What may be written into each column, and what a cell says when it is selected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.workbook import column as ids
from ctimaturity.workbook.column import Kind
from ctimaturity.workbook.writing.canvas import Prompt, runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.workbook.choice import Choices
    from ctimaturity.workbook.column import AnswerColumn
    from ctimaturity.workbook.layout import Layout
    from ctimaturity.workbook.writing.canvas import Cells
    from ctimaturity.workbook.writing.frame import AnswerPage

_HELP = {
    ids.VALUE: (
        "Write the figure as a number, without the unit. Leave it empty if there is none and choose "
        "the reason."
    ),
    ids.VALUE_BEFORE: (
        "Growth and reduction may be given as the values of both years: here the base year's, under "
        "Value the later one. Leave this empty if you give the percentage itself."
    ),
    ids.YEAR: "Year the figure refers to, with four digits.",
    ids.SOURCE: "Who publishes or produced the figure: entity, document, link.",
    ids.NO_DATA: "Only if the figure is not to be had: choose why. Leave value and marks empty then.",
    ids.REASON: "Only if the answer is that it does not apply: choose why.",
    ids.EVIDENCE: "Document, act or link that supports the answer.",
    ids.OBSERVATION: "What whoever reviews it should know.",
}
_LARGEST = 10**15
"""Beyond it a spreadsheet no longer keeps every digit of a number."""
_LIMITS: dict[Kind, tuple[Mapping[str, object], str]] = {
    Kind.NUMBER: (
        {"validate": "decimal", "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST},
        "Write a number only, without unit or text.",
    ),
    Kind.YEAR: (
        {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100},
        "Write the year with four digits.",
    ),
    Kind.PROSE: ({"validate": "any"}, ""),
    Kind.TALLY: (
        {"validate": "integer", "criteria": ">=", "value": 0},
        "Write a whole number: 0, 1, 2 and so on.",
    ),
}
"""The limits of what is typed, and what is said of anything else."""


def close_columns(page: AnswerPage, rows: list[tuple[int, int]]) -> None:
    """Give every entry column of a sheet its drop-down or its limits, and its prompt."""
    for column in page.sheet.columns:
        if column.kind is Kind.ANSWER:
            _close_answers(page, column)
        elif column.kind is Kind.CHOICE:
            choose(page, page.cells(column.id, rows), column.choices, column)
        elif column.id == ids.VALUE_BEFORE:
            two_years = runs(row for row, question in page.questions() if page.takes_two_years(question.item))
            _restrict(page, page.cells(column.id, two_years), column)
        elif column.is_entry:
            _restrict(page, page.cells(column.id, rows), column)


def _close_answers(page: AnswerPage, column: AnswerColumn) -> None:
    """Items of one sheet may be answered on several scales."""
    by_scale: dict[str, list[int]] = {}
    for row, question in page.questions():
        by_scale.setdefault(question.item.scale, []).append(row)
    for scale, some in by_scale.items():
        close_answer(page, page.cells(column.id, runs(some)), scale, column)


def close_answer(page: AnswerPage, cells: Cells, scale: str, column: AnswerColumn, message: str = "") -> None:
    """Close cells to the answers of a scale: its options, or the numbers of its range."""
    asked = page.layout.questionnaire.scales[scale]
    if asked.range is None:
        choose(page, cells, f"scale:{scale}", column, message)
        return
    low, high = asked.range.minimum, asked.range.maximum
    limits = page.say("A number from {low} to {high}.", low=low, high=high)
    prompt = Prompt(page.named(column.header), f"{message} {limits}".strip(), limits)
    kind = "integer" if asked.range.whole else "decimal"
    rule = {"validate": kind, "criteria": "between", "minimum": float(low), "maximum": float(high)}
    page.canvas.restrict(cells, rule, prompt)


def choose(page: AnswerPage, cells: Cells, name: str, column: AnswerColumn, message: str = "") -> None:
    """Close cells to a list of answers."""
    choices = page.layout.lists[name]
    if not choices:
        return
    prompt = list_prompt(page.layout, page.named(column.header), choices, message or _help(page, column))
    if column.bare:
        codes = ", ".join(choice.code for choice in choices)
        refusal = "Only these codes: {codes}. If there is no answer, leave the cell empty."
        prompt = replace(prompt, refusal=page.say(refusal, codes=codes))
    page.canvas.choose(cells, name, prompt)


def list_prompt(layout: Layout, title: str, choices: Choices, message: str = "") -> Prompt:
    """What a cell with a drop-down says: a message of its own, else the answers to choose from."""
    shown = "; ".join(choice.shown(layout.language) for choice in choices)
    refusal = "Choose one of the answers of the list. If there is no answer, leave the cell empty."
    asked = message or layout.say("Choose from the list: {options}.", options=shown)
    return Prompt(title, asked, layout.say(refusal))


def _help(page: AnswerPage, column: AnswerColumn) -> str:
    return page.say(_HELP[column.id]) if column.id in _HELP else ""


def _restrict(page: AnswerPage, cells: Cells, column: AnswerColumn) -> None:
    """Numbers, years and counts have limits; prose has none."""
    message = _help(page, column) or page.say("How many people gave this answer.")
    limits, refusal = _LIMITS[column.kind]
    prompt = Prompt(page.named(column.header), message, page.say(refusal) if refusal else "")
    page.canvas.restrict(cells, limits, prompt)
