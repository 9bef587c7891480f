"""`cti questionnaire show`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _

_SUFFIXES = {".md", ".html"}


class TreeFormat(StrEnum):
    """How the tree is written."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


ReferenceArgument = Annotated[
    str, typer.Argument(metavar="ID@EDITION|PATH", help=_("The definition: ID@EDITION[@VERSION] or a path."))
]
FormatOption = Annotated[
    TreeFormat, typer.Option("--format", "-f", help=_("How the tree is written to standard output."))
]
BookletOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--booklet",
        metavar="FILE",
        help=_("Write a booklet to print instead, as FILE.md or FILE.html; repeatable."),
    ),
]


def show(
    reference: ReferenceArgument,
    output_format: FormatOption = TreeFormat.TEXT,
    booklets: BookletOption = None,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    language: shared.LanguageOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Show the tree of a definition with its weights, or write it as a booklet."""
    from ctimaturity.reporting.definition_tree import render_definition
    from ctimaturity.workflows.questionnaire_show import definition_of, write_booklet

    if any(file.suffix not in _SUFFIXES for file in booklets or ()):
        raise typer.BadParameter(_("a booklet is a file that ends in .md or .html"), param_hint="--booklet")
    job = Job(language, findings_format, quiet=quiet, no_color=no_color)
    with job.work():
        definition = definition_of(reference)
        for file in booklets or ():
            write_booklet(definition, file, job.language)
    if booklets:
        job.written(*booklets)
        return
    words = job.language_of(output_format)
    typer.echo(render_definition(definition, output_format.value, words), nl=False)
