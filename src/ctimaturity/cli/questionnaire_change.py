"""`cti questionnaire diff` and `cti questionnaire migrate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.words import _

OldArgument = Annotated[
    str, typer.Argument(metavar="OLD", help=_("The earlier definition: ID@EDITION[@VERSION] or a path."))
]
NewArgument = Annotated[
    str, typer.Argument(metavar="NEW", help=_("The later definition: ID@EDITION[@VERSION] or a path."))
]
WorkbooksOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--workbooks",
        metavar="PATH",
        help=_("Returned workbooks, or a folder of them, scored with both definitions; repeatable."),
    ),
]
SyntheticOption = Annotated[
    int,
    typer.Option(
        "--synthetic", min=0, metavar="N", help=_("Score this many invented entities with both definitions.")
    ),
]
ChangeFormatOption = Annotated[
    Literal["text", "json", "md"],
    typer.Option("--format", "-f", help=_("How it is written; md is a comment for a pull request.")),
]


def diff(
    old: OldArgument,
    new: NewArgument,
    workbooks: WorkbooksOption = None,
    synthetic: SyntheticOption = 0,
    entities: shared.EntitiesOption = None,
    keep: shared.KeepOption = None,
    output_format: ChangeFormatOption = "text",
    findings_format: shared.FindingsOption = "text",
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Tell what changed between two definitions, and what it does to entities."""
    from ctimaturity.reporting.change_report import ChangeReport, render_changes
    from ctimaturity.workflows.options import ReadingOptions
    from ctimaturity.workflows.questionnaire_diff import DiffRequest, diff_definitions

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    request = DiffRequest(tuple(workbooks or ()), synthetic, chosen(ReadingOptions, locals()))
    with job.work(_("Reading workbooks")) as advance:
        found = diff_definitions(old, new, request, advance)
    report = ChangeReport(found.difference, found.old, found.new, found.impact)
    words = job.language_of(output_format)
    typer.echo(render_changes(report, output_format, words), nl=False)
    job.tell(found.diagnostics)
    job.end(found.diagnostics)


WorkbookArgument = Annotated[
    Path, typer.Argument(metavar="WORKBOOK", help=_("A returned workbook; it is only read."))
]
ToOption = Annotated[
    str,
    typer.Option(
        "--to", metavar="ID@EDITION|PATH", help=_("The definition of the new workbook: ID@EDITION or a path.")
    ),
]
OutOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="OUT", help=_("The new workbook, or a folder to put it in."))
]
MigrationFormatOption = Annotated[
    Literal["text", "json", "md"],
    typer.Option("--format", "-f", help=_("How the report is written to standard output.")),
]
ForceOption = Annotated[bool, typer.Option("--force", help=_("Replace a workbook that exists."))]


def migrate(
    workbook: WorkbookArgument,
    to: ToOption,
    out: OutOption,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    round_label: shared.RoundOption = None,
    output_format: MigrationFormatOption = "text",
    findings_format: shared.FindingsOption = "text",
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    force: ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Make a workbook of another definition with every answer that still means the same."""
    from ctimaturity.reporting.migration_report import MigrationReport, render_migration
    from ctimaturity.workflows.questionnaire_migrate import MigrationRequest, migrate_workbook

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    request = MigrationRequest(
        to=to,
        source=questionnaire,
        entities=entities,
        round_label=round_label or "",
        language=job.asked or "",
        force=force,
    )
    with job.work():
        done = migrate_workbook(workbook, out, request)
    report = MigrationReport(done.old, done.new, done.passages)
    words = job.language_of(output_format)
    typer.echo(render_migration(report, output_format, words), nl=False)
    job.tell(done.diagnostics, done.given)
    job.written(done.target)
    job.end(done.diagnostics)
