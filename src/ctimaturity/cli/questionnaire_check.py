"""`cti questionnaire check`."""

from __future__ import annotations

from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.show import tally_line
from ctimaturity.cli.words import _, counted

DefinitionPaths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help=_("Definitions, folders of them, or ID@EDITION of a bundled one.")
    ),
]


def check(
    paths: DefinitionPaths,
    output_format: shared.FindingsShownOption = shared.FindingsFormat.TEXT,
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """List every mistake of definitions, and all that a careful reviewer would ask about."""
    from ctimaturity.model.text import in_language
    from ctimaturity.workflows.questionnaire_check import check as check_definitions

    job = Job(language, output_format, strict=strict, quiet=quiet, no_color=no_color, stderr=False)
    with job.work():
        found = check_definitions(paths)
    reasons = [(one.diagnostic, in_language(dict(one.reason), job.language)) for one in found.accepted]
    job.tell(found.diagnostics, accepted=reasons)
    job.say(tally_line(found.diagnostics))
    if found.accepted:
        job.say(
            counted(
                "{count} warning accepted in the definition, with its reason",
                "{count} warnings accepted in the definition, each with its reason",
                len(found.accepted),
            ),
        )
    job.end(found.diagnostics)
