"""What is installed is at fault: it is said first, once, without a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.files.installation import data_folder
from terminal import cti_process

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = str(data_folder("examples") / "workbooks")
LIST = str(data_folder("examples") / "entities.csv")
OLD = "raise ImportError(\"cannot import name 'Sought' from 'it' (/home/somebody/it.py)\")\n"
"""What an older library does that lacks what is asked of it."""


def planted(folder: Path, name: str, text: str) -> dict[str, str]:
    """An environment in which a file comes before what is installed."""
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    first = file.parents[len(file.relative_to(folder).parts) - 1]
    return {"PYTHONPATH": str(first)}


def test_a_library_that_lacks_something_is_named_once(tmp_path: Path) -> None:
    score, template = ("score", BOOKS, "--entities", LIST), ("template", "-q", "mmmctic@2020-04")
    needed = {score: ("typer", "pydantic", "numpy", "jinja2"), template: ("pydantic", "xlsxwriter")}
    wrong = []
    for words, libraries in needed.items():
        for library in libraries:
            folder = tmp_path / f"{library}-{words[0]}"
            environment = planted(folder / "path", f"{library}.py", OLD)
            done = cti_process(*words, "-o", str(folder / "out.xlsx"), **environment)
            said = done.stderr
            good = done.returncode == 2 and said.count("cannot import name 'Sought'") == 1
            if not good or "Traceback" in said or "W22" in said or "reinstall ctimaturity" not in said:
                wrong.append((library, words[0], done.returncode, said[-600:]))
    assert wrong == []


def test_a_library_that_is_too_old_is_said_before_what_could_not_be_done(tmp_path: Path) -> None:
    metadata = "Metadata-Version: 2.1\nName: pydantic\nVersion: 2.9.2\n"
    environment = planted(tmp_path / "path", "pydantic-2.9.2.dist-info/METADATA", metadata)
    done = cti_process("score", str(tmp_path / "nowhere"), **environment)
    assert done.returncode == 2
    assert done.stderr.startswith("O215 library-too-old: pydantic 2.9.2 is installed"), done.stderr
    assert "F101" in done.stderr
    assert "O215" not in cti_process("score", str(tmp_path / "nowhere")).stderr
