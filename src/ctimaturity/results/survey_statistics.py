"""statistics.csv, contrasts.csv and products.csv: what an import of surveys says of means."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from ctimaturity.results.table import ENTITY_CODE, Column, Row, Table, row_maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ctimaturity.scoring.estimates import Estimate, SegmentContrast
    from ctimaturity.scoring.moments import Moments, SurveyFrame

Place = tuple[str, str]
"""Codes of an entity and of a measurement."""

_PLACE: tuple[Column[Place], ...] = (
    replace(ENTITY_CODE, get=itemgetter(0)),
    Column("measurement", "string", "Id of the measurement", required=True, get=itemgetter(1)),
)
_NODE: Column = Column(
    "node", "string", "Id of a statement, subdimension, dimension or measurement", required=True
)

_STATISTIC: tuple[Column[Estimate], ...] = (
    Column("segment", "string", "Id of the segment; all for every respondent", required=True),
    _NODE,
    Column("kind", "string", "item for a statement, else what the node is called", required=True),
    Column("mean", "number", "Mean on the scale of the node", "points"),
    Column("n", "integer", "Respondents with an answer to it, or to something below it", "people"),
    Column("respondents", "integer", "Respondents of the segment", "people", required=True),
    Column("nonresponse", "number", "Share of blank answers", "share"),
    Column("dont_know", "number", "Share of answers that say don't know", "share"),
    Column(
        "standard_error", "number", "Standard error of the mean; empty where it cannot be given", "points"
    ),
    Column("low95", "number", "Lower end of the 95 % interval of the mean", "points", get="low"),
    Column("high95", "number", "Upper end of the 95 % interval of the mean", "points", get="high"),
    Column(
        "weighting",
        "string",
        "design: segments weighted by their population; equal: respondents count equally",
        choices=("design", "equal"),
        required=True,
    ),
)
_CONTRAST: tuple[Column[SegmentContrast], ...] = (
    _NODE,
    Column("segment_a", "string", "Id of a segment", required=True),
    Column("segment_b", "string", "Id of another segment", required=True),
    Column(
        "difference", "number", "Mean of the first segment less that of the second", "points", required=True
    ),
    Column("standard_error", "number", "Standard error of the difference", "points"),
    Column("low95", "number", "Lower end of the 95 % interval of the difference", "points", get="low"),
    Column("high95", "number", "Upper end of the 95 % interval of the difference", "points", get="high"),
)
# Written by order, as it has a row for every pair of statements and nodes, which is many.
_PRODUCT = (
    Column("segment", "string", "Id of the segment of respondents", required=True),
    Column("item_a", "string", "Id of a statement or node", required=True),
    Column("item_b", "string", "Id of another one, or the same", required=True),
    Column("n", "integer", "Respondents who answered both", "people", required=True),
    Column("sum_a", "integer", "Sum of their points for the first, in units of the points"),
    Column("sum_b", "integer", "Sum of their points for the second, in units of the points"),
    Column("sum_ab", "integer", "Sum of the products of both"),
)


def statistics_table(estimates: Mapping[Place, tuple[Estimate, ...]]) -> Table:
    """Means with their errors, by entity, measurement, segment and node."""

    def rows() -> Iterator[Row]:
        place_cells, cells = row_maker(_PLACE), row_maker(_STATISTIC)
        for place, of_place in sorted(estimates.items()):
            yield from ((*place_cells(place), *cells(one)) for one in of_place)

    key = ("entity_code", "measurement", "segment", "node")
    return Table("statistics", "Means of surveys, and how sure they are", (*_PLACE, *_STATISTIC), key, rows)


def contrasts_table(
    places: Iterable[Place], contrasts: Callable[[Place], Sequence[SegmentContrast]]
) -> Table:
    """Differences between segments, by entity, measurement and node.

    Args:
        places: Entities and measurements.
        contrasts: What makes the differences of one of them.
    """

    def rows() -> Iterator[Row]:
        place_cells, cells = row_maker(_PLACE), row_maker(_CONTRAST)
        for place in sorted(places):
            yield from ((*place_cells(place), *cells(one)) for one in contrasts(place))

    key = ("entity_code", "measurement", "node", "segment_a", "segment_b")
    return Table("contrasts", "Differences between segments of respondents", (*_PLACE, *_CONTRAST), key, rows)


def products_table(frames: Mapping[str, SurveyFrame], sums: Mapping[Place, Mapping[str, Moments]]) -> Table:
    """Sums of products, which parts of a survey can be added up by, entity by entity."""

    def rows() -> Iterator[Row]:
        for place, by_segment in sorted(sums.items()):
            for segment, moments in by_segment.items():
                if moments.joint:
                    for row in _products(frames[place[1]], moments):
                        yield (*place, segment, *row)

    key = ("entity_code", "measurement", "segment", "item_a", "item_b")
    return Table(
        "products", "Sums of products over the respondents of surveys", (*_PLACE, *_PRODUCT), key, rows
    )


def _products(frame: SurveyFrame, moments: Moments) -> Iterator[Row]:
    products, touched, size = moments.products.tolist(), moments.touched.tolist(), frame.size
    items = [item.id for item in frame.measurement.items]
    for a, first in enumerate(items):
        for b in range(a, size):
            both = products[size + a][size + b]
            yield (first, items[b], both, products[a][size + b], products[b][size + a], products[a][b])
    nodes = [node.id for node in frame.measurement.nodes[1:]]
    for a, node in enumerate(nodes):
        for b in range(a, len(nodes)):
            yield (node, nodes[b], touched[a][b], None, None, None)
