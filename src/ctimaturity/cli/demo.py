"""`cti demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctimaturity.cli.options import ForceOption, LanguageOption, NoColorOption, QuietOption
from ctimaturity.cli.show import DONE, fail, print_findings, progress, say
from ctimaturity.cli.words import _

OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the results: new, empty or one of ours.")),
]


def demo(
    out: OutOption = Path("cti-demo"),
    language: LanguageOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Score the bundled example: a dozen invented entities, some with the troubles of real ones."""
    from ctimaturity.cli.summary import print_summary
    from ctimaturity.diagnostics.errors import JobError
    from ctimaturity.workflows.demo import demo as score_example

    spoken = language.value if language else None
    try:
        with progress(_("Reading workbooks"), quiet=quiet, no_color=no_color) as advance:
            outcome = score_example(out, language=spoken or "es", force=force, progress=advance)
    except JobError as error:
        fail(error, "text", spoken)
    if not quiet:
        print_findings(outcome.diagnostics, "text", spoken, outcome.given)
        print_summary(outcome.assessment, out, outcome.formats, no_color=no_color)
        say(_("Open the page in a browser: {page}").format(page=(out / "index.html").resolve().as_uri()))
    raise typer.Exit(DONE)
