"""The tree of a definition with its weights, as text, JSON and Markdown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.attribute import attributes
from ctimaturity.model.node_scale import index_scale, node_scales
from ctimaturity.model.number import decimal_text
from ctimaturity.model.questionnaire import Node
from ctimaturity.model.rule import Over
from ctimaturity.model.score import INDEX
from ctimaturity.reporting.markdown import escaped
from ctimaturity.reporting.rule_details import rule_words
from ctimaturity.reporting.words import BETWEEN, Words, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from ctimaturity.model.node_scale import Ends
    from ctimaturity.model.questionnaire import IndexRule, Measurement, Questionnaire

FORMATS = ("text", "json", "md")
_TITLE = 90


@dataclass(frozen=True)
class Definition:
    """A definition and what only others can work out of it.

    Attributes:
        definition_hash, scoring_hash: 64 hexadecimal digits.
        shares: In the index, by measurement and id, where all applies and is answered.
    """

    questionnaire: Questionnaire
    definition_hash: str
    scoring_hash: str
    shares: Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True, slots=True)
class Twig:
    """One line of the tree.

    Attributes:
        depth: 0 for the index, 1 for a measurement.
        kind: What such nodes are called; `index`, `item`.
        title: Title of a node, text of an item.
        weight: Among its siblings; empty for the index.
        share: In the index; None where a level is passed by.
        rule: What says how its score comes from its parts: the node or the index; None for an item.
        answer_scale: Id of the scale of an item.
        scale: The lowest and highest score.
    """

    depth: int
    measurement: str
    id: str
    parent: str
    kind: str
    title: dict[str, str]
    weight: str
    share: Fraction | None
    rule: Node | IndexRule | None
    answer_scale: str | None
    scale: Ends


def render_definition(definition: Definition, form: str, language: str) -> str:
    """The tree in one of `FORMATS`, with a line end at its end.

    JSON has English keys, texts in all languages and full precision.

    Raises:
        ValueError: There is no such format.
    """
    if form == "json":
        return json.dumps(_record(definition), ensure_ascii=False, indent=2) + "\n"
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    teller = _Teller(definition, Words(language))
    lines = teller.markdown() if form == "md" else teller.text()
    return "\n".join(lines) + "\n"


def twigs(definition: Definition) -> Iterator[Twig]:
    """Every place of the index, parents first, in the order of the file."""
    questionnaire, index = definition.questionnaire, definition.questionnaire.index
    names = [measurement.id for measurement in questionnaire.measurements]
    scale = index_scale(questionnaire, names)
    yield Twig(0, INDEX, INDEX, "", INDEX, index.title, "", Fraction(1), index, None, scale)
    for measurement in questionnaire.measurements:
        walk = _Walk(definition, measurement)
        yield from walk.below(measurement.root, INDEX, index.weights[measurement.id], 1)


class _Walk:
    def __init__(self, definition: Definition, measurement: Measurement) -> None:
        self._shares = definition.shares
        self._measurement = measurement
        self._answer_scales = definition.questionnaire.scales
        self._scales = node_scales(measurement, definition.questionnaire)

    def below(self, node: Node, parent: str, weight: Decimal, depth: int) -> Iterator[Twig]:
        """A node and all below it."""
        yield Twig(
            depth=depth,
            measurement=self._measurement.id,
            id=node.id,
            parent=parent,
            kind=node.kind,
            title=node.title,
            weight=decimal_text(weight),
            share=self._shares.get((self._measurement.id, node.id)),
            rule=node,
            answer_scale=None,
            scale=self._scales[node.id],
        )
        for child in node.children:
            yield from self.below(child, node.id, child.weight, depth + 1)
        for item in node.items:
            scale = self._answer_scales[item.scale]
            yield Twig(
                depth=depth + 1,
                measurement=self._measurement.id,
                id=item.id,
                parent=node.id,
                kind="item",
                title=item.text,
                weight=decimal_text(item.weight),
                share=self._shares.get((self._measurement.id, item.id)),
                rule=None,
                answer_scale=item.scale,
                scale=(scale.minimum, scale.maximum),
            )


@dataclass(frozen=True)
class _Teller:
    definition: Definition
    words: Words

    def text(self) -> Iterator[str]:
        yield self._title()
        yield from self._facts()
        yield ""
        for twig in twigs(self.definition):
            title = shortened(self.words.text(twig.title), _TITLE)
            yield f"{'  ' * twig.depth}{twig.id}  {title}  [{self._numbers(twig)}]"

    def markdown(self) -> Iterator[str]:
        yield f"# {escaped(self._title())}"
        yield ""
        for fact in self._facts():
            yield f"- {escaped(fact)}"
        yield ""
        for twig in twigs(self.definition):
            title, numbers = self.words.text(twig.title), self._numbers(twig)
            yield f"{'  ' * twig.depth}- **{escaped(twig.id)}** {escaped(title)} ({escaped(numbers)})"

    def _title(self) -> str:
        questionnaire = self.definition.questionnaire
        return f"{questionnaire.key} {questionnaire.version}: {self.words.text(questionnaire.title)}"

    def _facts(self) -> Iterator[str]:
        t, questionnaire = self.words.say, self.definition.questionnaire
        yield t("Languages: {languages}.", languages=", ".join(questionnaire.languages))
        yield self.words.count("{count} item.", "{count} items.", len(questionnaire.item_by_id))
        digest, scoring = self.definition.definition_hash[:12], self.definition.scoring_hash[:12]
        yield t("Definition {digest}, scoring {scoring}.", digest=digest, scoring=scoring)
        yield t("Shares of the index are those of an entity to which all applies and that answered all.")

    def _numbers(self, twig: Twig) -> str:
        t, rule = self.words.say, twig.rule
        facts = []
        if twig.weight:
            share = MISSING if twig.share is None else self.words.percent(float(twig.share), 2)
            facts = [f"{t('weight')} {twig.weight}", f"{t('share of the index')} {share}"]
        if rule is not None:
            skips = isinstance(rule, Node) and rule.over is Over.ITEMS and bool(rule.children)
            facts.append(rule_words(rule, self.words, skips=skips))
        low, high = (self.words.number(float(end)) for end in twig.scale)
        facts.append(f"{t('scale')} {low}{BETWEEN}{high}")
        return "; ".join(facts)


def _record(definition: Definition) -> dict[str, object]:
    questionnaire = definition.questionnaire
    return {
        **attributes(questionnaire, "id", "edition", "version", "title"),
        "languages": list(questionnaire.languages),
        "items": len(questionnaire.item_by_id),
        **attributes(definition, "definition_hash", "scoring_hash"),
        "tree": [_twig_record(twig) for twig in twigs(definition)],
    }


def _twig_record(twig: Twig) -> dict[str, object]:
    (low, high), rule = twig.scale, twig.rule
    return {
        **attributes(twig, "depth", "measurement", "id", "parent", "kind", "title"),
        "weight": twig.weight or None,
        "weight_effective": None if twig.share is None else float(twig.share),
        "rule": rule and rule.rule,
        "over": rule and (rule.over if isinstance(rule, Node) else Over.CHILDREN),
        "answer_scale": twig.answer_scale,
        "scale_min": float(low),
        "scale_max": float(high),
    }
