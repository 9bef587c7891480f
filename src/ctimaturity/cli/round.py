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
    template_request,
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
    from ctimaturity.workflows.documents import file_names
    from ctimaturity.workflows.round_new import new_round

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    request = template_request(locals(), job.language, label)
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
        state = round_status(folder, jobs=jobs, language=job.language, progress=advance)
    if output_format == "json":
        typer.echo(json.dumps(_document(state), ensure_ascii=False, indent=2))
    elif output_format == "csv":
        _write_csv(state)
    else:
        _print(state, job)
    job.tell(state.elsewhere, state.given)
    _advise(state, job)
    job.end(state.diagnostics)


def _record(progress: EntityStage) -> dict[str, object]:
    return {
        "entity_code": progress.entity.code,
        "entity_name": progress.entity.name,
        "entity_type": progress.entity.type,
        "stage": progress.stage.value,
        "sent": bool(progress.template),
        "returned": progress.is_returned,
        "refused": progress.refused,
        "scored": progress.is_scored and not progress.refused,
        "files": len(progress.files),
        "errors": progress.errors,
        "warnings": progress.warnings,
        "answered": progress.answered,
        "asked": progress.asked,
        "respondents": progress.respondents,
        "status": progress.row.status.value if progress.row else None,
        "rank": progress.row.rank if progress.row else None,
        "changed_since": progress.stale and progress.row is not None,
    }


def _document(state: RoundStatus) -> dict[str, object]:
    return {
        "counts": state.counts,
        "entities": [
            {**_record(progress), "template": progress.template, "files": list(progress.files)}
            for progress in state.entities
        ],
        "unknown_files": list(state.unknown),
    }


def _write_csv(state: RoundStatus) -> None:
    from ctimaturity.files.csv import table_bytes

    records = [_record(progress) for progress in state.entities]
    header = list(records[0]) if records else ["entity_code"]
    lines = [[_cell(value) for value in record.values()] for record in records]
    sys.stdout.write(table_bytes(header, lines).decode())


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else str(value)


def _print(state: RoundStatus, job: Job) -> None:
    columns = (
        (_("Code"), "left", lambda progress: progress.entity.code),
        (_("Entity"), "left", lambda progress: progress.entity.name),
        (_("Sent"), "left", lambda progress: _("yes") if progress.template else _("no")),
        (_("Files"), "right", lambda progress: str(len(progress.files) or MISSING)),
        (
            _("Items answered"),
            "right",
            lambda progress: f"{progress.answered}/{progress.asked}" if progress.asked else MISSING,
        ),
        (_("Survey"), "right", lambda progress: str(progress.respondents or MISSING)),
        (_("Errors"), "right", lambda progress: str(progress.errors or MISSING)),
        (_("State"), "left", _stage),
    )
    job.table(_("Round"), state.entities, columns, stderr=False)


def _stage(progress: EntityStage) -> str:
    from ctimaturity.workflows.round_status import RoundStage

    words = {
        RoundStage.NOT_SENT: _("no workbook to send"),
        RoundStage.SENT: _("awaited"),
        RoundStage.REFUSED: _("refused"),
        RoundStage.RETURNED: _("to be scored"),
        RoundStage.SCORED: _("scored"),
    }
    if progress.stage is not RoundStage.SCORED or progress.row is None:
        return words[progress.stage]
    statuses = {"ranked": _("ranked"), "provisional": _("provisional"), "incomplete": _("incomplete")}
    said = statuses[progress.row.status.value]
    return f"{said} {progress.row.rank}" if progress.row.rank else said


def _advise(state: RoundStatus, job: Job) -> None:
    """How many of each, and the command that comes next."""
    from ctimaturity.workflows.round_status import RoundStage

    counts = state.counts
    told = _("Sent: {sent}. Returned: {returned}. Refused: {refused}. Scored: {scored}. Awaited: {awaited}.")
    job.say(told.format(**counts))
    for name in state.unknown:
        told = _("Nobody can tell who {file} is from.").format(file=state.given.get(name, name))
        job.say(told)
    there = state.folder
    listed = ["--entities", there.entities().as_posix()]
    surveys = [word for path in there.survey_files() for word in ("--survey", path.as_posix())]
    back = there.returned.as_posix()
    if counts["refused"] or state.unknown:
        command = ["cti", "validate", back, *listed, *surveys, "--letters", there.letters.as_posix()]
        job.say(f"{_('What has to be corrected')}: {shlex.join(command)}")
    if any(progress.stage is RoundStage.RETURNED for progress in state.entities):
        named = ["--round", state.label, "-o", there.results.as_posix()]
        command = ["cti", "score", back, *listed, *surveys, *named]
        job.say(f"{_('To be scored')}: {shlex.join(command)}")
