"""`cti validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import TerminalColumn, tally_line
from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from ctimaturity.workflows.validate import Validation, ValidationRow

AnnotateOption = Annotated[
    Path | None,
    typer.Option(
        "--annotate", metavar="DIR", help=_("Write a copy of each workbook with the findings at their cells.")
    ),
]
LettersOption = Annotated[
    Path | None,
    typer.Option(
        "--letters", metavar="DIR", help=_("Write a letter to each entity that is refused or lacks answers.")
    ),
]
RulingsTemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--rulings-template",
        metavar="FILE",
        help=_("Write the sheet a reviewer fills (CSV or xlsx): every answer with its evidence."),
    ),
]


def validate(
    paths: shared.WorkbookPaths,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    keep: shared.KeepOption = None,
    survey: shared.SurveyOption = None,
    exclude: shared.ExcludeOption = None,
    seconds: shared.SecondsOption = shared.SECONDS,
    rulings: shared.RulingsOption = None,
    previous: shared.PreviousOption = None,
    round_label: shared.RoundOption = None,
    output_format: shared.FindingsShownOption = "text",
    language: shared.LanguageOption = None,
    annotate: AnnotateOption = None,
    letters: LettersOption = None,
    contact: shared.ContactOption = None,
    reply_by: shared.ReplyByOption = None,
    theme: shared.ThemeOption = None,
    rulings_template: RulingsTemplateOption = None,
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    limit: shared.LimitOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """List every problem of the returned workbooks; nothing is scored."""
    from ctimaturity.workflows.letters import Correspondence
    from ctimaturity.workflows.options import ReadingOptions
    from ctimaturity.workflows.replies import Replies, write_replies
    from ctimaturity.workflows.validate import validate as validate_workbooks

    job = Job(language, output_format, strict=strict, quiet=quiet, no_color=no_color, stderr=False)
    options = chosen(ReadingOptions, locals(), previous=previous, language=job.language)
    replies = Replies(
        annotate=annotate,
        letters=letters,
        review=rulings_template,
        about=Correspondence(job.language, theme, contact or "", reply_by or "", round_label or ""),
        jobs=jobs,
        limits=tuple(limit or ()),
    )
    with job.work(_("Reading workbooks")) as advance:
        validation = validate_workbooks(paths, options, advance)
        diagnostics = (*validation.diagnostics, *write_replies(validation, replies))
    job.tell(diagnostics, validation.given)
    if not quiet:
        _print_rows(validation, job)
        job.written(*filter(None, (annotate, letters, rulings_template)))
    job.end(diagnostics)


def _print_rows(validation: Validation, job: Job) -> None:
    verdicts = {
        "accepted": _("accepted"),
        "refused": _("refused"),
        "unreadable": _("unreadable"),
        "copy": _("copy"),
    }
    editions = {row.definition for row in validation.rows if row.definition}
    edition: tuple[TerminalColumn[ValidationRow], ...] = ((_("Edition"), "left", lambda row: row.definition),)
    several = len(editions) > 1
    columns: tuple[TerminalColumn[ValidationRow], ...] = (
        (_("File"), "left", lambda row: validation.given.get(row.file, row.file)),
        (_("Entity"), "left", lambda row: f"{row.entity_code} {row.entity_name}".strip()),
        *(edition if several else ()),
        (_("Answered"), "right", lambda row: f"{row.answered}/{row.asked}"),
        (_("Errors"), "right", lambda row: str(row.errors)),
        (_("Warnings"), "right", lambda row: str(row.warnings)),
        (_("Verdict"), "left", lambda row: verdicts[row.verdict.value]),
    )
    title = _("Workbooks") if several else " · ".join([_("Workbooks"), *editions])
    job.table(title, validation.rows, columns)
    job.say(tally_line(validation.diagnostics))
