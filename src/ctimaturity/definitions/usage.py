"""What is defined and used by nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.answers import asks_for_reasons
from ctimaturity.definitions.source import child
from ctimaturity.diagnostics import codes
from ctimaturity.model.rule import Collects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.definitions.review import Review


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
        for (owner, kind), path in review.resolution.kinds.items():
            if owner == measurement.id and kind not in kinds:
                review.at(codes.UNUSED_ENTRY, path, id=kind, table="kinds")


def _report(review: Review, table: str, names: Iterable[str], used: set[str] | set[str | None]) -> None:
    written = review.source.value
    entries = written.get(table) if isinstance(written, dict) else None
    for position, name in enumerate(names):
        if name not in used:
            path = (table, name if isinstance(entries, dict) else position)
            review.source.report(codes.UNUSED_ENTRY, path, {"id": name, "table": table}, name)
