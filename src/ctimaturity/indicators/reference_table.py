"""A table of reference ranges: a row for each range, what holds for the whole file in every row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.csv import restored
from ctimaturity.language.folding import folded, nearest
from ctimaturity.language.written import Manner, Written, decimal_mark, written_number
from ctimaturity.model.number import decimal_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.files.yaml import Path as Keys
    from ctimaturity.files.yaml import Value
    from ctimaturity.indicators.table_file import Row

OF_RANGE = ("item", "direction", "side", "unit", "source", "year", "grouping", "group", "sample")
FOR_PEOPLE = frozenset({"name", "nombre"})
"""A column with the name of the indicator, which decides nothing."""
OF_FILE = ("id", "version", "questionnaire", "example", "schema")
TEXTS = re.compile(r"(title|note)_([a-z]{2,3})")
CUT = re.compile(r"(?:cut|corte)[_ ]?([1-9][0-9]?)")
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


@dataclass(frozen=True, slots=True)
class TableDocument:
    """A table as the document that a YAML file would be.

    Attributes:
        value: The document.
        places: Of its values.
        diagnostics: What stands in the way.
    """

    value: dict[str, Value]
    places: Mapping[Keys, Location]
    diagnostics: tuple[Diagnostic, ...]


def table_document(file: str, rows: Sequence[Row]) -> TableDocument:
    """Read a table.

    Args:
        file: What findings call it.
        rows: The header first. Columns: those of a range, `cut_1`, `cut_2` and so on, and those of the whole
            file (`id`, `version`, `questionnaire`, `example`, `title_es`, `note_es`), which say the same in
            every row.
    """
    reader = _Reader(file)
    if rows:
        reader.header(*rows[0])
    filled = [(line, cells) for line, cells in rows[1:] if any(cell.strip() for cell in cells)]
    reader.mark = decimal_mark(cell.strip() for _, cells in filled for cell in reader.cuts_of(cells))
    for line, cells in filled:
        reader.add(line, cells)
    return TableDocument(reader.document(), reader.places, tuple(reader.diagnostics))


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.mark = ""
        self.places: dict[Keys, Location] = {}
        self.diagnostics: list[Diagnostic] = []
        self.ranges: list[Value] = []
        self.said: dict[str, str] = {}
        self.columns: dict[str, int] = {}
        self.cuts: list[int] = []

    def header(self, line: int, cells: Sequence[str]) -> None:
        cuts: dict[int, int] = {}
        for position, cell in enumerate(cells):
            name = folded(cell)
            name = _SPANISH.get(name, name)
            numbered = CUT.fullmatch(name)
            if numbered:
                cuts[int(numbered[1])] = position
            elif name in OF_RANGE or name in OF_FILE or TEXTS.fullmatch(name):
                self.columns.setdefault(name, position)
            elif name and name not in FOR_PEOPLE:
                near = nearest(name, [*OF_RANGE, *OF_FILE])
                about = {"key": quoted(cell.strip()), "offer": f" ({near}?)" if near else ""}
                self.report(codes.REFERENCE_KEY_UNKNOWN, line, **about)
        self.cuts = [cuts[number] for number in sorted(cuts)]

    def cuts_of(self, cells: Sequence[str]) -> list[str]:
        return [cells[position] for position in self.cuts if position < len(cells)]

    def add(self, line: int, cells: Sequence[str]) -> None:
        one: dict[str, Value] = {}
        path: Keys = ("ranges", len(self.ranges))
        self.places[path] = Location(self.file, line=line)
        for name, position in self.columns.items():
            text = restored(cells[position].strip()) if position < len(cells) else ""
            if not text:
                continue
            if name in OF_RANGE:
                one[name] = text
            elif self.said.setdefault(name, text) != text:
                self.report(codes.REFERENCE_TEXTS_DIFFER, line, key=name)
            else:
                self.places.setdefault(self.keys_of(name), Location(self.file, line=line))
        texts = [text for cell in self.cuts_of(cells) if (text := cell.strip())]
        if texts:
            one["cuts"] = [self.number(text, line) for text in texts]
        self.ranges.append(one)

    def number(self, text: str, line: int) -> str:
        """A cut as YAML has it; what cannot be read in one way stays as it is, and is refused for it."""
        number = written_number(text, self.mark)
        if not isinstance(number, Written):
            return text
        said = decimal_text(number.number)
        if number.manner is Manner.DRESSED:
            self.report(codes.TABLE_NUMBER_DRESSED, line, number=said)
        return said

    def keys_of(self, name: str) -> Keys:
        text = TEXTS.fullmatch(name)
        return (text[1], text[2]) if text else (name,)

    def document(self) -> dict[str, Value]:
        value: dict[str, Value] = {"ranges": self.ranges}
        for name, said in self.said.items():
            text = TEXTS.fullmatch(name)
            if text is None:
                value[name] = said
                continue
            texts = value.setdefault(text[1], {})
            if isinstance(texts, dict):
                texts[text[2]] = said
        return value

    def report(self, code: Code, line: int, **parameters: str) -> None:
        self.diagnostics.append(Diagnostic(code, Location(self.file, line=line), parameters))
