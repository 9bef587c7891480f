"""Lists of entities, each column declared once for pages, for words and for sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.attribute import getter
from ctimaturity.reporting.document import DocumentTable, Either, RichCell, chip
from ctimaturity.reporting.groups import BY_TYPE
from ctimaturity.reporting.sheet import POINTS, SHARE, SheetColumn
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ctimaturity.reporting.entity import EntityView
    from ctimaturity.reporting.figure import Figure
    from ctimaturity.reporting.index_view import IndexView

    Get = str | Callable[[EntityView], Any]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list of entities; a page shows in one cell what words and sheets say in several.

    Attributes:
        title: Its header.
        page: What a page shows: a path of attributes of the entity, or a function; None where nothing.
        words: The same for Markdown.
        sheet: The column of a workbook; None where it has none.
        look: Class of its cells on a page.
        number: Whether words set it to the right.
    """

    title: str
    page: Get | None = None
    words: Get | None = None
    sheet: SheetColumn[EntityView] | None = None
    look: str = ""
    number: bool = False


def listing(
    caption: str,
    columns: Sequence[ListColumn],
    entities: Sequence[EntityView],
    *,
    picks: tuple[str, ...],
    start: int,
    name: str = "",
) -> Either:
    """A list as a page and as words.

    Args:
        caption: What it is.
        columns: From the left.
        entities: One for each row.
        picks: What each entity can be picked by.
        start: How many entities the page lists before.
        name: Of a list that can be sorted: its name for the script, its rows without blocks on a phone.
    """
    shown_columns = [column for column in columns if column.page is not None]
    page = DocumentTable(
        caption,
        tuple(column.title for column in shown_columns),
        _rows([column.page for column in shown_columns if column.page is not None], entities),
        look="held" if name else "stack",
        looks=tuple(column.look for column in shown_columns),
        heads=1 if name else 0,
        most=0 if name else 5,
        picks=picks,
        body=(("data-rows", str(start)), *([("data-name", name)] if name else [])),
    )
    said = [column for column in columns if column.words is not None]
    words = DocumentTable(
        caption,
        tuple(column.title for column in said),
        _rows([column.words for column in said if column.words is not None], entities),
        looks=tuple("n" if column.number else "" for column in said),
        titled=False,
    )
    return Either((page,), (words,))


def _rows(gets: Sequence[Get], entities: Sequence[EntityView]) -> tuple[tuple[str | RichCell, ...], ...]:
    getters = [getter(get) for get in gets]
    return tuple(tuple(get(entity) for get in getters) for entity in entities)


def ranking_columns(view: IndexView, groupings: Sequence[str] = ()) -> Iterator[ListColumn]:
    """The columns of the ranking; the groupings are those that a sheet has."""
    t, index, measurements = view.words.say, view.columns.index, view.columns.measurements
    place: SheetColumn[EntityView] = SheetColumn(t("Rank"), 8, "row.rank")
    yield ListColumn(t("Rank"), lambda e: RichCell(e.place, look="place"), "place", place, "n", number=True)
    yield from who(view)
    yield _in_sheet(SheetColumn(t("State"), 13, "status"))
    yield ListColumn(
        t("Index"),
        lambda e: RichCell(e.index.text, look="n strong"),
        "index.text",
        SheetColumn(t("Index"), 9, "index", POINTS, index),
        "n",
        number=True,
    )
    yield ListColumn(
        t("Level"),
        (lambda e: chip(e.index.level, e.index.level_name, index.levels)) if index.levels else None,
        lambda e: level_text(e.index.level, e.index.level_name),
    )
    yield from map(_in_sheet, level_and_bounds(t, "index."))
    interval = lambda e: RichCell("", e.interval, plot=(index, e.index))  # noqa: E731  (beside its other forms)
    yield ListColumn(t("Interval"), interval, "interval", number=True)
    yield _in_sheet(SheetColumn(t("Coverage"), 11, "row.coverage", SHARE))
    harmonised = SheetColumn(t("Harmonised index"), 12, _harmonised, "0.0")
    yield _in_sheet(harmonised)
    yield from measured(view)
    staged = [column for column in measurements if column.staged]
    for number, column in enumerate(staged):
        title = f"{t('Staged level')} ({column.title})"
        yield ListColumn(
            title if len(staged) > 1 else t("Staged level"),
            _nth("staged", number, _staged),
            _nth("staged", number, lambda level: level_text(*level)),
            SheetColumn(title, 14, _nth("staged", number, lambda level: level[0])),
        )
    weakest = "weakest" if any(entity.weakest for entity in view.ranked) else None
    yield ListColumn(t("Weakest part"), weakest, "weakest", SheetColumn(t("Weakest part"), 24, "weakest"))
    for number, column in enumerate(measurements):
        if column.survey:
            title = f"{t('Respondents')} ({column.title})"
            sheet = SheetColumn(title, 14, _nth("respondents", number))
            yield ListColumn(title, None, _nth("respondents", number, str), sheet, number=True)
    for name in groupings:
        yield _in_sheet(SheetColumn(shown(name), 16, _grouped(name)))
    yield ListColumn(t("Coverage"), "coverage", "coverage", look="n", number=True)


def provisional_columns(view: IndexView) -> Iterator[ListColumn]:
    """The columns of those with an interval only."""
    t, index = view.words.say, view.columns.index
    yield from who(view)
    yield ListColumn(
        t("Interval of the index"),
        lambda e: RichCell(e.interval, look="strong", plot=(index, e.index)),
        "interval",
        number=True,
    )
    yield from measured(view)
    yield ListColumn(t("Coverage"), "coverage", "coverage", look="n", number=True)
    yield ListColumn(t("Why"), lambda e: RichCell("", items=e.reasons), lambda e: " ".join(e.reasons))


def who(view: IndexView) -> Iterator[ListColumn]:
    """Who it is: name, and below it code and type."""
    t, links = view.words.say, view.links
    yield ListColumn(
        t("Entity"),
        lambda e: RichCell(e.name, f"{e.code} · {e.type}", link=links.get(e.code, "")),
        "name",
        SheetColumn(t("Entity"), 34, "name"),
        "who",
    )
    yield ListColumn(t("Code"), None, "code", SheetColumn(t("Code"), 10, "code"))
    yield ListColumn(t("Type"), None, "type", SheetColumn(t("Type"), 14, "type"))


def measured(view: IndexView) -> Iterator[ListColumn]:
    """Scores of measurements; below that of a survey stands how many people answered it."""
    for number, column in enumerate(view.columns.measurements):
        sheet = SheetColumn(column.title, 13, _nth("measurements", number), POINTS, column)
        yield ListColumn(
            column.title, _asked(number), _nth("measurements", number, _text), sheet, "n", number=True
        )


def level_and_bounds(t: Callable[[str], str], path: str) -> list[SheetColumn[Any]]:
    """Level and bounds of a figure in a sheet; `path` leads to the figure."""
    return [
        SheetColumn(t("Level"), 8, f"{path}level"),
        SheetColumn(t("Level name"), 16, f"{path}level_name"),
        SheetColumn(t("Lowest"), 9, f"{path}low", POINTS),
        SheetColumn(t("Highest"), 9, f"{path}high", POINTS),
    ]


def sheet_groupings(view: IndexView, asked: Sequence[str]) -> list[str]:
    """The columns of the list of entities that a sheet repeats.

    A list of entities may have any column, a telephone too: only those asked for as groups go public.
    """
    if view.public:
        return [name for name in dict.fromkeys(asked) if name != BY_TYPE]
    listed = (*view.ranked, *view.provisional)
    return list(dict.fromkeys(name for entity in listed for name in entity.row.entity.groups))


def level_text(level: int | None, name: str) -> str:
    """A level by number and name; a dash without one."""
    if level is None:
        return MISSING
    return f"{level} · {name}" if name else str(level)


def _in_sheet(column: SheetColumn[EntityView]) -> ListColumn:
    return ListColumn(column.title, sheet=column)


def _nth(
    name: str, number: int, show: Callable[[Any], Any] = lambda part: part
) -> Callable[[EntityView], Any]:
    """Gets one part of an attribute that has a part for each column."""
    get: Callable[[EntityView], Any] = getter(name)
    return lambda entity: show(get(entity)[number])


def _text(figure: Figure) -> str:
    return figure.text


def _staged(staged: tuple[int | None, str]) -> str | RichCell:
    level, name = staged
    return MISSING if level is None else RichCell(str(level), name, look="tight")


def _asked(number: int) -> Callable[[EntityView], RichCell]:
    def cell(entity: EntityView) -> RichCell:
        asked = entity.respondents[number]
        return RichCell(entity.measurements[number].text, "" if asked is None else f"n = {asked}")

    return cell


def _harmonised(entity: EntityView) -> float | None:
    return entity.row.index_harmonised if entity.index.score is not None else None


def _grouped(name: str) -> Callable[[EntityView], str]:
    return lambda entity: shown(entity.row.entity.groups.get(name, ""))
