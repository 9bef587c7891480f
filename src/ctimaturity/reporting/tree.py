"""The tree of a score as text for a terminal, or as JSON for a script."""

from __future__ import annotations

import json
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import translate
from ctimaturity.language.numbers import MISSING, number, percent
from ctimaturity.model.number import decimal_text
from ctimaturity.model.rule import Direction
from ctimaturity.reporting.calculation import calculation_text
from ctimaturity.reporting.contrast_text import (
    contrast_lines,
    contrast_record,
    facts,
    level_change,
    score_change,
)
from ctimaturity.reporting.entity import BASIS_LABELS
from ctimaturity.reporting.rulings import DECISIONS, part_words
from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.response import Response
    from ctimaturity.model.ruling import Ruled
    from ctimaturity.model.score import NodeScore
    from ctimaturity.reporting.calculation import Term
    from ctimaturity.reporting.explanation import Branch, Explanation
    from ctimaturity.reporting.origin import Origin

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
        return json.dumps(_records(shown), ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{line}\n" for line in _text(shown, language))


def _text(explanation: Explanation, language: str) -> Iterator[str]:
    row = explanation.row
    status = translate(row.status.value, language)
    rank = f", {translate('rank', language)} {row.rank}{'=' if row.tied else ''}" if row.rank else ""
    yield visible(f"{row.entity.code} {row.entity.name}: {status}{rank}")
    yield ""
    if explanation.contrast is not None:
        for line in contrast_lines(explanation.contrast, row, language):
            yield visible(line)
        yield ""
    for branch in explanation.branches:
        margin = "  " * branch.depth + ("* " if branch.before else "")
        yield visible(f"{margin}{_heading(branch, language)}")
        margin = "  " * branch.depth
        for line in _details(branch, language):
            yield visible(f"{margin}    {line}")
        if branch.before is not None:
            before = "; ".join(_earlier(branch.before, language))
            yield visible(f"{margin}    {translate('before', language)}: {before}")


def _heading(branch: Branch, language: str) -> str:
    numbers = branch.numbers
    place = numbers.place
    title = shorten(branch.title, _TITLE_WIDTH, placeholder="…")
    before = branch.before
    score = score_change(before, branch, language) if before else number(numbers.score, language)
    if place.is_item:
        state = translate(numbers.state, language) if numbers.state else f"n = {numbers.n}"
        return f"{place.node}  {score}  [{state}]  {title}"
    if before is not None:
        return f"{place.node}  {score}  {level_change(before, branch, language)}".rstrip() + f"  {title}"
    level = f"  {translate('level', language)} {numbers.level} {branch.level_name}".rstrip()
    return f"{place.node}  {score}{level if numbers.level is not None else ''}  {title}"


def _details(branch: Branch, language: str) -> Iterator[str]:
    numbers = branch.numbers
    facts = [
        f"{translate('weight', language)} {branch.weight}" if branch.weight else "",
        f"{translate('share of the index', language)} {percent(numbers.weight_effective, language, 1)}"
        if numbers.weight_effective is not None
        else "",
        f"{translate('coverage', language)} {percent(numbers.coverage, language)}",
        f"{translate('bounds', language)} {_interval(numbers, language)}",
        f"{translate('staged level', language)} {numbers.staged_level}"
        if numbers.staged_level is not None
        else "",
    ]
    yield "; ".join(fact for fact in facts if fact)
    if branch.rule:
        made = branch.made
        yield f"{branch.rule}: {calculation_text(made, Words(language))}" if made else branch.rule
    if branch.reported is not None:
        score, bounds = number(branch.reported.score, language), _interval(branch.reported, language)
        yield (f"{translate('as reported', language)} {score}; {translate('bounds', language)} {bounds}")
    if branch.basis:
        yield "; ".join(_basis(branch, language))
    if branch.origin is not None:
        yield from _origin(branch.origin, language, item=numbers.place.is_item)
    if branch.response is not None:
        yield from _answer(branch.response, language)
    for ruled in branch.rulings:
        yield _ruling(ruled, language)


def _earlier(branch: Branch, language: str) -> Iterator[str]:
    """A line as it is before a what-if: its share and coverage, or its answer and where that stands."""
    yield next(_details(replace(branch, weight=""), language))
    if branch.response is not None:
        yield from _answer(branch.response, language)


def _basis(branch: Branch, language: str) -> Iterator[str]:
    """Where the mark of an indicator comes from, and the range it lies in."""
    yield f"{translate('basis', language)} {translate(BASIS_LABELS[branch.basis], language)}"
    covered = branch.range
    if covered is None:
        return
    point = "," if language == "es" else "."
    cuts = " | ".join(decimal_text(cut).replace(".", point) for cut in covered.cuts)
    if cuts:
        yield f"{translate('cuts', language)} {cuts}"
    yield translate(_DIRECTIONS[covered.direction], language)
    if covered.group:
        yield f"{covered.grouping} = {covered.group}"
    if covered.source:
        yield f"{covered.source} {covered.year or ''}".rstrip()


def _origin(origin: Origin, language: str, *, item: bool) -> Iterator[str]:
    """Where the numbers of a survey or of all indicators come from."""
    if origin.bases:
        shares = [f"{translate(BASIS_LABELS[basis], language)} {count}" for basis, count in origin.bases]
        yield f"{translate('basis', language)} {'; '.join(shares)}"
    if origin.reference:
        named = translate("{name}: an example, its marks mean nothing", language)
        name = named.format(name=origin.reference) if origin.example else origin.reference
        yield f"{translate('Reference ranges', language)}: {name}"
    if item and origin.file:
        rule = "mean of the segments, each by its people" if origin.weighted else "mean of all respondents"
        yield translate(rule, language)
    if origin.file:
        place = f"{origin.file}[{origin.sheet}]" if origin.sheet else origin.file
        told = f" ({translate('survey', language)})" if origin.survey else ""
        yield f"{translate('from', language)} {place}{told}"


def _interval(numbers: NodeScore, language: str) -> str:
    if numbers.low is None or numbers.high is None:
        return MISSING
    return f"{number(numbers.low, language)} – {number(numbers.high, language)}"


def _written(number: Decimal | None) -> str:
    return "" if number is None else decimal_text(number)


def _answer(response: Response, language: str) -> Iterator[str]:
    given = {
        "answer": response.option or _written(response.number),
        "value": _written(response.value),
        "criterion mark": response.criterion,
        "own range mark": response.own_mark,
        "reason": response.reason,
        "year": "" if response.year is None else str(response.year),
        "evidence": "" if not response.evidence else translate("given", language),
    }
    said = "; ".join(f"{translate(name, language)} {value}" for name, value in given.items() if value)
    if said:
        yield said
    where = response.source
    if where.file:
        inside = "!".join(part for part in (where.sheet, where.cell) if part)
        place = f"{where.file}[{inside}]" if inside else where.file
        official = f" ({translate('official statistics', language)})" if where.origin == "statistics" else ""
        yield f"{translate('from', language)} {place}{official}"
        if official and response.reference:
            yield f"{translate('source', language)} {response.reference}"


def _ruling(ruled: Ruled, language: str) -> str:
    """A ruling on an item: what of it, from what to what, and why; not who decided."""
    outcome = translate(DECISIONS[ruled.decision], language)
    change = f"{ruled.reported or MISSING} → {ruled.verified or MISSING}"
    said = [f"{part_words(ruled, Words(language))} {change}", ruled.ruling.reason, ruled.ruling.date]
    return f"{translate('ruling', language)}: {outcome}; {'; '.join(text for text in said if text)}"


def _records(explanation: Explanation) -> dict[str, object]:
    row = explanation.row
    return {
        "entity_code": row.entity.code,
        "entity_name": row.entity.name,
        "status": row.status.value,
        "rank": row.rank,
        "nodes": [_record(branch, verified=explanation.verified) for branch in explanation.branches],
        **({"what_if": contrast_record(explanation.contrast)} if explanation.contrast else {}),
    }


def _range(covered: ReferenceRange) -> dict[str, object]:
    return {
        "direction": covered.direction.value,
        "cuts": [decimal_text(cut) for cut in covered.cuts],
        "side": "worse" if covered.worse_on_cut else "better",
        "unit": covered.unit,
        "grouping": covered.grouping,
        "group": covered.group,
        "source": covered.source,
        "year": covered.year,
    }


def _record(branch: Branch, *, verified: bool) -> dict[str, object]:
    numbers = branch.numbers
    place = numbers.place
    reported = branch.reported or numbers
    beside: dict[str, object] = {
        "score_reported": reported.score,
        "rulings": [_ruled(ruled) for ruled in branch.rulings],
    }
    return {
        "depth": branch.depth,
        "measurement": place.measurement,
        "node": place.node,
        "kind": place.kind,
        "title": branch.title,
        "score": numbers.score,
        "scale_min": float(place.scale_min),
        "scale_max": float(place.scale_max),
        "level": numbers.level,
        "level_name": branch.level_name,
        "coverage": numbers.coverage,
        "low": numbers.low,
        "high": numbers.high,
        "n": numbers.n,
        "staged_level": numbers.staged_level,
        "weight": branch.weight,
        "weight_effective": numbers.weight_effective,
        "state": numbers.state,
        "basis": branch.basis,
        "range": _range(branch.range) if branch.range else None,
        "origin": branch.response.source.origin if branch.response else _kind(branch.origin),
        "file": branch.response.source.file if branch.response else _file(branch.origin),
        "bases": dict(branch.origin.bases) if branch.origin else {},
        "reference": branch.origin.reference if branch.origin else "",
        "rule": branch.rule,
        "parts": [_part(term) for term in branch.made.terms] if branch.made else [],
        "before_gates": branch.made.result if branch.made else None,
        "counted": branch.made.score if branch.made else numbers.score,
        **(beside if verified else {}),
        **({"before": facts(branch.before)} if branch.before else {}),
    }


def _part(term: Term) -> dict[str, object]:
    """A part: its own number, what the rule takes of it, and whether it is published on its own."""
    return {
        "node": term.node,
        "weight": format(term.weight, "f"),
        "score": term.score,
        "value": term.value,
        "withheld": term.withheld,
    }


def _kind(origin: Origin | None) -> str | None:
    if origin is None or not origin.file:
        return None
    return "survey" if origin.survey else "workbook"


def _file(origin: Origin | None) -> str:
    return origin.file if origin else ""


def _ruled(ruled: Ruled) -> dict[str, str]:
    return {
        "part": ruled.ruling.part,
        "decision": ruled.decision.value,
        "reported": ruled.reported,
        "verified": ruled.verified,
        "reason": ruled.ruling.reason,
        "date": ruled.ruling.date,
    }
