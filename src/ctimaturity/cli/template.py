"""`cti template`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _, counted

if TYPE_CHECKING:
    from ctimaturity.workflows.template import TemplateRequest

OutOption = Annotated[
    Path,
    typer.Option(
        "--out", "-o", metavar="FILE|DIR", help=_("The workbook to write; with --entities, the folder.")
    ),
]
EntityOption = Annotated[
    str | None, typer.Option("--entity", metavar="CODE", help=_("Code of the entity that will answer."))
]
PartOption = Annotated[
    list[str] | None,
    typer.Option(
        "--part",
        metavar="MEASUREMENT",
        help=_("Only this measurement; repeatable; all unless said otherwise."),
    ),
]
PerceptionOption = Annotated[
    Literal["list", "grid", "counts", "none"],
    typer.Option(
        "--perception",
        help=_(
            "How to collect perception: list (ten people at most), grid (a row each), counts (tables), none."
        ),
    ),
]
RespondentsOption = Annotated[
    int, typer.Option("--respondents", metavar="N", min=1, help=_("Rows of the grid; more are read."))
]
ContactOption = Annotated[
    str | None,
    typer.Option("--contact", metavar="TEXT", help=_("Whom to ask at the ministry, for the cover.")),
]
PreviousOption = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="OUT",
        help=_("Result folder of the round before: its answers are shown beside the empty cells."),
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help=_("Replace workbooks that exist."))]


def template(
    out: OutOption,
    questionnaire: shared.QuestionnaireOption = None,
    entity: EntityOption = None,
    entities: shared.EntitiesOption = None,
    part: PartOption = None,
    perception: PerceptionOption = "list",
    respondents: RespondentsOption = 200,
    round_label: shared.RoundOption = None,
    contact: ContactOption = None,
    previous: PreviousOption = None,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    force: ForceOption = False,
    strict: shared.StrictOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Make a blank workbook, or one per entity of a list."""
    from ctimaturity.workflows.template import make_templates

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    request = template_request(locals(), job.language, round_label or "")
    with job.work(_("Writing workbooks")) as advance:
        made = make_templates(out, request, advance)
    job.tell(made.diagnostics)
    written = made.files[0] if len(made.files) == 1 else out
    count = counted("{count} workbook", "{count} workbooks", len(made.files))
    job.say(f"{_('Written')}: {written.as_posix()} ({count})")
    job.end(made.diagnostics)


def template_request(asked: Mapping[str, Any], language: str, round_label: str) -> TemplateRequest:
    """The workbooks that the arguments of a command ask for, by the names that they have in `template`."""
    from ctimaturity.workbook.template import Perception, TemplateOptions
    from ctimaturity.workflows.template import TemplateRequest

    options = TemplateOptions(
        language=language,
        parts=tuple(asked["part"] or ()),
        perception=Perception(asked["perception"]),
        respondents=asked["respondents"],
        round=round_label,
        contact=asked["contact"] or "",
    )
    return TemplateRequest(
        questionnaire=asked["questionnaire"],
        options=options,
        entity=asked.get("entity") or "",
        entities=asked["entities"],
        force=asked["force"],
        previous=asked["previous"],
    )
