"""Nodes that share an id across measurements and are not the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location

if TYPE_CHECKING:
    from ctimaturity.definitions.review import Review
    from ctimaturity.files.yaml import Path
    from ctimaturity.model.questionnaire import Node


def check_meaning(review: Review) -> None:
    """Report nodes whose title or kind differs from that of an earlier one with the same id."""
    first: dict[str, tuple[Node, Path]] = {}
    for measurement in review.questionnaire.measurements:
        for node in measurement.nodes[1:]:
            path = review.resolution.nodes[measurement.id, node.id]
            known, known_path = first.setdefault(node.id, (node, path))
            if (known.title, known.kind) != (node.title, node.kind):
                place = review.source.at(known_path)
                where = str(Location(place.file, line=place.line))
                review.source.report(
                    codes.MEANING_DIFFERS, (*path, "id"), {"id": node.id, "first": where}, node.id
                )
