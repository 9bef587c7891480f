"""datapackage.json: the CSV files described for any tool that knows Frictionless Data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.csv import DIALECTS, write_csv
from ctimaturity.language.catalogue import translate
from ctimaturity.model.text import in_language
from ctimaturity.results.manifest import json_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.files.csv import CsvDialect
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.results.table import Column, Table

PACKAGE = "datapackage.json"


def write_tables(
    folder: Path,
    questionnaire: Questionnaire,
    tables: Sequence[Table],
    language: str,
    dialect: str = "standard",
    *,
    description: str = "Maturity index: scores, answers and findings of one run",
    reference: Reference | None = None,
) -> None:
    """Write tables as CSV files, and the data package of them: names, types, units and keys, in a language.

    Args:
        folder: Where to.
        questionnaire: The definition, which names the package.
        tables: The tables, in order.
        language: Of titles and descriptions.
        dialect: How CSV files are written: `standard` or `excel-es`.
        description: English message id of what they are.
        reference: The ranges that marked indicators.
    """
    chosen = DIALECTS[dialect]
    for table in tables:
        path = folder / table.file
        path.parent.mkdir(exist_ok=True)
        write_csv(path, table.header, table.rows(), chosen)
    name = f"{questionnaire.id}-{questionnaire.edition}".lower()
    package: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": f"cti-{name}",
        "title": in_language(questionnaire.title, language),
        "description": translate(description, language),
        "resources": [_resource(table, language, chosen) for table in tables],
    }
    if reference is not None:
        package["sources"] = [_cited(reference, language)]
    (folder / PACKAGE).write_bytes(json_bytes(package))


def _cited(reference: Reference, language: str) -> dict[str, object]:
    """The ranges as a source, in the words of Frictionless."""
    name = (
        translate("{name}: an example, its marks mean nothing", language) if reference.example else "{name}"
    )
    title = f"{translate('Reference ranges', language)}: {name.format(name=visible(reference.cited))}"
    return {"title": title}


def _resource(table: Table, language: str, dialect: CsvDialect) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column, language, dialect.decimal) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(reference.columns),
                "reference": {"resource": reference.table, "fields": list(reference.key)},
            }
            for reference in table.references
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.lower(),
        "title": translate(table.title, language),
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": dialect.delimiter,
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "schema": schema,
    }


def _field(column: Column, language: str, decimal: str) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": column.kind,
        "description": column.described(language),
    }
    if column.kind == "number" and decimal != ".":
        field["decimalChar"] = decimal
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        field["constraints"] = constraints
    return field
