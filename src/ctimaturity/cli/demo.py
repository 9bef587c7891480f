"""`cti demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _

OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the results: new, empty or one of ours.")),
]


def demo(
    out: OutOption = Path("cti-demo"),
    language: shared.LanguageOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Score the bundled example: a dozen invented entities, some with the troubles of real ones."""
    from ctimaturity.cli.summary import print_summary
    from ctimaturity.workflows.demo import demo as score_example

    job = Job(language, quiet=quiet, no_color=no_color)
    with job.work(_("Reading workbooks")) as advance:
        outcome = score_example(out, language=job.language, force=force, progress=advance)
    if not quiet:
        job.tell(outcome.diagnostics, outcome.given)
        print_summary(outcome.assessment, out, outcome.formats, job)
        job.say(_("Open the page in a browser: {page}").format(page=(out / "index.html").resolve().as_uri()))
    job.end()
