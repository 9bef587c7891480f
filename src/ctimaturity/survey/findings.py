"""What is said of an export: what was not read, what was set aside, who stands out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import column_letters
from ctimaturity.language.folding import nearest
from ctimaturity.scoring.tallies import UNKNOWN_SEGMENT
from ctimaturity.survey.columns import Role
from ctimaturity.survey.export import header_reader
from ctimaturity.survey.header import Shape
from ctimaturity.survey.quality import Suspicion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.survey.part import PartResult
    from ctimaturity.survey.reading import ReadSurvey, SurveyRequest

_NAMED = 5
"""Statements that a finding names."""
_LONGEST_OFFERED = 2_000
"""Characters of a text that a statement is offered for."""
_OF_SUSPICION = {
    Suspicion.SUBMISSION: codes.SURVEY_SUBMISSIONS_REPEATED,
    Suspicion.PERSON: codes.SURVEY_PEOPLE_REPEATED,
    Suspicion.STRAIGHT: codes.SURVEY_STRAIGHT_LINING,
    Suspicion.FAST: codes.SURVEY_TOO_FAST,
}


def findings(read: ReadSurvey, name: str, request: SurveyRequest, definition: str) -> list[Diagnostic]:
    """The findings on a file that was read.

    Args:
        read: The file.
        name: What outputs call it.
        request: How it was read.
        definition: What a form made from the definition says of itself.
    """
    if read.result is None:
        return [] if read.problem is None else [read.problem.in_file(name)]
    return list(_FileFindings(read, read.result, name, request).all(definition))


class _FileFindings:
    def __init__(self, read: ReadSurvey, result: PartResult, name: str, request: SurveyRequest) -> None:
        self._header = read.header
        self._before = read.line
        self._result = result
        self._questionnaire = request.questionnaire
        self._rules = request.rules
        self._file = Location(file=name, sheet=result.sheet)

    def all(self, definition: str) -> Iterator[Diagnostic]:
        """All findings on the file."""
        yield from self._of_columns()
        yield from self._of_answers()
        yield from self._of_people()
        for said in sorted(self._result.definitions):
            if said != definition:
                yield self._finding(codes.SURVEY_FORM_DIFFERS, found=quoted(said), expected=definition)
        for finding in self._result.diagnostics:
            line, item = finding.location.line, finding.location.item
            yield replace(finding, location=self._file if line is None else self._at(line, item))

    def _finding(self, code: Code, place: Location | None = None, /, **parameters: Parameter) -> Diagnostic:
        return Diagnostic(code, place or self._file, parameters)

    def _at(self, line: int, item: str = "", column: int | None = None) -> Location:
        """A place in the file, whose lines were counted from the begin of its rows."""
        at = None if column is None else column + 1
        if self._result.sheet:
            cell = f"{column_letters(at or 1)}{line}"
            return Location(self._file.file, self._result.sheet, cell, item=item)
        return Location(file=self._file.file, line=line + self._before, column=at, item=item)

    def _of_columns(self) -> Iterator[Diagnostic]:
        header, questionnaire = self._header, self._questionnaire
        for column, other in header.twice():
            about = {"column": quoted(column.name), "other": quoted(other.name)}
            what = column.item or column.role.value
            yield self._finding(codes.SURVEY_COLUMN_TWICE, **about, what=what)
        if header.shape is Shape.NONE:
            yield self._finding(codes.SURVEY_WITHOUT_STATEMENTS, questionnaire=questionnaire.key)
        for column in header.columns:
            if column.role is Role.UNKNOWN:
                offer = self._offer(column.name)
                yield self._finding(codes.SURVEY_COLUMN_UNKNOWN, column=quoted(column.name), offer=offer)
        personal = [column.name for column in header.columns if column.role in {Role.PERSON, Role.PERSONAL}]
        if personal:
            yield self._finding(codes.SURVEY_PERSONAL_COLUMNS, columns=", ".join(map(quoted, personal)))
        if header.shape is Shape.WIDE:
            yield from self._missing()

    def _offer(self, text: str) -> str:
        """The statement that a text most likely means, as messages have it."""
        offered = header_reader(self._questionnaire).texts
        near = nearest(text, offered) if len(text) < _LONGEST_OFFERED else ""
        return f" ({offered[near]}?)" if near else ""

    def _missing(self) -> Iterator[Diagnostic]:
        for name, measurement in self._questionnaire.surveys.items():
            items = [item.id for item in measurement.items]
            missing = [item for item in items if item not in self._header.items]
            if missing and len(missing) < len(items):
                named = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
                count = {"count": len(missing), "total": len(items)}
                yield self._finding(codes.SURVEY_STATEMENTS_MISSING, measurement=name, items=named, **count)

    def _of_answers(self) -> Iterator[Diagnostic]:
        result, header = self._result, self._header
        segments = "; ".join(segment.id for segment in self._questionnaire.segments)
        for (item, text), noted in sorted(result.unreadable.items()):
            place = self._at(noted.line, item, header.items.get(item))
            about: dict[str, Parameter] = {"item": item, "count": noted.count}
            yield Diagnostic(codes.SURVEY_ANSWERS_UNREADABLE, place, about, text)
        for (_, text), noted in sorted(result.segments.items()):
            place = self._at(noted.line, column=header.first(Role.SEGMENT))
            about = {"count": noted.count, "options": segments}
            yield Diagnostic(codes.SURVEY_SEGMENTS_UNREADABLE, place, about, text)
        for (_, text), noted in sorted(result.strangers.items()):
            about = {"count": noted.count, "offer": self._offer(text)}
            yield Diagnostic(codes.SURVEY_STATEMENT_UNKNOWN, self._at(noted.line), about, text)
        unsaid = self._without_segment()
        if unsaid:
            yield self._finding(codes.SEGMENT_MISSING, count=unsaid)
        if result.silent:
            yield self._finding(codes.ONLY_DONT_KNOW, count=result.silent)

    def _without_segment(self) -> int:
        """Respondents who count under an unknown segment because nothing was said."""
        unknown = len(self._questionnaire.segments)
        of_unknown = sum(
            int(people)
            for sums in self._result.sums.values()
            for (_, segment), people in zip(sums.groups, sums.respondents.tolist(), strict=True)
            if segment == unknown
        )
        return max(0, of_unknown - sum(noted.count for noted in self._result.segments.values()))

    def _of_people(self) -> Iterator[Diagnostic]:
        entities = self._result.entities
        for (kind, entity), noted in sorted(self._result.suspicious.items()):
            about: dict[str, Parameter] = {"count": noted.count}
            if kind is Suspicion.FAST:
                about["seconds"] = f"{self._rules.seconds:g}"
            place = self._at(noted.line, quoted(entities[entity]))
            yield Diagnostic(_OF_SUSPICION[kind], place, about)
        left_out = {kind: count for kind, count in sorted(self._result.excluded.items()) if count}
        if left_out:
            kinds = ", ".join(kind.value for kind in left_out)
            yield self._finding(codes.SURVEY_RESPONDENTS_EXCLUDED, kinds=kinds, count=sum(left_out.values()))
        anybody = any(sums.respondents.any() for sums in self._result.sums.values())
        if self._header.shape is not Shape.NONE and not anybody:
            yield self._finding(codes.SURVEY_OF_NOBODY)


def segment_names(questionnaire: Questionnaire) -> Mapping[int, str]:
    """Ids of segments by the number they have in sums."""
    names = [segment.id for segment in questionnaire.segments]
    return dict(enumerate([*names, UNKNOWN_SEGMENT]))
