from __future__ import annotations

import builtins
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctimaturity.analysis import least_effort as module
from ctimaturity.analysis import solver
from ctimaturity.analysis.knapsack import Knapsack, Need, RaisedAnswer
from ctimaturity.analysis.least_effort import MOST_SETS, EffortProof, LeastEffort, least_effort
from ctimaturity.analysis.solver import Proposal, propose

if TYPE_CHECKING:
    from collections.abc import Sequence

GAINS = st.fractions(min_value=0, max_value=2, max_denominator=12)


Problem = tuple[list[list[RaisedAnswer]], list[Need]]
Taken = tuple[RaisedAnswer, ...]


def one(item: str, effort: int, *gains: int | str | Fraction, value: str = "1") -> RaisedAnswer:
    return RaisedAnswer(item, value, effort, tuple(Fraction(gain) for gain in gains))


def brute(groups: Sequence[Sequence[RaisedAnswer]], needs: Sequence[Need]) -> tuple[int, list[Taken]]:
    """Every combination tried: the least effort, and all sets of that effort."""
    found: list[tuple[int, Taken]] = []
    for combination in product(*([None, *group] for group in groups)):
        taken = tuple(choice for choice in combination if choice is not None)
        gained = [sum((c.gains[t] for c in taken), Fraction(0)) for t in range(len(needs))]
        if all(need.met(have) for need, have in zip(needs, gained, strict=True)):
            found.append((sum(choice.effort for choice in taken), taken))
    if not found:
        return 0, []
    least = min(effort for effort, _ in found)
    return least, [taken for effort, taken in found if effort == least]


@st.composite
def problems(draw: st.DrawFn, targets: int) -> Problem:
    groups = []
    for number in range(draw(st.integers(1, 6))):
        sizes = draw(st.integers(1, 2))
        gains = [draw(st.lists(GAINS, min_size=sizes, max_size=sizes)) for _ in range(targets)]
        rising = [sorted(each) for each in gains]
        efforts = sorted(draw(st.lists(st.integers(1, 5), min_size=sizes, max_size=sizes)))
        groups.append(
            [
                RaisedAnswer(f"I{number}", str(at), efforts[at], tuple(each[at] for each in rising))
                for at in range(sizes)
            ]
        )
    needs = [Need(draw(GAINS) * 2, draw(st.booleans())) for _ in range(targets)]
    return groups, needs


def check(groups: Sequence[Sequence[RaisedAnswer]], needs: Sequence[Need], found: LeastEffort) -> None:
    effort, sets = brute(groups, needs)
    assert found.reachable == bool(sets)
    if not sets:
        return
    assert found.exact
    assert found.effort == effort
    assert len(found.sets) == min(len(sets), MOST_SETS)
    assert set(found.sets) <= set(sets)
    assert found.more == (len(sets) > MOST_SETS)


class TestOneTarget:
    @settings(max_examples=100, deadline=None)
    @given(problems(1))
    def test_as_if_every_combination_were_tried(self, problem: Problem) -> None:
        check(*problem, least_effort(*problem))

    def test_more_than_the_bound_is_not_the_bound(self) -> None:
        groups = [[one("a", 1, "1/3")], [one("b", 1, "2/3")], [one("c", 5, "1/97")]]
        assert least_effort(groups, [Need(Fraction(1))]).effort == 2
        # 1/3 + 2/3 is exactly 1, which is not more than 1: it takes the third action too.
        assert least_effort(groups, [Need(Fraction(1), more=True)]).effort == 7

    def test_the_first_in_the_order_of_the_definition(self) -> None:
        groups = [[one(name, 1, 1)] for name in "abc"]
        found = least_effort(groups, [Need(Fraction(2))])
        assert [[choice.item for choice in taken] for taken in found.sets] == [
            ["a", "b"],
            ["a", "c"],
            ["b", "c"],
        ]
        assert found.more is False

    def test_more_sets_than_are_listed_are_said(self) -> None:
        found = least_effort([[one(str(n), 1, 1)] for n in range(9)], [Need(Fraction(1))])
        assert (len(found.sets), found.more) == (MOST_SETS, True)

    def test_nothing_is_needed(self) -> None:
        assert least_effort([[one("a", 1, 1)]], [Need(Fraction(0))]) == LeastEffort(((),), 0)

    def test_nothing_reaches_it(self) -> None:
        assert not least_effort([[one("a", 1, 1)]], [Need(Fraction(2))]).reachable

    def test_numbers_beyond_what_arrays_of_whole_numbers_hold(self) -> None:
        primes = (10**9 + 7, 10**9 + 9, 998_244_353)
        groups = [[one(str(p), 1, Fraction(1, p))] for p in primes]
        found = least_effort(groups, [Need(sum(Fraction(1, p) for p in primes))])
        assert (found.effort, len(found.sets)) == (3, 1)


class TestSeveralTargets:
    @settings(max_examples=40, deadline=None)
    @given(problems(2))
    def test_as_if_every_combination_were_tried(self, problem: Problem) -> None:
        check(*problem, least_effort(*problem))

    def test_what_misses_by_a_hair_is_not_enough(self) -> None:
        # HiGHS works to about 1e-6; a billionth short is short.
        short = Fraction(1) - Fraction(1, 10**9)
        groups = [[one("a", 1, short, 1)], [one("b", 3, 1, 1)]]
        found = least_effort(groups, [Need(Fraction(1)), Need(Fraction(1))])
        assert (found.effort, found.exact) == (3, True)

    def test_a_search_that_is_cut_short_leaves_what_the_solver_found(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unweighted(problem: Knapsack) -> Proposal:
            found = propose(problem)
            assert found is not None
            return Proposal(found.effort, found.taken, (0, 0))

        monkeypatch.setattr(module, "_MOST_STEPS", 0)
        monkeypatch.setattr(solver, "propose", unweighted)
        # Each need alone takes 2; both take 3 by c, and 4 by a and b.
        groups = [[one("a", 2, 1, 0)], [one("b", 2, 0, 1)], [one("c", 3, 1, 1)]]
        found = least_effort(groups, [Need(Fraction(1)), Need(Fraction(1))])
        assert [[c.item for c in taken] for taken in found.sets] == [["c"]]
        assert (found.effort, found.exact, found.proof, found.more) == (3, True, EffortProof.SOLVER, None)

    @pytest.mark.parametrize(
        ("effort", "taken"),
        [
            pytest.param(5, ((0, 0), (2, 0)), id="too-much"),
            pytest.param(1, ((0, 0),), id="too-little"),
            pytest.param(2, ((1, 0), (2, 0)), id="a-set-that-misses"),
        ],
    )
    def test_what_the_solver_says_is_not_believed(
        self, monkeypatch: pytest.MonkeyPatch, effort: int, taken: tuple[tuple[int, int], ...]
    ) -> None:
        def wrong(_: Knapsack) -> Proposal:
            return Proposal(effort, taken, (1, 1))

        monkeypatch.setattr(solver, "propose", wrong)
        groups = [[one("a", 1, 1, 0)], [one("b", 1, 0, 1)], [one("c", 4, 0, 1)]]
        found = least_effort(groups, [Need(Fraction(1)), Need(Fraction(1))])
        # a and b are needed: 1 + 1.
        assert [[c.item for c in taken] for taken in found.sets] == [["a", "b"]]
        assert (found.effort, found.proof, found.more) == (2, EffortProof.WHOLE, False)

    def test_a_solver_that_misses_while_the_search_is_cut_short_proves_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def wrong(_: Knapsack) -> Proposal:
            return Proposal(1, ((0, 0),), (1, 1))

        monkeypatch.setattr(module, "_MOST_STEPS", 0)
        monkeypatch.setattr(solver, "propose", wrong)
        groups = [[one("a", 1, 1, 0)], [one("b", 1, 0, 1)]]
        found = least_effort(groups, [Need(Fraction(1)), Need(Fraction(1))])
        assert [c.item for c in found.sets[0]] == ["a", "b"]
        assert (found.exact, found.proof) == (False, EffortProof.CUT_SHORT)

    @settings(max_examples=40, deadline=None)
    @given(st.integers(1, 3).flatmap(problems))
    def test_the_solver_the_table_and_every_combination_agree(self, problem: Problem) -> None:
        groups, needs = problem
        effort, sets = brute(groups, needs)
        whole = Knapsack(groups, needs)
        if not sets or not whole.needs:
            return
        proposal = propose(whole)
        assert proposal is not None
        # Gains have denominators up to 12, so that none misses a need by less than HiGHS can see.
        assert proposal.effort == effort
        assert proposal.reaches(whole)
        assert least_effort(groups, needs).effort == effort

    @settings(max_examples=40, deadline=None)
    @given(st.integers(1, 3).flatmap(problems))
    def test_without_scipy_the_same_sets_are_found(self, problem: Problem) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builtins, "__import__", without_scipy(builtins.__import__))
            found = least_effort(*problem)
        check(*problem, found)
        assert found == least_effort(*problem)

    @settings(max_examples=40, deadline=None)
    @given(problems(2))
    def test_without_scipy_and_cut_short_a_rule_of_thumb_reaches_them_and_drops_what_is_not_needed(
        self, problem: Problem
    ) -> None:
        groups, needs = problem
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builtins, "__import__", without_scipy(builtins.__import__))
            patch.setattr(module, "_MOST_STEPS", 0)
            found = least_effort(groups, needs)
        effort, sets = brute(groups, needs)
        assert found.reachable == bool(sets)
        assert found.proof in {EffortProof.WHOLE, EffortProof.NO_SOLVER}
        for taken in found.sets:
            assert found.effort == sum(choice.effort for choice in taken) >= effort
            assert reaches(taken, needs)
            if not found.exact:
                assert not any(reaches([c for c in taken if c is not left], needs) for left in taken)


def reaches(taken: Sequence[RaisedAnswer], needs: Sequence[Need]) -> bool:
    return all(
        need.met(sum((choice.gains[at] for choice in taken), Fraction(0))) for at, need in enumerate(needs)
    )


def without_scipy(real: object) -> object:
    def importing(name: str, *rest: object) -> object:
        if name.startswith("scipy") or name.endswith("analysis.solver"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[operator]

    return importing
