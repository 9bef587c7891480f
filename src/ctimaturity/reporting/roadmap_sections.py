"""The sections of a roadmap, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.score import Status
from ctimaturity.reporting.roadmap_dimensions import DimensionSections
from ctimaturity.reporting.roadmap_frame import FrameSections
from ctimaturity.reporting.roadmap_plan import PlanSections
from ctimaturity.reporting.roadmap_words import RoadmapWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.phases import Phase
    from ctimaturity.analysis.roadmap import Roadmap
    from ctimaturity.analysis.standpoint import Standpoint
    from ctimaturity.model.roadmap import Effort, Frame
    from ctimaturity.reporting.document import Section
    from ctimaturity.reporting.words import Words


class RoadmapSections:
    """Writes the sections in one language.

    Args:
        standpoint: Where everybody stands.
        words: The language.
        phases: Of the plans.
        effort: Of actions, with suggested owners.
        frame: Of the edition.

    Attributes:
        said: Says targets, gains and scores.
        plans: Writes the sections on actions.
    """

    def __init__(
        self, standpoint: Standpoint, words: Words, phases: Sequence[Phase], effort: Effort, frame: Frame
    ) -> None:
        self.said = RoadmapWords(standpoint, words, phases)
        self.plans = PlanSections(self.said, effort)
        self._dimensions = DimensionSections(self.said)
        self._frame = FrameSections(self.said, effort, frame)

    def of(self, each: Roadmap) -> Iterator[Section]:
        """All sections of one entity."""
        if each.row.status is Status.REFUSED:
            return
        if each.plan and each.least is not None:
            yield self.plans.plan(each)
        if each.actions:
            yield self.plans.next_actions(each)
        yield from self._dimensions.of(each)
        yield from self.common()

    def common(self) -> Iterator[Section]:
        """What is the same for everybody."""
        return self._frame.common()
