"""Documents and tables as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.document import (
    BlockGroup,
    Bullets,
    Details,
    DocumentTable,
    Either,
    Facts,
    Paragraph,
    Part,
    Prose,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctimaturity.reporting.document import Block, Document


def document_text(document: Document) -> str:
    """A document as lines of a terminal, with a line feed at its end; nothing is wrapped."""
    lines = [document.heading, *_lines(document.lead, bullet="")]
    for section in document.sections:
        lines += ["", section.heading, *(f"  {line}" for line in _lines(section.blocks))]
    return "\n".join(lines) + "\n"


def _lines(blocks: Iterable[Block], bullet: str = "- ") -> Iterator[str]:
    for block in blocks:
        match block:
            case str():
                yield block
            case Paragraph():
                yield str(block.text)
            case Prose():
                yield from block.paragraphs
            case Bullets():
                yield from (f"{bullet}{item}" for item in block.items)
            case Facts():
                yield from (f"{bullet}{label}: {value}" for label, value in block.pairs)
            case DocumentTable():
                yield from aligned([block.headers, *(tuple(map(str, row)) for row in block.rows)])
            case Part():
                yield block.heading
                yield from (f"  {line}" for line in _lines(block.blocks))
            case BlockGroup(blocks=inside) | Details(blocks=inside) | Either(words=inside):
                yield from _lines(inside)


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of a terminal, their columns two spaces apart; nothing is wrapped."""
    cells = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
