"""Read a returned workbook: every answer that stands in it, and every finding."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.files.xlsx import read_workbook
from ctimaturity.language.catalogue import LANGUAGES
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.answer import is_blank
from ctimaturity.workbook.column import ANSWER, REASON, Kind
from ctimaturity.workbook.cover import CoverEntries
from ctimaturity.workbook.identity import FoundDefinition, Identity, read_identity
from ctimaturity.workbook.marker import IDENTITY_SHEET, WORKBOOK_KIND, Form, Marker
from ctimaturity.workbook.reading.answers import read_answers, read_indicators
from ctimaturity.workbook.reading.context import ReadingContext
from ctimaturity.workbook.reading.contradictions import note_contradictions
from ctimaturity.workbook.reading.correspondence import note_keys, note_texts
from ctimaturity.workbook.reading.counts import read_counts
from ctimaturity.workbook.reading.cover import (
    confirmed_measurements,
    note_covers,
    read_covers,
    united,
    with_confirmations,
)
from ctimaturity.workbook.reading.displaced import note_displaced
from ctimaturity.workbook.reading.findings import Findings
from ctimaturity.workbook.reading.headers import marked_tables, unmarked_tables
from ctimaturity.workbook.reading.lines import ItemLines
from ctimaturity.workbook.reading.respondents import read_grid, read_list
from ctimaturity.workbook.reading.strays import note_answers_beside, note_second_ids, note_sheets_without_ids
from ctimaturity.workbook.reading.table import is_respondent, texts
from ctimaturity.workbook.returned import ReturnedWorkbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import Response, Source, Tallies
    from ctimaturity.workbook.reading.table import AnswerTable
    from ctimaturity.workbook.template import RespondentMarks

    Find = Callable[[Identity], FoundDefinition]

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


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
    findings = Findings(file)
    reading = read_workbook(data, limits)
    findings.extend(reading.diagnostics)
    if reading.workbook is None:
        return ReturnedWorkbook(file, Identity(), CoverEntries(), diagnostics=findings.diagnostics)
    workbook = reading.workbook
    words_of = {sheet.name: texts(sheet) for sheet in workbook.sheets}
    covers = read_covers(workbook, words_of)
    cover = united(covers)
    identity = read_identity(workbook, cover)
    questionnaire = None
    if len(words_of) < len(workbook.sheets):
        findings.add(codes.SHEET_NAME_TWICE)
    elif identity.kind not in {"", WORKBOOK_KIND}:
        findings.add(codes.OTHER_KIND, kind=visible(identity.kind[:20]))
    else:
        note_contradictions(findings, workbook, covers, identity, round_label)
        questionnaire = _definition(find, identity, findings)
    if questionnaire is None:
        return ReturnedWorkbook(file, identity, cover, diagnostics=findings.diagnostics)
    language = identity.language if identity.language in LANGUAGES else LANGUAGES[0]
    year = year_said(cover.text(keys.DATE), cover.text(keys.ROUND), identity.round, round_label)
    context = ReadingContext(workbook, words_of, questionnaire, identity.sheets, language, year, findings)
    note_covers(context, covers)
    return _SheetsReader(context, with_marks=with_marks).read(identity, with_confirmations(context, cover))


def _definition(find: Find, identity: Identity, findings: Findings) -> Questionnaire | None:
    """The definition that a workbook follows; what there is to say about it names the file to run it on."""
    definition = find(identity)
    file = {"file": shlex.quote(findings.file)}
    findings.extend(
        replace(diagnostic, parameters={**diagnostic.parameters, **file})
        for diagnostic in definition.diagnostics
    )
    if definition.questionnaire is not None and identity.by != IDENTITY_SHEET:
        findings.add(codes.DEFINITION_BY_COVER)
    return definition.questionnaire


def year_said(*said: str) -> int | None:
    """The year the answers are from: that of the date on the cover, else of the round."""
    return next((int(match[0]) for text in said if (match := _YEAR.search(text))), None)


class _SheetsReader:
    """Reads the sheets of one workbook of a known definition."""

    def __init__(self, context: ReadingContext, *, with_marks: bool) -> None:
        self.context = context
        self.with_marks = with_marks
        self.marks: dict[str, list[RespondentMarks]] = {}
        self.responses: dict[str, Response] = {}
        self.surveys: list[Tallies] = []
        self.lines: dict[str, frozenset[str]] = {}
        self.doubled: frozenset[str] = frozenset()
        self.blanks: dict[str, dict[str, Source]] = {}

    def read(self, identity: Identity, cover: CoverEntries) -> ReturnedWorkbook:
        """All that the sheets say."""
        context = self.context
        tables = marked_tables(context)
        tables += unmarked_tables(context, tables)
        if tables or cover.sheet:
            self._tables(tables)
        else:
            context.findings.add(codes.NOT_A_QUESTIONNAIRE)
        confirmed = confirmed_measurements(context, cover)
        return ReturnedWorkbook(
            file=context.findings.file,
            identity=identity,
            cover=cover,
            responses=self.responses,
            surveys=tuple(self.surveys),
            lines=self.lines,
            confirmed=confirmed,
            blanks={item: at for name in sorted(confirmed) for item, at in self.blanks.get(name, {}).items()},
            issued=frozenset(marker.measurement for marker in map(Marker.read, identity.sheets) if marker),
            sheets=frozenset(str(table.marker) for table in tables),
            marks=self.marks,
            diagnostics=context.findings.diagnostics,
        )

    def _tables(self, tables: list[AnswerTable]) -> None:
        context = self.context
        for table in tables:
            name = context.issued.get(str(table.marker), table.sheet.name)
            if name != table.sheet.name:
                context.findings.add(codes.SHEET_RENAMED, table.sheet.name, name=visible(name[:40]))
        self.doubled = note_second_ids(context, tables)
        note_sheets_without_ids(context, [table for table in tables if table.names_items])
        for measurement in context.questionnaire.measurements:
            own = [table for table in tables if table.measurement is measurement]
            if own and measurement.collects is Collects.RESPONDENTS:
                self._respondents(measurement, own)
            elif own:
                self._answers(measurement, own)
            if any(table.marker.form is Form.GRID for table in own):
                note_keys(
                    context, measurement, sorted(context.words_of.keys() - {t.sheet.name for t in tables})
                )

    def _answers(self, measurement: Measurement, tables: list[AnswerTable]) -> None:
        """Read what the entity itself answers."""
        lines = self._lines(tables)
        for table in tables:
            if table.sheet.name not in self.doubled:
                note_answers_beside(self.context, lines, table)
        if measurement.collects is Collects.INDICATORS:
            self.responses |= read_indicators(self.context, measurement, lines)
            return
        self.responses |= read_answers(self.context, measurement, lines)
        self.blanks[measurement.id] = {
            item: self.context.source(line, ANSWER)
            for item, line in lines.by_item.items()
            if is_blank(lines.cell(line, ANSWER))
        }

    def _lines(self, tables: list[AnswerTable]) -> ItemLines:
        """Find the lines of tables of one form, and say what they lack and what stands in the wrong place."""
        for table in tables:
            self._note_lost_columns(table)
            self._note_lost_remarks(table)
        lines = ItemLines(self.context, tables)
        for table in tables:
            note_texts(self.context, table, lines.rows(table, chosen=False))
            note_displaced(self.context, table, lines.rows(table))
        self._know(tables[0].measurement, lines.by_item)
        return lines

    def _know(self, measurement: Measurement, items: Iterable[str]) -> None:
        """Remember the items that have a line."""
        self.lines[measurement.id] = self.lines.get(measurement.id, frozenset()).union(items)

    def _note_lost_columns(self, table: AnswerTable) -> None:
        """Name a lost column that decides; those of a list are its respondents, as many as there are."""
        if table.marker.form is not Form.LIST:
            lost = [column.id for column in table.template if column.decides and column.id != REASON]
            lost = [column for column in lost if column not in table.columns]
        else:
            lost = [] if any(map(is_respondent, table.columns)) else ["R1"]
        for column in lost:
            self.context.findings.add(codes.COLUMN_MISSING, table.sheet.name, column=column)

    def _note_lost_remarks(self, table: AnswerTable) -> None:
        """Name a lost column of evidence, sources, years: it scores nothing, but what stood there is gone.

        A table of ids and answers alone was written by somebody who had no such columns.
        """
        others = {column.id for column in table.template if not column.decides}
        for column in table.template if others & table.columns.keys() else ():
            if column.kind in {Kind.PROSE, Kind.YEAR} and column.id not in table.columns:
                header = in_language(dict(column.header), self.context.language)
                self.context.findings.add(codes.REMARK_COLUMN_MISSING, table.sheet.name, column=header)

    def _respondents(self, measurement: Measurement, tables: list[AnswerTable]) -> None:
        """Each filled sheet is a source of its own; the sheets of counts are one together."""
        context = self.context
        counted: dict[str, list[AnswerTable]] = {}
        people = self.marks.setdefault(measurement.id, []) if self.with_marks else None
        for table in tables:
            if table.marker.form is Form.LIST:
                self._add(read_list(context, table, self._lines([table]), people))
            elif table.marker.form is Form.GRID:
                self._know(measurement, (item.id for item in measurement.items if item.id in table.columns))
                self._add(read_grid(context, table, people))
            elif table.marker.segment:
                counted.setdefault(table.marker.segment, []).append(table)
            else:
                context.findings.add(codes.SEGMENT_OF_SHEET_LOST, table.sheet.name)
        while counted:  # a second sheet of a segment is another source
            sheets = {segment: (own[0], self._lines(own[:1])) for segment, own in counted.items()}
            self._add(read_counts(context, measurement, sheets))
            counted = {segment: own[1:] for segment, own in counted.items() if own[1:]}

    def _add(self, tallies: Tallies | None) -> None:
        self.surveys += [tallies] if tallies else []
