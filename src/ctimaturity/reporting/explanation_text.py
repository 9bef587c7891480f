"""The tree of a score, and what a what-if changes of it, as lines for a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.numbers import MISSING, number, rank_text
from ctimaturity.model.number import decimal_text
from ctimaturity.model.rule import Direction
from ctimaturity.model.ruling import RuledPart
from ctimaturity.reporting.calculation import calculation_text
from ctimaturity.reporting.entity import BASIS_LABELS
from ctimaturity.reporting.explanation_record import explanation_record
from ctimaturity.reporting.panorama import signed
from ctimaturity.reporting.rulings import DECISIONS, PARTS, part_words
from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ctimaturity.model.response import Response
    from ctimaturity.model.ruling import Ruled
    from ctimaturity.model.score import IndexRow, NodeScore
    from ctimaturity.reporting.explanation import Branch, Explanation, Setting, WhatIfContrast
    from ctimaturity.reporting.origin import Origin

ARROW = "→"
_FINE = 4
"""Decimals of a change that two would show as none."""
_TITLE_WIDTH = 70
_DIRECTIONS = {
    Direction.HIGHER: "higher is better",
    Direction.LOWER: "lower is better",
    Direction.AMBIGUOUS: "direction open",
}


def render_tree(explanation: Explanation, form: str, language: str, depth: int | None = None) -> str:
    """The tree as `text` or `json`.

    Args:
        explanation: What to show.
        form: `text` or `json`.
        language: Of the words; JSON has English keys and full precision in every language.
        depth: How many floors below the top to show; all without.
    """
    branches = tuple(b for b in explanation.branches if depth is None or b.depth <= depth)
    shown = replace(explanation, branches=branches)
    if form == "json":
        return json.dumps(explanation_record(shown), ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{visible(line)}\n" for line in _TreeText(Words(language)).lines(shown))


class _TreeText:
    def __init__(self, words: Words) -> None:
        self._words = words
        self._t = words.say

    def lines(self, explanation: Explanation) -> Iterator[str]:
        row, t = explanation.row, self._t
        rank = f", {t('rank')} {rank_text(row.rank, tied=row.tied)}" if row.rank else ""
        yield f"{row.entity.code} {row.entity.name}: {t(row.status.value)}{rank}"
        yield ""
        if explanation.contrast is not None:
            yield from self._what_if(explanation.contrast, row)
            yield ""
        for branch in explanation.branches:
            margin = "  " * branch.depth
            yield f"{margin}{'* ' if branch.before else ''}{self._heading(branch)}"
            for line in self._details(branch):
                yield f"{margin}    {line}"
            if branch.before is not None:
                yield f"{margin}    {t('before')}: {'; '.join(self._earlier(branch.before))}"

    def _heading(self, branch: Branch) -> str:
        numbers, before = branch.numbers, branch.before
        title = shorten(branch.title, _TITLE_WIDTH, placeholder="…")
        score = self._score_change(before, branch) if before else self._words.number(numbers.score)
        start = f"{numbers.place.node}  {score}"
        if numbers.place.is_item:
            state = self._t(numbers.state) if numbers.state else f"n = {numbers.n}"
            return f"{start}  [{state}]  {title}"
        if before is not None:
            level = self._level_change(before, branch)
        elif numbers.level is not None:
            level = f"{self._t('level')} {_level(branch)}"
        else:
            level = ""
        return f"{start}  {level}".rstrip() + f"  {title}"

    def _details(self, branch: Branch) -> Iterator[str]:
        numbers, t, percent = branch.numbers, self._t, self._words.percent
        share, staged = numbers.weight_effective, numbers.staged_level
        facts = (
            f"{t('weight')} {branch.weight}" if branch.weight else "",
            f"{t('share of the index')} {percent(share, 1)}" if share is not None else "",
            f"{t('coverage')} {percent(numbers.coverage)}",
            f"{t('bounds')} {self._interval(numbers)}",
            f"{t('staged level')} {staged}" if staged is not None else "",
        )
        yield "; ".join(filter(None, facts))
        if branch.rule:
            made = f": {calculation_text(branch.made, self._words)}" if branch.made else ""
            yield f"{branch.rule}{made}"
        if branch.reported is not None:
            score, bounds = self._words.number(branch.reported.score), self._interval(branch.reported)
            yield f"{t('as reported')} {score}; {t('bounds')} {bounds}"
        if branch.basis:
            yield "; ".join(self._basis(branch))
        if branch.origin is not None:
            yield from self._origin(branch.origin, item=numbers.place.is_item)
        if branch.response is not None:
            yield from self._answer(branch.response)
        for ruled in branch.rulings:
            yield self._ruling(ruled)

    def _earlier(self, branch: Branch) -> Iterator[str]:
        """A line as it is before a what-if: its share and coverage, or its answer and where that stands."""
        yield next(self._details(replace(branch, weight="")))
        if branch.response is not None:
            yield from self._answer(branch.response)

    def _basis(self, branch: Branch) -> Iterator[str]:
        """Where the mark of an indicator comes from, and the range it lies in."""
        yield f"{self._t('basis')} {self._t(BASIS_LABELS[branch.basis])}"
        covered = branch.range
        if covered is None:
            return
        point = "," if self._words.language == "es" else "."
        cuts = " | ".join(decimal_text(cut).replace(".", point) for cut in covered.cuts)
        if cuts:
            yield f"{self._t('cuts')} {cuts}"
        yield self._t(_DIRECTIONS[covered.direction])
        if covered.group:
            yield f"{covered.grouping} = {covered.group}"
        if covered.source:
            yield f"{covered.source} {covered.year or ''}".rstrip()

    def _origin(self, origin: Origin, *, item: bool) -> Iterator[str]:
        """Where the numbers of a survey or of all indicators come from."""
        t = self._t
        if origin.bases:
            shares = [f"{t(BASIS_LABELS[basis])} {count}" for basis, count in origin.bases]
            yield f"{t('basis')} {'; '.join(shares)}"
        if origin.reference:
            name = origin.reference
            name = t("{name}: an example, its marks mean nothing", name=name) if origin.example else name
            yield f"{t('Reference ranges')}: {name}"
        if item and origin.file:
            yield t(
                "mean of the segments, each by its people" if origin.weighted else "mean of all respondents"
            )
        if origin.file:
            place = f"{origin.file}[{origin.sheet}]" if origin.sheet else origin.file
            survey = f" ({t('survey')})" if origin.survey else ""
            yield f"{t('from')} {place}{survey}"

    def _interval(self, numbers: NodeScore) -> str:
        if numbers.low is None or numbers.high is None:
            return MISSING
        return f"{self._words.number(numbers.low)} – {self._words.number(numbers.high)}"

    def _answer(self, response: Response) -> Iterator[str]:
        t, source = self._t, response.source
        given = {
            "answer": response.option or _written(response.number),
            "value": _written(response.value),
            "criterion mark": response.criterion,
            "own range mark": response.own_mark,
            "reason": response.reason,
            "year": "" if response.year is None else str(response.year),
            "evidence": t("given") if response.evidence else "",
        }
        if any(given.values()):
            yield "; ".join(f"{t(name)} {value}" for name, value in given.items() if value)
        if source.file:
            inside = "!".join(filter(None, (source.sheet, source.cell)))
            place = f"{source.file}[{inside}]" if inside else source.file
            official = source.origin == "statistics"
            yield f"{t('from')} {place}" + (f" ({t('official statistics')})" if official else "")
            if official and response.reference:
                yield f"{t('source')} {response.reference}"

    def _ruling(self, ruled: Ruled) -> str:
        """A ruling on an item: what of it, from what to what, and why; not who decided."""
        change = f"{ruled.reported or MISSING} {ARROW} {ruled.verified or MISSING}"
        said = [f"{part_words(ruled, self._words)} {change}", ruled.ruling.reason, ruled.ruling.date]
        outcome = self._t(DECISIONS[ruled.decision])
        return f"{self._t('ruling')}: {outcome}; {'; '.join(filter(None, said))}"

    def _what_if(self, contrast: WhatIfContrast, row: IndexRow) -> Iterator[str]:
        """What was set, the rank that it gives, and every score above the items that it moves."""
        t, (before, after) = self._t, contrast.size
        yield t("What if:")
        for setting in contrast.settings:
            yield f"  {self._setting(setting)}"
        yield f"{t('rank')}  {self._rank(contrast.row, before)} {ARROW} {self._rank(row, after)}"
        yield t("What it changes:") if contrast.moved else t("It changes no score.")
        for old, new in contrast.moved:
            place = new.numbers.place
            kind = f" ({place.measurement})" if place.measurement != place.node else ""
            change = f"{self._score_change(old, new)}  {self._level_change(old, new)}"
            yield f"  {place.node}{kind}  {change}".rstrip()

    def _setting(self, setting: Setting) -> str:
        t = self._t
        part = "" if setting.part == RuledPart.ANSWER else f" ({t(PARTS[RuledPart(setting.part)])})"
        part = f" ({setting.segment})" if setting.segment else part
        change = f"{setting.before or MISSING} {ARROW} {setting.after or MISSING}"
        remarks = (
            f"[{t('mark')} {setting.mark}]" if setting.mark else "",
            t("(as near to {mean} as so many answers come)", mean=setting.asked) if setting.asked else "",
            t("(it is so already)") if setting.before == setting.after else "",
        )
        return "  ".join([f"{setting.item}{part}", change, *filter(None, remarks)])

    def _rank(self, row: IndexRow, size: int) -> str:
        if row.rank is None:
            return self._t(row.status.value)
        return self._t("{rank} of {size}", rank=rank_text(row.rank, tied=row.tied), size=size)

    def _score_change(self, old: Branch, new: Branch) -> str:
        """`2.57 → 3.43 (+0.86)`; one number where the score stays."""
        before, after = old.numbers.score, new.numbers.score
        if before == after:
            return self._words.number(after)
        by = f" ({self._signed(after - before)})" if before is not None and after is not None else ""
        return f"{self._words.number(before)} {ARROW} {self._words.number(after)}{by}"

    def _signed(self, change: float) -> str:
        """A change with its sign; with more digits where two would show none."""
        shown = signed(change, self._words)
        if shown != self._words.number(0.0):
            return shown
        return f"{'+' if change > 0 else ''}{number(change, self._words.language, _FINE)}"

    def _level_change(self, old: Branch, new: Branch) -> str:
        """`level 3 Coordinated → 4 Connected`; one level where it stays, nothing where there are none."""
        levels = [_level(old), _level(new)]
        if levels == [MISSING, MISSING]:
            return ""
        return f"{self._t('level')} {f' {ARROW} '.join(dict.fromkeys(levels))}"


def _level(branch: Branch) -> str:
    level = branch.numbers.level
    return MISSING if level is None else f"{level} {branch.level_name}".rstrip()


def _written(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)
