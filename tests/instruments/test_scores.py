"""Instruments of five other kinds, written in the format, with figures worked out by hand.

Nothing but their YAML files says what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.scoring.index import score
from other_instruments import GATED, GATES, NAMES, PLAIN, SUM_OF_LEVELS, TWO_AXES, entity_answers, instrument

if TYPE_CHECKING:
    from collections.abc import Mapping

CASES = [
    pytest.param(
        "sum-of-levels",
        SUM_OF_LEVELS,
        # F-1 = (1 + 1.5) / 2 = 1.25; F-2 = 2.25; the whole (1.25 + 2.25) / 2 = 1.75 of 3
        {"P-1": 1, "P-2-2": 0.375, "P-2": 1.5, "P-3": 2.25, "F-1": 1.25, "F-2": 2.25, "assurance": 1.75},
        id="sum-of-levels",
    ),
    pytest.param(
        "sum-of-levels",
        {"P-1-1-a": "3"},  # a blank counts as nothing: 1 / 2 = 0.5, of two practices, of two functions
        {"P-1-1": 0.5, "P-1": 0.5, "F-1": 0.25, "F-2": 0, "assurance": 0.125},
        id="sum-of-levels-with-blanks",
    ),
    pytest.param(
        "gated-levels",
        GATED,
        # inventory: 1 and 2 are reached, A-3 is partly done. asset-care begins at 2, and A-4 is partly done.
        # The domain has A-4 at level 2 too, so it is at 1. access: nothing is asked at 2, and 3 is reached.
        {"inventory": 2, "asset-care": 0, "assets": 1, "accounts": 3, "access": 3, "practices": 1},
        id="gated-levels",
    ),
    pytest.param(
        "gated-levels",
        GATED | {"B-2": "PI", "A-4": "LI", "A-3": "LI"},  # one practice of level 1 holds everything down
        {"inventory": 3, "asset-care": 3, "assets": 3, "accounts": 0, "access": 0, "practices": 0},
        id="gated-at-the-first-level",
    ),
    pytest.param(
        "two-axes",
        TWO_AXES,
        # doors = (3.8 + 3.2) / 2 = 3.5; papers = 4; the whole (3.5 + 4) / 2 = 3.75
        {"locks": 3.8, "visitors": 3.2, "doors": 3.5, "shredding": 4, "controls": 3.75},
        id="two-axes",
    ),
    pytest.param(
        "plain-means",
        PLAIN,
        # T-1 = (80 + 60) / 2 = 70, without q3; T-2 is skipped; T-3 = (50 + 25.5) / 2 = 37.75;
        # the whole (70 + 37.75) / 2 = 53.875
        {"T-1": 70, "T-2": None, "T-3": 37.75, "data": 53.875},
        id="plain-means",
    ),
    pytest.param(
        "gates-to-zero",
        GATES,
        # safety (8 + 6) / 2 = 7, speed (4 + 8) / 2 = 6, manners (2 + 6) / 2 = 4: 2 is not below 2;
        # 0.34 x 7 + 0.33 x 6 + 0.33 x 4 = 2.38 + 1.98 + 1.32 = 5.68
        {"safety": 7, "speed": 6, "manners": 4, "service": 5.68},
        id="no-gate-shut",
    ),
    pytest.param(
        "gates-to-zero",
        GATES | {"complaints": 1},  # 2.38 + 1.98 + 0 = 4.36
        {"safety": 7, "manners": 0, "service": 4.36},
        id="one-pillar-shut",
    ),
    pytest.param(
        "gates-to-zero",
        GATES | {"backup": 0},  # the first pillar is 0, and with it the whole
        {"safety": 0, "speed": 6, "manners": 4, "service": 0},
        id="all-shut",
    ),
]


@pytest.mark.parametrize(("name", "given", "expected"), CASES)
def test_scores_by_hand(
    name: str, given: Mapping[str, str | int], expected: Mapping[str, float | None]
) -> None:
    definition = instrument(name)
    index = score(definition, [entity_answers(definition, given)])
    (row,) = index.rows
    (measurement,) = definition.measurements
    found = {node: index.node(row, measurement.id, node).score for node in expected}
    assert found == pytest.approx(expected, abs=1e-12)
    assert row.index == pytest.approx(expected[measurement.id], abs=1e-12)
    assert row.status == "ranked"


@pytest.mark.parametrize("name", NAMES)
def test_the_ends_of_the_scale(name: str) -> None:
    """All answers at their best give the end of the index, 100 of 100 harmonised; all at their worst 0."""
    definition = instrument(name)
    best, worst = {}, {}
    for item in definition.item_by_id.values():
        scale = definition.scales[item.scale]
        if scale.range is not None:
            worst[item.id], best[item.id] = str(scale.range.minimum), str(scale.range.maximum)
        else:
            worst[item.id], best[item.id] = scale.options[0].code, scale.options[-1].code
    rows = score(
        definition, [entity_answers(definition, given, code) for code, given in (("b", best), ("w", worst))]
    ).rows
    assert [row.index_harmonised for row in rows] == [100, 0]
    top = {"sum-of-levels": 3, "gated-levels": 3, "two-axes": 5, "plain-means": 100, "gates-to-zero": 10}
    assert [row.index for row in rows] == [top[name], 0]


def test_level_names_follow_the_gates() -> None:
    definition = instrument("gated-levels")
    given = [GATED, GATED | {"B-2": "PI"}, dict.fromkeys(GATED, "FI")]
    index = score(
        definition,
        [entity_answers(definition, each, f"X-{number}") for number, each in enumerate(given, 1)],
    )
    levels = {row.entity.code: index.node(row, "practices", "practices").level for row in index.rows}
    assert levels == {"X-1": 1, "X-2": 0, "X-3": 3}


def test_what_is_credited_is_known_and_still_said_not_to_apply() -> None:
    definition = instrument("two-axes")
    index = score(definition, [entity_answers(definition, TWO_AXES)])
    (row,) = index.rows
    # Of the whole: papers 1/2, and 0.6 of one of the two controls of the other half, 0.6 / 4 = 0.15
    assert row.na_share == pytest.approx(0.65)
    assert row.coverage == 1
    assert (row.index_low, row.index_high) == pytest.approx((3.75, 3.75))
