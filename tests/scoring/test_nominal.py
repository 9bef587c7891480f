"""What everything weighs where nothing is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.definitions.load import load_questionnaire
from ctimaturity.scoring.plan import compile_plan
from ctimaturity.scoring.shares import nominal_shares
from small_definition import changed, load_small

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire


def shares(questionnaire: Questionnaire) -> dict[tuple[str, str], Fraction]:
    plan = compile_plan(questionnaire)
    found = nominal_shares(plan)
    return {(plan.places[at].measurement, plan.places[at].node): share for at, share in found.items()}


def test_is_the_product_of_rescaled_weights_on_the_path(tmp_path: Path) -> None:
    text = changed(
        "weights: {practice: 0.01, opinion: 1, figures: 1}", "weights: {practice: 2, opinion: 1, figures: 1}"
    )
    found = shares(load_small(tmp_path, text))
    assert found["index", "index"] == 1
    # 2 of 2 + 1 + 1; two areas of it; 3 of 3 + 1 items.
    assert found["practice", "practice"] == Fraction(1, 2)
    assert found["practice", "house"] == Fraction(1, 4)
    assert found["practice", "fire-exit"] == Fraction(1, 4) * Fraction(3, 4)
    # The rule staged weighs nothing: each of two parts counts 1.
    assert found["practice", "online"] == Fraction(1, 4) * Fraction(1, 2)


def test_what_over_items_passes_by_has_none(tmp_path: Path) -> None:
    found = shares(load_small(tmp_path))
    assert ("figures", "service") not in found
    # The only indicator has all of its measurement: 1 of 0.01 + 1 + 1.
    assert found["figures", "loans"] == Fraction(100, 201)


def test_the_items_of_the_bundled_definitions_share_the_whole_index(root: Path) -> None:
    for edition in ("2020-04", "2021-11"):
        questionnaire = load_questionnaire(root / "questionnaires" / "mmmctic" / edition)
        found = shares(questionnaire)
        items = [share for (_, name), share in found.items() if name in questionnaire.item_by_id]
        assert len(items) == len(questionnaire.item_by_id)
        assert sum(items) == 1
