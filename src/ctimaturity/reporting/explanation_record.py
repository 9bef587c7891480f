"""The tree of a score as a record for a script: English keys and full precision in every language."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from ctimaturity.model.attribute import attributes
from ctimaturity.model.number import decimal_text
from ctimaturity.reporting.origin import Origin
from ctimaturity.reporting.what_if import movable

if TYPE_CHECKING:
    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.ruling import Ruled
    from ctimaturity.reporting.calculation import CalculationTerm
    from ctimaturity.reporting.explanation import Branch, Explanation, WhatIfContrast


def explanation_record(explanation: Explanation) -> dict[str, object]:
    """The whole tree."""
    row = explanation.row
    return {
        "entity_code": row.entity.code,
        "entity_name": row.entity.name,
        "status": row.status.value,
        "rank": row.rank,
        "nodes": [_branch(branch, verified=explanation.verified) for branch in explanation.branches],
        **({"what_if": _what_if(explanation.contrast)} if explanation.contrast else {}),
    }


def _branch(branch: Branch, *, verified: bool) -> dict[str, object]:
    numbers, made, origin = branch.numbers, branch.made, branch.origin or Origin()
    place, source = numbers.place, branch.response.source if branch.response else None
    measured = ("survey" if origin.survey else "workbook") if origin.file else None
    record: dict[str, object] = {
        "depth": branch.depth,
        **attributes(place, "measurement", "node", "kind"),
        "title": branch.title,
        "score": numbers.score,
        "scale_min": float(place.scale_min),
        "scale_max": float(place.scale_max),
        "level": numbers.level,
        "level_name": branch.level_name,
        **attributes(numbers, "coverage", "low", "high", "n", "staged_level"),
        "weight": branch.weight,
        **attributes(numbers, "weight_effective", "state"),
        "basis": branch.basis,
        "range": _range(branch.range) if branch.range else None,
        "origin": source.origin if source else measured,
        "file": source.file if source else origin.file,
        "bases": dict(origin.bases),
        "reference": origin.reference,
        "rule": branch.rule,
        "parts": [_part(term) for term in made.terms] if made else [],
        "before_gates": made.result if made else None,
        "counted": made.score if made else numbers.score,
    }
    if verified:
        record["score_reported"] = (branch.reported or numbers).score
        record["rulings"] = [_ruling(ruled) for ruled in branch.rulings]
    if branch.before:
        record["before"] = movable(branch.before)
    return record


def _part(term: CalculationTerm) -> dict[str, object]:
    """A part: its own number, what the rule takes of it, and whether it is published on its own."""
    return {
        "node": term.node,
        "weight": format(term.weight, "f"),
        **attributes(term, "score", "value", "withheld"),
    }


def _range(covered: ReferenceRange) -> dict[str, object]:
    return {
        "direction": covered.direction.value,
        "cuts": [decimal_text(cut) for cut in covered.cuts],
        "side": "worse" if covered.worse_on_cut else "better",
        **attributes(covered, "unit", "grouping", "group", "source", "year"),
    }


def _ruling(ruled: Ruled) -> dict[str, object]:
    return {
        "part": ruled.ruling.part,
        "decision": ruled.decision.value,
        **attributes(ruled, "reported", "verified"),
        **attributes(ruled.ruling, "reason", "date"),
    }


def _what_if(contrast: WhatIfContrast) -> dict[str, object]:
    before, after = contrast.size
    return {
        "settings": [asdict(setting) for setting in contrast.settings],
        "status_before": contrast.row.status.value,
        "rank_before": contrast.row.rank,
        "ranked_before": before,
        "ranked": after,
        "changes": [
            {
                **attributes(new.numbers.place, "measurement", "node"),
                "before": movable(old),
                "after": movable(new),
            }
            for old, new in contrast.moved
        ],
    }
