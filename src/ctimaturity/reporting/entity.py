"""One entity as the index document shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.code import Severity
from ctimaturity.language.findings import wording
from ctimaturity.language.numbers import rank_text
from ctimaturity.model.score import Index, IndexRow, Status
from ctimaturity.reporting.figure import Figure, figure, level_name, node_figure
from ctimaturity.reporting.reasons import sentences
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.reporting.columns import ScoreColumns
    from ctimaturity.reporting.words import Words

SHOWN_FINDINGS = 5
"""So many findings of a refused workbook are shown; findings.csv has them all."""


BASIS_LABELS = {
    "auto": "reference ranges, else criterion mark",
    "range": "reference ranges",
    "criterion": "criterion mark",
    "self": "own range mark",
}
"""What the bases of indicators are called."""


@dataclass(frozen=True, slots=True)
class EntityView:
    """One entity.

    Attributes:
        row: As scored.
        place: The rank as shown, `2=` when shared; empty unless ranked.
        status: In words.
        type: Its label.
        interval: The bounds of the index.
        coverage: As a percentage.
        measurements: A figure for each measurement column.
        respondents: How many were asked, for each measurement column; None where it is no survey.
        staged: Level and name for each measurement that has a staged level.
        grids: Figures for each grid of columns.
        weakest: Titles of the weakest dimensions.
        basis: Where the marks of its indicators come from, in words.
        reasons: Why it is not ranked.
        findings: Of a refused one, what could not be read; the first few.
    """

    row: IndexRow
    place: str
    status: str
    name: str
    code: str
    type: str
    index: Figure
    interval: str
    coverage: str
    measurements: tuple[Figure, ...]
    respondents: tuple[int | None, ...]
    staged: tuple[tuple[int | None, str], ...]
    grids: tuple[tuple[Figure, ...], ...]
    weakest: str
    basis: str
    reasons: tuple[str, ...]
    findings: tuple[str, ...]


def entity_view(
    row: IndexRow, assessment: Assessment, columns: ScoreColumns, words: Words, *, public: bool = False
) -> EntityView:
    """Prepare one entity.

    Args:
        row: As scored.
        assessment: What was scored.
        columns: The columns of the document.
        words: The language.
        public: Findings are kept out.
    """
    index, questionnaire = assessment.index, assessment.questionnaire
    measured = [index.node(row, column.measurement, column.node) for column in columns.measurements]
    return EntityView(
        row=row,
        place=rank_text(row.rank, tied=row.tied),
        status=words.count(row.status.value, row.status.value, 1),
        name=shown(row.entity.name or row.entity.code),
        code=shown(row.entity.code),
        type=type_label(questionnaire, row.entity.type, words),
        index=figure(columns.index, row.status, row.index, row.level, (row.index_low, row.index_high), words),
        interval=words.interval(row.index_low, row.index_high, columns.index.bounds),
        coverage=words.percent(row.coverage),
        measurements=tuple(
            node_figure(column, row.status, numbers, words)
            for column, numbers in zip(columns.measurements, measured, strict=True)
        ),
        respondents=tuple(
            numbers.n if column.survey else None
            for column, numbers in zip(columns.measurements, measured, strict=True)
        ),
        staged=tuple(
            (numbers.staged_level, level_name(column, numbers.staged_level))
            for column, numbers in zip(columns.measurements, measured, strict=True)
            if column.staged
        ),
        grids=tuple(
            tuple(
                node_figure(column, row.status, index.node(row, column.measurement, column.node), words)
                for column in grid.columns
            )
            for grid in columns.grids
        ),
        weakest=", ".join(columns.title_of(node) for node in row.weakest),
        basis=", ".join(
            words.say(BASIS_LABELS.get(basis, basis)) for basis in row.results_basis.split(";") if basis
        ),
        reasons=sentences(row, questionnaire, words),
        findings=tuple(_findings(row, assessment, words))
        if row.status is Status.REFUSED and not public
        else (),
    )


def type_label(questionnaire: Questionnaire, entity_type: str, words: Words) -> str:
    """What a type of entity is called."""
    labels = {named.id: named.label for named in questionnaire.entity_types}
    if entity_type in labels:
        return words.text(labels[entity_type])
    return words.say("other") if entity_type == "other" else shown(entity_type)


def _findings(row: IndexRow, assessment: Assessment, words: Words) -> Iterable[str]:
    answers = assessment.answers.get(row.entity.code)
    files = set(answers.files) if answers else set()
    errors = [d for d in assessment.diagnostics if d.severity is Severity.ERROR and d.location.file in files]
    for diagnostic in errors[:SHOWN_FINDINGS]:
        location = diagnostic.location
        where = f"{location.sheet}!{location.cell}" if location.sheet and location.cell else location.sheet
        message = shown(wording(diagnostic, words.language).message)
        yield (
            f"{shown(where)}: {message} ({diagnostic.code.id})"
            if where
            else f"{message} ({diagnostic.code.id})"
        )
    rest = len(errors) - SHOWN_FINDINGS
    if rest > 0:
        yield words.count("and {count} more, in findings.csv", "and {count} more, in findings.csv", rest)


def part_figures(
    entity: EntityView, measurement: str, index: Index, columns: ScoreColumns, words: Words
) -> tuple[Figure, ...]:
    """The figures of the top nodes of a measurement."""
    row = entity.row
    return tuple(
        node_figure(column, row.status, index.node(row, column.measurement, column.node), words)
        for column in columns.parts[measurement]
    )
