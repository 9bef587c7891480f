"""The part of one sheet, read: plain rows by their grammar, all else by the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.files.rows import NotPlainError, cut_out, read_rows
from ctimaturity.files.sheet import Sheet
from ctimaturity.files.sheet_parser import parse_sheet

if TYPE_CHECKING:
    from ctimaturity.files.content import Contents
    from ctimaturity.files.limits import Limits
    from ctimaturity.files.sheet import Heading
    from ctimaturity.files.sheet_parser import ParsedSheet


def read_sheet(data: bytes, part: str, heading: Heading, contents: Contents, limits: Limits) -> Sheet:
    """The cells of one sheet, with what hides or merges them.

    Cells and rows without a reference are counted on; the used range it declares is not
    believed.

    Raises:
        Refusal: The part cannot be read or breaks a limit.
    """
    try:
        parsed = _with_plain_rows(data, part, heading.name, contents, limits)
    except NotPlainError:
        parsed = parse_sheet(data, part, heading.name, contents, limits)
    return Sheet(
        name=heading.name,
        state=heading.state,
        cells=parsed.cells,
        merged=tuple(parsed.merged),
        hidden_rows=frozenset(parsed.hidden_rows),
        hidden_columns=frozenset(parsed.hidden_columns),
    )


def _with_plain_rows(data: bytes, part: str, name: str, contents: Contents, limits: Limits) -> ParsedSheet:
    """Read the rows by the grammar of plain rows and what stands around them by the parser.

    Raises:
        NotPlainError: The parser must read it all.
        Refusal: The part cannot be read or breaks a limit.
    """
    around, rows, start = cut_out(data)
    plain = read_rows(rows, contents, limits)
    parsed = parse_sheet(around, part, name, contents, limits)
    if parsed.tables != [start]:
        raise NotPlainError  # they stood in a comment, or there are more of them
    parsed.cells = plain.cells
    parsed.hidden_rows = plain.hidden
    return parsed
