"""What the checks of a resolved questionnaire have in common: how they say where a finding belongs."""

from __future__ import annotations

from dataclasses import dataclass, field

from ctimaturity.definitions.document import AcceptanceDocument
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.diagnostic import Parameter
from ctimaturity.files.yaml import Path
from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire


@dataclass(frozen=True)
class WrittenPaths:
    """Where the parts of a questionnaire were written.

    Attributes:
        nodes: By measurement id and node id.
        items: By item id.
        kinds: By measurement id and kind.
        measurements: By measurement id.
    """

    nodes: dict[tuple[str, str], Path] = field(default_factory=dict)
    items: dict[str, Path] = field(default_factory=dict)
    kinds: dict[tuple[str, str], Path] = field(default_factory=dict)
    measurements: dict[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """A questionnaire under review.

    A finding belongs to a key, or to a path below one. A key that was inherited is reported once,
    where it was written: at the kind or the measurement.

    Attributes:
        questionnaire: With nothing left to default.
        source: What was written; findings go there.
        paths: Where the parts of the questionnaire are in it.
        accepted: Warnings that the definition accepts; nothing of them is in the questionnaire.
    """

    questionnaire: Questionnaire
    source: YamlSource
    paths: WrittenPaths
    accepted: tuple[AcceptanceDocument, ...]

    def node(
        self, measurement: Measurement, node: Node, code: Code, key: str | Path, /, **parameters: Parameter
    ) -> None:
        """Report something about a node, at the key if it was written."""
        written = {
            node.id: self.paths.nodes[measurement.id, node.id],
            node.kind: self.paths.kinds.get((measurement.id, node.kind), ()),
        }
        if key == "levels":
            written.setdefault(measurement.id, self.paths.measurements[measurement.id])
        self._first_written(code, written, key, parameters, node.id)

    def item(
        self, measurement: Measurement, item: Item, code: Code, key: str | Path, /, **parameters: Parameter
    ) -> None:
        """Report something about an item, at the key if it was written."""
        written = {
            item.id: self.paths.items[item.id],
            measurement.id: (*self.paths.measurements[measurement.id], "item_defaults"),
        }
        self._first_written(code, written, key, parameters, item.id)

    def part(
        self,
        measurement: Measurement,
        part: Node | Item,
        code: Code,
        key: str | Path,
        /,
        **parameters: Parameter,
    ) -> None:
        """Report something about a node or an item."""
        if isinstance(part, Item):
            self.item(measurement, part, code, key, **parameters)
        else:
            self.node(measurement, part, code, key, **parameters)

    def measurement(
        self, measurement: Measurement, code: Code, key: str | Path, /, **parameters: Parameter
    ) -> None:
        """Report something about a measurement, at the key if it was written."""
        path = self.paths.measurements[measurement.id]
        self.source.report(code, (*path, *steps(key)), parameters, measurement.id)

    def at(self, code: Code, path: Path, /, **parameters: Parameter) -> None:
        """Report something at a path."""
        self.source.report(code, path, parameters)

    def _first_written(
        self,
        code: Code,
        written: dict[str, Path],
        key: str | Path,
        parameters: dict[str, Parameter],
        name: str,
    ) -> None:
        below = steps(key)
        for owner, path in written.items():
            if path and self.source.has((*path, below[0])):
                self.source.report(code, (*path, *below), {"id": owner, **parameters}, owner)
                return
        self.source.report(code, written[name], {"id": name, **parameters}, name)


def steps(key: str | Path) -> Path:
    """A key, or a path below it, as a path."""
    return (key,) if isinstance(key, str) else key
