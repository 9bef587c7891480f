"""tallies.csv and covariances.csv: what is kept of surveys, never a respondent."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Protocol

from ctimaturity.results.table import OF_ENTITY, Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers, Tallies


class Surveyed(Protocol):
    """What has answers of surveys: an assessment, or an import of surveys alone."""

    @property
    def questionnaire(self) -> Questionnaire:
        """The definition."""

    @property
    def answers(self) -> Mapping[str, EntityAnswers]:
        """By entity code."""


TALLY_COLUMNS = (
    Column("entity_code", "string", "Code of the entity, as text", required=True),
    Column("segment", "string", "Id of the segment of respondents", required=True),
    Column("item", "string", "Id of the statement", required=True),
    Column(
        "option", "string", "Code of the option; blank or dont_know for the two other states", required=True
    ),
    Column(
        "count",
        "integer",
        "How many respondents; combinations that nobody gave are left out",
        "people",
        required=True,
    ),
)
COVARIANCE_COLUMNS = (
    Column("entity_code", "string", "Code of the entity, as text", required=True),
    Column("segment", "string", "Id of the segment; all for every respondent", required=True),
    Column("node_a", "string", "Id of a statement, subdimension or dimension", required=True),
    Column("node_b", "string", "Id of the other one; the same for a variance", required=True),
    Column("n", "integer", "Respondents that the figure rests on", "people", required=True),
    Column("covariance", "number", "Covariance of the two means over the respondents", "points"),
    Column("measurement", "string", "Id of the measurement", required=True),
)


def tallies_table(assessment: Surveyed) -> Table:
    """Counts per entity, segment, statement and option, by entity code."""

    def rows() -> Iterator[Row]:
        for code, survey in _surveys(assessment):
            counts = survey.counts.tolist()
            for segment, of_segment in zip(survey.segments, counts, strict=True):
                for item, of_item in zip(survey.items, of_segment, strict=True):
                    for option, count in zip(survey.options, of_item, strict=True):
                        if count:
                            yield (code, segment, item, option, count)

    return Table(
        "tallies",
        "How often each option was chosen in surveys, by segment",
        TALLY_COLUMNS,
        ("entity_code", "segment", "item", "option"),
        rows,
        (OF_ENTITY,),
    )


def covariances_table(assessment: Surveyed) -> Table:
    """Covariances of means, where respondents are known, by entity code."""

    def rows() -> Iterator[Row]:
        for code, survey in _surveys(assessment):
            for covariance in survey.covariances:
                value = None if isnan(covariance.value) else covariance.value
                yield (
                    code,
                    covariance.segment,
                    covariance.node_a,
                    covariance.node_b,
                    covariance.n,
                    value,
                    survey.measurement,
                )

    return Table(
        "covariances",
        "Covariances of survey means within respondents",
        COVARIANCE_COLUMNS,
        ("entity_code", "measurement", "segment", "node_a", "node_b"),
        rows,
        (OF_ENTITY,),
    )


def _surveys(assessment: Surveyed) -> Iterator[tuple[str, Tallies]]:
    for code in sorted(assessment.answers):
        for measurement in assessment.questionnaire.measurements:
            survey = assessment.answers[code].tallies.get(measurement.id)
            if survey is not None:
                yield code, survey
