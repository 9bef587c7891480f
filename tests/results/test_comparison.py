"""Two folders of results compared file by file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from ctimaturity.files.csv import EXCEL_ES, STANDARD
from ctimaturity.results.comparison import same_bytes, same_numbers

if TYPE_CHECKING:
    from pathlib import Path


def archive(path: Path, text: str, level: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as stream:
        stream.writestr("a.xml", text)
    return path


def test_workbooks_are_the_same_however_tightly_they_are_packed(tmp_path: Path) -> None:
    loose, tight = (archive(tmp_path / f"{level}.xlsx", "ab" * 5000, level) for level in (1, 9))
    other = archive(tmp_path / "other.xlsx", "ba" * 5000, 9)
    assert loose.read_bytes() != tight.read_bytes()
    assert same_bytes(loose, tight)
    assert not same_bytes(loose, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("code,index\n05001,1.5\n", "code,index\n05001,1.50000000000001\n", True),
        ("code,index\n05001,1.5\n", "code,index\n05001,1.5001\n", False),
        ("code,index\n05001,1.5\n", "code,index,more\n05001,1.5,x\n", True),
        ("code,index\n05001,\n", "code,index\n05001,0\n", False),
        ("code,index\n05001,1\n", "code,index\n05001,1\n05002,1\n", False),
        ("code,name\n05001,a\n", "code,name\n05001,b\n", False),
        ("code,message\nA1,a\n", "code,message\nA1,b\n", True),
        ("code,index\n05001,nan\n", "code,index\n05001,1\n", False),
    ],
)
def test_tables_are_compared_as_numbers(tmp_path: Path, one: str, other: str, *, same: bool) -> None:
    paths = []
    for name, text in (("one.csv", one), ("other.csv", other)):
        paths.append(tmp_path / name)
        paths[-1].write_text(text, encoding="utf-8")
    assert same_numbers(*paths, STANDARD) is same


def test_decimal_commas_are_decimals(tmp_path: Path) -> None:
    for name, text in (("one.csv", "index\n1,5\n"), ("other.csv", "index\n1,50\n")):
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
    assert same_numbers(tmp_path / "one.csv", tmp_path / "other.csv", EXCEL_ES)
