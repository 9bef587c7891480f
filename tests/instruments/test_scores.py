"""Instruments of other kinds, written in the format, with figures worked out by hand.

Nothing but their YAML files says what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.scoring.index import score
from other_instruments import (
    BONUS,
    GATED,
    GATES,
    LIGHTS,
    NAMES,
    NORWAY,
    PLAIN,
    RATED,
    RISKS,
    SHARES,
    SUM_OF_LEVELS,
    TWO_AXES,
    entity_answers,
    instrument,
)

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
    pytest.param(
        "rated-attributes",
        RATED,
        # permits: its first attribute is fully achieved, its second largely: 2. streets: 85 is largely, which
        # is enough for level 1 and not for what lies below level 2: 1. The whole (2 + 1) / 2
        {"permits-1": 90, "permits-2": 50.1, "permits": 2, "streets-1": 85, "streets": 1, "capability": 1.5},
        id="rated-attributes",
    ),
    pytest.param(
        "rated-attributes",
        RATED | {"p2b": 40, "s1a": "80.02"},  # 50 is still partly: 1; 85.01 is fully: 2
        {"permits-2": 50, "permits": 1, "streets-1": 85.01, "streets": 2, "capability": 1.5},
        id="rated-at-the-bounds",
    ),
    pytest.param(
        "rated-attributes",
        RATED | {"p1a": 10},  # (10 + 90) / 2 = 50, partly: not even level 1, whatever the second is
        {"permits-1": 50, "permits": 0, "streets": 1, "capability": 0.5},
        id="rated-below-the-first",
    ),
    pytest.param(
        "share-of-practices", SHARES, {"D-1": 1, "D-2": 2, "practices": 1}, id="three-of-four-are-not-enough"
    ),
    pytest.param(
        "share-of-practices",
        SHARES | {"a9": "1"},
        {"D-1": 2, "practices": 2},
        id="four-of-five-and-four-of-four",
    ),
    pytest.param(
        "share-of-practices", SHARES | {"a4": "0", "a9": "1"}, {"D-1": 0, "practices": 0}, id="three-of-five"
    ),
    pytest.param(
        "risks",
        RISKS,
        {"flood": 10, "drought": 12, "water": 12, "theft": 5, "loss": 4, "data": 5, "exposure": 8.5},
        id="risks",
    ),
    pytest.param("bonus-points", BONUS, {"points": 110, "award": 100}, id="no-more-than-all"),
    pytest.param(
        "bonus-points",
        BONUS | {"budget": "no", "secret": "yes"},  # 50 + 20 - 30
        {"points": 40, "award": 40},
        id="points-taken-away",
    ),
    pytest.param(
        "bonus-points",
        BONUS | {"plan": "no", "budget": "no", "neighbours": "no", "secret": "yes"},
        {"points": -30, "award": 0},
        id="no-less-than-nothing",
    ),
    pytest.param(
        "traffic-lights",
        LIGHTS,
        # water: (0 + 2) / 2 = 1 would be amber, but its essential light is red: 0. waste: 1.5 is green: 5.
        {"water": 1, "waste": 1.5, "municipality": 2.5},
        id="an-essential-light",
    ),
    pytest.param(
        "traffic-lights",
        LIGHTS | {"drinkable": "A", "everywhere": "A"},  # amber and green: (2 + 5) / 2
        {"water": 1, "waste": 1.5, "municipality": 3.5},
        id="the-mean-of-the-colours",
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


ENDS = {
    "sum-of-levels": (3, 0),
    "gated-levels": (3, 0),
    "two-axes": (5, 0),
    "plain-means": (100, 0),
    "gates-to-zero": (10, 0),
    "rated-attributes": (2, 0),
    "share-of-practices": (2, 0),
    "development": (1, 0),
    "risks": (25, 1),
    "bonus-points": (100, 0),
    "traffic-lights": (5, 0),
}


@pytest.mark.parametrize(
    ("given", "published", "income"),
    [
        pytest.param(NORWAY, 0.957, 0.98182, id="Norway"),
        # Colombia in the same table: 0.767
        pytest.param(
            {"life": "77.3", "expected": "14.4", "mean-years": "8.5", "income": 14257},
            0.767,
            0.74921,
            id="Colombia",
        ),
    ],
)
def test_a_published_index(given: Mapping[str, str | int], published: float, income: float) -> None:
    """health (82.4 - 20) / 65 = 0.96; education (18 / 18 + 12.9 / 15) / 2 = 0.93, for 18.1 years count as 18;
    income ln(66494 / 100) / ln(750) = 0.98182; the geometric mean of the three.
    """
    definition = instrument("development")
    index = score(definition, [entity_answers(definition, given)])
    (row,) = index.rows
    assert row.index is not None
    assert round(row.index, 3) == published
    education = index.node(row, "development", "education").score
    assert education is not None
    health = (float(given["life"]) - 20) / 65
    assert row.index**3 / health / education == pytest.approx(income, abs=5e-6)


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
    assert [row.index for row in rows] == list(ENDS[name])


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
