"""Whether items can be answered: their scales, and the policies for what is not answered."""

from __future__ import annotations

from fractions import Fraction

from ctimaturity.definitions.review import Review
from ctimaturity.diagnostics import codes as finding_codes
from ctimaturity.files.yaml import Path
from ctimaturity.language.folding import folded
from ctimaturity.model.questionnaire import Item, Measurement, Plausible
from ctimaturity.model.rule import Blanks, Collects
from ctimaturity.model.scale import Choice, Option, Scale


def check_answers(review: Review) -> bool:
    """Report what cannot be answered, or what an answer would be ambiguous in.

    Returns:
        Whether every scale has a lowest and a highest point, so that scores have scales.
    """
    if any(path[0] == "scales" for path in review.source.incomplete if path):
        return False
    sound = [_check_scale(review, name, scale) for name, scale in review.questionnaire.scales.items()]
    if not all(sound):
        return False
    for position, unit in enumerate(review.questionnaire.units):
        if _upside_down(unit.plausible):
            review.at(finding_codes.PLAUSIBLE_UPSIDE_DOWN, ("units", position, "plausible"), id=unit.id)
    for measurement in review.questionnaire.measurements:
        _check_measurement(review, measurement)
        for item in measurement.items:
            _check_item(review, measurement, item)
    return True


def _upside_down(bounds: Plausible | None) -> bool:
    if bounds is None or bounds.minimum is None or bounds.maximum is None:
        return False
    return bounds.minimum > bounds.maximum


def _check_scale(review: Review, name: str, scale: Scale) -> bool:
    path: Path = ("scales", name)
    if bool(scale.options) == (scale.range is not None):
        review.at(finding_codes.SCALE_UNCLEAR, path, id=name)
        return False
    _check_labels(review, name, scale)
    upside_down = scale.range is not None and scale.range.minimum > scale.range.maximum
    if upside_down or scale.minimum == scale.maximum:
        review.at(finding_codes.SCALE_WITHOUT_WIDTH, path, id=name)
        return False
    return True


def _check_labels(review: Review, name: str, scale: Scale) -> None:
    """What is written in a cell must name one answer, whatever becomes of case, accents and spaces."""
    choices: list[tuple[Path, Option | Choice]] = [
        (("options", at), option) for at, option in enumerate(scale.options)
    ]
    for key, other in (("dont_know", scale.dont_know), ("not_applicable", scale.not_applicable)):
        if other is not None:
            choices.append(((key,), other))
    owners: dict[str, Path] = {}
    codes: set[str] = set()
    for steps, choice in choices:
        if folded(choice.code) in codes:
            review.at(finding_codes.SAME_CODE, ("scales", name, *steps), id=name, code=choice.code)
            continue
        codes.add(folded(choice.code))
        words = {folded(choice.code), *(folded(label) for label in choice.label.values())}
        if any(owners.setdefault(word, steps) != steps for word in words):
            review.at(finding_codes.SAME_LABEL, ("scales", name, *steps), id=name, code=choice.code)


def _check_item(review: Review, measurement: Measurement, item: Item) -> None:
    scale = review.questionnaire.scales[item.scale]
    if item.weight < 0:
        review.item(measurement, item, finding_codes.NEGATIVE_WEIGHT, "weight")
    if item.level is not None and item.level < 1:
        review.item(measurement, item, finding_codes.NOT_POSITIVE, "level", key="level")
    names = measurement.root.levels.names if measurement.root.levels is not None else ()
    if item.level is not None and names and item.level > len(names):
        review.item(measurement, item, finding_codes.LEVEL_TOO_HIGH, "level", levels=len(names))
    if measurement.blanks is Blanks.ZERO and not scale.minimum <= 0 <= scale.maximum:
        review.item(measurement, item, finding_codes.ZERO_OUTSIDE_SCALE, "scale", scale=item.scale)
    credit = measurement.not_applicable.credit
    if credit is not None and not scale.minimum <= Fraction(credit) <= scale.maximum:
        review.item(measurement, item, finding_codes.CREDIT_OUTSIDE_SCALE, "scale", scale=item.scale)
    if review.questionnaire.entity_types and not item.applies_to:
        review.item(measurement, item, finding_codes.APPLIES_TO_NOBODY, "applies_to")
    _check_collected(review, measurement, item, scale)


def _check_collected(review: Review, measurement: Measurement, item: Item, scale: Scale) -> None:
    """What the way of collecting asks of an item."""
    confirm = measurement.confirm_blank
    if confirm is not None and confirm.option not in scale.by_code:
        review.item(measurement, item, finding_codes.CONFIRM_OPTION, "scale", option=confirm.option)
    if measurement.collects is Collects.RESPONDENTS and scale.range is not None:
        review.item(measurement, item, finding_codes.SCALE_WITHOUT_OPTIONS, "scale", scale=item.scale)
    if _upside_down(item.plausible):
        review.item(measurement, item, finding_codes.PLAUSIBLE_UPSIDE_DOWN, "plausible")
    if measurement.collects is Collects.INDICATORS:
        for key in ("unit", "direction"):
            if getattr(item, key) is None:
                review.item(measurement, item, finding_codes.MISSING_KEY, key, key=key)


def asks_for_reasons(measurement: Measurement, scale: Scale) -> bool:
    """Whether an answer on the scale may say that the item does not apply, which takes a reason."""
    chosen = scale.not_applicable is not None and measurement.not_applicable.policy != "forbid"
    return chosen and measurement.collects is Collects.ANSWERS


def _check_measurement(review: Review, measurement: Measurement) -> None:
    policy = measurement.not_applicable
    if (policy.policy == "credit") != (policy.credit is not None):
        review.measurement(measurement, finding_codes.CREDIT_UNCLEAR, "not_applicable")
    if measurement.collects is not Collects.ANSWERS and measurement.confirm_blank is not None:
        review.measurement(measurement, finding_codes.KEY_WITHOUT_USE, "confirm_blank", key="confirm_blank")
    if measurement.collects is not Collects.RESPONDENTS and measurement.respondents is not None:
        review.measurement(measurement, finding_codes.KEY_WITHOUT_USE, "respondents", key="respondents")
    indicators = ("max_age", "range_scale", "criterion_scale", "results_basis")
    for key in indicators:
        given = getattr(measurement, key) is not None
        if given and measurement.collects is not Collects.INDICATORS:
            review.measurement(measurement, finding_codes.KEY_WITHOUT_USE, key, key=key)
        needed = key in {"range_scale", "results_basis"}
        if needed and not given and measurement.collects is Collects.INDICATORS:
            review.measurement(measurement, finding_codes.MISSING_KEY, key, key=key)
    _check_marks(review, measurement)
    if not review.questionnaire.no_data_reasons:
        for name in dict.fromkeys(item.scale for item in measurement.items):
            if asks_for_reasons(measurement, review.questionnaire.scales[name]):
                review.at(finding_codes.NO_REASONS, ("scales", name, "not_applicable"), id=name)


def _check_marks(review: Review, measurement: Measurement) -> None:
    """The marks of an indicator stand in for one another, so their scales must have the same ends."""
    if measurement.collects is not Collects.INDICATORS or measurement.range_scale is None:
        return
    ranges = review.questionnaire.scales[measurement.range_scale]
    unchosen = False
    for key in ("range_scale", "criterion_scale"):
        scale = getattr(measurement, key)
        if scale is not None and review.questionnaire.scales[scale].range is not None:
            review.measurement(measurement, finding_codes.MARKS_NOT_CHOSEN, key, key=key, scale=scale)
            unchosen = True
    if unchosen:
        return
    if measurement.criterion_scale is not None:
        criterion = review.questionnaire.scales[measurement.criterion_scale]
        if (criterion.minimum, criterion.maximum) != (ranges.minimum, ranges.maximum):
            review.measurement(measurement, finding_codes.MARKS_DIFFER, "criterion_scale")
    for item in measurement.items:
        if item.scale != measurement.range_scale:
            review.item(measurement, item, finding_codes.MARK_SCALE, "scale", scale=measurement.range_scale)
