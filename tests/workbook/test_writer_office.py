"""What an office suite makes of the workbook: it opens, calculates, and loses no answer when saved again."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

import builders
import sheets
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.workbook.template import Content, Perception, RespondentMarks, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office

MINI = builders.mini()
HASH = "ab" * 32
RESPONSES = {
    "C-1-a": Response(State.ANSWERED, option="1", evidence="Acta 3", observation="ñandú"),
    "C-1-c": builders.answered(0),
    "R-1": builders.indicator(criterion=3, own_mark=4, value="12.5"),
    "R-2": Response(State.NO_DATA, reason="other", criterion="2"),
}
PEOPLE = (
    RespondentMarks("academia", {"P-1": "4", "P-2": "NS"}),
    RespondentMarks("sector-publico", {"P-1": "1", "P-3": "6", "P-4": "2"}),
)
CONTENT = Content(EntityAnswers(builders.entity("05001"), RESPONSES), {"perception": PEOPLE})


def saved_again(path: Path, folder: Path) -> sheets.Workbook:
    """The workbook as LibreOffice writes it, its formulas calculated by LibreOffice."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "again")]
    subprocess.run([*convert, str(path)], check=True, capture_output=True, timeout=600)
    return openpyxl.load_workbook(folder / "again" / path.name, data_only=True)


def answers(book: sheets.Workbook) -> dict[str, object]:
    """Every value of every answer sheet by sheet, row and column id."""
    found = {}
    for marker in ("cti:capacities:answers", "cti:perception:grid", "cti:results:indicators"):
        table = sheets.table(book, marker)
        for row in table.rows:
            found |= {f"{marker} {row} {column}": value for column, value in table.row(row).items()}
    return found


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # LibreOffice writes extensions openpyxl drops
def test_nothing_is_lost_and_formulas_agree_with_what_was_written(tmp_path: Path) -> None:
    options = TemplateOptions(perception=Perception.GRID, respondents=20, entity=builders.entity("05001"))
    path = tmp_path / "book.xlsx"
    write_workbook(path, MINI, options, HASH, CONTENT)
    again = saved_again(path, tmp_path)
    before = sheets.opened(path.read_bytes(), values=True)
    assert {key: value or None for key, value in answers(again).items()} == answers(before)
    progress = {key: cell.value for key, cell in sheets.cover(before).items() if key.startswith("progress")}
    assert {key: sheets.cover(again)[key].value for key in progress} == progress
    identity = [tuple(cell.value for cell in row) for row in before["_cti"].iter_rows()]
    assert [tuple(cell.value for cell in row) for row in again["_cti"].iter_rows()] == identity
    assert again.properties.keywords == before.properties.keywords
    assert {one.name: one.value for one in again.custom_doc_props.props} == {
        one.name: one.value for one in before.custom_doc_props.props
    }
    assert again["_cti"].sheet_state in {"hidden", "veryHidden"}


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("perception", [Perception.LIST, Perception.COUNTS])
def test_the_other_forms_agree_too(perception: Perception, tmp_path: Path) -> None:
    tallies = builders.tallies(MINI, {"academia": {"P-1": {"4": 3, "blank": 2}}})
    content = Content(EntityAnswers(builders.entity(), tallies={"perception": tallies}), CONTENT.marks)
    options = TemplateOptions(parts=("perception",), perception=perception)
    path = tmp_path / "book.xlsx"
    write_workbook(path, MINI, options, HASH, content)
    again, before = saved_again(path, tmp_path), sheets.opened(path.read_bytes(), values=True)
    marker = "cti:perception:list" if perception is Perception.LIST else "cti:perception:counts:academia"
    first, second = sheets.table(before, marker), sheets.table(again, marker)
    assert first.rows.keys() == second.rows.keys()
    for row in first.rows:
        assert {key: value or None for key, value in second.row(row).items()} == {
            key: value or None for key, value in first.row(row).items()
        }


def test_blank_bytes_open(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(workbook_bytes(MINI, TemplateOptions(), HASH))
    folder = tmp_path / "pdf"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    assert (folder / "blank.pdf").read_bytes().startswith(b"%PDF")
