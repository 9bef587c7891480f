from __future__ import annotations

from decimal import Decimal

import pytest

import builders as b
from ctimaturity.analysis.what_if import ORIGIN, changed
from ctimaturity.model.response import Response, Source, State
from ctimaturity.scoring.index import score

MINI = b.mini()


def test_what_is_given_is_not_touched() -> None:
    before = b.answers("05001", {"C-1-a": 1})
    after = changed(MINI, before, {"C-1-b": "1"})
    assert "C-1-b" not in before.responses
    assert after.responses["C-1-a"] is before.responses["C-1-a"]
    assert after.entity is before.entity


def test_the_score_of_the_changed_answers_is_the_score_of_such_answers() -> None:
    before = b.answers("05001", {"C-1-a": 1})
    after = changed(MINI, before, {"C-1-b": "1"})
    index = score(MINI, [after])
    # Capacity C-1 has 1 + 2 + 3 points; a and b are met: 6 * 3 / 6.
    assert index.node(index.rows[0], "capacities", "C-1").score == 3.0


def test_a_mark_is_set_on_every_scale_that_has_it() -> None:
    after = changed(MINI, b.answers("05001"), {"R-1": "4"}).responses["R-1"]
    assert (after.state, after.criterion, after.own_mark) == (State.ANSWERED, "4", "4")
    assert after.source == Source(origin=ORIGIN)


def test_a_number_is_the_value_of_an_indicator_and_leaves_its_mark() -> None:
    before = changed(MINI, b.answers("05001"), {"R-1": "4"})
    after = changed(MINI, before, {"R-1": Decimal("3.2")}).responses["R-1"]
    assert (after.value, after.criterion) == (Decimal("3.2"), "4")


def test_no_data_gives_way_to_what_is_set() -> None:
    before = b.answers("05001")
    none = Response(State.NO_DATA, reason="other", evidence="acta")
    before = changed(MINI, before, {"R-1": none})
    assert before.responses["R-1"] is none
    after = changed(MINI, before, {"R-1": "2"}).responses["R-1"]
    assert (after.state, after.reason, after.evidence) == (State.ANSWERED, "", "acta")


def test_the_empty_text_is_a_blank() -> None:
    after = changed(MINI, b.answers("05001", {"C-1-a": 1}), {"C-1-a": ""})
    assert after.responses["C-1-a"].state is State.BLANK


def test_a_number_on_a_scale_that_is_a_range() -> None:
    definition = b.tree(b.item("A", "r"), scales={"r": b.number_scale(0, 10)})
    after = changed(definition, b.answers("05001"), {"A": Decimal("2.5")})
    index = score(definition, [after])
    assert index.node(index.rows[0], "m", "m").score == 2.5


def test_not_applicable_and_dont_know_are_answers_where_the_scale_has_them() -> None:
    scales = {"s": b.scale(1, 2, dont_know=True, not_applicable=True)}
    definition = b.tree(b.item("A"), b.item("B"), scales=scales)
    after = changed(definition, b.answers("05001", {"A": 1, "B": 1}), {"A": "NA", "B": "NS"})
    assert [after.responses[item].state for item in "AB"] == [State.NOT_APPLICABLE, State.DONT_KNOW]


@pytest.mark.parametrize(
    ("item", "setting", "message"),
    [
        pytest.param("C-9-z", "1", "no item C-9-z", id="no-such-item"),
        pytest.param("C-1-a", "7", "no option 7", id="no-such-option"),
        pytest.param("C-1-a", Decimal(1), "not with a number", id="number-for-an-option"),
        pytest.param("R-1", "9", "no mark 9", id="no-such-mark"),
        pytest.param("P-1", "4", "inhabitants", id="asked-of-inhabitants"),
    ],
)
def test_what_cannot_be_set(item: str, setting: str | Decimal, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        changed(MINI, b.answers("05001"), {item: setting})
