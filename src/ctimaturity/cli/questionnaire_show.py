"""`cti questionnaire show`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli.options import FindingsFormat, FindingsOption, LanguageOption, NoColorOption, QuietOption
from ctimaturity.cli.show import fail, say
from ctimaturity.cli.words import _, terminal_language

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
    findings_format: FindingsOption = FindingsFormat.TEXT,
    language: LanguageOption = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Show the tree of a definition with its weights, or write it as a booklet."""
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.reporting.definition_tree import render_definition
    from ctimaturity.workflows.questionnaire_show import definition_of, write_booklet

    if any(file.suffix not in _SUFFIXES for file in booklets or ()):
        raise typer.BadParameter(_("a booklet is a file that ends in .md or .html"), param_hint="--booklet")
    spoken = language.value if language else None
    try:
        definition = definition_of(reference)
        for file in booklets or ():
            write_booklet(definition, file, spoken or "es")
    except JobError as error:
        fail(error, findings_format.value, spoken)
    if booklets:
        for file in booklets if not quiet else ():
            say(f"{_('Written')}: {file.as_posix()}", no_color=no_color)
        return
    words = spoken or (terminal_language() if output_format is TreeFormat.TEXT else "es")
    typer.echo(render_definition(definition, output_format.value, words), nl=False)
