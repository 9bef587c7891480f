"""Design tokens: the colours, sizes and level palettes that every document shares."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

READABLE = 4.5
"""Contrast that WCAG 2.2 AA asks of text."""

_LINEAR_BELOW = 0.04045
"""Where the curve of sRGB turns into a straight line (IEC 61966-2-1)."""
_INKS = ("#13212b", "#ffffff", "#000000")


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of a level and the ink that can be read on it, as `#rrggbb`."""

    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode, light or dark.

    Attributes:
        colours: By role: `page`, `surface`, `ink`, `muted`, `line`, `accent`, `tint` (table heads), `focus`.
        ramp: Anchors of the level colours, from the lowest level to the highest; each further from the page
            than the one before, so that they stay in order in grey and for every kind of colour vision.
        nothing: Level 0 and cells without a score.
    """

    colours: Mapping[str, str]
    ramp: tuple[str, ...]
    nothing: str

    def levels(self, count: int) -> tuple[Swatch, ...]:
        """A colour for each level, from 0 (below the lowest) to `count`."""
        fills = [self.nothing, *_ramp(self.ramp, count)]
        return tuple(Swatch(fill, readable_ink(fill)) for fill in fills)


_LIGHT = Palette(
    colours=MappingProxyType(
        {
            "page": "#f6f5f1",
            "surface": "#ffffff",
            "ink": "#1b2733",
            "muted": "#52606d",
            "line": "#d8d9d3",
            "accent": "#0b5563",
            "tint": "#eef1ee",
            "focus": "#b3530a",
        }
    ),
    ramp=("#f4efc9", "#bfdcae", "#79bfa6", "#3a97a3", "#25648f", "#1f3468"),
    nothing="#ffffff",
)
_DARK = Palette(
    colours=MappingProxyType(
        {
            "page": "#11171c",
            "surface": "#19222a",
            "ink": "#e8ecee",
            "muted": "#a7b3bc",
            "line": "#35424d",
            "accent": "#7fd0d8",
            "tint": "#222d36",
            "focus": "#f0a35e",
        }
    ),
    ramp=("#263a52", "#22597c", "#2c7f92", "#57a898", "#a5d09f", "#f1ecb4"),
    nothing="#19222a",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """One visual language.

    Attributes:
        light, dark: The colours of each mode.
        logo: A picture as a `data:` address; empty without.
        logo_text: What the picture shows, for those who do not see it.
        contact: Whom to ask; empty without.
        footer: What stands below every page; empty without.
        templates: Folder of templates that replace those of the house; None without.
    """

    light: Palette = _LIGHT
    dark: Palette = _DARK
    logo: str = ""
    logo_text: str = ""
    contact: str = ""
    footer: str = ""
    templates: Path | None = None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def readable_ink(fill: str) -> str:
    """The first ink that can be read on a colour, else the most readable one."""
    for ink in _INKS:
        if contrast(ink, fill) >= READABLE:
            return ink
    return max(_INKS, key=lambda ink: contrast(ink, fill))


def _ramp(anchors: Sequence[str], count: int) -> list[str]:
    """Colours at equal steps along the anchors, mixed in OKLab, where equal steps look equal."""
    mixed = [_oklab(anchor) for anchor in anchors]
    colours = []
    for step in range(count):
        place = step / max(count - 1, 1) * (len(anchors) - 1)
        left = min(int(place), len(anchors) - 2)
        share = place - left
        pairs = zip(mixed[left], mixed[left + 1], strict=True)
        colours.append(_from_oklab([(1 - share) * a + share * b for a, b in pairs]))
    return colours


def _channels(colour: str) -> list[float]:
    """The linear red, green and blue of `#rrggbb`, each in [0, 1]."""
    values = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [v / 12.92 if v <= _LINEAR_BELOW else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# The matrices of OKLab as its author published them (B. Ottosson, 2020).
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]


def _oklab(colour: str) -> list[float]:
    return _times(_TO_LAB, [cone ** (1 / 3) for cone in _times(_TO_CONES, _channels(colour))])


def _from_oklab(lab: Sequence[float]) -> str:
    linear = _times(_FROM_CONES, [root**3 for root in _times(_FROM_LAB, lab)])
    clipped = [min(max(v, 0.0), 1.0) for v in linear]
    values = [12.92 * v if v <= _LINEAR_BELOW / 12.92 else 1.055 * v ** (1 / 2.4) - 0.055 for v in clipped]
    return "#" + "".join(f"{round(255 * v):02x}" for v in values)
