"""What the answers in an export stand for: by their code, else by their exact words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.closed import ClosedList, Misfit, Possible
from ctimaturity.language.folding import folded
from ctimaturity.scoring.moments import BLANK, DONT_KNOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.scale import Scale
    from ctimaturity.scoring.moments import SurveyFrame

UNREADABLE = -3
"""The mark of an answer that is none of the scale's; it is set aside as blank, with a finding."""


def mark_readers(questionnaire: Questionnaire, frame: SurveyFrame) -> dict[str, MarkReader]:
    """The readers of the scales of a survey, by the id of the scale; marks are places in `frame.options`."""
    scales = dict.fromkeys(item.scale for item in frame.measurement.items)
    others = frozenset(label for scale in questionnaire.scales.values() for label in scale.labels)
    return {scale: MarkReader(questionnaire.scales[scale], frame.options, others) for scale in scales}


class MarkReader:
    """Reads the answers of one scale: `4`, `4.0`, `4 - De acuerdo`, `De acuerdo`, in either language.

    Yes, no and crosses are no answers here: no warning could say one by one what they were taken for.
    """

    def __init__(self, scale: Scale, options: Sequence[str], others: Iterable[str] = ()) -> None:
        """Prepare for a scale.

        Args:
            scale: With options.
            options: The codes that marks are places of.
            others: The labels of other scales.
        """
        listed = [
            Possible(options.index(option.code), option.code, option.label.values())
            for option in scale.options
        ]
        if scale.dont_know is not None:
            unknown = scale.dont_know
            listed.append(Possible(DONT_KNOW, unknown.code, unknown.label.values(), dont_know=True))
        if scale.not_applicable is not None:
            listed.append(Possible(BLANK, scale.not_applicable.code, scale.not_applicable.label.values()))
        self._list = ClosedList(listed, others)

    def read(self, text: str) -> int:
        """The place of the option, `BLANK`, `DONT_KNOW` or `UNREADABLE`."""
        plain = folded(text)
        said = self._list.read(plain) if plain else BLANK
        return UNREADABLE if isinstance(said, Misfit) else said if isinstance(said, int) else said.key
