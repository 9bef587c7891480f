"""Two folders of results, file by file."""

from __future__ import annotations

import csv
import zipfile
from itertools import zip_longest
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.results import MANIFEST
from ctimaturity.results.manifest import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ctimaturity.files.csv import Dialect
    from ctimaturity.results.manifest import Manifest

_NEAR = 1e-9
"""Numbers of two versions of the tool that differ by less, relatively, are the same."""
_WORDS = frozenset({"message", "hint"})


def edited_outputs(folder: Path, manifest: Manifest) -> Iterator[Diagnostic]:
    """Which files of a folder are missing, changed, or none of the manifest's."""
    for name, digest in manifest.outputs.items():
        place = Location((folder / visible(name)).as_posix())
        try:
            same = sha256_of(folder / name) == digest
        except OSError:
            yield Diagnostic(codes.RESULT_FILE_MISSING, place, {"name": visible(name)})
            continue
        if not same:
            yield Diagnostic(codes.RESULT_FILE_CHANGED, place, {"name": visible(name)})
    known = {*manifest.outputs, MANIFEST}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in known:
            place = Location(visible(path.as_posix()))
            yield Diagnostic(codes.OUTPUT_ADDED, place, {"name": visible(name)})


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files are the same; of workbooks, whether their parts are.

    How tightly an archive is packed depends on the machine; what is in it does not.
    """
    first, second = one.read_bytes(), other.read_bytes()
    if first == second or one.suffix != ".xlsx":
        return first == second
    with zipfile.ZipFile(one) as old, zipfile.ZipFile(other) as new:
        return old.namelist() == new.namelist() and all(
            old.read(name) == new.read(name) for name in old.namelist()
        )


def same_numbers(one: Path, other: Path, dialect: Dialect) -> bool:
    """Whether two tables say the same where numbers are compared as numbers.

    Columns that only one of them has are passed over, since a later version may write more, and so are
    the words of findings.
    """
    with (
        one.open(encoding="utf-8-sig", newline="") as first,
        other.open(encoding="utf-8-sig", newline="") as second,
    ):
        old, new = (csv.DictReader(stream, delimiter=dialect.delimiter) for stream in (first, second))
        known = set(new.fieldnames or ()) - _WORDS
        shared = [name for name in old.fieldnames or () if name in known]
        for before, after in zip_longest(old, new):
            if before is None or after is None:
                return False
            if not all(_same(before[name], after[name], dialect) for name in shared):
                return False
    return True


def _same(one: str | None, other: str | None, dialect: Dialect) -> bool:
    if one == other:
        return True
    try:
        first, second = (float((cell or "").replace(dialect.decimal, ".")) for cell in (one, other))
    except ValueError:
        return False
    return abs(first - second) <= _NEAR * max(1.0, abs(first), abs(second))
