"""Roadmaps of small instruments, checked by trying every set and by scoring what was changed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import gate, item, levels, measurement, node, questionnaire, scale, tree
from ctimaturity.analysis.phases import Load, phases_of, schedule
from ctimaturity.analysis.roadmap import Wish, roadmap_of
from ctimaturity.analysis.round import Round
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.roadmap import Effort, Target
from ctimaturity.scoring.index import score
from rounds import scored_example

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.analysis.roadmap import Roadmap
    from ctimaturity.model.questionnaire import Questionnaire

MET = {"met": scale(0, 1), "s": scale(1, 2, 3)}


def capacity(name: str, letters: str) -> object:
    return node(
        name,
        *(item(f"{name}-{letter}", "met", weight=at, level=at) for at, letter in enumerate(letters, 1)),
        rule="points_share",
        kind="capacity",
        out_of=6,
        met_at=1,
        staged=True,
        levels=levels(6, lowest="open"),
    )


def small() -> Questionnaire:
    """Two axes; A has a capacity of three levels and one of two, B one of three."""
    root = node(
        "m",
        node("A", capacity("C1", "abc"), capacity("C2", "ab"), kind="axis", levels=levels(6, lowest="open")),
        node("B", capacity("C3", "abc"), kind="axis", levels=levels(6, lowest="open")),
        kind="measurement",
        levels=levels(6, lowest="open"),
    )
    return questionnaire(measurement(root), scales=MET, normalise=None, levels=levels(6))


def answers(met: str | Mapping[str, str], code: str = "1", left: str = "0") -> EntityAnswers:
    given_ = dict.fromkeys(met.split(), "1") if isinstance(met, str) else met
    every = [*(["C1-a", "C1-b", "C1-c", "C2-a", "C2-b", "C3-a", "C3-b", "C3-c"]), *given_]
    return EntityAnswers(
        Entity(code, f"E{code}", "alcaldia"),
        {name: Response(State.ANSWERED, option=given_.get(name, left)) for name in every},
    )


def at(definition: Questionnaire, *ones: EntityAnswers) -> Round:
    by_code = {each.entity.code: each for each in ones}
    return Round("", definition, by_code, score(definition, ones))


def done(given_: EntityAnswers, changes: Mapping[str, str]) -> EntityAnswers:
    responses = {name: replace(response) for name, response in given_.responses.items()}
    responses |= {name: Response(State.ANSWERED, option=value) for name, value in changes.items()}
    return replace(given_, responses=responses)


def of(definition: Questionnaire, given_: EntityAnswers, wish: Wish | None = None) -> Roadmap:
    return roadmap_of(at(definition, given_), given_.entity.code, wish or Wish())


class TestActions:
    def test_gains_are_what_the_arithmetic_says(self) -> None:
        found = of(small(), answers("C1-a C2-a"))
        (action,) = (each for each in found.actions if each.item.id == "C1-b")
        # C1 has 6 points in all, so its b (2 points) brings 6 * 2/6 = 2 there; half of it on axis A, which
        # is the mean of two capacities; a quarter on the measurement, the mean of two axes.
        assert (action.gain_node, action.gain_part, action.gain_measurement) == (2, 1, Fraction(1, 2))
        assert action.gain_index == Fraction(1, 2)

    def test_what_stands_below_and_what_the_staged_level_becomes(self) -> None:
        found = {each.item.id: each for each in of(small(), answers("C1-b")).actions}
        assert found["C1-c"].below == ("C1-a",)
        assert not found["C1-c"].is_next
        assert (found["C1-a"].staged, found["C1-a"].staged_after) == (0, 2)
        assert (found["C1-c"].staged, found["C1-c"].staged_after) == (0, 0)
        assert found["C1-a"].is_next

    def test_both_orders(self) -> None:
        found = of(small(), answers("C1-b"))
        sound = [each.item.id for each in found.by_foundation]
        assert sound == ["C1-a", "C2-a", "C3-a", "C2-b", "C3-b", "C1-c", "C3-c"]
        # The axis B has one capacity, so C3-c brings most: 6 * 3/6 / 2 = 3/2.
        assert [each.item.id for each in found.by_payoff][:2] == ["C3-c", "C2-b"]

    def test_a_refused_entity_has_no_roadmap(self) -> None:
        found = of(small(), replace(answers("C1-a"), refused=True))
        assert (found.actions, found.aims, found.plan) == ((), (), ())

    def test_an_entity_that_answered_nothing_has_no_actions(self) -> None:
        found = of(small(), replace(answers(""), responses={}))
        assert (found.actions, found.plan) == ((), ())

    def test_answers_on_a_longer_scale_go_up_step_by_step(self) -> None:
        definition = tree(item("q", weight=1), item("r", weight=1), scales=MET, levels=levels(2))
        found = of(definition, answers({"q": "1", "r": "2"}))
        assert [(each.item.id, each.step.value) for each in found.actions] == [("q", "2"), ("r", "3")]
        # The positions reached: q from 1 to 2 takes 2, r from 2 to 3 takes 3.
        assert [each.step.effort for each in found.actions] == [2, 3]

    def test_a_reversed_item_goes_up_by_going_down(self) -> None:
        definition = tree(item("q", reverse=True), item("r"), scales=MET, levels=levels(2))
        found = of(definition, answers({"q": "3", "r": "3"}))
        (action,) = found.actions
        assert (action.step.value, action.step.points) == ("2", 2)


@st.composite
def situations(draw: st.DrawFn) -> tuple[EntityAnswers, Effort]:
    names = ["C1-a", "C1-b", "C1-c", "C2-a", "C2-b", "C3-a", "C3-b", "C3-c"]
    given_ = {name: draw(st.sampled_from("01")) for name in names}
    return answers(given_), Effort(items={name: draw(st.integers(1, 4)) for name in names})


class TestTheSetOfLeastEffort:
    @settings(max_examples=40, deadline=None)
    @given(situations(), st.integers(1, 6))
    def test_is_the_least_that_reaches_the_level(
        self, situation: tuple[EntityAnswers, Effort], level: int
    ) -> None:
        given_, effort = situation
        definition = small()
        found = of(definition, given_, Wish(level=level, effort=effort))
        missing = [each.item.id for each in found.actions]

        every = [c for size in range(len(missing) + 1) for c in combinations(missing, size)]
        ones = [
            replace(
                done(given_, dict.fromkeys(chosen, "1")), entity=replace(given_.entity, code=f"{number:04}")
            )
            for number, chosen in enumerate(every)
        ]
        scored = score(definition, ones)
        reached = {
            every[int(row.entity.code)]: (scored.node(row, "m", "m").level or 0) >= level
            for row in scored.rows
        }
        working = [
            (sum(effort.items[name] for name in chosen), chosen) for chosen in every if reached[chosen]
        ]
        if found.aims[0].reached:
            assert min(working) == (0, ())
            assert found.plan == ()
            return
        assert found.least is not None
        assert found.least.effort == min(working)[0]
        listed = {tuple(sorted(c.item for c in chosen)) for chosen in found.least.sets}
        assert listed <= {tuple(sorted(chosen)) for cost, chosen in working if cost == found.least.effort}
        # Removing any one action misses the target.
        plan = [one.choice.item for one in found.plan]
        for left in plan:
            assert not reached[tuple(name for name in missing if name in plan and name != left)]
        after = score(definition, [done(given_, dict.fromkeys(plan, "1"))])
        assert found.outcome is not None
        assert float(found.outcome.index or 0) == after.rows[0].index

    @settings(max_examples=20, deadline=None)
    @given(situations())
    def test_doing_an_action_never_lowers_anything(self, situation: tuple[EntityAnswers, Effort]) -> None:
        given_, _ = situation
        definition = small()
        before = score(definition, [given_]).table
        for action in of(definition, given_).actions:
            after = score(definition, [done(given_, {action.item.id: action.step.value})]).table
            assert (after.score >= before.score - 1e-12).all()
            assert (after.level >= before.level).all()
            assert (after.staged_level >= before.staged_level).all()

    @pytest.mark.parametrize("rule", ["min", "median", "geometric"])
    def test_of_rules_that_are_no_sums_is_found_by_trying(self, rule: str) -> None:
        definition = tree(*(item(name, weight=1) for name in "pqr"), scales=MET, rule=rule, levels=levels(2))
        given_ = answers({"p": "1", "q": "1", "r": "2"})
        found = of(definition, given_, Wish(level=2))
        assert found.least is not None
        assert not found.least.exact
        changes = {one.choice.item: one.choice.value for one in found.plan}
        scored = score(definition, [done(given_, changes)])
        assert scored.node(scored.rows[0], "m", "m").level == 2
        for left in changes:
            rest = {name: value for name, value in changes.items() if name != left}
            scored = score(definition, [done(given_, rest)])
            assert scored.node(scored.rows[0], "m", "m").level == 1

    def test_a_gate_counts(self) -> None:
        # The mean of p and q would do with one of them, but below 2 in q the level is capped.
        definition = tree(
            *(item(name, weight=1) for name in "pq"),
            scales=MET,
            levels=levels(2),
            gates=[gate("q", below=2, cap_level=1)],
        )
        found = of(definition, answers({"p": "3", "q": "1"}), Wish(level=2))
        assert [one.choice.item for one in found.plan] == ["q"]
        assert found.least is not None
        assert not found.least.exact


class TestTargets:
    def test_several_nodes_at_once(self) -> None:
        targets = (Target("m", "C1", level=3), Target("m", "B", score=1))  # type: ignore[arg-type]
        found = of(small(), answers(""), Wish(targets=targets))
        # C1 has to be above 2: 3 of 6 points give 3, by c (3) or by a and b (1 + 2). B needs 1: a gives 1.
        assert found.least is not None
        assert found.least.effort == 4
        assert {one.choice.item for one in found.plan} == {"C1-a", "C1-b", "C3-a"}

    def test_one_that_nothing_reaches_is_told_apart(self) -> None:
        definition = small()
        wish = Wish(targets=(Target("m", "m", score=Fraction(6)), Target("m", "A", level=6)))
        found = of(definition, answers("C1-a C1-b C1-c C2-a C2-b"), wish)
        assert found.planned_for == (0,)
        assert found.aims[1].reached

    def test_targets_of_another_entity_do_not_count(self) -> None:
        found = of(small(), answers(""), Wish(targets=(Target("m", "C1", level=3, entity="2"),)))
        assert found.aims == ()


class TestPhases:
    def test_the_plan_goes_into_phases_with_room(self) -> None:
        wish = Wish(level=6, effort=Effort(), phases=phases_of((6, 18), (3, 4)))
        found = of(small(), answers("C1-a C1-b C2-a C3-a"), wish)
        placed = {one.choice.item: one.phase for one in found.plan}
        # Above 5 of 6: C2-b (2) and C3-b (2) come before C1-c and C3-c (3 each) by level.
        assert placed["C2-b"] == 0
        assert set(placed.values()) >= {0, 1}

    def test_without_limits_it_is_spread(self) -> None:
        found = of(small(), answers(""), Wish(level=6, phases=phases_of((6, 18, 36))))
        assert [one.phase for one in found.plan] == sorted(one.phase or 0 for one in found.plan)

    def test_the_first_action_is_not_put_off(self) -> None:
        loads = [Load(str(effort), effort) for effort in (2, 3, 3, 3)]
        # Half of each is done after 1, 3.5, 6.5 and 9.5 of 11 parts of 36 months: 3.3, 11.5, 21.3 and 31.1.
        assert schedule(loads, phases_of((6, 18, 36))) == (0, 1, 2, 2)


def test_every_set_of_the_example_reaches_its_target_and_no_smaller_one_does() -> None:

    stored = scored_example()
    example = Round.of(stored)
    for code in ("EJ-02", "EJ-07", "EJ-10"):
        found = roadmap_of(example, code, Wish(effort=Effort({1: 1, 2: 2, 3: 3, 4: 5, 5: 8, 6: 13})))
        assert found.least is not None
        variants = [[choice.item for choice in chosen] for chosen in found.least.sets]
        variants += [[name for name in variants[0] if name != left] for left in variants[0]]
        ones = [
            replace(
                done(stored.answers[code], dict.fromkeys(names, "1")),
                entity=replace(stored.answers[code].entity, code=f"V{number}"),
            )
            for number, names in enumerate(variants)
        ]
        scored = score(stored.questionnaire, ones, results_basis=stored.index.results_basis or None)
        wanted = found.aims[0].target.level or 0
        reached = {
            row.entity.code: (scored.node(row, "capacities", "capacities").level or 0) >= wanted
            for row in scored.rows
        }
        assert reached == {f"V{n}": n < len(found.least.sets) for n in range(len(variants))}
