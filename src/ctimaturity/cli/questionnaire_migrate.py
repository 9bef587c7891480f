"""`cti questionnaire migrate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli.options import (
    EntitiesOption,
    FindingsFormat,
    FindingsOption,
    LanguageOption,
    NoColorOption,
    QuestionnaireOption,
    QuietOption,
    RoundOption,
    StrictOption,
)
from ctimaturity.cli.show import exit_status, fail, print_findings, say
from ctimaturity.cli.words import _, terminal_language


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
    questionnaire: QuestionnaireOption = None,
    entities: EntitiesOption = None,
    round_label: RoundOption = None,
    output_format: FormatOption = ReportFormat.TEXT,
    findings_format: FindingsOption = FindingsFormat.TEXT,
    language: LanguageOption = None,
    strict: StrictOption = False,
    force: ForceOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Make a workbook of another definition with every answer that still means the same."""
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.reporting.migration_report import MigrationReport, render_migration
    from ctimaturity.workflows.questionnaire_migrate import MigrationRequest, migrate_workbook

    spoken = language.value if language else None
    request = MigrationRequest(
        to=to,
        source=questionnaire,
        entities=entities,
        round_label=round_label or "",
        language=spoken or "",
        force=force,
    )
    try:
        done = migrate_workbook(workbook, out, request)
    except JobError as error:
        fail(error, findings_format.value, spoken)
    report = MigrationReport(done.old, done.new, done.passages)
    words = spoken or (terminal_language() if output_format is ReportFormat.TEXT else "es")
    typer.echo(render_migration(report, output_format.value, words), nl=False)
    print_findings(done.diagnostics, findings_format.value, spoken, done.given)
    if not quiet:
        say(f"{_('Written')}: {done.target.as_posix()}", no_color=no_color)
    raise typer.Exit(exit_status(done.diagnostics, strict=strict))
