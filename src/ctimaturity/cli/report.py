"""`cti report`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.options import (
    BasisOption,
    EntitiesOption,
    FindingsFormat,
    FindingsOption,
    ForceOption,
    GroupOption,
    JobsOption,
    KeepOption,
    LanguageOption,
    LimitOption,
    MeasurementsOption,
    NoColorOption,
    PreviousOption,
    QuestionnaireOption,
    QuietOption,
    ReferenceOption,
    ResultsOrWorkbooks,
    RoundOption,
    RulingsOption,
    StatisticsOption,
    StrictOption,
    ThemeOption,
)
from ctimaturity.cli.words import _, counted

if TYPE_CHECKING:
    from ctimaturity.workflows.report import Report


class ReportFormat(StrEnum):
    """What a report can be made of."""

    HTML = "html"
    PDF = "pdf"
    FORMULAS = "formulas"
    PARQUET = "parquet"


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
    path: ResultsOrWorkbooks,
    out: OutOption = Path("cti-report"),
    formats: FormatOption = None,
    entity: EntityOption = None,
    publish: PublishOption = False,
    theme: ThemeOption = None,
    previous: PreviousOption = None,
    questionnaire: QuestionnaireOption = None,
    entities: EntitiesOption = None,
    group: GroupOption = None,
    measurements: MeasurementsOption = None,
    results_basis: BasisOption = None,
    reference: ReferenceOption = None,
    statistics: StatisticsOption = None,
    rulings: RulingsOption = None,
    round_label: RoundOption = None,
    keep: KeepOption = None,
    language: LanguageOption = None,
    findings_format: FindingsOption = FindingsFormat.TEXT,
    strict: StrictOption = False,
    jobs: JobsOption = None,
    limit: LimitOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Write the page of the index and the dossier of each entity."""
    from ctimaturity.workflows.report import ReportOptions
    from ctimaturity.workflows.report import report as write_report
    from ctimaturity.workflows.score import ScoreOptions

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    scoring = chosen(ScoreOptions, locals(), language=job.language)
    options = ReportOptions(
        scoring=scoring,
        formats=tuple(dict.fromkeys(form.value for form in formats))
        if formats
        else (ReportFormat.HTML.value,),
        entities=tuple(entity or ()),
        previous=previous,
        theme=theme,
        publish=publish,
        force=force,
    )
    with job.work(_("Writing dossiers")) as advance:
        written = write_report(path, out, options, advance)
    job.tell(written.diagnostics)
    _say_what_was_written(written, out, job)
    job.end(written.diagnostics)


def _say_what_was_written(written: Report, out: Path, job: Job) -> None:
    text = counted("{count} file written", "{count} files written", written.files)
    job.say(f"{text}: {out.as_posix()}")
    if written.page is not None:
        page = written.page.resolve().as_uri()
        job.say(_("Open the page in a browser: {page}").format(page=page))
