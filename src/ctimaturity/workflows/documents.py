"""What documents are told about an assessment beside its numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.indicators.divipola import divipola
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.model.entity import EntityCodes
from ctimaturity.reporting.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.model.assessment import Assessment

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 60


def provenance_of(assessment: Assessment) -> Provenance:
    """Where the numbers come from: tool, definition, round, reference ranges."""
    questionnaire, reference = assessment.questionnaire, assessment.reference
    return Provenance(
        tool_version=__version__,
        definition_hash=definition_hash(questionnaire),
        scoring_hash=scoring_hash(questionnaire),
        round=str(assessment.options.get("round") or ""),
        reference=reference.cited if reference else "",
        example=bool(reference and reference.example),
    )


def departments_of(assessment: Assessment) -> dict[str, str]:
    """The department of each entity whose code is one of DIVIPOLA's."""
    if assessment.questionnaire.coding is not EntityCodes.DIVIPOLA:
        return {}
    table = divipola()
    found = {row.entity.code: table.find(row.entity.code) for row in assessment.index.rows}
    return {code: place.department_title for code, place in found.items() if place is not None}


def file_names(codes: Sequence[str]) -> dict[str, str]:
    """A name of a file for each code, safe on every system, no two alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        base = _UNSAFE.sub("-", code).strip(".-")[:_LONGEST] or "x"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        names[code] = name
    return names
