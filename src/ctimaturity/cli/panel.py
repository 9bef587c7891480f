"""`cti panel`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.show import TerminalColumn
from ctimaturity.cli.words import _, terminal_language
from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.score import Status

if TYPE_CHECKING:
    from ctimaturity.results.panel import PanelRow

app = typer.Typer()


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
FormatOption = Annotated[
    Literal["text", "csv", "json"], typer.Option("--format", "-f", help=_("text, csv or json."))
]


@app.command()
def add(
    panel: PanelArgument,
    folder: ResultsArgument,
    round_label: shared.RoundOption = None,
    replace: ReplaceOption = False,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
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
    output_format: FormatOption = "text",
    findings_format: shared.FindingsOption = "text",
    language: shared.LanguageOption = None,
    no_color: shared.NoColorOption = False,
) -> None:
    """Show every entity in every round of a panel."""
    from ctimaturity.results.panel import read_panel

    wanted = None
    job = Job(language, findings_format, no_color=no_color)
    if node is not None:
        measurement, colon, name = node.partition(":")
        if not colon:
            raise typer.BadParameter(_("say MEASUREMENT:NODE"), param_hint="--node")
        wanted = (measurement, name)
    with job.work():
        rows = read_panel(panel, entity=entity, node=wanted)
    _write(rows, output_format, job)
    if _editions(rows) > 1:
        job.say(_("The rounds are of different editions: their scores are not comparable."))


def _write(rows: tuple[PanelRow, ...], form: str, job: Job) -> None:
    from ctimaturity.files.csv import table_bytes
    from ctimaturity.results.panel import PanelRow

    if form == "json":
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if form == "csv":
        header = [field.name for field in fields(PanelRow)]
        sys.stdout.write(table_bytes(header, [list(asdict(row).values()) for row in rows]).decode())
        return
    _print(rows, job)


def _print(rows: tuple[PanelRow, ...], job: Job) -> None:
    """As a table; of an entity that is not ranked no point is shown, as in documents."""
    language = terminal_language()
    questionnaire: tuple[TerminalColumn[PanelRow], ...] = (
        (_("Questionnaire"), "left", lambda row: row.questionnaire),
    )

    def shown(row: PanelRow, text: str) -> str:
        return text if row.status == Status.RANKED and row.score is not None else MISSING

    columns: tuple[TerminalColumn[PanelRow], ...] = (
        (_("Round"), "whole", lambda row: row.round),
        (_("Code"), "whole", lambda row: row.code),
        (_("Entity"), "left", lambda row: row.name),
        *(questionnaire if _editions(rows) > 1 else ()),
        (_("State"), "left", lambda row: _(row.status)),
        (_("Rank"), "number", lambda row: MISSING if row.rank is None else str(row.rank)),
        (_("Score"), "number", lambda row: shown(row, number(row.score, language))),
        (_("Level"), "number", lambda row: shown(row, MISSING if row.level is None else str(row.level))),
    )
    job.table(_("Panel"), rows, columns, stderr=False)


def _editions(rows: tuple[PanelRow, ...]) -> int:
    return len({row.questionnaire for row in rows})
