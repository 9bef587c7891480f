"""What documents are told about an assessment beside its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.definitions.hashes import definition_hash, scoring_hash
from ctimaturity.indicators.divipola import divipola
from ctimaturity.reporting.provenance import Provenance

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment


def provenance_of(assessment: Assessment) -> Provenance:
    """Where the numbers come from: tool, definition, round."""
    questionnaire = assessment.questionnaire
    return Provenance(
        tool_version=__version__,
        definition_hash=definition_hash(questionnaire),
        scoring_hash=scoring_hash(questionnaire),
        round=str(assessment.options.get("round") or ""),
    )


def departments_of(assessment: Assessment) -> dict[str, str]:
    """The department of each entity whose code is one of DIVIPOLA's."""
    table = divipola()
    found = {row.entity.code: table.find(row.entity.code) for row in assessment.index.rows}
    return {code: place.department_title for code, place in found.items() if place is not None}
