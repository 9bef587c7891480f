"""What a user waits for: the help, and a whole round in one command.

The help is measured against `python -c pass` in the same run; the ratio stands in the benchmark's
`extra_info`. The round is 42 workbooks of 120 respondents each, scored to all formats.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.model.canonical import definition_hash
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.model.rule import Collects
from ctimaturity.workbook.template import Content, Perception, RespondentMarks, TemplateOptions
from ctimaturity.workbook.writer import write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

ENTITIES = 42
RESPONDENTS = 120
CTI = [sys.executable, "-m", "ctimaturity"]


@pytest.fixture(scope="session")
def round_of_42(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of filled workbooks and the list of their entities."""
    folder = tmp_path_factory.mktemp("round")
    (folder / "recibidos").mkdir()
    questionnaire = Library().find("mmmctic@2020-04")
    digest = definition_hash(questionnaire)
    segments = [segment.id for segment in questionnaire.segments]
    lines = ["code,name,type"]
    for number in range(ENTITIES):
        draw = np.random.default_rng(number)
        entity = Entity(f"T-{number:02}", f"Entidad {number}", "alcaldia")
        lines.append(f"{entity.code},{entity.name},{entity.type}")
        responses = {}
        marks: dict[str, list[RespondentMarks]] = {}
        for measurement in questionnaire.measurements:
            if measurement.collects is Collects.ANSWERS:
                for item in measurement.items:
                    responses[item.id] = Response(
                        State.ANSWERED, option=str(draw.integers(0, 2)), evidence="Acta"
                    )
            elif measurement.collects is Collects.INDICATORS:
                for item in measurement.items:
                    if questionnaire.applies(item, entity.type, entity.code):
                        responses[item.id] = Response(
                            State.ANSWERED, criterion=str(draw.integers(1, 7)), year=2025
                        )
            else:
                marks[measurement.id] = [
                    RespondentMarks(
                        segments[one % 4], {item.id: str(draw.integers(1, 7)) for item in measurement.items}
                    )
                    for one in range(RESPONDENTS)
                ]
        options = TemplateOptions(perception=Perception.GRID, respondents=RESPONDENTS, entity=entity)
        content = Content(answers=EntityAnswers(entity, responses), marks=marks)
        write_workbook(folder / "recibidos" / f"{entity.code}.xlsx", questionnaire, options, digest, content)
    (folder / "entities.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_help_against_python_itself(benchmark: BenchmarkFixture) -> None:
    """At most ten times `python -c pass`."""
    bare = min(seconds([sys.executable, "-c", "pass"]) for _ in range(9))
    benchmark.pedantic(seconds, args=([*CTI, "--help"],), rounds=9)
    benchmark.extra_info["times python -c pass"] = round(benchmark.stats.stats.min / bare, 2)


def test_a_round_in_one_command(benchmark: BenchmarkFixture, round_of_42: Path, tmp_path: Path) -> None:
    """At most six seconds and 300 MB on two cores."""
    out = tmp_path / "out"
    command = [*CTI, "score", str(round_of_42 / "recibidos"), "--entities", str(round_of_42 / "entities.csv")]
    peak = 0

    def once() -> None:
        nonlocal peak
        with subprocess.Popen([*command, "-o", str(out), "--quiet"], stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        peak = max(peak, usage.ru_maxrss)

    benchmark.pedantic(once, rounds=3)
    assert (out / "index.xlsx").exists()
    benchmark.extra_info["peak MB of the largest process"] = round(peak / 1024)


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
