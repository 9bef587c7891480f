"""Means of surveys and how sure they are; the arithmetic stands beside each figure."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

import builders as b
from ctimaturity.scoring.estimates import contrasts, estimates
from ctimaturity.scoring.moments import BLANK, DONT_KNOW, Moments, SurveyFrame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.scoring.estimates import Estimate

MINI = b.mini()
FRAME = SurveyFrame.of(MINI, MINI.measurement_by_id["perception"])
REACH = 1.959963984540054


def sums(*people: Sequence[int]) -> Moments:
    """Sums of respondents given as points 1 to 6 of P-1 to P-4; 0 is blank, -2 don't know."""
    marks = [[{0: BLANK, -2: DONT_KNOW}.get(point, point - 1) for point in each] for each in people]
    return Moments.of(FRAME, np.array(marks, dtype=np.int8).reshape(-1, 4))


def at(found: Sequence[Estimate], node: str, segment: str = "all") -> Estimate:
    (match,) = [each for each in found if (each.node, each.segment) == (node, segment)]
    return match


def test_statement_is_a_plain_mean_with_its_standard_error() -> None:
    """1, 2, 4, 5: mean 3; s^2 = (4 + 1 + 1 + 4) / 3 = 10/3; s^2 / n = 5/6. One blank of five."""
    found = estimates(FRAME, {"academia": sums(*([x, 3, 3, 3] for x in (1, 2, 4, 5)), (0, 3, 3, 3))})
    mine = at(found, "P-1")
    assert (mine.mean, mine.n, mine.respondents, mine.weighting) == (3.0, 4, 5, "equal")
    assert mine.standard_error == pytest.approx(sqrt(5 / 6), rel=1e-12)
    assert (mine.nonresponse, mine.dont_know) == (1 / 5, 0.0)
    assert (mine.low, mine.high) == pytest.approx((3 - REACH * sqrt(5 / 6), 3 + REACH * sqrt(5 / 6)))


def test_errors_of_nodes_use_the_covariances_within_respondents() -> None:
    """Means of P-1 to P-3: 2 and 4, so 3, s^2 / n = 2 / 2 = 1.

    Index: (2 + 6) / 2 = 4 and (4 + 2) / 2 = 3, so 3.5, s^2 / n = 0.5 / 2.
    """
    found = estimates(FRAME, {"academia": sums((1, 2, 3, 6), (3, 4, 5, 2))})
    assert at(found, "personas").mean == pytest.approx(3.0)
    assert at(found, "personas").standard_error == pytest.approx(1.0)
    assert at(found, "perception").mean == pytest.approx(3.5)
    assert at(found, "perception").standard_error == pytest.approx(0.5)


def strata() -> Mapping[str, Moments]:
    return {
        "academia": sums((2, 0, 1, 1), (4, 0, 1, 1)),
        "sector-publico": sums((5, 4, 1, 1), (6, 4, 1, 1), (4, 5, 1, 1)),
    }


POPULATION = {"academia": 100, "sector-publico": 300}


def test_stratified_mean_with_finite_population_correction() -> None:
    """Academia: mean 3, s^2 2, (1 - 2/100) 2/2 = 0.98; public: mean 5, s^2 1, (1 - 3/300) 1/3 = 0.33.

    Mean (100 * 3 + 300 * 5) / 400 = 4.5; variance 0.25^2 * 0.98 + 0.75^2 * 0.33 = 0.246875.
    """
    mine = at(estimates(FRAME, strata(), POPULATION), "P-1")
    assert (mine.mean, mine.weighting) == (4.5, "design")
    assert mine.standard_error == pytest.approx(sqrt(0.246875), rel=1e-12)


def test_segment_without_answers_to_a_statement_drops_out_of_its_weights() -> None:
    """P-2 by the public sector only: 4, 4, 5, mean 13/3, s^2 1/3; (1 - 3/300) (1/3) / 3 = 0.11."""
    mine = at(estimates(FRAME, strata(), POPULATION), "P-2")
    assert mine.mean == pytest.approx(13 / 3, rel=1e-15)
    assert mine.standard_error == pytest.approx(sqrt(0.11), rel=1e-12)


def test_node_of_strata_where_one_segment_skipped_a_statement() -> None:
    """educacion = (P-1 + P-2) / 2, with weights 0.25 / 0.75 in P-1 and 0 / 1 in P-2.

    Mean (4.5 + 13/3) / 2. Influences: academia 0.25/2 * (-1, 1)/2, times 2/(2-1), 0.98:
    2 * (1/16)^2 * 2 * 0.98 = 0.0153125. Public: 0.75/2 (x - 5)/3 + 1/2 (y - 13/3)/3, which are
    -1/18, 5/72, -1/72: sum of squares 42/5184, times 3/2, 0.99.
    """
    mine = at(estimates(FRAME, strata(), POPULATION), "educacion")
    assert mine.mean == pytest.approx((4.5 + 13 / 3) / 2)
    assert mine.standard_error == pytest.approx(sqrt(0.0153125 + 42 / 5184 * 1.5 * 0.99), rel=1e-12)


def test_equal_weights_unless_every_segment_has_a_population() -> None:
    """(2 + 4 + 5 + 6 + 4) / 5 = 4.2."""
    mine = at(estimates(FRAME, strata(), {"academia": 100}), "P-1")
    assert (mine.mean, mine.weighting) == (4.2, "equal")


def test_unknown_segment_has_no_design_weight() -> None:
    found = estimates(FRAME, {**strata(), "unknown": sums((1, 1, 1, 1))}, POPULATION)
    assert at(found, "P-1").mean == 4.5


def test_whole_population_leaves_no_sampling_error() -> None:
    mine = at(estimates(FRAME, strata(), {"academia": 2, "sector-publico": 3}), "P-1")
    assert mine.standard_error == 0.0


def test_one_respondent_has_a_mean_and_no_error() -> None:
    mine = at(estimates(FRAME, {"academia": sums((4, 4, 4, 4))}), "P-1")
    assert (mine.mean, mine.standard_error, mine.low) == (4.0, None, None)


def test_dont_know_is_apart_from_blank() -> None:
    mine = at(estimates(FRAME, {"academia": sums((4, 4, 4, 4), (-2, 0, 3, 3))}), "P-1")
    assert (mine.n, mine.nonresponse, mine.dont_know) == (1, 0.0, 0.5)


def test_contrast_of_independent_segments() -> None:
    """3 - 5 = -2; sqrt(0.98 + 0.33)."""
    found = contrasts(estimates(FRAME, strata(), POPULATION))
    (mine,) = [each for each in found if each.node == "P-1"]
    assert (mine.segment_a, mine.segment_b, mine.difference) == ("academia", "sector-publico", -2.0)
    assert mine.standard_error == pytest.approx(sqrt(1.31), rel=1e-12)
    assert mine.low == pytest.approx(-2 - REACH * sqrt(1.31))


def test_counts_alone_give_errors_of_statements_and_none_above() -> None:
    known = sums((1, 2, 3, 6), (3, 4, 5, 2), (2, 2, 2, 2))
    counts = Moments.of_counts(FRAME, known.counts, 3)
    both = estimates(FRAME, {"academia": known}), estimates(FRAME, {"academia": counts})
    for item in ("P-1", "P-2", "P-3", "P-4"):
        assert at(both[1], item).standard_error == pytest.approx(at(both[0], item).standard_error)
    assert at(both[1], "personas").mean == at(both[0], "personas").mean
    assert (at(both[1], "personas").standard_error, at(both[1], "personas").n) == (None, None)


def test_nobody_gives_nothing() -> None:
    assert estimates(FRAME, {"academia": sums()}) == ()


def test_parts_add_up_to_the_whole() -> None:
    people = [(1, 2, 3, 6), (3, 0, 5, 2), (2, -2, 2, 2), (6, 6, 0, 1)]
    whole, added = sums(*people), sums(*people[:1]) + sums(*people[1:])
    assert (whole.products == added.products).all()
    assert (whole.touched == added.touched).all()
    assert (whole.counts == added.counts).all()
    assert whole.respondents == added.respondents
