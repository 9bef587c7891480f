"""`cti panel`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _, terminal_language
from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.score import Status

if TYPE_CHECKING:
    from ctimaturity.results.panel import PanelRow

app = typer.Typer()


class PanelFormat(StrEnum):
    """How a panel is shown."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


PanelArgument = Annotated[Path, typer.Argument(metavar="PANEL", help=_("The folder of the panel."))]
ResultsArgument = Annotated[Path, typer.Argument(metavar="OUT", help=_("A result folder."))]
ReplaceOption = Annotated[bool, typer.Option("--replace", help=_("Replace a round of that name."))]
EntityOption = Annotated[
    str, typer.Option("--entity", metavar="CODE", help=_("Only this entity; all without it."))
]
NodeOption = Annotated[
    str | None,
    typer.Option(
        "--node",
        metavar="MEASUREMENT:NODE",
        help=_("Scores of this node, such as capacities:capacities; the index without it."),
    ),
]
FormatOption = Annotated[PanelFormat, typer.Option("--format", "-f", help=_("text, csv or json."))]


@app.command()
def add(
    panel: PanelArgument,
    folder: ResultsArgument,
    round_label: shared.RoundOption = None,
    replace: ReplaceOption = False,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Add the results of a round to a panel."""
    from ctimaturity.workflows.panel import add_to_panel

    job = Job(language, findings_format, quiet=quiet, no_color=no_color)
    with job.work():
        name = add_to_panel(panel, folder, round_label or "", job.language, overwrite=replace)
    job.say(_("Round {name} is in the panel.").format(name=name))


@app.command()
def show(
    panel: PanelArgument,
    entity: EntityOption = "",
    node: NodeOption = None,
    output_format: FormatOption = PanelFormat.TEXT,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    language: shared.LanguageOption = None,
    no_color: shared.NoColorOption = False,
) -> None:
    """Show every entity in every round of a panel."""
    from ctimaturity.results.panel import read_panel

    wanted = None
    job = Job(language, findings_format, no_color=no_color)
    if node is not None:
        measurement, found, name = node.partition(":")
        if not found:
            raise typer.BadParameter(_("say MEASUREMENT:NODE"), param_hint="--node")
        wanted = (measurement, name)
    with job.work():
        rows = read_panel(panel, entity=entity, node=wanted)
    _write(rows, output_format, job)
    if _editions(rows) > 1:
        job.say(_("The rounds are of different editions: their scores are not comparable."))


def _write(rows: tuple[PanelRow, ...], form: PanelFormat, job: Job) -> None:
    from ctimaturity.files.csv import table_bytes
    from ctimaturity.results.panel import PanelRow

    if form is PanelFormat.JSON:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if form is PanelFormat.CSV:
        header = [field.name for field in fields(PanelRow)]
        sys.stdout.write(table_bytes(header, [list(asdict(row).values()) for row in rows]).decode())
        return
    _print(rows, job)


def _print(rows: tuple[PanelRow, ...], job: Job) -> None:
    """As a table; of an entity that is not ranked no point is shown, as in documents."""
    several = _editions(rows) > 1
    language = terminal_language()
    headers = (
        (_("Round"), "whole"),
        (_("Code"), "whole"),
        (_("Entity"), "left"),
        *([(_("Questionnaire"), "left")] if several else []),
        (_("State"), "left"),
        (_("Rank"), "number"),
        (_("Score"), "number"),
        (_("Level"), "number"),
    )
    lines = [
        (
            row.round,
            row.code,
            row.name,
            *([row.questionnaire] if several else []),
            _(row.status),
            MISSING if row.rank is None else str(row.rank),
            *(_shown(row, each) for each in (number(row.score, language), _level(row))),
        )
        for row in rows
    ]
    job.table(_("Panel"), headers, lines, stderr=False)


def _level(row: PanelRow) -> str:
    return MISSING if row.level is None else str(row.level)


def _shown(row: PanelRow, text: str) -> str:
    return text if row.status == Status.RANKED and row.score is not None else MISSING


def _editions(rows: tuple[PanelRow, ...]) -> int:
    return len({row.questionnaire for row in rows})
