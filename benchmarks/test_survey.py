"""A large survey into tallies, against pandas in the same run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.survey.reading import SurveyRequest, read_surveys

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

MODEL = Library().find("mmmctic@2020-04")
ITEMS = [item.id for item in MODEL.measurement_by_id["perception"].items]
SEGMENTS = np.array([segment.id for segment in MODEL.segments])
OPTIONS = np.array(["1", "2", "3", "4", "5", "6", "NS", ""])
SHARES = (0.1, 0.15, 0.2, 0.2, 0.2, 0.1, 0.03, 0.02)
ROWS = 500_000


def write_survey(path: Path, rows: int, entities: int) -> None:
    """Invented respondents, a row each; ten million take about two gigabytes."""
    chance = np.random.default_rng(1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(["entity_code", "segment", *ITEMS]) + "\n")
        for start in range(0, rows, 50_000):
            count = min(50_000, rows - start)
            codes = chance.integers(0, entities, count)
            segments = SEGMENTS[chance.integers(0, len(SEGMENTS), count)]
            marks = OPTIONS[chance.choice(len(OPTIONS), (count, len(ITEMS)), p=SHARES)]
            lines = zip(codes.tolist(), segments.tolist(), marks.tolist(), strict=True)
            stream.writelines(
                f"{5000 + code:05d},{segment},{','.join(row)}\n" for code, segment, row in lines
            )


@pytest.fixture(scope="module", params=[20, 1_100], ids=["20-entities", "1100-entities"])
def survey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("survey") / "survey.csv"
    write_survey(path, ROWS, request.param)
    return path


def by_pandas(path: Path) -> dict[str, pd.Series[int]]:
    """The counts alone, without the sums of products that ours keeps beside them."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return {item: table.groupby(["entity_code", "segment", item]).size() for item in ITEMS}


def test_survey_against_pandas(survey: Path, benchmark: BenchmarkFixture) -> None:
    start = time.perf_counter()
    expected = by_pandas(survey)
    theirs = time.perf_counter() - start
    (read,) = benchmark.pedantic(read_surveys, ([survey], SurveyRequest(MODEL)), rounds=2)
    assert read.result is not None
    sums = read.result.sums["perception"]
    assert int(sums.counts[:, 0].sum()) == int(expected[ITEMS[0]].sum()) == ROWS
    ours = benchmark.stats.stats.min
    benchmark.extra_info |= {
        "rows per second": round(ROWS / ours),
        "pandas, rows per second": round(ROWS / theirs),
        "times pandas": round(theirs / ours, 1),
    }
