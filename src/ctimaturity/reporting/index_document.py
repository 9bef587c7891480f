"""The document of the index: the ranking, what the ranked show together, who is left out, the method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.reporting.document import (
    BlockGroup,
    Bullets,
    Details,
    Document,
    DocumentTable,
    Drawing,
    Either,
    Paragraph,
    Part,
    Phrase,
    RichCell,
    Section,
    origin,
)
from ctimaturity.reporting.entity_list import ListColumn, listing, provisional_columns, ranking_columns, who
from ctimaturity.reporting.html import document_html
from ctimaturity.reporting.index_view import ALONE, IndexView, index_view
from ctimaturity.reporting.markdown import document_markdown
from ctimaturity.reporting.page_templates import PageTemplates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.columns import Grid
    from ctimaturity.reporting.document import Block
    from ctimaturity.reporting.entity import EntityView
    from ctimaturity.reporting.index_view import IndexContext
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.theme import Theme


def index_html(
    assessment: Assessment,
    provenance: Provenance,
    language: str,
    theme: Theme | None = None,
    context: IndexContext = ALONE,
    *,
    paper: bool = False,
) -> str:
    """The index as a page, whose one script only sorts and filters what is there.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        theme: The look; the house's own without one.
        context: Departments, the round before, pages of entities.
        paper: Whether the page is for PDF.

    Raises:
        JobError: A template of the theme is broken.
    """
    view = index_view(assessment, provenance, language, context)
    press = PageTemplates(theme, paper=paper)
    return document_html(index_document(view), press, language, "index.html.j2", "index.js", view=view)


def index_markdown(
    assessment: Assessment, provenance: Provenance, language: str, context: IndexContext = ALONE
) -> str:
    """The index in Markdown."""
    return document_markdown(index_document(index_view(assessment, provenance, language, context)))


def index_document(view: IndexView) -> Document:
    """Everything that the index says."""
    return Document(
        heading=view.title,
        over=view.subtitle,
        lead=(Paragraph(" ".join(view.summary), "lead"),),
        tiles=tuple((label, str(count)) for label, count in view.headline),
        main=1,
        tiles_first=False,
        sections=tuple(_IndexSections(view).all()),
        columns=view.columns.levelled,
    )


class _IndexSections:
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
        caption = self.words.count("{count} ranked entity", "{count} ranked entities", len(view.ranked))
        picks = self._picks(0, view.ranked)
        columns = list(ranking_columns(view))
        ranking = listing(caption, columns, view.ranked, picks=picks, start=0, name="ranking")
        legend = Drawing("levels", "", (view.columns.index, t("Levels")))
        yield Section("ranking", t("Ranking"), (said, legend, ranking))
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
                    else RichCell(
                        f"{figure.text} ({t('L')}{figure.level})", look=f"k{column.levels}-{figure.level}"
                    )
                    for column, figure in zip(grid.columns, figures, strict=True)
                ),
            )
            for entity, figures in rows
        )
        everyone = DocumentTable(
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
                DocumentTable(
                    group.title,
                    (t("Place"), t("Entity"), t("Index")),
                    tuple(
                        (RichCell(line.place, look="nowrap"), line.name, line.index) for line in group.lines
                    ),
                    look="",
                    looks=("", "", "n"),
                    heads=1,
                    most=15,
                )
                for group in grouping.groups
            )
            together = DocumentTable(
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
            inside: list[Block] = [Either((BlockGroup(tables, "groups"),), (together,))]
            if grouping.small:
                small = ", ".join(grouping.small)
                inside.append(Paragraph(t("Too small for a rank of their own: {groups}.", groups=small)))
            blocks.append(Part(grouping.title, tuple(inside)))
        yield Section("groups", t("Ranks within groups"), tuple(blocks))

    def _provisional(self) -> Iterator[Section]:
        t, view = self.t, self.view
        if not view.provisional:
            return
        count, start = len(view.provisional), len(view.ranked)
        caption = self.words.count("{count} provisional entity", "{count} provisional entities", count)
        picks = self._picks(start, view.provisional)
        entities = listing(
            caption, list(provisional_columns(view)), view.provisional, picks=picks, start=start
        )
        said = t("They answered enough for an interval and not for a rank. Their index lies somewhere in it.")
        yield Section("provisional", t("Provisional entities"), (said, entities))

    def _left_out(self) -> Iterator[Section]:
        t, count, view = self.t, self.words.count, self.view
        blocks: list[Block] = []
        if view.left_out:
            caption = count(
                "{count} entity without an index", "{count} entities without an index", len(view.left_out)
            )
            columns = [
                *who(view),
                ListColumn(t("State"), "status", "status", look="nowrap"),
                ListColumn(t("Coverage"), "coverage", "coverage", look="n", number=True),
                ListColumn(t("Why"), _why, lambda entity: " ".join([*entity.reasons, *entity.findings])),
            ]
            picks = self._picks(len(self.listed), view.left_out)
            blocks.append(listing(caption, columns, view.left_out, picks=picks, start=len(self.listed)))
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


def _why(entity: EntityView) -> RichCell:
    """The reasons, and in small print what could not be read."""
    return RichCell("", items=(*entity.reasons, *(Phrase("", note=said) for said in entity.findings)))
