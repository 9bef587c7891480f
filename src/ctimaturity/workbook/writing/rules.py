"""What may be written into each column, and what a cell says when it is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.workbook.column import (
    EVIDENCE,
    NO_DATA,
    OBSERVATION,
    REASON,
    SOURCE,
    VALUE,
    VALUE_BEFORE,
    YEAR,
    Kind,
)
from ctimaturity.workbook.writing.canvas import Prompt, runs

if TYPE_CHECKING:
    from ctimaturity.workbook.choice import Choices
    from ctimaturity.workbook.column import Column
    from ctimaturity.workbook.writing.canvas import Cells
    from ctimaturity.workbook.writing.frame import Page

_HELP = {
    VALUE: (
        "Write the figure as a number, without the unit. Leave it empty if there is none and choose "
        "the reason."
    ),
    VALUE_BEFORE: (
        "Growth and reduction may be given as the values of both years: here the base year's, under "
        "Value the later one. Leave this empty if you give the percentage itself."
    ),
    YEAR: "Year the figure refers to, with four digits.",
    SOURCE: "Who publishes or produced the figure: entity, document, link.",
    NO_DATA: "Only if the figure is not to be had: choose why. Leave value and marks empty then.",
    REASON: "Only if the answer is that it does not apply: choose why.",
    EVIDENCE: "Document, act or link that supports the answer.",
    OBSERVATION: "What whoever reviews it should know.",
}
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LARGEST = 10**15


def close_columns(page: Page, rows: list[tuple[int, int]]) -> None:
    """Give every entry column of a sheet its drop-down or its limits, and its prompt."""
    for column in page.sheet.columns:
        if column.kind is Kind.ANSWER:
            _close_answers(page, column)
        elif column.kind is Kind.CHOICE:
            choose(page, page.cells(column.id, rows), column.choices, column)
        elif column.id == VALUE_BEFORE:
            two_years = runs(row for row, question in page.questions() if page.takes_two_years(question.item))
            _restrict(page, page.cells(column.id, two_years), column)
        elif column.is_entry:
            _restrict(page, page.cells(column.id, rows), column)


def _close_answers(page: Page, column: Column) -> None:
    """Items of one sheet may be answered on several scales."""
    by_scale: dict[str, list[int]] = {}
    for row, question in page.questions():
        by_scale.setdefault(question.item.scale, []).append(row)
    for scale, some in by_scale.items():
        close_answer(page, page.cells(column.id, runs(some)), scale, column)


def close_answer(page: Page, cells: Cells, scale: str, column: Column, message: str = "") -> None:
    """Close cells to the answers of a scale: its options, or the numbers of its range."""
    asked = page.layout.questionnaire.scales[scale]
    if asked.range is None:
        choose(page, cells, f"scale:{scale}", column, message)
        return
    low, high = asked.range.minimum, asked.range.maximum
    limits = page.say("A number from {low} to {high}.", low=low, high=high)
    prompt = Prompt(page.named(column.header), f"{message} {limits}".strip(), limits)
    rule: dict[str, object] = {
        "validate": "integer" if asked.range.whole else "decimal",
        "criteria": "between",
    }
    page.canvas.restrict(cells, {**rule, "minimum": float(low), "maximum": float(high)}, prompt)


def choose(page: Page, cells: Cells, name: str, column: Column, message: str = "") -> None:
    """Close cells to a list of answers."""
    choices = page.layout.lists[name]
    if not choices:
        return
    help_text = message or (page.say(_HELP[column.id]) if column.id in _HELP else _ask(page, choices))
    refusal = page.say("Choose one of the answers of the list. If there is no answer, leave the cell empty.")
    if column.bare:
        codes = ", ".join(choice.code for choice in choices)
        refusal = page.say(
            "Only these codes: {codes}. If there is no answer, leave the cell empty.", codes=codes
        )
    page.canvas.choose(cells, name, Prompt(page.named(column.header), help_text, refusal))


def _ask(page: Page, choices: Choices) -> str:
    shown = "; ".join(choice.shown(page.language) for choice in choices)
    return page.say("Choose from the list: {options}.", options=shown)


def _restrict(page: Page, cells: Cells, column: Column) -> None:
    """Numbers, years and counts have limits; prose has none."""
    title = page.named(column.header)
    message = (
        page.say(_HELP[column.id]) if column.id in _HELP else page.say("How many people gave this answer.")
    )
    if column.kind is Kind.PROSE:
        page.canvas.explain(cells, Prompt(title, message))
    elif column.kind is Kind.NUMBER:
        prompt = Prompt(title, message, page.say("Write a number only, without unit or text."))
        limits: dict[str, object] = {"minimum": -_LARGEST, "maximum": _LARGEST}
        page.canvas.restrict(cells, {"validate": "decimal", "criteria": "between", **limits}, prompt)
    elif column.kind is Kind.YEAR:
        prompt = Prompt(title, message, page.say("Write the year with four digits."))
        limits = {"minimum": _FIRST_YEAR, "maximum": _LAST_YEAR}
        page.canvas.restrict(cells, {"validate": "integer", "criteria": "between", **limits}, prompt)
    else:
        prompt = Prompt(title, message, page.say("Write a whole number: 0, 1, 2 and so on."))
        page.canvas.restrict(cells, {"validate": "integer", "criteria": ">=", "value": 0}, prompt)
