"""The commands of the README do what they say, as printed."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from terminal import cti

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUND = re.search(
    r"^## A round .*?```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)
KEPT = ("EJ-01", "EJ-02", "EJ-09", "EJ-12", "EJ-13")
"""Of the example: ranked, provisional, refused and awaited entities."""
MADE = {
    "template": "plantillas/EJ-01-villa-almendro.xlsx",
    "score": "resultado/index.csv",
    "report": "informe/public/index.html",
    "compare": "avances/entities.csv",
}


def test_a_round_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = (ROOT / "examples" / "entities.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in listed if line.startswith(("code,", *KEPT))]
    (tmp_path / "entities.csv").write_text("".join(kept), encoding="utf-8")
    (tmp_path / "recibidos").mkdir()
    for path in (ROOT / "examples" / "workbooks").iterdir():
        if path.stem in KEPT:
            shutil.copy(path, tmp_path / "recibidos")
    monkeypatch.chdir(tmp_path)
    before = ("score", "recibidos", "--entities", "entities.csv", "--round", "2024", "-o", "resultado-2024")
    assert cti(*before)[0] in {0, 1}
    assert ROUND is not None
    lines = [line for line in ROUND[1].splitlines() if line.startswith("cti ")]
    assert len(lines) >= 7
    # One workbook of the example is refused on purpose: what lists or scores them all ends with 1.
    refusing = {"validate", "score"}
    for line in lines:
        words = shlex.split(line)[1:]
        status, _out, said = cti(*words)
        assert status == (1 if words[0] in refusing else 0), f"{line}: {said}"
        if words[0] in MADE:
            assert (tmp_path / MADE[words[0]]).is_file(), sorted(
                path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
            )
