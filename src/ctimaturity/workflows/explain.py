"""Explain the score of one entity, as it is or as it would be with some answers set otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.language.folding import nearest
from ctimaturity.model.rule import Collects
from ctimaturity.reporting.explanation import Explanation, explanation_of
from ctimaturity.reporting.what_if import contrasted
from ctimaturity.scoring.index import score
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import load_or_score
from ctimaturity.workflows.what_if import ChangedAnswers, ItemSetting, StatementSetting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.explanation import Setting


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


@dataclass(frozen=True)
class WhatIf:
    """An assessment as it is, and as it would be.

    Attributes:
        settings: What was set, in the order given.
        before: The assessment as it is.
        after: With the answers set otherwise, everybody ranked again.
        diagnostics: What is set and moves nothing.
    """

    settings: tuple[Setting, ...]
    before: Assessment
    after: Assessment
    diagnostics: tuple[Diagnostic, ...] = ()


def what_if(assessment: Assessment, entity: str, settings: Sequence[str], language: str = "es") -> WhatIf:
    """Set answers of one entity otherwise and score again.

    With rulings it is the answers that count, the verified ones, that are set otherwise.

    Args:
        assessment: What was scored.
        entity: Code of an entity of it.
        settings: Each `ITEM=ANSWER`, or `ITEM.PART=ANSWER` for one part of an indicator.
        language: Of what findings show.

    Raises:
        JobError: Some setting cannot be read or does not fit, each with its reason.
    """
    changed = ChangedAnswers(assessment, entity, language)
    made = _settled(changed, settings)
    if any(finding.code is not codes.SETTING_UNREAD for finding in changed.diagnostics):
        raise JobError(in_order(changed.diagnostics))
    answers = {**assessment.answers, entity: changed.answers}
    index = score(
        assessment.questionnaire,
        list(answers.values()),
        measurements=assessment.index.measurements,
        results_basis=assessment.index.results_basis or None,
        groupings=assessment.index.groupings,
        reference=assessment.reference,
    )
    after = replace(assessment, answers=answers, index=index, verification=None)
    return WhatIf(made, assessment, after, in_order(changed.diagnostics))


def _settled(changed: ChangedAnswers, written: Sequence[str]) -> tuple[Setting, ...]:
    """What is set, in the order given; what cannot be is among the findings."""
    if changed.answers.refused:
        changed.report(codes.SETTING_OF_REFUSED, changed.entity.code)
        return ()
    settings = [setting for text in written if (setting := _setting(changed, text)) is not None]
    times = Counter(setting.key for setting in settings)
    twice = {item for (item, _), count in times.items() if count > 1}
    # The mean of a statement over everybody says what it is in every segment.
    whole = {each.key[0] for each in settings if isinstance(each, StatementSetting) and not each.segment}
    twice |= {item for item in whole if sum(setting.key[0] == item for setting in settings) > 1}
    for item in sorted(twice):
        changed.report(codes.SETTING_TWICE, item)
    return tuple(made for setting in settings if (made := setting.settled()) is not None)


def _setting(changed: ChangedAnswers, written: str) -> ItemSetting | StatementSetting | None:
    name, equals, text = written.partition("=")
    item_id, point, part = (piece.strip() for piece in name.partition("."))
    if not equals or not item_id or (point and not part):
        changed.report(codes.SETTING_UNREADABLE, item_id, setting=quoted(written))
        return None
    questionnaire, entity = changed.questionnaire, changed.entity
    item = questionnaire.item_by_id.get(item_id)
    measurement = questionnaire.measurement_of_item[item_id] if item is not None else None
    if (
        item is None
        or measurement is None
        or not questionnaire.applies(item, entity.type, entity.code)
        or measurement.id not in changed.assessment.index.measurements
    ):
        near = nearest(item_id, questionnaire.item_by_id)
        offer = f" ({near}?)" if near not in {"", item_id} else ""
        changed.report(codes.SETTING_WITHOUT_ITEM, item_id, offer=offer)
        return None
    if measurement.collects is Collects.RESPONDENTS:
        return StatementSetting(changed, item, part, text.strip())
    setting = ItemSetting(changed, item, part, text.strip())
    parts = setting.entry.parts
    if setting.part not in parts:
        changed.report(codes.SETTING_PART_UNKNOWN, item_id, part=quoted(part), parts=", ".join(parts))
        return None
    return setting
