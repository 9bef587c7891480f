"""Closed answers as a workbook shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import words
from ctimaturity.model.text import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from ctimaturity.model.questionnaire import Named, Questionnaire
    from ctimaturity.model.scale import Scale

SEGMENTS = "segments"
REASONS = "reasons"
TYPES = "types"
CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class ClosedAnswer:
    """One closed answer.

    Attributes:
        code: The option's code, or the id of a segment, a reason, a type.
        labels: What people read, by language.
        coded: Shown as `code - label` (options of a scale), else as the label alone.
        dont_know, not_applicable: An answer without points, and which.
        points: What an option of a scale is worth.
        description: What it means, for the legend.
    """

    code: str
    labels: Mapping[str, str]
    coded: bool = False
    dont_know: bool = False
    not_applicable: bool = False
    description: Mapping[str, str] | None = None
    points: Decimal | None = None

    def shown(self, language: str) -> str:
        """The text in the drop-down and in the cell."""
        label = in_language(dict(self.labels), language)
        return f"{self.code} - {label}" if self.coded else label


Choices = tuple[ClosedAnswer, ...]


def scale_list(scale: str) -> str:
    """The name of the list with the options of a scale."""
    return f"scale:{scale}"


def scale_choices(scale: Scale) -> Choices:
    """The options of a scale in its order, then don't know and not applicable where it has them."""
    choices = [
        ClosedAnswer(
            option.code, option.label, coded=True, description=option.description, points=option.points
        )
        for option in scale.options
    ]
    if scale.dont_know:
        choices.append(ClosedAnswer(scale.dont_know.code, scale.dont_know.label, coded=True, dont_know=True))
    if scale.not_applicable:
        choices.append(
            ClosedAnswer(
                scale.not_applicable.code, scale.not_applicable.label, coded=True, not_applicable=True
            )
        )
    return tuple(choices)


def _named(things: Iterable[Named]) -> Choices:
    return tuple(ClosedAnswer(thing.id, thing.label) for thing in things)


def choice_lists(questionnaire: Questionnaire) -> dict[str, Choices]:
    """All lists of closed answers by name: scales, segments, reasons, types, the yes of the cover."""
    lists = {scale_list(name): scale_choices(scale) for name, scale in questionnaire.scales.items()}
    return {
        **lists,
        SEGMENTS: _named(questionnaire.segments),
        REASONS: _named(questionnaire.no_data_reasons),
        TYPES: _named(questionnaire.entity_types),
        CONFIRM: (ClosedAnswer("yes", words("Yes")),),
    }
