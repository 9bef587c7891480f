"""The dossier of one entity as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.reporting.document import (
    BlockGroup,
    Bullets,
    Details,
    Document,
    DocumentTable,
    Drawing,
    Facts,
    Paragraph,
    Part,
    Phrase,
    Prose,
    Section,
)
from ctimaturity.reporting.html import document_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.reporting.basics import Basics
    from ctimaturity.reporting.document import Block
    from ctimaturity.reporting.dossier import Dossier, PartGroup
    from ctimaturity.reporting.page_templates import PageTemplates
    from ctimaturity.reporting.parts import PartLine, Standout
    from ctimaturity.reporting.words import Words

CORNERS = 3
"""Parts that a shape needs at least, each with a point."""
MOST_LACKS = 4
"""Parts that lack something which are named outright; the others are behind them, all together."""


def dossier_html(dossier: Dossier, press: PageTemplates, back: str = "") -> str:
    """A dossier as a page.

    Args:
        dossier: What to show.
        press: The look.
        back: Address of the page of all entities; empty without one.

    Raises:
        JobError: A template of the theme is broken.
    """
    document, language = dossier_document(dossier, back), dossier.words.language
    return document_html(document, press, language, "dossier.html.j2", dossier=dossier, back=back)


def dossier_document(dossier: Dossier, back: str = "") -> Document:
    """Everything that a dossier says; `back` is the address of the page of all entities."""
    return Document(
        heading=dossier.entity.name,
        over=dossier.over,
        lead=(Prose(dossier.standing, "prose one"),),
        tiles=dossier.tiles,
        back=(dossier.words.say("All entities"), back) if back else None,
        sections=tuple(_DossierSections(dossier).all()),
        columns=dossier.columns.levelled,
        upright=True,
    )


class _DossierSections:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier, self.words, self.t = dossier, dossier.words, dossier.words.say
        self.ranked = dossier.entity.row.rank is not None

    def all(self) -> Iterator[Section]:
        """Every section, in order."""
        dossier, t = self.dossier, self.t
        if dossier.entity.reasons:
            yield Section("why", t("Why it is not ranked"), tuple(self._why()))
        if dossier.groups:
            several = len(dossier.groups) > 1
            heading = t("Dimensions and axes") if several else t("Its parts")
            yield Section("parts", heading, tuple(self._parts()))
        if dossier.crossings:
            yield self._contrast()
        if dossier.groups and self.ranked:
            yield Section("standouts", t("Strengths and weaknesses"), tuple(self._standouts()))
        if dossier.basics:
            blocks = (block for staged, said in dossier.basics for block in self._basics(staged, said))
            yield Section("basics", t("The basics it lacks"), tuple(blocks))
        if dossier.scores:
            yield Section("nodes", t("Annex: every score"), dossier.scores, "annexes")
            yield Section("open", t("Annex: what was left open"), dossier.left_open)
        if dossier.roadmap:
            yield dossier.roadmap
        yield Section("evidence", t("Annex: evidence"), dossier.evidence)
        if dossier.rulings:
            yield Section("rulings", t("Annex: rulings"), dossier.rulings.blocks)
        yield self._method()

    def _why(self) -> Iterator[Block]:
        """Why it is not ranked, and what has to be mended."""
        t, dossier = self.t, self.dossier
        yield Bullets(dossier.entity.reasons)
        if dossier.findings:
            yield t("What has to be mended, cell by cell:")
            headers = (t("Where"), t("What is wrong"), t("What to do"))
            yield DocumentTable(t("What cannot be read"), headers, dossier.findings)

    def _parts(self) -> Iterator[Block]:
        """The parts beside the group, and the place among all."""
        t, dossier, peers = self.t, self.dossier, self.dossier.peers
        if peers is None:
            yield t("There are too few ranked entities to compare it with: no medians are shown.")
        elif peers.everyone:
            yield self.words.count(
                "It is compared with all that are ranked: the medians are over {count} entity.",
                "It is compared with all that are ranked: the medians are over {count} entities.",
                peers.size,
            )
        else:
            yield self.words.count(
                "It is compared with {group}: the medians are over {count} ranked entity.",
                "It is compared with {group}: the medians are over {count} ranked entities.",
                peers.size,
                group=peers.title,
            )
        drawn: list[Block] = []
        if dossier.whole.figure.low is not None and dossier.everyone:
            table = self._place()
            legend = Drawing("levels", "", (dossier.whole.column, t("Levels")))
            strip = Drawing("strip", "strip", (dossier.whole, dossier.everyone, table), table)
            drawn.append(BlockGroup((Part(table.caption, (legend, strip)),)))
        first = dossier.groups[0]
        scored = [line for line in first.lines if line.figure.score is not None]
        if self.ranked and len(scored) == len(first.lines) >= CORNERS:
            title = f"{first.title}: {t('the shape')}"
            given = (title, first.lines, part_table(first, self.words))
            drawn.append(BlockGroup((Part(title, (Drawing("radar", "radar", given),)),)))
        yield BlockGroup(tuple(drawn), "pairs")
        yield BlockGroup(tuple(self._profiles()), "pairs")

    def _place(self) -> DocumentTable:
        """The index of the entity among those of all ranked ones."""
        t, whole, everyone = self.t, self.dossier.whole, self.dossier.everyone
        rows = [(t("This entity"), whole.figure.text)]
        if whole.median is not None and self.dossier.peers:
            rows.append((t("Median of {group}", group=self.dossier.peers.title), whole.median_text))
        if len(everyone) > 1:
            rows.append((t("Lowest of all ranked"), self.words.number(min(everyone))))
            rows.append((t("Highest of all ranked"), self.words.number(max(everyone))))
        headers = (t("Who"), whole.column.title)
        return DocumentTable(t("Its place among all ranked entities"), headers, tuple(rows))

    def _profiles(self) -> Iterator[Block]:
        for number, group in enumerate(self.dossier.groups, 1):
            table = part_table(group, self.words)
            drawing = Drawing("profile", f"profile-{number}", (group.title, group.lines, table), table)
            said = " ".join((group.explanation, *group.sentences))
            yield BlockGroup((Part(group.title, (said, drawing)),))

    def _contrast(self) -> Section:
        """Two measurements side by side."""
        t, dossier = self.t, self.dossier
        first, second = dossier.names
        title = t("{first} against {second}", first=first, second=second)
        rows = tuple(
            (crossing.title, crossing.one.figure.text, crossing.two.figure.text, crossing.difference)
            for crossing in dossier.crossings
        )
        table = DocumentTable(title, (t("Part"), first, second, t("Difference")), rows)
        care = t(
            "The two are made from different answers on different scales of judgement: a difference asks a"
            " question, it does not answer it."
        )
        drawing = Drawing("slope", "slope", (dossier.names, dossier.crossings, table), table)
        said = BlockGroup((*dossier.contrast, Paragraph(care)))
        return Section("contrast", title, (BlockGroup((said, BlockGroup((drawing,))), "pairs"),))

    def _standouts(self) -> Iterator[Block]:
        t, dossier = self.t, self.dossier
        said = t(
            "A part is named only when it lies half a level or more from what it is compared with, whatever"
            " was left open."
        )
        if dossier.peers is None:
            said += " " + t("Without a group to compare with, it is the mean of the entity's own parts.")
        yield said
        above = self._named(dossier.strengths, t("No part lies that far above."))
        below = self._named(dossier.weaknesses, t("No part lies that far below."))
        parts = (Part(t("Strengths"), (above,)), Part(t("Weaknesses"), (below,)))
        yield BlockGroup(tuple(BlockGroup((part,)) for part in parts), "pairs")

    def _named(self, standouts: Sequence[Standout], nothing: str) -> Block:
        items = (
            Phrase(
                ": "
                + self.t(
                    "{score} against {reference} ({gap})",
                    score=standout.score,
                    reference=standout.reference,
                    gap=standout.gap,
                ),
                lead=standout.title,
            )
            for standout in standouts
        )
        return Bullets(tuple(items)) if standouts else nothing

    def _basics(self, staged: Basics, said: Sequence[str]) -> Iterator[Block]:
        """What is missing at the lowest level that is not met in full."""
        t, count = self.t, self.words.count
        yield " ".join(said)
        if not staged.lacks:
            return
        items = []
        for lack in staged.lacks[:MOST_LACKS]:
            more = len(lack.items) - 1
            level = t("level {level}", level=lack.level)
            items.append(
                Phrase(
                    f" ({level}): {lack.items[0][1]}",
                    lead=f"{lack.code} {lack.title}",
                    note=count("and {count} more", "and {count} more", more) if more else "",
                )
            )
        yield Bullets(tuple(items))
        rows = tuple(
            (f"{lack.code} {lack.title}", str(lack.staged), lack.level, item, text)
            for lack in staged.lacks
            for item, text in lack.items
        )
        summary = count(
            "{count} thing to meet first, part by part",
            "{count} things to meet first, part by part",
            len(rows),
        )
        caption = t("What is missing at the lowest level that is not met in full")
        headers = ("Part", "Staged level", "Missing at", "Id", "What is asked for")
        yield Details(summary, (DocumentTable(caption, tuple(map(t, headers)), rows),), paper=False)

    def _method(self) -> Section:
        t, method = self.t, self.dossier.method
        care = Part(t("How to read it with care"), (Bullets(method.caveats, "prose"),))
        source = Part(t("Provenance"), (Facts(self.dossier.provenance),))
        return Section("method", t("Annex: method"), (Prose(method.paragraphs), care, source))


def part_table(group: PartGroup, words: Words) -> DocumentTable:
    """Parts with score, level, interval, the group's median and the next target."""
    headers = ("Part", "Score", "Level", "Interval", "Median of the group", "Next level")
    rows = tuple(_part_row(line, words) for line in group.lines)
    return DocumentTable(group.title, tuple(map(words.say, headers)), rows)


def _part_row(line: PartLine, words: Words) -> tuple[str, ...]:
    figure, target = line.figure, line.target
    return (
        line.column.title,
        figure.text,
        MISSING if figure.level is None else f"{figure.level} · {figure.level_name}",
        words.interval(figure.low, figure.high, line.column.bounds),
        line.median_text,
        f"{target.text} ({target.level})" if target else MISSING,
    )
