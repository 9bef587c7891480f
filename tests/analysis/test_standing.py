from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.analysis.comparison import progress_ranking, rank_changes
from rounds import round_of

if TYPE_CHECKING:
    from ctimaturity.analysis.round import Round

DEFINITION = b.tree(b.item("A"))


def ranked(**marks: int) -> Round:
    return round_of(DEFINITION, *(b.answers(code, {"A": mark}) for code, mark in marks.items()))


def test_own_change_and_that_of_the_others() -> None:
    # Before: a 4, b 3, c 2, d 1. After: a 1, b 3, c 4, d 2.
    found = rank_changes(ranked(a=4, b=3, c=2, d=1), ranked(a=1, b=3, c=4, d=2))
    # c: among a 4, b 3, d 1 a 4 would be first, tied: 3 -> 1 by itself; the others leave it there.
    assert (found["c"].own, found["c"].others, found["c"].membership) == (2, 0, 0)
    # b did not move: second among the old scores; c passes it, a falls behind.
    assert (found["b"].own, found["b"].others, found["b"].membership) == (0, 0, 0)
    # a: a 1 among 3, 2, 1 is third, tied; then d rises above it.
    assert (found["a"].own, found["a"].others, found["a"].membership) == (-2, -1, 0)


def test_entering_and_leaving_are_a_third_term() -> None:
    # b was second behind z, who left; now new ones stand above it.
    found = rank_changes(ranked(a=2, b=4, z=5), ranked(a=2, b=4, x=5, y=6))
    assert found.keys() == {"a", "b"}
    assert (found["b"].before, found["b"].after) == (2, 3)
    assert (found["b"].own, found["b"].others, found["b"].membership) == (0, 0, -1)


def test_the_three_terms_sum_to_the_change_whatever_happened() -> None:
    for first in product((1, 3, 5), repeat=3):
        for last in product((2, 3, 6), repeat=3):
            before = ranked(**dict(zip("abz", first, strict=True)))
            after = ranked(**dict(zip("abx", last, strict=True)))
            for change in rank_changes(before, after).values():
                assert change.own + change.others + change.membership == change.total


def test_who_advanced_most_is_not_who_is_first() -> None:
    found = progress_ranking(ranked(a=5, b=1, c=2), ranked(a=6, b=4, c=3))
    assert {code: (each.rank, each.tied, each.size) for code, each in found.items()} == {
        "b": (1, False, 3),
        "a": (2, True, 3),
        "c": (2, True, 3),
    }


def test_an_entity_without_index_has_no_exact_one() -> None:
    empty = round_of(b.mini(), b.answers("05001"))
    with pytest.raises(ValueError, match="05001 has no index"):
        empty.exact_index("05001")
