"""The document of the index: the ranking, what the ranked show together, who is left out, the method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.reporting.document import (
    Bullets,
    Cell,
    Details,
    Document,
    Drawing,
    Either,
    Group,
    Part,
    Phrase,
    Remark,
    Section,
    Table,
    chip,
    origin,
)
from ctimaturity.reporting.html import document_html
from ctimaturity.reporting.markdown import document_markdown
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.surroundings import ALONE
from ctimaturity.reporting.view import IndexView, index_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.columns import Grid
    from ctimaturity.reporting.document import Block
    from ctimaturity.reporting.entity import EntityView
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.surroundings import Surroundings
    from ctimaturity.reporting.theme import Theme


def index_html(
    assessment: Assessment,
    provenance: Provenance,
    language: str,
    theme: Theme | None = None,
    surroundings: Surroundings = ALONE,
    *,
    paper: bool = False,
) -> str:
    """The index as a page, whose one script only sorts and filters what is there.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        theme: The look; the house's own without one.
        surroundings: Departments, the round before, pages of entities.
        paper: Whether the page is for PDF.

    Raises:
        JobError: A template of the theme is broken.
    """
    view = index_view(assessment, provenance, language, surroundings)
    press = Press(theme, paper=paper)
    return document_html(index_document(view), press, language, "index.html.j2", "index.js", view=view)


def index_markdown(
    assessment: Assessment, provenance: Provenance, language: str, surroundings: Surroundings = ALONE
) -> str:
    """The index in Markdown."""
    return document_markdown(index_document(index_view(assessment, provenance, language, surroundings)))


def index_document(view: IndexView) -> Document:
    """Everything that the index says."""
    return Document(
        heading=view.title,
        over=view.subtitle,
        lead=(Remark(" ".join(view.summary), "lead"),),
        tiles=tuple((label, str(count)) for label, count in view.headline),
        main=1,
        tiles_first=False,
        sections=tuple(_Sections(view).all()),
        columns=view.columns.levelled,
    )


@dataclass(frozen=True, slots=True)
class RankingColumn:
    """One column of the ranking; a page shows in one cell what words say in several.

    Attributes:
        title: Its header.
        page: What a page shows; None where it shows it elsewhere.
        words: What words say; None where they say it elsewhere.
        look: Class of its cells on a page.
        number: Whether words set it to the right.
    """

    title: str
    page: Callable[[EntityView], str | Cell] | None
    words: Callable[[EntityView], str] | None
    look: str = ""
    number: bool = False


class _Sections:
    def __init__(self, view: IndexView) -> None:
        self.view, self.words, self.t = view, view.words, view.words.say
        self.listed = (*view.ranked, *view.provisional)

    def all(self) -> Iterator[Section]:
        """Every section, in order."""
        yield from self._ranking()
        for number, grid in enumerate(self.view.columns.grids if self.listed else ()):
            yield self._grid(number, grid)
        yield from self._contrast()
        yield from self._groups()
        yield from self._provisional()
        yield from self._left_out()
        yield from self._awaited()
        if self.view.rulings:
            yield Section("rulings", self.t("Rulings"), self.view.rulings.blocks)
        yield from self.view.method.sections(self.words)
        yield origin(self.view.provenance, self.words)

    def _ranking(self) -> Iterator[Section]:
        """The ranking, and how it is spread."""
        t, view = self.t, self.view
        if not view.ranked or view.panorama.distribution is None:
            return
        said = t(
            "Entities with enough answers, by their unrounded index. The bar is the interval that unanswered"
            " questions leave open; the ticks are the bounds of the levels."
            if view.columns.index.levels
            else "Entities with enough answers, by their unrounded index. The bar is the interval that"
            " unanswered questions leave open."
        )
        if any(column.survey for column in view.columns.measurements):
            said += " " + t("Below the score of a survey stands how many people answered it.")
        columns = tuple(ranking_columns(view))
        caption = self.words.count("{count} ranked entity", "{count} ranked entities", len(view.ranked))
        shown = [column for column in columns if column.page]
        page = Table(
            caption,
            tuple(column.title for column in shown),
            tuple(tuple(column.page(entity) for column in shown if column.page) for entity in view.ranked),
            look="held",
            looks=tuple(column.look for column in shown),
            heads=1,
            most=0,
            picks=self._picks(0, view.ranked),
            body=(("data-rows", "0"), ("data-name", "ranking")),
        )
        told = [column for column in columns if column.words]
        words = Table(
            caption,
            tuple(column.title for column in told),
            tuple(tuple(column.words(entity) for column in told if column.words) for entity in view.ranked),
            looks=tuple("n" if column.number else "" for column in told),
            titled=False,
        )
        legend = Drawing("levels", "", (view.columns.index, t("Levels")))
        yield Section("ranking", t("Ranking"), (said, legend, Either((page,), (words,))))
        table = view.panorama.tables["distribution"]
        spread = Drawing("distribution", "spread", (view.panorama.distribution, table), table)
        spread_said = t("How the ranked entities are spread over the scale of the index.")
        yield Section("distribution", t("Distribution"), (spread_said, spread))

    def _picks(self, start: int, entities: Sequence[EntityView]) -> tuple[str, ...]:
        """What each entity can be picked by: the place of its value in each facet."""
        facets = self.view.facets
        return tuple(
            ".".join("" if facet.of[number] < 0 else str(facet.of[number]) for facet in facets)
            for number, _ in enumerate(entities, start)
        )

    def _grid(self, number: int, grid: Grid) -> Section:
        t, view = self.t, self.view
        rows = [(entity, entity.grids[number]) for entity in self.listed]
        description = t(
            "A row per entity, a column per part; each cell has its score and, beside it, its level. The"
            " table below has the same numbers."
        )
        blocks: list[Block] = [
            grid.explanation,
            Drawing(
                "levels",
                "",
                (
                    grid.columns[0],
                    t("Levels"),
                    t("provisional: interval only") if view.provisional else None,
                ),
            ),
            Drawing("heat_map", f"heat-{number + 1}", (grid.title, description, grid.columns, rows, t("L"))),
        ]
        if view.panorama.stacks[number]:
            title, name = t("{title}: entities by level", title=grid.title), f"stacks-{number + 1}"
            table = replace(view.panorama.tables[name], titled=False)
            drawing = Drawing("stacked", name, (title, view.panorama.stacks[number], table), table)
            blocks.append(Part(title, (drawing,)))
        cells = tuple(
            (
                entity.place,
                entity.name,
                *(
                    figure.text
                    if figure.level is None
                    else Cell(
                        f"{figure.text} ({t('L')}{figure.level})", look=f"k{column.levels}-{figure.level}"
                    )
                    for column, figure in zip(grid.columns, figures, strict=True)
                ),
            )
            for entity, figures in rows
        )
        everyone = Table(
            grid.title,
            (t("Rank"), t("Entity"), *(column.title for column in grid.columns)),
            cells,
            look="numbers mosaic",
            heads=1,
            most=0,
            titled=False,
            body=(("data-rows", "0"), ("data-name", f"grid{number + 1}")),
        )
        blocks.append(Details(t("The table of all entities"), (everyone,), "all"))
        return Section(f"grid-{number + 1}", grid.title, tuple(blocks))

    def _contrast(self) -> Iterator[Section]:
        t, panorama = self.t, self.view.panorama
        if panorama.contrasts:
            first, second = panorama.names
            said = t(
                "What two measurements say of the same parts, over the ranked entities. They are made from"
                " different answers on different scales of judgement: a difference asks a question, it does"
                " not answer it."
            )
            table = panorama.tables["contrasts"]
            untitled = replace(table, titled=False)
            drawing = Drawing("contrast", "sides", (panorama.names, panorama.contrasts, table), untitled)
            yield Section(
                "contrast", t("{first} against {second}", first=first, second=second), (said, drawing)
            )

    def _groups(self) -> Iterator[Section]:
        t = self.t
        if not self.view.groupings:
            return
        blocks: list[Block] = [
            t(
                "The ranking is one for all. Beside it, the place of each ranked entity within groups of"
                " three or more."
            )
        ]
        for grouping in self.view.groupings:
            tables = tuple(
                Table(
                    group.title,
                    (t("Place"), t("Entity"), t("Index")),
                    tuple((Cell(line.place, look="nowrap"), line.name, line.index) for line in group.lines),
                    look="",
                    looks=("", "", "n"),
                    heads=1,
                    most=15,
                )
                for group in grouping.groups
            )
            together = Table(
                grouping.title,
                (grouping.title, t("Place"), t("Entity"), t("Code"), t("Index")),
                tuple(
                    (group.title, line.place, line.name, line.code, line.index)
                    for group in grouping.groups
                    for line in group.lines
                ),
                looks=("", "", "", "", "n"),
                titled=False,
            )
            inside: list[Block] = [Either((Group(tables, "groups"),), (together,))]
            if grouping.small:
                small = ", ".join(grouping.small)
                inside.append(Remark(t("Too small for a rank of their own: {groups}.", groups=small)))
            blocks.append(Part(grouping.title, tuple(inside)))
        yield Section("groups", t("Ranks within groups"), tuple(blocks))

    def _provisional(self) -> Iterator[Section]:
        t, view = self.t, self.view
        if not view.provisional:
            return
        titles = [column.title for column in view.columns.measurements]
        count = len(view.provisional)
        caption = self.words.count("{count} provisional entity", "{count} provisional entities", count)
        page = Table(
            caption,
            (t("Entity"), t("Interval of the index"), *titles, t("Coverage"), t("Why")),
            tuple(
                (
                    _who(entity, view),
                    Cell(entity.interval, look="strong", plot=(view.columns.index, entity.index)),
                    *_measured(entity),
                    entity.coverage,
                    Cell("", items=entity.reasons),
                )
                for entity in view.provisional
            ),
            looks=("", "", *("n" for _ in titles), "n", ""),
            most=5,
            picks=self._picks(len(view.ranked), view.provisional),
            body=(("data-rows", str(len(view.ranked))),),
        )
        words = Table(
            caption,
            (t("Entity"), t("Code"), t("Type"), t("Interval of the index"), *titles, t("Coverage"), t("Why")),
            tuple(
                (
                    entity.name,
                    entity.code,
                    entity.type,
                    entity.interval,
                    *(figure.text for figure in entity.measurements),
                    entity.coverage,
                    " ".join(entity.reasons),
                )
                for entity in view.provisional
            ),
            looks=("", "", "", "n", *("n" for _ in titles), "n", ""),
            titled=False,
        )
        said = t("They answered enough for an interval and not for a rank. Their index lies somewhere in it.")
        yield Section("provisional", t("Provisional entities"), (said, Either((page,), (words,))))

    def _left_out(self) -> Iterator[Section]:
        t, count, view = self.t, self.words.count, self.view
        blocks: list[Block] = []
        if view.left_out:
            caption = count(
                "{count} entity without an index", "{count} entities without an index", len(view.left_out)
            )
            page = Table(
                caption,
                (t("Entity"), t("State"), t("Coverage"), t("Why")),
                tuple(
                    (
                        _who(entity, view),
                        entity.status,
                        entity.coverage,
                        Cell(
                            "", items=(*entity.reasons, *(Phrase("", note=said) for said in entity.findings))
                        ),
                    )
                    for entity in view.left_out
                ),
                looks=("", "nowrap", "n", ""),
                most=5,
                picks=self._picks(len(self.listed), view.left_out),
                body=(("data-rows", str(len(self.listed))),),
            )
            words = Table(
                caption,
                (t("Entity"), t("Code"), t("Type"), t("State"), t("Coverage"), t("Why")),
                tuple(
                    (
                        entity.name,
                        entity.code,
                        entity.type,
                        entity.status,
                        entity.coverage,
                        " ".join([*entity.reasons, *entity.findings]),
                    )
                    for entity in view.left_out
                ),
                looks=("", "", "", "", "n", ""),
                titled=False,
            )
            blocks.append(Either((page,), (words,)))
        if view.unattributed:
            blocks.append(
                count(
                    "{count} file could not be read as any entity's; findings.csv says why.",
                    "{count} files could not be read as any entity's; findings.csv says why.",
                    view.unattributed,
                )
            )
        if blocks:
            yield Section("left-out", t("Left out, and why"), tuple(blocks))

    def _awaited(self) -> Iterator[Section]:
        awaited = self.view.awaited
        if awaited:
            said = self.words.count(
                "{count} entity of the list has sent nothing yet.",
                "{count} entities of the list have sent nothing yet.",
                len(awaited),
            )
            items = tuple(
                Phrase(entity.name or entity.code, note=entity.code if entity.name else "")
                for entity in awaited
            )
            yield Section("awaited", self.t("Who has not answered"), (said, Bullets(items, "columns")))


def ranking_columns(view: IndexView) -> Iterator[RankingColumn]:
    """The columns of the ranking, for pages and for words."""
    t, index = view.words.say, view.columns.index
    yield RankingColumn(t("Rank"), lambda e: Cell(e.place, look="place"), lambda e: e.place, "n", number=True)
    yield RankingColumn(t("Entity"), lambda e: _who(e, view), lambda e: e.name, "who")
    yield RankingColumn(t("Code"), None, lambda e: e.code)
    yield RankingColumn(t("Type"), None, lambda e: e.type)
    yield RankingColumn(
        t("Index"), lambda e: Cell(e.index.text, look="n strong"), lambda e: e.index.text, "n", number=True
    )
    yield RankingColumn(
        t("Level"),
        (lambda e: chip(e.index.level, e.index.level_name, index.levels)) if index.levels else None,
        lambda e: _level(e.index.level, e.index.level_name),
    )
    yield RankingColumn(
        t("Interval"),
        lambda e: Cell("", e.interval, plot=(index, e.index)),
        lambda e: e.interval,
        number=True,
    )
    for number, column in enumerate(view.columns.measurements):
        yield RankingColumn(column.title, *_measured_at(number), "n", number=True)
    staged = [column for column in view.columns.measurements if column.staged]
    for number, column in enumerate(staged):
        title = t("Staged level") + (f" ({column.title})" if len(staged) > 1 else "")
        yield RankingColumn(title, *_staged_at(number))
    weakest = any(entity.weakest for entity in view.ranked)
    yield RankingColumn(t("Weakest part"), (lambda e: e.weakest) if weakest else None, lambda e: e.weakest)
    for number, column in enumerate(view.columns.measurements):
        if column.survey:
            title = f"{t('Respondents')} ({column.title})"
            yield RankingColumn(title, None, _respondents_at(number), number=True)
    yield RankingColumn(t("Coverage"), lambda e: e.coverage, lambda e: e.coverage, "n", number=True)


_Said = tuple["Callable[[EntityView], str | Cell]", "Callable[[EntityView], str]"]


def _measured_at(number: int) -> _Said:
    return lambda e: _measured(e)[number], lambda e: e.measurements[number].text


def _staged_at(number: int) -> _Said:
    def page(entity: EntityView) -> str | Cell:
        level, name = entity.staged[number]
        return MISSING if level is None else Cell(str(level), name, look="tight")

    return page, lambda e: _level(*e.staged[number])


def _respondents_at(number: int) -> Callable[[EntityView], str]:
    return lambda e: str(e.respondents[number])


def _who(entity: EntityView, view: IndexView) -> Cell:
    """Name, then code and type."""
    return Cell(entity.name, f"{entity.code} · {entity.type}", link=view.links.get(entity.code, ""))


def _measured(entity: EntityView) -> tuple[Cell, ...]:
    """Scores of measurements; below that of a survey how many people answered it."""
    return tuple(
        Cell(figure.text, "" if asked is None else f"n = {asked}")
        for figure, asked in zip(entity.measurements, entity.respondents, strict=True)
    )


def _level(level: int | None, name: str) -> str:
    if level is None:
        return MISSING
    return f"{level} · {name}" if name else str(level)
