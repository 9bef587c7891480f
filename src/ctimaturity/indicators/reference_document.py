"""A reference file as people write it: YAML, or a table with a row for each range."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.discovery import InputFile, read_file
from ctimaturity.files.yaml import read_yaml
from ctimaturity.indicators.reference_record import CalibrationRecord, RangeRecord, ReferenceRecord
from ctimaturity.indicators.reference_table import table_document
from ctimaturity.indicators.table_file import read_table_file
from ctimaturity.language.folding import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from ctimaturity.files.yaml import Path as Keys
    from ctimaturity.files.yaml import Value

_YAML = frozenset({".yaml", ".yml", ".json"})
_FORMS: dict[str, type[BaseModel]] = {"calibration": CalibrationRecord, "ranges": RangeRecord}


@dataclass(frozen=True)
class ReferenceDocument:
    """A file that was read, not yet held against a questionnaire.

    Attributes:
        file: What findings call it.
        digest: SHA-256 of its bytes; empty when they could not be read.
        record: What it says; None when that is not certain.
        places: Where each value stands, by the keys that lead to it.
        diagnostics: What is wrong with it.
    """

    file: str
    digest: str = ""
    record: ReferenceRecord | None = None
    places: Mapping[Keys, Location] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    def place(self, keys: Keys, item: str = "") -> Location:
        """Where a value stands, or what it is part of."""
        return _nearest(self.places, keys, self.file, item)


def read_document(path: Path) -> ReferenceDocument:
    """Read a reference file; nothing in it raises."""
    if path.suffix.lower() in _YAML:
        name = visible(path.name)
        data = read_file(InputFile(path, name))
        return yaml_document(data, name) if isinstance(data, bytes) else _refused(name, (data,))
    table = read_table_file(path)
    if table.rows is None:
        return _refused(table.name, table.diagnostics, table.digest)
    read = table_document(table.name, table.rows)
    found = (*table.diagnostics, *read.diagnostics)
    if has_errors(found):
        return _refused(table.name, found, table.digest)
    return _validated(read.value, read.places, table.name, table.digest, found)


def yaml_document(data: bytes, name: str) -> ReferenceDocument:
    """Read the bytes of a YAML file, or of the canonical JSON."""
    digest = hashlib.sha256(data).hexdigest()
    read = read_yaml(data, name)
    if has_errors(read.diagnostics):
        return _refused(name, read.diagnostics, digest)
    return _validated(read.value, {**read.places, **read.keys}, name, digest, read.diagnostics)


def _refused(name: str, found: Sequence[Diagnostic], digest: str = "") -> ReferenceDocument:
    return ReferenceDocument(name, digest, diagnostics=in_order(found))


def _validated(
    value: Value, places: Mapping[Keys, Location], name: str, digest: str, found: Sequence[Diagnostic]
) -> ReferenceDocument:
    if not isinstance(value, dict):
        unreadable = Diagnostic(codes.REFERENCE_UNREADABLE, Location(name))
        return _refused(name, (*found, unreadable), digest)
    if not value.get("ranges"):
        empty = Diagnostic(codes.REFERENCE_EMPTY, Location(name))
        return _refused(name, (*found, empty), digest)
    filled = _filled(value)
    try:
        record = ReferenceRecord.model_validate(filled)
    except ValidationError as error:
        problems = [_problem(each, filled, places, name) for each in error.errors()]
        return _refused(name, (*found, *problems), digest)
    return ReferenceDocument(name, digest, record, places, in_order(found))


def _filled(value: Value) -> Value:
    """Without the keys that say nothing."""
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items() if each is not None}
    return [_filled(each) for each in value] if isinstance(value, list) else value


def _problem(error: ErrorDetails, value: Value, places: Mapping[Keys, Location], name: str) -> Diagnostic:
    """What a value that does not fit is a finding of."""
    keys = error["loc"]
    key = next((part for part in reversed(keys) if isinstance(part, str) and part != "[key]"), ".")
    code, about = codes.REFERENCE_VALUE_INVALID, {"key": key}
    if error["type"] == "missing":
        code, keys = codes.REFERENCE_KEY_MISSING, keys[:-1]
    elif error["type"] == "extra_forbidden":
        form = _FORMS.get(str(keys[0]), ReferenceRecord) if len(keys) > 1 else ReferenceRecord
        near = nearest(key, form.model_fields)
        code, about = (
            codes.REFERENCE_KEY_UNKNOWN,
            {"key": quoted(key), "offer": f" ({near}?)" if near else ""},
        )
    return Diagnostic(code, _nearest(places, keys, name, _item(value, keys)), about)


def _item(value: Value, keys: Keys) -> str:
    """The indicator of the range that some keys lead into; empty for the rest of the file."""
    if len(keys) > 1 and isinstance(value, dict) and isinstance(value["ranges"], list):
        one = value["ranges"][keys[1]] if keys[0] == "ranges" and isinstance(keys[1], int) else None
        item = one.get("item") if isinstance(one, dict) else None
        return quoted(item) if isinstance(item, str) else ""
    return ""


def _nearest(places: Mapping[Keys, Location], keys: Keys, file: str, item: str) -> Location:
    found = next((places[prefix] for prefix in _prefixes(keys) if prefix in places), Location(file))
    return Location(found.file, line=found.line, column=found.column, item=item)


def _prefixes(keys: Keys) -> Iterator[Keys]:
    yield from (keys[:length] for length in range(len(keys), 0, -1))
