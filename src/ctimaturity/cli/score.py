"""`cti score` and `cti demo`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import tally_line
from ctimaturity.cli.words import _, counted, terminal_language
from ctimaturity.language.numbers import number, percent, rank_text
from ctimaturity.model.score import INDEX, IndexRow, Status

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.workflows.outcome import Outcome

LONGEST = 40
"""Rows of the ranking that a terminal gets; the rest is in the files."""

ResultFormat = StrEnum("ResultFormat", ("csv", "md", "html", "xlsx", "json", "parquet", "pdf"))

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
    exclude: shared.ExcludeOption = None,
    seconds: shared.SecondsOption = shared.SECONDS,
    rulings: shared.RulingsOption = None,
    language: shared.LanguageOption = None,
    csv_dialect: shared.DialectOption = "standard",
    theme: shared.ThemeOption = None,
    previous: shared.PreviousOption = None,
    letters: LettersOption = False,
    contact: shared.ContactOption = None,
    reply_by: shared.ReplyByOption = None,
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    limit: shared.LimitOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Score returned workbooks and write the ranked index."""
    from ctimaturity.workflows.letters import Correspondence
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.score import score as score_workbooks

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    about = Correspondence(job.language, theme, contact or "", reply_by or "", round_label or "")
    options = chosen(
        ScoreOptions,
        locals(),
        language=job.language,
        previous=previous,
        letters=about if letters else None,
    )
    if not paths and not survey:
        raise typer.BadParameter(_("name the workbooks, or a survey with --survey"), param_hint="PATH...")
    with job.work(_("Reading workbooks")) as advance:
        outcome = score_workbooks(paths or [], options, advance)
        outcome.write(out)
    job.tell(outcome.diagnostics, outcome.given)
    if not quiet:
        _print_summary(outcome, out, job)
    job.end(outcome.diagnostics)


def demo(
    out: OutOption = Path("cti-demo"),
    language: shared.LanguageOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Score the bundled example: a dozen invented entities, some with the troubles of real ones."""
    from ctimaturity.workflows.score import demo as score_example

    job = Job(language, quiet=quiet, no_color=no_color)
    with job.work(_("Reading workbooks")) as advance:
        outcome = score_example(out, language=job.language, force=force, progress=advance)
    if not quiet:
        job.tell(outcome.diagnostics, outcome.given)
        _print_summary(outcome, out, job)
        job.say(_("Open the page in a browser: {page}").format(page=(out / "index.html").resolve().as_uri()))
    job.end()


def _print_summary(outcome: Outcome, out: Path, job: Job) -> None:
    """The ranking, what was left out and why, who has not answered, and where the files are."""
    assessment, rows = outcome.assessment, outcome.index.rows
    ranked = [row for row in rows if row.status is Status.RANKED]
    others = [row for row in rows if row.status is not Status.RANKED]
    if ranked:
        _print_ranking(assessment, ranked, job)
    if others:
        _print_left_out(assessment, others, job)
    if assessment.awaited:
        awaited = ", ".join(assessment.awaited)
        text = counted(
            "{count} entity has not answered", "{count} entities have not answered", len(assessment.awaited)
        )
        job.say(f"{text}: {awaited}")
    job.say(tally_line(assessment.diagnostics))
    job.written(*(out / f"index.{form}" for form in outcome.options.formats))


def _print_ranking(assessment: Assessment, ranked: list[IndexRow], job: Job) -> None:
    from ctimaturity.model.node_scale import level_bounds
    from ctimaturity.model.text import in_language

    language, levels = terminal_language(), assessment.questionnaire.index.levels
    place = assessment.index.node(ranked[0], INDEX, INDEX).place
    bounds = level_bounds(levels, (place.scale_min, place.scale_max)) if levels else ()

    def level(row: IndexRow) -> str:
        return in_language(levels.names[row.level - 1].name, language) if levels and row.level else ""

    def low_and_high(row: IndexRow) -> str:
        return f"{number(row.index_low, language)} – {number(row.index_high, language)}"

    columns = (
        ("#", "right", lambda row: rank_text(row.rank, tied=row.tied)),
        (_("Code"), "left", lambda row: row.entity.code),
        (_("Entity"), "left", lambda row: row.entity.name),
        (_("Index"), "right", lambda row: number(row.index, language, bounds=bounds)),
        (_("Level"), "left", level),
        (_("Bounds"), "right", low_and_high),
        (_("Coverage"), "right", lambda row: percent(row.coverage, language)),
    )
    job.table(_("Ranking"), ranked, columns, most=LONGEST)


def _print_left_out(assessment: Assessment, others: list[IndexRow], job: Job) -> None:
    from ctimaturity.reporting.reasons import sentences
    from ctimaturity.reporting.words import Words

    words = Words(terminal_language())
    status = {
        Status.PROVISIONAL: _("provisional"),
        Status.INCOMPLETE: _("incomplete"),
        Status.REFUSED: _("refused"),
    }
    columns = (
        (_("Code"), "left", lambda row: row.entity.code),
        (_("Entity"), "left", lambda row: row.entity.name),
        (_("Status"), "left", lambda row: status[row.status]),
        (_("Why"), "left", lambda row: "\n".join(sentences(row, assessment.questionnaire, words))),
    )
    job.table(_("Not ranked"), others, columns)
