"""The rules of scores as spreadsheet formulas."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from string import ascii_uppercase
from typing import TYPE_CHECKING, Self

from ctimaturity.model.rule import Rule
from ctimaturity.scoring.step import RescaleKind, StagedRule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ctimaturity.scoring.step import PlannedGate, Rescale, Step

NOTHING = '""'
"""What a cell without a score holds."""


class FormulaColumn(IntEnum):
    """A column that every sheet of formulas has, from the left; behind them stand the counts of a survey."""

    title: str
    width: int

    ID = "Id", 20
    TEXT = "What it is", 80
    WEIGHT = "Weight", 9
    ANSWER = "Answer", 12
    STATE = "State", 16
    RAW = "Before gates", 11
    SCORE = "Score", 10
    LEVEL = "Level", 8
    ENGINE = "Engine", 10

    def __new__(cls, title: str, width: int) -> Self:
        """Number the columns from 0; widths are in characters."""
        column = int.__new__(cls, len(cls.__members__))
        column._value_, column.title, column.width = int(column), title, width
        return column

    @property
    def letter(self) -> str:
        """As a spreadsheet calls it."""
        return ascii_uppercase[self]

    def cell(self, row: int) -> str:
        """The cell in a row counted from 0."""
        return f"{self.letter}{row + 1}"

    def fixed(self, row: int) -> str:
        """The same, wherever the formula is copied to."""
        return f"${self.letter}${row + 1}"


@dataclass(frozen=True, slots=True)
class FormulaTerm:
    """One part: its cell, what multiplies it, what it adds to the divisor, its level, how it is rescaled."""

    cell: str
    weight: Fraction
    divisor: Fraction
    level: int
    rescale: Rescale | None

    @property
    def value(self) -> str:
        """The part on the common scale; only to be asked for where there is a number."""
        if self.rescale is None:
            return self.cell
        if self.rescale.kind is RescaleKind.LEVEL:
            level = beside(self.cell)
            if self.rescale.values == tuple(range(len(self.rescale.values))):
                return level
            return f"CHOOSE({level}+1,{','.join(map(number, self.rescale.values))})"
        start, end = map(number, self.rescale.own)
        low, high = map(number, self.rescale.common)
        turn = self.rescale.turn
        answered = self.cell if turn is None else f"({number(turn)}-{self.cell})"
        inside = f"MIN(MAX({answered},{start}),{end})"
        share = f"({inside}-{start})/({end}-{start})"
        if self.rescale.kind is RescaleKind.LOGARITHM:
            share = f"LN({inside}/{start})/LN({end}/{start})"
        return f"({low}+{share if turn is None else f'(1-{share})'}*({high}-{low}))"

    @property
    def or_zero(self) -> str:
        """The same, or 0 where there is no number."""
        return f"N({self.cell})" if self.rescale is None else f"IF({self.there},{self.value},0)"

    @property
    def there(self) -> str:
        """Whether it takes part."""
        return f"ISNUMBER({self.cell})"


def beside(cell: str) -> str:
    """The cell of the level that stands beside that of a score."""
    sheet, mark, score = cell.rpartition("!")
    return f"{sheet}{mark}{score.replace(FormulaColumn.SCORE.letter, FormulaColumn.LEVEL.letter)}"


def formula(step: Step, cells: Sequence[str]) -> str:
    """The formula of a score before gates, without its equals sign.

    Args:
        step: What the plan says of the node.
        cells: Of its parts.
    """
    levels = step.levels_of_parts or (0,) * len(cells)
    parts = [
        FormulaTerm(*part)
        for part in zip(cells, step.weights, step.divisors, levels, step.rescale, strict=True)
    ]
    made = _RULES[step.rule](step, parts)
    count = "+".join(part.there for part in parts)
    needed = len(parts) if step.complete else 1
    return f"IF({count}<{needed},{NOTHING},{made})"


def gated(step: Step, raw: str, cell_of: Callable[[int], str]) -> str:
    """The formula of a score after its gates; `raw` is the cell of that before them."""
    made = raw
    for gate in step.gates:
        part = cell_of(gate.column)
        shut = _shut(gate, part)
        if gate.cap_score is not None:
            made = f"IF({shut},MIN({made},{number(gate.cap_score)}),{made})"
        if gate.set_zero:
            made = f"IF({shut},0,{made})"
    return f"IF(ISNUMBER({raw}),{made},{NOTHING})"


def level_formula(step: Step, score: str, cell_of: Callable[[int], str]) -> str:
    """The formula of a level; an empty text for a node without levels."""
    levels = step.levels
    if levels is None:
        return ""
    sign = ">" if levels.side == "upper" else ">="
    above = "".join(f"+({_less(score, number(edge))}{sign}0)" for edge in step.edges[1:-1])
    made = f"1{above}"
    if levels.lowest == "open":
        made = f"IF({_less(score, number(step.edges[0]))}<=0,0,{made})"
    for gate in step.gates:
        if gate.cap_level is not None:
            made = f"IF({_shut(gate, cell_of(gate.column))},MIN({gate.cap_level},{made}),{made})"
    return f"IF(ISNUMBER({score}),{made},{NOTHING})"


def _shut(gate: PlannedGate, part: str) -> str:
    """Whether a gate applies."""
    tests = [f"{_less(part, number(gate.below))}<0"] if gate.below is not None else []
    tests += [f"{_less(part, number(gate.equals))}=0"] if gate.equals is not None else []
    return f"IF(ISNUMBER({part}),OR({','.join(tests)}),FALSE)"


def _less(value: str, other: str) -> str:
    """One number less another; 0 where only the rounding of a spreadsheet's doubles sets them apart."""
    return f"ROUND({value}-{other},10)"


def number(value: Fraction | None) -> str:
    """An exact number as a spreadsheet works it out."""
    if value is None:
        return "0"
    if value.denominator == 1:
        return str(value.numerator) if value >= 0 else f"({value.numerator})"
    return f"({value.numerator}/{value.denominator})"


def _mean(_: Step, parts: Sequence[FormulaTerm]) -> str:
    return f"({_weighted(parts)})/({'+'.join(_times(part.divisor, part.there) for part in parts)})"


def _weighted(parts: Sequence[FormulaTerm]) -> str:
    """Σ weight x part, without those that have no number."""
    return "+".join(_times(part.weight, part.or_zero) for part in parts)


def _times(weight: Fraction, value: str) -> str:
    return value if weight == 1 else f"{number(weight)}*{value}"


def _minimum(step: Step, parts: Sequence[FormulaTerm]) -> str:
    """The lowest part; with a share, the highest part that so many of the parts reach."""
    if step.reach == 1:
        return f"MIN({_listed(parts)})"
    needed = f"({'+'.join(part.there for part in parts)})*{number(step.reach)}"
    reached = []
    for part in parts:
        count = "+".join(f"{other.there}*({_less(other.or_zero, part.or_zero)}>=0)" for other in parts)
        # Below every score, so that MAX passes over it.
        reached.append(f"IF({part.there}*({_less(count, needed)}>=0),{part.value},-9E+99)")
    return f"MAX({','.join(reached)})"


def _listed(parts: Sequence[FormulaTerm]) -> str:
    """References, of which functions of many numbers pass over those that are texts."""
    return ",".join(
        part.cell if part.rescale is None else f"IF({part.there},{part.value},{part.cell})" for part in parts
    )


def _staged(step: Step, parts: Sequence[FormulaTerm]) -> str:
    """The highest level such that enough parts of it and of those below are met; the lowest node."""
    items = [part for part in parts if part.level]
    reached = []
    for level in sorted({part.level for part in items}):
        short = [
            _short(step, [part for part in items if part.level == lower], below=lower < level)
            for lower in sorted({part.level for part in items if part.level <= level})
        ]
        here = "+".join(part.there for part in items if part.level == level)
        reached.append(f"IF(({here})*(({'+'.join(short)})=0),{level},0)")
    there = "+".join(part.there for part in items)
    # Without an answer the items do not decide: above every score, so that MIN passes over it.
    own = [f"IF(({there})=0,9E+99,MAX({','.join(reached)}))"] if items else []
    return f"MIN({','.join([*own, *(part.value for part in parts if not part.level)])})"


def _short(step: Step, parts: Sequence[FormulaTerm], *, below: bool) -> str:
    """1 where too few of the parts of one level are met, else 0."""
    stage = step.stage or StagedRule(Fraction(0), Fraction(0))
    met_at = number(stage.met_below if below else stage.met_at)
    unmet = "+".join(f"{part.there}*({_less(part.or_zero, met_at)}<0)" for part in parts)
    if stage.share == 1:
        return unmet
    there = "+".join(part.there for part in parts)
    return f"({_less(unmet, f'({there})*{number(1 - stage.share)}')}>0)"


def _geometric(_: Step, parts: Sequence[FormulaTerm]) -> str:
    return _turned(parts, lambda x: f"LN({x})", lambda whole: f"EXP({whole})")


def _power(step: Step, parts: Sequence[FormulaTerm]) -> str:
    exponent = step.exponent
    if not exponent:
        return _geometric(step, parts)
    power = number(exponent)
    return _turned(
        parts,
        lambda x: f"{x}^{power}",
        lambda whole: f"({whole})^(1/{power})",
        zero_wins=exponent < 0,
    )


def _turned(
    parts: Sequence[FormulaTerm],
    turn: Callable[[str], str],
    back: Callable[[str], str],
    *,
    zero_wins: bool = True,
) -> str:
    """A weighted mean of turned parts, turned back; 0 where a part is 0 and that decides."""
    counted = [part for part in parts if part.weight]
    summands = "+".join(f"IF({part.there},{number(part.weight)}*({turn(part.value)}),0)" for part in counted)
    divisor = "+".join(f"{number(part.weight)}*{part.there}" for part in counted)
    whole = back(f"({summands})/({divisor})")
    if not zero_wins:
        return whole
    zeros = ",".join(f"IF({part.there},{part.value}=0,FALSE)" for part in counted)
    return f"IF(OR({zeros}),0,{whole})"


_RULES: dict[Rule, Callable[[Step, Sequence[FormulaTerm]], str]] = {
    Rule.MEAN: _mean,
    Rule.POINTS_SHARE: _mean,
    Rule.SUM: lambda _, parts: _weighted(parts),
    Rule.PRODUCT: lambda _, parts: "*".join(part.value for part in parts),
    Rule.MIN: _minimum,
    Rule.MAX: lambda _, parts: f"MAX({_listed(parts)})",
    Rule.MEDIAN: lambda _, parts: f"MEDIAN({_listed(parts)})",
    Rule.STAGED: _staged,
    Rule.GEOMETRIC: _geometric,
    Rule.HARMONIC: lambda _, parts: _turned(parts, lambda x: f"1/{x}", lambda whole: f"1/({whole})"),
    Rule.POWER: _power,
}
