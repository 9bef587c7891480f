"""`cti questionnaire check`."""

from __future__ import annotations

from typing import Annotated

import typer

from ctimaturity.cli.options import FindingsFormat, LanguageOption, NoColorOption, QuietOption, StrictOption
from ctimaturity.cli.show import exit_status, fail, print_findings, say, tally_line
from ctimaturity.cli.words import _, counted

DefinitionPaths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help=_("Definitions, folders of them, or ID@EDITION of a bundled one.")
    ),
]
FormatOption = Annotated[
    FindingsFormat, typer.Option("--format", "-f", help=_("How the findings are written to standard output."))
]


def check(
    paths: DefinitionPaths,
    output_format: FormatOption = FindingsFormat.TEXT,
    language: LanguageOption = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """List every mistake of definitions, and all that a careful reviewer would ask about."""
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.model.text import in_language
    from ctimaturity.workflows.questionnaire_check import check as check_definitions

    spoken = language.value if language else None
    try:
        found = check_definitions(paths)
    except JobError as error:
        fail(error, output_format.value, spoken)
    reasons = [(one.diagnostic, in_language(dict(one.reason), spoken or "es")) for one in found.accepted]
    print_findings(found.diagnostics, output_format.value, spoken, stderr=False, accepted=reasons)
    if not quiet:
        say(tally_line(found.diagnostics), no_color=no_color)
        if found.accepted:
            say(
                counted(
                    "{count} warning accepted in the definition, with its reason",
                    "{count} warnings accepted in the definition, each with its reason",
                    len(found.accepted),
                ),
                no_color=no_color,
            )
    raise typer.Exit(exit_status(found.diagnostics, strict=strict))
