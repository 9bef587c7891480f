"""Whether one whole fits together with its parts: their scales, its gates, its bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.diagnostic import Parameter
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.yaml import Path
from ctimaturity.language.folding import nearest
from ctimaturity.model.node_scale import Ends
from ctimaturity.model.rule import Gate, Levels, Normalise, Rule

_FROM_ZERO = frozenset({Rule.PRODUCT, Rule.GEOMETRIC, Rule.HARMONIC, Rule.POWER})
_OWN_SCALE = frozenset({Rule.SUM, Rule.PRODUCT, Rule.POINTS_SHARE, Rule.STAGED})
"""Rules for which parts on different scales are no contradiction."""


class Report(Protocol):
    """Notes a finding at a key of the whole."""

    def __call__(self, code: Code, key: str | Path, /, **parameters: Parameter) -> None:
        """Fill the code's message with the parameters."""


@dataclass(frozen=True)
class Combination:
    """A node or the index, with the scales of everything it looks at.

    Attributes:
        parts: Scales of its parts by id.
        below: Scales of all that a gate may look at, by id.
        own: Its own scale.
    """

    rule: Rule
    parts: Mapping[str, Ends]
    below: Mapping[str, Ends]
    own: Ends
    normalise: Normalise | None
    gates: tuple[Gate, ...]
    levels: Levels | None
    report: Report

    def check(self) -> None:
        """Report what does not fit; without a scale of its own, gates and bands have nothing to fit to."""
        if not self._check_normalise() or not self._check_part_scales():
            return
        for position, gate in enumerate(self.gates):
            self._check_gate(gate, ("gates", position))
        if self.levels is not None:
            check_bands(self.levels, self.own, self.report)

    def _check_normalise(self) -> bool:
        normalise = self.normalise
        if normalise is None:
            return True
        ends = (normalise.minimum, normalise.maximum)
        if normalise.method != "goalposts":
            contradicts = ends != (None, None) or bool(normalise.goalposts)
            if contradicts:
                self.report(codes.NORMALISE_CONTRADICTION, "normalise", method=normalise.method)
            return not contradicts
        if not _rising(*ends):
            self.report(codes.GOALPOSTS_NOT_RISING, "normalise", part="normalise")
        for name, posts in normalise.goalposts.items():
            key = ("normalise", "goalposts", name)
            if name not in self.parts:
                self._unknown(name, key, self.parts)
            elif not _rising(posts.minimum, posts.maximum):
                self.report(codes.GOALPOSTS_NOT_RISING, key, part=name)
            elif posts.logarithm and posts.minimum <= 0:
                self.report(codes.LOGARITHM_OF_NOTHING, key, part=name)
        return _rising(*ends)

    def _check_part_scales(self) -> bool:
        ends = set(self.parts.values())
        lows = [low for low, _ in ends]
        normalised = self.normalise is not None and self.normalise.minimum is not None
        if self.normalise is not None and self.normalise.minimum is not None:
            lows = [Fraction(self.normalise.minimum)]
        if self.rule in _FROM_ZERO and any(low < 0 for low in lows):
            self.report(codes.SCALE_BELOW_ZERO, "rule", rule=self.rule.value)
        if self.rule is Rule.POINTS_SHARE and any(low != 0 for low in lows):
            self.report(codes.POINTS_NOT_FROM_ZERO, "rule")
        if len(ends) == 1 or normalised or self.rule in _OWN_SCALE:
            return True
        if self.normalise is None:
            self.report(codes.DIFFERENT_SCALES, "rule")
        elif self.rule is not Rule.MEAN:
            self.report(codes.NORMALISE_NONE, "normalise", rule=self.rule.value)
        return self.normalise is not None and self.rule is Rule.MEAN

    def _check_gate(self, gate: Gate, key: Path) -> None:
        if gate.node not in self.below:
            self._unknown(gate.node, key, self.below)
            return
        conditions = [gate.below is not None, gate.equals is not None]
        effects = [gate.cap_level is not None, gate.cap_score is not None, gate.set_zero]
        if sum(conditions) != 1 or sum(effects) != 1:
            self.report(codes.GATE_INCOMPLETE, key, gate=gate.node)
            return
        if gate.equals is not None and Fraction(gate.equals) != self.below[gate.node][0]:
            self.report(codes.GATE_EQUALS, key, gate=gate.node)
        score = Decimal(0) if gate.set_zero else gate.cap_score
        if score is not None and not self.own[0] <= Fraction(score) <= self.own[1]:
            self.report(codes.GATE_OUTSIDE_SCALE, key, gate=gate.node)
        names = len(self.levels.names) if self.levels is not None else 0
        if gate.cap_level is not None and not 0 <= gate.cap_level <= names:
            self.report(codes.GATE_LEVEL, key, gate=gate.node)

    def _unknown(self, name: str, key: Path, allowed: Mapping[str, Ends]) -> None:
        closest = nearest(name, allowed)
        if closest:
            self.report(codes.MISSPELT_PART, key, key=str(key[0]), name=quoted(name), closest=closest)
        else:
            self.report(codes.UNKNOWN_PART, key, key=str(key[0]), name=quoted(name))


def _rising(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low < high


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
