"""Write the lowest versions that pyproject.toml allows, as requirements for pip.

    python scripts/floors.py > floors.txt     what `make floors` installs: to run, and to build

The tools of tests have no floors: nobody who uses `cti` installs them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
EXTRAS = ("pdf", "panel", "roadmap")


def floors() -> list[str]:
    """Each requirement with the lowest version for the only one.

    Raises:
        ValueError: A requirement has no floor.
    """
    settings = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    project = settings["project"]
    asked = {*settings["build-system"]["requires"], *project["dependencies"]}
    asked.update(*(project["optional-dependencies"][extra] for extra in EXTRAS))
    return sorted(_lowest(requirement) for requirement in asked)


def _lowest(requirement: str) -> str:
    found = re.fullmatch(r"([\w.-]+)>=([\d.]+)", requirement)
    if not found:
        raise ValueError(requirement)
    return f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in floors()))
