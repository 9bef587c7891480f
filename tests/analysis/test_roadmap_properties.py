"""What holds of roadmaps under any definition: random trees of all rules, random answers, scored anew."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import isnan
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import random_trees as trees
from ctimaturity.analysis.roadmap import Wish, roadmap_of
from ctimaturity.analysis.round import Round
from ctimaturity.model.response import Response, State
from ctimaturity.model.roadmap import Effort
from ctimaturity.model.score import PROFILE
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.analysis.roadmap import Roadmap
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers

pytestmark = pytest.mark.slow
CLOSE = 1e-9
SLOW = settings(
    deadline=None,
    # A failing tree is told as it is: making it smaller takes many minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
SUMS = ("mean", "sum", "points_share")


@st.composite
def situations(draw: st.DrawFn, rules: tuple[str, ...] = ()) -> tuple[Questionnaire, EntityAnswers]:
    definition = draw(trees.definitions(rules))
    given_ = draw(trees.answers(definition))
    never = trees.never_applicable(given_)
    questionnaire = trees.as_questionnaire(definition, never)
    return questionnaire, trees.as_answers("05001", given_, definition, questionnaire)


def done(answers: EntityAnswers, changes: Mapping[str, str]) -> EntityAnswers:
    answered = {name: Response(State.ANSWERED, option=value) for name, value in changes.items()}
    return replace(answers, responses={**answers.responses, **answered})


def at(questionnaire: Questionnaire, answers: EntityAnswers) -> Round:
    return Round("", questionnaire, {answers.entity.code: answers}, score(questionnaire, [answers]))


def made(questionnaire: Questionnaire, answers: EntityAnswers, wish: Wish) -> Roadmap:
    found = roadmap_of(at(questionnaire, answers), answers.entity.code, wish)
    assume(found.actions)
    return found


def reaches(
    questionnaire: Questionnaire, answers: EntityAnswers, found: Roadmap, changes: Mapping[str, str]
) -> bool:
    """Whether the entity, scored anew with these answers, reaches every target of its plan."""
    there = at(questionnaire, done(answers, changes))
    return all(found.aims[place].reached_by(there.evaluation, 0) for place in found.planned_for)


@settings(SLOW, max_examples=16)
@given(situations())
def test_doing_an_action_never_lowers_anything(situation: tuple[Questionnaire, EntityAnswers]) -> None:
    questionnaire, answers = situation
    before = at(questionnaire, answers)
    for action in made(questionnaire, answers, Wish()).actions:
        after = at(questionnaire, done(answers, {action.item.id: action.step.value}))
        assert action.gain_node >= 0
        assert action.gain_part >= 0
        assert action.gain_measurement >= 0
        assert (action.gain_index or 0) >= 0
        for place, column in before.columns.items():
            now, then = before.index.table.score[0, column], after.index.table.score[0, column]
            if place[0] != PROFILE and not isnan(now) and not isnan(then):
                assert then >= now - CLOSE, (action.item.id, place)


@settings(SLOW, max_examples=16)
@given(situations(), st.integers(1, 4))
def test_doing_the_set_reaches_the_targets_and_without_any_action_one_is_missed(
    situation: tuple[Questionnaire, EntityAnswers], level: int
) -> None:
    questionnaire, answers = situation
    found = made(questionnaire, answers, Wish(level=level))
    assume(found.plan)
    assert found.least is not None
    for chosen in found.least.sets:
        changes = {choice.item: choice.value for choice in chosen}
        assert reaches(questionnaire, answers, found, changes)
        for left in changes:
            rest = {name: value for name, value in changes.items() if name != left}
            assert not reaches(questionnaire, answers, found, rest)


@settings(SLOW, max_examples=4)
@given(situations(SUMS), st.data())
def test_no_set_of_less_effort_reaches_the_targets(
    situation: tuple[Questionnaire, EntityAnswers], data: st.DataObject
) -> None:
    questionnaire, answers = situation
    items = [item.id for each in questionnaire.measurements for item in each.items]
    effort = Effort(items={name: data.draw(st.integers(1, 3)) for name in items})
    found = made(questionnaire, answers, Wish(level=data.draw(st.integers(1, 4)), effort=effort))
    assume(found.least is not None and found.least.exact and found.plan and len(found.actions) <= 6)
    assert found.least is not None
    # An item with its own effort takes it once, so its best answer is never dearer than another.
    best = {action.item.id: action.opening.steps[-1].value for action in found.actions}
    for size in range(len(best)):
        for names in combinations(best, size):
            if sum(effort.items[name] for name in names) < found.least.effort:
                assert not reaches(questionnaire, answers, found, {name: best[name] for name in names})
