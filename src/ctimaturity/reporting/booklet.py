"""The questionnaire to be read on paper: everything people will read, for those who review its wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Collects
from ctimaturity.reporting.document import BlockGroup, Document, Facts, Paragraph, Part, Phrase, Section
from ctimaturity.reporting.html import document_html
from ctimaturity.reporting.markdown import document_markdown
from ctimaturity.reporting.page_templates import PageTemplates
from ctimaturity.reporting.words import BETWEEN, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire
    from ctimaturity.model.scale import Scale
    from ctimaturity.reporting.document import Block

FORMATS = ("md", "html")
COLLECTS = {
    Collects.ANSWERS: "Answered by the entity, one agreed answer to each item.",
    Collects.RESPONDENTS: "Answered by many people, each for themselves.",
    Collects.INDICATORS: "Answered by the entity with figures.",
}
_DEEPEST = 6
"""Of headings, in HTML and in Markdown."""
_LINE = "_" * 36
"""To be written on."""


def render_booklet(questionnaire: Questionnaire, digest: str, form: str, language: str) -> str:
    """The booklet in one of `FORMATS`.

    Raises:
        ValueError: There is no such format.
    """
    made = booklet(questionnaire, digest, language)
    if form == "md":
        return document_markdown(made)
    if form != "html":
        raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    return document_html(made, PageTemplates(), language, "booklet.html.j2")


def booklet(questionnaire: Questionnaire, digest: str, language: str) -> Document:
    """What is read, in one language."""
    words = Words(language)
    t, name = words.say, f"{questionnaire.key} {questionnaire.version}"
    said = (words.text(text) for text in (questionnaire.description, questionnaire.source) if text)
    return Document(
        heading=words.text(questionnaire.title),
        over=name,
        lead=(
            Paragraph(t("Booklet of {name}, for those who review its wording.", name=name), "lead"),
            *said,
            Paragraph(f"{t('Definition')} {digest[:12]}"),
        ),
        sections=(
            *(_Chapters(questionnaire, each, words).section() for each in questionnaire.measurements),
            Section("choices", t("What may be chosen"), tuple(_lists(questionnaire, words))),
        ),
        contents=False,
        upright=True,
    )


@dataclass(frozen=True)
class _Chapters:
    questionnaire: Questionnaire
    measurement: Measurement
    words: Words

    def section(self) -> Section:
        """A measurement: what is said of it, then node by node."""
        root, text = self.measurement.root, self.words.text
        description, confirmed = self.measurement.description, self.measurement.confirm_blank
        blocks = (
            *([text(description)] if description else []),
            self.words.say(COLLECTS[self.measurement.collects]),
            *self._said(root),
            *([text(confirmed.statement)] if confirmed else []),
            *self._inside(root, 3),
        )
        return Section(f"part-{root.id}", text(root.title), blocks)

    def _said(self, node: Node) -> Iterator[str]:
        yield from (self.words.text(said) for said in (node.definition, node.question, node.note) if said)

    def _inside(self, node: Node, depth: int) -> Iterator[Block]:
        """The items of a node, then the nodes below it."""
        t = self.words.say
        for item in node.items:
            asked = Paragraph(Phrase("", lead=f"{item.id} {self.words.text(item.text)}"), "")
            verdict = (f"☐ {t('As it is')}", f"☐ {t('Change')}: {_LINE}")
            yield BlockGroup((asked, Facts((*self._facts(item), verdict))), "whole")
        for child in node.children:
            blocks = (*self._said(child), *self._inside(child, depth + 1))
            yield Part(self.words.text(child.title), blocks, min(depth, _DEEPEST))

    def _facts(self, item: Item) -> Iterable[tuple[str, str]]:
        t, text = self.words.say, self.words.text
        unit = self.questionnaire.unit_by_id.get(item.unit or "")
        types = [kind for kind in self.questionnaire.entity_types if kind.id in item.applies_to]
        everyone = len(types) == len(self.questionnaire.entity_types)
        facts = (
            (t("Meaning"), text(item.definition)),
            (t("How to answer"), text(item.help)),
            (t("What proves it"), text(item.evidence)),
            (t("Unit"), text(unit.label) if unit else ""),
            (t("Improves"), t(item.direction.value) if item.direction else ""),
            (t("Level"), "" if item.level is None else str(item.level)),
            (t("Only for"), "" if everyone else ", ".join(text(kind.label) for kind in types)),
            (t("Turned round"), t("yes") if item.reverse else ""),
            (t("Answers"), item.scale),
            (t("Note"), text(item.note)),
        )
        return (fact for fact in facts if fact[1])


def _lists(questionnaire: Questionnaire, words: Words) -> Iterator[Part]:
    """What may be answered on a scale, or chosen elsewhere."""
    t = words.say
    for name, scale in questionnaire.scales.items():
        yield Part(t("Answers: {scale}", scale=name), (Facts(tuple(_options(scale, words))),))
    named = {
        "Segments": questionnaire.segments,
        "Reasons for no data": questionnaire.no_data_reasons,
        "Types of entity": questionnaire.entity_types,
    }
    for title, entries in named.items():
        if entries:
            yield Part(t(title), (Facts(tuple((entry.id, words.text(entry.label)) for entry in entries)),))
    levels = questionnaire.index.levels
    if levels is not None:
        names = (Phrase(words.text(level.name), note=words.text(level.description)) for level in levels.names)
        yield Part(t("Levels"), (Facts(tuple((str(number), name) for number, name in enumerate(names, 1))),))


def _options(scale: Scale, words: Words) -> Iterator[tuple[str, Phrase]]:
    if scale.range is not None:
        ends = (words.number(float(end)) for end in (scale.range.minimum, scale.range.maximum))
        whole = words.say("A whole number") if scale.range.whole else words.say("A number")
        yield BETWEEN.join(ends), Phrase(whole)
    for option in scale.options:
        yield option.code, Phrase(words.text(option.label), note=words.text(option.description))
    for choice in (scale.dont_know, scale.not_applicable):
        if choice is not None:
            yield choice.code, Phrase(words.text(choice.label), note=words.say("Without points"))
