"""`cti questionnaire new`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


def _checked_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise typer.BadParameter(_("letters, digits, - and _, beginning with a letter"))
    return value


OutArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help=_("The folder to make; it must be new or empty."))
]
IdOption = Annotated[
    str, typer.Option("--id", metavar="ID", callback=_checked_id, help=_("What the instrument is called."))
]


def new(
    out: OutArgument,
    name: IdOption = "my-model",
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    language: shared.LanguageOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Make a small, valid, commented definition to start from."""
    from ctimaturity.workflows.questionnaire_new import new_definition

    job = Job(language, findings_format, quiet=quiet, no_color=no_color)
    with job.work():
        written = new_definition(out, name, job.language_of("text"))
    job.written(*written)
    job.say(_("Next: cti questionnaire check {folder}").format(folder=out.as_posix()))
