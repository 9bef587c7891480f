"""The tree of a measurement laid flat: where each node and item stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire


@dataclass
class Outline:
    """Everything of a questionnaire that has an id in its trees.

    Attributes:
        nodes: By measurement and id, in the order of the file, roots first.
        parents: Id of the node above a node, by measurement and id; empty for a root.
        items: By id.
        homes: Measurement and id of the node above, by item id.
    """

    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    homes: dict[str, tuple[str, str]] = field(default_factory=dict)


def outline(questionnaire: Questionnaire) -> Outline:
    """The outline of all measurements."""
    found = Outline()
    for measurement in questionnaire.measurements:
        _lay_flat(measurement, measurement.root, "", found)
    return found


def _lay_flat(measurement: Measurement, node: Node, parent: str, found: Outline) -> None:
    found.nodes[measurement.id, node.id] = node
    found.parents[measurement.id, node.id] = parent
    for child in node.children:
        _lay_flat(measurement, child, node.id, found)
    for item in node.items:
        found.items[item.id] = item
        found.homes[item.id] = (measurement.id, node.id)
