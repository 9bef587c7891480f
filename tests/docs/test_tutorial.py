"""The tutorials work as they are printed: files, commands, answers and results are taken from the page."""

from __future__ import annotations

import csv
import re
import shlex
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from returned import marker_cell, sheet_of
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

STEP = re.compile(r"^```(yaml|sh|text)\n(.*?)^```|^((?:\|[^\n]*\n)+)", re.MULTILINE | re.DOTALL)
ENTITY = re.compile(r"[A-Z]+-\d")


def records(index: Path) -> list[dict[str, str]]:
    """The rows of `index.csv` that have an index."""
    with index.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["index"]]


class Learner:
    """Someone who does what the page says, from its top to its end.

    Args:
        folder: Where they work.
        model: The folder of their definition.
        point: The decimal mark of the page.
    """

    def __init__(self, folder: Path, model: str, point: str) -> None:
        self.folder = folder
        self.model = folder / model
        self.point = point

    def follow(self, page: str) -> None:
        for kind, block, table in STEP.findall(page):
            if table:
                self._table(
                    [[cell.strip() for cell in line.strip(" |").split("|")] for line in table.splitlines()]
                )
            elif kind == "yaml":
                self._write(block)
            elif kind == "text":
                (self.folder / self._list_name(page)).write_text(block, encoding="utf-8")
            else:
                self._run(block)

    @staticmethod
    def _list_name(page: str) -> str:
        return next(name for name in ("entities.csv", "entidades.csv") if name in page)

    def _write(self, block: str) -> None:
        """A whole file, or the end of one; the remark at the top says which."""
        remark, body = block.split("\n", 1)
        file = self.model / remark.split()[-1]
        if remark == f"# {file.name}":
            file.write_text(body, encoding="utf-8")
            (self.model / "opinion.yaml").unlink(missing_ok=True)
            return
        file.write_text(file.read_text(encoding="utf-8") + body, encoding="utf-8")
        main = self.model / "questionnaire.yaml"
        text = main.read_text(encoding="utf-8")
        main.write_text(text.replace("version: 0.1.0", "version: 0.2.0"), encoding="utf-8")

    def _run(self, block: str) -> None:
        for line in block.splitlines():
            command = shlex.split(line)
            assert command[0] == "cti"
            status, stdout, stderr = cti(*command[1:])
            assert status == 0, (line, stdout, stderr)
            if command[1:3] == ["questionnaire", "migrate"]:
                self._answer(self.folder / command[command.index("-o") + 1], {"waiting": 2, "espera": 2})

    def _table(self, rows: list[list[str]]) -> None:
        head, _, *body = rows
        if ENTITY.fullmatch(head[1]):
            for column, entity in enumerate(head[1:], start=1):
                (file,) = self.folder.glob(f"*/{entity}-*.xlsx")
                self._answer(file, {row[0]: int(row[column]) for row in body})
        else:
            (index,) = self.folder.glob("*/index.csv")
            found = {
                row["entity_code"]: (f"{float(row['index']):.2f}".replace(".", self.point), row["level_name"])
                for row in records(index)
            }
            assert found == {row[0]: (row[-2], row[-1]) for row in body}

    @staticmethod
    def _answer(file: Path, answers: dict[str, int]) -> None:
        book = load_workbook(file)
        sheet = sheet_of(book, "cti:practice:answers")
        top, left = marker_cell(sheet)
        (column,) = (cell.column for cell in sheet[top] if cell.value == "answer")
        rows = {sheet.cell(row, left).value: row for row in range(top + 1, sheet.max_row + 1)}
        for item in answers.keys() & rows.keys():
            sheet.cell(rows[item], column).value = answers[item]
        book.save(file)


@pytest.mark.parametrize(
    ("document", "model", "point", "last"),
    [
        pytest.param("docs/tutorial.md", "clinic", ".", "72.22", id="en"),
        pytest.param("docs/es/tutorial.md", "consultorio", ",", "72,22", id="es"),
    ],
)
def test_it_works_as_it_is_printed(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    document: str,
    model: str,
    point: str,
    last: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (root / document).read_text(encoding="utf-8")
    Learner(tmp_path, model, point).follow(page)
    # After it, 5/3 in care: (1 + 2 * 5/3) / 3 of 2.
    (row,) = (row for index in tmp_path.glob("*-2027/index.csv") for row in records(index))
    assert float(row["index"]) == pytest.approx(100 * 13 / 9 / 2, abs=1e-12)
    assert f"{float(row['index']):.2f}".replace(".", point) == last
    assert last in page
