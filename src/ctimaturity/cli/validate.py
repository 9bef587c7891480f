"""`cti validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli.exclusion import SECONDS, ExcludeOption, SecondsOption, quality_rules
from ctimaturity.cli.options import (
    ContactOption,
    EntitiesOption,
    FindingsFormat,
    JobsOption,
    KeepOption,
    LanguageOption,
    LimitOption,
    NoColorOption,
    PreviousOption,
    QuestionnaireOption,
    QuietOption,
    ReplyByOption,
    RoundOption,
    RulingsOption,
    StrictOption,
    SurveyOption,
    ThemeOption,
    WorkbookPaths,
)
from ctimaturity.cli.show import exit_status, fail, print_findings, print_table, progress, say, tally_line
from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from ctimaturity.workflows.validate import Validation

FormatOption = Annotated[
    FindingsFormat, typer.Option("--format", "-f", help=_("How the findings are written to standard output."))
]

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
    paths: WorkbookPaths,
    questionnaire: QuestionnaireOption = None,
    entities: EntitiesOption = None,
    keep: KeepOption = None,
    survey: SurveyOption = None,
    exclude: ExcludeOption = None,
    seconds: SecondsOption = SECONDS,
    rulings: RulingsOption = None,
    previous: PreviousOption = None,
    round_label: RoundOption = None,
    output_format: FormatOption = FindingsFormat.TEXT,
    language: LanguageOption = None,
    annotate: AnnotateOption = None,
    letters: LettersOption = None,
    contact: ContactOption = None,
    reply_by: ReplyByOption = None,
    theme: ThemeOption = None,
    rulings_template: RulingsTemplateOption = None,
    strict: StrictOption = False,
    jobs: JobsOption = None,
    limit: LimitOption = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """List every problem of the returned workbooks; nothing is scored."""
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.workflows.letters import Correspondence
    from ctimaturity.workflows.reading import ReadingOptions
    from ctimaturity.workflows.replies import Replies, write_replies
    from ctimaturity.workflows.validate import validate as validate_workbooks

    spoken = language.value if language else None
    options = ReadingOptions(
        questionnaire=questionnaire,
        entities=entities,
        keep=keep,
        round_label=round_label or "",
        jobs=jobs,
        limits=tuple(limit or ()),
        surveys=tuple(survey or ()),
        survey_rules=quality_rules(exclude, seconds),
        rulings=rulings,
        previous=previous,
        language=spoken or "es",
    )
    replies = Replies(
        annotate=annotate,
        letters=letters,
        review=rulings_template,
        about=Correspondence(spoken or "es", theme, contact or "", reply_by or "", round_label or ""),
        jobs=jobs,
        limits=tuple(limit or ()),
    )
    try:
        with progress(_("Reading workbooks"), quiet=quiet, no_color=no_color) as advance:
            validation = validate_workbooks(paths, options, advance)
        diagnostics = (*validation.diagnostics, *write_replies(validation, replies))
    except JobError as error:
        fail(error, output_format.value, spoken)
    print_findings(diagnostics, output_format.value, spoken, validation.given, stderr=False)
    if not quiet:
        _print_rows(validation, no_color=no_color)
        for written in (annotate, letters, rulings_template):
            if written is not None:
                say(f"{_('Written')}: {written.as_posix()}", no_color=no_color)
    raise typer.Exit(exit_status(diagnostics, strict=strict))


def _print_rows(validation: Validation, *, no_color: bool) -> None:
    verdicts = {
        "accepted": _("accepted"),
        "refused": _("refused"),
        "unreadable": _("unreadable"),
        "copy": _("copy"),
    }
    editions = {row.definition for row in validation.rows if row.definition}
    several = len(editions) > 1
    lines = [
        (
            validation.given.get(row.file, row.file),
            f"{row.entity_code} {row.entity_name}".strip(),
            *((row.definition,) if several else ()),
            f"{row.answered}/{row.asked}",
            str(row.errors),
            str(row.warnings),
            verdicts[row.verdict.value],
        )
        for row in validation.rows
    ]
    headers = (
        (_("File"), "left"),
        (_("Entity"), "left"),
        *(((_("Edition"), "left"),) if several else ()),
        (_("Answered"), "right"),
        (_("Errors"), "right"),
        (_("Warnings"), "right"),
        (_("Verdict"), "left"),
    )
    title = _("Workbooks") if several else " · ".join([_("Workbooks"), *editions])
    print_table(title, headers, lines, no_color=no_color)
    say(tally_line(validation.diagnostics), no_color=no_color)
