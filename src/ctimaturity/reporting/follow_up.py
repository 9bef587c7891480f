"""Plans that came back, as text, Markdown, JSON and CSV."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from ctimaturity.files.csv import table_bytes
from ctimaturity.language.catalogue import translate, translate_count
from ctimaturity.language.numbers import MISSING
from ctimaturity.model.roadmap import Standing
from ctimaturity.reporting.markdown import escaped, markdown_table
from ctimaturity.reporting.plain import aligned
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ctimaturity.model.roadmap import FollowLine

FORMATS = ("text", "json", "csv", "md")
STANDINGS = {
    Standing.LATE: "Late",
    Standing.NEXT: "Next",
    Standing.DONE: "Done",
    Standing.DROPPED: "Dropped",
}
HEADER = (
    "entity_code",
    "entity_name",
    "file",
    "standing",
    "item",
    "action",
    "phase",
    "effort",
    "owner",
    "date",
    "days_late",
    "evidence",
    "observation",
)


def render_follow_up(lines: Sequence[FollowLine], day: date, form: str, language: str) -> str:
    """What is late, what comes next, what is done, entity by entity.

    Args:
        lines: Every action; those of one plan together.
        day: What dates were compared with.
        form: Of `FORMATS`.
        language: `es` or `en`.

    Returns:
        The text, with a line feed at its end.
    """
    if form == "csv":
        return table_bytes(HEADER, (_values(followed, day) for followed in lines)).decode()
    if form == "json":
        rows = [dict(zip(HEADER, _values(followed, day), strict=True)) for followed in lines]
        return json.dumps({"date": day.isoformat(), "actions": rows}, ensure_ascii=False, indent=1) + "\n"
    blocks = _markdown(lines, day, language) if form == "md" else _plain(lines, day, language)
    return "\n\n".join(blocks) + "\n"


def _values(followed: FollowLine, day: date) -> tuple[str | int | None, ...]:
    line = followed.line
    late = (day - line.due).days if line.due is not None and followed.standing is Standing.LATE else None
    return (
        followed.entity,
        shown(followed.name),
        followed.file,
        followed.standing.value,
        shown(line.item),
        shown(line.text),
        shown(line.phase),
        line.effort,
        shown(line.owner),
        line.due.isoformat() if line.due else None,
        late,
        shown(line.evidence),
        shown(line.observation),
    )


def _tables(
    lines: Sequence[FollowLine], language: str
) -> Iterator[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """Of each plan its heading, what it amounts to, and its actions."""
    for _, group in groupby(lines, key=lambda followed: (followed.entity, followed.file)):
        group_lines = list(group)
        heading = (
            f"{shown(group_lines[0].entity)} · {shown(group_lines[0].name)}"
            if group_lines[0].name
            else shown(group_lines[0].entity)
        )
        counts = ", ".join(
            f"{translate(name, language)}: {sum(followed.standing is standing for followed in group_lines)}"
            for standing, name in STANDINGS.items()
        )
        efforts = [
            followed
            for followed in group_lines
            if followed.line.effort and followed.standing is not Standing.DROPPED
        ]
        total = sum(followed.line.effort or 0 for followed in efforts)
        done = sum(followed.line.effort or 0 for followed in efforts if followed.standing is Standing.DONE)
        share = translate("effort done: {done} of {total}", language).format(done=done, total=total)
        rows = [
            (
                translate(STANDINGS[followed.standing], language),
                shown(" · ".join(part for part in (followed.line.item, followed.line.text) if part)),
                shown(followed.line.owner) or MISSING,
                followed.line.due.isoformat() if followed.line.due else MISSING,
            )
            for followed in group_lines
        ]
        yield heading, f"{counts}; {share}", rows


def _markdown(lines: Sequence[FollowLine], day: date, language: str) -> Iterator[str]:
    yield f"# {translate('Plans of action', language)}"
    yield escaped(_until(lines, day, language))
    headers = tuple(translate(name, language) for name in ("State", "Action", "Owner", "Date"))
    for heading, said, rows in _tables(lines, language):
        yield f"## {escaped(heading)}"
        yield escaped(said)
        yield markdown_table(headers, rows)


def _plain(lines: Sequence[FollowLine], day: date, language: str) -> Iterator[str]:
    yield _until(lines, day, language)
    longest = 70
    for heading, said, rows in _tables(lines, language):
        table = [
            (state, due, owner, text if len(text) <= longest else f"{text[: longest - 1]}…")
            for state, text, owner, due in rows
        ]
        yield "\n".join((heading, said, *aligned(table)))


def _until(lines: Sequence[FollowLine], day: date, language: str) -> str:
    plans = len({(followed.entity, followed.file) for followed in lines})
    return translate_count(
        "{count} plan, compared with {date}", "{count} plans, compared with {date}", plans, language
    ).format(count=plans, date=day.isoformat())
