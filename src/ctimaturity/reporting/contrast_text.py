"""A what-if in words, and as records for a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.ruling import RuledPart
from ctimaturity.reporting.panorama import signed
from ctimaturity.reporting.rulings import PARTS
from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.contrast import Contrast, Setting
    from ctimaturity.reporting.explanation import Branch

ARROW = "→"
_FINE = 4
"""Decimals of a change that two would show as none."""


def contrast_lines(contrast: Contrast, row: IndexRow, language: str) -> Iterator[str]:
    """What was set, the rank that it gives, and every score above the items that it moves."""
    words = Words(language)
    yield words.say("What if:")
    for setting in contrast.settings:
        part = "" if setting.part == RuledPart.ANSWER else f" ({words.say(PARTS[RuledPart(setting.part)])})"
        part = f" ({setting.segment})" if setting.segment else part
        mark = f"  [{words.say('mark')} {setting.mark}]" if setting.mark else ""
        same = f"  {words.say('(it is so already)')}" if setting.before == setting.after else ""
        near = (
            f"  {words.say('(as near to {mean} as so many answers come)', mean=setting.asked)}"
            if setting.asked
            else ""
        )
        change = f"{setting.before or MISSING} {ARROW} {setting.after or MISSING}"
        yield f"  {setting.item}{part}  {change}{mark}{near}{same}"
    was, would = _standing(contrast.row, contrast.size[0], words), _standing(row, contrast.size[1], words)
    yield f"{words.say('rank')}  {was} {ARROW} {would}"
    yield words.say("What it changes:") if contrast.moved else words.say("It changes no score.")
    for old, new in contrast.moved:
        place = new.numbers.place
        kind = f" ({place.measurement})" if place.measurement != place.node else ""
        change = f"{score_change(old, new, language)}  {level_change(old, new, language)}"
        yield f"  {place.node}{kind}  {change}".rstrip()


def _standing(row: IndexRow, size: int, words: Words) -> str:
    if row.rank is None:
        return words.say(row.status.value)
    rank = f"{row.rank}{'=' if row.tied else ''}"
    return words.say("{rank} of {size}", rank=rank, size=size)


def score_change(old: Branch, new: Branch, language: str) -> str:
    """`2.57 → 3.43 (+0.86)`; one number where the score stays."""
    words = Words(language)
    before, after = old.numbers.score, new.numbers.score
    if before == after:
        return words.number(after)
    by = f" ({_change(after - before, words)})" if before is not None and after is not None else ""
    return f"{words.number(before)} {ARROW} {words.number(after)}{by}"


def _change(change: float, words: Words) -> str:
    """A change with its sign; with more digits where two would show none."""
    shown = signed(change, words)
    if shown != words.number(0.0):
        return shown
    return f"{'+' if change > 0 else ''}{number(change, words.language, _FINE)}"


def level_change(old: Branch, new: Branch, language: str) -> str:
    """`level 3 Coordinated → 4 Connected`; one level where it stays, nothing where there are none."""
    words = Words(language)
    levels = [_level(old), _level(new)]
    if levels == [MISSING, MISSING]:
        return ""
    return f"{words.say('level')} {f' {ARROW} '.join(dict.fromkeys(levels))}"


def _level(branch: Branch) -> str:
    level = branch.numbers.level
    return MISSING if level is None else f"{level} {branch.level_name}".rstrip()


def contrast_record(contrast: Contrast) -> dict[str, object]:
    """The same for a script: full precision, English keys."""
    return {
        "settings": [_setting(setting) for setting in contrast.settings],
        "status_before": contrast.row.status.value,
        "rank_before": contrast.row.rank,
        "ranked_before": contrast.size[0],
        "ranked": contrast.size[1],
        "changes": [
            {
                "measurement": new.numbers.place.measurement,
                "node": new.numbers.place.node,
                "before": facts(old),
                "after": facts(new),
            }
            for old, new in contrast.moved
        ],
    }


def facts(branch: Branch) -> dict[str, object]:
    """What a what-if can move of a line of the tree."""
    numbers = branch.numbers
    return {
        "score": numbers.score,
        "level": numbers.level,
        "level_name": branch.level_name,
        "staged_level": numbers.staged_level,
        "coverage": numbers.coverage,
        "low": numbers.low,
        "high": numbers.high,
        "state": numbers.state,
    }


def _setting(setting: Setting) -> dict[str, str]:
    return {
        "item": setting.item,
        "part": setting.part,
        "before": setting.before,
        "after": setting.after,
        "mark": setting.mark,
        "segment": setting.segment,
        "asked": setting.asked,
    }
