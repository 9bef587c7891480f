"""The questionnaire to be read on paper: everything people will read, for those who review its wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.model.rule import Collects
from ctimaturity.reporting.markdown import escaped
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.words import BETWEEN, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire
    from ctimaturity.model.scale import Scale

FORMATS = ("md", "html")
COLLECTS = {
    Collects.ANSWERS: "Answered by the entity, one agreed answer to each item.",
    Collects.RESPONDENTS: "Answered by many people, each for themselves.",
    Collects.INDICATORS: "Answered by the entity with figures.",
}
_DEEPEST = 6
"""Of headings."""


@dataclass(frozen=True, slots=True)
class Question:
    """An item: what is asked, and what stands beside it as (label, text)."""

    id: str
    text: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A node with its own items.

    Attributes:
        depth: Of its heading: 2 for a measurement.
        sentences: Definition, question, note.
    """

    depth: int
    id: str
    title: str
    sentences: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What may be answered on a scale, or chosen elsewhere: as (code, label, description)."""

    title: str
    entries: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Booklet:
    """Everything that is read.

    Attributes:
        parts: By measurement, its chapters.
        lists: Scales, segments, reasons, types, levels.
    """

    title: str
    name: str
    digest: str
    words: Words
    sentences: tuple[str, ...]
    lists: tuple[Listing, ...]
    parts: tuple[tuple[Chapter, ...], ...]


def booklet(questionnaire: Questionnaire, digest: str, language: str) -> Booklet:
    """What is read, in one language."""
    words = Words(language)
    sentences = [words.text(text) for text in (questionnaire.description, questionnaire.source) if text]
    return Booklet(
        title=words.text(questionnaire.title),
        name=f"{questionnaire.key} {questionnaire.version}",
        digest=digest[:12],
        words=words,
        sentences=tuple(sentences),
        lists=tuple(_lists(questionnaire, words)),
        parts=tuple(
            tuple(_Chapters(questionnaire, measurement, words).of(measurement.root, 2))
            for measurement in questionnaire.measurements
        ),
    )


def _lists(questionnaire: Questionnaire, words: Words) -> Iterator[Listing]:
    t = words.say
    for name, scale in questionnaire.scales.items():
        yield Listing(t("Answers: {scale}", scale=name), tuple(_options(scale, words)))
    named = {
        "Segments": questionnaire.segments,
        "Reasons for no data": questionnaire.no_data_reasons,
        "Types of entity": questionnaire.entity_types,
    }
    for title, entries in named.items():
        if entries:
            yield Listing(t(title), tuple((entry.id, words.text(entry.label), "") for entry in entries))
    levels = questionnaire.index.levels
    if levels is not None:
        names = [(words.text(each.name), words.text(each.description)) for each in levels.names]
        yield Listing(t("Levels"), tuple((str(number), *name) for number, name in enumerate(names, start=1)))


def _options(scale: Scale, words: Words) -> Iterator[tuple[str, str, str]]:
    if scale.range is not None:
        ends = (words.number(float(end)) for end in (scale.range.minimum, scale.range.maximum))
        whole = words.say("A whole number") if scale.range.whole else words.say("A number")
        yield BETWEEN.join(ends), whole, ""
    for option in scale.options:
        yield option.code, words.text(option.label), words.text(option.description)
    for choice in (scale.dont_know, scale.not_applicable):
        if choice is not None:
            yield choice.code, words.text(choice.label), words.say("Without points")


@dataclass(frozen=True)
class _Chapters:
    questionnaire: Questionnaire
    measurement: Measurement
    words: Words

    def of(self, node: Node, depth: int) -> Iterator[Chapter]:
        """The chapter of a node, then those below it."""
        said = [node.definition, node.question, node.note]
        sentences = [self.words.text(text) for text in said if text]
        if node is self.measurement.root:
            opening = [self.words.text(self.measurement.description)] if self.measurement.description else []
            confirmed = self.measurement.confirm_blank
            sentences = [*opening, self.words.say(COLLECTS[self.measurement.collects]), *sentences]
            sentences += [self.words.text(confirmed.statement)] if confirmed else []
        questions = tuple(
            Question(item.id, self.words.text(item.text), self._facts(item)) for item in node.items
        )
        title = self.words.text(node.title)
        yield Chapter(min(depth, _DEEPEST), node.id, title, tuple(sentences), questions)
        for child in node.children:
            yield from self.of(child, depth + 1)

    def _facts(self, item: Item) -> tuple[tuple[str, str], ...]:
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
        return tuple(fact for fact in facts if fact[1])


def render_booklet(questionnaire: Questionnaire, digest: str, form: str, language: str) -> str:
    """The booklet in one of `FORMATS`.

    Raises:
        ValueError: There is no such format.
    """
    made = booklet(questionnaire, digest, language)
    if form == "md":
        return "\n\n".join(_markdown(made)) + "\n"
    if form != "html":
        raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    t = made.words.say
    return Press().page(
        "booklet.html.j2",
        (),
        booklet=made,
        words=made.words,
        t=t,
        tool=f"ctimaturity {__version__}",
        heading=made.title,
        over=made.name,
    )


def _markdown(made: Booklet) -> Iterator[str]:
    t = made.words.say
    yield f"# {escaped(made.title)}"
    yield escaped(t("Booklet of {name}, for those who review its wording.", name=made.name))
    yield from (escaped(sentence) for sentence in made.sentences)
    for chapters in made.parts:
        for chapter in chapters:
            yield f"{'#' * chapter.depth} {escaped(chapter.title)}"
            yield from (escaped(sentence) for sentence in chapter.sentences)
            for question in chapter.questions:
                yield f"**{escaped(question.id)}** {escaped(question.text)}"
                if question.facts:
                    yield "\n".join(f"- {escaped(label)}: {escaped(text)}" for label, text in question.facts)
                yield f"☐ {t('As it is')}  ☐ {t('Change')}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"
    yield f"## {escaped(t('What may be chosen'))}"
    for listing in made.lists:
        yield f"### {escaped(listing.title)}"
        yield "\n".join(
            f"- **{escaped(code)}** {escaped(label)}{': ' + escaped(said) if said else ''}"
            for code, label, said in listing.entries
        )
