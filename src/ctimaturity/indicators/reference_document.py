"""A reference file as people write it: YAML, or a table with a row for each range."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.csv import restored
from ctimaturity.files.discovery import InputFile, read_file
from ctimaturity.files.yaml import read_yaml
from ctimaturity.indicators.reference_record import CalibrationRecord, RangeRecord, ReferenceRecord
from ctimaturity.indicators.table_file import TableFindings, cell_at, read_table_file
from ctimaturity.language.folding import folded, offer
from ctimaturity.language.written import Written, decimal_mark, written_number
from ctimaturity.model.number import decimal_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from ctimaturity.files.yaml import Path as Keys
    from ctimaturity.files.yaml import Value
    from ctimaturity.indicators.table_file import Row

_YAML = frozenset({".yaml", ".yml", ".json"})
_FORMS: dict[str, type[BaseModel]] = {"calibration": CalibrationRecord, "ranges": RangeRecord}

_OF_RANGE = ("item", "direction", "side", "unit", "source", "year", "grouping", "group", "sample")
_OF_FILE = ("id", "version", "questionnaire", "example", "schema")
"""Columns of what holds for the whole file, the same in every row."""
_FOR_PEOPLE = frozenset({"name", "nombre"})
"""A column with the name of the indicator, which decides nothing."""
_TEXTS = re.compile(r"(title|note)_([a-z]{2,3})")
_CUT = re.compile(r"(?:cut|corte)[_ ]?([1-9][0-9]?)")
_SPANISH = {
    "indicador": "item",
    "direccion": "direction",
    "lado": "side",
    "unidad": "unit",
    "fuente": "source",
    "ano": "year",
    "agrupacion": "grouping",
    "grupo": "group",
    "muestra": "sample",
    "cuestionario": "questionnaire",
    "ejemplo": "example",
}


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
    reader = _RangeTableReader(table.name)
    reader.read(table.rows)
    diagnostics = (*table.diagnostics, *reader.diagnostics)
    if has_errors(diagnostics):
        return _refused(table.name, diagnostics, table.digest)
    return _validated(reader.document(), reader.places, table.name, table.digest, diagnostics)


def yaml_document(data: bytes, name: str) -> ReferenceDocument:
    """Read the bytes of a YAML file, or of the canonical JSON."""
    digest = hashlib.sha256(data).hexdigest()
    read = read_yaml(data, name)
    if has_errors(read.diagnostics):
        return _refused(name, read.diagnostics, digest)
    return _validated(read.value, {**read.places, **read.keys}, name, digest, read.diagnostics)


def _refused(name: str, diagnostics: Sequence[Diagnostic], digest: str = "") -> ReferenceDocument:
    return ReferenceDocument(name, digest, diagnostics=in_order(diagnostics))


def _validated(
    value: Value, places: Mapping[Keys, Location], name: str, digest: str, diagnostics: Sequence[Diagnostic]
) -> ReferenceDocument:
    if not isinstance(value, dict) or not value.get("ranges"):
        code = codes.REFERENCE_EMPTY if isinstance(value, dict) else codes.REFERENCE_UNREADABLE
        return _refused(name, (*diagnostics, Diagnostic(code, Location(name))), digest)
    filled = _filled(value)
    try:
        record = ReferenceRecord.model_validate(filled)
    except ValidationError as error:
        problems = [_problem(details, filled, places, name) for details in error.errors()]
        return _refused(name, (*diagnostics, *problems), digest)
    return ReferenceDocument(name, digest, record, places, in_order(diagnostics))


def _filled(value: Value) -> Value:
    """Without the keys that say nothing."""
    if isinstance(value, dict):
        return {key: _filled(part) for key, part in value.items() if part is not None}
    return [_filled(part) for part in value] if isinstance(value, list) else value


def _problem(error: ErrorDetails, value: Value, places: Mapping[Keys, Location], name: str) -> Diagnostic:
    """What a value that does not fit is a finding of."""
    keys = error["loc"]
    key = next((part for part in reversed(keys) if isinstance(part, str) and part != "[key]"), ".")
    code, about = codes.REFERENCE_VALUE_INVALID, {"key": key}
    if error["type"] == "missing":
        code, keys = codes.REFERENCE_KEY_MISSING, keys[:-1]
    elif error["type"] == "extra_forbidden":
        form = _FORMS.get(str(keys[0]), ReferenceRecord) if len(keys) > 1 else ReferenceRecord
        code = codes.REFERENCE_KEY_UNKNOWN
        about = {"key": quoted(key), "offer": offer(key, form.model_fields)}
    return Diagnostic(code, _nearest(places, keys, name, _item(value, keys)), about)


def _item(value: Value, keys: Keys) -> str:
    """The indicator of the range that some keys lead into; empty for the rest of the file."""
    if len(keys) > 1 and isinstance(value, dict) and isinstance(value["ranges"], list):
        row = value["ranges"][keys[1]] if keys[0] == "ranges" and isinstance(keys[1], int) else None
        item = row.get("item") if isinstance(row, dict) else None
        return quoted(item) if isinstance(item, str) else ""
    return ""


def _nearest(places: Mapping[Keys, Location], keys: Keys, file: str, item: str) -> Location:
    """Where a value stands, or the nearest that it is part of and whose place is known."""
    prefixes = (keys[:length] for length in range(len(keys), 0, -1))
    place = next((places[prefix] for prefix in prefixes if prefix in places), Location(file))
    return Location(place.file, line=place.line, column=place.column, item=item)


class _RangeTableReader(TableFindings):
    """Makes the document that a YAML file would be from a table.

    Columns are those of a range, `cut_1`, `cut_2` and so on, and those of the whole file (`id`, `version`,
    `questionnaire`, `example`, `title_es`, `note_es`), which say the same in every row.
    """

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.mark = ""
        self.places: dict[Keys, Location] = {}
        self.ranges: list[Value] = []
        self.said: dict[str, str] = {}
        self.columns: dict[str, int] = {}
        self.cuts: list[int] = []

    def read(self, rows: Sequence[Row]) -> None:
        """Read the rows, the header first."""
        if rows:
            self.header(*rows[0])
        filled = [(line, cells) for line, cells in rows[1:] if any(cell.strip() for cell in cells)]
        self.mark = decimal_mark(cell for _, cells in filled for cell in self.cuts_of(cells))
        for line, cells in filled:
            self.add(line, cells)

    def header(self, line: int, cells: Sequence[str]) -> None:
        cuts: dict[int, int] = {}
        for position, cell in enumerate(cells):
            name = folded(cell)
            name = _SPANISH.get(name, name)
            numbered = _CUT.fullmatch(name)
            if numbered:
                cuts[int(numbered[1])] = position
            elif name in _OF_RANGE or name in _OF_FILE or _TEXTS.fullmatch(name):
                self.columns.setdefault(name, position)
            elif name and name not in _FOR_PEOPLE:
                near = offer(name, (*_OF_RANGE, *_OF_FILE))
                self.report(codes.REFERENCE_KEY_UNKNOWN, line, key=quoted(cell.strip()), offer=near)
        self.cuts = [cuts[number] for number in sorted(cuts)]

    def cuts_of(self, cells: Sequence[str]) -> list[str]:
        return [text for position in self.cuts if (text := cell_at(cells, position))]

    def add(self, line: int, cells: Sequence[str]) -> None:
        row: dict[str, Value] = {}
        self.places["ranges", len(self.ranges)] = Location(self.file, line=line)
        for name, position in self.columns.items():
            text = restored(cell_at(cells, position))
            if not text:
                continue
            if name in _OF_RANGE:
                row[name] = text
            elif self.said.setdefault(name, text) != text:
                self.report(codes.REFERENCE_TEXTS_DIFFER, line, key=name)
            else:
                texts = _TEXTS.fullmatch(name)
                self.places.setdefault(texts.groups() if texts else (name,), Location(self.file, line=line))
        cuts: list[Value] = [self.number(text, line) for text in self.cuts_of(cells)]
        if cuts:
            row["cuts"] = cuts
        self.ranges.append(row)

    def number(self, text: str, line: int) -> str:
        """A cut as YAML has it; what cannot be read in one way stays as it is, and is refused for it."""
        number = written_number(text, self.mark)
        if not isinstance(number, Written):
            return text
        said = decimal_text(number.number)
        if number.is_dressed():
            self.report(codes.TABLE_NUMBER_DRESSED, line, number=said)
        return said

    def document(self) -> dict[str, Value]:
        texts: dict[str, dict[str, Value]] = {}
        value: dict[str, Value] = {"ranges": self.ranges}
        for name, said in self.said.items():
            text = _TEXTS.fullmatch(name)
            if text is None:
                value[name] = said
            else:
                texts.setdefault(text[1], {})[text[2]] = said
        return {**value, **texts}
