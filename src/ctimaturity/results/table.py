"""What a table of the results is: its columns, its keys, its rows.

One description serves the CSV header, the data package, the data frames and the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.model.attribute import getter
from ctimaturity.model.text import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from typing_extensions import TypeVar as _Variable

    Source = _Variable("Source", default=Any)
else:
    Source = TypeVar("Source")

Cell = str | int | float | Decimal | None
Row = tuple[Cell, ...]
YES, NO = "true", "false"
"""How a column of the kind `boolean` is written."""
Kind = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Source]):
    """One column: its name, its type and how its cells are got.

    Attributes:
        name: As the header has it.
        kind: Type of its values, in the words of Frictionless.
        description: English message id; `{title}` stands for the title.
        unit: What numbers count or measure: `points` of the node's scale, `share` (0 to 1), `people`,
            `answers`, `entities`, `year`; empty without.
        title: Name of the part of the definition that the column is about, by language.
        choices: The values there may be; empty when open.
        required: Never empty.
        get: What gets the value from what a row is made of: a path of attributes, in which the first may be
            None, or a function; without, the attribute of the column's name.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    choices: tuple[str, ...] = ()
    required: bool = False
    get: str | Callable[[Source], object] = ""

    def described(self, language: str) -> str:
        """What the column holds, in a language."""
        return translate(self.description, language).format(title=in_language(dict(self.title), language))


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values stand in the key of another table."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of the results.

    Attributes:
        name: Of the file, without its ending.
        title: English message id.
        columns: In the order of the header.
        key: Columns that name a row; empty when none do.
        references: What points to other tables.
        rows: The rows, made afresh at each call, so that nothing is held in memory.
    """

    name: str
    title: str
    columns: tuple[Column[Any], ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    references: tuple[ForeignKey, ...] = ()

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def row_maker(columns: Sequence[Column[Source]], language: str = "en") -> Callable[[Source], Row]:
    """What makes the cells of some columns from what they are got from, texts in a language.

    A row may be put together of several such parts, each with its own source.
    """

    def text(value: object) -> Cell:
        if type(value) is str:  # most are; to ask first what else it may be takes longer than the rest
            return legible(value)
        if isinstance(value, Decimal):
            return value  # a number among texts: files write it with their own decimal mark
        if isinstance(value, Mapping):
            value = in_language(dict(value), language)
        return None if value is None else legible(str(value))

    written: dict[Kind, Callable[[Any], Cell]] = {"string": text, "boolean": _flag}
    makers = [(getter(column.get or column.name), written.get(column.kind, _number)) for column in columns]

    def row(source: Source) -> Row:
        return tuple([cell(get(source)) for get, cell in makers])

    return row


def _number(value: Cell | Fraction) -> Cell:
    # not isinstance, which is slow to say that a number is no fraction
    return float(value) if type(value) is Fraction else value  # type: ignore[return-value]


def _flag(value: bool | None) -> Cell:  # noqa: FBT001  (what it writes is the boolean)
    return None if value is None else YES if value else NO


ENTITY_CODE: Column[Any] = Column("entity_code", "string", "Code of the entity, as text", required=True)
REFERENCE: Column[Any] = Column(
    "reference",
    "string",
    "Reference ranges that marks come from: id, version and the begin of the SHA-256 of reference.json",
)
"""The last column of tables whose marks come from a reference file; without one there is none."""
OF_ENTITY = ForeignKey(("entity_code",), "index", ("entity_code",))
"""Every table of several rows per entity points to its row of the index."""


def legible(text: str) -> str:
    """A text of somebody else as it is written down: control and bidirectional characters are shown.

    Lines, which all end in LF, and tabs stay; in a quoted cell of a CSV file they do no harm.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character if character in _KEPT else visible(character) for character in lines)


_KEPT = frozenset("\n\t")
