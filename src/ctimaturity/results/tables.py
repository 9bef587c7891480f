"""All tables of the results, in the order of the data package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.results.answers_table import answers_table, reported_table
from ctimaturity.results.findings_table import findings_table
from ctimaturity.results.index_table import index_table
from ctimaturity.results.rulings_table import rulings_table
from ctimaturity.results.scores_table import scores_table
from ctimaturity.results.survey_tables import covariances_table, tallies_table

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.results.table import Table


def all_tables(assessment: Assessment, language: str) -> tuple[Table, ...]:
    """Every CSV file of an assessment; labels in them in a language."""
    ruled = assessment.verification is not None
    return (
        index_table(assessment, language),
        scores_table(assessment),
        answers_table(assessment),
        tallies_table(assessment),
        covariances_table(assessment),
        findings_table(assessment, language),
        *((rulings_table(assessment), reported_table(assessment)) if ruled else ()),
    )
