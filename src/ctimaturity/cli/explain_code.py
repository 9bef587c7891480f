"""`cti explain-code`."""

from __future__ import annotations

from typing import Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.show import NOT_DONE, say
from ctimaturity.cli.words import _


def explain_code(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A code such as A203, or its name."))],
    language: shared.LanguageOption = None,
) -> None:
    """Print the page of a diagnostic code."""
    from difflib import get_close_matches

    from ctimaturity.workflows.code_page import code_named, page

    found = code_named(code)
    if found is None:
        from ctimaturity.diagnostics.catalogue import all_codes

        near = get_close_matches(code.upper(), all_codes(), n=3)
        say(_("There is no code {code}.").format(code=code))
        if near:
            say(_("Did you mean {near}?").format(near=", ".join(near)))
        raise typer.Exit(NOT_DONE)
    typer.echo(page(found, Job(language).language_of("text")), nl=False)
