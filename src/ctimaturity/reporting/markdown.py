"""The index in Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.reporting.surroundings import ALONE
from ctimaturity.reporting.view import IndexView, index_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.reporting.entity import EntityView
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.reporting.surroundings import Surroundings
    from ctimaturity.reporting.table import Table

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&#|~$^@]|(?<=\w):(?=//)|(?<=www)\.|^[-+=]|^\d+[.)](?=\s|$)")


def render_markdown(
    assessment: Assessment, provenance: Provenance, language: str, surroundings: Surroundings = ALONE
) -> str:
    """Write the index as Markdown; a table stays a table whatever an entity is called.

    Args:
        assessment: What was scored.
        provenance: Where it comes from.
        language: `es` or `en`.
        surroundings: The round before; whether it may go public.

    Returns:
        A whole document, with a line feed at its end.
    """
    view = index_view(assessment, provenance, language, surroundings)
    blocks = [f"# {escaped(view.title)}", escaped(view.subtitle), escaped(" ".join(view.summary))]
    blocks.append("\n".join(f"- {escaped(label)}: **{count}**" for label, count in view.headline))
    for section in (
        _ranking,
        _panorama,
        _grids,
        _groups,
        _provisional,
        _left_out,
        _awaited,
        _rulings,
        _method,
        _provenance,
    ):
        blocks += section(view)
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no links, one line."""
    return _MARKUP.sub(_escape, " ".join(text.split()))


def _escape(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found[:-1]}\\{found[-1]}"


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table; the columns in `numbers` are set to the right."""
    rule = ["---:" if column in numbers else "---" for column in range(len(headers))]
    lines = [
        [escaped(header) for header in headers],
        rule,
        *([escaped(cell) for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _who(entity: EntityView) -> tuple[str, str, str]:
    return entity.name, entity.code, entity.type


def _ranking(view: IndexView) -> list[str]:
    t = view.words.say
    if not view.ranked:
        return []
    titles = [column.title for column in view.columns.measurements]
    staged = [
        t("Staged level") + f" ({column.title})" for column in view.columns.measurements if column.staged
    ]
    surveys = [
        f"{t('Respondents')} ({column.title})" for column in view.columns.measurements if column.survey
    ]
    headers = [
        *(t(name) for name in ("Rank", "Entity", "Code", "Type", "Index", "Level", "Interval")),
        *titles,
        *staged,
        t("Weakest part"),
        *surveys,
        t("Coverage"),
    ]
    rows = [
        [
            entity.place,
            *_who(entity),
            entity.index.text,
            _level(entity.index.level, entity.index.level_name),
            entity.interval,
            *(figure.text for figure in entity.measurements),
            *(_level(level, name) for level, name in entity.staged),
            entity.weakest,
            *(str(asked) for asked in entity.respondents if asked is not None),
            entity.coverage,
        ]
        for entity in view.ranked
    ]
    numbers = [0, 4, 6, *range(7, 7 + len(titles)), *range(len(headers) - 1 - len(surveys), len(headers))]
    return [f"## {t('Ranking')}", markdown_table(headers, rows, numbers)]


def _panorama(view: IndexView) -> Iterable[str]:
    """How the ranked entities are spread, level by level and part by part."""
    for table in view.panorama.tables.values():
        yield f"## {escaped(table.caption)}"
        yield markdown_table(table.headers, table.rows, range(1, len(table.headers)))


def _level(level: int | None, name: str) -> str:
    if level is None:
        return "–"
    return f"{level} · {name}" if name else str(level)


def _grids(view: IndexView) -> Iterable[str]:
    t = view.words.say
    listed = (*view.ranked, *view.provisional)
    for number, grid in enumerate(view.columns.grids if listed else ()):
        headers = [t("Rank"), t("Entity"), *(column.title for column in grid.columns)]
        rows = [
            [
                entity.place,
                entity.name,
                *(_cell(figure.text, figure.level, t("L")) for figure in entity.grids[number]),
            ]
            for entity in listed
        ]
        yield f"## {escaped(grid.title)}"
        yield escaped(grid.explanation)
        yield markdown_table(headers, rows, [0, *range(2, len(headers))])


def _cell(text: str, level: int | None, letter: str) -> str:
    return text if level is None else f"{text} ({letter}{level})"


def _groups(view: IndexView) -> Iterable[str]:
    t = view.words.say
    if view.groupings:
        yield f"## {t('Ranks within groups')}"
    for grouping in view.groupings:
        rows = [
            [group.title, line.place, line.name, line.code, line.index]
            for group in grouping.groups
            for line in group.lines
        ]
        yield markdown_table([grouping.title, t("Place"), t("Entity"), t("Code"), t("Index")], rows, [4])
        if grouping.small:
            yield escaped(t("Too small for a rank of their own: {groups}.", groups=", ".join(grouping.small)))


def _provisional(view: IndexView) -> list[str]:
    t = view.words.say
    if not view.provisional:
        return []
    headers = [
        *(t(name) for name in ("Entity", "Code", "Type", "Interval of the index")),
        *(column.title for column in view.columns.measurements),
        t("Coverage"),
        t("Why"),
    ]
    rows = [
        [
            *_who(entity),
            entity.interval,
            *(figure.text for figure in entity.measurements),
            entity.coverage,
            " ".join(entity.reasons),
        ]
        for entity in view.provisional
    ]
    explanation = t(
        "They answered enough for an interval and not for a rank. Their index lies somewhere in it."
    )
    return [
        f"## {t('Provisional entities')}",
        explanation,
        markdown_table(headers, rows, range(3, len(headers) - 1)),
    ]


def _left_out(view: IndexView) -> Iterable[str]:
    t, count = view.words.say, view.words.count
    if view.left_out or view.unattributed:
        yield f"## {t('Left out, and why')}"
    if view.left_out:
        rows = [
            [*_who(entity), entity.status, entity.coverage, " ".join([*entity.reasons, *entity.findings])]
            for entity in view.left_out
        ]
        yield markdown_table(
            [t(name) for name in ("Entity", "Code", "Type", "State", "Coverage", "Why")], rows, [4]
        )
    if view.unattributed:
        yield count(
            "{count} file could not be read as any entity's; findings.csv says why.",
            "{count} files could not be read as any entity's; findings.csv says why.",
            view.unattributed,
        )


def _awaited(view: IndexView) -> list[str]:
    if not view.awaited:
        return []
    lines = [
        f"- {escaped(f'{entity.name} ({entity.code})' if entity.name else entity.code)}"
        for entity in view.awaited
    ]
    return [f"## {view.words.say('Who has not answered')}", "\n".join(lines)]


def _rulings(view: IndexView) -> Iterable[str]:
    if view.rulings is None:
        return
    yield f"## {view.words.say('Rulings')}"
    yield escaped(view.rulings.explanation)
    for table in (view.rulings.beside, view.rulings.listed):
        if table.rows:
            yield f"### {escaped(table.caption)}"
            yield _worded(table)


def _method(view: IndexView) -> Iterable[str]:
    t, method = view.words.say, view.method
    yield f"## {t('Method')}"
    yield from (escaped(paragraph) for paragraph in method.paragraphs)
    for table in method.tables:
        yield f"### {escaped(table.caption)}"
        yield _worded(table)
    if method.decisions:
        yield f"### {t('What the definition decides')}"
        yield "\n".join(f"- {escaped(decision)}" for decision in method.decisions)
    yield f"## {t('How to read it with care')}"
    yield "\n".join(f"- {escaped(caveat)}" for caveat in method.caveats)


def _worded(table: Table) -> str:
    return markdown_table(table.headers, table.rows)


def _provenance(view: IndexView) -> list[str]:
    lines = [f"- {escaped(label)}: {escaped(value)}" for label, value in view.provenance]
    return [f"## {view.words.say('Provenance')}", "\n".join(lines)]
