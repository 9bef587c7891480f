"""`cti report`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.words import _, counted

if TYPE_CHECKING:
    from ctimaturity.workflows.report import WrittenReport


ReportFormat = StrEnum("ReportFormat", ("html", "pdf", "formulas", "parquet"))

OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the report: new, empty or one of ours.")),
]
FormatOption = Annotated[
    list[ReportFormat] | None,
    typer.Option(
        "--format",
        "-f",
        help=_(
            "html (unless said otherwise), pdf, formulas: workbooks that work out the index,"
            " parquet: the open tables; repeatable."
        ),
    ),
]
EntityOption = Annotated[
    list[str] | None,
    typer.Option(
        "--entity", metavar="CODE", help=_("Only the dossier of this entity; repeatable; all without it.")
    ),
]
PublishOption = Annotated[
    bool,
    typer.Option("--publish", help=_("Also write public/, the folder that may go public.")),
]


def report(
    path: shared.ResultsOrWorkbooks,
    out: OutOption = Path("cti-report"),
    formats: FormatOption = None,
    entity: EntityOption = None,
    publish: PublishOption = False,
    theme: shared.ThemeOption = None,
    previous: shared.PreviousOption = None,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    group: shared.GroupOption = None,
    measurements: shared.MeasurementsOption = None,
    results_basis: shared.BasisOption = None,
    reference: shared.ReferenceOption = None,
    statistics: shared.StatisticsOption = None,
    rulings: shared.RulingsOption = None,
    round_label: shared.RoundOption = None,
    keep: shared.KeepOption = None,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    limit: shared.LimitOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Write the page of the index and the dossier of each entity."""
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.report import ReportOptions
    from ctimaturity.workflows.report import report as write_report

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    formats = formats or [ReportFormat.html]
    scoring = chosen(ScoreOptions, locals(), language=job.language)
    options = ReportOptions(scoring, tuple(entity or ()), previous, publish)
    with job.work(_("Writing dossiers")) as advance:
        written = write_report(path, out, options, advance)
    job.tell(written.diagnostics)
    _say_what_was_written(written, out, job)
    job.end(written.diagnostics)


def _say_what_was_written(written: WrittenReport, out: Path, job: Job) -> None:
    text = counted("{count} file written", "{count} files written", written.files)
    job.say(f"{text}: {out.as_posix()}")
    if written.page is not None:
        page = written.page.resolve().as_uri()
        job.say(_("Open the page in a browser: {page}").format(page=page))
