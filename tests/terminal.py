"""The command line as a user has it: in this process, or in one of its own where the environment matters."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from ctimaturity.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


def cti(*arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error; an exception that is no exit is raised here."""
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def cti_process(
    *arguments: str, folder: Path | None = None, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, with its own environment and folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "ctimaturity", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        input=stdin,
        env={**kept, "PYTHONUTF8": "1", **environment},
        timeout=600,
    )
