"""How one number is made from its parts, as a line that can be worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ctimaturity.model.number import decimal_text
from ctimaturity.model.rule import Rule
from ctimaturity.scoring.evaluation import NEAR
from ctimaturity.scoring.items import SCORE
from ctimaturity.scoring.rules import combine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ctimaturity.reporting.words import Words
    from ctimaturity.scoring.evaluation import Evaluation
    from ctimaturity.scoring.step import Step

    Write = Callable[[float], str]

_LISTED = frozenset({Rule.MIN, Rule.MAX, Rule.MEDIAN, Rule.STAGED})
"""Rules that pick from their parts rather than add them."""
_QUASI = frozenset({Rule.GEOMETRIC, Rule.HARMONIC, Rule.POWER})
"""Rules in which a part without weight is nowhere."""


@dataclass(frozen=True, slots=True)
class CalculationTerm:
    """One part that took part.

    Attributes:
        node: Its id.
        weight: As the definition has it.
        score: Its own number, also where it is not published on its own.
        value: What the rule takes of it: the same, on the common scale, or as the share that is met.
        level: Under the rule `staged`; 0 for none.
        withheld: Its score is not published on its own, for want of answers.
    """

    node: str
    weight: Decimal
    score: float
    value: float
    level: int
    withheld: bool


@dataclass(frozen=True, slots=True)
class Calculation:
    """How a number comes from its parts.

    Attributes:
        rule: Of the score.
        terms: In the order of the sum.
        out_of: What a share of points is multiplied by.
        exponent: Of a power mean.
        result: What the rule gives, before gates.
        score: What counts above it: the node's score, also where it is not published on its own.
        withheld: It is not published on its own.
    """

    rule: Rule
    terms: tuple[CalculationTerm, ...]
    out_of: Decimal
    exponent: Decimal
    result: float
    score: float
    withheld: bool


def calculation_of(
    evaluation: Evaluation,
    step: Step,
    weights: Sequence[Decimal],
    *,
    out_of: Decimal | None = None,
    exponent: Decimal | None = None,
) -> Calculation | None:
    """How the score of the one entity of an evaluation is made at a step; None where there is none.

    Args:
        evaluation: Of one entity.
        step: Of the node.
        weights: Of its parts, as the definition has them.
        out_of: Of a share of points.
        exponent: Of a power mean.
    """
    score = float(evaluation.value[step.column, SCORE, 0])
    if not step.parts or score != score:  # noqa: PLR0124  (NaN is the only number unlike itself)
        return None
    parts = [evaluation.part(step, position) for position in range(len(step.parts))]
    terms = []
    levels = step.levels_of_parts or (0,) * len(parts)
    for column, part, weight, level in zip(step.parts, parts, weights, levels, strict=True):
        own, place = float(evaluation.value[column, SCORE, 0]), evaluation.plan.places[column]
        if own != own or (not weight and step.rule in _QUASI):  # noqa: PLR0124
            continue
        value = float(part[SCORE, 0])
        if step.rule is Rule.POINTS_SHARE:
            value /= float(place.scale_max)
        stage = level if step.rule is Rule.STAGED else 0
        terms.append(
            CalculationTerm(place.node, weight, own, value, stage, bool(evaluation.withheld[column, 0]))
        )
    return Calculation(
        rule=step.rule,
        terms=tuple(terms),
        out_of=out_of or Decimal(1),
        exponent=exponent or Decimal(0),
        result=float(combine(step, parts)[SCORE, 0]),
        score=score,
        withheld=bool(evaluation.withheld[step.column, 0]),
    )


def calculation_text(made: Calculation, words: Words, write: Write | None = None) -> str:
    """The line: `(1×3.00 (C-1) + 2×1.50 (C-2)) ÷ 3 = 2.00`.

    Every part that took part is in it, so that what is printed gives the number behind the equals sign.

    Args:
        made: What is told.
        words: The language.
        write: How a number is written; rounded for the eye without.
    """
    telling = _Telling(made, words, write or words.number)
    told = f"{telling.expression()} = {telling.write(made.result)}"
    if telling.nought:
        told += f" ({words.say('0 where a part is 0')})"
    if abs(made.result - made.score) > NEAR * (1 + abs(made.score)):
        told += f"; {words.say('after gates {score}', score=telling.write(made.score))}"
    return f"{told} ({words.say(_WITHHELD)})" if made.withheld else told


_WITHHELD = "coverage too low to be published on its own"


@dataclass(frozen=True, slots=True)
class _Telling:
    made: Calculation
    words: Words
    write: Write

    def expression(self) -> str:
        rule, values = self.made.rule, [self._value(term) for term in self.made.terms]
        if rule in _LISTED or self.nought:
            return "; ".join(values)
        if rule is Rule.PRODUCT:
            return " × ".join(values)
        return self._weighted(self._text(sum((term.weight for term in self.made.terms), Decimal(0))))

    @property
    def _power(self) -> Decimal | None:
        """The exponent of a power mean, also where it has a name; None for sums."""
        if self.made.rule is Rule.POWER:
            return self.made.exponent
        return {Rule.HARMONIC: Decimal(-1), Rule.GEOMETRIC: Decimal(0)}.get(self.made.rule)

    @property
    def nought(self) -> bool:
        """Whether a part of 0 makes the whole 0, where no formula could be worked out."""
        power = self._power
        return power is not None and power < 0 and any(term.value == 0 for term in self.made.terms)

    def _weighted(self, total: str) -> str:
        terms, power = self.made.terms, self._power
        weights = [self._text(term.weight) for term in terms]
        pairs = list(zip(weights, terms, strict=True))
        if power == 0:
            factors = (f"{self.write(term.value)}^{weight}{self._name(term)}" for weight, term in pairs)
            return f"({' × '.join(factors)})^(1÷{total})"
        if self.made.rule is Rule.HARMONIC:
            return f"{total} ÷ ({' + '.join(f'{weight}÷{self._value(term)}' for weight, term in pairs)})"
        raised = "" if power is None else f"^({self._text(power)})"
        added = " + ".join(
            f"{weight}×{self.write(term.value)}{raised}{self._name(term)}" for weight, term in pairs
        )
        if self.made.rule is Rule.SUM:
            return added
        share = f"{self._text(self.made.out_of)} × " if self.made.rule is Rule.POINTS_SHARE else ""
        mean = f"{share}({added}) ÷ {total}"
        return mean if power is None else f"({mean})^(1÷({self._text(power)}))"

    def _value(self, term: CalculationTerm) -> str:
        return f"{self.write(term.value)}{self._name(term)}"

    def _name(self, term: CalculationTerm) -> str:
        """Which part it is, and what must be said of its number."""
        said = [term.node]
        if term.level:
            said.append(f"{self.words.say('level')} {term.level}")
        if term.value != term.score:
            said.append(self.words.say("score {score}", score=self.write(term.score)))
        if term.withheld:
            said.append(self.words.say(_WITHHELD))
        return f" ({'; '.join(said)})"

    def _text(self, number: Decimal) -> str:
        text = decimal_text(number)
        if text.startswith("-"):
            text = "−" + text[1:]
        return text.replace(".", ",") if self.words.language == "es" else text
