"""`cti score`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.exclusion import SECONDS, ExcludeOption, SecondsOption
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.words import _

OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the results: new, empty or one of ours.")),
]
FormatOption = Annotated[
    list[shared.ResultFormat] | None,
    typer.Option("--format", "-f", help=_("What to write; repeatable; csv, md, html and xlsx without it.")),
]

LettersOption = Annotated[
    bool,
    typer.Option("--letters", help=_("Also write a letter to each entity that is refused or incomplete.")),
]


def score(
    paths: shared.MaybeWorkbookPaths = None,
    questionnaire: shared.QuestionnaireOption = None,
    out: OutOption = Path("cti-out"),
    formats: FormatOption = None,
    entities: shared.EntitiesOption = None,
    group: shared.GroupOption = None,
    measurements: shared.MeasurementsOption = None,
    results_basis: shared.BasisOption = None,
    reference: shared.ReferenceOption = None,
    statistics: shared.StatisticsOption = None,
    round_label: shared.RoundOption = None,
    keep: shared.KeepOption = None,
    survey: shared.SurveyOption = None,
    exclude: ExcludeOption = None,
    seconds: SecondsOption = SECONDS,
    rulings: shared.RulingsOption = None,
    language: shared.LanguageOption = None,
    csv_dialect: shared.DialectOption = shared.Dialect.STANDARD,
    theme: shared.ThemeOption = None,
    previous: shared.PreviousOption = None,
    letters: LettersOption = False,
    contact: shared.ContactOption = None,
    reply_by: shared.ReplyByOption = None,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    limit: shared.LimitOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
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
