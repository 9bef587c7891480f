"""`cti questionnaire migrate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _


class ReportFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


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
FormatOption = Annotated[
    ReportFormat, typer.Option("--format", "-f", help=_("How the report is written to standard output."))
]
ForceOption = Annotated[bool, typer.Option("--force", help=_("Replace a workbook that exists."))]


def migrate(
    workbook: WorkbookArgument,
    to: ToOption,
    out: OutOption,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    round_label: shared.RoundOption = None,
    output_format: FormatOption = ReportFormat.TEXT,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
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
        language=job.spoken or "",
        force=force,
    )
    with job.work():
        done = migrate_workbook(workbook, out, request)
    report = MigrationReport(done.old, done.new, done.passages)
    words = job.language_of(output_format)
    typer.echo(render_migration(report, output_format.value, words), nl=False)
    job.tell(done.diagnostics, done.given)
    job.written(done.target)
    job.end(done.diagnostics)
