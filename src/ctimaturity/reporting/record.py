"""The index as JSON for programs: unrounded, with English keys; docs/schema/index-1.json describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.model.attribute import attributes
from ctimaturity.model.score import PROFILE
from ctimaturity.model.text import in_language

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import GroupRank, Index, IndexRow, Place, Reason
    from ctimaturity.reporting.provenance import Provenance

SCHEMA = 1


def render_record(assessment: Assessment, provenance: Provenance, language: str) -> str:
    """The index, every node of every entity, and what was left out; no answers, no names of files.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: Of titles and names of levels.

    Returns:
        JSON with a line end at its end; the same assessment gives the same bytes.
    """
    questionnaire, index = assessment.questionnaire, assessment.index
    places = [(column, place) for column, place in enumerate(index.table.places) if not place.is_item]
    record = {
        "schema": SCHEMA,
        "kind": "index",
        "tool_version": provenance.tool_version,
        "language": language,
        "questionnaire": {
            **attributes(questionnaire, "id", "edition", "version"),
            **attributes(provenance, "definition_hash", "scoring_hash"),
            "title": in_language(questionnaire.title, language),
        },
        "round": visible(provenance.round),
        "reference": visible(provenance.reference),
        "reference_is_example": provenance.example,
        "measurements": list(index.measurements),
        "results_basis": index.results_basis,
        "groupings": list(index.groupings),
        "levels": _levels(questionnaire, language),
        "nodes": [_place(place, language) for _, place in places],
        "entities": [_entity(row, index, places) for row in index.rows],
        "awaited": [
            {"code": visible(code), "name": visible(assessment.awaited_names.get(code, ""))}
            for code in assessment.awaited
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def _levels(questionnaire: Questionnaire, language: str) -> list[dict[str, object]]:
    """Those of the index, from the one below the lowest."""
    levels = questionnaire.index.levels
    if levels is None:
        return []
    names = [levels.below, *(level.name for level in levels.names)]
    return [{"level": number, "name": in_language(name, language)} for number, name in enumerate(names)]


def _place(place: Place, language: str) -> dict[str, object]:
    return {
        **attributes(place, "measurement", "node", "kind", "parent"),
        "title": in_language(dict(place.titles), language),
        "scale_min": float(place.scale_min),
        "scale_max": float(place.scale_max),
    }


_OF_ROW = (
    "rank", "tied", "index", "level", "index_low", "index_high", "coverage", "index_harmonised",
    "respondents", "na_share", "dont_know_share",
)  # fmt: skip
_OF_SCORE = ("score", "level", "low", "high", "coverage", "staged_level", "weight_effective")


def _entity(row: IndexRow, index: Index, places: list[tuple[int, Place]]) -> dict[str, object]:
    return {
        **attributes(row, *_OF_ROW),
        "code": visible(row.entity.code),
        "name": visible(row.entity.name),
        "type": visible(row.entity.type),
        "status": row.status.value,
        "reasons": [_reason(reason) for reason in row.reasons],
        "weakest": list(row.weakest),
        "results_basis": [basis for basis in row.results_basis.split(";") if basis],
        "groups": {name: _group(group) for name, group in row.groups.items()},
        "scores": [_score(row, column, place, index) for column, place in places],
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {
        **attributes(reason, "rule", "measurement", "node"),
        "status": reason.status.value,
        "value": _number(reason.value),
        "threshold": _number(reason.threshold),
    }


def _group(group: GroupRank) -> dict[str, object]:
    return {**attributes(group, "rank", "tied", "size"), "group": visible(group.group)}


def _score(row: IndexRow, column: int, place: Place, index: Index) -> dict[str, object]:
    numbers = index.table.at(row.row, column)
    return {
        **attributes(place, "measurement", "node"),
        **attributes(numbers, *_OF_SCORE),
        "n": None if place.measurement == PROFILE else numbers.n,
    }


def _number(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124  (NaN is unlike itself)
