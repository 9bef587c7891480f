"""What was answered to an item in a round, as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.response import Response, State
from ctimaturity.model.rule import Collects
from ctimaturity.reporting.dossier_annexes import STATES
from ctimaturity.reporting.words import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ctimaturity.analysis.change import EntityChange, NodeChange
    from ctimaturity.analysis.indicative import IndicativeItem
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.score import NodeScore
    from ctimaturity.reporting.words import Words

_NOTHING = Response(State.BLANK)
_LONGEST = 60
_DIGITS = 4


@dataclass(frozen=True)
class AnswerWords:
    """Puts the answers of one entity in two rounds into words.

    Attributes:
        code: Of the entity.
        before, after: The rounds.
        words: The language.
    """

    code: str
    before: Round
    after: Round
    words: Words

    def pair(self, item: str, node: NodeChange | None) -> tuple[str, str]:
        """What stood there before and after; a dash where it was not asked."""
        numbers = (None, None) if node is None else (node.before, node.after)
        return self._in(self.before, item, numbers[0]), self._in(self.after, item, numbers[1])

    def across(self, item: IndicativeItem) -> tuple[str, str]:
        """The same of an item that is the same in two editions."""
        old = self.before.index.node(self.before.rows[self.code], item.old_measurement, item.old_item)
        new = self.after.index.node(self.after.rows[self.code], item.measurement, item.item)
        return self._in(self.before, item.old_item, old), self._in(self.after, item.item, new)

    def achieved(self, change: EntityChange) -> Iterator[str]:
        """How many answers of each measurement are worth more than before, and how many less."""
        for measurement in self.after.questionnaire.measurements:
            if measurement.collects is Collects.RESPONDENTS:
                continue
            asked = [change.node(measurement.id, item.id) for item in measurement.items]
            changes = [node.change for node in asked if node is not None and node.change is not None]
            if changes:
                yield self.words.say(
                    "{title}: of {count} answers with a score in both rounds, {up} are worth more than "
                    "before and {down} less.",
                    title=self.words.text(measurement.title),
                    count=len(changes),
                    up=sum(change > 0 for change in changes),
                    down=sum(change < 0 for change in changes),
                )

    def _in(self, given: Round, item: str, numbers: NodeScore | None) -> str:
        questionnaire = given.questionnaire
        if item not in questionnaire.item_by_id or numbers is None:
            return MISSING
        asked = questionnaire.item_by_id[item]
        collects = questionnaire.measurement_of_item[item].collects
        if collects is Collects.RESPONDENTS:
            return self.words.number(numbers.score)
        response = given.answers[self.code].responses.get(item, _NOTHING)
        if numbers.state and numbers.state != State.ANSWERED:
            return self.words.say(STATES[State(numbers.state)])
        if collects is Collects.INDICATORS:
            return self._figure(given, asked, response, numbers)
        option = questionnaire.scales[asked.scale].by_code.get(response.option)
        if option is not None:
            return shortened(self.words.text(option.label), _LONGEST)
        return MISSING if response.number is None else self.words.number(float(response.number))

    def _figure(self, given: Round, item: Item, response: Response, numbers: NodeScore) -> str:
        """The value with its unit, where there is one, and the mark that counts."""
        mark = self.words.say("mark {mark}", mark=self._mark(numbers.score))
        if response.value is None:
            return mark
        unit = given.questionnaire.unit_by_id.get(item.unit or "")
        about = mark if unit is None else f"{self.words.text(unit.label)}; {mark}"
        return f"{self._written(response.value)} ({about})"

    def _mark(self, score: float | None) -> str:
        whole = score is not None and score == int(score)
        return number(score, self.words.language, 0 if whole else 2)

    def _written(self, value: Decimal) -> str:
        """A value with the decimals it was written with, within reason."""
        digits = -int(value.normalize().as_tuple().exponent)
        return number(float(value), self.words.language, min(max(digits, 0), _DIGITS))
