"""The exact scale of every node, which follows from its rule and the scales of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import prod

from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire
from ctimaturity.model.rule import Levels, Normalise, Over, Rule

Ends = tuple[Fraction, Fraction]
"""The lowest and the highest score that a scale allows."""


def parts_of(node: Node) -> tuple[Node | Item, ...]:
    """What a node's score is made from, in the order of the file.

    `over: items` takes all items below it; `over: children` its child nodes, then the items of its own.
    """
    if node.over is Over.ITEMS:
        return tuple(node.all_items())
    return (*node.children, *node.items)


def node_scales(measurement: Measurement, questionnaire: Questionnaire) -> dict[str, Ends]:
    """The scale of each node of a measurement.

    A mean of any kind, the median, the minimum and the maximum keep the scale their parts share;
    parts on different scales give the weighted mean of their scales (`normalise: none`) or the ends
    named by the goalposts. A sum has the weighted sum of scales, a product the product of their ends,
    `points_share` [0, out_of], `staged` [0, highest level of its parts].

    Returns:
        The ends by node id.
    """
    scales: dict[str, Ends] = {}
    for node in reversed(measurement.nodes):
        parts = parts_of(node)
        ends = [
            level_ends(part)
            if isinstance(part, Node) and counts_levels(node.normalise)
            else scales[part.id]
            if isinstance(part, Node)
            else (questionnaire.scales[part.scale].minimum, questionnaire.scales[part.scale].maximum)
            for part in parts
        ]
        scales[node.id] = _node_scale(node, parts, ends)
    return scales


def counts_levels(normalise: Normalise | None) -> bool:
    """Whether parts count with the number of their level."""
    return normalise is not None and normalise.method == "levels"


def level_ends(part: Node | Measurement) -> Ends:
    """The lowest and the highest that the level of a node may count as."""
    node = part.root if isinstance(part, Measurement) else part
    if node.levels is None:
        return Fraction(0), Fraction(0)
    caps = [gate.cap_level for gate in node.gates if gate.cap_level is not None]
    values = level_values(node.levels)
    lowest = min([0 if node.levels.lowest == "open" else 1, *caps])
    return values[min(max(lowest, 0), len(values) - 1)], values[-1]


def level_values(levels: Levels) -> tuple[Fraction, ...]:
    """What the levels count as where they take the place of scores; 0 for level 0, which comes first."""
    points = (level.points for level in levels.names)
    return (
        Fraction(0),
        *(Fraction(number if given is None else given) for number, given in enumerate(points, 1)),
    )


def _node_scale(node: Node, parts: Sequence[Node | Item], ends: Sequence[Ends]) -> Ends:
    if node.rule is Rule.POINTS_SHARE:
        return Fraction(0), Fraction(node.out_of or 0)
    if node.rule is Rule.STAGED:
        levels = [part.level for part in parts if part.level is not None]
        return Fraction(0), Fraction(max(levels, default=0))
    return combined_scale(node.rule, [part.weight for part in parts], ends, node.normalise)


def combined_scale(
    rule: Rule, weights: Sequence[Decimal], ends: Sequence[Ends], normalise: Normalise | None
) -> Ends:
    """The scale of a whole whose rule looks at the scores of its parts.

    Args:
        rule: Any but `points_share` and `staged`.
        weights: Of the parts, relative, not all 0.
        ends: The scale of each part, before it is normalised.
        normalise: How parts on different scales are brought together.
    """
    exact = [Fraction(weight) for weight in weights]
    if normalise is not None and normalise.minimum is not None and normalise.maximum is not None:
        ends = [(Fraction(normalise.minimum), Fraction(normalise.maximum))] * len(exact)
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    if rule is Rule.SUM:
        return _weighted(exact, lows), _weighted(exact, highs)
    if rule is Rule.PRODUCT:
        return prod(lows, start=Fraction(1)), prod(highs, start=Fraction(1))
    if len(set(ends)) == 1:
        return ends[0]
    total = sum(exact)
    return _weighted(exact, lows) / total, _weighted(exact, highs) / total


def _weighted(weights: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    return sum((weight * value for weight, value in zip(weights, values, strict=True)), Fraction(0))


def index_scale(questionnaire: Questionnaire, measurements: Sequence[str]) -> Ends:
    """The scale of the overall index of some measurements, from those of their roots."""
    rule = questionnaire.index
    ends = []
    for name in measurements:
        measurement = questionnaire.measurement_by_id[name]
        own = node_scales(measurement, questionnaire)[measurement.root.id]
        ends.append(level_ends(measurement) if counts_levels(rule.normalise) else own)
    return combined_scale(rule.rule, [rule.weights[name] for name in measurements], ends, rule.normalise)


def level_bounds(levels: Levels, scale: Ends) -> tuple[Fraction, ...]:
    """All edges of the bands, from the lowest to the highest: one more than there are levels.

    Args:
        levels: Explicit bounds, or a number of equal parts.
        scale: The ends of the node's own scale, which equal parts divide.
    """
    if levels.bounds is not None:
        return tuple(Fraction(bound) for bound in levels.bounds)
    low, high = scale
    parts = levels.parts or 1
    return tuple(low + (high - low) * Fraction(step, parts) for step in range(parts + 1))
