"""The report of a calibration: each indicator with its distribution and a strip of the sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.findings import wording
from ctimaturity.model.number import decimal_text
from ctimaturity.reporting.press import Press
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.scoring.calibration import Distribution, Sample

WIDTH = 600
"""Of a strip, in pixels."""
_MARGIN = 10


@dataclass(frozen=True, slots=True)
class Strip:
    """One indicator.

    Attributes:
        item, title, unit, group: Which it is, in words.
        facts: Pairs of a name and a number of its distribution.
        cuts: As they are written.
        points: Where each value stands on the strip, in pixels.
        lines: Where each cut stands.
        notes: What is doubtful about it.
    """

    item: str
    title: str
    unit: str
    group: str
    facts: tuple[tuple[str, str], ...]
    cuts: str
    points: tuple[float, ...]
    lines: tuple[float, ...]
    notes: tuple[str, ...]


Line = tuple["Sample", "Distribution | None", "Sequence[Decimal]"]


def render_calibration(
    questionnaire: Questionnaire,
    title: str,
    method: str,
    ranges: Sequence[Line],
    findings: Sequence[Diagnostic],
    language: str,
) -> str:
    """A page with a small chart for each range.

    Args:
        questionnaire: The definition.
        title: What the reference is called.
        method: `sd`, `quantile` or `goal`.
        ranges: The sample, its distribution and its cuts.
        findings: Of the calibration; those of an indicator stand beside it.
        language: `es` or `en`.
    """
    words = Words(language)
    items = {sample.item for sample, _, _ in ranges}
    notes: dict[str, list[str]] = {}
    for finding in findings:
        if finding.code.id.startswith("R3"):
            notes.setdefault(finding.location.item, []).append(visible(wording(finding, language).message))
    return Press().page(
        "calibration.html.j2",
        (),
        "",
        words=words,
        t=words.say,
        tool="ctimaturity",
        heading=words.say("Calibration of reference ranges"),
        over=shown(title),
        method=words.say(_METHODS[method]),
        strips=[_strip(questionnaire, line, notes, words) for line in ranges],
        refused=[note for item, said in notes.items() if item not in items for note in said],
        width=WIDTH,
    )


_METHODS = {
    "sd": "Cuts at the mean plus or minus whole or half standard deviations.",
    "quantile": "Cuts that divide the sample into equal parts.",
    "goal": "Cuts that divide what lies between floor and goal into equal parts.",
}


def _strip(questionnaire: Questionnaire, line: Line, notes: dict[str, list[str]], words: Words) -> Strip:
    sample, shape, cuts = line
    item = questionnaire.item_by_id[sample.item]
    unit = questionnaire.unit_by_id.get(item.unit or "")
    values = [float(value) for value in sample.numbers]
    ends = [*values, *map(float, cuts)]
    low, high = (min(ends), max(ends)) if ends else (0.0, 0.0)
    width = (high - low) or 1.0

    def place(value: float) -> float:
        return round(_MARGIN + (WIDTH - 2 * _MARGIN) * (value - low) / width, 1)

    point = "," if words.language == "es" else "."
    return Strip(
        item=item.id,
        title=words.text(item.text),
        unit=words.text(unit.label) if unit else "",
        group=shown(f"{sample.grouping} = {sample.group}") if sample.group else "",
        facts=tuple(_facts(shape, words)) if shape else (),
        cuts=" | ".join(decimal_text(cut).replace(".", point) for cut in cuts),
        points=tuple(map(place, values)),
        lines=tuple(place(float(cut)) for cut in cuts),
        notes=tuple(notes.get(item.id, ())) if not sample.group else (),
    )


def _facts(shape: Distribution, words: Words) -> list[tuple[str, str]]:
    low, median, high = shape.quartiles
    facts = [
        ("n", str(shape.n)),
        (words.say("mean"), words.number(float(shape.mean))),
        (words.say("standard deviation"), words.number(float(shape.deviation))),
        (words.say("skew"), words.number(shape.skew)),
        (words.say("smallest"), words.number(float(shape.minimum))),
        (words.say("first quartile"), words.number(float(low))),
        (words.say("median"), words.number(float(median))),
        (words.say("third quartile"), words.number(float(high))),
        (words.say("largest"), words.number(float(shape.maximum))),
    ]
    if shape.outliers:
        facts.append((words.say("outliers"), shown(words.listed(shape.outliers))))
    return facts
