"""`cti questionnaire release`."""

from __future__ import annotations

from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _


def release(
    path: Annotated[str, typer.Argument(metavar="PATH", help=_("The folder or the file of the definition."))],
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Freeze a version of a definition and list it, so that it never changes."""
    from ctimaturity.workflows.questionnaire_release import release_definition

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    with job.work():
        made = release_definition(path)
    job.tell(made.diagnostics)
    one = made.release
    job.say(f"{one.key} {one.version}: {made.file.as_posix()} ({one.definition_hash[:12]})")
    job.end(made.diagnostics)
