"""Reading returned workbooks, against openpyxl on the same files; and refusing hostile ones soon."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import raw_workbooks as raw
from ctimaturity.files.installation import data_folder
from ctimaturity.files.limits import LIMITS
from ctimaturity.files.xlsx import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
MEGABYTE = 1_000_000


def seconds(job: Callable[[], object]) -> float:
    """Processor time of one run: what other programs do at the same time is not counted."""
    start = time.process_time()
    job()
    return time.process_time() - start


@pytest.fixture(scope="module")
def workbooks() -> list[bytes]:
    """The example's workbooks: lists, counts and grids, one of over 100 respondents, some re-saved."""
    paths = sorted(data_folder("examples").rglob("workbooks/*.xlsx"))
    found = [path.read_bytes() for path in paths]
    good = [data for data in found if read_workbook(data).workbook is not None]
    assert len(good) > 10
    return good


def test_reading_is_four_times_as_fast_as_openpyxl(benchmark: Any, workbooks: list[bytes]) -> None:
    def ours() -> None:
        for data in workbooks:
            read_workbook(data)

    def theirs() -> None:
        for data in workbooks:
            openpyxl.load_workbook(io.BytesIO(data), data_only=True)

    ratios = [seconds(theirs) / seconds(ours) for _ in range(ROUNDS)]
    benchmark.extra_info["openpyxl / ours"] = [round(ratio, 2) for ratio in ratios]
    benchmark.pedantic(ours, rounds=ROUNDS)
    assert median(ratios) >= 4


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("<row/>" * 4_000_000, id="rows"),
        pytest.param(raw.row("<c/>" * 4_000_000), id="cells"),
        pytest.param(raw.row('<c r="A1" s="1"/>' * 2_500_000), id="formatted-cells"),
        pytest.param(raw.row(f"<!--{'<' * 40_000_000}-->"), id="comment"),
        pytest.param(raw.row(f'<c r="A1">{"<v/>" * 4_000_000}</c>'), id="values"),
    ],
)
def test_hostile_sheets_are_done_with_in_time(benchmark: Any, rows: str) -> None:
    """Two seconds, and one for every 10 MB inflated."""
    data = raw.workbook(raw.sheet(rows))
    allowed = 2 + len(rows) / (10 * MEGABYTE)
    limits = replace(LIMITS, ratio=100_000)
    benchmark.pedantic(read_workbook, (data, limits), rounds=1)
    assert seconds(lambda: read_workbook(data, limits)) < allowed
