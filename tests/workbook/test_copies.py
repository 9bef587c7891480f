"""Copies of one workbook: what is said once stands, what is said twice must agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import answered, everyone, mini
from ctimaturity.model.response import Response, Source, State
from ctimaturity.workbook.completion import complete
from ctimaturity.workbook.copies import unite
from ctimaturity.workbook.cover import CoverEntries
from ctimaturity.workbook.identity import Identity
from ctimaturity.workbook.returned import ReturnedWorkbook
from returned import names_of, who

if TYPE_CHECKING:
    from ctimaturity.model.response import Tallies


ENTITY = who("05001")


def copy(file: str, *surveys: Tallies, **given: Response | int) -> ReturnedWorkbook:
    """A copy with answers by item (`C_1_a=1`)."""
    responses = {}
    for name, response in given.items():
        item = name.replace("_", "-")
        source = Source(file=file, sheet="Capacidades", cell="C7")
        filled = response if isinstance(response, Response) else answered(response)
        responses[item] = replace(filled, source=source)
    found = tuple(replace(survey, source=Source(file=file, sheet="Percepción")) for survey in surveys)
    return ReturnedWorkbook(file, Identity(), CoverEntries(), responses, found)


def options(united: object) -> dict[str, str]:
    return {item: one.option for item, one in united.responses.items() if one.state is not State.BLANK}  # type: ignore[attr-defined]


def test_answers_to_different_items_come_together() -> None:
    united = unite([copy("a.xlsx", C_1_a=1), copy("b.xlsx", C_1_b=0), copy("c.xlsx", C_2_a=1)], mini())
    assert options(united) == {"C-1-a": "1", "C-1-b": "0", "C-2-a": "1"}
    assert united.diagnostics == []


def test_the_same_answer_twice_is_one_answer() -> None:
    united = unite([copy("a.xlsx", C_1_a=1), copy("b.xlsx", C_1_a=1)], mini())
    assert options(united) == {"C-1-a": "1"}
    assert united.diagnostics == []


def test_two_answers_to_one_item_are_an_error_at_both_cells() -> None:
    united = unite([copy("a.xlsx", C_1_a=1), copy("b.xlsx", C_1_a=0)], mini())
    assert names_of(united.diagnostics) == ["answers-contradict"] * 2
    assert [str(found.location) for found in united.diagnostics] == [
        "a.xlsx[Capacidades!C7]",
        "b.xlsx[Capacidades!C7]",
    ]
    assert united.diagnostics[0].parameters["other"] == "b.xlsx[Capacidades!C7]"


def test_zero_against_blank_is_no_contradiction() -> None:
    blank = Response(State.BLANK, evidence="en trámite")
    united = unite([copy("a.xlsx", C_1_a=blank), copy("b.xlsx", C_1_a=0)], mini())
    assert options(united) == {"C-1-a": "0"}
    assert united.responses["C-1-a"].evidence == "en trámite"


def test_the_file_that_is_kept_wins() -> None:
    copies = [copy("a.xlsx", C_1_a=1, C_1_b=1), copy("b.xlsx", C_1_a=0, C_1_c=1)]
    united = unite(copies, mini(), "b.xlsx")
    assert options(united) == {"C-1-a": "0", "C-1-b": "1", "C-1-c": "1"}
    assert names_of(united.diagnostics) == ["contested-settled"]


def test_a_kept_file_settles_only_what_it_answers() -> None:
    copies = [copy("a.xlsx", C_1_a=1), copy("b.xlsx", C_1_a=0), copy("c.xlsx", C_1_b=1)]
    assert names_of(unite(copies, mini(), "c.xlsx").diagnostics) == ["answers-contradict"] * 2


def test_nobody_kept_leaves_contested_answers_blank() -> None:
    united = unite([copy("a.xlsx", C_1_a=1), copy("b.xlsx", C_1_a=0, C_1_b=1)], mini(), "none")
    assert options(united) == {"C-1-b": "1"}
    assert names_of(united.diagnostics) == ["contested-blanked"] * 2


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_the_order_of_the_copies_decides_nothing(order: list[int]) -> None:
    copies = [
        copy("a.xlsx", C_1_a=Response(State.ANSWERED, option="1", evidence="uno")),
        copy("b.xlsx", C_1_a=Response(State.ANSWERED, option="1", evidence="dos"), C_1_b=0),
        copy("c.xlsx", C_1_b=1),
    ]
    united = unite([copies[number] for number in order], mini())
    assert united.responses["C-1-a"].evidence == "dos · uno"
    assert {str(found.location) for found in united.diagnostics} == {
        "b.xlsx[Capacidades!C7]",
        "c.xlsx[Capacidades!C7]",
    }


FIRST = everyone(mini(), {"P-1": 3, "P-2": 3, "P-3": 3, "P-4": 3})
SECOND = everyone(mini(), {"P-1": 4, "P-2": 3, "P-3": 3, "P-4": 3})


def test_the_same_survey_in_two_copies_is_one() -> None:
    united = unite([copy("a.xlsx", FIRST), copy("b.xlsx", FIRST)], mini())
    assert united.diagnostics == []
    assert united.tallies["perception"].counts.sum() == FIRST.counts.sum()


def test_two_surveys_are_never_added_up() -> None:
    copies = [copy("a.xlsx", FIRST), copy("b.xlsx", SECOND)]
    contradicting = unite(copies, mini())
    assert names_of(contradicting.diagnostics) == ["two-surveys"] * 2
    assert "perception" not in contradicting.tallies
    kept = unite(copies, mini(), "b.xlsx")
    assert names_of(kept.diagnostics) == ["survey-settled"]
    assert kept.tallies["perception"].counts.tolist() == SECOND.counts.tolist()
    nobody = unite(copies, mini(), "none")
    assert names_of(nobody.diagnostics) == ["surveys-left-out"] * 2
    assert nobody.tallies == {}


def test_two_surveys_in_one_file_are_not_settled_by_keeping_the_file() -> None:
    united = unite([copy("a.xlsx", FIRST, SECOND)], mini(), "a.xlsx")
    assert names_of(united.diagnostics) == ["two-surveys"] * 2


def confirming(file: str, *blank: str, **given: Response | int) -> ReturnedWorkbook:
    """A copy whose cover confirms what is blank in capacities."""
    cells = {item: Source(file=file, sheet="Capacidades", cell="C9") for item in blank}
    return replace(copy(file, **given), confirmed=frozenset({"capacities"}), blanks=cells)  # type: ignore[arg-type]


def test_a_confirmed_blank_against_an_answer_is_a_contradiction_at_both_cells() -> None:
    first, second = confirming("a.xlsx", "C-1-b", C_1_a=1), copy("b.xlsx", C_1_b=1)
    united = unite([first, second], mini())
    assert sorted(str(found.location) for found in united.diagnostics) == [
        "a.xlsx[Capacidades!C9]",
        "b.xlsx[Capacidades!C7]",
    ]
    assert set(names_of(united.diagnostics)) == {"answers-contradict"}
    kept = unite([first, second], mini(), keep="b.xlsx")
    assert options(kept) == {"C-1-a": "1", "C-1-b": "1"}
    kept = unite([first, second], mini(), keep="a.xlsx")
    assert options(kept) == {"C-1-a": "1", "C-1-b": "0"}


def test_a_confirmed_blank_and_the_same_answer_agree() -> None:
    united = unite([confirming("a.xlsx", "C-1-b", C_1_a=1), copy("b.xlsx", C_1_b=0)], mini())
    assert united.diagnostics == []
    assert not united.responses["C-1-b"].confirmed


def test_the_confirmation_of_a_copy_that_answers_nothing_is_about_the_others() -> None:
    united = unite([confirming("a.xlsx", "C-1-a", "C-1-b"), copy("b.xlsx", C_1_b=1)], mini())
    assert options(united) == {"C-1-b": "1"}
    assert united.diagnostics == []


def test_what_is_contested_and_left_blank_is_not_confirmed_either() -> None:
    copies = [confirming("a.xlsx", "C-1-b", C_1_a=1), copy("b.xlsx", C_1_b=1)]
    lines = {"capacities": frozenset({"C-1-a", "C-1-b", "C-2-a"})}
    united = unite([replace(one, lines=lines) for one in copies], mini(), keep="none")
    found = complete(united, mini(), ENTITY, ("a.xlsx",), "es")
    assert united.responses["C-1-b"].state is State.BLANK
    assert [(one.code.name, one.parameters["count"]) for one in found if "count" in one.parameters] == [
        ("blanks-confirmed", 1)
    ]
