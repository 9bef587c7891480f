"""How much a file may ask of us, and how one is refused that asks for more or is not what it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file from outside, far above what a questionnaire needs.

    They hold reading to about two seconds, plus one per 10 MB inflated, and 256 MB.

    Attributes:
        file_size: Bytes of a file.
        directory_size: Bytes of an archive's central directory.
        members: Members of an archive.
        member_size: Bytes of one member once inflated.
        inflated_size: Bytes of all members together once inflated, as the directory declares.
        ratio: Inflated bytes for each stored byte, looked at from `ratio_from` bytes on.
        ratio_from: Inflated bytes below which the ratio does not matter.
        small_part: Bytes of a part that is read as a tree (relations, list of sheets, properties).
        elements: Elements of such a part, and those of a sheet apart from `bytes_per_element`.
        bytes_per_element: A sheet may have one more element for each so many bytes, fewer than any
            program needs for one.
        depth: Elements inside one another in a part.
        sheets: Sheets of a workbook.
        rows: The last row that may hold a value.
        columns: The last column that may hold a value.
        cells: Cells of a workbook that hold a value.
        distinct_cells: Different values among them.
        strings: Entries of the table of shared strings.
        string_length: Characters of one text; 32,767 is what a cell can hold.
        styles: Cell formats, and fonts.
        merges: Merged ranges of a workbook.
        contained: Workbooks in one archive, or attached to one mail message.
        text_rows: Rows of a text table (CSV).
        text_columns: Columns of a text table.
    """

    # For comparison a filled questionnaire: 90 KB, 500 KB once inflated, 20 members, 10 sheets of at most
    # 200 rows and 18 columns, 6,000 cells of which 1,400 are different.
    file_size: int = 20 * _MIB  # as much as mail programs attach
    directory_size: int = _MIB  # long names for all members; it is looked at before they can be counted
    members: int = 2_000  # a few other files beside each workbook that an archive may contain
    member_size: int = 32 * _MIB
    inflated_size: int = 128 * _MIB
    ratio: int = 250  # rows of sheets pack 10 to 20 : 1; a bomb comes near 1,032 : 1, where DEFLATE ends
    ratio_from: int = _MIB  # small parts that repeat themselves, such as styles, pack 300 : 1 and harm nobody
    small_part: int = 4 * _MIB
    elements: int = 50_000
    bytes_per_element: int = 10  # `<c r="A1"/>` has 11
    depth: int = 64  # a cell lies four deep, the runs of its text a few more
    sheets: int = 64
    rows: int = 50_000
    columns: int = 1_024
    cells: int = 600_000
    distinct_cells: int = 200_000  # each is an object of its own, where equal ones are the same
    strings: int = 200_000
    string_length: int = 32_767
    styles: int = 70_000  # Excel ends at 65,490
    merges: int = 20_000
    contained: int = 500
    text_rows: int = 200_000
    text_columns: int = 1_024


LIMITS = Limits()


class Refusal(Exception):  # noqa: N818  (it is an answer about a file, not a fault of ours)
    """Raised inside the readers of this package only; never leaves them.

    It is made of a code, the place inside the file and what fills the code's texts.

    Attributes:
        diagnostic: Why the file is not read; the caller names the file.
    """

    def __init__(self, code: Code, place: Location | None = None, /, **parameters: Parameter) -> None:
        self.diagnostic = Diagnostic(code, place or Location(), parameters)
        super().__init__(code.id)
