"""What if: the answers of an entity with some of them set otherwise, or of inhabitants moved to a mean."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects, Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.response import EntityAnswers, Tallies
    from ctimaturity.model.scale import Scale

ORIGIN = "what-if"
"""Where a changed answer says it comes from."""

Setting = str | Decimal | Response
"""What an item is set to: the code of an option, a number, or a whole answer."""


def changed(
    questionnaire: Questionnaire, answers: EntityAnswers, changes: Mapping[str, Setting]
) -> EntityAnswers:
    """The same entity with other answers; what is given is not touched.

    An option's code is the answer; of an indicator it is the mark, on whichever scales have it (the
    criterion and the entity's own, so that it counts on either basis). The code of not applicable, or
    of don't know, is that answer. A number is the answer on a scale that is a range, and the value of
    an indicator. The empty text is a blank. What stands beside the answer stays: evidence, the year.

    Args:
        questionnaire: The definition.
        answers: What the entity has answered.
        changes: By item id. An indicator that a reference marks by its value needs the value: see `Marks`.

    Raises:
        ValueError: The definition has no such item or option, or the item is asked of inhabitants.
    """
    responses = {item: _set(questionnaire, answers, item, setting) for item, setting in changes.items()}
    return replace(answers, responses={**answers.responses, **responses})


def _set(questionnaire: Questionnaire, answers: EntityAnswers, item_id: str, setting: Setting) -> Response:
    item = questionnaire.item_by_id.get(item_id)
    if item is None:
        raise ValueError(f"there is no item {item_id}")
    measurement = questionnaire.measurement_of_item[item_id]
    if measurement.collects is Collects.RESPONDENTS:
        raise ValueError(f"{item_id} is answered by inhabitants, not by the entity")
    if isinstance(setting, Response):
        return setting
    before = answers.responses.get(item_id, Response(State.BLANK))
    before = replace(before, reason="", confirmed=False, source=Source(origin=ORIGIN))
    if setting == "":
        return Response(State.BLANK, source=before.source)
    if measurement.collects is Collects.INDICATORS:
        return _indicator(questionnaire, measurement, item, before, setting)
    return _answer(questionnaire.scales[item.scale], item_id, before, setting)


def _answer(scale: Scale, item_id: str, before: Response, setting: str | Decimal) -> Response:
    if isinstance(setting, Decimal):
        if scale.range is None:
            raise ValueError(f"{item_id} is answered with an option, not with a number")
        return replace(before, state=State.ANSWERED, option="", number=setting)
    special = {
        choice.code: state
        for choice, state in (
            (scale.not_applicable, State.NOT_APPLICABLE),
            (scale.dont_know, State.DONT_KNOW),
        )
        if choice is not None
    }
    if setting in special:
        return replace(before, state=special[setting], option="", number=None)
    if setting not in scale.by_code:
        raise ValueError(f"{item_id} has no option {setting}")
    return replace(before, state=State.ANSWERED, option=setting, number=None)


def _indicator(
    questionnaire: Questionnaire,
    measurement: Measurement,
    item: Item,
    before: Response,
    setting: str | Decimal,
) -> Response:
    if isinstance(setting, Decimal):
        return replace(before, state=State.ANSWERED, value=setting)
    named = {"criterion": measurement.criterion_scale, "own_mark": measurement.range_scale or item.scale}
    known = {
        part for part, scale in named.items() if scale and setting in questionnaire.scales[scale].by_code
    }
    if not known:
        raise ValueError(f"{item.id} has no mark {setting}")
    after = replace(before, state=State.ANSWERED)
    if "criterion" in known:
        after = replace(after, criterion=setting)
    return replace(after, own_mark=setting) if "own_mark" in known else after


def value_worth(
    covered: ReferenceRange,
    mark: int,
    marks: int,
    present: Fraction | None,
    ends: Sequence[Decimal] = (),
) -> Decimal | None:
    """A value of an indicator that is worth a mark: the nearest to the present one.

    Where several are as near, or there is no present value, the one that asks for least. On a cut that
    belongs to the worse mark there is no nearest value; then it is the middle of the range of the mark.

    Args:
        covered: The reference range.
        mark: 0 for the lowest, as `ReferenceRange.mark` counts.
        marks: How many there are.
        present: The value as it is.
        ends: Ends of what is plausible, for the outermost marks.

    Returns:
        None where no value has the mark.
    """
    marked = sorted({*covered.cuts, *ends})
    tried = [*marked, *((low + high) / 2 for low, high in pairwise(marked))]
    tried += [*(end - 1 for end in marked[:1]), *(end + 1 for end in marked[-1:]), Decimal(0), Decimal(1)]
    worth = [value for value in tried if covered.mark(Fraction(value), marks) == mark]
    worth.sort(reverse=covered.direction is Direction.LOWER)
    if present is None or not worth:
        return worth[0] if worth else None
    return min(worth, key=lambda value: abs(Fraction(value) - present))


def points_of(tallies: Tallies, item: Item, scale: Scale) -> dict[int, Fraction]:
    """The points of the options of a statement by their column, turned round if it is reversed."""
    turned = scale.minimum + scale.maximum
    return {
        tallies.options.index(option.code): turned - Fraction(option.points)
        if item.reverse
        else Fraction(option.points)
        for option in scale.options
        if option.code in tallies.options
    }


def mean_of(tallies: Tallies, item: str, row: int, points: Mapping[int, Fraction]) -> Fraction | None:
    """The mean of the answers of a segment to a statement; None without answers.

    Args:
        tallies: Of the survey.
        item: Id of the statement.
        row: Of the segment.
        points: Of the options.
    """
    place = tallies.items.index(item)
    counts = {at: int(tallies.counts[row, place, at]) for at in points}
    total = sum((count * points[at] for at, count in counts.items()), Fraction(0))
    return total / sum(counts.values()) if any(counts.values()) else None


def shifted(
    tallies: Tallies, item: str, rows: Sequence[int], mean: Fraction, points: Mapping[int, Fraction]
) -> Tallies:
    """The same survey, in which those who answered a statement agree as much as is wanted.

    In every segment as many people answer as did. They choose the two options that lie around the mean, so
    many of each that the mean of all of them comes as near as so many answers can come (of two that are as
    near the lower one) and that no segment is more than one answer off. Blanks and don't-knows stay, and so
    do all other statements. How sure the means are is not known.

    Args:
        tallies: Of the survey.
        item: Id of the statement.
        rows: Of the segments that are moved.
        mean: What is wanted, between the lowest and the highest points.
        points: Of the options.
    """
    counts = tallies.counts.copy()
    place = tallies.items.index(item)
    low, below = max((point, -at) for at, point in points.items() if point <= mean)
    high, above = min((point, at) for at, point in points.items() if point >= mean)
    share = (mean - low) / (high - low) if high > low else Fraction(0)
    asked = placed = 0
    for row in rows:
        answers = sum(int(counts[row, place, at]) for at in points)
        asked += answers
        upper = ceil(share * asked - Fraction(1, 2)) - placed
        placed += upper
        counts[row, place, [*points]] = 0
        counts[row, place, -below] += answers - upper
        counts[row, place, above] += upper
    return replace(tallies, counts=counts, covariances=())
