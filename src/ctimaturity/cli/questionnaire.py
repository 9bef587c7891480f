"""`cti questionnaire`: the life of a definition."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli import questionnaire_change
from ctimaturity.cli.job import Job
from ctimaturity.cli.show import tally_line
from ctimaturity.cli.words import _, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.workflows.questionnaire_show import Listed

app = typer.Typer(
    name="questionnaire", help=_("Definitions of questionnaires: read, check, compare."), no_args_is_help=True
)
_DIGITS = 12
"""Of a hash, as many as the cover of a workbook shows."""
_BOOKLETS = {".md", ".html"}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


@app.command("list", help=_("List the bundled definitions, and those of folders."))
def list_definitions(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR...]", help=_("Folders to look in too, beside the bundled definitions.")),
    ] = None,
    output_format: Annotated[
        shared.TextOrJson, typer.Option("--format", "-f", help=_("How the list is written."))
    ] = "text",
    findings_format: shared.FindingsOption = "text",
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
) -> None:
    """List the bundled definitions, and those of folders."""
    from ctimaturity.workflows.questionnaire_show import list_definitions as listing_of

    job = Job(language, findings_format, strict=strict)
    with job.work():
        listing = listing_of(folders or ())
    if output_format == "json":
        records = [_record(listed) for listed in listing.definitions]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        _print_lines(listing.definitions)
    job.tell(listing.diagnostics)
    job.end(listing.diagnostics)


def _print_lines(definitions: Sequence[Listed]) -> None:
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
            listed.questionnaire.key,
            listed.questionnaire.version,
            str(len(listed.questionnaire.item_by_id)),
            ", ".join(listed.questionnaire.languages),
            listed.definition_hash[:_DIGITS],
            _("released") if listed.released else _("draft"),
            visible(listed.place) or _("bundled"),
        )
        for listed in definitions
    ]
    for line in aligned([head, *rows]):
        typer.echo(line)


def _record(listed: Listed) -> dict[str, object]:
    questionnaire = listed.questionnaire
    return {
        "id": questionnaire.id,
        "edition": questionnaire.edition,
        "version": questionnaire.version,
        "title": questionnaire.title,
        "items": len(questionnaire.item_by_id),
        "languages": list(questionnaire.languages),
        "definition_hash": listed.definition_hash,
        "scoring_hash": listed.scoring_hash,
        "released": listed.released,
        "bundled": not listed.place,
        "place": listed.place,
    }


@app.command("show", help=_("Show the tree of a definition with its weights, or write it as a booklet."))
def show(
    reference: Annotated[
        str,
        typer.Argument(metavar="ID@EDITION|PATH", help=_("The definition: ID@EDITION[@VERSION] or a path.")),
    ],
    output_format: Annotated[
        Literal["text", "json", "md"],
        typer.Option("--format", "-f", help=_("How the tree is written to standard output.")),
    ] = "text",
    booklets: Annotated[
        list[Path] | None,
        typer.Option(
            "--booklet",
            metavar="FILE",
            help=_("Write a booklet to print instead, as FILE.md or FILE.html; repeatable."),
        ),
    ] = None,
    findings_format: shared.FindingsOption = "text",
    language: shared.LanguageOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Show the tree of a definition with its weights, or write it as a booklet."""
    from ctimaturity.reporting.definition_tree import render_definition
    from ctimaturity.workflows.questionnaire_show import definition_of, write_booklet

    if any(file.suffix not in _BOOKLETS for file in booklets or ()):
        raise typer.BadParameter(_("a booklet is a file that ends in .md or .html"), param_hint="--booklet")
    job = Job(language, findings_format, quiet=quiet, no_color=no_color)
    with job.work():
        definition = definition_of(reference)
        for file in booklets or ():
            write_booklet(definition, file, job.language)
    if booklets:
        job.written(*booklets)
        return
    words = job.language_of(output_format)
    typer.echo(render_definition(definition, output_format, words), nl=False)


def _checked_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise typer.BadParameter(_("letters, digits, - and _, beginning with a letter"))
    return value


@app.command("new", help=_("Make a small, valid, commented definition to start from."))
def new(
    out: Annotated[
        Path, typer.Argument(metavar="DIR", help=_("The folder to make; it must be new or empty."))
    ],
    name: Annotated[
        str,
        typer.Option("--id", metavar="ID", callback=_checked_id, help=_("What the instrument is called.")),
    ] = "my-model",
    findings_format: shared.FindingsOption = "text",
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


@app.command(
    "schema", help=_("Print the JSON Schema of a kind of file, by which editors complete and check.")
)
def schema(
    kind: Annotated[
        Literal["questionnaire", "measurement", "crosswalk", "roadmap", "checklist", "targets", "effort"],
        typer.Argument(
            metavar="[KIND]",
            help=_(
                "questionnaire, measurement, crosswalk; of roadmaps: roadmap, checklist, targets, effort."
            ),
        ),
    ] = "questionnaire",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="DIR", help=_("Write the schemas of all kinds into this folder.")
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file, by which editors complete and check."""
    from ctimaturity.workflows.questionnaire_new import schema_text, write_schemas

    if out is None:
        typer.echo(schema_text(kind), nl=False)
        return
    job = Job()
    with job.work():
        written = write_schemas(out)
    job.written(*written)


app.command("diff", help=_("Tell what changed between two definitions, and what it does to entities."))(
    questionnaire_change.diff
)
app.command("migrate", help=_("Take a returned workbook over into another version or edition."))(
    questionnaire_change.migrate
)


@app.command("check", help=_("List every mistake of definitions, and all a careful reviewer would ask."))
def check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help=_("Definitions, folders of them, or ID@EDITION of a bundled one.")
        ),
    ],
    output_format: shared.FindingsShownOption = "text",
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
    reasons = [(each.diagnostic, in_language(dict(each.reason), job.language)) for each in found.accepted]
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


@app.command("release", help=_("Freeze a version of a definition and list it, so that it never changes."))
def release(
    path: Annotated[str, typer.Argument(metavar="PATH", help=_("The folder or the file of the definition."))],
    findings_format: shared.FindingsOption = "text",
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Freeze a version of a definition and list it, so that it never changes."""
    from ctimaturity.workflows.questionnaire_check import release_definition

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    with job.work():
        made = release_definition(path)
    job.tell(made.diagnostics)
    key, version, digest = made.release.key, made.release.version, made.release.definition_hash
    job.say(f"{key} {version}: {made.file.as_posix()} ({digest[:_DIGITS]})")
    job.end(made.diagnostics)
