"""tallies.csv and covariances.csv, read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import Covariance, Source, Tallies
from ctimaturity.model.rule import Collects
from ctimaturity.results.stored_table import StoredTable, restored
from ctimaturity.results.survey_tables import COVARIANCE_COLUMNS, TALLY_COLUMNS
from ctimaturity.scoring.tallies import ALL_SEGMENTS, UNKNOWN_SEGMENT, option_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.results.manifest import SourceRecord, SurveyRecord


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
    measurements = {
        measurement.id: measurement
        for measurement in questionnaire.measurements
        if measurement.collects is Collects.RESPONDENTS
    }
    filled = {
        (code, measurement): _Filled.empty(questionnaire, measurements[measurement], record)
        for code, source in sources.items()
        for measurement, record in source.surveys.items()
        if measurement in measurements
    }
    _fill(filled, {item.id: name for name, found in measurements.items() for item in found.items}, table)
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
    for code, segment, item, option, cell in table.rows([column.name for column in TALLY_COLUMNS]):
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
    found: dict[_Key, list[Covariance]] = {key: [] for key in keys}
    pairs: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    columns = [column.name for column in COVARIANCE_COLUMNS]
    for code, segment, node_a, node_b, n, cell, measurement in table.rows(columns):
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
                found[key].append(Covariance(*pair, table.whole(n, "n") or 0, value))
    return {
        code: {
            measurement: replace(survey, covariances=tuple(found[code, measurement]))
            for measurement, survey in of_entity.items()
        }
        for code, of_entity in surveys.items()
    }


def _ids(measurement: Measurement) -> dict[str, str]:
    return _alike([*(node.id for node in measurement.nodes), *(item.id for item in measurement.items)])


def _alike(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}
