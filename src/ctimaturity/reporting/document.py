"""What a document says, as values: sections, tables, figures and sentences that every format renders.

`html.py`, `markdown.py` and `plain.py` render them, each once for all documents. A block is a paragraph
(a string) or one of the classes below; what a class is called in HTML is its `kind`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

from ctimaturity.language.numbers import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.figure import Figure
    from ctimaturity.reporting.words import Words

    Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of text with something in bold before it or in small print after it.

    Attributes:
        text: What is said.
        lead: Before it, in bold.
        note: After it, in small print.
        link: Address of the page that the text leads to.
    """

    text: str
    lead: str = ""
    note: str = ""
    link: str = ""

    def __str__(self) -> str:
        """In words alone."""
        return f"{self.lead}{self.text}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs that belong together.

    Attributes:
        paragraphs: One after the other.
        look: Class in HTML of all of them: `prose` is set in columns on paper, `prose one` never.
    """

    kind: ClassVar = "prose"
    paragraphs: tuple[str, ...]
    look: str = "prose"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is more, or less, than the others: `lead` or `note` is its class in HTML."""

    kind: ClassVar = "remark"
    text: str | Phrase
    look: str = "note"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list.

    Attributes:
        items: In order.
        look: Class in HTML.
        numbered: Whether the order counts.
    """

    kind: ClassVar = "bullets"
    items: tuple[str | Phrase, ...]
    look: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, each with what it stands for."""

    kind: ClassVar = "facts"
    pairs: tuple[tuple[str, str | Phrase], ...]


@dataclass(frozen=True, slots=True)
class RichCell:
    """A cell that is more than its text.

    Attributes:
        text: What is said.
        below: Below it, in small print.
        look: Class in HTML.
        chip: Class of the colour that the text has as a label; empty without.
        plot: Column and figure whose interval is drawn before the text.
        items: A list after the text.
        link: Address of the page that the text leads to.
    """

    text: str
    below: str = ""
    look: str = ""
    chip: str = ""
    plot: tuple[ScoreColumn, Figure] | None = None
    items: tuple[str | Phrase, ...] = ()
    link: str = ""

    def __str__(self) -> str:
        """In words alone."""
        said = " ".join(filter(None, (self.text, *map(str, self.items))))
        return f"{said} ({self.below})" if self.below else said


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table whose cells are ready to be shown.

    Attributes:
        caption: What it is.
        headers: One per column.
        rows: As wide as the headers.
        look: Classes in HTML. `stack`: on a phone each row is a block; `numbers`: all cells but the heads
            of rows are numbers.
        looks: Classes of the columns in HTML, `n` of numbers; empty where none has one. Cells that head
            their rows have their own only.
        heads: The column that heads its rows.
        most: Rows up to which it stands on a phone at full height; a longer one scrolls by itself.
        titled: Whether its caption is a heading in Markdown.
        picks: What each row can be picked by, for the script of a page; empty where it cannot.
        body: Attributes of its body for that script.
    """

    kind: ClassVar = "table"
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str | RichCell, ...], ...]
    look: str = "stack"
    looks: tuple[str, ...] = ()
    heads: int = 0
    most: int = 9
    titled: bool = True
    picks: tuple[str, ...] = ()
    body: tuple[tuple[str, str], ...] = ()

    @property
    def numbers(self) -> list[int]:
        """The columns that are numbers, set to the right."""
        if "numbers" in self.look:
            return [column for column in range(len(self.headers)) if column != self.heads]
        return [column for column, look in enumerate(self.looks) if look == "n"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with the same numbers as a table.

    Attributes:
        macro: Which chart of the templates draws it.
        id: Its anchor.
        given: What the chart is drawn from.
        table: The same in words; None where another block says it.
    """

    kind: ClassVar = "drawing"
    macro: str
    id: str
    given: tuple[object, ...]
    table: DocumentTable | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks below a heading of their own.

    Attributes:
        heading: For people.
        blocks: In order.
        depth: Of the heading.
        id: Its anchor; empty without.
    """

    kind: ClassVar = "part"
    heading: str
    blocks: tuple[Block, ...]
    depth: int = 3
    id: str = ""


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """Blocks that stand together.

    Attributes:
        blocks: In order.
        look: Class in HTML: `pairs` and `groups` stand side by side where there is room, `prose` and
            `whole` belong together.
    """

    kind: ClassVar = "group"
    blocks: tuple[Block, ...]
    look: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks that are opened when they are asked for.

    Attributes:
        summary: What is behind it.
        blocks: In order.
        look: Class in HTML.
        paper: Whether they are in a PDF.
    """

    kind: ClassVar = "details"
    summary: str
    blocks: tuple[Block, ...]
    look: str = ""
    paper: bool = True


@dataclass(frozen=True, slots=True)
class Either:
    """What a page shows in one way and words say in another.

    Attributes:
        page: In HTML.
        words: In Markdown and text.
    """

    kind: ClassVar = "either"
    page: tuple[Block, ...] = ()
    words: tuple[Block, ...] = ()


Block: TypeAlias = (
    str | Paragraph | Prose | Bullets | Facts | DocumentTable | Drawing | Part | BlockGroup | Details | Either
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document.

    Attributes:
        id: Its anchor.
        heading: For people.
        blocks: In order.
        look: Class in HTML.
    """

    id: str
    heading: str
    blocks: tuple[Block, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that one document says.

    Attributes:
        heading: The title.
        sections: In order.
        over: What stands above the title.
        lead: Below the title.
        tiles: Labels and values of the headline.
        main: Which of the tiles stands out.
        tiles_first: Whether a page shows them before the lead.
        back: Name and address of the page above it.
        contents: Whether a page has a list of its sections.
        columns: Whose levels have colours on it.
        upright: Whether it is printed upright.
    """

    heading: str
    sections: tuple[Section, ...]
    over: str = ""
    lead: tuple[Block, ...] = ()
    tiles: tuple[tuple[str, str], ...] = ()
    main: int = 0
    tiles_first: bool = True
    back: tuple[str, str] | None = None
    contents: bool = True
    columns: Sequence[ScoreColumn] = ()
    upright: bool = False


def chip(level: int | None, name: str, levels: int) -> str | RichCell:
    """A level by number and name, in the colour that it has among so many; a dash without one."""
    if level is None:
        return MISSING
    said = f"{level} · {name}" if name else str(level)
    return RichCell(said, chip=f"k{levels}-{level}{'' if level else ' zero'}")


def table_of(
    caption: str, columns: Mapping[str, Callable[[Record], str]], records: Iterable[Record]
) -> DocumentTable:
    """A table whose columns say by their headers how their cells are got from a record."""
    rows = (tuple(get(record) for get in columns.values()) for record in records)
    return DocumentTable(caption, tuple(columns), tuple(rows))


def section(name: str, heading: str, said: Iterable[str], *blocks: Block) -> Section:
    """A section that first says something, in paragraphs, and then shows it."""
    paragraphs = tuple(said)
    return Section(name, heading, (*([Prose(paragraphs)] if paragraphs else []), *blocks))


def origin(pairs: Sequence[tuple[str, str]], words: Words) -> Section:
    """The section on where the numbers come from, with labels and values."""
    return Section("provenance", words.say("Provenance"), (Facts(tuple(pairs)),))


def leading(links: Sequence[tuple[str, str]], words: Words) -> tuple[Section, ...]:
    """The section of a page that leads to the pages of entities, by names and addresses; none without."""
    items = tuple(Phrase(name, link=address) for name, address in links)
    shown = Either(page=(Bullets(items, "columns"),))
    return (Section("entities", words.say("Entity by entity"), (shown,)),) if items else ()
