"""Plans as workbooks that entities fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.phases import after_months
from ctimaturity.analysis.roadmap import earliest_date
from ctimaturity.language.catalogue import translate
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.roadmap import PlanLine
from ctimaturity.model.text import in_language
from ctimaturity.workbook.plan_layout import KIND
from ctimaturity.workbook.plan_writer import write_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.workflows.roadmap import Roadmaps


def write_plans(folder: Path, found: Roadmaps, names: Mapping[str, str], language: str) -> None:
    """Write the plan of every entity that has one.

    Args:
        folder: Is made where there is a plan.
        found: The roadmaps.
        names: A file name for each code.
        language: Of all texts.
    """
    questionnaire = found.assessment.questionnaire
    checklist = list(_checklist(found, language))
    for each in found.roadmaps:
        if not each.plan:
            continue
        folder.mkdir(exist_ok=True)
        entity = each.row.entity
        identity = {
            "kind": KIND,
            "questionnaire": questionnaire.id,
            "edition": questionnaire.edition,
            "version": questionnaire.version,
            "definition_hash": definition_hash(questionnaire),
            "language": language,
            "entity_code": entity.code,
            "entity_name": entity.name,
            "round": str(found.assessment.options.get("round") or ""),
        }
        heading = translate("Plan of action: {name}", language).format(name=entity.name or entity.code)
        lines = list(plan_lines(found, each, language))
        kept = {key: value for key, value in identity.items() if value}
        others = list(left_out(found, each, language))
        write_plan(folder / f"{names[entity.code]}.xlsx", heading, lines, kept, checklist, language, others)


def plan_lines(found: Roadmaps, each: Roadmap, language: str) -> Iterator[PlanLine]:
    """The actions of a plan as lines of a workbook, in the order in which they are to be done."""
    actions = {action.item.id: action for action in each.actions}
    scales = found.assessment.questionnaire.scales
    for one in each.plan:
        item, node = one.opening.item, one.opening.node
        option = scales[item.scale].by_code.get(one.choice.value)
        step = next(step for step in one.opening.steps if step.value == one.choice.value)
        first = actions[item.id]
        reach = (step.points - one.opening.score) / (first.step.points - one.opening.score)
        yield PlanLine(
            item=item.id,
            text=in_language(item.text, language),
            node=f"{node.id} · {in_language(node.title, language)}",
            to=in_language(option.label, language) if option else one.choice.value,
            effort=one.choice.effort,
            phase=_phase(found, one, language),
            gain=float(first.gain_measurement * reach),
            asked=in_language(item.evidence, language),
            owner=found.effort.owners.get(item.id, ""),
            due=due_date(found, each, one),
        )


def left_out(found: Roadmaps, each: Roadmap, language: str) -> Iterator[tuple[PlanLine, str]]:
    """The next steps that the plan leaves out, with the numbers of the other sets that have the item."""
    scales = found.assessment.questionnaire.scales
    planned = {one.choice.item for one in each.plan}
    sets = each.least.sets if each.least is not None else ()
    for action in each.actions:
        item, node = action.item, action.opening.node
        if item.id in planned:
            continue
        option = scales[item.scale].by_code.get(action.step.value)
        having = [
            str(number) for number, chosen in enumerate(sets, 1) if any(c.item == item.id for c in chosen)
        ]
        line = PlanLine(
            item=item.id,
            text=in_language(item.text, language),
            node=f"{node.id} · {in_language(node.title, language)}",
            to=in_language(option.label, language) if option else action.step.value,
            effort=action.step.effort,
            gain=float(action.gain_measurement),
        )
        yield line, ", ".join(having)


def _phase(found: Roadmaps, one: Planned, language: str) -> str:
    if not found.phases:
        return ""
    if one.phase is None:
        return translate("Beyond the horizon", language)
    phase = found.phases[one.phase]
    return translate("{start}–{end} months", language).format(start=phase.start, end=phase.end)


def due_date(found: Roadmaps, each: Roadmap, one: Planned) -> date | None:
    """Until when an action is to be done: the end of its phase, or the date of a target that it serves.

    The earlier of the two counts. Without a beginning of the plan phases have no dates.
    """
    by = earliest_date(each.aims, each.planned_for, one.choice)
    dates = [] if by is None else [by]
    if found.start is not None and one.phase is not None:
        dates.append(after_months(found.start, found.phases[one.phase].end))
    return min(dates, default=None)


def _checklist(found: Roadmaps, language: str) -> Iterator[tuple[str, ...]]:
    titles = {
        node.id: in_language(node.title, language)
        for measurement in found.assessment.questionnaire.measurements
        for node in measurement.nodes
    }
    for entry in found.frame.checklist:
        yield (
            titles.get(entry.node, entry.node),
            f"{entry.id} · {in_language(dict(entry.name), language)}",
            in_language(dict(entry.text), language),
            entry.standards,
        )
