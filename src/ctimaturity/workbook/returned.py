"""What a returned workbook says."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import has_errors
from ctimaturity.model.response import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.response import Response, Source, Tallies
    from ctimaturity.workbook.cover import CoverEntries
    from ctimaturity.workbook.identity import Identity
    from ctimaturity.workbook.template import RespondentMarks


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """What a returned workbook says, before it is known who may answer what.

    Attributes:
        file: Its path as given.
        identity: What it says it is.
        cover: What is written on its cover.
        responses: By item id, all lines that hold something.
        surveys: Each filled source of respondents; more than one of a measurement contradict each other.
        lines: By measurement, the ids of the items that have a line.
        confirmed: Measurements whose blanks the cover confirms.
        blanks: By item id, the cell of each answer that is blank and confirmed so.
        issued: Measurements that the workbook was made with a sheet for.
        sheets: Markers of the tables that were found.
        marks: By measurement, what each respondent answered, where that was asked for: to make a workbook
            of it again. Nothing else keeps it.
        diagnostics: Every finding, in order.
    """

    file: str
    identity: Identity
    cover: CoverEntries
    responses: Mapping[str, Response] = field(default_factory=lambda: MappingProxyType({}))
    surveys: tuple[Tallies, ...] = ()
    lines: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    confirmed: frozenset[str] = frozenset()
    blanks: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    issued: frozenset[str] = frozenset()
    sheets: frozenset[str] = frozenset()
    marks: Mapping[str, Sequence[RespondentMarks]] = field(default_factory=lambda: MappingProxyType({}))
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something in it cannot be read for certain."""
        return has_errors(self.diagnostics)

    @property
    def confirmed_items(self) -> frozenset[str]:
        """The items whose blanks are answers by the cover's confirmation."""
        return frozenset(item for name in self.confirmed for item in self.lines.get(name, ()))


def is_answered(response: Response | None) -> bool:
    """Whether somebody answered an item; a line with nothing but remarks is blank."""
    return response is not None and response.state is not State.BLANK
