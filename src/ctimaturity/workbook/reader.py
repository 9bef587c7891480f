"""Read a returned workbook: every answer that stands in it, and every finding."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.language.catalogue import LANGUAGES, translate
from ctimaturity.language.folding import folded
from ctimaturity.language.lexicon import confirms
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.answer import is_blank
from ctimaturity.workbook.column import ANSWER, REASON, Kind
from ctimaturity.workbook.cover import CoverEntries
from ctimaturity.workbook.identity import FoundDefinition, Identity, read_identity
from ctimaturity.workbook.marker import IDENTITY_SHEET, WORKBOOK_KIND, Form, Marker
from ctimaturity.workbook.reading.answers import read_answers
from ctimaturity.workbook.reading.context import Context
from ctimaturity.workbook.reading.contradictions import note_contradictions
from ctimaturity.workbook.reading.correspondence import note_keys, note_texts
from ctimaturity.workbook.reading.counts import read_counts
from ctimaturity.workbook.reading.cover import (
    contradiction,
    moved_labels,
    read_covers,
    united,
    unreadable_entries,
    with_confirmations,
)
from ctimaturity.workbook.reading.displaced import note_displaced
from ctimaturity.workbook.reading.headers import unmarked_tables
from ctimaturity.workbook.reading.indicators import read_indicators
from ctimaturity.workbook.reading.lines import Lines
from ctimaturity.workbook.reading.own_rows import OwnRows
from ctimaturity.workbook.reading.report import Report
from ctimaturity.workbook.reading.respondents import read_grid, read_list
from ctimaturity.workbook.reading.strays import (
    note_answers_beside,
    note_second_ids,
    note_sheets_without_ids,
)
from ctimaturity.workbook.reading.table import (
    columns_of,
    decisive,
    is_respondent,
    marked_tables,
    names_items,
    texts,
)
from ctimaturity.workbook.returned import ReturnedWorkbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.model.response import Response, Source, Tallies
    from ctimaturity.workbook.column import Column
    from ctimaturity.workbook.reading.table import Table, Word
    from ctimaturity.workbook.template import RespondentMarks

    Find = Callable[[Identity], FoundDefinition]

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YES = {"yes", "si"}
_NO = {"no", "n", "0"}


def read_returned(
    file: str,
    data: bytes,
    find: Find,
    round_label: str = "",
    *,
    with_marks: bool = False,
    limits: Limits = LIMITS,
) -> ReturnedWorkbook:
    """Read a returned workbook.

    Nothing in it raises: what is wrong becomes a finding with its place, all of them at once.

    Args:
        file: The path as given, for findings and sources.
        data: The file's bytes.
        find: Gives the definition that a workbook follows, or the findings why there is none.
        round_label: Name of the round, which may say the year where the workbook does not.
        with_marks: Keep what each respondent answered; otherwise only their counts are.
        limits: The bounds on the file.

    Returns:
        Its answers as they stand; who may answer what is decided by whoever knows the entity.
    """
    report = Report(file)
    reading = read_workbook(data, limits)
    report.extend(reading.diagnostics)
    if reading.workbook is None:
        return ReturnedWorkbook(file, Identity(), CoverEntries(), diagnostics=report.diagnostics)
    texts_of = {sheet.name: texts(sheet) for sheet in reading.workbook.sheets}
    covers = read_covers(reading.workbook, texts_of)
    cover = united(covers)
    identity = read_identity(reading.workbook, cover)
    if len(texts_of) < len(reading.workbook.sheets):
        report.add(codes.SHEET_NAME_TWICE)
        return ReturnedWorkbook(file, identity, cover, diagnostics=report.diagnostics)
    if identity.kind not in {"", WORKBOOK_KIND}:
        report.add(codes.OTHER_KIND, kind=visible(identity.kind[:20]))
        return ReturnedWorkbook(file, identity, cover, diagnostics=report.diagnostics)
    note_contradictions(report, reading.workbook, covers, identity, round_label)
    found = find(identity)
    for diagnostic in found.diagnostics:
        report.extend([replace(diagnostic, parameters={**diagnostic.parameters, "file": shlex.quote(file)})])
    if found.questionnaire is None:
        return ReturnedWorkbook(file, identity, cover, diagnostics=report.diagnostics)
    if identity.by != IDENTITY_SHEET:
        report.add(codes.DEFINITION_BY_COVER)
    words = texts_of.get(cover.sheet, [])
    cover = with_confirmations(cover, reading.workbook, words, found.questionnaire)
    for problem, sheet, cell, key in unreadable_entries(reading.workbook, texts_of):
        report.add(problem.code, sheet, cell, key, **problem.parameters)
    for sheet, cell, key in moved_labels(texts_of, found.questionnaire):
        report.add(codes.COVER_LABELS_MOVED, sheet, cell, key)
    different = contradiction(covers)
    if different is not None:
        first, second, key = different
        other = str(Location(sheet=first.sheet, cell=first.cell(key)))
        report.add(codes.COVERS_CONTRADICT, second.sheet, second.cell(key), other=other)
    language = identity.language if identity.language in LANGUAGES else LANGUAGES[0]
    context = Context(
        found.questionnaire,
        language,
        year_said(cover.text(keys.DATE), cover.text(keys.ROUND), identity.round, round_label),
        report,
    )
    reader = _Reader(reading.workbook, context, identity, cover, with_marks)
    reader.read(marked_tables(reading.workbook, found.questionnaire, texts_of, report), texts_of)
    return reader.result()


def year_said(*said: str) -> int | None:
    """The year the answers are from: that of the date on the cover, else of the round."""
    return next((int(match[0]) for text in said if (match := _YEAR.search(text))), None)


@dataclass
class _Reader:
    """One workbook of a known definition being read."""

    workbook: Workbook
    context: Context
    identity: Identity
    cover: CoverEntries
    with_marks: bool = False
    marks: dict[str, list[RespondentMarks]] = field(default_factory=dict)
    responses: dict[str, Response] = field(default_factory=dict)
    surveys: list[Tallies] = field(default_factory=list)
    lines: dict[str, frozenset[str]] = field(default_factory=dict)
    sheets: frozenset[str] = frozenset()
    doubled: frozenset[str] = frozenset()
    blanks: dict[str, dict[str, Source]] = field(default_factory=dict)

    def read(self, marked: list[Table], texts_of: dict[str, list[Word]]) -> None:
        """Read all tables, with and without their marker."""
        report, questionnaire = self.context.report, self.context.questionnaire
        unmarked = unmarked_tables(
            self.workbook, questionnaire, texts_of, marked, self.identity.sheets, report
        )
        tables = [*marked, *unmarked]
        if not tables and not self.cover.sheet:
            report.add(codes.NOT_A_QUESTIONNAIRE)
            return
        self._note_names(tables)
        self.doubled = note_second_ids(tables, questionnaire, texts_of, report)
        with_ids = [table for table in tables if names_items(table, questionnaire)]
        note_sheets_without_ids(self.context, self.workbook, texts_of, with_ids, self.identity.sheets)
        self.sheets = frozenset(str(table.marker) for table in tables)
        for measurement in questionnaire.measurements:
            own = [table for table in tables if table.marker.measurement == measurement.id]
            if own:
                self._measurement(measurement, own)
            if any(table.marker.form is Form.GRID for table in own):
                others = texts_of.keys() - {table.sheet.name for table in tables}
                note_keys(self.context, measurement, texts_of, sorted(others))

    def result(self) -> ReturnedWorkbook:
        """All that was read."""
        confirmed = self._confirmed()
        return ReturnedWorkbook(
            file=self.context.report.file,
            identity=self.identity,
            cover=self.cover,
            responses=self.responses,
            surveys=tuple(self.surveys),
            lines=self.lines,
            confirmed=confirmed,
            blanks={item: at for name in sorted(confirmed) for item, at in self.blanks.get(name, {}).items()},
            issued=self._issued(),
            sheets=self.sheets,
            marks=self.marks,
            diagnostics=self.context.report.diagnostics,
        )

    def _issued(self) -> frozenset[str]:
        """Measurements that the workbook was made with a sheet for, as far as it says so."""
        markers = [Marker.read(text) for text in self.identity.sheets]
        return frozenset(marker.measurement for marker in markers if marker)

    def _note_names(self, tables: Iterable[Table]) -> None:
        for table in tables:
            name = self.identity.sheets.get(str(table.marker), table.sheet.name)
            if name != table.sheet.name:
                self.context.report.add(codes.SHEET_RENAMED, table.sheet.name, name=visible(name[:40]))

    def _measurement(self, measurement: Measurement, tables: list[Table]) -> None:
        if measurement.collects is Collects.RESPONDENTS:
            self._respondents(measurement, tables)
            return
        lines = self._find_lines(measurement, tables)
        columns = columns_of(self.context.questionnaire, tables[0].marker)
        wanted = [column for column in columns if column.id in set(decisive(columns))]
        single = [table for table in tables if table.sheet.name not in self.doubled]
        note_answers_beside(self.context, lines, single, wanted)
        if measurement.collects is Collects.ANSWERS:
            self.responses |= read_answers(self.context, measurement, lines)
            self.blanks[measurement.id] = {
                item: self.context.source(line, ANSWER)
                for item, line in lines.by_item.items()
                if is_blank(lines.cell(line, ANSWER))
            }
        else:
            self.responses |= read_indicators(self.context, measurement, lines)

    def _find_lines(self, measurement: Measurement, tables: list[Table]) -> Lines:
        columns = columns_of(self.context.questionnaire, tables[0].marker)
        wanted = decisive(columns)
        for table in tables:
            for column in wanted:
                if column not in table.columns and not self._may_lack(table, column):
                    self.context.report.add(codes.COLUMN_MISSING, table.sheet.name, column=column)
            if table.marker.form is Form.LIST and not any(map(is_respondent, table.columns)):
                self.context.report.add(codes.COLUMN_MISSING, table.sheet.name, column="R1")
            self._note_lost_remarks(table, columns)
        entries = [column for column in columns if column.id in wanted]
        own_rows = OwnRows(self.context, measurement, entries)
        items = [item.id for item in measurement.items]
        lines = Lines(tables, items, entries, own_rows, self.context.report)
        for table in tables:
            rows = lines.rows(table)
            note_texts(self.context, measurement, table, lines.rows(table, chosen=False))
            note_displaced(self.context, measurement, table, columns, rows)
        known = self.lines.get(measurement.id, frozenset())
        self.lines[measurement.id] = known | frozenset(lines.by_item)
        return lines

    def _note_lost_remarks(self, table: Table, columns: Sequence[Column]) -> None:
        """Name a lost column of evidence, sources, years: it scores nothing, but what stood there is gone.

        A table of ids and answers alone was written by somebody who had no such columns.
        """
        others = {column.id for column in columns} - set(decisive(columns))
        for column in columns if others & table.columns.keys() else ():
            if column.kind in {Kind.PROSE, Kind.YEAR} and column.id not in table.columns:
                header = in_language(dict(column.header), self.context.language)
                self.context.report.add(codes.REMARK_COLUMN_MISSING, table.sheet.name, column=header)

    @staticmethod
    def _may_lack(table: Table, column: str) -> bool:
        """Columns of a list are its respondents: as many as there are."""
        return table.marker.form is Form.LIST or column == REASON

    def _respondents(self, measurement: Measurement, tables: list[Table]) -> None:
        """Each filled sheet is a source of its own; the sheets of counts are one together."""
        counted: dict[str, list[Table]] = {}
        people = self.marks.setdefault(measurement.id, []) if self.with_marks else None
        for table in tables:
            tallies: Tallies | None = None
            if table.marker.form is Form.COUNTS:
                if table.marker.segment:
                    counted.setdefault(table.marker.segment, []).append(table)
                else:
                    self.context.report.add(codes.SEGMENT_OF_SHEET_LOST, table.sheet.name)
            elif table.marker.form is Form.LIST:
                lines = self._find_lines(measurement, [table])
                tallies = read_list(self.context, measurement, table, lines, people)
            else:
                present = frozenset(item.id for item in measurement.items if item.id in table.columns)
                self.lines[measurement.id] = self.lines.get(measurement.id, frozenset()) | present
                tallies = read_grid(self.context, measurement, table, people)
            self.surveys.extend([tallies] if tallies else [])
        self._counts(measurement, counted)

    def _counts(self, measurement: Measurement, counted: dict[str, list[Table]]) -> None:
        """Read the sheets of counts; a second one of a segment is another source."""
        while counted:
            sheets = {
                segment: (tables[0], self._find_lines(measurement, tables[:1]))
                for segment, tables in counted.items()
            }
            tallies = read_counts(self.context, measurement, sheets)
            self.surveys.extend([tallies] if tallies else [])
            counted = {segment: tables[1:] for segment, tables in counted.items() if tables[1:]}

    def _confirmed(self) -> frozenset[str]:
        """The measurements whose blanks the cover confirms to be answers."""
        report = self.context.report
        confirmed = set()
        for measurement in self.context.questionnaire.measurements:
            key = f"{keys.CONFIRM_BLANK}{measurement.id}"
            written = folded(self.cover.text(key))
            if measurement.confirm_blank is None or not written:
                continue
            said = confirms(written)
            if said:
                confirmed.add(measurement.id)
            if written in (_YES if said else _NO):
                continue
            title = in_language(measurement.title, self.context.language)
            place = self.cover.sheet, self.cover.cell(key)
            if said is None:
                report.add(codes.CONFIRMATION_UNREADABLE, *place, measurement=title)
            else:
                taken = translate("yes" if said else "no", self.context.language)
                report.add(codes.CONFIRMATION_TAKEN, *place, measurement=title, taken=taken)
        return frozenset(confirmed)
