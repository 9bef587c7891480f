"""The report of a calibration: each indicator with its distribution and a strip of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.findings import wording
from ctimaturity.language.numbers import MISSING
from ctimaturity.model.number import decimal_text
from ctimaturity.reporting.document import Document, Drawing, Paragraph, Section
from ctimaturity.reporting.html import document_html
from ctimaturity.reporting.page_templates import PageTemplates
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.reporting.document import Block
    from ctimaturity.scoring.calibration import Sample, SampleSummary

WIDTH = 600
"""Of a strip, in pixels."""
_MARGIN = 10
METHODS = {
    "sd": "Cuts at the mean plus or minus whole or half standard deviations.",
    "quantile": "Cuts that divide the sample into equal parts.",
    "goal": "Cuts that divide what lies between floor and goal into equal parts.",
}


Line = tuple["Sample", "SampleSummary | None", "Sequence[Decimal]"]


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
    notes: dict[str, list[str]] = {}
    for finding in findings:
        if finding.code.id.startswith("R3"):
            notes.setdefault(finding.location.item, []).append(visible(wording(finding, language).message))
    sections = [_range(questionnaire, number, line, notes, words) for number, line in enumerate(ranges, 1)]
    calibrated = {sample.item for sample, _, _ in ranges}
    refused = tuple(note for item, said in notes.items() if item not in calibrated for note in said)
    if refused:
        sections.append(Section("refused", words.say("Not calibrated"), refused))
    document = Document(
        heading=words.say("Calibration of reference ranges"),
        over=shown(title),
        lead=(Paragraph(words.say(METHODS[method]), "lead"),),
        sections=tuple(sections),
        contents=False,
        upright=True,
    )
    return document_html(document, PageTemplates(), language, "calibration.html.j2")


def _range(
    questionnaire: Questionnaire, number: int, line: Line, notes: Mapping[str, Sequence[str]], words: Words
) -> Section:
    """One indicator, or one group of entities of one."""
    sample = line[0]
    item = questionnaire.item_by_id[sample.item]
    blocks = tuple(_blocks(questionnaire, number, line, words))
    # What is doubtful about an indicator is said once, not again for each group.
    doubts = () if sample.group else tuple(map(Paragraph, notes.get(item.id, ())))
    return Section(f"s{number}", f"{item.id} {words.text(item.text)}", (*blocks, *doubts))


def _blocks(questionnaire: Questionnaire, number: int, line: Line, words: Words) -> Iterator[Block]:
    sample, shape, cuts = line
    unit = questionnaire.unit_by_id.get(questionnaire.item_by_id[sample.item].unit or "")
    group = shown(f"{sample.grouping} = {sample.group}") if sample.group else ""
    yield Paragraph(" · ".join(filter(None, (words.text(unit.label) if unit else "", group))))
    values = [float(value) for value in sample.numbers]
    ends = [*values, *map(float, cuts)]
    low, high = (min(ends), max(ends)) if ends else (0.0, 0.0)
    width = (high - low) or 1.0

    def pixels(value: float) -> float:
        return round(_MARGIN + (WIDTH - 2 * _MARGIN) * (value - low) / width, 1)

    point = "," if words.language == "es" else "."
    said = " | ".join(decimal_text(cut).replace(".", point) for cut in cuts) or MISSING
    label = words.say("Each value of the sample is a circle, each cut a line: {cuts}", cuts=said)
    at_cuts = tuple(pixels(float(cut)) for cut in cuts)
    yield Drawing("sample", f"strip-{number}", (label, WIDTH, tuple(map(pixels, values)), at_cuts))
    yield f"{words.say('Cuts')}: {said}"
    if shape:
        yield "; ".join(f"{name} {value}" for name, value in _facts(shape, words))


def _facts(shape: SampleSummary, words: Words) -> list[tuple[str, str]]:
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
