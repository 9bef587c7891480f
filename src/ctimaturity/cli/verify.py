"""`cti verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.show import DONE, ERRORS, NOT_DONE
from ctimaturity.cli.words import _

FolderArgument = Annotated[
    Path, typer.Argument(metavar="OUT", help=_("A folder of results that cti score has written."))
]
InputsOption = Annotated[
    Path | None,
    typer.Option(
        "--inputs", metavar="DIR", help=_("Folder that holds the inputs; the one that holds OUT without it.")
    ),
]


def verify(
    folder: FolderArgument,
    inputs: InputsOption = None,
    output_format: shared.FindingsShownOption = "text",
    language: shared.LanguageOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Prove that a folder of results is what it says: unchanged, and made from its inputs."""
    from ctimaturity.workflows.verify import Proved
    from ctimaturity.workflows.verify import verify as verify_results

    job = Job(language, output_format, quiet=quiet, no_color=no_color, stderr=False)
    with job.work(_("Reading workbooks")) as advance:
        proof = verify_results(folder, inputs, advance)
    job.tell(proof.diagnostics)
    verdicts = {
        Proved.SAME: (_("Proved: {outputs} files are what {inputs} inputs give."), DONE),
        Proved.DIFFERS: (
            _("Not proved: something differs ({outputs} files, {inputs} inputs)."),
            ERRORS,
        ),
        Proved.MISSING: (
            _("Not proved: something is missing ({outputs} files, {inputs} inputs)."),
            NOT_DONE,
        ),
    }
    sentence, status = verdicts[proof.verdict]
    job.say(sentence.format(outputs=proof.outputs, inputs=proof.inputs))
    raise typer.Exit(status)
