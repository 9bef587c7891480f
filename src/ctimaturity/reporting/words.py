"""Words and numbers of a document in one language, safe to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate, translate_count
from ctimaturity.language.numbers import MISSING, number, percent
from ctimaturity.model.text import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

BETWEEN = "–"
"""Stands between the ends of an interval."""
LONGEST = 200
"""Characters of a text from outside that are shown: more than a name needs, less than breaks a page."""


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text that fits, with an ellipsis where it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def shown(text: str) -> str:
    """A text from outside, ready for a document: control characters visible, cut where it is endless."""
    return shortened(visible(text[: LONGEST + 1]))


@dataclass(frozen=True, slots=True)
class Words:
    """One language of a document.

    Attributes:
        language: `es` or `en`.
    """

    language: str

    def say(self, message: str, **fields: object) -> str:
        """A message of the catalogue, its fields filled in."""
        return translate(message, self.language).format_map(fields)

    def count(self, singular: str, plural: str, count: int, **fields: object) -> str:
        """A message with the plural that the count asks for."""
        return translate_count(singular, plural, count, self.language).format_map({"count": count, **fields})

    def text(self, text: dict[str, str] | None) -> str:
        """A text of the definition, control characters made visible; empty without a text."""
        return visible(in_language(text, self.language))

    def kind(self, kind: str, labels: Mapping[str, dict[str, str]]) -> str:
        """What nodes of a kind are called: the definition's own word, else the catalogue's, else the id.

        Args:
            kind: As nodes have it.
            labels: The definition's words by kind.
        """
        if kind in labels:
            return shown(self.text(labels[kind]))
        known = self.say(kind)
        return known if known != kind else kind.replace("-", " ").replace("_", " ")

    def number(self, value: float | None, bounds: Sequence[Fraction] = ()) -> str:
        """A score with two decimals, more where it would change sides of a level bound."""
        return number(value, self.language, bounds=bounds)

    def interval(self, low: float | None, high: float | None, bounds: Sequence[Fraction] = ()) -> str:
        """The bounds of a score; a dash where there are none."""
        if low is None or high is None:
            return MISSING
        ends = [self.number(low, bounds), self.number(high, bounds)]
        return ends[0] if ends[0] == ends[1] else BETWEEN.join(ends)

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A share as a percentage."""
        return percent(share, self.language, digits)

    def listed(self, names: Sequence[str], longest: int = 4) -> str:
        """Names with commas and an "and"; of a long list the first ones and how many more there are."""
        shown = list(names)
        if len(shown) > longest + 1:
            shown = [*shown[:longest], self.count("{count} more", "{count} more", len(shown) - longest)]
        if len(shown) < 2:  # noqa: PLR2004  (an "and" stands between two)
            return "".join(shown)
        return f"{', '.join(shown[:-1])} {self._and(shown[-1])} {shown[-1]}"

    def _and(self, following: str) -> str:
        if self.language != "es":
            return "and"
        # "y" becomes "e" before the sound of an i: e Infraestructura, e Hidrografía, but y Hielo.
        sound = following.casefold()
        return (
            "e" if sound.startswith(("i", "í", "hi", "hí")) and not sound.startswith(("hia", "hie")) else "y"
        )
