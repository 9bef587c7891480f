"""Everything that a careful reviewer would say of a definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.acceptance import accept
from ctimaturity.definitions.answers import asks_for_reasons
from ctimaturity.definitions.attainment import check_attainment
from ctimaturity.definitions.load import check_source, read_source
from ctimaturity.definitions.review import Review
from ctimaturity.definitions.source import child
from ctimaturity.definitions.spelling import check_spelling
from ctimaturity.definitions.wording import check_wording
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import has_errors, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.questionnaire import Node
from ctimaturity.model.rule import Collects, Direction, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ctimaturity.definitions.acceptance import Accepted
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.files import yaml
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire

_UNWEIGHTED = frozenset({Rule.PRODUCT, Rule.MIN, Rule.MAX, Rule.MEDIAN, Rule.STAGED})


@dataclass(frozen=True)
class Checked:
    """A definition that was looked at.

    Attributes:
        questionnaire: What it says; None when it has errors.
        diagnostics: What was found, in order, without what was accepted.
        accepted: Warnings that the definition accepts with a reason, in order.
    """

    questionnaire: Questionnaire | None
    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...] = ()


def check_definition(main: Path) -> Checked:
    """Look for errors and, as far as the definition can be made out, for all that asks for a decision.

    Args:
        main: `questionnaire.yaml`, or the single YAML file.
    """
    source = read_source(main)
    review = check_source(source)
    if review is None:
        return Checked(None, in_order(source.diagnostics))
    check_meaning(review)
    sound = not has_errors(source.diagnostics)
    for advise in (check_wording, check_spelling, check_guidance, check_usage, check_influence):
        advise(review)
    if sound:
        check_attainment(review)
    found = in_order(source.diagnostics)
    open_findings, accepted = accept(found, review.accepted, source)
    return Checked(review.questionnaire if sound else None, in_order(open_findings), tuple(accepted))


def check_guidance(review: Review) -> None:
    """Report items without guidance, ambiguous directions and not applicable without a policy."""
    for measurement in review.questionnaire.measurements:
        for item in measurement.items:
            if not _is_guided(measurement, item):
                review.item(measurement, item, codes.NO_GUIDANCE, "id")
            if item.direction is Direction.AMBIGUOUS:
                review.item(measurement, item, codes.AMBIGUOUS_DIRECTION, "direction")
        _check_not_applicable(review, measurement)


def _is_guided(measurement: Measurement, item: Item) -> bool:
    if measurement.collects is Collects.RESPONDENTS:
        return True
    if measurement.collects is Collects.INDICATORS and item.definition is not None:
        return True
    return item.evidence is not None or item.help is not None


def _check_not_applicable(review: Review, measurement: Measurement) -> None:
    scales = review.questionnaire.scales
    offering = [
        item
        for item in measurement.items
        if item.scale in scales and scales[item.scale].not_applicable is not None
    ]
    if not offering:
        return
    written = review.source.has((*review.paths.measurements[measurement.id], "not_applicable"))
    about = {"id": measurement.id, "scale": offering[0].scale}
    if not written:
        review.measurement(measurement, codes.NOT_APPLICABLE_WITHOUT_POLICY, "id", **about)
    elif measurement.not_applicable.policy == "forbid":
        review.measurement(measurement, codes.NOT_APPLICABLE_OFFERED_BUT_FORBIDDEN, "not_applicable", **about)


def check_influence(review: Review) -> None:
    """Report weights without effect and single parts."""
    for measurement in review.questionnaire.measurements:
        weighed = {part.id for node in measurement.nodes if _weighs(node) for part in parts_of(node)}
        for node in measurement.nodes:
            _check_single(review, measurement, node)
            for part in node.children:
                _check_weight(review, measurement, part, weighed)
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
    review.part(measurement, part, codes.WEIGHT_WITHOUT_EFFECT, "weight")


def _check_index(review: Review) -> None:
    rule = review.questionnaire.index
    alone = len(rule.weights) == 1 and rule.rule is not Rule.SUM
    for name, weight in rule.weights.items():
        if weight == 0 or (weight != 1 and (alone or rule.rule in _UNWEIGHTED)):
            review.at(codes.WEIGHT_WITHOUT_EFFECT, ("index", "weights", name), id=name)


def check_meaning(review: Review) -> None:
    """Report nodes whose title or kind differs from that of an earlier one with the same id."""
    first: dict[str, tuple[Node, yaml.Path]] = {}
    for measurement in review.questionnaire.measurements:
        for node in measurement.nodes[1:]:
            path = review.paths.nodes[measurement.id, node.id]
            known, known_path = first.setdefault(node.id, (node, path))
            if (known.title, known.kind) != (node.title, node.kind):
                place = review.source.at(known_path)
                where = str(Location(place.file, line=place.line))
                review.source.report(
                    codes.MEANING_DIFFERS, (*path, "id"), {"id": node.id, "first": where}, node.id
                )


def check_usage(review: Review) -> None:
    """Report scales, units, shared nodes, kinds, segments and reasons that nothing uses."""
    questionnaire = review.questionnaire
    measurements = questionnaire.measurements
    items = [item for measurement in measurements for item in measurement.items]
    scales = {item.scale for item in items}
    for measurement in measurements:
        scales |= {name for name in (measurement.range_scale, measurement.criterion_scale) if name}
    _report(review, "scales", questionnaire.scales, scales)
    _report(review, "units", (unit.id for unit in questionnaire.units), {item.unit for item in items})
    nodes = {node.id for measurement in measurements for node in measurement.nodes}
    written = review.source.value
    shared = child(written, "nodes") if isinstance(written, dict) and "nodes" in written else {}
    _report(review, "nodes", shared if isinstance(shared, dict) else (), nodes)
    collected = {measurement.collects for measurement in measurements}
    reasoned = Collects.INDICATORS in collected or any(
        item.scale in questionnaire.scales and asks_for_reasons(measurement, questionnaire.scales[item.scale])
        for measurement in measurements
        for item in measurement.items
    )
    for table, entries, used in (
        ("segments", questionnaire.segments, Collects.RESPONDENTS in collected),
        ("no_data_reasons", questionnaire.no_data_reasons, reasoned),
    ):
        if not used:
            _report(review, table, (entry.id for entry in entries), set())
    for measurement in measurements:
        kinds = {node.kind for node in measurement.nodes}
        for (owner, kind), path in review.paths.kinds.items():
            if owner == measurement.id and kind not in kinds:
                review.at(codes.UNUSED_ENTRY, path, id=kind, table="kinds")


def _report(review: Review, table: str, names: Iterable[str], used: set[str] | set[str | None]) -> None:
    written = review.source.value
    entries = written.get(table) if isinstance(written, dict) else None
    for position, name in enumerate(names):
        if name not in used:
            path = (table, name if isinstance(entries, dict) else position)
            review.source.report(codes.UNUSED_ENTRY, path, {"id": name, "table": table}, name)
