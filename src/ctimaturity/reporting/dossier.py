"""What the dossier of one entity says, prepared once so that every format says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.code import Severity
from ctimaturity.language.findings import wording
from ctimaturity.model.score import Status
from ctimaturity.reporting.account import (
    contrast_sentences,
    extremes,
    group_ranks,
    staged_sentences,
    standing,
)
from ctimaturity.reporting.basics import Basics, basics
from ctimaturity.reporting.columns import ScoreColumns
from ctimaturity.reporting.dossier_annexes import Annexes
from ctimaturity.reporting.entity import EntityView, entity_view
from ctimaturity.reporting.method import MethodText, method
from ctimaturity.reporting.panorama import signed
from ctimaturity.reporting.parts import PartLine, PeerGroups, Peers, Standout, part_line, standouts
from ctimaturity.reporting.provenance import provenance_lines, subtitle
from ctimaturity.reporting.rulings import RulingsView, rulings_view
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.columns import Grid
    from ctimaturity.reporting.document import Block, DocumentTable, Section
    from ctimaturity.reporting.dossier_roadmap import DossierRoadmaps
    from ctimaturity.reporting.provenance import Provenance


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Parts side by side: the combined dimensions, or the axes of a measurement.

    Attributes:
        explanation: What their scores are made of.
        sentences: The highest and the lowest.
    """

    title: str
    explanation: str
    lines: tuple[PartLine, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """One part in two measurements."""

    title: str
    one: PartLine
    two: PartLine
    difference: str


@dataclass(frozen=True)
class Dossier:
    """All of it.

    Attributes:
        over: Code, type, model, edition and round.
        tiles: Label and value of the headline figures.
        standing: Where the entity stands, in sentences.
        everyone: The index of every ranked entity, for the strip.
        peers: Whom it is compared with.
        groups: The parts side by side.
        crossings: The parts that two measurements have; `names` are those measurements.
        rulings: What reviewers decided on its answers; None where they decided nothing.
        findings: Of a refused one: place, message and mend.
        roadmap: What to do next; None for who was refused, or where roadmaps are not worked out.
        scores: The whole tree above the items, a table for each measurement.
        left_open: What was not answered, and what that does.
        evidence: What it wrote as evidence.
    """

    words: Words
    over: str
    entity: EntityView
    columns: ScoreColumns
    tiles: tuple[tuple[str, str], ...]
    standing: tuple[str, ...]
    everyone: tuple[float, ...]
    peers: Peers | None
    whole: PartLine
    groups: tuple[PartGroup, ...]
    strengths: tuple[Standout, ...]
    weaknesses: tuple[Standout, ...]
    names: tuple[str, str]
    crossings: tuple[Crossing, ...]
    contrast: tuple[str, ...]
    basics: tuple[tuple[Basics, tuple[str, ...]], ...]
    left_open: tuple[Block, ...]
    evidence: tuple[Block, ...]
    rulings: RulingsView | None
    findings: tuple[tuple[str, str, str], ...]
    roadmap: Section | None
    scores: tuple[DocumentTable, ...]
    method: MethodText
    provenance: tuple[tuple[str, str], ...]


class Dossiers:
    """Prepares the dossiers of an assessment; what they share is made once.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        roadmaps: Makes the section on what to do next; without it there is none.
    """

    def __init__(
        self,
        assessment: Assessment,
        provenance: Provenance,
        language: str,
        roadmaps: DossierRoadmaps | None = None,
    ) -> None:
        self._roadmaps = roadmaps
        self.words = Words(language)
        self.columns = ScoreColumns(assessment.questionnaire, assessment.index, self.words)
        self._assessment = assessment
        self._index = assessment.index
        self._peers = PeerGroups(assessment.questionnaire, self._index, self.columns, self.words)
        self._everyone = tuple(row.index for row in self._index.rows if row.rank and row.index is not None)
        self._method = method(assessment.questionnaire, self._index, self.columns, self.words)
        self._provenance = tuple(provenance_lines(assessment, provenance, self.columns, self.words))
        self._subtitle = subtitle(assessment.questionnaire, provenance, self.words)

    def of(self, row: IndexRow) -> Dossier:
        """The dossier of one entity."""
        words, questionnaire, index = self.words, self._assessment.questionnaire, self._index
        entity = entity_view(row, self._assessment, self.columns, words)
        answers = self._assessment.answers[row.entity.code]
        annexes = Annexes(questionnaire, answers, row, index, self.columns, words)
        peers = self._peers.of(row)
        groups = tuple(self._group(grid, row, peers) for grid in self.columns.grids)
        strengths, weaknesses = standouts([line for group in groups for line in group.lines], words)
        names, crossings = self._crossings(row, peers)
        scored = row.status is not Status.REFUSED
        return Dossier(
            words=words,
            over=f"{entity.code} · {entity.type} · {self._subtitle}",
            entity=entity,
            columns=self.columns,
            tiles=tuple(self._tiles(entity)),
            standing=tuple(standing(entity, self.columns.index, index, peers, words)),
            everyone=self._everyone,
            peers=peers,
            whole=part_line(self.columns.index, row, index, peers, words),
            groups=groups if scored else (),
            strengths=strengths,
            weaknesses=weaknesses,
            names=names,
            crossings=crossings,
            contrast=tuple(contrast_sentences(names, _pairs(crossings), words)),
            basics=tuple(
                (staged, tuple(staged_sentences(staged, words)))
                for staged in (basics(questionnaire, row, index, self.columns, words) if scored else ())
            ),
            left_open=tuple(annexes.left_open()) if scored else (),
            evidence=tuple(annexes.evidence()),
            rulings=rulings_view(self._assessment, self.columns, words, entity=row.entity.code),
            findings=tuple(self._findings(row)),
            roadmap=self._roadmaps.of(row, words) if self._roadmaps else None,
            scores=tuple(annexes.scores()) if scored else (),
            method=self._method,
            provenance=self._provenance,
        )

    def _tiles(self, entity: EntityView) -> Iterable[tuple[str, str]]:
        t, row = self.words.say, entity.row
        if row.status is Status.RANKED:
            yield self.columns.index.title, entity.index.text
            if entity.index.level is not None:
                yield t("Level"), f"{entity.index.level} · {entity.index.level_name}"
            yield t("Rank"), t("{place} of {size}", place=entity.place, size=len(self._everyone))
            yield from group_ranks(self._assessment.questionnaire, row, self.words)
        else:
            yield t("State"), entity.status
        if row.status is not Status.REFUSED:
            yield t("Interval"), entity.interval
            yield t("Coverage"), entity.coverage

    def _group(self, grid: Grid, row: IndexRow, peers: Peers | None) -> PartGroup:
        lines = tuple(part_line(column, row, self._index, peers, self.words) for column in grid.columns)
        return PartGroup(grid.title, grid.explanation, lines, tuple(extremes(lines, self.words)))

    def _crossings(self, row: IndexRow, peers: Peers | None) -> tuple[tuple[str, str], tuple[Crossing, ...]]:
        profile = self._assessment.questionnaire.profile
        scored = [m for m in profile.measurements if m in self._index.measurements] if profile else []
        if len(scored) < 2 or row.status is not Status.RANKED:  # noqa: PLR2004  (a contrast has two sides)
            return ("", ""), ()
        titles = {column.measurement: column.title for column in self.columns.measurements}
        others = {column.node: column for column in self.columns.parts[scored[1]]}
        crossings = []
        for column in self.columns.parts[scored[0]]:
            if column.node in others:
                one = part_line(column, row, self._index, peers, self.words)
                two = part_line(others[column.node], row, self._index, peers, self.words)
                if one.figure.score is not None and two.figure.score is not None:
                    difference = signed(two.figure.score - one.figure.score, self.words)
                    crossings.append(Crossing(column.title, one, two, difference))
        return (titles[scored[0]], titles[scored[1]]), tuple(crossings)

    def _findings(self, row: IndexRow) -> Iterable[tuple[str, str, str]]:
        """What made a workbook refused: every place, what is wrong and the mend."""
        if row.status is not Status.REFUSED:
            return
        files = set(self._assessment.answers[row.entity.code].files)
        for finding in self._assessment.diagnostics:
            if finding.severity is Severity.ERROR and finding.location.file in files:
                said = wording(finding, self.words.language)
                location = finding.location
                where = (
                    f"{location.sheet}!{location.cell}" if location.cell else location.sheet or location.file
                )
                yield shown(where), f"{shown(said.message)} ({finding.code.id})", shown(said.hint)


def _pairs(crossings: Iterable[Crossing]) -> list[tuple[str, float, float]]:
    return [
        (crossing.title, crossing.one.figure.score, crossing.two.figure.score)
        for crossing in crossings
        if crossing.one.figure.score is not None and crossing.two.figure.score is not None
    ]
