"""tallies.csv and covariances.csv: what is kept of surveys, never a respondent; written and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ctimaturity.files.csv import restored
from ctimaturity.model.response import Covariance, Source, Tallies
from ctimaturity.results.table import ENTITY_CODE, OF_ENTITY, Column, Row, Table
from ctimaturity.scoring.moments import option_columns
from ctimaturity.scoring.tallies import ALL_SEGMENTS, UNKNOWN_SEGMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.results.manifest import SourceRecord, SurveyRecord
    from ctimaturity.results.stored_table import StoredTable


class Surveyed(Protocol):
    """What has answers of surveys: an assessment, or an import of surveys alone."""

    @property
    def questionnaire(self) -> Questionnaire:
        """The definition."""

    @property
    def answers(self) -> Mapping[str, EntityAnswers]:
        """By entity code."""


# These two are written by order: 1,100 entities have two million rows. Got cell by cell, their writing took
# 2.5 and 1.7 times as long, and it is much of what an import of surveys does.
_TALLY = (
    ENTITY_CODE,
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
_COVARIANCE = (
    ENTITY_CODE,
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
        _TALLY,
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
        _COVARIANCE,
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


_Key = tuple[str, str]
"""An entity's code and a measurement's id."""
_Surveys = Mapping[str, Mapping[str, Tallies]]
"""Tallies by the entity's code, then by measurement."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A survey while its counts are filled in: where each id stands, and which line said each count."""

    segments: dict[str, int]
    items: dict[str, int]
    options: dict[str, int]
    counts: NDArray[np.int64]
    lines: NDArray[np.int64]

    @classmethod
    def empty(cls, questionnaire: Questionnaire, measurement: Measurement, record: SurveyRecord) -> _Filled:
        declared = (*(segment.id for segment in questionnaire.segments), UNKNOWN_SEGMENT)
        segments = _positions(segment for segment in declared if segment in record.respondents)
        items = _positions(item.id for item in measurement.items)
        options = _positions(option_columns(questionnaire, measurement))
        shape = (len(segments), len(items), len(options))
        return cls(segments, items, options, np.zeros(shape, np.int64), np.zeros(shape, np.int64))


def _positions(ids: Iterable[str]) -> dict[str, int]:
    return {name: position for position, name in enumerate(dict.fromkeys(ids))}


def read_tallies(
    questionnaire: Questionnaire, sources: Mapping[str, SourceRecord], table: StoredTable
) -> _Surveys:
    """The tallies of every entity, by its code and the measurement, without covariances.

    Args:
        questionnaire: Says which statements, options and segments there are.
        sources: By the code of every entity: which measurements have a survey, of which segments.
        table: The counts; a combination that is not there is 0.
    """
    measurements = questionnaire.surveys
    filled = {
        (code, measurement): _Filled.empty(questionnaire, measurements[measurement], record)
        for code, source in sources.items()
        for measurement, record in source.surveys.items()
        if measurement in measurements
    }
    _fill(filled, {item.id: name for name, own in measurements.items() for item in own.items}, table)
    surveys: dict[str, dict[str, Tallies]] = {code: {} for code in sources}
    for (code, measurement), survey in filled.items():
        record = sources[code].surveys[measurement]
        surveys[code][measurement] = Tallies(
            measurement=measurement,
            segments=tuple(survey.segments),
            items=tuple(survey.items),
            options=tuple(survey.options),
            counts=survey.counts,
            respondents=np.array([record.respondents[each] for each in survey.segments], dtype=np.int64),
            source=Source(file=record.file, sheet=record.sheet, origin=record.origin),
        )
    return surveys


def _fill(filled: Mapping[_Key, _Filled], measured: Mapping[str, str], table: StoredTable) -> None:
    for code, segment, item, option, cell in table.rows(_TALLY):
        survey = filled.get((restored(code), measured.get(item, "")))
        if item not in measured:
            table.refuse(item, "item")
        elif survey is None:
            table.refuse(code, "entity_code")
        elif segment not in survey.segments:
            table.refuse(segment, "segment")
        elif option not in survey.options:
            table.refuse(option, "option")
        else:
            place = (survey.segments[segment], survey.items[item], survey.options[option])
            if survey.lines[place]:
                table.refuse_row(int(survey.lines[place]))
            survey.lines[place] = table.line
            survey.counts[place] = table.whole(cell, "count") or 0


def read_covariances(questionnaire: Questionnaire, surveys: _Surveys, table: StoredTable) -> _Surveys:
    """The same surveys with their covariances."""
    # One string for each id, however often a file of hundreds of thousands of rows has it.
    names = {measurement.id: _ids(measurement) for measurement in questionnaire.measurements}
    segments = _alike([ALL_SEGMENTS, UNKNOWN_SEGMENT, *(segment.id for segment in questionnaire.segments)])
    keys = {
        (code, measurement): (code, measurement)
        for code, of_entity in surveys.items()
        for measurement in of_entity
    }
    covariances: dict[_Key, list[Covariance]] = {key: [] for key in keys}
    pairs: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for code, segment, node_a, node_b, n, cell, measurement in table.rows(_COVARIANCE):
        key = keys.get((restored(code), measurement))
        known = names.get(measurement, {})
        if key is None:
            table.refuse(measurement, "measurement")
        elif segment not in segments:
            table.refuse(segment, "segment")
        elif node_a not in known or node_b not in known:
            table.refuse(node_a, "node_a" if node_a not in known else "node_b")
        else:
            pair = (segments[segment], known[node_a], known[node_b])
            pair = pairs.setdefault(pair, pair)
            if table.is_new((key, pair)):
                number = table.number(cell, "covariance")
                value = float("nan") if number is None else float(number)
                covariances[key].append(Covariance(*pair, table.whole(n, "n") or 0, value))
    return {
        code: {
            measurement: replace(survey, covariances=tuple(covariances[code, measurement]))
            for measurement, survey in of_entity.items()
        }
        for code, of_entity in surveys.items()
    }


def _ids(measurement: Measurement) -> dict[str, str]:
    return _alike([*(node.id for node in measurement.nodes), *(item.id for item in measurement.items)])


def _alike(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}
