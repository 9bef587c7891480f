"""`cti questionnaire diff`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _


class ChangeFormat(StrEnum):
    """How the difference is written."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


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
FormatOption = Annotated[
    ChangeFormat,
    typer.Option("--format", "-f", help=_("How it is written; md is a comment for a pull request.")),
]


def diff(
    old: OldArgument,
    new: NewArgument,
    workbooks: WorkbooksOption = None,
    synthetic: SyntheticOption = 0,
    entities: shared.EntitiesOption = None,
    keep: shared.KeepOption = None,
    output_format: FormatOption = ChangeFormat.TEXT,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Tell what changed between two definitions, and what it does to entities."""
    from ctimaturity.reporting.change_report import ChangeReport, render_changes
    from ctimaturity.workflows.questionnaire_diff import DiffRequest, diff_definitions

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    request = DiffRequest(
        workbooks=tuple(workbooks or ()), synthetic=synthetic, entities=entities, keep=keep, jobs=jobs
    )
    with job.work(_("Reading workbooks")) as advance:
        found = diff_definitions(old, new, request, advance)
    report = ChangeReport(found.difference, found.old, found.new, found.impact)
    words = job.language_of(output_format)
    typer.echo(render_changes(report, output_format.value, words), nl=False)
    job.tell(found.diagnostics)
    job.end(found.diagnostics)
