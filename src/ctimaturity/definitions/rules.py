"""Whether the rules of a questionnaire can be carried out and keep every score within its scale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import islice

from ctimaturity.definitions.answers import check_answers
from ctimaturity.definitions.combination import Combination, Report, check_bands
from ctimaturity.definitions.review import Review, steps
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.diagnostic import Parameter
from ctimaturity.files.yaml import Path
from ctimaturity.model.node_scale import (
    Ends,
    combined_scale,
    counts_levels,
    level_ends,
    node_scales,
    parts_of,
)
from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire
from ctimaturity.model.rule import (
    Blanks,
    Effect,
    LowerThreshold,
    Over,
    RespondentThresholds,
    Rule,
    UpperThreshold,
)

_NEEDS = {Rule.POINTS_SHARE: "out_of", Rule.STAGED: "met_at", Rule.POWER: "exponent"}
_OF_ITEMS = frozenset({Rule.POINTS_SHARE, Rule.STAGED})
"""Rules that ask of each part how far it is met, which has no meaning for a measurement."""
_OF_A_SURVEY = frozenset({Effect.INCOMPLETE, Effect.PROVISIONAL})


def check_rules(review: Review) -> None:
    """Report every rule that contradicts itself, another or the scales it works on."""
    check_thresholds(review)
    if not check_answers(review):
        return
    scales: dict[str, dict[str, Ends]] = {}
    for measurement in review.questionnaire.measurements:
        sound = [_check_node(review, measurement, node) for node in measurement.nodes]
        if all(sound):
            scales[measurement.id] = node_scales(measurement, review.questionnaire)
            for node in measurement.nodes:
                _check_node_levels(review, measurement, node, scales[measurement.id])
                _combination(review, measurement, node, scales[measurement.id]).check()
    if len(scales) == len(review.questionnaire.measurements):
        _check_index(review, scales)
        _check_profile(review, scales)


def _check_node(review: Review, measurement: Measurement, node: Node) -> bool:
    """Whether the node has what its rule needs, so that its scale can be told."""
    report = partial(review.node, measurement, node)
    sound = True
    parts = parts_of(node)
    if not parts:
        report(codes.NODE_WITHOUT_PARTS, "items")
        return False
    needed = _NEEDS.get(node.rule)
    if needed is not None and getattr(node, needed) is None:
        report(codes.RULE_NEEDS_KEY, "rule", rule=node.rule.value, needed=needed)
        sound = False
    if node.rule is Rule.POINTS_SHARE and node.over is not Over.ITEMS:
        report(codes.RULE_NOT_HERE, "rule", rule=node.rule.value)
        sound = False
    if node.rule is Rule.POINTS_SHARE and node.out_of is not None and node.out_of <= 0:
        report(codes.NOT_POSITIVE, "out_of", key="out_of")
    if node.rule is Rule.POWER and node.exponent == 0:
        report(codes.EXPONENT_ZERO, "exponent")
    if node.rule is Rule.SUM and measurement.blanks is Blanks.EXCLUDE:
        report(codes.BLANKS_UNDER_SUM, "rule")
    _check_numbers(report, node)
    if all(part.weight == 0 for part in parts):
        report(codes.WEIGHTS_ALL_ZERO, "weight")
        sound = False
    _check_staged(review, measurement, node)
    return sound


def _check_numbers(report: Report, node: Node) -> None:
    """Numbers that mean nothing, whatever the rule."""
    if node.weight < 0:
        report(codes.NEGATIVE_WEIGHT, "weight")
    if node.level is not None and node.level < 1:
        report(codes.NOT_POSITIVE, "level", key="level")
    if node.met_share is not None and not 0 < node.met_share <= 1:
        report(codes.SHARE_OUTSIDE, "met_share")


def _check_staged(review: Review, measurement: Measurement, node: Node) -> None:
    """What the staged level needs, as the rule or beside the score."""
    if node.rule is not Rule.STAGED and not node.staged:
        return
    parts = parts_of(node) if node.rule is Rule.STAGED else node.items
    for part in parts:
        if part.level is None:
            review.part(measurement, part, codes.ITEM_WITHOUT_LEVEL, "level", node=node.id)
    _check_stage(review, measurement, node)
    items = [part for part in parts if isinstance(part, Item)]
    if items and node.met_at is None and node.rule is not Rule.STAGED:
        review.node(measurement, node, codes.RULE_NEEDS_KEY, "staged", rule="staged", needed="met_at")
    if node.met_at is not None:
        unreachable = (i for i in items if node.met_at > review.questionnaire.scales[i.scale].maximum)
        for item in islice(unreachable, 1):
            review.node(measurement, node, codes.NEVER_MET, "met_at", item=item.id)
    for child in node.children if node.rule is not Rule.STAGED else ():
        if not child.staged and child.rule is not Rule.STAGED:
            review.node(measurement, node, codes.CHILD_NOT_STAGED, "staged", child=child.id)


def _check_stage(review: Review, measurement: Measurement, node: Node) -> None:
    """What says when a level is reached."""
    if node.met_at is not None and node.met_below is not None and node.met_below < node.met_at:
        review.node(measurement, node, codes.MET_BELOW_TOO_LOW, "met_below")


def _check_node_levels(review: Review, measurement: Measurement, node: Node, scales: dict[str, Ends]) -> None:
    """Whether the nodes of a staged level can reach it, and those that count with their level have one."""
    by_level = counts_levels(node.normalise)
    for child in node.children if node.rule is Rule.STAGED and node.over is Over.CHILDREN else ():
        highest = level_ends(child)[1] if by_level else scales[child.id][1]
        if node.met_at is not None and node.met_at > highest:
            review.node(measurement, node, codes.NEVER_MET, "met_at", item=child.id)
            break
    if by_level:
        for part in parts_of(node):
            if isinstance(part, Item) or part.levels is None:
                review.node(measurement, node, codes.PART_WITHOUT_LEVELS, "normalise", part=part.id)
            elif len(set(level_ends(part))) == 1:
                review.node(measurement, part, codes.LEVEL_POINTS, "levels")


def _combination(
    review: Review, measurement: Measurement, node: Node, scales: dict[str, Ends]
) -> Combination:
    below = {one.id: scales[one.id] for one in node.walk() if one is not node}
    below |= {item.id: item_ends(review.questionnaire, item) for item in node.all_items()}
    return Combination(
        rule=node.rule,
        parts={
            part.id: level_ends(part)
            if isinstance(part, Node) and counts_levels(node.normalise)
            else below[part.id]
            for part in parts_of(node)
        },
        below=below,
        own=scales[node.id],
        normalise=node.normalise,
        gates=node.gates,
        levels=node.levels,
        report=partial(review.node, measurement, node),
    )


def item_ends(questionnaire: Questionnaire, item: Item) -> Ends:
    """The lowest and highest score of an item."""
    scale = questionnaire.scales[item.scale]
    return scale.minimum, scale.maximum


def _check_index(review: Review, scales: dict[str, dict[str, Ends]]) -> None:
    rule = review.questionnaire.index
    report = partial(_at_index, review)
    roots = {name: ends[name] for name, ends in scales.items()}
    if not roots.keys() <= rule.weights.keys():
        return
    weights = [rule.weights[name] for name in roots]
    if rule.harmonised.minimum >= rule.harmonised.maximum:
        report(codes.GOALPOSTS_NOT_RISING, "harmonised", part="harmonised")
    if rule.rule in _OF_ITEMS:
        report(codes.RULE_NOT_HERE, "rule", rule=rule.rule.value)
        return
    if rule.rule is Rule.POWER and not rule.exponent:
        report(codes.EXPONENT_ZERO, "rule")
    if any(weight < 0 for weight in weights):
        report(codes.NEGATIVE_WEIGHT, "weights")
    if all(weight == 0 for weight in weights):
        report(codes.WEIGHTS_ALL_ZERO, "weights")
        return
    parts = _levels_of(review, report) if counts_levels(rule.normalise) else roots
    own = combined_scale(rule.rule, weights, list(parts.values()), rule.normalise)
    Combination(rule.rule, parts, roots, own, rule.normalise, rule.gates, rule.levels, report).check()


def _levels_of(review: Review, report: Report) -> dict[str, Ends]:
    """What the levels of the measurements count as, which are the parts of the index."""
    for measurement in review.questionnaire.measurements:
        if measurement.root.levels is None:
            report(codes.PART_WITHOUT_LEVELS, "normalise", part=measurement.id)
        elif len(set(level_ends(measurement))) == 1:
            review.node(measurement, measurement.root, codes.LEVEL_POINTS, "levels")
    return {measurement.id: level_ends(measurement) for measurement in review.questionnaire.measurements}


def _at_index(review: Review, code: Code, key: str | Path, /, **parameters: Parameter) -> None:
    review.at(code, ("index", *steps(key)), **{"id": "index", **parameters})


def _check_profile(review: Review, scales: dict[str, dict[str, Ends]]) -> None:
    """Whether the nodes that measurements share have one scale, on which the profile has its bands."""
    profile = review.questionnaire.profile
    if profile is None:
        return
    ends: dict[str, set[Ends]] = {}
    for name in profile.measurements:
        for node in review.questionnaire.measurement_by_id[name].nodes:
            if node.kind == profile.kind:
                ends.setdefault(node.id, set()).add(scales[name][node.id])
    report = partial(_at_profile, review)
    if not ends:
        report(codes.PROFILE_EMPTY, "kind", kind=profile.kind)
        return
    if profile.rule in _OF_ITEMS | {Rule.SUM, Rule.PRODUCT, Rule.POWER}:
        report(codes.RULE_NOT_HERE, "rule", rule=profile.rule.value)
    every = set[Ends]().union(*ends.values())
    if len(every) > 1:
        report(codes.DIFFERENT_SCALES, "kind")
    elif profile.levels is not None:
        check_bands(profile.levels, every.pop(), report)


def _at_profile(review: Review, code: Code, key: str | Path, /, **parameters: Parameter) -> None:
    review.at(code, ("profile", *steps(key)), **{"id": "profile", **parameters})


def check_thresholds(review: Review) -> None:
    """Report shares outside [0, 1], counts that are none, and effects that do not exist."""
    for measurement in review.questionnaire.measurements:
        for node in measurement.nodes:
            for threshold in node.min_coverage:
                if not 0 <= threshold.value <= 1:
                    review.node(measurement, node, codes.SHARE_OUTSIDE, "min_coverage")
            if node.max_excluded is not None and not 0 <= node.max_excluded.value <= 1:
                review.node(measurement, node, codes.SHARE_OUTSIDE, "max_excluded")
        if measurement.respondents is not None:
            _check_respondents(review, measurement, measurement.respondents)
        if measurement.max_age is not None and measurement.max_age < 0:
            review.measurement(measurement, codes.COUNT_OUTSIDE, "max_age", key="max_age")


def _check_respondents(review: Review, measurement: Measurement, respondents: RespondentThresholds) -> None:
    path = (*review.paths.measurements[measurement.id], "respondents")
    for key, value, effect in _thresholds(respondents):
        if key == "max_segment_share":
            if not 0 <= value <= 1:
                review.at(codes.SHARE_OUTSIDE, (*path, key), id=measurement.id)
        elif value < 0 or value != value.to_integral_value():
            review.at(codes.COUNT_OUTSIDE, (*path, key), key=key)
        if effect not in _OF_A_SURVEY:
            review.at(codes.EFFECT_NOT_HERE, (*path, key), key=key, effect=effect.value)
    by_segment = respondents.min_per_segment is not None or respondents.max_segment_share is not None
    if by_segment and not review.source.has(("segments", 0)):
        review.at(codes.NO_SEGMENTS, path, id=measurement.id)


def _thresholds(respondents: RespondentThresholds) -> Iterator[tuple[str, Decimal, Effect]]:
    for key in RespondentThresholds.model_fields:
        threshold: LowerThreshold | UpperThreshold | None = getattr(respondents, key)
        if isinstance(threshold, LowerThreshold):
            yield key, threshold.value, threshold.below
        elif isinstance(threshold, UpperThreshold):
            yield key, threshold.value, threshold.above
