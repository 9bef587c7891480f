"""The places of the score table."""

from __future__ import annotations

import builders as b
from ctimaturity.model.score import INDEX, PROFILE
from ctimaturity.scoring.columns import PlaceColumns
from ctimaturity.scoring.index import score

MINI = b.mini()


def test_places_stand_in_the_order_of_the_definition() -> None:
    places = score(MINI, []).table.places
    assert [(place.measurement, place.node) for place in places[:5]] == [
        (INDEX, INDEX),
        ("capacities", "capacities"),
        ("capacities", "liderazgo"),
        ("capacities", "C-1"),
        ("capacities", "C-1-a"),
    ]
    assert [(place.measurement, place.node, place.kind) for place in places[-2:]] == [
        (PROFILE, "personas", "dimension"),
        (PROFILE, "habitat", "dimension"),
    ]
    parents = {(place.measurement, place.node): place.parent for place in places}
    assert parents[INDEX, INDEX] == ""
    assert parents["capacities", "capacities"] == INDEX
    assert parents["perception", "P-3"] == "empleo"
    assert parents[PROFILE, "habitat"] == ""


def test_combined_nodes_join_those_of_the_measurements() -> None:
    columns = PlaceColumns(MINI, MINI.measurements)
    joined = {columns.places[column].node: parts for column, parts in columns.combined.items()}
    assert joined["habitat"] == [columns.of["perception", "habitat"], columns.of["results", "habitat"]]
    assert [columns.ends(column) for column in columns.combined] == [(1, 6), (1, 6)]
