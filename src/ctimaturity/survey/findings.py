"""What is said of an export: what was not read, what was set aside, who stands out."""

from __future__ import annotations

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

    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.survey.part import PartResult
    from ctimaturity.survey.reading import ReadSurvey, SurveyRequest

_NAMED = 5
_LONGEST_OFFERED = 2_000
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
        self._read = read
        self._result = result
        self._request = request
        self._file = Location(file=name, sheet=result.sheet)

    def all(self, definition: str) -> Iterator[Diagnostic]:
        """All findings on the file."""
        yield from self._of_columns()
        yield from self._of_answers()
        yield from self._of_people()
        for said in sorted(self._result.definitions):
            if said != definition:
                about: dict[str, Parameter] = {"found": quoted(said), "expected": definition}
                yield Diagnostic(codes.SURVEY_FORM_DIFFERS, self._file, about)
        for finding in self._result.diagnostics:
            place = finding.location
            if place.line is None:
                yield Diagnostic(finding.code, self._file, finding.parameters, finding.value)
            else:
                yield Diagnostic(
                    finding.code, self._at(place.line, place.item), finding.parameters, finding.value
                )

    def _at(self, line: int, item: str = "", column: int | None = None) -> Location:
        """A place in the file, whose lines were counted from the begin of its rows."""
        if self._result.sheet:
            letters = "A" if column is None else column_letters(column + 1)
            return Location(self._file.file, self._result.sheet, f"{letters}{line}", item=item)
        at = None if column is None else column + 1
        return Location(file=self._file.file, line=line + self._read.line, column=at, item=item)

    def _of_columns(self) -> Iterator[Diagnostic]:
        header, questionnaire = self._read.header, self._request.questionnaire
        for column, other in header.twice():
            about: dict[str, Parameter] = {
                "column": quoted(column.name),
                "other": quoted(other.name),
                "what": column.item or column.role.value,
            }
            yield Diagnostic(codes.SURVEY_COLUMN_TWICE, self._file, about)
        if header.shape is Shape.NONE:
            yield Diagnostic(
                codes.SURVEY_WITHOUT_STATEMENTS, self._file, {"questionnaire": questionnaire.key}
            )
        for column in header.columns:
            if column.role is Role.UNKNOWN:
                about = {"column": quoted(column.name), "offer": self._offer(column.name)}
                yield Diagnostic(codes.SURVEY_COLUMN_UNKNOWN, self._file, about)
        personal = [column.name for column in header.columns if column.role in {Role.PERSON, Role.PERSONAL}]
        if personal:
            columns = ", ".join(quoted(each) for each in personal)
            yield Diagnostic(codes.SURVEY_PERSONAL_COLUMNS, self._file, {"columns": columns})
        if header.shape is Shape.WIDE:
            yield from self._missing()

    def _offer(self, text: str) -> str:
        """The statement that a text most likely means, as messages have it."""
        offered = header_reader(self._request.questionnaire).texts
        near = nearest(text, offered) if len(text) < _LONGEST_OFFERED else ""
        return f" ({offered[near]}?)" if near else ""

    def _missing(self) -> Iterator[Diagnostic]:
        for measurement in self._request.questionnaire.surveys.values():
            items = [item.id for item in measurement.items]
            missing = [item for item in items if item not in self._read.header.items]
            if missing and len(missing) < len(items):
                named = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
                about: dict[str, Parameter] = {
                    "measurement": measurement.id,
                    "count": len(missing),
                    "total": len(items),
                    "items": named,
                }
                yield Diagnostic(codes.SURVEY_STATEMENTS_MISSING, self._file, about)

    def _of_answers(self) -> Iterator[Diagnostic]:
        segments = "; ".join(segment.id for segment in self._request.questionnaire.segments)
        for (item, text), noted in sorted(self._result.unreadable.items()):
            place = self._at(noted.line, item, self._read.header.items.get(item))
            about: dict[str, Parameter] = {"item": item, "count": noted.count}
            yield Diagnostic(codes.SURVEY_ANSWERS_UNREADABLE, place, about, text)
        for (_, text), noted in sorted(self._result.segments.items()):
            place = self._at(noted.line, column=self._read.header.first(Role.SEGMENT))
            about = {"count": noted.count, "options": segments}
            yield Diagnostic(codes.SURVEY_SEGMENTS_UNREADABLE, place, about, text)
        for (_, text), noted in sorted(self._result.strangers.items()):
            about = {"count": noted.count, "offer": self._offer(text)}
            yield Diagnostic(codes.SURVEY_STATEMENT_UNKNOWN, self._at(noted.line), about, text)
        unsaid = self._without_segment()
        if unsaid:
            yield Diagnostic(codes.SEGMENT_MISSING, self._file, {"count": unsaid})
        if self._result.silent:
            yield Diagnostic(codes.ONLY_DONT_KNOW, self._file, {"count": self._result.silent})

    def _without_segment(self) -> int:
        """Respondents who count under an unknown segment because nothing was said."""
        unknown = len(self._request.questionnaire.segments)
        of_unknown = [
            int(people)
            for sums in self._result.sums.values()
            for (_, segment), people in zip(sums.groups, sums.respondents.tolist(), strict=True)
            if segment == unknown
        ]
        strange = sum(noted.count for noted in self._result.segments.values())
        return max(0, sum(of_unknown) - strange)

    def _of_people(self) -> Iterator[Diagnostic]:
        rules, entities = self._request.rules, self._result.entities
        for (kind, entity), noted in sorted(self._result.suspicious.items()):
            about: dict[str, Parameter] = {"count": noted.count}
            if kind is Suspicion.FAST:
                about["seconds"] = f"{rules.seconds:g}"
            place = self._at(noted.line, quoted(entities[entity]))
            yield Diagnostic(_OF_SUSPICION[kind], place, about)
        left_out = {kind: count for kind, count in sorted(self._result.excluded.items()) if count}
        if left_out:
            kinds = ", ".join(kind.value for kind in left_out)
            about = {"kinds": kinds, "count": sum(left_out.values())}
            yield Diagnostic(codes.SURVEY_RESPONDENTS_EXCLUDED, self._file, about)
        if self._read.header.shape is not Shape.NONE and not _anybody(self._result):
            yield Diagnostic(codes.SURVEY_OF_NOBODY, self._file)


def _anybody(result: PartResult) -> bool:
    return any(sums.respondents.any() for sums in result.sums.values())


def segment_names(request: SurveyRequest) -> Mapping[int, str]:
    """Ids of segments by the number they have in sums."""
    names = [segment.id for segment in request.questionnaire.segments]
    return dict(enumerate([*names, UNKNOWN_SEGMENT]))
