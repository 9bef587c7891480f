"""`cti questionnaire list`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job
from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.workflows.questionnaire_list import Listed

_DIGITS = 12
"""Of a hash, as many as the cover of a workbook shows."""


class ListFormat(StrEnum):
    """How the list is written."""

    TEXT = "text"
    JSON = "json"


FoldersArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DIR...]", help=_("Folders to look in too, beside the bundled definitions.")),
]
FormatOption = Annotated[ListFormat, typer.Option("--format", "-f", help=_("How the list is written."))]


def list_definitions(
    folders: FoldersArgument = None,
    output_format: FormatOption = ListFormat.TEXT,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
) -> None:
    """List the bundled definitions, and those of folders."""
    from ctimaturity.workflows.questionnaire_list import list_definitions as listing_of

    job = Job(language, findings_format, strict=strict)
    with job.work():
        listing = listing_of(folders or ())
    if output_format is ListFormat.JSON:
        records = [_record(one) for one in listing.definitions]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for line in _lines(listing.definitions):
            typer.echo(line)
    job.tell(listing.diagnostics)
    job.end(listing.diagnostics)


def _lines(definitions: tuple[Listed, ...]) -> Iterator[str]:
    """A line for each; none is wrapped, so that names, hashes and paths can be copied."""
    from ctimaturity.diagnostics.quoting import visible
    from ctimaturity.reporting.plain import aligned

    head = (
        _("Definition"),
        _("Version"),
        _("Number of items"),
        _("Languages"),
        _("Hash"),
        _("State"),
        _("Where"),
    )
    rows = [
        (
            one.questionnaire.key,
            one.questionnaire.version,
            str(len(one.questionnaire.item_by_id)),
            ", ".join(one.questionnaire.languages),
            one.definition_hash[:_DIGITS],
            _("released") if one.released else _("draft"),
            visible(one.place) or _("bundled"),
        )
        for one in definitions
    ]
    return aligned([head, *rows])


def _record(one: Listed) -> dict[str, object]:
    questionnaire = one.questionnaire
    return {
        "id": questionnaire.id,
        "edition": questionnaire.edition,
        "version": questionnaire.version,
        "title": questionnaire.title,
        "items": len(questionnaire.item_by_id),
        "languages": list(questionnaire.languages),
        "definition_hash": one.definition_hash,
        "scoring_hash": one.scoring_hash,
        "released": one.released,
        "bundled": not one.place,
        "place": one.place,
    }
