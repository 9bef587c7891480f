"""What an entity left open: blanks, missing figures, what does not apply, and what each of them does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.response import State
from ctimaturity.model.rule import Blanks, Collects
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import Column, Columns
    from ctimaturity.reporting.words import Words

STATES = {
    State.BLANK: "blank",
    State.NO_DATA: "no data",
    State.NOT_APPLICABLE: "not applicable",
    State.DONT_KNOW: "don't know",
}
_BLANKS = {
    Blanks.WORST: "counts as the worst answer",
    Blanks.EXCLUDE: "is left out of the mean",
    Blanks.ZERO: "counts as 0",
}


@dataclass(frozen=True, slots=True)
class Omission:
    """One item without an answer.

    Attributes:
        weight: Its share of the index; a dash where it has none.
        effect: What it counts as.
    """

    item: str
    text: str
    state: str
    reason: str
    effect: str
    weight: str


@dataclass(frozen=True, slots=True)
class Openness:
    """What one measurement has open.

    Attributes:
        title: Of the measurement.
        counts: State and number, for states that occur.
        interval: What the score could be.
        omissions: One by one, in the order of the definition.
    """

    title: str
    counts: tuple[tuple[str, int], ...]
    interval: str
    omissions: tuple[Omission, ...]


def openness(
    questionnaire: Questionnaire,
    answers: EntityAnswers,
    row: IndexRow,
    index: Index,
    columns: Columns,
    words: Words,
) -> tuple[Openness, ...]:
    """What an entity left open, measurement by measurement; those with nothing open are left out.

    Args:
        questionnaire: The definition.
        answers: Of the entity.
        row: As scored.
        index: The ranked index.
        columns: The columns of the document.
        words: The language.
    """
    made = (
        _of_measurement(questionnaire, column, answers, row, index, words) for column in columns.measurements
    )
    return tuple(each for each in made if each.omissions)


def _of_measurement(
    questionnaire: Questionnaire,
    column: Column,
    answers: EntityAnswers,
    row: IndexRow,
    index: Index,
    words: Words,
) -> Openness:
    measurement = questionnaire.measurement_by_id[column.measurement]
    reasons = {named.id: words.text(named.label) for named in questionnaire.no_data_reasons}
    found = list(_omissions(measurement, answers, row, index, reasons, words))
    names = [omission.state for omission in found]
    numbers = index.node(row, column.measurement, column.node)
    return Openness(
        title=column.title,
        counts=tuple((name, names.count(name)) for name in dict.fromkeys(names)),
        interval=words.interval(numbers.low, numbers.high, column.bounds),
        omissions=tuple(found),
    )


def _omissions(
    measurement: Measurement,
    answers: EntityAnswers,
    row: IndexRow,
    index: Index,
    reasons: dict[str, str],
    words: Words,
) -> Iterable[Omission]:
    for item in measurement.items:
        numbers = index.node(row, measurement.id, item.id)
        state = _state(measurement, numbers.state, numbers.n)
        if state is State.ANSWERED:
            continue
        response = answers.responses.get(item.id)
        reason = response.reason if response else ""
        yield Omission(
            item=item.id,
            text=_text(item, words),
            state=words.say(STATES[state]),
            reason=reasons.get(reason) or shown(reason),
            effect=words.say(_effect(measurement, state)),
            weight=words.percent(numbers.weight_effective, 2) if numbers.weight_effective else "–",
        )


def _text(item: Item, words: Words) -> str:
    return shown(words.text(item.text))


def _state(measurement: Measurement, state: str, answered: int) -> State:
    if measurement.collects is Collects.RESPONDENTS:
        return State.ANSWERED if answered else State.BLANK
    return State(state) if state else State.BLANK


def _effect(measurement: Measurement, state: State) -> str:
    if state is State.BLANK:
        return _BLANKS[measurement.blanks]
    if state is State.NO_DATA:
        return "is left out of the mean; lowers the coverage"
    if state is State.NOT_APPLICABLE:
        credited = measurement.not_applicable.policy == "credit"
        return "counts as the definition credits it" if credited else "is left out of everything"
    return "is left out of the mean"
