"""What the index document says, prepared once so that every format says the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.code import Severity
from ctimaturity.model.score import Index, Status
from ctimaturity.reporting.columns import ScoreColumns
from ctimaturity.reporting.entity import BASIS_LABELS, EntityView, entity_view
from ctimaturity.reporting.facets import Facet, facets
from ctimaturity.reporting.figure import level_name
from ctimaturity.reporting.groups import Grouping, groupings
from ctimaturity.reporting.index_context import ALONE
from ctimaturity.reporting.method import MethodText, method
from ctimaturity.reporting.panorama import Panorama, panorama
from ctimaturity.reporting.rulings import RulingsView, rulings_view
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.reporting.index_context import IndexContext
    from ctimaturity.reporting.provenance import Provenance


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


def subtitle(questionnaire: Questionnaire, provenance: Provenance, words: Words) -> str:
    """Model, edition and round."""
    parts = [
        words.text(questionnaire.title),
        words.say("edition {edition}", edition=questionnaire.edition),
        *([words.say("round {round}", round=shown(provenance.round))] if provenance.round else []),
    ]
    return " · ".join(parts)


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


def provenance_lines(
    assessment: Assessment,
    provenance: Provenance,
    columns: ScoreColumns,
    words: Words,
    *,
    public: bool = False,
) -> Iterable[tuple[str, str]]:
    """Label and value of what a document says of its making."""
    questionnaire = assessment.questionnaire
    yield words.say("Made with"), f"ctimaturity {provenance.tool_version}"
    yield (
        words.say("Definition"),
        words.say("{key}, version {version}", key=questionnaire.key, version=questionnaire.version),
    )
    yield words.say("Hash of the definition"), provenance.definition_hash
    yield words.say("Hash of its rules"), provenance.scoring_hash
    yield words.say("Measurements"), ", ".join(column.title for column in columns.measurements)
    if assessment.index.results_basis:
        yield words.say("Basis of the indicators"), _basis(assessment.index, words)
    if provenance.reference:
        yield words.say("Reference ranges"), ranges_cited(provenance, words)
    if provenance.round:
        yield words.say("Round"), shown(provenance.round)
    yield words.say("Input files"), str(len(assessment.inputs))
    yield words.say("To repeat it"), words.say(_OPEN if public else _WHOLE)


def ranges_cited(provenance: Provenance, words: Words) -> str:
    """The reference ranges that marked indicators, and whether they are an example; empty without."""
    name = shown(provenance.reference)
    return words.say("{name}: an example, its marks mean nothing", name=name) if provenance.example else name


_WHOLE = (
    "manifest.json, beside this document, has the SHA-256 of every input and output and all options; "
    "definition.json has every text, weight, threshold and level."
)
_OPEN = (
    "definition.json, beside this document, has every text, weight, threshold and level; index.csv and"
    " scores.csv have every number. The answers stay with whoever published it."
)


def _basis(index: Index, words: Words) -> str:
    """What was asked for, and what it came to."""
    asked = words.say(BASIS_LABELS[index.results_basis])
    used = sorted({basis for row in index.rows for basis in row.results_basis.split(";") if basis})
    if not used or used == [index.results_basis]:
        return asked
    names = words.listed([words.say(BASIS_LABELS[basis]) for basis in used])
    return words.say("{asked} (in fact: {used})", asked=asked, used=names)
