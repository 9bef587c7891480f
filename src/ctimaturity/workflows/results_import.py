"""Make one plain table of official statistics out of the tables that open data has."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.atomic import write_file
from ctimaturity.files.csv import table_bytes
from ctimaturity.indicators.statistics import TableRules, read_statistics
from ctimaturity.workflows.definitions import chosen_questionnaire
from ctimaturity.workflows.documents import in_the_way
from ctimaturity.workflows.reading import entity_register

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.indicators.statistics import Statistic, StatisticsFile

COLUMNS = ("entity_code", "item", "year", "value", "unit", "source", "file", "line")
"""Of the table that is written."""


@dataclass(frozen=True)
class ImportOptions:
    """How tables are read.

    Attributes:
        questionnaire: `id@edition` or a path; needed where there are several.
        entities: List of entities: only theirs are taken.
        columns: Headers by what they mean, beside the usual ones.
        decimal: `.` or `,`; empty for what the numbers show.
        year: The latest year that counts.
        force: Replace a file that exists.
    """

    questionnaire: str | None = None
    entities: Path | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    decimal: str = ""
    year: int | None = None
    force: bool = False


@dataclass(frozen=True)
class Imported:
    """What was taken.

    Attributes:
        values: How many.
        entities: Of how many entities.
        diagnostics: What was passed over and why.
    """

    values: int
    entities: int
    diagnostics: tuple[Diagnostic, ...]


def import_results(paths: Sequence[Path], out: Path, options: ImportOptions) -> Imported:
    """Read tables and write what can be used of them as one.

    Raises:
        JobError: Nothing can be used, or the file is there already.
    """
    if taken := in_the_way(out, force=options.force):
        raise JobError(taken)
    questionnaire = chosen_questionnaire(options.questionnaire)
    listed = entity_register(options.entities).under(questionnaire).listed
    rules = TableRules(options.columns, options.decimal, options.year, listed.entities)
    files = [read_statistics(path, questionnaire, rules) for path in paths]
    diagnostics = [each for file in files for each in file.diagnostics]
    kept = _latest(files, diagnostics)
    if not kept:
        raise JobError(
            diagnostics if has_errors(diagnostics) else [*diagnostics, Diagnostic(codes.STATISTICS_EMPTY)]
        )
    facts = attrgetter("entity", "item", "year", "value", "unit", "source")
    rows = ((*facts(statistic), name, statistic.line) for name, statistic in kept)
    write_file(out, table_bytes(COLUMNS, rows))
    return Imported(len(kept), len({statistic.entity for _, statistic in kept}), in_order(diagnostics))


def _latest(files: Sequence[StatisticsFile], diagnostics: list[Diagnostic]) -> list[tuple[str, Statistic]]:
    """Of each entity and indicator the latest value of all tables; two of one year are both left out."""
    taken: dict[tuple[str, str], tuple[str, Statistic]] = {}
    contested: set[tuple[str, str, int]] = set()
    for file in files:
        for statistic in file.values:
            name, first = taken.setdefault((statistic.entity, statistic.item), (file.file, statistic))
            if statistic.year > first.year:
                taken[statistic.entity, statistic.item] = (file.file, statistic)
            elif statistic.year == first.year and statistic.value != first.value:
                contested.add((statistic.entity, statistic.item, statistic.year))
                about: dict[str, Parameter] = {
                    "item": statistic.item,
                    "entity": statistic.entity,
                    "year": statistic.year,
                    "other": str(Location(name, line=first.line)),
                }
                where = Location(file.file, line=statistic.line, item=statistic.item)
                diagnostics.append(Diagnostic(codes.STATISTICS_TWICE, where, about))
    return [
        (name, statistic)
        for (entity, item), (name, statistic) in sorted(taken.items(), key=lambda each: each[0])
        if (entity, item, statistic.year) not in contested
    ]
