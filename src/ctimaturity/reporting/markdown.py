"""Documents in Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.reporting.document import (
    BlockGroup,
    Bullets,
    Details,
    DocumentTable,
    Drawing,
    Either,
    Facts,
    Paragraph,
    Part,
    Prose,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctimaturity.reporting.document import Block, Document, Phrase

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&#|~$^@]|(?<=\w):(?=//)|(?<=www)\.|^[-+=]|^\d+[.)](?=\s|$)")


def document_markdown(document: Document, depth: int = 1) -> str:
    """A document as Markdown, with a line feed at its end; whatever an entity is called stays text.

    A section that only shows what a page can show is left out. The heading of the document is of the
    depth given; those inside it lie below.
    """
    marks = "#" * depth
    blocks = [f"{marks} {escaped(document.heading)}", escaped(document.over), *_blocks(document.lead)]
    tiles = (f"- {escaped(label)}: **{escaped(value)}**" for label, value in document.tiles)
    blocks.append("\n".join(tiles))
    for section in document.sections:
        said = list(_blocks(section.blocks))
        if said:
            blocks += [f"#{marks} {escaped(section.heading)}", *said]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no links, one line."""
    return _MARKUP.sub(_escape, " ".join(text.split()))


def _escape(match: re.Match[str]) -> str:
    markup = match.group()
    return f"{markup[:-1]}\\{markup[-1]}"


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table; the columns in `numbers` are set to the right."""
    rule = ["---:" if column in numbers else "---" for column in range(len(headers))]
    lines = [
        [escaped(header) for header in headers],
        rule,
        *([escaped(cell) for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case str():
                yield escaped(block)
            case Paragraph():
                yield _phrase(block.text)
            case Prose():
                yield from map(escaped, block.paragraphs)
            case Bullets() | Facts():
                yield "\n".join(_items(block))
            case DocumentTable():
                yield from _table(block)
            case Drawing():
                yield from _table(block.table)
            case Part():
                yield f"{'#' * block.depth} {escaped(block.heading)}"
                yield from _blocks(block.blocks)
            case BlockGroup(blocks=inside) | Details(blocks=inside) | Either(words=inside):
                yield from _blocks(inside)


def _items(given: Bullets | Facts) -> Iterator[str]:
    if isinstance(given, Facts):
        yield from (f"- {escaped(label)}: {_phrase(value)}" for label, value in given.pairs)
        return
    for number, item in enumerate(given.items, 1):
        yield f"{f'{number}.' if given.numbered else '-'} {_phrase(item)}"


def _table(table: DocumentTable | None) -> Iterator[str]:
    if table is None:
        return
    if table.titled:
        yield f"### {escaped(table.caption)}"
    yield markdown_table(table.headers, (tuple(map(str, row)) for row in table.rows), table.numbers)


def _phrase(said: str | Phrase) -> str:
    if isinstance(said, str):
        return escaped(said)
    lead = f"**{escaped(said.lead)}**" if said.lead else ""
    note = f" ({escaped(said.note)})" if said.note else ""
    return f"{lead}{escaped(said.text) if not lead else _within(said.text)}{note}"


def _within(text: str) -> str:
    """Text after something else on its line: a space before it stays."""
    return f"{' ' if text[:1] == ' ' else ''}{escaped(text)}"
