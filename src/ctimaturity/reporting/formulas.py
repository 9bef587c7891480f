"""How a number is made: a workbook that works out one entity's scores from its answers, with live formulas.

It is for following the arithmetic in a spreadsheet and is never read back: scores are made by the
engine. Cells hold the engine's numbers until a program recalculates them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.questionnaire import Item
from ctimaturity.model.rule import Effect, ResultsBasis
from ctimaturity.reporting.excel import CREATED, LINE, TALLEST, lines_of, sheet_name
from ctimaturity.reporting.formula_answers import AnswerCells
from ctimaturity.reporting.formula_rules import formula, gated, level_formula
from ctimaturity.reporting.view import ranges_cited
from ctimaturity.reporting.words import Words, shown
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
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
_COLUMNS = (20, 80, 9, 12, 16, 11, 10, 8, 10)
"""Widths, in characters."""
_COUNTS = 9
"""Before them stand the columns that every sheet has; behind them the counts of a survey."""
_NODE = {"bold": True, "bg_color": "#eef1ee", "valign": "top"}
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
    from xlsxwriter.workbook import Workbook

    book = Workbook(
        str(target), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    words = Words(language)
    name = shown(row.entity.name or row.entity.code)
    book.set_properties(
        {
            "title": name,
            "keywords": f"cti:{KIND}",
            "author": "",
            "created": CREATED,
            "subject": provenance.round,
        }
    )
    with book:
        _Maker(book, assessment, row, words, ranges_cited(provenance, words)).write(name)
        page = book.add_worksheet("_cti")
        page.write_row(0, 0, ("kind", KIND))
        page.write_row(1, 0, ("definition_hash", provenance.definition_hash))
        page.very_hidden()


@dataclass(frozen=True, slots=True)
class _Styles:
    title: Format
    head: Format
    text: Format
    answer: Format
    number: Format
    weight: Format
    node: Format
    node_text: Format
    node_level: Format
    node_weight: Format


class _Maker:
    """Writes the sheets: the index, then one for each measurement."""

    def __init__(
        self, book: Workbook, assessment: Assessment, row: IndexRow, words: Words, ranges: str
    ) -> None:
        self._book = book
        self._ranges = ranges
        self._row = row
        self._words = words
        self._index = assessment.index
        self._answers = assessment.answers[row.entity.code]
        self._questionnaire = assessment.questionnaire
        self._plan: Plan = compile_plan(assessment.questionnaire, assessment.index.measurements)
        basis = ResultsBasis(self._index.results_basis) if self._index.results_basis else None
        self._cells = AnswerCells(self._questionnaire, self._answers, basis, assessment.reference, words)
        self._at: dict[int, str] = {}
        self._sheets: dict[int, str] = {}
        self._styles = _Styles(
            title=book.add_format({"bold": True, "font_size": 14}),
            head=book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
            text=book.add_format({"text_wrap": True, "valign": "top"}),
            answer=book.add_format({"text_wrap": True, "valign": "top", "align": "center"}),
            number=book.add_format({"num_format": "0.00", "valign": "top"}),
            weight=book.add_format({"valign": "top"}),
            node=book.add_format({**_NODE, "num_format": "0.00"}),
            node_text=book.add_format({**_NODE, "text_wrap": True}),
            node_level=book.add_format({**_NODE, "num_format": "0"}),
            node_weight=book.add_format(_NODE),
        )

    def write(self, name: str) -> None:
        """All sheets; the index first, although it stands on the others."""
        t = self._words.say
        front = self._book.add_worksheet(sheet_name(t("Index")))
        pages = []
        for number, planned in enumerate(self._plan.measurements):
            title = self._words.text(planned.definition.title)
            taken = sheet_name(title, self._book.sheetnames)
            self._sheets[number] = taken
            pages.append((planned, self._book.add_worksheet(taken)))
        for number, (planned, page) in enumerate(pages):
            self._measurement(page, number, planned, name)
        self._front(front, name)

    def _measurement(self, page: Worksheet, number: int, planned: PlannedMeasurement, name: str) -> None:
        definition = planned.definition
        columns = _in_order(definition.root, definition, self._plan)
        sheet = self._sheets[number].replace("'", "''")
        for line, (column, _, _) in enumerate(columns):
            self._at[column] = f"'{sheet}'!$G${HEAD + 2 + line}"
        self._head(page, name, self._words.text(definition.title))
        survey = self._cells.survey(definition)
        page.write_row(HEAD, _COUNTS, survey.headers, self._styles.head)
        if survey.headers:
            page.set_column(_COUNTS, _COUNTS + len(survey.headers) - 1, 11)
            page.set_row(HEAD, 3 * LINE + 4)
            page.fit_to_pages(3, 0)
        missing = not any(self._numbers(column).n for column in planned.items)
        for line, (column, part, depth) in enumerate(columns):
            row = HEAD + 1 + line
            if isinstance(part, Item):
                self._item(page, row, definition, part, column, missing=missing)
            else:
                self._node(page, row, part, column, depth, missing=missing)

    def _head(self, page: Worksheet, name: str, title: str) -> None:
        t = self._words.say
        page.write_string(0, 0, f"{name}: {title}", self._styles.title)
        page.write_string(
            1,
            0,
            t("Every score is worked out here from the answers. Change an answer and follow what it does."),
        )
        if self._ranges:
            page.write_string(2, 0, f"{t('Reference ranges')}: {self._ranges}")
        headers = (
            "Id",
            "What it is",
            "Weight",
            "Answer",
            "State",
            "Before gates",
            "Score",
            "Level",
            "Engine",
        )
        page.write_row(HEAD, 0, [t(header) for header in headers], self._styles.head)
        page.set_row(HEAD, 2 * LINE + 4)
        for place, width in enumerate(_COLUMNS):
            page.set_column(place, place, width)
        page.freeze_panes(HEAD + 1, 2)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD)
        page.repeat_columns(0, 1)

    def _numbers(self, column: int) -> NodeScore:
        return self._index.table.at(self._row.row, column)

    def _item(
        self, page: Worksheet, row: int, measurement: Measurement, item: Item, column: int, *, missing: bool
    ) -> None:
        self._named(page, row, item.id, shown(self._words.text(item.text)), self._styles.text)
        page.write_number(row, 2, float(item.weight), self._styles.weight)
        cells = self._cells.of(measurement, item, row)
        page.write_string(row, 3, cells.answer, self._styles.answer)
        page.write_string(row, 4, cells.state, self._styles.text)
        score = self._numbers(column).score
        value = "" if score is None else score
        if not missing:  # nothing of the measurement arrived: not even a blank counts
            page.write_formula(row, 6, f"={cells.formula}", self._styles.number, value)
        page.write(row, 8, value, self._styles.number)
        for place, cell in enumerate(cells.beside, 9):
            page.write_number(row, place, cell, self._styles.weight)

    @staticmethod
    def _named(page: Worksheet, row: int, name: str, text: str, style: Format) -> None:
        """Id and text, in a row as high as they need: not every program finds it by itself."""
        page.write_string(row, 0, name, style)
        page.write_string(row, 1, text, style)
        tallest = max(lines_of(name, _COLUMNS[0]), lines_of(text, _COLUMNS[1]))
        page.set_row(row, min(LINE * tallest + 2, TALLEST))

    def _node(self, page: Worksheet, row: int, node: Node, column: int, depth: int, *, missing: bool) -> None:
        title = "    " * depth + shown(self._words.text(node.title))
        self._named(page, row, node.id, title, self._styles.node_text)
        page.write_number(row, 2, float(node.weight), self._styles.node_weight)
        step = self._plan.step_at[column]
        cells = [self._local(part) for part in step.parts]
        absent = missing or self._absent(step)
        self._score(page, row, step, cells, absent=absent)

    def _local(self, column: int) -> str:
        """A cell of the same sheet."""
        return self._at[column].rpartition("!")[2].replace("$", "")

    def _score(self, page: Worksheet, row: int, step: Step, cells: list[str], *, absent: bool) -> None:
        """Before gates, after them, the level, and what the engine says; nothing where it says nothing."""
        style, said = self._styles.node, self._styles.node_text
        for place in (3, 4, 5, 6, 7):
            page.write_blank(row, place, None, style)
        numbers = self._numbers(step.column)
        value = "" if numbers.score is None else numbers.score
        made = formula(step, cells)
        if numbers.score is None and not absent and step.measurement >= 0:
            page.write_string(row, 4, self._words.say("shown without a score of its own"), said)
        if absent:
            page.write_string(row, 4, self._words.say("counts as absent"), said)
            page.write_string(row, 6, "", style)
        elif len(made) > _LONGEST:
            page.write_string(row, 4, self._words.say("too long for a cell"), said)
            page.write(row, 6, value, style)
        else:
            page.write_formula(row, 5, f"={made}", style, value)
            final = gated(step, f"F{row + 1}", self._at.__getitem__)
            page.write_formula(row, 6, f"={final}", style, value)
        level = level_formula(step, f"G{row + 1}", self._at.__getitem__)
        if level:
            reached = "" if numbers.level is None else numbers.level
            page.write_formula(row, 7, f"={level}", self._styles.node_level, reached)
        page.write(row, 8, value, style)

    def _absent(self, step: Step) -> bool:
        """Whether so little of a node was answered that the definition leaves it out."""
        numbers = self._numbers(step.column)
        for threshold in step.min_coverage:
            if threshold.below is not Effect.ABSENT:
                continue
            if threshold.of == "weight":
                return numbers.coverage is not None and numbers.score is None
            return numbers.score is None
        return False

    def _front(self, page: Worksheet, name: str) -> None:
        """The index, the measurements and the combined nodes."""
        self._head(page, name, self._words.text(self._questionnaire.index.title))
        row = HEAD + 1
        steps = [self._plan.index, *self._plan.profile]
        for line, step in enumerate(steps):
            place = self._plan.places[step.column]
            self._at[step.column] = f"$G${row + 1 + line}"
            title = shown(self._words.text(dict(place.titles)))
            self._named(page, row + line, place.node, title, self._styles.node_text)
            page.write_blank(row + line, 2, None, self._styles.node)
            self._score(page, row + line, step, [self._at[part] for part in step.parts], absent=False)
        row += len(steps)
        for planned in self._plan.measurements:
            title = self._words.text(planned.definition.title)
            self._named(page, row, planned.definition.id, title, self._styles.text)
            weight = float(self._questionnaire.index.weights[planned.definition.id])
            page.write_number(row, 2, weight, self._styles.weight)
            score = self._numbers(planned.root).score
            value = "" if score is None else score
            page.write_formula(row, 6, f"={self._at[planned.root]}", self._styles.number, value)
            row += 1


def _in_order(
    node: Node, measurement: Measurement, plan: Plan, depth: int = 0
) -> list[tuple[int, Node | Item, int]]:
    """Nodes and items of a measurement from the top, each with its column and depth."""
    of = {(place.measurement, place.node): column for column, place in enumerate(plan.places)}

    def walk(each: Node, below: int) -> list[tuple[int, Node | Item, int]]:
        found: list[tuple[int, Node | Item, int]] = [(of[measurement.id, each.id], each, below)]
        for child in each.children:
            found += walk(child, below + 1)
        found += [(of[measurement.id, item.id], item, below + 1) for item in each.items]
        return found

    return walk(node, depth)
