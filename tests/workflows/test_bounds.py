"""Limits on workbooks, as the user changes them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from ctimaturity.batch.pool import Allowance
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.installation import data_folder
from ctimaturity.files.limits import LIMITS
from ctimaturity.workflows.options import Bounds, bounds
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

WORKBOOK = data_folder("examples") / "workbooks" / "EJ-01.xlsx"
LISTED = data_folder("examples") / "entities.csv"


def test_what_is_not_given_is_as_usual() -> None:
    assert bounds([]) == Bounds()
    raised = bounds(["file_size=41943040", " seconds = 5 "])
    assert (raised.limits.file_size, raised.allowance.seconds) == (41_943_040, 5)
    assert (raised.limits.rows, raised.allowance.memory) == (LIMITS.rows, Allowance().memory)


@pytest.mark.parametrize(
    "given", ["rows", "rows=", "rows=0", "rows=-1", "rows=1.5", "rows=1e9", "row=5", "=5", "rows=５"]
)
def test_what_is_no_limit_is_refused(given: str) -> None:
    with pytest.raises(JobError) as raised:
        bounds(["rows=10", given])
    (found,) = raised.value.diagnostics
    assert found.code.id == "F113"
    assert "file_size" in str(found.parameters["known"])


@pytest.mark.parametrize("command", ["validate", "score", "explain", "report"])
def test_a_lower_limit_refuses_what_was_read_before(command: str, tmp_path: Path) -> None:
    out = () if command in {"validate", "explain"} else ("-o", str(tmp_path / "out"))
    status, stdout, stderr = cti(
        command, str(WORKBOOK), "--entities", str(LISTED), "--limit", "rows=20", *out
    )
    assert status in {1, 2}
    assert "F313" in stdout + stderr
    status, stdout, stderr = cti(command, str(WORKBOOK), "--entities", str(LISTED), "--limit", "row=20", *out)
    assert (status, "F113" in stderr) == (2, True)


def test_the_manifest_says_which_limits_were_changed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("--entities", str(LISTED), "--limit", "rows=60000", "-o", str(out), "-f", "csv")
    status, _, stderr = cti("score", str(WORKBOOK), *arguments)
    assert status == 0, stderr
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["limits"] == ["rows=60000"]


def test_security_names_every_limit(root: Path) -> None:
    text = (root / "SECURITY.md").read_text(encoding="utf-8")
    usual = Bounds()
    for name, value in {**asdict(usual.limits), **asdict(usual.allowance)}.items():
        assert f"`{name}`" in text, name
        assert f"{int(value):,}" in text, (name, value)
