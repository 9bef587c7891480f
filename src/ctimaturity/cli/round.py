"""`cti round`."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.template import (
    ContactOption,
    PartOption,
    PerceptionOption,
    PreviousOption,
    RespondentsOption,
)
from ctimaturity.cli.words import _, counted
from ctimaturity.language.numbers import MISSING

if TYPE_CHECKING:
    from ctimaturity.workflows.round_status import EntityStage, RoundStatus

app = typer.Typer()


LabelArgument = Annotated[str, typer.Argument(metavar="LABEL", help=_("Name of the round, such as 2026."))]
FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help=_("The folder of the round."))]
ListOption = Annotated[
    Path,
    typer.Option(
        "--entities", metavar="FILE", help=_("List of entities (CSV or xlsx): code, name, type, any columns.")
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="DIR", help=_("The folder to make; without it the round's name.")),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help=_("Use a folder that holds files already; what came back stays."))
]
FormatOption = Annotated[
    Literal["text", "csv", "json"],
    typer.Option("--format", "-f", help=_("text, csv or json, to standard output.")),
]


@app.command()
def new(
    label: LabelArgument,
    entities: ListOption,
    out: OutOption = None,
    questionnaire: shared.QuestionnaireOption = None,
    previous: PreviousOption = None,
    part: PartOption = None,
    perception: PerceptionOption = "list",
    respondents: RespondentsOption = 200,
    contact: ContactOption = None,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    force: ForceOption = False,
    strict: shared.StrictOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Begin a round: a folder with the list, a workbook for each entity, and the steps."""
    from ctimaturity.workbook.template import Perception, TemplateOptions
    from ctimaturity.workflows.documents import file_names
    from ctimaturity.workflows.round_new import new_round
    from ctimaturity.workflows.template import TemplateRequest

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    options = TemplateOptions(
        language=job.language,
        parts=tuple(part or ()),
        perception=Perception(perception),
        respondents=respondents,
        round=label,
        contact=contact or "",
    )
    request = TemplateRequest(questionnaire, options, entities=entities, previous=previous)
    folder = out if out is not None else Path(file_names([label])[label])
    with job.work(_("Writing workbooks")) as advance:
        made = new_round(folder, request, force=force, advance=advance)
    job.tell(made.diagnostics)
    count = counted("{count} workbook", "{count} workbooks", len(made.files))
    job.say(f"{_('To send')}: {made.folder.templates.as_posix()} ({count})")
    job.say(f"{_('What comes back goes into')}: {made.folder.returned.as_posix()}")
    job.say(f"{_('The steps')}: {made.folder.guide.as_posix()}")
    job.end(made.diagnostics)


@app.command()
def status(
    folder: FolderArgument,
    output_format: FormatOption = "text",
    findings_format: shared.FindingsOption = "text",
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Show who was sent a workbook, who returned it, who is refused and who is scored."""
    from ctimaturity.workflows.round_status import round_status

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    with job.work(_("Reading workbooks")) as advance:
        found = round_status(folder, jobs=jobs, language=job.language, progress=advance)
    if output_format == "json":
        typer.echo(json.dumps(_document(found), ensure_ascii=False, indent=2))
    elif output_format == "csv":
        _write_csv(found)
    else:
        _print(found, job)
    job.tell(found.elsewhere, found.given)
    _advise(found, job)
    job.end(found.diagnostics)


def _record(one: EntityStage) -> dict[str, object]:
    return {
        "entity_code": one.entity.code,
        "entity_name": one.entity.name,
        "entity_type": one.entity.type,
        "stage": one.stage.value,
        "sent": bool(one.template),
        "returned": one.is_returned,
        "refused": one.refused,
        "scored": one.is_scored and not one.refused,
        "files": len(one.files),
        "errors": one.errors,
        "warnings": one.warnings,
        "answered": one.answered,
        "asked": one.asked,
        "respondents": one.respondents,
        "status": one.row.status.value if one.row else None,
        "rank": one.row.rank if one.row else None,
        "changed_since": one.stale and one.row is not None,
    }


def _document(found: RoundStatus) -> dict[str, object]:
    return {
        "counts": found.counts,
        "entities": [
            {**_record(one), "template": one.template, "files": list(one.files)} for one in found.entities
        ],
        "unknown_files": list(found.unknown),
    }


def _write_csv(found: RoundStatus) -> None:
    from ctimaturity.files.csv import table_bytes

    records = [_record(one) for one in found.entities]
    header = list(records[0]) if records else ["entity_code"]
    lines = [[_cell(value) for value in record.values()] for record in records]
    sys.stdout.write(table_bytes(header, lines).decode())


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else str(value)


def _print(found: RoundStatus, job: Job) -> None:
    columns = (
        (_("Code"), "left", lambda one: one.entity.code),
        (_("Entity"), "left", lambda one: one.entity.name),
        (_("Sent"), "left", lambda one: _("yes") if one.template else _("no")),
        (_("Files"), "right", lambda one: str(len(one.files) or MISSING)),
        (_("Items answered"), "right", lambda one: f"{one.answered}/{one.asked}" if one.asked else MISSING),
        (_("Survey"), "right", lambda one: str(one.respondents or MISSING)),
        (_("Errors"), "right", lambda one: str(one.errors or MISSING)),
        (_("State"), "left", _stage),
    )
    job.table(_("Round"), found.entities, columns, stderr=False)


def _stage(one: EntityStage) -> str:
    from ctimaturity.workflows.round_status import RoundStage

    words = {
        RoundStage.NOT_SENT: _("no workbook to send"),
        RoundStage.SENT: _("awaited"),
        RoundStage.REFUSED: _("refused"),
        RoundStage.RETURNED: _("to be scored"),
        RoundStage.SCORED: _("scored"),
    }
    if one.stage is not RoundStage.SCORED or one.row is None:
        return words[one.stage]
    statuses = {"ranked": _("ranked"), "provisional": _("provisional"), "incomplete": _("incomplete")}
    said = statuses[one.row.status.value]
    return f"{said} {one.row.rank}" if one.row.rank else said


def _advise(found: RoundStatus, job: Job) -> None:
    """How many of each, and the command that comes next."""
    from ctimaturity.workflows.round_status import RoundStage

    counts = found.counts
    told = _("Sent: {sent}. Returned: {returned}. Refused: {refused}. Scored: {scored}. Awaited: {awaited}.")
    job.say(told.format(**counts))
    for name in found.unknown:
        told = _("Nobody can tell who {file} is from.").format(file=found.given.get(name, name))
        job.say(told)
    there = found.folder
    listed = ["--entities", there.entities().as_posix()]
    surveys = [word for path in there.survey_files() for word in ("--survey", path.as_posix())]
    back = there.returned.as_posix()
    if counts["refused"] or found.unknown:
        command = ["cti", "validate", back, *listed, *surveys, "--letters", there.letters.as_posix()]
        job.say(f"{_('What has to be corrected')}: {shlex.join(command)}")
    if any(one.stage is RoundStage.RETURNED for one in found.entities):
        named = ["--round", found.label, "-o", there.results.as_posix()]
        command = ["cti", "score", back, *listed, *surveys, *named]
        job.say(f"{_('To be scored')}: {shlex.join(command)}")
