"""The page of all entities: who advanced, and what it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.change import ChangeSource, Presence
from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import INDEX
from ctimaturity.reporting.document import Document, DocumentTable, Prose, Section, leading, origin, section
from ctimaturity.reporting.progress_figures import (
    ARROW,
    MOST_LINES,
    SOURCES,
    Chart,
    Line,
    ProgressFigures,
    drawings,
    entity_line,
)
from ctimaturity.reporting.progress_surveys import SurveyWords, chance
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange
    from ctimaturity.analysis.round import Round
    from ctimaturity.model.score import IndexRow


def progress_page(
    comparison: Comparison,
    rounds: Sequence[Round],
    language: str,
    provenance: Sequence[tuple[str, str]],
    links: Mapping[str, str] | None = None,
    returns: Sequence[Comparison] = (),
) -> Document:
    """The page of all entities.

    Args:
        comparison: The last two rounds.
        rounds: All of them, the earliest first.
        language: `es` or `en`.
        provenance: Labels and values.
        links: Addresses of the pages of entities, by code.
        returns: Of those who came back after a gap, the last two rounds in which they were read.
    """
    return _ProgressWriter(comparison, rounds, Words(language), returns).page(tuple(provenance), links or {})


class _ProgressWriter:
    def __init__(
        self,
        comparison: Comparison,
        rounds: Sequence[Round],
        words: Words,
        returns: Sequence[Comparison] = (),
    ) -> None:
        self.comparison, self.rounds, self.words = comparison, rounds, words
        self.returns = returns
        self.figures = ProgressFigures.of(comparison, words)
        self.returning = sorted(comparison.of(Presence.RETURNING), key=_by_progress)
        self.advanced = [change for change in self.returning if change.progress]

    def page(self, provenance: tuple[tuple[str, str], ...], links: Mapping[str, str]) -> Document:
        """Everything."""
        t, before, after = self.words.say, self.comparison.before, self.comparison.after
        everyone = sorted(self._everyone().items())
        named = [(_shown_name(row.entity.name, code), links[code]) for code, row in everyone if code in links]
        return Document(
            heading=t("Progress: {before} to {after}", before=shown(before.label), after=shown(after.label)),
            over=self.words.text(after.questionnaire.title),
            lead=(Prose(tuple(self._lead()), "prose one"),),
            tiles=tuple(self._tiles()),
            sections=(*self._sections(), *leading(named, self.words), origin(provenance, self.words)),
            columns=(self.figures.columns.index,),
        )

    def _tiles(self) -> Iterator[tuple[str, str]]:
        t, comparison = self.words.say, self.comparison
        yield t("Returning"), str(len(self.returning))
        new = comparison.of(Presence.NEW)
        back = [change for change in new if self._earlier(change) != MISSING]
        yield t("New"), str(len(new) - len(back))
        if back:
            yield t("Back after a gap"), str(len(back))
        yield t("Gone"), str(len(comparison.of(Presence.GONE)))
        changes = [_index_change(change) for change in self.advanced]
        yield t("Advanced"), str(sum(points > 0 for points in changes))
        yield t("Fell back"), str(sum(points < 0 for points in changes))
        moves = [
            (change.after.level or 0) - (change.before.level or 0)
            for change in self.advanced
            if change.before and change.after
        ]
        yield t("Rose a level"), str(sum(move > 0 for move in moves))
        yield t("Fell a level"), str(sum(move < 0 for move in moves))

    def _lead(self) -> Iterator[str]:
        t, count = self.words.say, self.words.count
        yield count(
            "{count} entity took part in both rounds, and {ranked} of these are ranked in both.",
            "{count} entities took part in both rounds, and {ranked} of these are ranked in both.",
            len(self.returning),
            ranked=len(self.advanced),
        )
        if self.advanced and _index_change(self.advanced[0]) > 0:
            best = self.advanced[0]
            yield t(
                "{name} advanced most: {change} points of the index.",
                name=shown(best.entity.name or best.entity.code),
                change=self.figures.change(best),
            )
        if self.comparison.redefined:
            yield t("The definition changed between the rounds; what that alone moves is shown apart.")
        if self.comparison.remarked:
            yield t(
                "Indicators were marked otherwise than before: other reference ranges, or another basis. "
                "What that alone moves is shown apart."
            )

    def _sections(self) -> Iterator[Section]:
        t = self.words.say
        if self.returning:
            yield section("progress", t("Who advanced most"), (self._rank_words(),), self._ranking())
        charts = tuple(self._charts())
        if charts:
            hidden = max(len(self._lines()) - MOST_LINES, 0)
            pair = (self.comparison.before, self.comparison.after)
            said = list(in_full(self.rounds, pair, self.words))
            if hidden:
                said.append(t("The charts show {count} entities; the tables have all.", count=MOST_LINES))
            yield section("trajectories", t("Round by round"), said, *drawings("trajectories", charts))
        if self.advanced:
            yield section(
                "sources",
                t("What the changes come from"),
                (
                    t(
                        "Each change of the index is the sum of what its items add; here by measurement "
                        "and by source."
                    ),
                ),
                self._measurements(),
                self._sources(),
            )
        surveys = self._surveys()
        if surveys is not None:
            counted = t(
                "The last column counts the statements that rose and fell by more than sampling error "
                "explains, of those that have one in both rounds."
            )
            told = (chance(self.figures), counted)
            yield section("surveys", t("What people answered"), told, surveys)
        if self.returns:
            back = t(
                "They took part before, but not in the round before their last one; what changed for them is "
                "since the last time."
            )
            yield section("returns", t("Back after a gap"), (back,), self._back())
        for presence, name in ((Presence.NEW, t("New in this round")), (Presence.GONE, t("Gone since"))):
            ones = self.comparison.of(presence)
            if ones:
                yield Section(presence.value, name, (self._listed(name, ones),))
        yield section("method", t("How it is worked out"), method(self.words))

    def _rank_words(self) -> str:
        return self.words.say(
            "Own: places that an entity's own change brings among the others as they were. Others: places "
            "that the others' changes bring. In and out: places that entering and leaving entities bring."
        )

    def _ranking(self) -> DocumentTable:
        t, show = self.words.say, self.figures
        headers = (
            *("Entity", "Progress", "Before", "After", "Change", "Level", "Rank"),
            *("Own", "Others", "In and out"),
        )
        rows = tuple(
            (
                _name(change),
                show.place(change),
                show.index_text(change.before),
                show.index_text(change.after),
                show.change(change),
                show.levels(change),
                f"{show.rank(change.before)} {ARROW} {show.rank(change.after)}",
                *show.split(change),
            )
            for change in self.returning
        )
        return DocumentTable(t("Progress of the index"), tuple(t(header) for header in headers), rows)

    def _lines(self) -> list[Line]:
        """The ranked entities of every round, those who advanced most first."""
        column = self.figures.columns.index
        order = [change.entity.code for change in self.returning]
        everyone = self._everyone()
        lines = [
            entity_line(self.rounds, code, _shown_name(everyone[code].entity.name, code), column, self.words)
            for code in [*order, *sorted(everyone.keys() - set(order))]
        ]
        return [line for line in lines if sum(score is not None for score in line.scores) > 1]

    def _everyone(self) -> dict[str, IndexRow]:
        """The latest row of each entity."""
        return {code: row for round_ in self.rounds for code, row in round_.rows.items()}

    def _charts(self) -> Iterator[Chart]:
        t, lines = self.words.say, tuple(self._lines())
        if not lines:
            return
        labels = tuple(shown(round_.label) for round_ in self.rounds)
        several = len(labels) > 2  # noqa: PLR2004  (of two rounds the whole way is the change)
        rows = tuple(
            (line.name, *line.texts, *([way(line, self.figures)] if several else [])) for line in lines
        )
        headers = (t("Entity"), *labels, *([t("From first to last")] if several else []))
        table = DocumentTable(t("Index by round"), headers, rows)
        yield Chart(
            t("Index by round"),
            t("A line per entity ranked in two rounds or more; higher is better."),
            labels,
            lines[:MOST_LINES],
            table,
        )
        yield Chart(
            t("Entity by entity"),
            t("A small chart for each entity, all on the same scale."),
            labels,
            lines[:MOST_LINES],
            table,
            small=True,
        )

    def _earlier(self, change: EntityChange) -> str:
        """The rounds before these two in which a new entity took part."""
        labels = [shown(round_.label) for round_ in self.rounds[:-2] if change.entity.code in round_.rows]
        return ", ".join(labels) or MISSING

    def _measurements(self) -> DocumentTable:
        """Changes of each measurement."""
        t, columns = self.words.say, self.figures.columns.measurements
        rows = []
        for change in self.advanced:
            nodes = [change.node(column.measurement, column.node) for column in columns]
            cells = [MISSING if node is None else self.figures.node_change(change, node) for node in nodes]
            rows.append((_name(change), self.figures.change(change), *cells))
        headers = (t("Entity"), t("Index"), *(column.title for column in columns))
        return DocumentTable(t("Change by measurement, in points of each"), headers, tuple(rows))

    def _sources(self) -> DocumentTable:
        """What each source adds to the change of the index."""
        t = self.words.say
        by_entity = {change.entity.code: by_source(change) for change in self.advanced}
        used = [source for source in ChangeSource if any(source in sums for sums in by_entity.values())]
        rows = tuple(
            (
                _name(change),
                self.figures.change(change),
                *(self.figures.signed(by_entity[change.entity.code].get(source, 0.0)) for source in used),
            )
            for change in self.advanced
        )
        headers = (t("Entity"), t("Index"), *(t(SOURCES[source]) for source in used))
        return DocumentTable(t("What each source adds to the change of the index"), headers, rows)

    def _surveys(self) -> DocumentTable | None:
        t = self.words.say
        columns = [column for column in self.figures.columns.measurements if column.survey]
        words = SurveyWords(self.figures)
        rows = []
        for change in self.advanced:
            for column in columns:
                node = change.node(column.measurement, column.node)
                if node is not None and node.change is not None:
                    rows.append(
                        (
                            _name(change),
                            column.title,
                            self.figures.node_change(change, node),
                            self.words.number(node.standard_error),
                            words.certainty(change, node),
                            words.counted(change, column.measurement),
                        )
                    )
        headers = ("Entity", "Measurement", "Change", "Standard error", "What can be said", "Statements")
        caption = t("Changes of surveys with their sampling error")
        return DocumentTable(caption, tuple(map(t, headers)), tuple(rows)) if rows else None

    def _back(self) -> DocumentTable:
        """Those whose last two rounds are not successive."""
        t = self.words.say
        rows = []
        for comparison in self.returns:
            show = ProgressFigures.of(comparison, self.words)
            labels = f" {ARROW} ".join(
                shown(round_.label) for round_ in (comparison.before, comparison.after)
            )
            rows += [
                (
                    *(_name(change), labels, show.index_text(change.before), show.index_text(change.after)),
                    *(show.change(change), show.levels(change)),
                    f"{show.rank(change.before)} {ARROW} {show.rank(change.after)}",
                )
                for change in comparison.entities
            ]
        headers = ("Entity", "Rounds", "Before", "After", "Change", "Level", "Rank")
        return DocumentTable(t("Back after a gap"), tuple(map(t, headers)), tuple(rows))

    def _listed(self, caption: str, ones: Sequence[EntityChange]) -> DocumentTable:
        t = self.words.say
        # Who is new beside the round before may have taken part in one before that.
        back = len(self.rounds) > 2 and ones[0].presence is Presence.NEW  # noqa: PLR2004  (two are compared)
        rows = tuple(
            (
                _name(change),
                self.figures.index_text(change.after or change.before),
                self.figures.rank(change.after or change.before),
                *([self._earlier(change)] if back else []),
            )
            for change in ones
        )
        headers = (t("Entity"), t("Index"), t("Rank"), *([t("Took part before")] if back else []))
        return DocumentTable(caption, headers, rows)


def method(words: Words) -> Iterator[str]:
    """How changes are split, in words."""
    t = words.say
    yield t(
        "Entities are matched by their code. Only those ranked in both rounds have a place in the ranking of "
        "progress; of a provisional entity the interval is shown and no point."
    )
    yield t(
        "A change is split exactly: first what the definition alone does to the old answers, then what the "
        "reference ranges alone do to them, then what the answers do, item by item. The parts sum to the "
        "change."
    )
    yield t(
        "Item by item means: one item after the other gets its new answer, first those that come in, then "
        "those that stay, last those that drop out, once in the order of the questionnaire and once in "
        "reverse; the mean of both counts. Where nothing is left out and all rules are weighted means, the "
        "order makes no difference."
    )
    yield t(
        "The answers are the entities' own. An index may rise because something was achieved, because it was "
        "measured for the first time, or because it was answered otherwise."
    )


def by_source(change: EntityChange) -> dict[ChangeSource, float]:
    """What each source adds to the change of the index."""
    node = change.node(INDEX, INDEX)
    sums: dict[ChangeSource, float] = {}
    for part in node.contributions if node else ():
        sums[part.source] = sums.get(part.source, 0.0) + part.value
    return sums


def way(line: Line, figures: ProgressFigures) -> str:
    """The change from the first round with a point to the last one; a dash of fewer than two points."""
    points = [score for score in line.scores if score is not None]
    return figures.signed(points[-1] - points[0]) if len(points) > 1 else MISSING


def in_full(rounds: Sequence[Round], pair: tuple[Round, Round], words: Words) -> Iterator[str]:
    """Which of more than two rounds the rest of a page is about."""
    if len(rounds) > 2:  # noqa: PLR2004  (of two rounds nothing needs to be said)
        before, after = (shown(round_.label) for round_ in pair)
        yield words.say(
            "All else on this page compares {before} with {after}; the tables have every round with the one "
            "before it.",
            before=before,
            after=after,
        )


def _by_progress(change: EntityChange) -> tuple[int, int, str]:
    return (0, change.progress.rank, change.entity.code) if change.progress else (1, 0, change.entity.code)


def _index_change(change: EntityChange) -> float:
    node = change.node(INDEX, INDEX)
    return 0.0 if node is None or node.change is None else node.change


def _name(change: EntityChange) -> str:
    name = _shown_name(change.entity.name, change.entity.code)
    return name if name == change.entity.code else f"{name} ({shown(change.entity.code)})"


def _shown_name(name: str, code: str) -> str:
    return shown(name) or shown(code)
