"""scores.csv: every node and item of every entity, long."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.model.score import INDEX, PROFILE
from ctimaturity.results.index_columns import REFERENCE
from ctimaturity.results.table import OF_ENTITY, Column, Row, Table, legible
from ctimaturity.scoring.marks import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.reference import Reference

COLUMNS = (
    Column("entity_code", "string", "Code of the entity, as text", required=True),
    Column("measurement", "string", "Id of the measurement; index or profile for the whole", required=True),
    Column("node", "string", "Id of the node or item", required=True),
    Column("kind", "string", "What it is: index, measurement, item or the kind of node", required=True),
    Column("parent", "string", "Id of the node above it; empty for the index and combined scores"),
    Column("state", "string", "State of an item's answer", choices=tuple(state.value for state in State)),
    Column("score", "number", "Score, not rounded; empty where there is none", "points"),
    Column("scale_min", "number", "Lowest score there can be", "points"),
    Column("scale_max", "number", "Highest score there can be", "points"),
    Column("level", "integer", "Maturity level, 1 the lowest, 0 below it"),
    Column("coverage", "number", "Share that rests on answers; empty when nothing applies", "share"),
    Column("low", "number", "The score with everything unanswered at its worst", "points"),
    Column("high", "number", "The score with everything unanswered at its best", "points"),
    Column("weight_effective", "number", "Share in the index of this entity; empty off its path", "share"),
    Column("n", "integer", "Answers; in surveys, respondents", "answers"),
    Column("staged_level", "integer", "Highest level met with all levels below it"),
)
REPORTED = Column(
    "score_reported", "number", "Score of the answers as reported, before the rulings", "points"
)


def scores_table(assessment: Assessment) -> Table:
    """All numbers of all entities, by entity code, then in the order of the definition.

    With rulings the score of the answers as reported stands beside, in a column of its own; with a
    reference file, last, by which ranges indicators were marked, of them and of all nodes above them.
    """
    verification = assessment.verification
    further = (*((REPORTED,) if verification else ()), *((REFERENCE,) if assessment.reference else ()))

    def rows() -> Iterator[Row]:
        table = assessment.index.table
        fixed = [(place.measurement, place.node, place.kind, place.parent or None) for place in table.places]
        least = [float(place.scale_min) for place in table.places]
        most = [float(place.scale_max) for place in table.places]
        reported = verification.index.rows if verification is not None else ()
        reported_row = {each.entity.code: each.row for each in reported}
        for entity in sorted(assessment.index.rows, key=lambda row: row.entity.code):
            row = entity.row
            code = entity.entity.code
            numbers = zip(
                fixed,
                table.state[row],
                _numbers(table.score[row]),
                least,
                most,
                _wholes(table.level[row]),
                _numbers(table.coverage[row]),
                _numbers(table.low[row]),
                _numbers(table.high[row]),
                _numbers(table.weight_effective[row]),
                table.n[row].tolist(),
                _wholes(table.staged_level[row]),
                strict=True,
            )
            if not further:
                for start, *rest in numbers:
                    yield (code, *start, *rest)
                continue
            beside: list[list[float | None] | list[str | None]] = []
            if verification is not None:
                beside.append(_numbers(verification.index.table.score[reported_row[code]]))
            if assessment.reference is not None:
                beside.append(_cited(assessment, assessment.reference, code))
            for (start, *rest), *last in zip(numbers, *beside, strict=True):
                yield (code, *start, *rest, *last)

    return Table(
        "scores",
        "Every node and item of every entity",
        (*COLUMNS, *further),
        ("entity_code", "measurement", "node"),
        rows,
        (OF_ENTITY,),
    )


def _cited(assessment: Assessment, reference: Reference, code: str) -> list[str | None]:
    """The reference ranges, in the row of each indicator of an entity marked by them and of all above it."""
    questionnaire, index = assessment.questionnaire, assessment.index
    basis = ResultsBasis(index.results_basis) if index.results_basis else None
    answers = assessment.answers[code]
    ranged: set[tuple[str, str]] = set()
    for measurement in questionnaire.measurements:
        scored = measurement.id in index.measurements and not answers.refused
        if measurement.collects is Collects.INDICATORS and scored:
            marks = Marks(questionnaire, measurement, basis, reference)
            ranged |= {
                (measurement.id, item.id)
                for item in measurement.items
                if questionnaire.applies(item, answers.entity.type, code)
                and marks.of(item, answers.responses.get(item.id), answers.entity).basis is ResultsBasis.RANGE
            }
    places = index.table.places
    for place in reversed(places):
        if (place.measurement, place.node) in ranged and place.parent:
            ranged.add((INDEX if place.parent == INDEX else place.measurement, place.parent))
    ranged |= {(PROFILE, node) for _, node in ranged}
    cited = legible(reference.cited)
    return [cited if (place.measurement, place.node) in ranged else None for place in places]


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    return [None if isnan(value) else value for value in values.tolist()]


def _wholes(values: NDArray[np.int16]) -> list[int | None]:
    return [None if value < 0 else value for value in values.tolist()]
