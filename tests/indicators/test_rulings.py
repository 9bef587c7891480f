"""The file of a reviewer's rulings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics.errors import JobError
from ctimaturity.indicators.rulings import read_rulings

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    path = folder / "decisiones.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_found_by_their_headers_and_undecided_lines_left_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "entity,item,ruling,reason,by,date,notes\n"
        "EJ-01,C-01-a,0,El acta no corresponde,Revisión,2026-11-02,x\n"
        "EJ-01,C-01-b,,,,,\n",
    )
    read = read_rulings(path)
    (ruling,) = read.rulings
    assert (ruling.entity, ruling.item, ruling.ruling, ruling.by, ruling.line) == (
        "EJ-01",
        "C-01-a",
        "0",
        "Revisión",
        2,
    )
    assert read.diagnostics == ()


def test_a_column_without_which_nothing_can_be_applied(tmp_path: Path) -> None:
    with pytest.raises(JobError) as error:
        read_rulings(written(tmp_path, "entity,item,reason\nEJ-01,C-01-a,x\n"))
    (finding,) = error.value.diagnostics
    assert (finding.code.id, finding.location.line) == ("E301", 1)
    assert finding.parameters == {"column": "ruling"}


def test_a_file_that_decides_nothing(tmp_path: Path) -> None:
    read = read_rulings(written(tmp_path, "entity,item,ruling\nEJ-01,C-01-a,\n"))
    assert [finding.code.id for finding in read.diagnostics] == ["E302"]
