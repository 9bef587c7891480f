"""The files of roadmaps, format by format, in a folder put in place as a whole, with plans to fill in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.analysis.phases import after_months
from ctimaturity.analysis.roadmap import earliest_date
from ctimaturity.language.catalogue import translate
from ctimaturity.model.roadmap import PlanLine
from ctimaturity.model.text import in_language
from ctimaturity.reporting.page_templates import PageTemplates
from ctimaturity.reporting.roadmap import RoadmapPages
from ctimaturity.results.folder import new_folder
from ctimaturity.results.package import write_tables
from ctimaturity.results.roadmap_tables import RoadmapTables
from ctimaturity.workbook.plan_layout import KIND as PLAN
from ctimaturity.workbook.plan_writer import write_plan
from ctimaturity.workflows.documents import basis_record, file_names, provenance_of, theme_in, write_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from ctimaturity.analysis.actions import OpenItem
    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.roadmap import Roadmaps

KIND = "roadmap"
ENTITIES, PLANS = "entities", "plans"


def write_roadmaps(made: Roadmaps, out: Path, options: ScoreOptions) -> None:
    """Write the folder of roadmaps.

    Args:
        made: What was worked out.
        out: New, empty or one of ours.
        options: Formats, language, dialect and theme of the files, and whether the folder may hold someone
            else's.

    Raises:
        JobError: The folder cannot be written to, or the theme is broken; nothing was changed.
    """
    formats, language, provenance = options.formats, options.language, provenance_of(made.assessment)
    questionnaire, theme = made.assessment.questionnaire, theme_in(options.theme)
    names = file_names([roadmap.row.entity.code for roadmap in made.roadmaps])
    tables = RoadmapTables(
        made.standpoint, made.roadmaps, made.phases, made.effort, made.frame, language,
        dated=made.start is not None,
    ).tables()  # fmt: skip
    pages = RoadmapPages(
        made.assessment, made.standpoint, made.phases, made.effort, made.frame, provenance, language
    )
    with new_folder(out, KIND, _record(made, provenance, options), force=options.force) as folder:
        if "csv" in formats:
            write_tables(
                folder,
                questionnaire,
                tables,
                language,
                options.csv_dialect,
                description="Roadmaps: targets, actions and the least effort that reaches them",
                reference=made.assessment.reference,
            )
        if "xlsx" in formats:
            _write_plans(folder / PLANS, made, names, provenance, language)
        for form in ("md", "html"):
            if form in formats:
                templates = PageTemplates(theme) if form == "html" else None
                links = {code: f"{ENTITIES}/{name}.{form}" for code, name in names.items()}
                write_page(folder / f"index.{form}", pages.main(made.roadmaps, links), templates, language)
                for roadmap in made.roadmaps:
                    path = folder / ENTITIES / f"{names[roadmap.row.entity.code]}.{form}"
                    write_page(path, pages.entity(roadmap, f"../index.{form}"), templates, language)


def _record(made: Roadmaps, provenance: Provenance, options: ScoreOptions) -> dict[str, object]:
    """The manifest of roadmaps."""
    return {
        "definition": basis_record(made.assessment.questionnaire, provenance),
        "horizon": [phase.end for phase in made.phases],
        "limits": [phase.limit for phase in made.phases if phase.limit is not None],
        "start": made.start.isoformat() if made.start else "",
        "language": options.language,
        "formats": list(options.formats),
        "csv_dialect": options.csv_dialect,
    }


def _write_plans(
    folder: Path, made: Roadmaps, names: Mapping[str, str], provenance: Provenance, language: str
) -> None:
    """Write the plan of every entity that has one, as a workbook to fill in."""
    questionnaire = made.assessment.questionnaire
    checklist = list(_checklist(made, language))
    for roadmap in made.roadmaps:
        if not roadmap.plan:
            continue
        folder.mkdir(exist_ok=True)
        entity = roadmap.row.entity
        identity = {
            "kind": PLAN,
            "questionnaire": questionnaire.id,
            "edition": questionnaire.edition,
            "version": questionnaire.version,
            "definition_hash": provenance.definition_hash,
            "language": language,
            "entity_code": entity.code,
            "entity_name": entity.name,
            "round": provenance.round,
        }
        heading = translate("Plan of action: {name}", language).format(name=entity.name or entity.code)
        lines = list(_plan_lines(made, roadmap, language))
        kept = {key: value for key, value in identity.items() if value}
        others = list(_left_out(made, roadmap, language))
        write_plan(folder / f"{names[entity.code]}.xlsx", heading, lines, kept, checklist, language, others)


def _plan_lines(made: Roadmaps, roadmap: Roadmap, language: str) -> Iterator[PlanLine]:
    """The actions of a plan as lines of a workbook, in the order in which they are to be done."""
    actions = {action.item.id: action for action in roadmap.actions}
    for planned in roadmap.plan:
        opening, choice = planned.opening, planned.choice
        step = next(step for step in opening.steps if step.value == choice.value)
        first = actions[choice.item]
        reach = (step.points - opening.score) / (first.step.points - opening.score)
        yield replace(
            _line(made, opening, choice.value, choice.effort, language),
            phase=_phase(made, planned, language),
            gain=float(first.gain_measurement * reach),
            asked=in_language(opening.item.evidence, language),
            owner=made.effort.owners.get(choice.item, ""),
            due=_due_date(made, roadmap, planned),
        )


def _left_out(made: Roadmaps, roadmap: Roadmap, language: str) -> Iterator[tuple[PlanLine, str]]:
    """The next steps that the plan leaves out, with the numbers of the other sets that have the item."""
    in_plan = {planned.choice.item for planned in roadmap.plan}
    sets = roadmap.least.sets if roadmap.least is not None else ()
    for action in roadmap.actions:
        item, step = action.item.id, action.step
        if item not in in_plan:
            having = [
                str(number) for number, chosen in enumerate(sets, 1) if any(c.item == item for c in chosen)
            ]
            line = _line(made, action.opening, step.value, step.effort, language)
            yield replace(line, gain=float(action.gain_measurement)), ", ".join(having)


def _line(made: Roadmaps, opening: OpenItem, value: str, effort: int, language: str) -> PlanLine:
    """What an item is to become, and what that takes."""
    item, node = opening.item, opening.node
    option = made.assessment.questionnaire.scales[item.scale].by_code.get(value)
    return PlanLine(
        item=item.id,
        text=in_language(item.text, language),
        node=f"{node.id} · {in_language(node.title, language)}",
        to=in_language(option.label, language) if option else value,
        effort=effort,
    )


def _phase(made: Roadmaps, planned: Planned, language: str) -> str:
    if not made.phases:
        return ""
    if planned.phase is None:
        return translate("Beyond the horizon", language)
    phase = made.phases[planned.phase]
    return translate("{start}–{end} months", language).format(start=phase.start, end=phase.end)


def _due_date(made: Roadmaps, roadmap: Roadmap, planned: Planned) -> date | None:
    """Until when an action is to be done: the end of its phase, or the date of a target that it serves.

    The earlier of the two counts. Without a beginning of the plan phases have no dates.
    """
    by = earliest_date(roadmap.aims, roadmap.planned_for, planned.choice)
    dates = [] if by is None else [by]
    if made.start is not None and planned.phase is not None:
        dates.append(after_months(made.start, made.phases[planned.phase].end))
    return min(dates, default=None)


def _checklist(made: Roadmaps, language: str) -> Iterator[tuple[str, ...]]:
    titles = {
        node.id: in_language(node.title, language)
        for measurement in made.assessment.questionnaire.measurements
        for node in measurement.nodes
    }
    for entry in made.frame.checklist:
        yield (
            titles.get(entry.node, entry.node),
            f"{entry.id} · {in_language(dict(entry.name), language)}",
            in_language(dict(entry.text), language),
            entry.standards,
        )
