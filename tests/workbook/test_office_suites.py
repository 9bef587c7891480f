"""The same filled workbook as each program saves it gives the same scores."""

from __future__ import annotations

import functools
import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from builders import mini, mini_answers
from ctimaturity.diagnostics.code import Severity
from ctimaturity.model.canonical import canonical_json
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import score
from mangled_book import Book
from returned import book, who

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctimaturity.model.assessment import Assessment

PEOPLE = [
    (segment, {"P-1": str(1 + number % 6), "P-2": "NS" if number % 4 == 0 else "4", "P-3": "2", "P-4": "6"})
    for number, segment in enumerate(["academia", "sociedad-civil", "sector-publico"] * 2)
]


def filled(form: str) -> bytes:
    people = [] if form == "counts" else PEOPLE
    return book(mini_answers(who("05"), 3), perception=form, people=people)


def saved_by_openpyxl(data: bytes) -> bytes:
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(stream)
    return stream.getvalue()


def written_by_pandas(data: bytes) -> bytes:
    """Every sheet as a table of values: formats, names, validations and hidden states are gone."""
    stream = io.BytesIO()
    sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, dtype=object, engine="openpyxl")
    with pd.ExcelWriter(stream, engine="openpyxl") as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, header=False, index=False)
    return stream.getvalue()


def written_by_xlsxwriter(data: bytes) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
            page = workbook.add_worksheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        page.write(cell.row - 1, cell.column - 1, cell.value)
    return stream.getvalue()


def as_google_sheets(data: bytes) -> bytes:
    """Hidden sheets shown, properties, names, validations and protection gone."""
    taken = Book.of(data)
    taken.keywords = ""
    for leaf in taken.leaves:
        leaf.state = "visible"
    return taken.written()


def as_excel_on_the_web(data: bytes) -> bytes:
    """Texts in the cells, and white space between the rows."""
    taken = Book.of(data)
    taken.dialect.texts, taken.dialect.gap = "inline", "\n"
    return taken.written()


PROGRAMS = [
    saved_by_openpyxl,
    written_by_pandas,
    written_by_xlsxwriter,
    as_google_sheets,
    as_excel_on_the_web,
]


def scored(folder: Path, data: bytes) -> Assessment:
    """Scored by what it is, whatever it is called."""
    folder.mkdir()
    (folder / "05.xlsx").write_bytes(data)
    (folder / "mini.json").write_bytes(canonical_json(mini()))
    return score([folder / "05.xlsx"], ScoreOptions(questionnaire=str(folder / "mini.json"))).assessment


@functools.cache
def as_it_was(original: bytes) -> Assessment:
    with tempfile.TemporaryDirectory() as folder:
        return scored(Path(folder) / "before", original)


def hold(tmp_path: Path, original: bytes, saved: bytes) -> None:
    before, after = as_it_was(original), scored(tmp_path / "after", saved)
    assert not [found for found in after.diagnostics if found.severity is Severity.ERROR]
    assert after.index.rows[0].index == before.index.rows[0].index
    assert after.index.rows[0].status == before.index.rows[0].status
    np.testing.assert_array_equal(after.index.table.score, before.index.table.score)
    np.testing.assert_array_equal(after.index.table.low, before.index.table.low)
    assert dict(after.answers["05"].responses) == dict(before.answers["05"].responses)


@pytest.mark.parametrize("form", ["list", "grid", "counts"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_saves_the_same_answers(
    program: Callable[[bytes], bytes], form: str, tmp_path: Path
) -> None:
    original = filled(form)
    hold(tmp_path, original, program(original))


@pytest.mark.office
def test_so_does_libreoffice(tmp_path: Path, office_profile: str) -> None:
    """As xlsx, as ods, and as xlsx out of that ods."""
    soffice = shutil.which("soffice")
    assert soffice is not None
    forms = ("list", "grid", "counts")
    for form in forms:
        (tmp_path / f"{form}.xlsx").write_bytes(filled(form))
    ways = ((tmp_path, "xlsx", "again"), (tmp_path, "ods", "ods"), (tmp_path / "ods", "xlsx", "and-back"))
    for source, kind, name in ways:
        out = tmp_path / name
        files = [path for path in source.iterdir() if path.stem in forms]
        subprocess.run(
            [soffice, office_profile, "--headless", "--convert-to", kind, "--outdir", out, *files],
            check=True,
            capture_output=True,
            timeout=600,
        )
        for form in forms:
            held = tmp_path / f"held-{name}-{form}"
            held.mkdir()
            hold(held, filled(form), (out / f"{form}.{kind}").read_bytes())
