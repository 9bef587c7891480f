"""How people write answers: each spelling is read as a person reads it, or refused."""

from __future__ import annotations

import pytest

from builders import mini
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.workbook.answer import ChoiceReader
from ctimaturity.workbook.choice import scale_choices
from returned import ANSWERS, book, edited, names, put, read
from spellings import NAMES, SMALL, TABLE, outcome, reader


def test_every_spelling_is_read_as_a_person_reads_it() -> None:
    wrong = []
    count = 0
    for kind, outcomes in TABLE.items():
        known = reader(kind)
        for expected, written in outcomes.items():
            for each in written:
                count += 1
                found = outcome(known, each)
                if found != expected:
                    wrong.append(f"{kind}: {each!r} is {found}, not {expected}")
    assert not wrong, "\n".join(wrong)
    assert count >= 150
    assert NAMES.keys() == TABLE.keys()


def test_a_warning_says_what_was_taken() -> None:
    problem = reader("complies").read(Cell(CellKind.TEXT, "Sí", "Sí")).problem
    assert problem is not None
    assert (problem.code.id, problem.parameters["taken"]) == ("A220", "1 - Cumple")


def test_the_result_of_a_formula_says_so_however_it_is_written() -> None:
    problem = reader("complies").read(Cell(CellKind.TEXT, "Sí", "Sí", formula=True)).problem
    assert problem is not None
    assert problem.code.name == "formula-answer"


def test_codes_with_zeros_in_front() -> None:
    scale = SMALL["nothing-denied"].model_copy(
        update={
            "options": tuple(
                option.model_copy(update={"code": f"0{option.code}"})
                for option in SMALL["nothing-denied"].options
            )
        }
    )
    two = ChoiceReader(scale_choices(scale), "es")
    assert [outcome(two, written) for written in ("01", 1, "1", "00 - Opción A", "2")] == [
        "01",
        "01!",
        "01!",
        "00",
        "no",
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("1 - ene", "answer-words-unlike", id="words-unlike"),
        pytest.param("1 - opción 1, casi", "answer-words-unlike", id="a-doubt"),
        pytest.param("1 - opción 0", "answer-contradicts-itself", id="another-option"),
        pytest.param("(1)", "answer-taken-as", id="taken"),
    ],
)
def test_in_a_workbook(written: str, name: str) -> None:
    returned = read(edited(book(), put(ANSWERS, "C-1-a", "answer", written)), mini())
    assert name in names(returned)
    assert returned.refused == (name != "answer-taken-as")
