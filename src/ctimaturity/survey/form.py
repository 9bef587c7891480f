"""The survey as people are asked it: its words and pages, and the forms to print and to paste."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate, words
from ctimaturity.model.text import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire
    from ctimaturity.model.scale import Scale

_TEMPLATES = Path(__file__).with_name("templates")
_DIGITS = 12
"""Of a hash, where people read it."""


@dataclass(frozen=True)
class FormOptions:
    """How a form is made.

    Attributes:
        definition_hash: Of the questionnaire.
        language: That the form opens in.
        entities: Entities to choose from; a text field for the code without any.
    """

    definition_hash: str
    language: str = "es"
    entities: Sequence[Entity] = ()


@dataclass(frozen=True, slots=True)
class FormPage:
    """The statements of one node, as forms ask them together.

    Attributes:
        id: Unique among the pages.
        title: By language: the nodes from the root's child down, as `Personas: Educación`.
        scale: Id of the answer scale.
        items: The statements.
    """

    id: str
    title: dict[str, str]
    scale: str
    items: tuple[Item, ...]


def form_pages(questionnaire: Questionnaire) -> list[FormPage]:
    """The pages of all measurements that collect respondents, in the order of the definition."""
    return [
        page
        for measurement in questionnaire.surveys.values()
        for page in _pages_below(questionnaire, measurement, measurement.root, ())
    ]


def _pages_below(
    questionnaire: Questionnaire, measurement: Measurement, node: Node, above: tuple[Node, ...]
) -> Iterator[FormPage]:
    path = above if node is measurement.root else (*above, node)
    for child in node.children:
        yield from _pages_below(questionnaire, measurement, child, path)
    if node.items:
        title = {
            language: ": ".join(in_language(part.title, language) for part in path or (node,))
            for language in questionnaire.languages
        }
        yield FormPage(f"{measurement.id}_{node.id}", title, node.items[0].scale, node.items)


def form_identity(questionnaire: Questionnaire, definition_hash: str) -> str:
    """`mmmctic@2020-04 1.0.0 0123456789ab`: the definition, its version and the begin of its hash."""
    return f"{questionnaire.key} {questionnaire.version} {definition_hash[:_DIGITS]}"


def form_version(questionnaire: Questionnaire, definition_hash: str) -> str:
    """The version of a form: that of the questionnaire and the begin of its hash."""
    return f"{questionnaire.version}-{definition_hash[:_DIGITS]}"


def segment_question() -> dict[str, str]:
    """What forms ask first, and what their exports have for a header."""
    return words("Which of these groups do you belong to?")


def entity_question() -> dict[str, str]:
    """What forms ask next, and what their exports have for a header."""
    return words("Which city or territory do you answer about?")


def consent() -> dict[str, str]:
    """What respondents agree to."""
    return words(
        "Answering is voluntary and anonymous. Your answers are published only as counts. "
        "Do you agree to take part?"
    )


def paper_sheet(questionnaire: Questionnaire, options: FormOptions) -> str:
    """A printable page (HTML); each statement with its id, so that answers can be typed in by it."""
    return _rendered("paper.html.j2", questionnaire, options, coded=True)


def microsoft_forms(questionnaire: Questionnaire, options: FormOptions) -> str:
    """A text to paste into Microsoft Forms; statements exactly as exports will have them."""
    return _rendered("msforms.txt.j2", questionnaire, options, coded=False)


def _rendered(template: str, questionnaire: Questionnaire, options: FormOptions, *, coded: bool) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=coded,  # noqa: S701  (the other one is plain text, where nothing is escaped)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    language = options.language
    return environment.get_template(template).render(
        language=language,
        title=in_language(questionnaire.title, language),
        identity=form_identity(questionnaire, options.definition_hash),
        consent=consent()[language],
        yes=translate("Yes", language),
        no=translate("No", language),
        segment_question=segment_question()[language],
        segments=[in_language(segment.label, language) for segment in questionnaire.segments],
        entity_question=entity_question()[language],
        choose_one=translate("Mark one answer in each row.", language),
        sections=[
            {
                "title": page.title[language],
                "answers": _options(questionnaire.scales[page.scale], language, coded=coded),
                "statements": [
                    {"id": item.id, "text": in_language(item.text, language)} for item in page.items
                ],
            }
            for page in form_pages(questionnaire)
        ],
    )


def _options(scale: Scale, language: str, *, coded: bool) -> list[str]:
    labels = [(answer.code, in_language(answer.label, language)) for answer in scale.offered]
    return [f"{code} - {label}" if coded else label for code, label in labels]
