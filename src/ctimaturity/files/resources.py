"""The data inside the package, found the same way from a wheel and from a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """A folder of bundled data: `questionnaires` or `examples`.

    A wheel carries them below the package; a checkout, beside `src`.

    Raises:
        FileNotFoundError: The installation lacks it.
    """
    for candidate in (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its folder {name!r}")
