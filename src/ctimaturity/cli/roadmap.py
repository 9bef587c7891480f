"""`cti roadmap PATH` and `cti roadmap update PLAN...`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer.core import TyperGroup

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.words import _, terminal_language
from ctimaturity.language.numbers import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctimaturity.analysis.roadmap import Roadmap
    from ctimaturity.cli.usage import AnyContext
    from ctimaturity.workflows.roadmap import Roadmaps

LONGEST = 40
"""Rows that a terminal gets; the rest is in the files."""
_LONGEST_HORIZON = 600


class PlanGroup(TyperGroup):
    """`cti roadmap PATH` makes roadmaps: what is no command of the group is a path for the command `plan`."""

    default = "plan"

    def parse_args(self, ctx: AnyContext, args: list[str]) -> list[str]:
        """Put the command's name in front where it was left out."""
        if args and args[0] not in self.commands:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=PlanGroup, rich_markup_mode=None)


RoadmapFormat = StrEnum("RoadmapFormat", ("csv", "md", "html", "xlsx"))

TargetOption = Annotated[
    str,
    typer.Option(
        "--target",
        metavar="LEVEL|FILE",
        help=_("Level aimed for, by number or name, or a file of targets; the next level without it."),
    ),
]
HorizonOption = Annotated[
    str,
    typer.Option(
        "--horizon", metavar="MONTHS", help=_("Ends of the phases in months, such as 6,18,36 (the default).")
    ),
]
LimitOption = Annotated[
    str,
    typer.Option(
        "--limit", metavar="EFFORT", help=_("Most effort of a phase: one number, or one for each (20,40,40).")
    ),
]
EffortOption = Annotated[
    Path | None,
    typer.Option("--effort", metavar="FILE", help=_("Efforts and owners of actions (YAML).")),
]
StartOption = Annotated[
    str, typer.Option("--start", metavar="DATE", help=_("First day of the plans: gives phases their dates."))
]
EntityOption = Annotated[
    list[str] | None,
    typer.Option(
        "--entity", metavar="CODE", help=_("Only the roadmap of this entity; repeatable; all without it.")
    ),
]
OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the roadmaps: new, empty or one of ours.")),
]
FormatOption = Annotated[
    list[RoadmapFormat] | None,
    typer.Option(
        "--format",
        "-f",
        help=_("csv, md, html, xlsx: plans to fill in; repeatable; all four unless said otherwise."),
    ),
]


@app.command(
    "plan",
    help=_("Work out what to do next and what it brings; `cti roadmap update` reads plans that come back."),
)
def plan(
    path: shared.ResultsOrWorkbooks,
    target: TargetOption = "",
    horizon: HorizonOption = "",
    most: LimitOption = "",
    effort: EffortOption = None,
    start: StartOption = "",
    entity: EntityOption = None,
    out: OutOption = Path("cti-roadmap"),
    formats: FormatOption = None,
    csv_dialect: shared.BriefDialectOption = "standard",
    theme: shared.ThemeOption = None,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    measurements: shared.MeasurementsOption = None,
    results_basis: shared.BasisOption = None,
    reference: shared.ReferenceOption = None,
    statistics: shared.StatisticsOption = None,
    keep: shared.KeepOption = None,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Work out what to do next and what it brings."""
    ends, limits, beginning = _ends(horizon), _limits(most), _day(start, "--start")
    if ends and len(limits) > 1 and len(limits) != len(ends):
        raise typer.BadParameter(_("one number, or one for each phase"), param_hint="--limit")
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.roadmap import RoadmapOptions
    from ctimaturity.workflows.roadmap import roadmap as work_out
    from ctimaturity.workflows.roadmap_files import write_roadmaps

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    scoring = chosen(ScoreOptions, locals(), language=job.language)
    options = RoadmapOptions(scoring, target, ends, limits, effort, beginning, tuple(entity or ()))
    with job.work(_("Working out roadmaps")) as advance:
        roadmaps = work_out(path, options, advance)
        write_roadmaps(roadmaps, out, scoring)
    job.tell(roadmaps.diagnostics)
    if not quiet:
        _summary(roadmaps, job)
        job.written(out)
    job.end(roadmaps.diagnostics)


def _ends(written: str) -> tuple[int, ...]:
    """The ends of the phases.

    Raises:
        BadParameter: They are no months that follow each other.
    """
    ends = _wholes(written, "--horizon")
    if any(later <= earlier for earlier, later in zip((0, *ends), ends, strict=False)) or (
        ends and ends[-1] > _LONGEST_HORIZON
    ):
        raise typer.BadParameter(_("months that follow each other, such as 6,18,36"), param_hint="--horizon")
    return ends


def _day(written: str, option: str) -> date | None:
    """A day; None without one.

    Raises:
        BadParameter: It is none.
    """
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(_("a date such as 2027-12-31"), param_hint=option) from error


def _limits(written: str) -> tuple[int, ...]:
    """The most effort of each phase.

    Raises:
        BadParameter: They are no whole numbers, or leave room in no phase.
    """
    limits = _wholes(written, "--limit")
    if limits and not any(limits):
        raise typer.BadParameter(_("at least one phase has to have room"), param_hint="--limit")
    return limits


def _wholes(written: str, option: str) -> tuple[int, ...]:
    parts = [part.strip() for part in written.split(",")] if written else []
    if not all(part.isascii() and part.isdigit() and len(part) < len("1000000") for part in parts):
        raise typer.BadParameter(_("whole numbers with commas between them"), param_hint=option)
    return tuple(int(part) for part in parts)


PlanPaths = Annotated[
    list[Path], typer.Argument(metavar="PLAN...", help=_("Plans that came back, or folders of them."))
]
DateOption = Annotated[
    str,
    typer.Option("--date", metavar="DATE", help=_("Day that dates are compared with; today without it.")),
]
ShowOption = Annotated[
    Literal["text", "json", "csv", "md"],
    typer.Option("--format", "-f", help=_("text, json, csv or md, to standard output.")),
]


@app.command("update", help=_("Read plans that came back: what is done, what is late, what comes next."))
def update(
    paths: PlanPaths,
    day: DateOption = "",
    output_format: ShowOption = "text",
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Read plans that came back."""
    compared = _day(day, "--date") or date.today()  # noqa: DTZ011  (a plan's dates are those of its place)
    from ctimaturity.reporting.follow_up import render_follow_up
    from ctimaturity.workflows.roadmap_update import follow_lines
    from ctimaturity.workflows.roadmap_update import update as read_plans

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    with job.work(_("Reading plans")) as advance:
        follow = read_plans(paths, compared, advance)
    shown_in = job.language_of(output_format)
    typer.echo(render_follow_up(follow_lines(follow), follow.day, output_format, shown_in), nl=False)
    job.tell(follow.diagnostics, follow.given)
    job.end(follow.diagnostics)


def _summary(roadmaps: Roadmaps, job: Job) -> None:
    """The plan of each entity, in a line."""
    from ctimaturity.reporting.roadmap_words import RoadmapWords
    from ctimaturity.reporting.words import Words

    said = RoadmapWords(roadmaps.standpoint, Words(terminal_language()), roadmaps.phases)

    def by_target(text: Callable[[Roadmap, int], str]) -> Callable[[Roadmap], str]:
        """A line for each target that the plan aims for; nothing where there is no plan."""
        return lambda planned: (
            "\n".join(text(planned, at) for at in planned.planned_for) if _has_plan(planned) else MISSING
        )

    target = by_target(lambda planned, at: said.target_text(planned.aims[at]))
    columns = (
        (_("Code"), "left", lambda planned: planned.row.entity.code),
        (_("Entity"), "left", lambda planned: planned.row.entity.name),
        (
            _("Target"),
            "left",
            lambda planned: target(planned) if _has_plan(planned) else said.why_no_plan(planned),
        ),
        (_("Now"), "right", by_target(said.now_text)),
        (_("After"), "right", by_target(said.after_text)),
        (_("Actions"), "right", lambda planned: str(len(planned.plan)) if _has_plan(planned) else MISSING),
        (_("Effort"), "right", lambda planned: str(planned.least.effort) if _has_plan(planned) else MISSING),
    )
    job.table(_("Plans"), roadmaps.roadmaps, columns, most=LONGEST)


def _has_plan(planned: Roadmap) -> bool:
    return planned.least is not None and planned.outcome is not None
