"""Time and memory of reports: the page of 1,100 entities and their dossiers, on the machine at hand."""

from __future__ import annotations

import resource
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENTITIES = 1100
LONGEST = 60.0
LARGEST = 500.0
"""Seconds and megabytes that are allowed."""

PROGRAM = textwrap.dedent(
    """
    import sys
    from dataclasses import replace
    from pathlib import Path
    from ctimaturity.files.resources import data_folder
    from ctimaturity.scoring.index import score
    from ctimaturity.workflows.documents import provenance_of
    from ctimaturity.workflows.index_files import IndexFiles
    from ctimaturity.workflows.report import ReportOptions, _Writer
    from ctimaturity.workflows.score import load

    example = load(data_folder("examples") / "results")
    given = [each for each in example.answers.values() if not each.refused]
    many = []
    for number in range(int(sys.argv[2])):
        like = given[number % len(given)]
        entity = replace(like.entity, code=f"{number:05d}", name=f"Municipio inventado {number}")
        many.append(replace(like, entity=entity))
    index = score(example.questionnaire, many, groupings=example.index.groupings)
    large = replace(example, answers={each.entity.code: each for each in many}, index=index)
    files = IndexFiles(large, provenance_of(large), "es")
    _Writer(files, ReportOptions(), index.rows).write(Path(sys.argv[1]), None)
    """
)


def test_the_index_and_its_dossiers(tmp_path: Path) -> None:
    start = time.perf_counter()
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), str(ENTITIES)]
    subprocess.run(command, check=True, timeout=300)
    took = time.perf_counter() - start
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    assert len(list((tmp_path / "entities").iterdir())) == ENTITIES
    sys.stdout.write(f"\n{ENTITIES} dossiers and their index: {took:.1f} s, {largest:.0f} MB\n")
    assert took < LONGEST
    assert largest < LARGEST
