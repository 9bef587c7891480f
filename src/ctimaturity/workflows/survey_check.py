"""SegmentResponse of a survey: who has answered, against what was wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.scoring.sample_size import Precision, margin_of
from ctimaturity.scoring.tallies import UNKNOWN_SEGMENT
from ctimaturity.workflows.survey_import import import_surveys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.batch.pool import Progress
    from ctimaturity.workflows.survey_import import SurveyImport, SurveyOptions

FEW = (50, 70, 120)
"""Respondents below which a warning says how wide the margin is."""
_UNEVEN = 0.15
"""How far the share of a segment may lie from its share of the people."""


@dataclass(frozen=True)
class Expectation:
    """What is wanted.

    Attributes:
        few: Numbers of respondents; the lowest one that is not reached is said.
        target: Respondents wanted by segment; the key `""` stands for every segment.
    """

    few: tuple[int, ...] = FEW
    target: tuple[tuple[str, int], ...] = ()

    def wanted(self, segment: str) -> int | None:
        """Respondents wanted of a segment; None where nothing was said."""
        by_segment = dict(self.target)
        return by_segment.get(segment, by_segment.get(""))


@dataclass(frozen=True, slots=True)
class SegmentResponse:
    """The response of one segment of one entity.

    Attributes:
        respondents: Who answered.
        target: Who was wanted; None where nothing was said.
        share: Of the entity's respondents.
        expected: Share of the entity's people, or an equal one without populations.
    """

    entity: str
    name: str
    measurement: str
    segment: str
    respondents: int
    target: int | None
    share: float
    expected: float


@dataclass(frozen=True)
class SurveyCheck:
    """What was found.

    Attributes:
        rows: By entity, measurement and segment.
        diagnostics: Every finding, in order.
        given: Paths as the user gave them, by the names of files.
    """

    rows: tuple[SegmentResponse, ...]
    diagnostics: tuple[Diagnostic, ...]
    given: Mapping[str, str]


def check_surveys(
    files: Sequence[str], options: SurveyOptions, expectation: Expectation, progress: Progress | None = None
) -> SurveyCheck:
    """Read exports and hold the response against what was wanted.

    Raises:
        JobError: As `import_surveys`.
    """
    read = import_surveys(files, options, progress)
    rows = tuple(_rows(read, expectation))
    diagnostics = [*read.diagnostics, *_few(read, expectation), *_of_segments(rows)]
    return SurveyCheck(rows, in_order(diagnostics), read.surveys.given)


def _rows(read: SurveyImport, expectation: Expectation) -> Iterator[SegmentResponse]:
    for (code, measurement), by_segment in read.sums.items():
        entity = read.surveys.entities[code].entity
        everyone = sum(sums.respondents for sums in by_segment.values())
        known = [segment for segment in by_segment if segment != UNKNOWN_SEGMENT]
        people = {segment: entity.population.get(segment, 0) for segment in known}
        weighted = all(people.values())
        for segment, sums in by_segment.items():
            if segment == UNKNOWN_SEGMENT:
                expected = 0.0
            else:
                expected = people[segment] / sum(people.values()) if weighted else 1 / len(known)
            yield SegmentResponse(
                entity=code,
                name=entity.name,
                measurement=measurement,
                segment=segment,
                respondents=sums.respondents,
                target=None if segment == UNKNOWN_SEGMENT else expectation.wanted(segment),
                share=sums.respondents / everyone if everyone else 0.0,
                expected=expected,
            )


def _few(read: SurveyImport, expectation: Expectation) -> Iterator[Diagnostic]:
    for (code, _), by_segment in read.sums.items():
        people = sum(sums.respondents for sums in by_segment.values())
        threshold = next((few for few in sorted(expectation.few) if people < few), None)
        if threshold is not None and people:
            population = sum(read.surveys.entities[code].entity.population.values()) or None
            margin = margin_of(people, population, Precision(margin=0.05))
            counts = {"count": people, "threshold": threshold}
            about = {"entity": code, "margin": f"±{margin * 100:.0f}"}
            yield Diagnostic(codes.SURVEY_RESPONDENTS_FEW, Location(item=code), {**about, **counts})


def _of_segments(rows: Sequence[SegmentResponse]) -> Iterator[Diagnostic]:
    for row in rows:
        about, where = {"segment": row.segment, "entity": row.entity}, Location(item=row.entity)
        if row.target is not None and row.respondents < row.target:
            counts = {"count": row.respondents, "target": row.target}
            yield Diagnostic(codes.SURVEY_TARGET_MISSED, where, {**about, **counts})
        if row.segment != UNKNOWN_SEGMENT and row.share - row.expected > _UNEVEN:
            shares = {"share": round(row.share * 100), "expected": round(row.expected * 100)}
            yield Diagnostic(codes.SURVEY_SEGMENT_UNBALANCED, where, {**about, **shares})
