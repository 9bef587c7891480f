"""Files and folders that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.kind import MANIFEST, written_files

if TYPE_CHECKING:
    from collections.abc import Iterator

kept: list[Path] = []
"""What this process has put in its place, by the paths it was given: whole, whatever interrupts it later."""
_FILE_MODE = 0o666
_FOLDER_MODE = 0o777


def write_file(path: Path, content: bytes) -> None:
    """Write a file aside and rename it into place; an earlier one stays until then.

    The folders it lies in are made.

    Raises:
        JobError: It cannot be written.
    """
    with _job(path):
        place = Path(os.path.realpath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        aside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
            aside.chmod(_FILE_MODE & ~_umask())
            aside.replace(place)
            kept.append(path)
        except BaseException:  # Ctrl-C as well: nothing half-written stays
            aside.unlink(missing_ok=True)
            raise


@contextmanager
def folder_aside(path: Path) -> Iterator[Path]:
    """A folder to write into, aside of `path`, which takes its place as a whole.

    An earlier folder at `path` stays as it was until the new one is complete; whether it may be
    replaced is for the caller to know. Files in it that no earlier run of ours wrote are kept,
    unless the new folder has one of that name. Where the body raises, or is interrupted, the
    new folder is removed and the earlier one left alone.

    Raises:
        JobError: It cannot be written, or a file stands in its place.
    """
    with _job(path):
        place = Path(os.path.realpath(path))
        if place.exists() and not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
        try:
            yield aside
            aside.chmod(_FOLDER_MODE & ~_umask())
            if place.exists():
                _keep_foreign_files(place, aside)
            _put_in_place(aside, place)
            kept.append(path)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _keep_foreign_files(place: Path, aside: Path) -> None:
    """Copy what the user has put into a folder of results; the original stays until the end."""
    ours = {*written_files(place), MANIFEST}
    for folder, folders, names in os.walk(place):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *links):
            original = Path(folder, name)
            relative = original.relative_to(place)
            kept = aside / relative
            if relative.as_posix() not in ours and not os.path.lexists(kept):
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(original, kept, follow_symlinks=False)


def _put_in_place(aside: Path, place: Path) -> None:
    """Rename, with the earlier folder out of the way for the moment between two renames."""
    if not place.exists():
        aside.rename(place)
        return
    shelter = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    earlier = shelter / place.name
    try:
        place.rename(earlier)
        aside.rename(place)
    except BaseException:
        # the earlier folder goes back first; if that fails it stays in its shelter, whole
        with suppress(FileNotFoundError):
            earlier.rename(place)
        shelter.rmdir()
        raise
    shutil.rmtree(shelter, ignore_errors=True)


@contextmanager
def _job(path: Path) -> Iterator[None]:
    """What the operating system refuses, as a finding about the path the user gave."""
    try:
        yield
    except OSError as error:
        shown = visible(path.as_posix())
        reason = error.strerror or type(error).__name__
        finding = Diagnostic(
            codes.OUTPUT_NOT_WRITTEN, Location(file=shown), {"path": shown, "reason": reason}
        )
        raise JobError([finding]) from error


def _umask() -> int:
    """The process's mask; there is no way to ask for it but to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
