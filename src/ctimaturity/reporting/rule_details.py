"""How a score comes from its parts, in words: the rule, and what its node or the index adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.number import decimal_text
from ctimaturity.model.questionnaire import Node, Profile
from ctimaturity.model.rule import Rule
from ctimaturity.reporting.words import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.questionnaire import IndexRule
    from ctimaturity.reporting.words import Words

RULES = {
    Rule.MEAN: "weighted mean",
    Rule.SUM: "weighted sum",
    Rule.PRODUCT: "product",
    Rule.POINTS_SHARE: "points met over points applicable, times {out_of}",
    Rule.STAGED: "highest level met with all below it",
    Rule.MIN: "lowest part",
    Rule.MAX: "highest part",
    Rule.MEDIAN: "median",
    Rule.GEOMETRIC: "weighted geometric mean",
    Rule.HARMONIC: "weighted harmonic mean",
    Rule.POWER: "power mean of exponent {exponent}",
}
"""Of one number, with what it needs; `columns.RULES` names them for a whole document."""


def rule_words(where: Node | IndexRule | Profile, words: Words, *, skips: bool = False) -> str:
    """The words of the rule of a node, of the index or of the combined nodes.

    Args:
        where: What has the rule.
        words: The language.
        skips: Say that it is made of all items below, where nodes stand between.
    """
    numbers = {
        "out_of": where.out_of if isinstance(where, Node) else None,
        "exponent": None if isinstance(where, Profile) else where.exponent,
    }
    fields = {key: MISSING if value is None else decimal_text(value) for key, value in numbers.items()}
    rule = words.say(RULES[where.rule], **fields)
    if skips:
        rule = words.say("{rule}, over all items below", rule=rule)
    return rule if isinstance(where, Profile) else with_details(rule, where, words)


def with_details(rule: str, where: Node | IndexRule, words: Words) -> str:
    """The words of a rule, followed by what the node or the index adds to it."""
    details = "; ".join(_details(where, words))
    return f"{rule} ({details})" if details else rule


def _details(where: Node | IndexRule, words: Words) -> Iterator[str]:
    normalise = where.normalise
    if normalise is not None and normalise.method == "levels":
        yield words.say("each part counts with its level")
    elif normalise is not None and normalise.minimum is not None and normalise.maximum is not None:
        ends = BETWEEN.join(words.number(float(end)) for end in (normalise.minimum, normalise.maximum))
        yield words.say("each part rescaled to {ends}", ends=ends)
    if isinstance(where, Node) and where.met_share is not None:
        share = words.percent(float(where.met_share))
        staged = where.rule is Rule.STAGED or where.staged
        message = "{share} of a level's parts suffice" if staged else "{share} of the parts must reach it"
        yield words.say(message, share=share)
    if isinstance(where, Node) and where.met_below is not None:
        yield words.say("of the levels below {value} is asked", value=decimal_text(where.met_below))
