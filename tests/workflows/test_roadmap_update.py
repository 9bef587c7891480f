"""Plans go out, are filled in with another program, and come back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from ctimaturity.analysis.phases import after_months
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.roadmap import FollowLine, PlanLine, PlanState, Standing
from ctimaturity.reporting.follow_up import render_follow_up
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.roadmap import RoadmapOptions, roadmap
from ctimaturity.workflows.roadmap_files import write_roadmaps
from ctimaturity.workflows.roadmap_update import follow_lines, update
from rounds import EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from ctimaturity.workflows.roadmap_update import Follow

DAY = date(2027, 1, 1)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of one entity that begins on the last day of August."""
    folder = tmp_path_factory.mktemp("plans") / "out"
    options = RoadmapOptions(entities=("EJ-06",), start=date(2026, 8, 31))
    write_roadmaps(roadmap(EXAMPLE, options), folder, ScoreOptions(formats=("xlsx",)))
    return folder / "plans" / "EJ-06.xlsx"


def filled(plan: Path, folder: Path, entries: dict[tuple[int, str], object]) -> Path:
    """The plan with entries by line (counted from 1) and column id, saved by openpyxl."""
    book = load_workbook(plan)
    sheet = sheet_of(book.worksheets[0])
    columns = {cell.value: cell.column for cell in sheet[3]}
    for (line, column), value in entries.items():
        sheet.cell(4 + line, columns[column], value)
    path = folder / "EJ-06.xlsx"
    book.save(path)
    return path


def sheet_of(sheet: Worksheet) -> Worksheet:
    assert sheet.cell(3, 1).value == "cti:plan"
    return sheet


def found_in(follow: Follow) -> list[tuple[str, str]]:
    return [(each.code.id, each.location.cell) for each in follow.diagnostics]


class TestThePlan:
    def test_has_the_actions_of_least_effort_with_dates_from_their_phases(self, plan: Path) -> None:
        lines = [each.line for each in follow_lines(update([plan], DAY))]
        (made,) = roadmap(EXAMPLE, RoadmapOptions(entities=("EJ-06",))).roadmaps
        assert {line.item for line in lines} == {one.choice.item for one in made.plan}
        # Six months after 31 August is the last of February.
        assert {line.due for line in lines} == {date(2027, 2, 28), date(2028, 2, 29), date(2029, 8, 31)}
        assert all(line.state is PlanState.PENDING and line.asked and not line.owner for line in lines)

    def test_says_what_it_is(self, plan: Path) -> None:
        book = load_workbook(plan)
        hidden = {row[0].value: row[1].value for row in book["_cti"].iter_rows(max_col=2)}
        assert hidden["kind"] == "plan"
        assert hidden["entity_code"] == "EJ-06"
        assert book["_cti"].sheet_state == "veryHidden"

    def test_has_the_checklist_as_an_annex(self, plan: Path) -> None:
        sheet = load_workbook(plan)["Lista técnica"]
        assert sheet.max_row == 3 + 98

    def test_only_what_the_entity_fills_is_open(self, plan: Path) -> None:
        sheet = sheet_of(load_workbook(plan).worksheets[0])
        assert sheet.protection.sheet
        open_ = {cell.value for cell in sheet[3] if not sheet.cell(5, cell.column).protection.locked}
        assert open_ == {"owner", "date", "state", "evidence", "observation"}

    def test_months_end_where_they_end(self) -> None:
        assert after_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
        assert after_months(date(2026, 12, 15), 36) == date(2029, 12, 15)


class TestWhatComesBack:
    def test_done_late_next_and_dropped(self, plan: Path, tmp_path: Path) -> None:
        path = filled(
            plan,
            tmp_path,
            {
                (1, "state"): "Hecha",
                (1, "evidence"): "Acta 12",
                (2, "date"): datetime(2026, 12, 31),  # noqa: DTZ001
                (2, "state"): "en curso",
                (3, "date"): "01/01/2027",
                (4, "state"): "Descartada",
                (4, "owner"): "Planeación",
            },
        )
        follow = update([path], DAY)
        (file,) = follow.plans
        assert follow.diagnostics == ()
        lines = [(standing, line.due) for standing, line in file.lines]
        # What is due on the day itself is not late.
        assert lines[:2] == [(Standing.LATE, date(2026, 12, 31)), (Standing.NEXT, date(2027, 1, 1))]
        assert [file.count(standing) for standing in Standing] == [1, 1, len(lines) - 3, 1]

    def test_moved_columns_and_rows_and_actions_of_its_own(self, plan: Path, tmp_path: Path) -> None:
        book = load_workbook(plan)
        sheet = sheet_of(book.worksheets[0])
        sheet.insert_rows(1)
        sheet.insert_cols(1)
        last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value)
        sheet.cell(last + 1, 3, "Comprar un servidor")
        sheet.title = "Mi plan"
        book.save(tmp_path / "plan.xlsx")
        lines = [each.line for each in follow_lines(update([tmp_path / "plan.xlsx"], DAY))]
        assert [line.item for line in lines if line.text == "Comprar un servidor"] == [""]
        assert len(lines) == 9

    def test_what_cannot_be_read_is_told_with_its_cell(self, plan: Path, tmp_path: Path) -> None:
        entries = {
            (1, "date"): "pronto",
            (2, "date"): 20271231,
            (3, "state"): "casi",
            (4, "state"): "Hecha",
            (5, "cti:plan"): load_workbook(plan).worksheets[0].cell(5, 1).value,
        }
        path = filled(plan, tmp_path, entries)
        assert found_in(update([path], DAY)) == [
            # Its id was written over in line 5.
            (codes.PLAN_ITEM_GONE.id, ""),
            (codes.PLAN_DATE_UNREADABLE.id, "J5"),
            (codes.PLAN_DATE_UNREADABLE.id, "J6"),
            (codes.PLAN_STATE_UNKNOWN.id, "K7"),
            (codes.DONE_WITHOUT_EVIDENCE.id, "L8"),
            (codes.PLAN_ITEM_TWICE.id, "A9"),
        ]

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("2027-12-31", date(2027, 12, 31)),
            ("2027-12-31 00:00:00", date(2027, 12, 31)),
            ("31/12/2027", date(2027, 12, 31)),
            ("31-12-2027", date(2027, 12, 31)),
            ("31.12.2027", date(2027, 12, 31)),
            ("31 de Diciembre de 2027", date(2027, 12, 31)),
            ("1 de setiembre del 2027", date(2027, 9, 1)),
            ("12/31/2027", None),
            ("31/12/27", None),
            ("diciembre de 2027", None),
            ("31 de brumario de 2027", None),
            ("2027-12/31", None),
        ],
    )
    def test_a_date_as_text(self, plan: Path, tmp_path: Path, written: str, day: date | None) -> None:
        follow = update([filled(plan, tmp_path, {(1, "date"): written, (1, "owner"): "Quien"})], DAY)
        (line,) = (line for _, line in follow.plans[0].lines if line.owner == "Quien")
        assert line.due == day
        assert bool(follow.diagnostics) == (day is None)

    @pytest.mark.parametrize(
        ("written", "state"),
        [
            ("HECHO", PlanState.DONE),
            ("Terminada ", PlanState.DONE),
            ("En proceso", PlanState.UNDER_WAY),
            ("en ejecución", PlanState.UNDER_WAY),
            ("Cancelada", PlanState.DROPPED),
            ("por hacer", PlanState.PENDING),
        ],
    )
    def test_a_state_in_other_words(self, plan: Path, tmp_path: Path, written: str, state: PlanState) -> None:
        entries = {(1, "state"): written, (1, "owner"): "Quien", (1, "evidence"): "Acta"}
        follow = update([filled(plan, tmp_path, entries)], DAY)
        (line,) = (line for _, line in follow.plans[0].lines if line.owner == "Quien")
        assert (line.state, follow.diagnostics) == (state, ())

    @pytest.mark.parametrize("written", ["casi", "sí", "X", "50 %", "hecho a medias"])
    def test_a_state_that_can_mean_anything_is_told(self, plan: Path, tmp_path: Path, written: str) -> None:
        follow = update([filled(plan, tmp_path, {(1, "state"): written})], DAY)
        assert found_in(follow) == [(codes.PLAN_STATE_UNKNOWN.id, "K5")]

    def test_sorted_rows_are_the_same_plan(self, plan: Path, tmp_path: Path) -> None:
        book = load_workbook(plan)
        sheet = sheet_of(book.worksheets[0])
        last = max(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value)
        rows_ = [[cell.value for cell in sheet[row]] for row in range(5, last + 1)]
        for row, values in zip(range(5, last + 1), reversed(rows_), strict=True):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value)
        book.save(tmp_path / "sorted.xlsx")
        before, after = update([plan], DAY), update([tmp_path / "sorted.xlsx"], DAY)
        assert {line for _, line in before.plans[0].lines} == {line for _, line in after.plans[0].lines}
        assert after.diagnostics == ()

    def test_a_deleted_row_is_missed(self, plan: Path, tmp_path: Path) -> None:
        book = load_workbook(plan)
        sheet = sheet_of(book.worksheets[0])
        item = sheet.cell(6, 1).value
        sheet.delete_rows(6)
        book.save(tmp_path / "plan.xlsx")
        follow = update([tmp_path / "plan.xlsx"], DAY)
        assert [(each.code, each.location.item) for each in follow.diagnostics] == [
            (codes.PLAN_ITEM_GONE, item)
        ]

    def test_two_plans_of_one_entity_are_told(self, plan: Path, tmp_path: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            (tmp_path / name).write_bytes(filled(plan, tmp_path, {}).read_bytes())
        (tmp_path / "EJ-06.xlsx").unlink()
        follow = update([tmp_path], DAY)
        assert [(each.code, each.parameters["files"]) for each in follow.diagnostics] == [
            (codes.PLANS_OF_ONE_ENTITY, "a.xlsx, b.xlsx")
        ]

    def test_a_plan_without_its_row_of_ids(self, plan: Path, tmp_path: Path) -> None:
        book = load_workbook(plan)
        book.worksheets[0].delete_rows(3)
        book.save(tmp_path / "plan.xlsx")
        assert refused(tmp_path / "plan.xlsx") == [codes.PLAN_WITHOUT_ACTIONS.id, codes.NO_PLAN_READ.id]

    def test_a_workbook_of_something_else(self) -> None:
        assert codes.NOT_A_PLAN.id in refused(EXAMPLE / "index.xlsx")

    def test_one_bad_file_does_not_stop_the_others(self, plan: Path, tmp_path: Path) -> None:
        (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
        filled(plan, tmp_path, {})
        follow = update([tmp_path], DAY)
        assert [each.entity for each in follow.plans] == ["EJ-06"]
        assert {each.location.file for each in follow.diagnostics} == {"bad.xlsx"}


def refused(path: Path) -> list[str]:
    with pytest.raises(JobError) as raised:
        update([path], DAY)
    return sorted(each.code.id for each in raised.value.diagnostics)


LINES = (
    FollowLine("05001", "Medellín", "a.xlsx", Standing.LATE, PlanLine("C-01-a", "Una | cosa", effort=3,
               owner="=HYPERLINK(1)", due=date(2026, 12, 1))),
    FollowLine("05001", "Medellín", "a.xlsx", Standing.DONE, PlanLine("C-01-b", "Otra", effort=1,
               state=PlanState.DONE)),
)  # fmt: skip


class TestHowItIsShown:
    def test_csv_is_neutralised(self) -> None:
        first, second = csv.DictReader(io.StringIO(render_follow_up(LINES, DAY, "csv", "es")))
        assert (first["standing"], first["days_late"], first["owner"]) == ("late", "31", "'=HYPERLINK(1)")
        assert (second["standing"], second["days_late"]) == ("done", "")

    def test_json(self) -> None:
        said = json.loads(render_follow_up(LINES, DAY, "json", "es"))
        assert said["date"] == "2027-01-01"
        assert [each["days_late"] for each in said["actions"]] == [31, None]

    def test_markdown_is_escaped(self) -> None:
        said = render_follow_up(LINES, DAY, "md", "es")
        assert "Una \\| cosa" in said
        assert "esfuerzo hecho: 1 de 4" in said

    def test_text(self) -> None:
        said = render_follow_up(LINES, DAY, "text", "en")
        assert said.startswith("1 plan, compared with 2027-01-01\n")
        assert "Late: 1, Next: 0, Done: 1, Dropped: 0; effort done: 1 of 4" in said
