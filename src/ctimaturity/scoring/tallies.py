"""From respondents' marks to tallies: counts that forget who answered, and how sure their means are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import Source, Tallies
from ctimaturity.scoring.moments import (
    BLANK,
    DONT_KNOW,
    Moments,
    SurveyFrame,
    covariances,
    option_columns,
    total_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Questionnaire

__all__ = [
    "ALL_SEGMENTS",
    "BLANK",
    "DONT_KNOW",
    "UNKNOWN_SEGMENT",
    "option_columns",
    "tallies_of",
    "tally",
]

UNKNOWN_SEGMENT = "unknown"
ALL_SEGMENTS = "all"


def tally(
    questionnaire: Questionnaire,
    measurement_id: str,
    segment_of: NDArray[np.int64],
    marks: NDArray[np.int8],
    source: Source | None = None,
) -> Tallies:
    """Count the marks of a survey, statement by statement, and the covariances of their means.

    A respondent counts from one answer; the others are left out. The order of the respondents changes
    nothing.

    Args:
        questionnaire: The definition.
        measurement_id: A measurement that collects respondents.
        segment_of: Shape (respondents,): index of the segment in the definition, -1 for not known,
            which adds a last segment `unknown`.
        marks: Shape (respondents, statements), in the order of the definition: index of the option
            in `option_columns`, -1 blank, -2 don't know.
        source: Where they come from.

    Returns:
        The tallies, with covariances (method.md section 4).
    """
    frame = SurveyFrame.of(questionnaire, questionnaire.measurement_by_id[measurement_id])
    counted = (marks >= 0).any(axis=1)
    marks, segment = marks[counted], np.asarray(segment_of)[counted]
    names = [named.id for named in questionnaire.segments]
    by_segment = {name: Moments.of(frame, marks[segment == number]) for number, name in enumerate(names)}
    if (segment < 0).any():
        by_segment[UNKNOWN_SEGMENT] = Moments.of(frame, marks[segment < 0])
    return tallies_of(frame, by_segment, source)


def tallies_of(
    frame: SurveyFrame, by_segment: Mapping[str, Moments], source: Source | None = None
) -> Tallies:
    """The tallies of an entity from the sums over the respondents of each of its segments.

    Args:
        frame: What the marks stand for.
        by_segment: The sums, segments in the order of the definition, `unknown` last.
        source: Where they come from.
    """
    by_segment = dict(by_segment)
    sums = list(by_segment.values())
    everyone = {**by_segment, ALL_SEGMENTS: total_of(sums)}
    return Tallies(
        measurement=frame.measurement.id,
        segments=tuple(by_segment),
        items=tuple(item.id for item in frame.measurement.items),
        options=frame.options,
        counts=np.array([each.counts for each in sums], dtype=np.int64),
        respondents=np.array([each.respondents for each in sums], dtype=np.int64),
        covariances=tuple(
            found for segment, each in everyone.items() for found in covariances(frame, segment, each)
        ),
        source=source or Source(),
    )
