from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.analysis.change import ChangeSource, Presence
from ctimaturity.analysis.comparison import compare, progress_ranking, rank_changes
from ctimaturity.model.response import Covariance, EntityAnswers
from ctimaturity.model.rule import Blanks
from ctimaturity.scoring.index import score
from rounds import round_of

if TYPE_CHECKING:
    from ctimaturity.analysis.round import Round

MINI = b.mini()


def surveyed(answers: EntityAnswers, variance: float) -> EntityAnswers:
    """The same with covariances of the dimensions and of one statement."""
    survey = answers.tallies["perception"]
    found = tuple(
        Covariance("all", a, c, 60, variance if a == c else 0.0)
        for a, c in (
            ("personas", "personas"),
            ("personas", "habitat"),
            ("habitat", "habitat"),
            ("P-4", "P-4"),
        )
    )
    return replace(answers, tallies={"perception": replace(survey, covariances=found)})


def test_entities_are_matched_by_their_code() -> None:
    before = round_of(MINI, b.mini_answers("05001"), b.mini_answers("08001"))
    after = round_of(MINI, b.mini_answers("05001"), b.mini_answers("11001"))
    found = {each.entity.code: each.presence for each in compare(before, after).entities}
    assert found == {"05001": Presence.RETURNING, "08001": Presence.GONE, "11001": Presence.NEW}


def test_a_node_has_both_rounds_and_the_level_it_moved() -> None:
    (entity,) = compare(
        round_of(MINI, b.mini_answers(mark=2)), round_of(MINI, b.mini_answers(mark=4))
    ).entities
    node = entity.node("results", "habitat")
    assert node is not None
    assert node.before is not None
    assert node.after is not None
    assert (node.before.score, node.after.score, node.change) == (2.0, 4.0, 2.0)
    # Sixths of [1, 6]: 2 lies in the second (1.83, 2.67], 4 in the fourth (3.5, 4.33].
    assert (node.before.level, node.after.level, node.level_change) == (2, 4, 2)
    assert {each.source for each in node.contributions} == {ChangeSource.ANSWERS}


def test_what_a_survey_moves_is_said_to_come_from_it() -> None:
    (entity,) = compare(
        round_of(MINI, b.mini_answers(mark=2)), round_of(MINI, b.mini_answers(mark=4))
    ).entities
    node = entity.node("profile", "habitat")
    assert node is not None
    # The mean of perception (P-4) and results, each from 2 to 4.
    assert [(each.source, each.item, each.value) for each in node.contributions] == [
        (ChangeSource.SURVEY, "P-4", pytest.approx(1.0)),
        (ChangeSource.ANSWERS, "R-3", pytest.approx(1.0)),
    ]


def test_a_refused_entity_is_matched_without_numbers() -> None:
    before = round_of(MINI, b.mini_answers())
    after = round_of(MINI, replace(b.mini_answers(), refused=True))
    (entity,) = compare(before, after).entities
    assert entity.presence is Presence.RETURNING
    assert entity.nodes == ()
    assert entity.rank is None


def test_a_withheld_index_has_no_change() -> None:
    before = round_of(MINI, b.answers("05001", b.mini_answers().responses))
    after = round_of(MINI, b.mini_answers())
    (entity,) = compare(before, after).entities
    index, capacity = entity.node("index", "index"), entity.node("capacities", "C-1")
    assert index is not None
    assert index.change is None
    assert index.contributions == ()
    assert capacity is not None
    assert capacity.change == 0.0


class TestSamplingError:
    def change(self, after_mark: int, variance: float) -> tuple[float | None, bool | None]:
        before = round_of(MINI, surveyed(b.mini_answers(mark=3), variance))
        after = round_of(MINI, surveyed(b.mini_answers(mark=after_mark), variance))
        (entity,) = compare(before, after).entities
        node = entity.node("perception", "habitat")
        assert node is not None
        return node.standard_error, node.distinguishable

    def test_both_rounds_add_their_variance(self) -> None:
        # sqrt(0.08 + 0.08) = 0.4; a change of 1 is 2.5 of them, more than 1.96.
        assert self.change(4, 0.08) == (pytest.approx(0.4), True)

    def test_a_change_within_it_is_not_told_from_none(self) -> None:
        # sqrt(0.18 + 0.18) = 0.6; a change of 1 is 1.67 of them.
        assert self.change(4, 0.18) == (pytest.approx(0.6), False)

    def test_the_whole_survey_has_that_of_its_dimensions(self) -> None:
        before = round_of(MINI, surveyed(b.mini_answers(mark=3), 0.08))
        (entity,) = compare(before, before).entities
        node = entity.node("perception", "perception")
        assert node is not None
        # (0.08 + 0.08) / 4 in each round.
        assert node.standard_error == pytest.approx(0.08**0.5)

    def test_counts_alone_tell_nothing(self) -> None:
        one = round_of(MINI, b.mini_answers())
        (entity,) = compare(one, one).entities
        node = entity.node("perception", "habitat")
        assert node is not None
        assert (node.standard_error, node.distinguishable) == (None, None)

    def statement(self, before: EntityAnswers, after: EntityAnswers) -> tuple[float | None, bool | None]:
        (entity,) = compare(round_of(MINI, before), round_of(MINI, after)).entities
        node = entity.node("perception", "P-4")
        assert node is not None
        return node.standard_error, node.distinguishable

    def counted(self, people: dict[str, int], **segments: dict[str, dict[str, int]]) -> EntityAnswers:
        """One entity that is known by counts alone: of P-4 what is given, of the others a 3."""
        others = {item: {"3": 4} for item in ("P-1", "P-2", "P-3")}
        survey = b.tallies(
            MINI, {name.replace("_", "-"): {**others, **row} for name, row in segments.items()}
        )
        who = replace(b.entity(), population=people)
        return replace(b.mini_answers(who), tallies={"perception": survey})

    def test_counts_alone_tell_it_of_a_statement(self) -> None:
        before = self.counted({}, academia={"P-4": {"1": 2, "3": 2}})
        after = self.counted({}, academia={"P-4": {"4": 3, "5": 1}})
        # Means 2 and 4.25. s^2 of 1, 1, 3, 3 is 4/3, of 4, 4, 4, 5 it is 1/4; each by 4 answers.
        error = (4 / 3 / 4 + 1 / 4 / 4) ** 0.5
        assert self.statement(before, after) == (pytest.approx(error), True)
        # sqrt(2/3) = 0.816 without a change.
        assert self.statement(before, before) == (pytest.approx((2 / 3) ** 0.5), False)

    def test_counts_of_segments_with_a_population_are_strata(self) -> None:
        people = {"academia": 100, "sector-publico": 300}
        one = self.counted(
            people, academia={"P-4": {"1": 2, "3": 2}}, sector_publico={"P-4": {"4": 3, "5": 1}}
        )
        # (1/4)^2 (4/3)/4 + (3/4)^2 (1/4)/4 in each round.
        variance = 1 / 16 / 3 + 9 / 16 / 16
        assert self.statement(one, one) == (pytest.approx((2 * variance) ** 0.5), False)
        # Without a population the eight are one sample: 1, 1, 3, 3, 4, 4, 4, 5 has s^2 = 2.125 (sum of
        # squares 93, mean 25/8, so 93 - 78.125 = 14.875 by 7).
        mixed = self.counted({}, academia={"P-4": {"1": 2, "3": 2}}, sector_publico={"P-4": {"4": 3, "5": 1}})
        assert self.statement(mixed, mixed) == (pytest.approx((2 * 2.125 / 8) ** 0.5), False)

    def test_a_segment_that_did_not_answer_it_has_no_weight_in_it(self) -> None:
        people = {"academia": 100, "sector-publico": 300}
        one = self.counted(people, academia={"P-4": {"1": 2, "3": 2}}, sector_publico={})
        assert self.statement(one, one) == (pytest.approx((2 / 3) ** 0.5), False)

    def test_one_answer_has_no_spread(self) -> None:
        one = self.counted({}, academia={"P-4": {"1": 1}})
        assert self.statement(one, one) == (None, None)
        people = {"academia": 100, "sector-publico": 300}
        two = self.counted(people, academia={"P-4": {"1": 2, "3": 2}}, sector_publico={"P-4": {"1": 1}})
        assert self.statement(two, two) == (None, None)

    def test_where_everyone_answered_alike_a_change_is_not_judged(self) -> None:
        before = self.counted({}, academia={"P-4": {"2": 4}})
        after = self.counted({}, academia={"P-4": {"4": 4}})
        assert self.statement(before, after) == (0.0, None)
        assert self.statement(before, before) == (0.0, False)

    def test_nothing_is_known_where_blanks_count(self) -> None:
        asked = [
            each.model_copy(update={"blanks": Blanks.WORST}) if each.id == "perception" else each
            for each in MINI.measurements
        ]
        definition = MINI.model_copy(update={"measurements": asked})
        one = round_of(definition, surveyed(b.mini_answers(), 0.08))
        (entity,) = compare(one, one).entities
        found = {node.standard_error for node in entity.nodes}
        assert found == {None}

    def test_segments_with_a_population_are_strata(self) -> None:
        who = replace(b.entity(), population={"academia": 100, "sector-publico": 300})
        row = {"P-4": {"3": 30}, "P-1": {"3": 30}, "P-2": {"3": 30}, "P-3": {"3": 30}}
        survey = b.tallies(MINI, {"academia": row, "sector-publico": row})
        found = tuple(Covariance(name, "P-4", "P-4", 30, 0.16) for name in ("academia", "sector-publico"))
        answers = replace(b.mini_answers(who), tallies={"perception": replace(survey, covariances=found)})
        one = round_of(MINI, answers)
        (entity,) = compare(one, one).entities
        node = entity.node("perception", "P-4")
        assert node is not None
        # (1/16 + 9/16) 0.16 = 0.1 in each round.
        assert node.standard_error == pytest.approx(0.2**0.5)


def test_what_the_definition_alone_moves_is_told_apart() -> None:
    old = b.tree(b.item("A", weight=1), b.item("B"))
    new = b.tree(b.item("A", weight=3), b.item("B"))
    first, last = b.answers("05001", {"A": 2, "B": 4}), b.answers("05001", {"A": 4, "B": 4})
    found = compare(round_of(old, first), round_of(new, last), carried={"05001": first})
    node = found.entities[0].node("m", "m")
    assert found.redefined
    assert node is not None
    # (2 + 4) / 2 = 3; the new weights make it (6 + 4) / 4 = 2.5; A then adds 3/4 * 2.
    assert [(each.source, each.item, each.value) for each in node.contributions] == [
        (ChangeSource.DEFINITION, "", pytest.approx(-0.5)),
        (ChangeSource.ANSWERS, "A", pytest.approx(1.5)),
    ]
    assert node.change == pytest.approx(1.0)


def test_a_change_of_basis_is_no_doing_of_the_entity() -> None:
    answers = b.mini_answers()
    marks = {f"R-{n}": b.indicator(criterion=2, own_mark=5) for n in (1, 2, 3)}
    answers = replace(answers, responses={**answers.responses, **marks})
    before = round_of(MINI, answers)
    after = replace(before, index=score(MINI, [answers], results_basis="self"))
    node = compare(before, after).entities[0].node("results", "habitat")
    assert node is not None
    # Its only indicator goes from its criterion mark to the entity's own, from 2 to 5.
    assert [(each.source, each.item, each.value) for each in node.contributions] == [
        (ChangeSource.REFERENCE, "R-3", pytest.approx(3.0))
    ]


def test_progress_is_told() -> None:
    one = round_of(MINI, b.mini_answers("05001"), b.mini_answers("08001"))
    told: list[tuple[int, int]] = []
    compare(one, one, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


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
