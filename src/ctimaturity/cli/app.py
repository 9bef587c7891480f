"""The commands of `cti`."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Annotated

import typer

from ctimaturity._version import __version__
from ctimaturity.cli.commands import CONTEXT, LazyGroup
from ctimaturity.cli.words import _

app = typer.Typer(
    name="cti",
    cls=LazyGroup,
    help=_("Score maturity questionnaires and publish a ranked index that can be trusted."),
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
)


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
        with suppress(OSError):  # what cannot be written may be the very stream of errors
            sys.stderr.write(f"cti: {name}{error.strerror or error}\n")
        sys.exit(2)
