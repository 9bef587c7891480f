"""The one description of a questionnaire workbook: what the writer writes and the reader finds.

Positions are not part of it. Sheets are known by their marker, columns by the id in the
header-id row, rows by the item id in the marker's column.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate, words
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.choice import SEGMENTS, Choices, choice_lists, scale_list
from ctimaturity.workbook.column import (
    LIST_RESPONDENTS,
    AnswerColumn,
    Kind,
    answer_columns,
    count_columns,
    grid_columns,
    indicator_columns,
    list_columns,
    with_previous,
)
from ctimaturity.workbook.cover import (
    CoverSection,
    confirm_section,
    entity_section,
    identity_section,
    sign_section,
)
from ctimaturity.workbook.marker import IDENTITY_SHEET, Form, Marker
from ctimaturity.workbook.template import Perception, TemplateOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire

SEGMENT_ROW = "segment"
"""In the item column of the `list` form: the row that says each respondent's segment."""

_LONGEST_NAME = 31  # no more characters in the name of a sheet, nor any of these: the limits of Excel
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class NodeHeading:
    """A row that names a node of the tree; it has no id.

    Attributes:
        node: Which.
        depth: 1 for the children of the measurement, 2 below them, and so on.
    """

    node: Node
    depth: int


@dataclass(frozen=True, slots=True)
class Question:
    """A row that asks one item.

    Attributes:
        item: Which.
        path: The nodes it belongs to, from the child of the measurement down to its own group.
    """

    item: Item
    path: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """The row of the `list` form that asks each respondent's segment."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """A row of the `grid` form.

    Attributes:
        number: Counted from 1; stands in the item column.
    """

    number: int


Row = NodeHeading | Question | SegmentRow | Respondent


@dataclass(frozen=True)
class AnswerSheet:
    """A sheet that people fill.

    Attributes:
        marker: What it holds.
        name: Its name in the workbook's language.
        measurement: What is measured.
        columns: From left to right; the first is the item column.
        rows: From top to bottom.
        items: The items asked, in the order of the definition.
    """

    marker: Marker
    name: str
    measurement: Measurement
    columns: tuple[AnswerColumn, ...]
    rows: tuple[Row, ...]
    items: tuple[Item, ...]

    @cached_property
    def column_by_id(self) -> dict[str, AnswerColumn]:
        """The columns by their id."""
        return {column.id: column for column in self.columns}

    def list_of(self, column: AnswerColumn, item: Item | None) -> str:
        """The name of the list that closes a cell; empty for an open one.

        Args:
            column: The cell's column.
            item: The item it answers; none in the row of the segments.
        """
        if column.kind is Kind.ANSWER:
            return SEGMENTS if item is None else scale_list(item.scale)
        return column.choices


@dataclass(frozen=True)
class Layout:
    """A whole workbook.

    Attributes:
        questionnaire: The definition it asks.
        options: What was chosen.
        cover: The cover's groups of lines.
        sheets: The sheets that people fill, in order.
        names: Names of the other sheets by what they are: `cover`, `instructions`, `legend`,
            `identity`, `key:<measurement>`.
        lists: All closed answers by the name of their list.
    """

    questionnaire: Questionnaire
    options: TemplateOptions
    cover: tuple[CoverSection, ...]
    sheets: tuple[AnswerSheet, ...]
    names: Mapping[str, str]
    lists: Mapping[str, Choices]

    @property
    def language(self) -> str:
        """Of all texts."""
        return self.options.language

    def say(self, message: str, **values: object) -> str:
        """A message of the catalogue in the workbook's language."""
        return translate(message, self.language).format(**values)

    def named(self, text: Mapping[str, str] | None) -> str:
        """A text of the definition in the workbook's language; nothing where there is none."""
        return in_language(dict(text), self.language) if text else ""

    def choices(self, sheet: AnswerSheet, column: AnswerColumn, item: Item | None) -> Choices:
        """The closed answers of a cell, in order; none for an open one."""
        name = sheet.list_of(column, item)
        return self.lists[name] if name else ()


def describe(questionnaire: Questionnaire, options: TemplateOptions) -> Layout:
    """The workbook that a definition and the chosen options give."""
    parts = parts_of(questionnaire, options)
    names = _Names(options.language)
    front = {"cover": names.take(words("Cover")), "instructions": names.take(words("Instructions"))}
    sheets: list[AnswerSheet] = []
    keys: dict[str, str] = {}
    for measurement in parts:
        sheets.extend(_sheets(questionnaire, measurement, options, names))
        if _form(measurement, options) is Form.GRID:
            keys[f"key:{measurement.id}"] = names.take(words("Statements"))
    return Layout(
        questionnaire=questionnaire,
        options=options,
        cover=(
            entity_section(questionnaire.coding),
            confirm_section(questionnaire, tuple(part.id for part in parts)),
            sign_section(),
            identity_section(questionnaire),
        ),
        sheets=tuple(sheets),
        names={**front, **keys, "legend": names.take(words("Answers")), "identity": IDENTITY_SHEET},
        lists=choice_lists(questionnaire),
    )


def parts_of(questionnaire: Questionnaire, options: TemplateOptions) -> tuple[Measurement, ...]:
    """The measurements in a workbook, in the order of the definition."""
    return tuple(part for part in questionnaire.measurements if not options.parts or part.id in options.parts)


def asked_items(
    questionnaire: Questionnaire, measurement: Measurement, entity: Entity | None
) -> tuple[Item, ...]:
    """The items of a measurement that can exist for an entity; all of them for nobody in particular."""
    if entity is None:
        return measurement.items
    return tuple(item for item in measurement.items if questionnaire.applies(item, entity.type, entity.code))


def with_paths(node: Node, path: tuple[Node, ...] = ()) -> Iterator[tuple[Item, tuple[Node, ...]]]:
    """The items below a node, each with the nodes between the two from top to bottom."""
    for child in node.children:
        yield from with_paths(child, (*path, child))
    yield from ((item, path) for item in node.items)


def stays_provisional(measurement: Measurement) -> bool:
    """Whether the `list` form has room for fewer people than the measurement asks for."""
    least = measurement.respondents.min_respondents if measurement.respondents else None
    return least is not None and least.value > LIST_RESPONDENTS


def _form(measurement: Measurement, options: TemplateOptions) -> Form | None:
    if measurement.collects is Collects.ANSWERS:
        return Form.ANSWERS
    if measurement.collects is Collects.INDICATORS:
        return Form.INDICATORS
    return None if options.perception is Perception.NONE else Form(options.perception.value)


def _sheets(
    questionnaire: Questionnaire, measurement: Measurement, options: TemplateOptions, names: _Names
) -> Iterator[AnswerSheet]:
    form = _form(measurement, options)
    items = asked_items(questionnaire, measurement, options.entity)
    if form is None or not items:
        return
    columns = form_columns(questionnaire, measurement, form, items)
    if options.previous is not None and form in {Form.ANSWERS, Form.INDICATORS}:
        columns = with_previous(columns, options.previous)
    rows = tuple(_rows(measurement, form, items, options))
    for segment in questionnaire.segments if form is Form.COUNTS else (None,):
        marker = Marker(measurement.id, form, segment.id if segment else "")
        name = names.take(measurement.title, *([segment.label] if segment else ()))
        yield AnswerSheet(marker, name, measurement, columns, rows, items)


def form_columns(
    questionnaire: Questionnaire, measurement: Measurement, form: Form, items: tuple[Item, ...] = ()
) -> tuple[AnswerColumn, ...]:
    """The columns that a form has in the template; of all items of the measurement where none are named."""
    items = items or measurement.items
    if not items or (form is Form.COUNTS and not questionnaire.segments):
        return ()
    if form is Form.ANSWERS:
        with_reason = any(questionnaire.scales[item.scale].not_applicable for item in items)
        return answer_columns(with_reason=with_reason)
    if form is Form.INDICATORS:
        return indicator_columns(measurement)
    if form is Form.COUNTS:
        return count_columns(questionnaire, items)
    return list_columns() if form is Form.LIST else grid_columns(items)


def _rows(
    measurement: Measurement, form: Form, items: tuple[Item, ...], options: TemplateOptions
) -> Iterator[Row]:
    if form is Form.GRID:
        yield from (Respondent(number) for number in range(1, options.respondents + 1))
        return
    if form is Form.LIST:
        yield SegmentRow()
    deepest = 1 if form in {Form.LIST, Form.COUNTS} else None
    yield from _tree(measurement.root, (), frozenset(item.id for item in items), deepest)


def _tree(
    node: Node, path: tuple[Node, ...], asked: frozenset[str], deepest: int | None
) -> Iterator[NodeHeading | Question]:
    """Headings and questions; below `deepest` the group stands in a column instead of a heading."""
    for child in node.children:
        if any(item.id in asked for item in child.all_items()):
            inner = (*path, child)
            if deepest is None or len(inner) <= deepest:
                yield NodeHeading(child, len(inner))
            yield from _tree(child, inner, asked, deepest)
    yield from (Question(item, path) for item in node.items if item.id in asked)


class _Names:
    """Names of sheets: legal for Excel, and no two the same."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._taken = {IDENTITY_SHEET.casefold()}

    def take(self, *texts: Mapping[str, str]) -> str:
        """A name for a sheet, from its texts."""
        words_ = [in_language(dict(text), self._language) for text in texts]
        wanted = " ".join(" - ".join(words_).translate(_FORBIDDEN).split())
        name, number = wanted[:_LONGEST_NAME].strip(), 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{wanted[: _LONGEST_NAME - 4].strip()} ({number})"
        self._taken.add(name.casefold())
        return name
