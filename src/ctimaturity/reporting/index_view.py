"""What the index document says and what it knows beyond the assessment, prepared once for every format."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.code import Severity
from ctimaturity.language.folding import folded
from ctimaturity.model.score import Index, Status
from ctimaturity.reporting.columns import ScoreColumns
from ctimaturity.reporting.entity import EntityView, entity_view
from ctimaturity.reporting.figure import level_name
from ctimaturity.reporting.groups import Facet, Grouping, facets, groupings
from ctimaturity.reporting.method import MethodText, method
from ctimaturity.reporting.panorama import Panorama, panorama
from ctimaturity.reporting.provenance import provenance_lines, subtitle
from ctimaturity.reporting.rulings import RulingsView, rulings_view
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.provenance import Provenance


COLUMNS = frozenset({"participacion", "participation"})
"""Columns of the entity list that say who takes part again."""
_NEW = frozenset({"nueva", "nuevo", "new"})
_RETURNING = frozenset({"recurrente", "returning"})


@dataclass(frozen=True)
class IndexContext:
    """What a document knows beyond its assessment.

    Attributes:
        departments: Names of departments by entity code.
        previous: Codes of the entities of the round before; None when it is not known.
        links: Addresses of entities' own pages by code, relative to the document.
        public: Whether the document may go public: it names no file and no finding.
    """

    departments: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    previous: frozenset[str] | None = None
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    public: bool = False

    def newcomers(self, index: Index) -> tuple[int, int] | None:
        """How many take part for the first time, and how many again; None when nothing says so."""
        known = [again for row in index.rows if (again := self._returns(row)) is not None]
        return (known.count(False), known.count(True)) if known else None

    def _returns(self, row: IndexRow) -> bool | None:
        if self.previous is not None:
            return row.entity.code in self.previous
        for name, value in row.entity.groups.items():
            if folded(name) in COLUMNS:
                word = folded(value)
                return False if word in _NEW else True if word in _RETURNING else None
        return None


ALONE = IndexContext()
"""Nothing is known."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """An entity of the list that has sent nothing."""

    code: str
    name: str


@dataclass(frozen=True)
class IndexView:
    """The whole document.

    Attributes:
        title: The index's name.
        subtitle: Model, edition and round.
        summary: The result in a few sentences.
        headline: Label and count, in the order of interest.
        panorama: What the ranked entities show together.
        entities: By status, in the order of the index.
        facets: What the entities can be picked by; their order is that of `everyone`.
        links: Addresses of entities' own pages by code.
        public: Whether it may go public: it names no file and no finding.
        rulings: What reviewers decided; None without rulings.
        unattributed: Files with errors from which no entity could be read.
        provenance: Label and value.
    """

    words: Words
    title: str
    subtitle: str
    summary: tuple[str, ...]
    headline: tuple[tuple[str, int], ...]
    columns: ScoreColumns
    panorama: Panorama
    entities: dict[Status, tuple[EntityView, ...]]
    facets: tuple[Facet, ...]
    links: Mapping[str, str]
    public: bool
    awaited: tuple[Awaited, ...]
    unattributed: int
    groupings: tuple[Grouping, ...]
    rulings: RulingsView | None
    method: MethodText
    provenance: tuple[tuple[str, str], ...]

    @property
    def awaited_label(self) -> str:
        """What the state of an awaited entity is called."""
        return self.words.count("has not answered", "have not answered", 1)

    @property
    def ranked(self) -> tuple[EntityView, ...]:
        """Those with a rank."""
        return self.entities[Status.RANKED]

    @property
    def provisional(self) -> tuple[EntityView, ...]:
        """Those with an interval only."""
        return self.entities[Status.PROVISIONAL]

    @property
    def left_out(self) -> tuple[EntityView, ...]:
        """Incomplete and refused."""
        return (*self.entities[Status.INCOMPLETE], *self.entities[Status.REFUSED])

    @property
    def everyone(self) -> tuple[EntityView, ...]:
        """Ranked, provisional, then left out."""
        return (*self.ranked, *self.provisional, *self.left_out)


def index_view(
    assessment: Assessment, provenance: Provenance, language: str, context: IndexContext = ALONE
) -> IndexView:
    """Prepare the document of an assessment.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        context: Departments, the round before, pages of entities.
    """
    words = Words(language)
    questionnaire, index = assessment.questionnaire, assessment.index
    columns = ScoreColumns(questionnaire, index, words)
    entities: dict[Status, tuple[EntityView, ...]] = {
        status: tuple(
            entity_view(row, assessment, columns, words, public=context.public)
            for row in index.rows
            if row.status is status
        )
        for status in Status
    }
    awaited = tuple(
        Awaited(shown(code), shown(assessment.awaited_names.get(code, ""))) for code in assessment.awaited
    )
    everyone = [
        view
        for status in (Status.RANKED, Status.PROVISIONAL, Status.INCOMPLETE, Status.REFUSED)
        for view in entities[status]
    ]
    return IndexView(
        words=words,
        title=columns.index.title,
        subtitle=subtitle(questionnaire, provenance, words),
        summary=tuple(_summary(questionnaire, columns, entities[Status.RANKED], words)),
        headline=_headline(entities, len(awaited), context.newcomers(index), words),
        columns=columns,
        panorama=panorama(questionnaire, index, columns, words),
        entities=entities,
        facets=facets(everyone, index, columns.index, context.departments, words),
        links=context.links,
        public=context.public,
        awaited=awaited,
        unattributed=0 if context.public else _unattributed(assessment),
        groupings=groupings(questionnaire, index, columns.index, words),
        rulings=rulings_view(assessment, columns, words, public=context.public),
        method=method(questionnaire, index, columns, words, ruled=assessment.verification is not None),
        provenance=tuple(provenance_lines(assessment, provenance, columns, words, public=context.public)),
    )


def _unattributed(assessment: Assessment) -> int:
    attributed = {file for answers in assessment.answers.values() for file in answers.files}
    failed = {
        d.location.file for d in assessment.diagnostics if d.severity is Severity.ERROR and d.location.file
    }
    return len(failed - attributed)


def _headline(
    entities: dict[Status, tuple[EntityView, ...]],
    awaited: int,
    newcomers: tuple[int, int] | None,
    words: Words,
) -> tuple[tuple[str, int], ...]:
    total = sum(len(views) for views in entities.values())
    counts = {status: len(views) for status, views in entities.items()}
    figures = [
        (words.count("entity answered", "entities answered", total), total),
        (words.count("ranked", "ranked", counts[Status.RANKED]), counts[Status.RANKED]),
        (words.count("provisional", "provisional", counts[Status.PROVISIONAL]), counts[Status.PROVISIONAL]),
        (words.count("incomplete", "incomplete", counts[Status.INCOMPLETE]), counts[Status.INCOMPLETE]),
        (words.count("refused", "refused", counts[Status.REFUSED]), counts[Status.REFUSED]),
        (words.count("has not answered", "have not answered", awaited), awaited),
    ]
    if newcomers is not None:
        first, again = newcomers
        figures += [
            (words.count("for the first time", "for the first time", first), first),
            (words.count("takes part again", "take part again", again), again),
        ]
    return tuple(figures)


def _summary(
    questionnaire: Questionnaire,
    columns: ScoreColumns,
    ranked: tuple[EntityView, ...],
    words: Words,
) -> Iterable[str]:
    if len(columns.measurements) < len(questionnaire.measurements):
        titles = words.listed([column.title for column in columns.measurements])
        yield words.say(
            "Everyone was scored on these measurements only: {measurements}.", measurements=titles
        )
    first = [entity for entity in ranked if entity.row.rank == 1]
    if not first:
        yield words.say("No entity has enough answers to be ranked.")
        return
    yield words.count(
        "{names} comes first with {score}.",
        "{names} share first place with {score}.",
        len(first),
        names=words.listed([entity.name for entity in first]),
        score=first[0].index.text,
    )
    levels = Counter(entity.row.level for entity in ranked if entity.row.level is not None)
    (common, count), (_, next_count) = [*levels.most_common(2), (None, 0), (None, 0)][:2]
    # One entity is no frequency, and of two levels that are as frequent neither is the most.
    if count > max(next_count, 1):
        yield words.count(
            "The most frequent level is {level}, with {count} entity.",
            "The most frequent level is {level}, with {count} entities.",
            count,
            level=level_name(columns.index, common) or str(common),
        )
