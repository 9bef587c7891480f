"""The statements as forms ask them: one page for each node that has statements of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.text import in_language
from ctimaturity.survey.header import surveyed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire


@dataclass(frozen=True, slots=True)
class Section:
    """One page.

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


def sections(questionnaire: Questionnaire) -> list[Section]:
    """The pages of all measurements that collect respondents, in the order of the definition."""
    return [
        section
        for measurement in surveyed(questionnaire)
        for section in _below(questionnaire, measurement, measurement.root, ())
    ]


def _below(
    questionnaire: Questionnaire, measurement: Measurement, node: Node, above: tuple[Node, ...]
) -> Iterator[Section]:
    path = above if node is measurement.root else (*above, node)
    for child in node.children:
        yield from _below(questionnaire, measurement, child, path)
    if node.items:
        named = path or (node,)
        title = {
            language: ": ".join(in_language(part.title, language) for part in named)
            for language in questionnaire.languages
        }
        yield Section(f"{measurement.id}_{node.id}", title, node.items[0].scale, node.items)
