"""Phases against every way of placing actions."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from ctimaturity.analysis.phases import Load, latest_phase, phases_of, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

PHASES = phases_of((6, 18, 36))


@st.composite
def loads(draw: st.DrawFn) -> list[Load]:
    one = st.builds(Load, st.sampled_from("AB"), st.integers(1, 5), st.one_of(st.none(), st.integers(0, 2)))
    return draw(st.lists(one, min_size=1, max_size=6))


def sound(given_: Sequence[Load], found: Sequence[int | None]) -> bool:
    """Whether nothing stands before what comes before it in its node."""
    last: dict[str, int] = {}
    for load, phase in zip(given_, found, strict=True):
        place = len(PHASES) if phase is None else phase
        if place < last.get(load.node, 0):
            return False
        last[load.node] = place
    return True


def in_time(given_: Sequence[Load], found: Sequence[int | None]) -> bool:
    return all(
        load.latest is None or (phase is not None and phase <= load.latest)
        for load, phase in zip(given_, found, strict=True)
    )


def has_room(given_: Sequence[Load], found: Sequence[int | None], limits: Sequence[int]) -> bool:
    return all(
        sum(load.effort for load, phase in zip(given_, found, strict=True) if phase == number) <= limit
        for number, limit in enumerate(limits)
    )


class TestUnderLimits:
    @settings(max_examples=150, deadline=None)
    @given(loads(), st.lists(st.integers(0, 9), min_size=3, max_size=3))
    def test_dates_are_kept_wherever_some_way_keeps_them(self, given_: list[Load], limits: list[int]) -> None:
        found = schedule(given_, phases_of((6, 18, 36), limits))
        assert sound(given_, found)
        assert has_room(given_, found, limits)
        ways = product((0, 1, 2, None), repeat=len(given_))
        possible = any(
            in_time(given_, way) and sound(given_, way) and has_room(given_, way, limits) for way in ways
        )
        assert in_time(given_, found) == possible

    def test_what_fits_only_in_another_way_is_found(self) -> None:
        # One by one 3 goes first, then 2, and the last 2 has no room; 2 and 2 first, then 3, fits 4 and 3.
        given_ = [Load("A", 3, 1), Load("B", 2, 1), Load("C", 2, 1)]
        assert schedule(given_, phases_of((6, 18), (4, 3))) == (1, 0, 0)


class TestWithoutLimits:
    @settings(max_examples=100, deadline=None)
    @given(loads())
    def test_dates_are_always_kept(self, given_: list[Load]) -> None:
        found = schedule(given_, PHASES)
        assert None not in found
        assert sound(given_, found)
        assert in_time(given_, found)

    def test_what_is_early_leaves_the_rest_as_even_as_can_be(self) -> None:
        # 6 of effort by month 6 (1 a month), the other 6 over the 30 months left (1 in 5 months): halves at
        # 1.5 and 4.5, then at 13.5 and 28.5.
        given_ = [Load("A", 3), Load("B", 3, 0), Load("C", 3), Load("D", 3, 0)]
        assert schedule(given_, PHASES) == (1, 0, 2, 0)

    def test_a_late_date_hurries_nothing(self) -> None:
        given_ = [Load(name, 1, latest) for name, latest in (("A", None), ("B", 2), ("C", None))]
        # Evenly over 36 months, what has a date first: halves at 6, 18 and 30.
        assert schedule(given_, PHASES) == (1, 0, 2)

    def test_what_stands_below_comes_with_it(self) -> None:
        given_ = [Load("A", 1), Load("B", 1), Load("A", 1, 0)]
        # Both of A by month 6; B over the 30 months after it, half of it at 21.
        assert schedule(given_, PHASES) == (0, 2, 0)


def test_the_last_phase_that_ends_by_a_date() -> None:
    # From 1 January the phases end on 30 June 2027, 30 June 2028 and 31 December 2029.
    start = date(2027, 1, 1)
    cases = {"2027-06-29": 0, "2027-06-30": 0, "2028-06-29": 0, "2028-06-30": 1, "2030-01-01": 2}
    assert {by: latest_phase(PHASES, start, date.fromisoformat(by)) for by in cases} == cases
