"""The commands of `cti`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ctimaturity._version import __version__
from ctimaturity.cli import demo, explain, explain_code, questionnaire, report, score, template, validate
from ctimaturity.cli.words import _

app = typer.Typer(
    name="cti",
    help=_("Score maturity questionnaires and publish a ranked index that can be trusted."),
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

app.command("score", help=_("Score returned workbooks and write the ranked index."))(score.score)
app.command("validate", help=_("List every problem of the workbooks, with its place and its mend."))(
    validate.validate
)
app.command("template", help=_("Make a blank workbook, or one per entity of a list."))(template.template)
app.command("explain", help=_("Show the tree of one entity's score, every number with its rule."))(
    explain.explain
)
app.command("report", help=_("Write the page of the index and the dossier of each entity."))(report.report)
app.command("demo", help=_("Score the bundled example."))(demo.demo)
app.command("explain-code", help=_("Explain a diagnostic code such as A203."))(explain_code.explain_code)
app.add_typer(questionnaire.app)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"cti {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_("Show the version."))
    ] = False,
) -> None:
    pass


def run() -> None:
    """Run the command line.

    What the file system refuses (no space, no permission) is said in one line, with exit status 2.
    """
    try:
        app()
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"cti: {name}{error.strerror or error}\n")
        sys.exit(2)
