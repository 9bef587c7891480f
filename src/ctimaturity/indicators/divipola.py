"""DANE's codes of departments and municipalities (DIVIPOLA), and how people write them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.entity import ALCALDIA, GOBERNACION, Entity

_TABLE = Path(__file__).with_name("divipola.csv")
_DEPARTMENT_DIGITS = 2
_MUNICIPALITY_DIGITS = 5
# Bogotá is a department and a municipality of one government, which answers as the municipality.
_BOGOTA_DEPARTMENT, _BOGOTA = "11", "11001"

# What spreadsheets make of a code: digits with a leading apostrophe, a thousands mark between the
# first digits and the last three, or a decimal part of zeros.
_WRITTEN = re.compile(
    r"'?(?P<head>\d{1,2}[.,\s](?=\d{3}(?!\d))|)(?P<digits>\d{1,15})(?:[.,]0{1,2})?", re.ASCII
)

_OF_MUNICIPALITIES = {"alcaldia", "municipio", "distrito", "municipal"}
_OF_DEPARTMENTS = {"gobernacion", "departamento"}
_OFFICES = {*_OF_MUNICIPALITIES, *_OF_DEPARTMENTS, "de", "del", "la"}
_SMALL_WORDS = {"De", "Del", "La", "Las", "Los", "El", "Y"}


@dataclass(frozen=True, slots=True)
class Territory:
    """A row of the table.

    Attributes:
        code: Two digits for a department, five for all others.
        kind: `department`, `municipality`, `island` or `non_municipalised_area`.
    """

    code: str
    name: str
    department: str
    kind: str

    @property
    def governed(self) -> bool:
        """Whether it has an alcaldía or a gobernación of its own."""
        return self.kind in {"department", "municipality"} and self.code != _BOGOTA_DEPARTMENT

    @property
    def department_title(self) -> str:
        """Its department, written as names are."""
        return _titled(self.department)

    def as_entity(self) -> Entity:
        """The territorial entity that governs it."""
        kind = GOBERNACION if len(self.code) == _DEPARTMENT_DIGITS else ALCALDIA
        return Entity(code=self.code, name=_titled(self.name), type=kind)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A code as DIVIPOLA writes it, or why it cannot be read.

    Attributes:
        code: Empty when it cannot be read.
        changed: Whether it was written otherwise.
        problem: The kind of finding when it cannot be read.
    """

    code: str
    changed: bool = False
    problem: Code | None = None


def normalise(written: str) -> Normalised:
    """Read an entity code as people and spreadsheets write it.

    One or two digits are a department, four or five a municipality; missing zeros in front are put
    back. `5,001`, `5.001` and `5001.0` are 05001; 11 is Bogotá, D.C., 11001.

    Args:
        written: The text of the cell.

    Returns:
        The code; whether it exists is another question (`find`).
    """
    text = " ".join(written.split())
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return Normalised("", problem=codes.ENTITY_CODE_UNREADABLE)
    digits = re.sub(r"\D", "", match["head"]) + match["digits"]
    if len(digits) <= _DEPARTMENT_DIGITS:
        code = digits.zfill(_DEPARTMENT_DIGITS)
    elif len(digits) in {_MUNICIPALITY_DIGITS - 1, _MUNICIPALITY_DIGITS}:
        code = digits.zfill(_MUNICIPALITY_DIGITS)
    else:
        return Normalised("", problem=codes.ENTITY_CODE_UNREADABLE)
    code = _BOGOTA if code == _BOGOTA_DEPARTMENT else code
    return Normalised(code, changed=code != written)


@dataclass(frozen=True)
class Divipola:
    """The table, by code and by name."""

    territories: dict[str, Territory]

    def find(self, code: str) -> Territory | None:
        """The territory of a normalised code."""
        return self.territories.get(code)

    def read(self, written: str) -> Normalised:
        """A code as people and spreadsheets write it."""
        return normalise(written)

    def entity(self, code: str) -> Entity | None:
        """The entity that governs the territory of a code; None where none does."""
        territory = self.find(code)
        return territory.as_entity() if territory is not None and territory.governed else None

    def named(self, name: str, limit: int = 3) -> tuple[Entity, ...]:
        """Entities that are called so, or nearly; names are not unique.

        Args:
            name: As written, with or without "Alcaldía de" and the like.
            limit: The most to offer; with more of one name nothing is certain anyway.
        """
        wanted = bare_name(name)
        known = wanted if wanted in self._by_name or not wanted else nearest(wanted, self._by_name)
        return tuple(territory.as_entity() for territory in self._by_name.get(known, ())[:limit])

    def exactly(self, name: str) -> tuple[Entity, ...]:
        """Entities that are called just so, and have the office that the name may say."""
        called = [territory.as_entity() for territory in self._by_name.get(bare_name(name), ())]
        words = set(folded(name).split())
        of_department, of_municipality = bool(words & _OF_DEPARTMENTS), bool(words & _OF_MUNICIPALITIES)
        if of_department != of_municipality:
            wanted = GOBERNACION if of_department else ALCALDIA
            return tuple(entity for entity in called if entity.type == wanted) or tuple(called)
        return tuple(called)

    @cached_property
    def _by_name(self) -> dict[str, list[Territory]]:
        names: dict[str, list[Territory]] = {}
        for territory in self.territories.values():
            if territory.governed:
                names.setdefault(bare_name(territory.name), []).append(territory)
        return names


@cache
def divipola() -> Divipola:
    """The table in the package."""
    with _TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return Divipola(
        {
            row["code"]: Territory(row["code"], row["name"], row["department_name"], row["kind"])
            for row in rows
        }
    )


def same_name(written: str, name: str) -> bool:
    """Whether a name as written may stand for a place's: one holds all the words of the other."""
    first, second = set(bare_name(written).split()), set(bare_name(name).split())
    return first <= second or second <= first


def bare_name(name: str) -> str:
    """The words of a name that are not those of its office, folded."""
    words = re.sub(r"[^\w\s]", " ", folded(name)).split()
    return " ".join(word for word in words if word not in _OFFICES) or " ".join(words)


def _titled(name: str) -> str:
    """`SAN JOSÉ DE CÚCUTA` as `San José de Cúcuta`; abbreviations such as `D.C.` stay."""
    words = [word if "." in word else word.capitalize() for word in name.split()]
    return " ".join(
        word.lower() if position and word in _SMALL_WORDS else word for position, word in enumerate(words)
    )
