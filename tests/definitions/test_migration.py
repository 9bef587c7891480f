"""Answers taken over into another definition: what means the same, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import BLANK, NOT_APPLICABLE, answered, answers, everyone, indicator, mini, no_data, tallies
from ctimaturity.definitions.migration import lost_answers, migrate
from ctimaturity.definitions.route import Links, routes, within_edition
from ctimaturity.model.canonical import canonical_value
from ctimaturity.model.crosswalk import Fate, Why
from ctimaturity.model.questionnaire import Questionnaire
from ctimaturity.model.response import Response, State
from definition_edits import edited, item, node, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctimaturity.definitions.migration import Migrated
    from ctimaturity.model.response import EntityAnswers

GIVEN = {
    "C-1-a": "1",
    "C-1-b": BLANK,
    "C-2-a": Response(State.ANSWERED, option="0", confirmed=True),
    "R-1": indicator("3", "4", "12.5"),
    "R-2": no_data(),
}
MARKS = {"P-1": 2, "P-2": 3, "P-3": 4, "P-4": 5}


def full() -> EntityAnswers:
    return answers("05001", GIVEN, [everyone(mini(), MARKS)])


def over(
    edit: Callable[[dict[str, Any]], object], given: EntityAnswers | None = None, links: Links | None = None
) -> Migrated:
    new = edited(edit)
    return migrate(given or full(), routes(mini(), new, links or within_edition(mini(), new)))


def fates(found: Migrated, name: str) -> list[tuple[str, str, str]]:
    return [
        (passage.fate.value, passage.part, passage.why.value)
        for passage in found.passages
        if name in {passage.item, passage.source}
    ]


def test_nothing_is_lost_where_nothing_changed() -> None:
    given = full()
    found = migrate(given, routes(mini(), mini(), within_edition(mini(), mini())))
    assert {passage.fate for passage in found.passages} == {Fate.CARRIED}
    assert found.answers.tallies["perception"] is given.tallies["perception"]
    for name in ("C-1-a", "R-1", "R-2"):
        assert found.answers.responses[name] == given.responses[name]
    assert "C-1-b" not in found.answers.responses


def test_a_confirmed_blank_becomes_a_written_answer() -> None:
    """The old confirmation says nothing of what is asked anew."""
    found = over(lambda _: None)
    assert found.answers.responses["C-2-a"] == Response(State.ANSWERED, option="0")


def test_evidence_goes_along_where_the_answer_cannot() -> None:
    given = answers(
        "05001", {"C-1-a": Response(State.ANSWERED, option="1", evidence="acta", observation="x")}
    )
    found = over(lambda w: put(w["scales"]["met"]["options"][1], "points", "2"), given)
    assert found.answers.responses["C-1-a"] == Response(State.BLANK, evidence="acta", observation="x")
    assert fates(found, "C-1-a") == [("left-out", "", "scale")]


def test_an_item_that_is_gone_is_left_out_and_a_new_one_is_new() -> None:
    found = over(lambda w: put(item(w, "C-1-a"), "id", "C-1-z"))
    assert fates(found, "C-1-a") == [("left-out", "", "not-asked")]
    assert fates(found, "C-1-z") == [("new", "", "")]
    assert "C-1-z" not in found.answers.responses


def test_an_item_moved_and_reworded_is_the_same_item() -> None:
    def edit(written: dict[str, Any]) -> None:
        moved = node(written, "C-1")["items"].pop(0)
        node(written, "C-2")["items"].append(moved)
        moved["text"]["es"] = "otra"

    found = over(edit)
    assert found.answers.responses["C-1-a"] == answered("1")
    assert fates(found, "C-1-a") == [("carried", "", "reworded")]


def test_a_value_is_left_out_when_its_unit_changes_and_the_marks_stay() -> None:
    found = over(lambda w: put(item(w, "R-1"), "unit", "count"))
    assert found.answers.responses["R-1"] == indicator("3", "4")
    assert fates(found, "R-1") == [
        ("left-out", "value", "unit"),
        ("carried", "criterion", ""),
        ("carried", "own_mark", ""),
    ]


def test_marks_are_left_out_when_their_scale_gets_other_ends_and_the_value_stays() -> None:
    found = over(lambda w: w["scales"]["range"]["options"].pop())
    assert found.answers.responses["R-1"] == indicator("3", value="12.5")
    assert fates(found, "R-1")[2] == ("left-out", "own_mark", "scale")


def test_no_data_needs_its_reason() -> None:
    found = over(lambda w: put(w["no_data_reasons"][0], "id", "unknown"))
    assert "R-2" not in found.answers.responses
    assert fates(found, "R-2") == [("left-out", "", "reason")]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda w: put(w["measurements"][0]["not_applicable"], "policy", "forbid"), "policy"),
        (lambda w: put(w["scales"]["met"], "not_applicable", None), "policy"),
        (lambda w: put(w["no_data_reasons"][1], "id", "unlike"), "reason"),
    ],
)
def test_not_applicable_is_kept_only_where_it_may_be_said(
    edit: Callable[[dict[str, Any]], object], why: str
) -> None:
    def with_choice(written: dict[str, Any]) -> None:
        written["scales"]["met"]["not_applicable"] = {"code": "NA", "label": {"es": "No aplica", "en": "x"}}

    old = edited(with_choice)
    new = edited(edit, old)
    given = answers("05001", {"C-1-a": NOT_APPLICABLE})
    kept = migrate(given, routes(old, old, within_edition(old, old)))
    assert kept.answers.responses["C-1-a"] == NOT_APPLICABLE
    found = migrate(given, routes(old, new, within_edition(old, new)))
    assert fates(found, "C-1-a") == [("left-out", "", why)]


def test_numbers_need_the_same_range() -> None:
    def as_range(maximum: str) -> Questionnaire:
        def edit(written: dict[str, Any]) -> None:
            scale = {"range": {"minimum": "0", "maximum": maximum, "whole": False}, "options": []}
            written["scales"]["free"] = {"dont_know": None, "not_applicable": None, **scale}
            item(written, "C-1-a")["scale"] = "free"

        return edited(edit)

    old, other = as_range("10"), as_range("100")
    given = answers("05001", {"C-1-a": Response(State.ANSWERED, number=Decimal("7.5"))})
    same = migrate(given, routes(old, old, within_edition(old, old)))
    assert same.answers.responses["C-1-a"].number == Decimal("7.5")
    found = migrate(given, routes(old, other, within_edition(old, other)))
    assert fates(found, "C-1-a") == [("left-out", "", "scale")]


def test_a_statement_that_is_gone_is_left_out_with_all_its_answers() -> None:
    found = over(lambda w: node(w, "vivienda")["items"].clear())
    taken = found.answers.tallies["perception"]
    assert taken.items == ("P-1", "P-2", "P-3")
    assert taken.respondents.tolist() == [15, 15, 15, 15]
    # Four segments of 15 people each.
    assert lost_answers(found.passages) == {"P-4": 60}


def test_people_of_a_segment_that_is_gone_are_left_out() -> None:
    given = answers(
        "05001", {}, [tallies(mini(), {"academia": {"P-1": {"2": 3}}, "sociedad-civil": {"P-1": {"4": 5}}})]
    )
    found = over(lambda w: w["segments"].pop(0), given)
    taken = found.answers.tallies["perception"]
    assert taken.segments == ("sociedad-civil",)
    assert taken.counts.sum() == 5
    assert fates(found, "P-1") == [("carried", "", ""), ("left-out", "", "segment")]
    assert lost_answers(found.passages) == {"P-1": 3}


def test_another_scale_is_read_only_as_the_crosswalk_says() -> None:
    """Six steps on five: the crosswalk joins the two in the middle."""
    five = {str(code): str(code - (code > 3)) for code in range(1, 7)}

    def edit(written: dict[str, Any]) -> None:
        written["edition"] = "2"
        written["scales"]["agree"]["options"].pop()

    given = answers("05001", {}, [everyone(mini(), {"P-1": 4, "P-2": 3}, each=2)])
    same = {"P-1": "P-1", "P-2": "P-2"}
    silent = over(edit, given, Links(same=same))
    assert silent.answers.tallies == {}
    assert fates(silent, "P-1") == [("left-out", "", "scale")]
    found = over(edit, given, Links(same=same, rescale={("agree", "agree"): five}))
    taken = found.answers.tallies["perception"]
    assert {name: taken.counts[:, at].sum(axis=0).tolist() for at, name in enumerate(taken.items)} == {
        "P-1": [0, 0, 8, 0, 0, 0, 0],
        "P-2": [0, 0, 8, 0, 0, 0, 0],
    }
    assert {fate for fate, _, _ in fates(found, "P-1")} == {"rescaled"}


def test_what_is_near_is_named_and_not_taken() -> None:
    found = over(lambda _: None, links=Links(same={}, near={"C-2-a": "C-1-a"}))
    assert found.answers.responses == {}
    assert fates(found, "C-2-a") == [("new", "", "near"), ("left-out", "", "not-asked")]
    assert ("left-out", "", "near") in fates(found, "C-1-a")


STATES = st.sampled_from(
    [None, "0", "1", BLANK, NOT_APPLICABLE, no_data(), Response(State.ANSWERED, option="1", confirmed=True)]
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([f"C-{n}-{x}" for n in (1, 2) for x in "abc"]), STATES),
    st.lists(st.integers(0, 5), max_size=4),
)
def test_nothing_is_invented(given_answers: dict[str, Any], dropped: list[int]) -> None:
    """Whatever is answered afterwards was answered so before, and everything has a fate."""
    written = canonical_value(mini())
    for at in sorted(set(dropped), reverse=True):
        parts: Any = written["measurements"]
        parts[0]["root"]["children"][at // 3]["children"][0]["items"].pop(at % 3)
    new = Questionnaire.model_validate(written)
    given_ = answers("05001", given_answers)
    found = migrate(given_, routes(mini(), new, within_edition(mini(), new)))
    for name, response in found.answers.responses.items():
        before = given_.responses[name]
        assert (response.state, response.option) == (before.state, before.option)
    told = [passage.source for passage in found.passages if passage.fate is not Fate.NEW]
    said = [name for name, response in given_.responses.items() if response.state is not State.BLANK]
    assert sorted(told) == sorted(said)
    assert all(passage.why is not Why.NONE for passage in found.passages if passage.fate is Fate.LEFT_OUT)
