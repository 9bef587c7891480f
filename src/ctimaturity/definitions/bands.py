"""Whether levels cut a scale into bands, each with its name."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.model.node_scale import Ends
from ctimaturity.model.rule import Levels

if TYPE_CHECKING:
    from ctimaturity.definitions.combination import Report


def check_bands(levels: Levels, scale: Ends, report: Report) -> None:
    """Report bands that do not rise, do not cover the scale, or do not match their names."""
    if (levels.parts is None) == (levels.bounds is None):
        report(codes.BANDS_UNCLEAR, "levels")
        return
    if levels.bounds is None:
        count = levels.parts or 0
    else:
        count = len(levels.bounds) - 1
        if any(low >= high for low, high in pairwise(levels.bounds)):
            report(codes.BANDS_NOT_RISING, "levels")
        elif count > 0 and not (
            Fraction(levels.bounds[0]) <= scale[0] and scale[1] <= Fraction(levels.bounds[-1])
        ):
            report(codes.BANDS_NOT_COVERING, "levels", low=_shown(scale[0]), high=_shown(scale[1]))
    if count < 1 or count != len(levels.names):
        report(codes.BAND_NAMES, "levels", bands=count, names=len(levels.names))
    points = [level.points for level in levels.names]
    given = [each for each in points if each is not None]
    if given and (len(given) < len(points) or sorted(given) != given or given[0] < 0):
        report(codes.LEVEL_POINTS, "levels")
    if levels.lowest == "open" and (levels.side != "upper" or levels.below is None):
        report(codes.LOWEST_OPEN, "levels")
    if levels.lowest == "closed" and levels.below is not None:
        report(codes.BELOW_WITHOUT_USE, "levels")


def _shown(value: Fraction) -> str:
    return str(value)
