"""Definitions of one node and its numbers, for tests of single rules and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders as b
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Node, Questionnaire
    from ctimaturity.model.score import NodeScore


SCALES = {
    "six": b.scale(1, 2, 3, 4, 5, 6),
    "met": b.scale(0, 1),
    "ten": b.scale(*range(11)),
    "part": b.scale(0, "0.5", 1, 2),
}
STATES = {"-": b.BLANK, "nd": b.no_data(), "na": b.NOT_APPLICABLE}


def tree(*parts: Node | Item, **settings: object) -> Questionnaire:
    return b.tree(*parts, scales=SCALES, **settings)


def answered(definition: Questionnaire, *marks: object) -> NodeScore:
    """The root's numbers when the items have these marks, in order; `-` blank, `nd` no data, `na`."""
    given = {
        item.id: STATES.get(str(mark), mark)
        for item, mark in zip(definition.measurements[0].items, marks, strict=True)
    }
    index = score(definition, [b.answers("05001", given)])
    return index.node(index.rows[0], "m", "m")


def items(scale: str, *weights: object) -> list[Item]:
    return [b.item(f"I-{n}", scale, weight=str(weight)) for n, weight in enumerate(weights, 1)]
