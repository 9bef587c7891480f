"""What the codes of entities say by themselves: DIVIPOLA's, those of countries, and a questionnaire's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from ctimaturity.diagnostics import codes
from ctimaturity.indicators.divipola import Normalised, divipola
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.entity import OTHER, Entity, EntityCodes

OWN_CODE = re.compile(r"[^\W_](?:[\w.-]{0,30}\w)?")
"""What a code of one's own may be: codes become names of files and keys of tables."""

# Groups of countries, reserved codes and codes for tests: CLDR names them, ISO 3166 does not.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
# Withdrawn codes that CLDR maps to a country of today.
_WITHDRAWN = frozenset(["ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"])
_LETTERS = {EntityCodes.ISO_ALPHA_2: 2, EntityCodes.ISO_ALPHA_3: 3}


class Coding(Protocol):
    """Codes of one kind."""

    def read(self, written: str) -> Normalised:
        """A code as people and spreadsheets write it."""

    def entity(self, code: str) -> Entity | None:
        """The entity of a code, as far as the code says it; None where there is none."""

    def named(self, name: str) -> tuple[Entity, ...]:
        """The entities that are called so, or nearly: an offer, never a decision."""

    def exactly(self, name: str) -> tuple[Entity, ...]:
        """The entities that are called just so."""


class _Own:
    """Codes that are as they are written: of themselves they say nothing."""

    def read(self, written: str) -> Normalised:
        usable = OWN_CODE.fullmatch(written) is not None
        return Normalised(written) if usable else Normalised("", problem=codes.ENTITY_CODE_UNUSABLE)

    def entity(self, code: str) -> Entity | None:
        return Entity(code, code, OTHER)

    def named(self, name: str) -> tuple[Entity, ...]:  # noqa: ARG002  (no name is known)
        return ()

    def exactly(self, name: str) -> tuple[Entity, ...]:  # noqa: ARG002  (no name is known)
        return ()


@dataclass(frozen=True)
class _Countries:
    """Countries by ISO 3166, with their names in Spanish and in English from CLDR.

    Attributes:
        letters: Of a code: 2 or 3.
        language: Of the name that an entity gets.
    """

    letters: int
    language: str

    def read(self, written: str) -> Normalised:
        code = "".join(written.split()).upper()
        known = code in self._names
        return Normalised(code) if known else Normalised("", problem=codes.ENTITY_CODE_NOT_ISO)

    def entity(self, code: str) -> Entity | None:
        return Entity(code, self._names[code][0], OTHER) if code in self._names else None

    def named(self, name: str) -> tuple[Entity, ...]:
        return self.exactly(nearest(name, self._by_name))

    def exactly(self, name: str) -> tuple[Entity, ...]:
        entity = self.entity(self._by_name.get(folded(name), ""))
        return (entity,) if entity else ()

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The names of each country, that in the entity's language first."""
        from babel import Locale, UnknownLocaleError
        from babel.core import get_global

        languages = list(dict.fromkeys([self.language, "es", "en"]))
        try:
            known = [Locale.parse(language).territories for language in languages]
        except (UnknownLocaleError, ValueError):
            known = [Locale.parse(language).territories for language in ("es", "en")]
        long = {
            to[0]: code
            for code, to in get_global("territory_aliases").items()
            if len(code) == _LETTERS[EntityCodes.ISO_ALPHA_3]
            and code.isalpha()
            and len(to) == 1
            and code not in _WITHDRAWN
        }
        territories = [str(code) for code in known[0]]
        countries = [code for code in territories if len(code) == _LETTERS[EntityCodes.ISO_ALPHA_2]]
        return {
            code if self.letters == len(code) else long[code]: [names[code] for names in known]
            for code in countries
            if code not in _NO_COUNTRY and code in long
        }

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {folded(name): code for code, names in self._names.items() for name in names}


@cache
def coding(kind: EntityCodes, language: str = "es") -> Coding:
    """The codes of a kind.

    Args:
        kind: Of what kind.
        language: Of names that come with the codes; those of DIVIPOLA are Spanish.
    """
    if kind is EntityCodes.DIVIPOLA:
        return divipola()
    return _Countries(_LETTERS[kind], language) if kind in _LETTERS else _Own()
