"""`cti score`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli.exclusion import SECONDS, ExcludeOption, SecondsOption
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.options import (
    BasisOption,
    ContactOption,
    Dialect,
    DialectOption,
    EntitiesOption,
    FindingsFormat,
    FindingsOption,
    ForceOption,
    GroupOption,
    JobsOption,
    KeepOption,
    LanguageOption,
    LimitOption,
    MaybeWorkbookPaths,
    MeasurementsOption,
    NoColorOption,
    PreviousOption,
    QuestionnaireOption,
    QuietOption,
    ReferenceOption,
    ReplyByOption,
    ResultFormat,
    RoundOption,
    RulingsOption,
    StatisticsOption,
    StrictOption,
    SurveyOption,
    ThemeOption,
)
from ctimaturity.cli.words import _

OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the results: new, empty or one of ours.")),
]
FormatOption = Annotated[
    list[ResultFormat] | None,
    typer.Option("--format", "-f", help=_("What to write; repeatable; csv, md, html and xlsx without it.")),
]

LettersOption = Annotated[
    bool,
    typer.Option("--letters", help=_("Also write a letter to each entity that is refused or incomplete.")),
]


def score(
    paths: MaybeWorkbookPaths = None,
    questionnaire: QuestionnaireOption = None,
    out: OutOption = Path("cti-out"),
    formats: FormatOption = None,
    entities: EntitiesOption = None,
    group: GroupOption = None,
    measurements: MeasurementsOption = None,
    results_basis: BasisOption = None,
    reference: ReferenceOption = None,
    statistics: StatisticsOption = None,
    round_label: RoundOption = None,
    keep: KeepOption = None,
    survey: SurveyOption = None,
    exclude: ExcludeOption = None,
    seconds: SecondsOption = SECONDS,
    rulings: RulingsOption = None,
    language: LanguageOption = None,
    csv_dialect: DialectOption = Dialect.STANDARD,
    theme: ThemeOption = None,
    previous: PreviousOption = None,
    letters: LettersOption = False,
    contact: ContactOption = None,
    reply_by: ReplyByOption = None,
    findings_format: FindingsOption = FindingsFormat.TEXT,
    strict: StrictOption = False,
    jobs: JobsOption = None,
    limit: LimitOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Score returned workbooks and write the ranked index."""
    from ctimaturity.cli.summary import print_summary
    from ctimaturity.workflows.letters import Correspondence
    from ctimaturity.workflows.outcome import FORMATS
    from ctimaturity.workflows.score import ScoreOptions
    from ctimaturity.workflows.score import score as score_workbooks

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    options = chosen(
        ScoreOptions,
        locals(),
        language=job.language,
        formats=tuple(dict.fromkeys(form.value for form in formats)) if formats else FORMATS,
        csv_dialect=csv_dialect.value,
        theme=theme,
        previous=previous,
        force=force,
        letters=Correspondence(job.language, theme, contact or "", reply_by or "", round_label or "")
        if letters
        else None,
    )
    if not paths and not survey:
        raise typer.BadParameter(_("name the workbooks, or a survey with --survey"), param_hint="PATH...")
    with job.work(_("Reading workbooks")) as advance:
        outcome = score_workbooks(paths or [], options, advance)
        outcome.write(out)
    job.tell(outcome.diagnostics, outcome.given)
    if not quiet:
        print_summary(outcome.assessment, out, options.formats, job)
    job.end(outcome.diagnostics)
