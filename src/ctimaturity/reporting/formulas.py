"""How a number is made: a workbook that works out one entity's scores from its answers, with live formulas.

It is for following the arithmetic in a spreadsheet and is never read back: scores are made by the
engine. Cells hold the engine's numbers until a program recalculates them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.questionnaire import Item
from ctimaturity.model.rule import Effect
from ctimaturity.reporting.excel import (
    LINE,
    TALLEST,
    lay_out,
    lines_of,
    open_book,
    sheet_name,
    write_identity,
)
from ctimaturity.reporting.formula_answers import AnswerCells
from ctimaturity.reporting.formula_rules import FormulaColumn, formula, gated, level_formula
from ctimaturity.reporting.provenance import ranges_cited
from ctimaturity.reporting.words import Words, shown
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Measurement, Node
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.scoring.step import Plan, PlannedMeasurement, Step

KIND = "formulas"
"""What the workbook says it is, so that nobody scores it by mistake."""
HEAD = 3
"""Rows above the table of a sheet."""
_FIRST = HEAD + 1
"""The row of the first node, counted from 0."""
_NODE = {"bold": True, "bg_color": "#eef1ee", "valign": "top"}
_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "answer": {"text_wrap": True, "valign": "top", "align": "center"},
    "number": {"num_format": "0.00", "valign": "top"},
    "weight": {"valign": "top"},
    "node": {**_NODE, "num_format": "0.00"},
    "node text": {**_NODE, "text_wrap": True},
    "node level": {**_NODE, "num_format": "0"},
    "node weight": _NODE,
}
_LONGEST = 8000
"""Characters that a formula may have; a spreadsheet takes 8,192."""


def write_formulas(
    target: Path, assessment: Assessment, row: IndexRow, provenance: Provenance, language: str
) -> None:
    """Write the workbook of one entity.

    Args:
        target: The file.
        assessment: What was scored.
        row: The entity; not a refused one.
        provenance: Where the numbers come from.
        language: `es` or `en`.
    """
    words, name = Words(language), shown(row.entity.name or row.entity.code)
    with open_book(target, name, provenance.round, KIND, in_memory=False) as book:
        _FormulaWriter(book, assessment, row, words, ranges_cited(provenance, words)).write(name)
        write_identity(book, {"kind": KIND, "definition_hash": provenance.definition_hash})


class _FormulaWriter:
    """Writes the sheets: the index, then one for each measurement."""

    def __init__(
        self, book: Workbook, assessment: Assessment, row: IndexRow, words: Words, ranges: str
    ) -> None:
        self._book = book
        self._ranges = ranges
        self._row = row
        self._words = words
        self._index = assessment.index
        self._questionnaire = assessment.questionnaire
        self._plan: Plan = compile_plan(assessment.questionnaire, assessment.index.measurements)
        self._column_of = {
            (place.measurement, place.node): column for column, place in enumerate(self._plan.places)
        }
        answers, basis = assessment.answers[row.entity.code], assessment.index.results_basis
        self._cells = AnswerCells(self._questionnaire, answers, basis, assessment.reference, words)
        self._at: dict[int, str] = {}
        """The cell of the score of each column of the plan, once its sheet is laid out."""
        self._styles = {style: book.add_format(properties) for style, properties in _STYLES.items()}

    def write(self, name: str) -> None:
        """All sheets; the index first, although it stands on the others."""
        front = self._book.add_worksheet(sheet_name(self._words.say("Index")))
        pages = []
        for planned in self._plan.measurements:
            title = self._words.text(planned.definition.title)
            pages.append((planned, self._book.add_worksheet(sheet_name(title, self._book.sheetnames))))
        for planned, page in pages:
            self._measurement(page, planned, name)
        self._front(front, name)

    def _measurement(self, page: Worksheet, planned: PlannedMeasurement, name: str) -> None:
        definition, sheet = planned.definition, str(page.name).replace("'", "''")
        lines = [
            (self._column_of[definition.id, part.id], part, depth)
            for part, depth in _in_order(definition.root)
        ]
        # Every cell has its place before the first formula, because gates may look further down.
        for row, (column, _, _) in enumerate(lines, _FIRST):
            self._at[column] = f"'{sheet}'!{FormulaColumn.SCORE.fixed(row)}"
        self._head(page, name, self._words.text(definition.title))
        counts = self._cells.counts(definition)
        page.write_row(HEAD, len(FormulaColumn), counts, self._styles["head"])
        if counts:
            page.set_column(len(FormulaColumn), len(FormulaColumn) + len(counts) - 1, 11)
            page.set_row(HEAD, 3 * LINE + 4)
            page.fit_to_pages(3, 0)
        missing = not any(self._numbers(column).n for column in planned.items)
        for row, (column, part, depth) in enumerate(lines, _FIRST):
            if isinstance(part, Item):
                self._item(page, row, definition, part, column, missing=missing)
            else:
                self._node(page, row, part, column, depth, missing=missing)

    def _head(self, page: Worksheet, name: str, title: str) -> None:
        t = self._words.say
        page.write_string(0, 0, f"{name}: {title}", self._styles["title"])
        page.write_string(
            1,
            0,
            t("Every score is worked out here from the answers. Change an answer and follow what it does."),
        )
        if self._ranges:
            page.write_string(2, 0, f"{t('Reference ranges')}: {self._ranges}")
        for column in FormulaColumn:
            page.write_string(HEAD, column, t(column.title), self._styles["head"])
            page.set_column(column, column, column.width)
        page.set_row(HEAD, 2 * LINE + 4)
        page.freeze_panes(_FIRST, FormulaColumn.WEIGHT)
        lay_out(page)
        page.repeat_rows(HEAD)
        page.repeat_columns(FormulaColumn.ID, FormulaColumn.TEXT)

    def _numbers(self, column: int) -> NodeScore:
        return self._index.table.at(self._row.row, column)

    def _item(
        self, page: Worksheet, row: int, measurement: Measurement, item: Item, column: int, *, missing: bool
    ) -> None:
        styles, cells, value = self._styles, self._cells.of(measurement, item, row), self._value(column)
        self._named(page, row, item.id, shown(self._words.text(item.text)), "text")
        page.write_number(row, FormulaColumn.WEIGHT, float(item.weight), styles["weight"])
        page.write_string(row, FormulaColumn.ANSWER, cells.answer, styles["answer"])
        page.write_string(row, FormulaColumn.STATE, cells.state, styles["text"])
        if not missing:  # nothing of the measurement arrived: not even a blank counts
            page.write_formula(row, FormulaColumn.SCORE, f"={cells.formula}", styles["number"], value)
        page.write(row, FormulaColumn.ENGINE, value, styles["number"])
        for at, count in enumerate(cells.counts, len(FormulaColumn)):
            page.write_number(row, at, count, styles["weight"])

    def _value(self, column: int) -> float | str:
        """The score that the engine gives; an empty text without one."""
        score = self._numbers(column).score
        return "" if score is None else score

    def _named(self, page: Worksheet, row: int, name: str, text: str, style: str) -> None:
        """Id and text, in a row as high as they need: not every program finds it by itself."""
        tallest = 1
        for column, cell in ((FormulaColumn.ID, name), (FormulaColumn.TEXT, text)):
            page.write_string(row, column, cell, self._styles[style])
            tallest = max(tallest, lines_of(cell, column.width))
        page.set_row(row, min(LINE * tallest + 2, TALLEST))

    def _node(self, page: Worksheet, row: int, node: Node, column: int, depth: int, *, missing: bool) -> None:
        self._named(page, row, node.id, "    " * depth + shown(self._words.text(node.title)), "node text")
        page.write_number(row, FormulaColumn.WEIGHT, float(node.weight), self._styles["node weight"])
        step = self._plan.step_at[column]
        # Parts stand on the same sheet: their cells are named without it.
        cells = [self._at[part].rpartition("!")[2].replace("$", "") for part in step.parts]
        self._score(page, row, step, cells, absent=missing or self._absent(step))

    def _score(self, page: Worksheet, row: int, step: Step, cells: list[str], *, absent: bool) -> None:
        """Before gates, after them, the level, and what the engine says; nothing where it says nothing."""
        t, style, said = self._words.say, self._styles["node"], self._styles["node text"]
        for column in range(FormulaColumn.ANSWER, FormulaColumn.ENGINE):
            page.write_blank(row, column, None, style)
        numbers, value, made = self._numbers(step.column), self._value(step.column), formula(step, cells)
        if absent:
            page.write_string(row, FormulaColumn.STATE, t("counts as absent"), said)
            page.write_string(row, FormulaColumn.SCORE, "", style)
        elif len(made) > _LONGEST:
            page.write_string(row, FormulaColumn.STATE, t("too long for a cell"), said)
            page.write(row, FormulaColumn.SCORE, value, style)
        else:
            if numbers.score is None and step.measurement >= 0:
                page.write_string(row, FormulaColumn.STATE, t("shown without a score of its own"), said)
            final = gated(step, FormulaColumn.RAW.cell(row), self._at.__getitem__)
            page.write_formula(row, FormulaColumn.RAW, f"={made}", style, value)
            page.write_formula(row, FormulaColumn.SCORE, f"={final}", style, value)
        level = level_formula(step, FormulaColumn.SCORE.cell(row), self._at.__getitem__)
        if level:
            reached = "" if numbers.level is None else numbers.level
            page.write_formula(row, FormulaColumn.LEVEL, f"={level}", self._styles["node level"], reached)
        page.write(row, FormulaColumn.ENGINE, value, style)

    def _absent(self, step: Step) -> bool:
        """Whether so little of a node was answered that the definition leaves it out."""
        numbers = self._numbers(step.column)
        threshold = next((limit for limit in step.min_coverage if limit.below is Effect.ABSENT), None)
        if threshold is None or numbers.score is not None:
            return False
        return threshold.of != "weight" or numbers.coverage is not None

    def _front(self, page: Worksheet, name: str) -> None:
        """The index, the measurements and the combined nodes."""
        self._head(page, name, self._words.text(self._questionnaire.index.title))
        steps = (self._plan.index, *self._plan.profile)
        for row, step in enumerate(steps, _FIRST):
            place = self._plan.places[step.column]
            self._at[step.column] = FormulaColumn.SCORE.fixed(row)
            self._named(page, row, place.node, shown(self._words.text(dict(place.titles))), "node text")
            page.write_blank(row, FormulaColumn.WEIGHT, None, self._styles["node"])
            self._score(page, row, step, [self._at[part] for part in step.parts], absent=False)
        for row, planned in enumerate(self._plan.measurements, _FIRST + len(steps)):
            definition, score = planned.definition, f"={self._at[planned.root]}"
            weight = float(self._questionnaire.index.weights[definition.id])
            self._named(page, row, definition.id, self._words.text(definition.title), "text")
            page.write_number(row, FormulaColumn.WEIGHT, weight, self._styles["weight"])
            value = self._value(planned.root)
            page.write_formula(row, FormulaColumn.SCORE, score, self._styles["number"], value)


def _in_order(node: Node, depth: int = 0) -> Iterator[tuple[Node | Item, int]]:
    """A node and all below it, from the top, each with its depth."""
    yield node, depth
    for child in node.children:
        yield from _in_order(child, depth + 1)
    for item in node.items:
        yield item, depth + 1
