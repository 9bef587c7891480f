"""The pages of roadmaps: of all entities, and of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import Status
from ctimaturity.reporting.columns import ScoreColumns
from ctimaturity.reporting.document import Document, DocumentTable, Prose, Section, leading, origin
from ctimaturity.reporting.provenance import provenance_lines, subtitle
from ctimaturity.reporting.roadmap_sections import RoadmapSections
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.analysis.phases import Phase
    from ctimaturity.analysis.roadmap import Roadmap
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.roadmap import Effort, Frame
    from ctimaturity.reporting.provenance import Provenance


_WHAT = (
    "For each entity: what it aims for, and the set of actions with the least effort that reaches it. What "
    "is aimed for and by when is the entity's choice."
)


class RoadmapPages:
    """Prepares the pages; what they share is made once.

    Args:
        assessment: What was scored.
        scored: The same, compiled.
        phases: Of the plans.
        effort: Of actions, with suggested owners.
        frame: Of the edition.
        provenance: Where the numbers come from.
        language: `es` or `en`.
    """

    def __init__(
        self,
        assessment: Assessment,
        scored: Round,
        phases: Sequence[Phase],
        effort: Effort,
        frame: Frame,
        provenance: Provenance,
        language: str,
    ) -> None:
        self.words = Words(language)
        self.columns = ScoreColumns(assessment.questionnaire, assessment.index, self.words)
        self.sections = RoadmapSections(scored, self.words, phases, effort, frame)
        self._over = subtitle(assessment.questionnaire, provenance, self.words)
        provenance_pairs = tuple(provenance_lines(assessment, provenance, self.columns, self.words))
        self._origin = origin(provenance_pairs, self.words)

    def main(self, roadmaps: Sequence[Roadmap], links: Mapping[str, str]) -> Document:
        """The page of all entities."""
        t = self.words.say
        entities = [roadmap.row.entity for roadmap in roadmaps]
        named = [(shown(entity.name or entity.code), links[entity.code]) for entity in entities]
        return Document(
            heading=t("Roadmaps"),
            over=self._over,
            lead=(Prose((t(_WHAT),), "prose one"),),
            sections=(
                Section("plans", t("The plan of each entity"), (self._plans(roadmaps),)),
                *self.sections.common(),
                *leading(named, self.words),
                self._origin,
            ),
        )

    def _plans(self, roadmaps: Sequence[Roadmap]) -> DocumentTable:
        t = self.words.say
        rows = [self._plan_row(roadmap) for roadmap in roadmaps]
        headers = ("Entity", "Target", "Score now", "Score after the plan", "Actions in the plan", "Effort")
        return DocumentTable(
            t("Target and plan of each entity"), tuple(t(header) for header in headers), tuple(rows)
        )

    def _plan_row(self, roadmap: Roadmap) -> tuple[str, ...]:
        name = shown(roadmap.row.entity.name or roadmap.row.entity.code)
        if roadmap.least is None or not roadmap.plan or roadmap.outcome is None:
            return (name, self.sections.said.why_no_plan(roadmap), *((MISSING,) * 4))

        def lines(at: int) -> tuple[str, str, str]:
            said = self.sections.said
            return (
                said.target_text(roadmap.aims[at]),
                said.now_text(roadmap, at),
                said.after_text(roadmap, at),
            )

        return (
            name,
            *("; ".join(texts) for texts in zip(*map(lines, roadmap.planned_for), strict=True)),
            str(len(roadmap.plan)),
            str(roadmap.least.effort),
        )

    def entity(self, roadmap: Roadmap, back: str) -> Document:
        """The page of one entity."""
        t, row = self.words.say, roadmap.row
        return Document(
            heading=t("Roadmap: {name}", name=shown(row.entity.name or row.entity.code)),
            over=f"{shown(row.entity.code)} · {self._over}",
            lead=(Prose(tuple(self._lead(roadmap)), "prose one"),),
            tiles=tuple(self._tiles(roadmap)),
            sections=(*self.sections.of(roadmap), self._origin),
            back=(t("All entities"), back),
        )

    def _tiles(self, roadmap: Roadmap) -> Iterator[tuple[str, str]]:
        t = self.words.say
        if roadmap.least is None or roadmap.outcome is None:
            return
        yield t("Actions in the plan"), str(len(roadmap.plan))
        yield t("Effort of the plan"), str(roadmap.least.effort)
        if roadmap.outcome.index is not None and roadmap.row.status is Status.RANKED:
            now = self.words.number(roadmap.row.index, self.columns.index.bounds)
            after = self.words.number(float(roadmap.outcome.index), self.columns.index.bounds)
            yield self.columns.index.title, f"{now} → {after}"

    def _lead(self, roadmap: Roadmap) -> Iterator[str]:
        t = self.words.say
        if roadmap.row.status is Status.REFUSED:
            yield t("Its workbook was refused, so there is nothing to build a roadmap on. Mend it first.")
            return
        if roadmap.row.status is not Status.RANKED:
            yield t(
                "The entity is not ranked: what follows stands on the answers there are, and every blank "
                "counts as the definition says."
            )
        yield from self.sections.plans.lead(roadmap)
