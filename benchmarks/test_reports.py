"""Time and memory of a report: the page of 1,100 entities and their dossiers, on the machine at hand."""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ctimaturity.files.installation import data_folder
from ctimaturity.scoring.index import score
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.outcome import Outcome
from ctimaturity.workflows.score import load

if TYPE_CHECKING:
    from pathlib import Path

ENTITIES = 1100
LONGEST = 60.0
LARGEST = 500.0
"""Seconds and megabytes that are allowed."""
HEAVIEST = 3_000_000
"""Bytes of the page that are allowed."""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A result folder of many entities, each with the answers, evidence and surveys of one of the example."""
    example = load(data_folder("examples") / "results")
    given = [each for each in example.answers.values() if not each.refused]
    many = []
    for number in range(ENTITIES):
        like = given[number % len(given)]
        entity = replace(like.entity, code=f"{number:05d}", name=f"Alcaldía de Villa Inventada {number}")
        many.append(replace(like, entity=entity))
    index = score(example.questionnaire, many, groupings=example.index.groupings)
    answers = {each.entity.code: each for each in many}
    Outcome(replace(example, answers=answers, index=index), ScoreOptions(formats=("csv",))).write(
        tmp_path / "out"
    )
    return tmp_path / "out"


def test_the_index_and_its_dossiers(results: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    command = [sys.executable, "-m", "ctimaturity", "report", str(results), "-o", str(report), "--quiet"]
    subprocess.run(command, check=True, timeout=300)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Time of the process, which other programs on the machine do not change; it does one thing at a time.
    took, largest = used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
    assert len(list((report / "entities").iterdir())) == ENTITIES
    page = (report / "index.html").stat().st_size
    sys.stdout.write(
        f"\n{ENTITIES} dossiers and their index: {took:.1f} s, {largest:.0f} MB; page {page:,}\n"
    )
    assert took < LONGEST
    assert largest < LARGEST
    assert page < HEAVIEST
