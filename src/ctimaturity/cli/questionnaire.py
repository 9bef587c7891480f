"""`cti questionnaire`: the life of a definition."""

from __future__ import annotations

import typer

from ctimaturity.cli import (
    questionnaire_check,
    questionnaire_diff,
    questionnaire_list,
    questionnaire_migrate,
    questionnaire_new,
    questionnaire_release,
    questionnaire_schema,
    questionnaire_show,
)
from ctimaturity.cli.words import _

app = typer.Typer(
    name="questionnaire", help=_("Definitions of questionnaires: read, check, compare."), no_args_is_help=True
)

app.command("list", help=_("List the bundled definitions, and those of folders."))(
    questionnaire_list.list_definitions
)
app.command("show", help=_("Show the tree of a definition with its weights, or write it as a booklet."))(
    questionnaire_show.show
)
app.command("new", help=_("Make a small, valid, commented definition to start from."))(questionnaire_new.new)
app.command(
    "schema", help=_("Print the JSON Schema of a kind of file, by which editors complete and check.")
)(questionnaire_schema.schema)
app.command("diff", help=_("Tell what changed between two definitions, and what it does to entities."))(
    questionnaire_diff.diff
)
app.command("migrate", help=_("Take a returned workbook over into another version or edition."))(
    questionnaire_migrate.migrate
)
app.command("check", help=_("List every mistake of definitions, and all a careful reviewer would ask."))(
    questionnaire_check.check
)
app.command("release", help=_("Freeze a version of a definition and list it, so that it never changes."))(
    questionnaire_release.release
)
