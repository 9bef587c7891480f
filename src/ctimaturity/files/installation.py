"""What is installed: the data inside the package, and the versions of the libraries beside it."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE = Path(__file__).resolve().parents[1]
_WRITERS = {
    ".csv": ("numpy",),
    ".html": ("Jinja2", "MarkupSafe"),
    ".parquet": ("duckdb",),
    ".pdf": ("weasyprint",),
    ".xlsx": ("XlsxWriter",),
}
"""The libraries that the bytes of a file may depend on, by its ending; last digits of numbers do on numpy."""
_FLOOR = re.compile(r"(?P<name>[\w.-]+)>=(?P<floor>[\d.]+)")


def data_folder(name: str) -> Path:
    """A folder of bundled data: `questionnaires` or `examples`.

    Found the same way from a wheel, which carries them below the package, and from a checkout, where they lie
    beside `src`.

    Raises:
        FileNotFoundError: The installation lacks it.
    """
    for candidate in (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its folder {name!r}")


def installed_version(library: str) -> str:
    """The version of a library; empty where it is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def writers_of(endings: Iterable[str]) -> dict[str, str]:
    """The versions of the libraries that files are written with, by name."""
    names = sorted({name for ending in endings for name in _WRITERS.get(ending, ())}, key=str.casefold)
    return {name: found for name in names if (found := installed_version(name))}


def old_libraries() -> tuple[Diagnostic, ...]:
    """The libraries that are older than the tool asks for. Looking costs too much to be done without need."""
    try:
        asked = requires("ctimaturity") or []
    except PackageNotFoundError:  # it runs from its sources
        return ()
    floors = filter(None, map(_FLOOR.match, asked))
    found = [(floor["name"], installed_version(floor["name"]), floor["floor"]) for floor in floors]
    return tuple(
        Diagnostic(
            codes.LIBRARY_TOO_OLD, parameters={"library": name, "installed": installed, "needed": needed}
        )
        for name, installed, needed in sorted(set(found))
        if installed and _numbers(installed) < _numbers(needed)
    )


def _numbers(text: str) -> list[int]:
    """The release of a version without the zeros at its end: 2.12.0rc1 is 2.12."""
    release = re.match(r"[\d.]*", text)
    numbers = [int(part) for part in (release[0] if release else "").split(".") if part]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers
