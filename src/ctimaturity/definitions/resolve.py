"""From what people wrote to a questionnaire with nothing left to default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from ctimaturity.definitions.document import (
    ItemDefaults,
    ItemDocument,
    KindDocument,
    MeasurementDocument,
    NodeDocument,
    NodeRules,
    QuestionnaireDocument,
    SharedNode,
    effective_weight,
)
from ctimaturity.definitions.review import Review, WrittenPaths
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from ctimaturity.files.yaml import Path
from ctimaturity.model.questionnaire import IndexRule, Item, Measurement, Node, Profile, Questionnaire
from ctimaturity.model.rule import Over, Rule
from ctimaturity.model.text import Text

ROOT_KIND = "measurement"

_Layer = TypeVar("_Layer", bound=BaseModel)


def resolve(document: QuestionnaireDocument, source: YamlSource) -> Review | None:
    """Fill in every default.

    Args:
        document: The validated definition, its references known to be good.
        source: Where its values stand; what is missing is reported there.

    Returns:
        The questionnaire with where each of its parts was written; None when something that has no
        default is missing.
    """
    resolver = _Resolver(document, source)
    measurements = tuple(
        resolver.measurement(measurement, ("measurements", position))
        for position, measurement in enumerate(document.measurements)
    )
    if not resolver.complete:
        return None
    profile = document.profile
    questionnaire = Questionnaire(
        **_in_common(Questionnaire, document)
        | {
            "measurements": measurements,
            "profile": None if profile is None else Profile(**_in_common(Profile, profile)),
            "index": IndexRule(**_in_common(IndexRule, document.index)),
        }
    )
    return Review(questionnaire, source, resolver.paths, document.accepted)


def _in_common(model: type[BaseModel], *written: BaseModel) -> dict[str, Any]:
    """The fields of a model that were written under the same name; of the last part that has one."""
    return {key: getattr(part, name) for part in written for key, name in _names_in_common(model, type(part))}


@cache  # one pair of types for hundreds of items
def _names_in_common(model: type[BaseModel], written: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """How the model takes each field that both have, and what it is called."""
    fields = model.model_fields.items()
    return tuple((field.alias or name, name) for name, field in fields if name in written.model_fields)


@dataclass
class _Resolver:
    document: QuestionnaireDocument
    source: YamlSource
    complete: bool = True
    paths: WrittenPaths = field(default_factory=WrittenPaths)

    def measurement(self, document: MeasurementDocument, path: Path) -> Measurement:
        self.paths.measurements[document.id] = path
        self.paths.nodes[document.id, document.id] = path
        for position, kind in enumerate(document.kinds):
            self.paths.kinds[document.id, kind.id] = (*path, "kinds", position)
        children = self._children(document.tree, document, (*path, "tree"), 1)
        items = self._items(document.items, document, (*path, "items"))
        shared = SharedNode(title=document.title, note=document.note)
        root = self._node(document.id, ROOT_KIND, shared, (document,), path, children, items)
        kinds = {kind.id: kind.label for kind in document.kinds if kind.label is not None}
        return Measurement(**_in_common(Measurement, document) | {"root": root, "kinds": kinds})

    def _children(
        self, written: Sequence[NodeDocument], within: MeasurementDocument, path: Path, depth: int
    ) -> tuple[Node, ...]:
        return tuple(self._child(node, within, (*path, at), depth) for at, node in enumerate(written))

    def _child(self, node: NodeDocument, within: MeasurementDocument, path: Path, depth: int) -> Node:
        self.paths.nodes[within.id, node.id] = path
        kind = self._kind(node, within, path, depth)
        defaults = NodeRules.model_validate({"levels": within.levels})
        return self._node(
            node.id,
            kind.id,
            self._shared(node, path),
            (node, kind, defaults),
            path,
            self._children(node.children, within, (*path, "children"), depth + 1),
            self._items(node.items, within, (*path, "items")),
            node.level,
        )

    def _node(
        self,
        name: str,
        kind: str,
        shared: SharedNode,
        layers: Sequence[NodeRules],
        path: Path,
        children: tuple[Node, ...],
        items: tuple[Item, ...],
        level: int | None = None,
    ) -> Node:
        rules = _effective(NodeRules, layers)
        if rules.rule is None:
            self._missing("rule", path, name)
        return Node(
            **_in_common(Node, rules, shared)
            | {
                "id": name,
                "kind": kind,
                "weight": Decimal(1) if rules.weight is None else rules.weight,
                "rule": rules.rule or Rule.MEAN,
                # A node without children has only items, so both words would say the same.
                "over": (rules.over or Over.CHILDREN) if children else Over.ITEMS,
                "level": level,
                "staged": bool(rules.staged),
                "gates": rules.gates or (),
                "min_coverage": rules.min_coverage or (),
                "children": children,
                "items": items,
            }
        )

    def _missing(self, key: str, path: Path, name: str) -> None:
        self.complete = False
        self.source.report(codes.MISSING_KEY, path, {"key": key}, name)

    def _kind(self, node: NodeDocument, within: MeasurementDocument, path: Path, depth: int) -> KindDocument:
        if node.kind is not None:
            return next((kind for kind in within.kinds if kind.id == node.kind), KindDocument(id=node.kind))
        if depth <= len(within.kinds):
            return within.kinds[depth - 1]
        self._missing("kind", path, node.id)
        return KindDocument(id=ROOT_KIND)

    def _shared(self, node: NodeDocument, path: Path) -> SharedNode:
        known = self.document.nodes.get(node.id)
        layers = (node,) if known is None else (node, known)
        written: dict[str, Text | None] = {
            key: next((text for layer in layers if (text := getattr(layer, key)) is not None), None)
            for key in SharedNode.model_fields
        }
        if written["title"] is None:
            self._missing("title", path, node.id)
        return SharedNode.model_validate(written | {"title": written["title"] or {}})

    def _items(
        self, written: Sequence[ItemDocument], within: MeasurementDocument, path: Path
    ) -> tuple[Item, ...]:
        for at, item in enumerate(written):
            if not item.asked and item.note is None:
                self._missing("note", (*path, at), item.id)
        return tuple(self._item(item, within, (*path, at)) for at, item in enumerate(written) if item.asked)

    def _item(self, item: ItemDocument, within: MeasurementDocument, path: Path) -> Item:
        self.paths.items[item.id] = path
        effective = _effective(ItemDefaults, (item, within.item_defaults))
        weight = effective_weight(effective.weight, item.level)
        if weight is None:
            self._missing("level", path, item.id)
        scale = effective.scale or within.range_scale  # which only indicators have
        if scale is None:
            self._missing("scale", path, item.id)
        types = tuple(entity_type.id for entity_type in self.document.entity_types)
        chosen = types if effective.applies_to is None else effective.applies_to
        return Item(
            **_in_common(Item, item, effective)
            | {
                "scale": scale or within.id,
                "weight": Decimal(1) if weight is None else weight,
                "reverse": bool(effective.reverse),
                "applies_to": tuple(entity_type for entity_type in types if entity_type in chosen),
            }
        )


def _effective(model: type[_Layer], layers: Sequence[_Layer]) -> _Layer:
    """For each key the first layer that wrote it, also where it wrote nothing to take a default away."""
    return model.model_validate(
        {
            name: next((getattr(layer, name) for layer in layers if name in layer.model_fields_set), None)
            for name in model.model_fields
        }
    )
