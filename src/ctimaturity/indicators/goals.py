"""Floors and goals of indicators, from a table with the columns item, floor and goal."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.indicators.table_file import TableColumns, TableFindings, read_table_file
from ctimaturity.language.folding import folded, offer
from ctimaturity.language.written import Written, decimal_mark, written_number
from ctimaturity.model.number import decimal_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path


# In this order: an `indicador` beside an `item` holds names.
_COLUMNS = {"item": ("item", "indicador"), "floor": ("floor", "piso"), "goal": ("goal", "meta")}


class Goal(NamedTuple):
    """The worst and the best end of an indicator, and the line that says them."""

    floor: Decimal
    goal: Decimal
    line: int


@dataclass(frozen=True)
class Goals:
    """What a file of goals says.

    Attributes:
        file, digest: Its name and the SHA-256 of its bytes.
        by_item: By id of the indicator.
        diagnostics: What is wrong with it.
    """

    file: str = ""
    digest: str = ""
    by_item: Mapping[str, Goal] = field(default_factory=lambda: MappingProxyType({}))
    diagnostics: tuple[Diagnostic, ...] = ()


def read_goals(path: Path, indicators: Collection[str]) -> Goals:
    """Read a table of goals; nothing in it raises.

    Args:
        path: CSV or xlsx.
        indicators: The ids that there are.
    """
    table = read_table_file(path)
    if table.rows is None:
        return Goals(table.name, table.digest, diagnostics=table.diagnostics)
    findings = TableFindings(table.name)
    columns = _columns(table.rows[0][1] if table.rows else ())
    missing = columns.missing(_COLUMNS)
    for name in missing:
        findings.report(codes.GOALS_COLUMN_MISSING, 1, column=name)
    if missing:
        return Goals(table.name, table.digest, diagnostics=(*table.diagnostics, *findings.diagnostics))
    rows = [(line, [columns.cell(cells, name) for name in _COLUMNS]) for line, cells in table.rows[1:]]
    mark = decimal_mark(text for _, texts in rows for text in texts[1:])
    by_item: dict[str, Goal] = {}
    for line, (item, *ends) in rows:
        if not any((item, *ends)):
            continue
        numbers = [read for text in ends if isinstance(read := written_number(text, mark), Written)]
        if item not in indicators:
            about = {"item": quoted(item), "offer": offer(item, indicators)}
            findings.report(codes.REFERENCE_ITEM_UNKNOWN, line, quoted(item), **about)
        elif len(numbers) < len(ends):
            findings.report(codes.GOAL_UNREADABLE, line, item, item=item)
        else:
            floor, goal = numbers
            by_item[item] = Goal(floor.number, goal.number, line)
            for number in filter(Written.is_dressed, numbers):
                said = decimal_text(number.number)
                findings.report(codes.TABLE_NUMBER_DRESSED, line, item, item=item, number=said)
    return Goals(
        table.name, table.digest, MappingProxyType(by_item), (*table.diagnostics, *findings.diagnostics)
    )


def _columns(header: Sequence[str]) -> TableColumns:
    """The columns; beside `item` there may be an `indicador` with names, so the earlier word counts."""
    names = [folded(cell) for cell in header]
    found = {
        meaning: [names.index(word) for word in _COLUMNS[meaning] if word in names] for meaning in _COLUMNS
    }
    return TableColumns({meaning: positions[0] for meaning, positions in found.items() if positions})
