"""Everything that a careful reviewer would say of a definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.acceptance import accept
from ctimaturity.definitions.attainment import check_attainment
from ctimaturity.definitions.guidance import check_guidance
from ctimaturity.definitions.influence import check_influence
from ctimaturity.definitions.load import check_source, read_source
from ctimaturity.definitions.meaning import check_meaning
from ctimaturity.definitions.review import Review
from ctimaturity.definitions.spelling import check_spelling
from ctimaturity.definitions.usage import check_usage
from ctimaturity.definitions.wording import check_wording
from ctimaturity.diagnostics.diagnostic import has_errors, in_order

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.definitions.acceptance import Accepted
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire


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
    resolution = check_source(source)
    if resolution is None:
        return Checked(None, in_order(source.diagnostics))
    review = Review(resolution, source)
    check_meaning(review)
    sound = not has_errors(source.diagnostics)
    for advise in (check_wording, check_spelling, check_guidance, check_usage, check_influence):
        advise(review)
    if sound:
        check_attainment(review)
    found = in_order(source.diagnostics)
    open_findings, accepted = accept(found, resolution.accepted, source)
    return Checked(
        resolution.questionnaire if sound else None,
        in_order(open_findings),
        tuple(accepted),
    )
