"""The tables of `../shared/model`, which the bundled definitions were written from."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Measurement, Node

Row = dict[str, str]


def rows(shared: Path, name: str) -> list[Row]:
    """The rows of one table."""
    with (shared / "model" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def both(row: Row, key: str) -> dict[str, str] | None:
    """A text of a row in both languages; None where it has none."""
    texts = {language: row[f"{key}_{language}"] for language in ("es", "en")}
    return texts if any(texts.values()) else None


def by_id(measurement: Measurement) -> dict[str, Node]:
    """The nodes of a measurement by their id."""
    return {node.id: node for node in measurement.nodes}


def parents(measurement: Measurement) -> dict[str, tuple[str, ...]]:
    """For each item the ids of the nodes above it, from the top, without the root."""
    found: dict[str, tuple[str, ...]] = {}

    def descend(node: Node, above: tuple[str, ...]) -> None:
        found.update({item.id: above for item in node.items})
        for child in node.children:
            descend(child, (*above, child.id))

    descend(measurement.root, ())
    return found


def order_within_nodes(measurement: Measurement) -> dict[str, list[str]]:
    """The ids of items by the node that holds them, in the order of the definition."""
    return {node.id: [item.id for item in node.items] for node in measurement.nodes if node.items}


def order_of(table: list[Row]) -> dict[str, list[str]]:
    """The same from a table, in which each row names its subdimension."""
    found: dict[str, list[str]] = {}
    for row in table:
        found.setdefault(row["subdimension"], []).append(row["id"])
    return found
