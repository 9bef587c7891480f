"""From what people wrote to a questionnaire with nothing left to default."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ctimaturity.definitions.document import (
    AcceptanceDocument,
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
from ctimaturity.definitions.source import Source
from ctimaturity.diagnostics import codes
from ctimaturity.files.yaml import Path
from ctimaturity.model.questionnaire import IndexRule, Item, Measurement, Node, Profile, Questionnaire
from ctimaturity.model.rule import Over, Rule
from ctimaturity.model.text import Text

ROOT_KIND = "measurement"


@dataclass
class Resolution:
    """A resolved questionnaire and where each of its parts was written.

    Attributes:
        questionnaire: With nothing left to default.
        nodes: Paths by measurement id and node id.
        items: Paths by item id.
        kinds: Paths by measurement id and kind.
        measurements: Paths by measurement id.
        accepted: Warnings that the definition accepts; nothing of them is in the questionnaire.
    """

    questionnaire: Questionnaire
    nodes: dict[tuple[str, str], Path] = field(default_factory=dict)
    items: dict[str, Path] = field(default_factory=dict)
    kinds: dict[tuple[str, str], Path] = field(default_factory=dict)
    measurements: dict[str, Path] = field(default_factory=dict)
    accepted: tuple[AcceptanceDocument, ...] = ()


def resolve(document: QuestionnaireDocument, source: Source) -> Resolution | None:
    """Fill in every default.

    Args:
        document: The validated definition, its references known to be good.
        source: Where its values stand; what is missing is reported there.

    Returns:
        None when something that has no default is missing.
    """
    resolver = _Resolver(document, source)
    measurements = tuple(
        resolver.measurement(measurement, ("measurements", position))
        for position, measurement in enumerate(document.measurements)
    )
    if not resolver.complete:
        return None
    index, profile = document.index, document.profile
    questionnaire = Questionnaire(
        schema=1,
        id=document.id,
        edition=document.edition,
        version=document.version,
        title=document.title,
        description=document.description,
        source=document.source,
        notes=document.notes,
        languages=document.languages,
        scales=document.scales,
        segments=document.segments,
        no_data_reasons=document.no_data_reasons,
        entity_types=document.entity_types,
        entity_codes=document.entity_codes,
        every_type=document.every_type,
        units=document.units,
        measurements=measurements,
        profile=None
        if profile is None
        else Profile(
            kind=profile.kind, measurements=profile.measurements, rule=profile.rule, levels=profile.levels
        ),
        index=IndexRule(
            title=index.title,
            rule=index.rule,
            weights=index.weights,
            exponent=index.exponent,
            normalise=index.normalise,
            harmonised=index.harmonised,
            gates=index.gates,
            levels=index.levels,
        ),
    )
    return Resolution(
        questionnaire,
        resolver.nodes,
        resolver.items,
        resolver.kinds,
        resolver.measurements,
        document.accepted,
    )


@dataclass
class _Resolver:
    document: QuestionnaireDocument
    source: Source
    complete: bool = True
    nodes: dict[tuple[str, str], Path] = field(default_factory=dict)
    items: dict[str, Path] = field(default_factory=dict)
    kinds: dict[tuple[str, str], Path] = field(default_factory=dict)
    measurements: dict[str, Path] = field(default_factory=dict)

    def measurement(self, document: MeasurementDocument, path: Path) -> Measurement:
        self.measurements[document.id] = path
        self.nodes[document.id, document.id] = path
        self.kinds |= {
            (document.id, kind.id): (*path, "kinds", position) for position, kind in enumerate(document.kinds)
        }
        children = self._children(document.tree, document, (*path, "tree"), 1)
        items = self._items(document.items, document, (*path, "items"))
        return Measurement(
            id=document.id,
            collects=document.collects,
            description=document.description,
            root=self._node(
                document.id,
                ROOT_KIND,
                SharedNode(title=document.title, note=document.note),
                (document,),
                path,
                children,
                items,
            ),
            kinds={kind.id: kind.label for kind in document.kinds if kind.label is not None},
            blanks=document.blanks,
            not_applicable=document.not_applicable,
            confirm_blank=document.confirm_blank,
            respondents=document.respondents,
            max_age=document.max_age,
            range_scale=document.range_scale,
            criterion_scale=document.criterion_scale,
            results_basis=document.results_basis,
        )

    def _children(
        self, written: Sequence[NodeDocument], within: MeasurementDocument, path: Path, depth: int
    ) -> tuple[Node, ...]:
        return tuple(self._child(node, within, (*path, at), depth) for at, node in enumerate(written))

    def _child(self, node: NodeDocument, within: MeasurementDocument, path: Path, depth: int) -> Node:
        self.nodes[within.id, node.id] = path
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
        rules = _effective_rules(layers)
        if rules.rule is None:
            self._missing("rule", path, name)
        return Node(
            id=name,
            kind=kind,
            title=shared.title,
            definition=shared.definition,
            question=shared.question,
            note=shared.note,
            weight=Decimal(1) if rules.weight is None else rules.weight,
            rule=rules.rule or Rule.MEAN,
            # A node without children has only items, so both words would say the same.
            over=(rules.over or Over.CHILDREN) if children else Over.ITEMS,
            out_of=rules.out_of,
            exponent=rules.exponent,
            met_at=rules.met_at,
            met_below=rules.met_below,
            met_share=rules.met_share,
            level=level,
            staged=bool(rules.staged),
            normalise=rules.normalise,
            gates=rules.gates or (),
            min_coverage=rules.min_coverage or (),
            max_excluded=rules.max_excluded,
            levels=rules.levels,
            children=children,
            items=items,
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
        title = _first(layer.title for layer in layers)
        if title is None:
            self._missing("title", path, node.id)
        return SharedNode(
            title=title or {},
            definition=_first(layer.definition for layer in layers),
            question=_first(layer.question for layer in layers),
            note=_first(layer.note for layer in layers),
        )

    def _items(
        self, written: Sequence[ItemDocument], within: MeasurementDocument, path: Path
    ) -> tuple[Item, ...]:
        for at, item in enumerate(written):
            if not item.asked and item.note is None:
                self._missing("note", (*path, at), item.id)
        return tuple(self._item(item, within, (*path, at)) for at, item in enumerate(written) if item.asked)

    def _item(self, item: ItemDocument, within: MeasurementDocument, path: Path) -> Item:
        self.items[item.id] = path
        effective = _effective_defaults((item, within.item_defaults))
        weight = effective_weight(effective.weight, item.level)
        if weight is None:
            self._missing("level", path, item.id)
        scale = effective.scale or within.range_scale  # which only indicators have
        if scale is None:
            self._missing("scale", path, item.id)
        types = tuple(entity_type.id for entity_type in self.document.entity_types)
        chosen = types if effective.applies_to is None else effective.applies_to
        return Item(
            id=item.id,
            text=item.text,
            scale=scale or within.id,
            weight=Decimal(1) if weight is None else weight,
            level=item.level,
            reverse=bool(effective.reverse),
            applies_to=tuple(entity_type for entity_type in types if entity_type in chosen),
            definition=item.definition,
            help=item.help,
            evidence=item.evidence,
            note=item.note,
            unit=effective.unit,
            direction=effective.direction,
            plausible=item.plausible,
        )


def _first(texts: Iterable[Text | None]) -> Text | None:
    return next((text for text in texts if text is not None), None)


def _effective_rules(layers: Sequence[NodeRules]) -> NodeRules:
    """For each key the first layer that wrote it, also where it wrote nothing to take a default away."""
    return NodeRules.model_validate(
        {
            name: next((getattr(layer, name) for layer in layers if name in layer.model_fields_set), None)
            for name in NodeRules.model_fields
        }
    )


def _effective_defaults(layers: Sequence[ItemDefaults]) -> ItemDefaults:
    return ItemDefaults.model_validate(
        {
            name: next((getattr(layer, name) for layer in layers if name in layer.model_fields_set), None)
            for name in ItemDefaults.model_fields
        }
    )
