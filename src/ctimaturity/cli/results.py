"""`cti results import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback(help=_("Result indicators: take official statistics in."))
def results() -> None:
    """Result indicators."""


@app.command("import", help=_("Make one plain table of statistics out of those that open data has."))
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="TABLE...", help=_("Long tables (CSV or xlsx): a row for each value.")),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help=_("The table to write (CSV)."))
    ] = Path("statistics.csv"),
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="MEANING=HEADER",
            help=_("Which column is entity, item, year, value, unit or source; repeatable."),
        ),
    ] = None,
    decimal: Annotated[
        Literal["point", "comma"] | None,
        typer.Option("--decimal", help=_("The decimal mark, where the numbers do not show it.")),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", help=_("The latest year that counts."))
    ] = None,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    force: shared.ReplaceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Make one plain table of statistics."""
    from ctimaturity.workflows.results_import import ImportOptions, import_results

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    options = ImportOptions(
        questionnaire=questionnaire,
        entities=entities,
        columns=dict(_column(text) for text in column or ()),
        decimal={"point": ".", "comma": ","}.get(decimal or "", ""),
        year=year,
        force=force,
    )
    with job.work():
        taken = import_results(files, out, options)
    job.tell(taken.diagnostics)
    text = _("{values} values of {entities} entities")
    job.say(text.format(values=taken.values, entities=taken.entities))
    job.written(out)
    job.end(taken.diagnostics)


def _column(text: str) -> tuple[str, str]:
    from ctimaturity.indicators.statistics import HEADERS

    meaning, sign, header = text.partition("=")
    if not sign or not header or meaning not in HEADERS:
        known = ", ".join(HEADERS)
        raise typer.BadParameter(
            _("write MEANING=HEADER, with a meaning of {known}").format(known=known), param_hint="--column"
        )
    return meaning, header
