"""manifest.json: what a result rests on, so that anyone can make it again."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints, ValidationError

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import is_seen, quoted, visible
from ctimaturity.files.kind import MANIFEST
from ctimaturity.model.strict import StrictModel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEFINITION = "definition.json"
REFERENCE = "reference.json"
TOOL = "ctimaturity"
KIND = "index"
"""What a folder that can be read back holds."""
_OWN_HASH = "manifest_hash"
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")
Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class DefinitionRecord(StrictModel):
    """Which definition everybody was scored with."""

    id: str
    edition: str
    version: str
    definition_hash: Sha256
    scoring_hash: Sha256


class RangesRecord(StrictModel):
    """Which reference ranges marked indicators; `digest` is the SHA-256 of reference.json."""

    id: str
    version: str
    digest: str
    example: bool


class SurveyRecord(StrictModel):
    """Where the tallies of a measurement come from, and how many respondents each segment has."""

    file: str
    sheet: str
    origin: str
    respondents: dict[str, Annotated[int, Field(ge=0)]]


class SourceRecord(StrictModel):
    """Where the answers of an entity come from."""

    files: Annotated[tuple[str, ...], Field(strict=False)]
    surveys: dict[str, SurveyRecord]


NO_SOURCE = SourceRecord(files=(), surveys={})


class Manifest(StrictModel):
    """The manifest of a folder of results.

    Attributes:
        kind: What the folder holds; `index` is a ranked index.
        libraries: Versions of the libraries that bytes of outputs may depend on, by name; empty in a manifest
            from before they were recorded.
        options: What the run was asked for.
        seeds: Of random draws, by their use; none so far in a scored index.
        language: Of documents and labels.
        csv_dialect: How the CSV files are written.
        measurements: Ids of what was scored.
        results_basis: Where the marks of indicators were to come from.
        reference: The reference ranges that marked indicators; absent without.
        groupings: Names of the groupings, as asked for.
        awaited: Names of the listed entities that have sent nothing, by code.
        inputs: SHA-256 of every input file, by relative path.
        sources: Where the answers come from, by entity code.
        outputs: SHA-256 of every other file of the folder, by name.
    """

    tool: Literal["ctimaturity"]
    schema_: Annotated[Literal[1], Field(alias="schema")]
    kind: Literal["index"]
    tool_version: str
    libraries: dict[str, str] = Field(default_factory=dict)
    definition: DefinitionRecord
    options: dict[str, JsonValue]
    seeds: dict[str, int]
    language: str
    csv_dialect: Literal["standard", "excel-es"]
    measurements: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    results_basis: Literal["", "auto", "range", "criterion", "self"]
    reference: RangesRecord | None = None
    groupings: Annotated[tuple[str, ...], Field(strict=False)]
    awaited: dict[str, str]
    inputs: dict[str, Sha256]
    sources: dict[str, SourceRecord]
    outputs: dict[str, Sha256]


def sealed(record: Mapping[str, object]) -> dict[str, object]:
    """A manifest with its own SHA-256, so that nobody changes an option by hand and gets other scores."""
    return {**record, _OWN_HASH: sha256(json_bytes(record))}


def json_bytes(value: Mapping[str, object]) -> bytes:
    r"""JSON for people and programs: sorted, two spaces, UTF-8, one line end at the end.

    Control, format and bidirectional characters stand as `\u202e`: programs read the same, and no editor
    obeys them.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    shown = _NOT_ASCII.sub(lambda found: found[0] if is_seen(found[0]) else json.dumps(found[0])[1:-1], text)
    return f"{shown}\n".encode()


def read_manifest(data: bytes, file: str) -> Manifest | tuple[Diagnostic, ...]:
    """A manifest from its bytes, or what is wrong with it."""
    place = Location(file=file)
    try:
        record = json.loads(data)
        kind = record.get("kind") if isinstance(record, dict) else None
        if isinstance(kind, str) and kind != KIND:
            return (Diagnostic(codes.FOLDER_OF_ANOTHER_KIND, place, {"kind": quoted(kind)}),)
        own_hash = record.pop(_OWN_HASH, "") if isinstance(record, dict) else ""
        manifest = Manifest.model_validate(record)
        changed = own_hash != sha256(json_bytes(record))
    except json.JSONDecodeError as error:
        return (Diagnostic(codes.MANIFEST_BROKEN, replace(place, line=error.lineno, column=error.colno)),)
    except ValidationError as error:
        fields = (".".join(str(part) for part in problem["loc"]) for problem in error.errors())
        return tuple(unknown_field(place, field or ".") for field in fields)
    except (ValueError, RecursionError):  # no text, a number without end, brackets without end
        return (Diagnostic(codes.MANIFEST_BROKEN, place),)
    return (Diagnostic(codes.RESULT_FILE_CHANGED, place, {"name": MANIFEST}),) if changed else manifest


def unknown_field(place: Location, field: str) -> Diagnostic:
    """A finding about a field of a manifest that holds something unknown."""
    shown = quoted(field)
    return Diagnostic(codes.MANIFEST_UNKNOWN, replace(place, item=shown), {"field": shown})


def difference(folder: Path, name: str, expected: str | None) -> Diagnostic | None:
    """A file that is missing from a folder, or is not as its manifest says; None where it is."""
    about = {"name": visible(name)}
    place = Location((folder / about["name"]).as_posix())
    try:
        same = sha256_of(folder / name) == expected
    except OSError:
        return Diagnostic(codes.RESULT_FILE_MISSING, place, about)
    return None if same else Diagnostic(codes.RESULT_FILE_CHANGED, place, about)


def sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """That of a file, which is never held whole.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
