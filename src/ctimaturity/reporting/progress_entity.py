"""The page of one entity: what you achieved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.score import INDEX, Status
from ctimaturity.reporting.document import Document, DocumentTable, Prose, Section, origin, section
from ctimaturity.reporting.progress import by_source, in_full, method, way
from ctimaturity.reporting.progress_answer import AnswerWords
from ctimaturity.reporting.progress_figures import ARROW, SOURCES, Chart, drawings, part_line, places
from ctimaturity.reporting.progress_surveys import SurveyWords
from ctimaturity.reporting.reasons import sentences
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.analysis.change import Contribution, EntityChange
    from ctimaturity.analysis.round import Round
    from ctimaturity.reporting.columns import ScoreColumn
    from ctimaturity.reporting.progress_figures import ProgressFigures

MOST_ITEMS = 12
"""Items that are named on each side; contributions.csv has all."""


def entity_page(
    change: EntityChange,
    figures: ProgressFigures,
    rounds: Sequence[Round],
    provenance: Sequence[tuple[str, str]],
    back: tuple[str, str] | None = None,
) -> Document:
    """The page of one entity that took part in two rounds or more.

    Args:
        change: What changed between the last two rounds in which it was read.
        figures: The numbers of the comparison of these.
        rounds: All rounds, the earliest first.
        provenance: Labels and values.
        back: Name and address of the page of all entities.
    """
    return _EntityWriter(change, figures, rounds).page(tuple(provenance), back)


class _EntityWriter:
    def __init__(self, change: EntityChange, figures: ProgressFigures, rounds: Sequence[Round]) -> None:
        self.change, self.figures, self.rounds = change, figures, rounds
        self.words = figures.words
        self.surveys = SurveyWords(figures)
        self.pair = (figures.comparison.before, figures.comparison.after)
        self.answers = AnswerWords(change.entity.code, *self.pair, figures.words)

    def page(self, provenance: tuple[tuple[str, str], ...], back: tuple[str, str] | None) -> Document:
        """Everything."""
        t, comparison = self.words.say, self.figures.comparison
        return Document(
            heading=t(
                "What you achieved: {name}", name=shown(self.change.entity.name or self.change.entity.code)
            ),
            over=t(
                "{title}: {before} to {after}",
                title=self.words.text(comparison.after.questionnaire.title),
                before=shown(comparison.before.label),
                after=shown(comparison.after.label),
            ),
            lead=(Prose(tuple(self._lead()), "prose one"),),
            tiles=tuple(self._tiles()),
            sections=(*self._sections(), origin(provenance, self.words)),
            columns=(self.figures.columns.index,),
            back=back,
        )

    def _tiles(self) -> Iterator[tuple[str, str]]:
        t, change, show = self.words.say, self.change, self.figures
        yield t("Index before"), show.index_text(change.before)
        yield t("Index after"), show.index_text(change.after)
        yield t("Change"), show.change(change)
        yield t("Level"), show.levels(change)
        yield t("Rank"), f"{show.rank(change.before)} {ARROW} {show.rank(change.after)}"
        if change.progress:
            yield (
                t("Place in progress"),
                t("{rank} of {size}", rank=show.place(change), size=change.progress.size),
            )

    def _lead(self) -> Iterator[str]:
        t, rank = self.words.say, self.change.rank
        yield from self._without()
        if rank is None:
            yield t("You are not ranked in both rounds, so your change of index and of rank cannot be told.")
            yield from self.answers.achieved(self.change)
            for row, round_ in zip((self.change.before, self.change.after), self.pair, strict=True):
                if row is not None:
                    said = sentences(row, round_.questionnaire, self.words)
                    yield from (f"{shown(round_.label)}: {sentence}" for sentence in said)
            return
        yield t(
            "Your rank went from {before} to {after}: your own change brings {own} places, the changes of "
            "the others {others}, entities that entered or left {membership}.",
            before=rank.before,
            after=rank.after,
            own=places(rank.own),
            others=places(rank.others),
            membership=places(rank.membership),
        )
        yield from self.answers.achieved(self.change)

    def _without(self) -> Iterator[str]:
        """The rounds of which there is nothing to show."""
        code = self.change.entity.code
        missed = [shown(round_.label) for round_ in self.rounds if code not in round_.rows]
        refused = [
            shown(round_.label)
            for round_ in self.rounds
            if code in round_.rows and round_.rows[code].status is Status.REFUSED
        ]
        if missed:
            yield self.words.say("You did not take part in {rounds}.", rounds=self.words.listed(missed))
        if refused:
            yield self.words.say("What you sent was refused in {rounds}.", rounds=self.words.listed(refused))

    def _sections(self) -> Iterator[Section]:
        t = self.words.say
        charts = tuple(self._charts())
        if charts:
            pair = in_full(self.rounds, self.pair, self.words)
            yield section("trajectory", t("Round by round"), pair, *drawings("trajectory", charts))
        if self.change.nodes:
            yield Section("parts", t("Part by part"), (self._parts(),))
        up, down = self._moved()
        if up or down:
            yield section("items", t("What moved your index"), (self._sourced(),), *self._items(up, down))
        surveys = self._surveys()
        if surveys is not None:
            said, tables = self.surveys.said(self.change), self.surveys.tables(self.change)
            yield section("surveys", t("What people answered"), said, surveys, *tables)
        yield section("method", t("How it is worked out"), method(self.words))

    def _charts(self) -> Iterator[Chart]:
        """The index along the rounds; then each measurement and its parts in small charts."""
        t, columns = self.words.say, self.figures.columns
        said = t("Your index in every round in which you were ranked; higher is better.")
        yield from self._chart(t("Index by round"), said, (columns.index,))
        said = t("A small chart for each part, all on the same scale.")
        for whole in columns.measurements:
            yield from self._chart(whole.title, said, (whole, *columns.parts[whole.measurement]), small=True)

    def _chart(
        self, title: str, said: str, columns: Sequence[ScoreColumn], *, small: bool = False
    ) -> Iterator[Chart]:
        """A chart of what has a point in two rounds or more; none where nothing has."""
        lines = [
            part_line(self.rounds, self.change.entity.code, column.title, column, self.words)
            for column in columns
        ]
        drawn = tuple(line for line in lines if sum(score is not None for score in line.scores) > 1)
        if drawn:
            labels = tuple(shown(round_.label) for round_ in self.rounds)
            several = len(labels) > 2  # noqa: PLR2004  (of two rounds the whole way is the change)
            rows = tuple(
                (line.name, *line.texts, *([way(line, self.figures)] if several else [])) for line in lines
            )
            last = [self.words.say("From first to last")] if several else []
            table = DocumentTable(title, (self.words.say("Part"), *labels, *last), rows)
            yield Chart(title, said, labels, drawn, table, small)

    def _columns(self) -> Iterator[tuple[str, ScoreColumn]]:
        """Columns with their titles; that of a part begins with its measurement."""
        columns = self.figures.columns
        yield columns.index.title, columns.index
        for whole in columns.measurements:
            yield whole.title, whole
            for column in columns.parts[whole.measurement]:
                yield f"{whole.title}: {column.title}", column

    def _parts(self) -> DocumentTable:
        """Scores with their levels, bounds and coverage in both rounds."""
        t, change, show = self.words.say, self.change, self.figures
        rows = []
        for title, column in self._columns():
            node = change.node(column.measurement, column.node)
            if node is None:
                continue
            pairs = ((node.before, change.before), (node.after, change.after))
            covered = (None if numbers is None else numbers.coverage for numbers in (node.before, node.after))
            spans = (
                MISSING if numbers is None else self.words.interval(numbers.low, numbers.high, column.bounds)
                for numbers in (node.before, node.after)
            )
            rows.append(
                (
                    title,
                    *(show.score(column, numbers, row) for numbers, row in pairs),
                    show.node_change(change, node),
                    *spans,
                    f" {ARROW} ".join(self.words.percent(share) for share in covered),
                )
            )
        headers = ("Part", "Before", "After", "Change", "Interval before", "Interval after", "Coverage")
        return DocumentTable(t("Scores before and after"), tuple(map(t, headers)), tuple(rows))

    def _moved(self) -> tuple[list[Contribution], list[Contribution]]:
        node = self.change.node(INDEX, INDEX)
        if node is None or self.change.rank is None:
            return [], []
        parts = sorted(node.contributions, key=lambda part: (-abs(part.value), part.item))
        return [part for part in parts if part.value > 0], [part for part in parts if part.value < 0]

    def _sourced(self) -> str:
        said = (
            f"{self.words.say(SOURCES[source])} {self.figures.signed(value)}"
            for source, value in by_source(self.change).items()
        )
        return self.words.say(
            "The change of your index, by what it comes from: {parts}.", parts=", ".join(said)
        )

    def _items(self, up: list[Contribution], down: list[Contribution]) -> Iterator[DocumentTable]:
        t = self.words.say
        headers = tuple(map(t, ("Item", "What it says", "Before", "After", "Source", "Points of the index")))
        for caption, parts in ((t("What raised it most"), up), (t("What lowered it most"), down)):
            if parts:
                rows = tuple(self._item(part) for part in parts[:MOST_ITEMS])
                yield DocumentTable(caption, headers, rows)

    def _item(self, part: Contribution) -> tuple[str, ...]:
        item = self.figures.comparison.after.questionnaire.item_by_id.get(part.item)
        said = MISSING if item is None else shown(self.words.text(item.text))
        value = self.words.say("less than {number}", number=self.words.number(0.01))
        shown_value = self.figures.signed(part.value)
        small = shown_value == self.words.number(0.0)
        return (
            part.item or MISSING,
            said,
            *self.answers.pair(part.item, self.change.node(part.measurement, part.item)),
            self.words.say(SOURCES[part.source]),
            value if small else shown_value,
        )

    def _surveys(self) -> DocumentTable | None:
        t, columns = self.words.say, self.figures.columns
        rows = []
        for whole in columns.measurements:
            for column in (whole, *columns.parts[whole.measurement]) if whole.survey else ():
                node = self.change.node(column.measurement, column.node)
                if node is not None and node.change is not None:
                    error = self.words.number(node.standard_error)
                    change = self.figures.node_change(self.change, node)
                    rows.append((column.title, change, error, self.surveys.certainty(self.change, node)))
        headers = ("Part", "Change", "Standard error", "What can be said")
        caption = t("Changes of surveys with their sampling error")
        return DocumentTable(caption, tuple(map(t, headers)), tuple(rows)) if rows else None
