"""What a rule alone does not say: how its parts are brought together, and when a level is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.model.number import decimal_text
from ctimaturity.model.questionnaire import Node
from ctimaturity.model.rule import Rule
from ctimaturity.reporting.words import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.questionnaire import IndexRule
    from ctimaturity.reporting.words import Words


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
