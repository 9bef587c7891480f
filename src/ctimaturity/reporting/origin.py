"""Where the numbers of a measurement come from: the survey, or the marks of indicators."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.scoring.tallies import design_weights

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.scoring.marks import Marks


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers of one entity's measurement come from.

    Attributes:
        file, sheet: Of the survey; empty for indicators and without one.
        survey: Whether the survey came as a file of its own, and not in a workbook.
        weighted: Whether the mean of a statement is that of the segments by their people.
        bases: How many indicators take their mark from where, in the order of the most.
        reference: The reference ranges, with their version and hash; empty without.
        example: Whether those ranges are an example, so that their marks mean nothing.
    """

    file: str = ""
    sheet: str = ""
    survey: bool = False
    weighted: bool = False
    bases: tuple[tuple[str, int], ...] = ()
    reference: str = ""
    example: bool = False


def survey_origin(measurement: Measurement, answers: EntityAnswers) -> Origin | None:
    """Where the numbers of a survey come from; None without one."""
    tallies = answers.tallies.get(measurement.id)
    if tallies is None:
        return None
    source = tallies.source
    weighted = bool(design_weights(answers, tallies))
    return Origin(source.file, source.sheet, source.origin == "survey", weighted)


def range_origin(reference: Reference) -> Origin:
    """What the mark of a single indicator rests on that a reference range covers."""
    return Origin(reference=reference.cited, example=reference.example)


def indicator_origin(
    assessment: Assessment, measurement: Measurement, entity: Entity, marks: Marks
) -> Origin:
    """What the marks of indicators rest on, of those that can exist for the entity."""
    responses = assessment.answers[entity.code].responses
    bases = Counter(
        marks.of(item, responses.get(item.id), entity).basis.value
        for item in measurement.items
        if assessment.questionnaire.applies(item, entity.type, entity.code)
    )
    reference = assessment.reference
    return Origin(
        bases=tuple(sorted(bases.items(), key=lambda pair: (-pair[1], pair[0]))),
        reference=reference.cited if reference else "",
        example=bool(reference and reference.example),
    )
