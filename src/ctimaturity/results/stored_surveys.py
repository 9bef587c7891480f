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
class _Axes:
    """Where each id stands in the counts of a measurement."""

    segments: dict[str, int]
    items: dict[str, int]
    options: dict[str, int]

    @property
    def shape(self) -> tuple[int, int, int]:
        return (len(self.segments), len(self.items), len(self.options))


def read_tallies(
    questionnaire: Questionnaire, sources: Mapping[str, SourceRecord], table: StoredTable
) -> _Surveys:
    """The tallies of every entity, by its code and the measurement, without covariances.

    Args:
        questionnaire: Says which statements, options and segments there are.
        sources: By the code of every entity: which measurements have a survey.
        table: The counts; a combination that is not there is 0.
    """
    axes = {
        measurement.id: _axes(questionnaire, measurement)
        for measurement in questionnaire.measurements
        if measurement.collects is Collects.RESPONDENTS
    }
    counts = {
        (code, measurement): np.zeros(axes[measurement].shape, dtype=np.int64)
        for code, source in sources.items()
        for measurement in source.surveys
        if measurement in axes
    }
    _fill(axes, counts, table)
    surveys: dict[str, dict[str, Tallies]] = {code: {} for code in sources}
    for (code, measurement), of_survey in counts.items():
        record = sources[code].surveys[measurement]
        surveys[code][measurement] = _survey(measurement, axes[measurement], of_survey, record)
    return surveys


def _axes(questionnaire: Questionnaire, measurement: Measurement) -> _Axes:
    return _Axes(
        segments=_positions([*(segment.id for segment in questionnaire.segments), UNKNOWN_SEGMENT]),
        items=_positions(item.id for item in measurement.items),
        options=_positions(option_columns(questionnaire, measurement)),
    )


def _positions(ids: Iterable[str]) -> dict[str, int]:
    return {name: position for position, name in enumerate(dict.fromkeys(ids))}


def _fill(axes: Mapping[str, _Axes], counts: Mapping[_Key, NDArray[np.int64]], table: StoredTable) -> None:
    measured = {item: measurement for measurement, places in axes.items() for item in places.items}
    lines = {key: np.zeros(survey.shape, dtype=np.int32) for key, survey in counts.items()}
    for code, segment, item, option, cell in table.rows([column.name for column in TALLY_COLUMNS]):
        key = (restored(code), measured.get(item, ""))
        places = axes.get(key[1])
        if places is None:
            table.refuse(item, "item")
        elif key not in counts:
            table.refuse(code, "entity_code")
        elif segment not in places.segments:
            table.refuse(segment, "segment")
        elif option not in places.options:
            table.refuse(option, "option")
        else:
            place = (places.segments[segment], places.items[item], places.options[option])
            if lines[key][place]:
                table.refuse_row(int(lines[key][place]))
            lines[key][place] = table.line
            counts[key][place] = table.whole(cell, "count") or 0


def _survey(
    measurement: str,
    axes: _Axes,
    counts: NDArray[np.int64],
    record: SurveyRecord,
) -> Tallies:
    segments = tuple(segment for segment in axes.segments if segment in record.respondents)
    return Tallies(
        measurement=measurement,
        segments=segments,
        items=tuple(axes.items),
        options=tuple(axes.options),
        counts=counts[[axes.segments[segment] for segment in segments]],
        respondents=np.array([record.respondents[segment] for segment in segments], dtype=np.int64),
        source=Source(file=record.file, sheet=record.sheet, origin=record.origin),
    )


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
            if table.is_new((key, *pair)):
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
