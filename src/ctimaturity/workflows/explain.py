"""Explain the score of one entity, from workbooks or from a folder of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.reporting.explanation import Explanation, explanation_of
from ctimaturity.reporting.what_if import contrasted
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import load_or_score
from ctimaturity.workflows.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.assessment import Assessment


def explain(
    path: Path,
    entity: str | None = None,
    node: str | None = None,
    *,
    options: ScoreOptions | None = None,
    settings: Sequence[str] = (),
) -> Explanation | None:
    """The tree of one entity's score.

    Args:
        path: A returned workbook, a folder of them, or a result folder.
        entity: Its code; needed where there are several.
        node: Id of a node or item; the whole index without one.
        options: As for scoring; ignored for a result folder, which carries its own.
        settings: What if: answers set otherwise, each `ITEM=ANSWER` or `ITEM.PART=ANSWER`.

    Returns:
        None when there is no such entity, or several and none was named.

    Raises:
        JobError: Nothing could be read or scored, or a setting does not fit.
    """
    chosen = options or ScoreOptions()
    assessment = load_or_score(path, chosen, None if settings else entity)
    code = chosen_entity(assessment, entity)
    return explained(assessment, code, node, chosen.language, settings)[0] if code else None


def explained(
    assessment: Assessment, code: str, node: str | None, language: str, settings: Sequence[str] = ()
) -> tuple[Explanation | None, tuple[Diagnostic, ...]]:
    """The tree of an entity of what was scored, and what was found about the settings of a what-if.

    Raises:
        JobError: A setting does not fit.
    """
    if not settings:
        return explanation_of(assessment, code, node, language), ()
    changed = what_if(assessment, code, settings, language)
    explanation = contrasted(changed.before, changed.after, code, changed.settings, node, language)
    return explanation, changed.diagnostics


def chosen_entity(assessment: Assessment, wanted: str | None) -> str | None:
    """The code that is meant: the one that was named, or the only one there is."""
    codes = [row.entity.code for row in assessment.index.rows]
    if wanted is None:
        return codes[0] if len(codes) == 1 else None
    return wanted if wanted in codes else None
