"""`cti score`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli.exclusion import SECONDS, ExcludeOption, SecondsOption, quality_rules
from ctimaturity.cli.options import (
    BasisOption,
    ContactOption,
    Dialect,
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
from ctimaturity.cli.show import exit_status, fail, print_findings, progress
from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from ctimaturity.workflows.score import ScoreOptions

OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the results: new, empty or one of ours.")),
]
FormatOption = Annotated[
    list[ResultFormat] | None,
    typer.Option("--format", "-f", help=_("What to write; repeatable; csv, md, html and xlsx without it.")),
]
DialectOption = Annotated[
    Dialect,
    typer.Option(
        "--csv-dialect", help=_("excel-es: CSV files that open in a Spanish Excel with a double click.")
    ),
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
    from ctimaturity.workflows.letters import Correspondence
    from ctimaturity.workflows.outcome import FORMATS
    from ctimaturity.workflows.score import ScoreOptions

    options = ScoreOptions(
        questionnaire=questionnaire,
        entities=entities,
        groups=tuple(group or ()),
        measurements=tuple(part.strip() for part in measurements.split(",")) if measurements else None,
        results_basis=results_basis.value if results_basis else None,
        reference=reference,
        statistics=statistics,
        round_label=round_label or "",
        keep=keep,
        surveys=tuple(survey or ()),
        survey_rules=quality_rules(exclude, seconds),
        rulings=rulings,
        jobs=jobs,
        limits=tuple(limit or ()),
        language=language.value if language else "es",
        formats=tuple(dict.fromkeys(form.value for form in formats)) if formats else FORMATS,
        csv_dialect=csv_dialect.value,
        theme=theme,
        previous=previous,
        force=force,
        letters=Correspondence(
            language=language.value if language else "es",
            theme=theme,
            contact=contact or "",
            reply_by=reply_by or "",
            round_label=round_label or "",
        )
        if letters
        else None,
    )
    spoken = language.value if language else None
    if not paths and not survey:
        raise typer.BadParameter(_("name the workbooks, or a survey with --survey"), param_hint="PATH...")
    run(
        paths or [],
        out,
        options,
        findings_format.value,
        spoken,
        strict=strict,
        quiet=quiet,
        no_color=no_color,
    )


def run(
    paths: list[Path],
    out: Path,
    options: ScoreOptions,
    findings_format: str,
    spoken: str | None,
    *,
    strict: bool,
    quiet: bool,
    no_color: bool,
) -> None:
    """Score, write, show the findings and the summary, and exit with what was found."""
    from ctimaturity.cli.summary import print_summary
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.workflows.score import score as score_workbooks

    try:
        with progress(_("Reading workbooks"), quiet=quiet, no_color=no_color) as advance:
            outcome = score_workbooks(paths, options, advance)
        outcome.write(out)
    except JobError as error:
        fail(error, findings_format, spoken)
    print_findings(outcome.diagnostics, findings_format, spoken, outcome.given)
    if not quiet:
        print_summary(outcome.assessment, out, options.formats, no_color=no_color)
    raise typer.Exit(exit_status(outcome.diagnostics, strict=strict))
