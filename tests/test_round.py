"""A round as a ministry runs it: template out, filled in an office suite, read, validated, scored, ranked."""

from __future__ import annotations

import csv
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest
from typer.testing import CliRunner

from ctimaturity.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

RUN = CliRunner()
SEGMENTS = ("Academia", "Sector público", "Sector privado", "Sociedad civil")


def cti(*arguments: str) -> tuple[int, str, str]:
    result = RUN.invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def marker(sheet: Worksheet, start: str) -> tuple[int, int] | None:
    for row in sheet.iter_rows(max_row=30):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(start):
                return cell.row, cell.column
    return None


def columns(sheet: Worksheet, row: int) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[row] if cell.value is not None}


def fill(path: Path, respondents: int) -> None:
    """Everything complies, every statement 4, every criterion mark 5."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if place := marker(sheet, "cti:capacities:answers"):
            answer = columns(sheet, place[0])["answer"]
            for row in range(place[0] + 1, sheet.max_row + 1):
                if str(sheet.cell(row, place[1]).value).startswith("C-"):
                    sheet.cell(row, answer).value = "1 - Cumple"
        elif place := marker(sheet, "cti:results:indicators"):
            criterion = columns(sheet, place[0])["criterion"]
            for row in range(place[0] + 1, sheet.max_row + 1):
                if str(sheet.cell(row, place[1]).value).startswith("R-"):
                    sheet.cell(row, criterion).value = 5
        elif place := marker(sheet, "cti:perception:grid"):
            fill_grid(sheet, place, respondents)
        elif place := marker(sheet, "cti:perception:list"):
            fill_list(sheet, place, respondents)
    book.save(path)


def fill_grid(sheet: Worksheet, place: tuple[int, int], respondents: int) -> None:
    at = columns(sheet, place[0])
    rows = [r for r in range(place[0] + 1, sheet.max_row + 1) if str(sheet.cell(r, place[1]).value).isdigit()]
    for number, row in enumerate(rows[:respondents]):
        sheet.cell(row, at["segment"]).value = SEGMENTS[number % 4]
        for name, column in at.items():
            if name.startswith("P-"):
                sheet.cell(row, column).value = 4


def fill_list(sheet: Worksheet, place: tuple[int, int], respondents: int) -> None:
    at = columns(sheet, place[0])
    for number in range(respondents):
        column = at[f"R{number + 1}"]
        for row in range(place[0] + 1, sheet.max_row + 1):
            mark = str(sheet.cell(row, place[1]).value)
            if mark == "segment":
                sheet.cell(row, column).value = SEGMENTS[number % 4]
            elif mark.startswith("P-"):
                sheet.cell(row, column).value = 4


def index_row(out: Path) -> dict[str, str]:
    with (out / "index.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    return row


def save_in_office(path: Path, folder: Path, office_profile: str) -> Path:
    subprocess.run(
        ["soffice", office_profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return folder / path.name


@pytest.mark.office
def test_a_grid_filled_in_libreoffice_is_ranked(tmp_path: Path, office_profile: str) -> None:
    blank = tmp_path / "plantilla.xlsx"
    status, _, errors = cti(
        "template", "-q", "mmmctic@2020-04", "--perception", "grid", "--entity", "05001", "-o", str(blank)
    )
    assert status == 0, errors
    fill(blank, 60)
    returned = save_in_office(blank, tmp_path / "devueltos", office_profile)

    status, findings, summary = cti("validate", str(returned))
    assert status == 0, findings
    assert "326/326" in summary  # 172 sub-capacities, 82 statements, 72 indicators of an alcaldía

    status, _, errors = cti("score", str(tmp_path / "devueltos"), "-o", str(tmp_path / "out"))
    assert status == 0, errors
    row = index_row(tmp_path / "out")
    assert (row["status"], row["rank"], row["respondents"]) == ("ranked", "1", "60")
    # Capacities 6, perception 4, results 5: (6 + 4 + 5) / 3.
    assert float(row["index"]) == 5.0
    assert [float(row[name]) for name in ("capacities", "perception", "results")] == [6.0, 4.0, 5.0]
    # Sixths of [2/3, 6] end at 2/3 + k 8/9: 5 lies above 4.222 and below 5.111, the fifth level.
    assert (row["level"], row["level_name"]) == ("5", "Integrado")
    assert float(row["coverage"]) == 1.0


def test_the_default_list_ends_provisional_and_says_why(tmp_path: Path) -> None:
    blank = tmp_path / "lista.xlsx"
    status, _, errors = cti("template", "-q", "mmmctic@2020-04", "--entity", "05001", "-o", str(blank))
    assert status == 0
    assert "W106" in errors
    fill(blank, 10)

    status, _, errors = cti("score", str(blank), "-o", str(tmp_path / "out"))
    assert status == 0, errors
    row = index_row(tmp_path / "out")
    assert (row["status"], row["rank"], row["respondents"]) == ("provisional", "", "10")
    assert float(row["index"]) == 5.0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "10 personas encuestadas, menos de las 50" in page
