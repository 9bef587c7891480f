"""`cti questionnaire release`."""

from __future__ import annotations

from typing import Annotated

import typer

from ctimaturity.cli.options import (
    FindingsFormat,
    FindingsOption,
    LanguageOption,
    NoColorOption,
    QuietOption,
    StrictOption,
)
from ctimaturity.cli.show import exit_status, fail, print_findings, say
from ctimaturity.cli.words import _


def release(
    path: Annotated[str, typer.Argument(metavar="PATH", help=_("The folder or the file of the definition."))],
    findings_format: FindingsOption = FindingsFormat.TEXT,
    language: LanguageOption = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Freeze a version of a definition and list it, so that it never changes."""
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.workflows.questionnaire_release import release_definition

    spoken = language.value if language else None
    try:
        made = release_definition(path)
    except JobError as error:
        fail(error, findings_format.value, spoken)
    print_findings(made.diagnostics, findings_format.value, spoken)
    if not quiet:
        one = made.release
        say(
            f"{one.key} {one.version}: {made.file.as_posix()} ({one.definition_hash[:12]})", no_color=no_color
        )
    raise typer.Exit(exit_status(made.diagnostics, strict=strict))
