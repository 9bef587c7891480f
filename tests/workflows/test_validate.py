"""Every problem with its place, and a line for each file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from builders import answers, mini, mini_answers
from ctimaturity.model.canonical import canonical_json
from ctimaturity.workbook.completion import Completeness
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.validate import Validation, Verdict, validate
from returned import ANSWERS, book, edited, names_of, put, who

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mini.json").write_bytes(canonical_json(mini()))
    made = tmp_path / "returned"
    made.mkdir()
    return made


def look(folder: Path) -> Validation:
    return validate([folder], ReadingOptions(questionnaire=str(folder.parent / "mini.json"), jobs=1))


def test_a_line_for_each_file(folder: Path) -> None:
    good = book(mini_answers(who("05")), perception="counts")
    (folder / "a.xlsx").write_bytes(good)
    bad = book(answers(who("05001"), {"C-1-a": 1, "C-1-b": 1}))
    (folder / "b.xlsx").write_bytes(edited(bad, put(ANSWERS, "C-1-a", "answer", 9)))
    (folder / "c.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "d.xlsx").write_bytes(book(answers(who(""), {"C-1-a": 1})))
    shutil.copy(folder / "a.xlsx", folder / "e.xlsx")
    validation = look(folder)
    assert [(row.file.rpartition("/")[2], row.entity_code, row.verdict) for row in validation.rows] == [
        ("a.xlsx", "05", Verdict.ACCEPTED),
        ("b.xlsx", "05001", Verdict.REFUSED),
        ("c.xlsx", "", Verdict.UNREADABLE),
        ("d.xlsx", "", Verdict.UNREADABLE),
        ("e.xlsx", "", Verdict.COPY),
    ]
    first, second, *_ = validation.rows
    assert (first.entity_name, first.definition) == ("Antioquia", "mini@1 1.0.0")
    assert first.completeness == {
        "capacities": Completeness(6, 6),
        "perception": Completeness(4, 4, 60),
        "results": Completeness(4, 4),
    }
    assert (first.answered, first.asked, first.errors, first.warnings) == (14, 14, 0, 0)
    assert second.completeness["capacities"] == Completeness(1, 6)
    assert second.completeness["results"] == Completeness(0, 3)
    assert second.errors == 1


def test_findings_stand_in_order_with_their_places(folder: Path) -> None:
    data = book(answers(who("05001"), {"C-1-a": 1}), cover={"entity_code": "5001"})
    (folder / "a.xlsx").write_bytes(edited(data, put(ANSWERS, "C-2-c", "answer", True)))
    validation = look(folder)
    assert names_of(validation.diagnostics) == [
        "blanks-unconfirmed",
        "entity-code-completed",
        "boolean-answer",
    ]
    assert validation.diagnostics[2].location.item == "C-2-c"


def test_contradictions_between_copies_are_found(folder: Path) -> None:
    for name, mark in (("a", 1), ("b", 0)):
        data = book(answers(who("05001"), {"C-1-a": mark}))
        (folder / f"{name}.xlsx").write_bytes(data)
    validation = look(folder)
    assert names_of(validation.diagnostics).count("answers-contradict") == 2
    assert [row.verdict for row in validation.rows] == [Verdict.REFUSED] * 2


def test_confirmed_blanks_are_answered(folder: Path) -> None:
    data = book(answers(who("05001"), {"C-1-a": 1}), cover={"confirm_blank:capacities": "Sí"})
    (folder / "a.xlsx").write_bytes(data)
    (row,) = look(folder).rows
    assert row.completeness["capacities"] == Completeness(6, 6)
