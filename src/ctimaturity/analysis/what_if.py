"""What if: the answers of an entity with some of them set otherwise."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects, Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.response import EntityAnswers
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
    found = {item: _set(questionnaire, answers, item, setting) for item, setting in changes.items()}
    return replace(answers, responses={**answers.responses, **found})


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
