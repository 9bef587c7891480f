"""Weights that never matter, and nodes that are nothing but their only part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.questionnaire import Node
from ctimaturity.model.rule import Rule

if TYPE_CHECKING:
    from ctimaturity.definitions.review import Review
    from ctimaturity.model.questionnaire import Item, Measurement

_UNWEIGHTED = frozenset({Rule.PRODUCT, Rule.MIN, Rule.MAX, Rule.MEDIAN, Rule.STAGED})


def check_influence(review: Review) -> None:
    """Report weights without effect and single parts."""
    for measurement in review.questionnaire.measurements:
        weighed = {part.id for node in measurement.nodes if _weighs(node) for part in parts_of(node)}
        for node in measurement.nodes:
            _check_single(review, measurement, node)
            for child in node.children:
                _check_weight(review, measurement, child, weighed)
        for item in measurement.items:
            _check_weight(review, measurement, item, weighed)
    _check_index(review)


def _weighs(node: Node) -> bool:
    """Whether the weights of a node's parts are compared with one another."""
    # A sum is not rescaled, so the weight of an only part counts too.
    return node.rule not in _UNWEIGHTED and (len(parts_of(node)) > 1 or node.rule is Rule.SUM)


def _check_single(review: Review, measurement: Measurement, node: Node) -> None:
    ids = [child.id for child in node.children] + [item.id for item in node.items]
    if len(ids) == 1 and node is not measurement.root:
        place = "children" if node.children else "items"
        review.node(measurement, node, codes.SINGLE_PART, place, part=ids[0])


def _check_weight(review: Review, measurement: Measurement, part: Node | Item, weighed: set[str]) -> None:
    # What was not written is 1, so a weight of 1 may be no decision at all.
    if part.weight == 1 or (part.weight != 0 and part.id in weighed):
        return
    if isinstance(part, Node):
        review.node(measurement, part, codes.WEIGHT_WITHOUT_EFFECT, "weight")
    else:
        review.item(measurement, part, codes.WEIGHT_WITHOUT_EFFECT, "weight")


def _check_index(review: Review) -> None:
    rule = review.questionnaire.index
    alone = len(rule.weights) == 1 and rule.rule is not Rule.SUM
    for name, weight in rule.weights.items():
        if weight == 0 or (weight != 1 and (alone or rule.rule in _UNWEIGHTED)):
            review.at(codes.WEIGHT_WITHOUT_EFFECT, ("index", "weights", name), id=name)
