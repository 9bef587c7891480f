"""`cti questionnaire schema`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _


class DocumentKind(StrEnum):
    """What a file is."""

    QUESTIONNAIRE = "questionnaire"
    MEASUREMENT = "measurement"
    CROSSWALK = "crosswalk"
    ROADMAP = "roadmap"
    CHECKLIST = "checklist"
    TARGETS = "targets"
    EFFORT = "effort"


KindArgument = Annotated[
    DocumentKind,
    typer.Argument(
        metavar="[KIND]",
        help=_("questionnaire, measurement, crosswalk; of roadmaps: roadmap, checklist, targets, effort."),
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="DIR", help=_("Write the schemas of all kinds into this folder.")),
]


def schema(kind: KindArgument = DocumentKind.QUESTIONNAIRE, out: OutOption = None) -> None:
    """Print the JSON Schema of a kind of file, by which editors complete and check."""
    from ctimaturity.workflows.questionnaire_schema import schema_text, write_schemas

    if out is None:
        typer.echo(schema_text(kind.value), nl=False)
        return
    job = Job()
    with job.work():
        written = write_schemas(out)
    job.written(*written)
