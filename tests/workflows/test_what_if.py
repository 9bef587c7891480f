from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

import builders as b
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.reference import Reference, ReferenceRange
from ctimaturity.model.response import State
from ctimaturity.model.rule import Direction
from ctimaturity.scoring.index import score
from ctimaturity.workflows.explain import what_if

if TYPE_CHECKING:
    from ctimaturity.model.response import EntityAnswers

MINI = b.mini()
ENTITY = "05001"
CUTS = tuple(Decimal(cut) for cut in (10, 20, 30, 40, 50))
RISING = ReferenceRange("R-1", Direction.HIGHER, CUTS)
FALLING = ReferenceRange("R-2", Direction.LOWER, CUTS)
YES_NO = ReferenceRange("R-3", Direction.HIGHER, yes_no=True)


def assessed(*answers: EntityAnswers, reference: Reference | None = None, **options: str) -> Assessment:
    given = answers or (b.mini_answers(ENTITY), b.mini_answers("05002", 5), b.mini_answers("05003", 3))
    return Assessment(
        questionnaire=MINI,
        answers={each.entity.code: each for each in given},
        index=score(MINI, given, reference=reference, results_basis=options.get("basis")),
        diagnostics=(),
        options=MappingProxyType({}),
        inputs=MappingProxyType({}),
        reference=reference,
    )


def valued(**values: int) -> Assessment:
    """One entity with these values of R-1, R-2 and R-3, all marked by ranges."""
    answers = b.mini_answers(ENTITY)
    indicators = {item.replace("_", "-"): b.indicator(4, 4, value) for item, value in values.items()}
    answers = b.answers(ENTITY, {**answers.responses, **indicators}, answers.tallies.values())
    return assessed(answers, reference=Reference((RISING, FALLING, YES_NO)))


class TestWhatChanges:
    def test_the_index_of_three_measurements(self) -> None:
        before = assessed()
        found = what_if(before, ENTITY, ["C-1-c=1", "C-2-c=1"])
        row = next(row for row in found.after.index.rows if row.entity.code == ENTITY)
        # Capacities 6, perception 4, results 4; (6 + 4 + 4) / 3 = 14/3.
        assert row.index == 14 / 3
        # Before: capacities 6 * 3 / 6 = 3, so (3 + 4 + 4) / 3, third of 11/3, (3 + 5 + 5) / 3 and 3.
        ranks = [next(r.rank for r in a.index.rows if r.entity.code == ENTITY) for a in (before, found.after)]
        assert ranks == [2, 1]
        assert [(s.item, s.part, s.before, s.after) for s in found.settings] == [
            ("C-1-c", "answer", "0", "1"),
            ("C-2-c", "answer", "0", "1"),
        ]

    def test_the_others_keep_their_numbers(self) -> None:
        before = assessed()
        after = what_if(before, ENTITY, ["C-1-c=1"]).after
        for old in before.index.rows:
            if old.entity.code != ENTITY:
                new = next(row for row in after.index.rows if row.entity.code == old.entity.code)
                assert (new.index, new.level) == (old.index, old.level)

    def test_an_answer_that_stands_already_keeps_its_source(self) -> None:
        before = assessed()
        after = what_if(before, ENTITY, ["C-1-a=1"]).after
        assert after.answers[ENTITY].responses["C-1-a"] is before.answers[ENTITY].responses["C-1-a"]

    @pytest.mark.parametrize("written", ["C-1-a=", "C-1-a=blank", "C-1-a=En blanco"])
    def test_nothing_is_a_blank(self, written: str) -> None:
        after = what_if(assessed(), ENTITY, [written]).after
        assert after.answers[ENTITY].responses["C-1-a"].state is State.BLANK

    def test_the_words_of_an_option_are_its_code(self) -> None:
        after = what_if(assessed(), ENTITY, ["C-1-c=opción 1"]).after
        assert after.answers[ENTITY].responses["C-1-c"].option == "1"


class TestIndicators:
    def test_a_mark_is_the_one_that_counts(self) -> None:
        (setting,) = what_if(assessed(), ENTITY, ["R-1=6"]).settings
        assert (setting.part, setting.before, setting.after) == ("criterion", "4", "6")
        (setting,) = what_if(assessed(basis="self"), ENTITY, ["R-1=6"]).settings
        assert (setting.part, setting.before, setting.after) == ("own_mark", "4", "6")

    @pytest.mark.parametrize(
        ("present", "written", "value"),
        [
            # Cuts 10 20 30 40 50, a value on a cut has the better mark: mark 4 is [30, 40).
            pytest.param(25, "R-1=4", 30, id="up-to-the-cut"),
            pytest.param(45, "R-1=4", 35, id="down-to-the-middle"),
            pytest.param(33, "R-1=4", 33, id="there-already"),
            # Lower is better and mirrored: mark 4 is (20, 30], mark 6 is up to 10.
            pytest.param(45, "R-2=4", 30, id="down-is-better"),
            pytest.param(45, "R-2=6", 10, id="best-of-lower"),
            pytest.param(0, "R-3=6", 1, id="yes"),
            pytest.param(1, "R-3=1", 0, id="no"),
        ],
    )
    def test_where_the_value_counts_a_mark_sets_the_nearest_value(
        self, present: int, written: str, value: int
    ) -> None:
        item, _, mark = written.partition("=")
        found = what_if(valued(**{item.replace("-", "_"): present}), ENTITY, [written])
        (setting,) = found.settings
        assert (setting.part, setting.after, setting.mark) == ("value", str(value), mark)
        row = next(row for row in found.after.index.rows if row.entity.code == ENTITY)
        assert found.after.index.node(row, "results", item).score == float(mark)
        assert found.diagnostics == ()

    def test_a_value_moves_what_it_marks(self) -> None:
        found = what_if(valued(R_1=25), ENTITY, ["R-1.value=50,5"])
        row = found.after.index.rows[0]
        assert found.after.index.node(row, "results", "R-1").score == 6.0

    def test_what_does_not_count_is_said(self) -> None:
        found = what_if(assessed(), ENTITY, ["R-1.value=50"])
        (finding,) = found.diagnostics
        assert finding.code.id == "S408"
        assert finding.location.item == "R-1"
        assert found.after.index.rows[0].index == found.before.index.rows[0].index

    def test_a_blank_indicator_has_nothing_left(self) -> None:
        response = what_if(assessed(), ENTITY, ["R-1="]).after.answers[ENTITY].responses["R-1"]
        assert (response.state, response.criterion, response.own_mark) == (State.BLANK, "", "")

    @pytest.mark.parametrize("written", ["R-1=na", "R-1=sin datos", "R-1=No data", "R-1=s/d"])
    def test_no_data_is_left_out_of_the_mean(self, written: str) -> None:
        answers = b.mini_answers(ENTITY)
        better = b.answers(ENTITY, {**answers.responses, "R-1": b.indicator(6, 6)}, answers.tallies.values())
        found = what_if(assessed(better), ENTITY, [written])
        (setting,) = found.settings
        assert (setting.before, setting.after) == ("6", "sin dato")
        row = found.after.index.rows[0]
        # are those of personas: 6 and 4 before, 4 alone now.
        before = found.before.index.node(found.before.index.rows[0], "results", "R-1")
        after = found.after.index.node(row, "results", "R-1")
        assert (before.state, after.state, after.score) == ("answered", "no_data", None)
        assert found.after.index.node(row, "results", "results").score == 4.0


class TestStatements:
    def test_a_mean_over_everybody(self) -> None:
        found = what_if(assessed(), ENTITY, ["P-1=4.5"])
        (setting,) = found.settings
        assert (setting.before, setting.after, setting.segment) == ("4", "4.5", "")
        row = next(row for row in found.after.index.rows if row.entity.code == ENTITY)
        node = found.after.index.node(row, "perception", "P-1")
        assert node.score == 4.5
        old = next(row for row in found.before.index.rows if row.entity.code == ENTITY)
        assert node.n == found.before.index.node(old, "perception", "P-1").n
        other = found.after.index.node(row, "perception", "P-2")
        assert other.score == 4.0

    def test_a_mean_in_one_segment(self) -> None:
        before = assessed()
        tallies = before.answers[ENTITY].tallies["perception"]
        found = what_if(before, ENTITY, [f"P-1.{tallies.segments[0]}=6"])
        after = found.after.answers[ENTITY].tallies["perception"]
        (setting,) = found.settings
        assert (setting.before, setting.after, setting.segment) == ("4", "6", tallies.segments[0])
        assert (after.counts[1:] == tallies.counts[1:]).all()
        n = tallies.respondents
        row = next(row for row in found.after.index.rows if row.entity.code == ENTITY)
        # n of the first segment say 6, the others 4.
        wanted = (6 * n[0] + 4 * n[1:].sum()) / n.sum()
        assert found.after.index.node(row, "perception", "P-1").score == pytest.approx(wanted, abs=1e-12)

    def test_a_mean_that_so_many_answers_do_not_give_is_named(self) -> None:
        """Of 60 answers 19 say 5 instead of 4: 4 + 19/60 = 4.3167 is nearer to 4.31 than 4 + 18/60 = 4.3."""
        found = what_if(assessed(), ENTITY, ["P-1=4.31"])
        (setting,) = found.settings
        assert found.after.answers[ENTITY].tallies["perception"].respondents.sum() == 60
        assert (setting.after, setting.asked) == ("4.3167", "4.31")
        (exact,) = what_if(assessed(), ENTITY, ["P-1=4.3"]).settings
        assert (exact.after, exact.asked) == ("4.3", "")


class TestWhatCannotBeSet:
    @pytest.mark.parametrize(
        ("written", "code", "item"),
        [
            pytest.param("C-1-a", "S401", "C-1-a", id="no-answer"),
            pytest.param("=1", "S401", "", id="no-item"),
            pytest.param("R-1.=1", "S401", "R-1", id="no-part-after-the-point"),
            pytest.param("C-1-z=1", "S402", "C-1-z", id="no-such-item"),
            pytest.param("R-4=1", "S402", "R-4", id="not-of-this-type"),
            pytest.param("P-1.nobody=4", "S404", "P-1", id="no-such-segment"),
            pytest.param("P-1=7", "S405", "P-1", id="no-such-mean"),
            pytest.param("P-1=high", "S405", "P-1", id="no-mean"),
            pytest.param("R-1.value=na", "S405", "R-1", id="no-data-of-one-part"),
            pytest.param("C-1-a=na", "S405", "C-1-a", id="no-data-of-an-answer"),
            pytest.param("C-1-a.value=1", "S404", "C-1-a", id="no-such-part"),
            pytest.param("C-1-a=7", "S405", "C-1-a", id="no-such-option"),
            pytest.param("R-1.value=1,234", "S405", "R-1", id="thousands-or-decimals"),
        ],
    )
    def test_each_with_its_code(self, written: str, code: str, item: str) -> None:
        with pytest.raises(JobError) as caught:
            what_if(assessed(), ENTITY, [written])
        (finding,) = caught.value.diagnostics
        assert (finding.code.id, finding.location.item) == (code, item)

    def test_all_are_told_at_once(self) -> None:
        with pytest.raises(JobError) as caught:
            what_if(assessed(), ENTITY, ["C-1-a=7", "C-1-b", "P-1.nobody=1"])
        assert sorted(finding.code.id for finding in caught.value.diagnostics) == ["S401", "S404", "S405"]

    def test_a_statement_without_answers_has_no_mean_to_move(self) -> None:
        answers = b.mini_answers(ENTITY)
        alone = b.answers(ENTITY, answers.responses)
        with pytest.raises(JobError) as caught:
            what_if(assessed(alone, b.mini_answers("05002")), ENTITY, ["P-1=4"])
        assert [finding.code.id for finding in caught.value.diagnostics] == ["S403"]

    @pytest.mark.parametrize("second", ["P-1=5", "P-1.academia=5"])
    def test_a_statement_is_set_as_a_whole_or_by_segment(self, second: str) -> None:
        with pytest.raises(JobError) as caught:
            what_if(assessed(), ENTITY, ["P-1=4", second])
        assert [finding.code.id for finding in caught.value.diagnostics] == ["S406"]

    @pytest.mark.parametrize("second", ["C-1-a=0", "C-1-a.answer=1"])
    def test_an_item_is_set_once(self, second: str) -> None:
        with pytest.raises(JobError) as caught:
            what_if(assessed(), ENTITY, ["C-1-a=1", second])
        assert [finding.code.id for finding in caught.value.diagnostics] == ["S406"]

    def test_a_mark_and_the_value_that_makes_it_are_one_answer(self) -> None:
        with pytest.raises(JobError) as caught:
            what_if(valued(R_1=25), ENTITY, ["R-1=4", "R-1.value=10"])
        assert [finding.code.id for finding in caught.value.diagnostics] == ["S406"]

    def test_a_refused_entity_has_no_score_to_change(self) -> None:
        refused = b.answers(ENTITY, {"C-1-a": 1}, refused=True)
        with pytest.raises(JobError) as caught:
            what_if(assessed(refused, b.mini_answers("05002")), ENTITY, ["C-1-b=1"])
        assert [finding.code.id for finding in caught.value.diagnostics] == ["S407"]

    def test_a_mark_that_no_value_is_worth(self) -> None:
        with pytest.raises(JobError) as caught:
            what_if(valued(R_3=0), ENTITY, ["R-3=4"])
        assert [finding.code.id for finding in caught.value.diagnostics] == ["S409"]

    def test_what_is_not_scored_cannot_be_set(self) -> None:
        answers = b.mini_answers(ENTITY)
        index = score(MINI, [answers], measurements=["results"])
        only = Assessment(MINI, {ENTITY: answers}, index, (), MappingProxyType({}), MappingProxyType({}))
        with pytest.raises(JobError) as caught:
            what_if(only, ENTITY, ["C-1-a=1"])
        assert [finding.code.id for finding in caught.value.diagnostics] == ["S402"]
