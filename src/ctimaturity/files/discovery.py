"""From the paths a user gives to the files that are read."""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.container import Unpacked, read_member, unpack
from ctimaturity.files.kind import (
    CONTAINERS,
    OTHER_CONTAINERS,
    SAMPLE,
    SPREADSHEETS,
    ZIP,
    is_hidden,
    is_lock,
    is_result_folder,
    may_be_workbook,
)
from ctimaturity.files.limits import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter

_DEEPEST = 32
"""Folders inside one another; nobody files workbooks deeper."""
# without waiting for a pipe and without following a link that has taken the file's place meanwhile
_READ_ONLY = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read.

    Attributes:
        path: Where it is.
        name: What outputs call it (`file_names`), the same on every machine: with `/` between its
            parts and control characters made visible.
        member: Where it lies in the archive or mail message that the path leads to; empty for a file of
            its own.
    """

    path: Path
    name: str
    member: str = ""

    @property
    def may_contain(self) -> bool:
        """Whether it may be an archive or a mail message with workbooks in it."""
        return not self.member and self.path.suffix.lower() not in SPREADSHEETS


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files found, and what was passed over.

    Attributes:
        files: In order of their names.
        diagnostics: What was passed over, and why.
        given: Paths as the user gave them, by the names of the files and of what was passed over.
    """

    files: tuple[InputFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    given: Mapping[str, str]


def discover(paths: Iterable[Path]) -> Discovery:
    """Find the input files in files and folders, whatever the order they are given in.

    Folders are searched to the bottom. Links, pipes and devices are never followed or opened,
    and a folder with results of ours is not searched. A file reached twice counts once. A file
    named by the user is always an input; inside a folder, what neither by its name nor by its
    first bytes could be a workbook, or a sheet of ours saved as text, is passed over.
    """
    search = _PathSearch()
    for path in sorted(set(paths)):
        search.named(path)
    names = file_names(search.roots)
    taken = sorted(set(search.files.values()))
    files = [InputFile(path, names[path]) for path in taken]
    diagnostics = [
        Diagnostic(code, Location(file=names[path]), parameters) for code, path, parameters in search.notes
    ]
    return Discovery(
        files=tuple(sorted(files, key=lambda file: unicodedata.normalize("NFC", file.name))),
        diagnostics=in_order(diagnostics),
        given=MappingProxyType({name: _shown(path) for path, name in names.items()}),
    )


def file_names(roots: Mapping[Path, Path]) -> dict[Path, str]:
    """What outputs call files: no user, no machine, and the same from whatever folder the command is run.

    Within the one folder that was given, a file is called by its path below it; otherwise a folder's
    name comes first. Where two would be called the same, folders above them are added.

    Args:
        roots: By path, the path from the user that led to it.

    Returns:
        A name for each path, with `/` between its parts.
    """
    alone = len(set(roots.values())) == 1
    depth = {path: _parts_wanted(path, root, alone=alone) for path, root in roots.items()}
    while True:
        names = {path: "/".join(path.absolute().parts[-count:]) for path, count in depth.items()}
        by_name: dict[str, list[Path]] = {}
        for path, name in names.items():
            by_name.setdefault(name, []).append(path)
        same = [path for group in by_name.values() if len(group) > 1 for path in group]
        longer = [path for path in same if depth[path] < len(path.absolute().parts)]
        if not longer:
            return {path: visible(name) for path, name in names.items()}
        for path in longer:
            depth[path] += 1


def _parts_wanted(path: Path, root: Path, *, alone: bool) -> int:
    below = len(path.parts) - len(root.parts)
    return below if alone and below else below + 1


def read_file(file: InputFile, limits: Limits = LIMITS) -> bytes | Diagnostic:
    """The bytes of a file, read once; a finding where it is too large or cannot be read."""
    data = _read(file.path, file.name, limits)
    if isinstance(data, Diagnostic) or not file.member:
        return data
    found = read_member(data, file.path.name, file.member, limits)
    if isinstance(found, bytes):
        return found
    place = Location(file=file.name)
    return found.in_file(file.name) if found else Diagnostic(codes.PATH_MISSING, place)


def look_inside(file: InputFile, limits: Limits = LIMITS) -> Unpacked | Diagnostic | None:
    """What lies in an archive or message; None for what is neither, a finding where it cannot be opened."""
    data = _read(file.path, file.name, limits)
    found = data if isinstance(data, Diagnostic) else unpack(data, file.path.name, limits)
    return found.in_file(file.name) if isinstance(found, Diagnostic) else found


def _read(path: Path, name: str, limits: Limits) -> bytes | Diagnostic:
    place = Location(file=name)
    try:
        descriptor = os.open(path, _READ_ONLY)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Diagnostic(codes.PATH_NOT_A_REGULAR_FILE, place)
            data = stream.read(limits.file_size + 1)
    except OSError as error:
        return Diagnostic(codes.FILE_UNREADABLE, place, {"reason": _reason(error)})
    if len(data) > limits.file_size:
        size = max(status.st_size, len(data))
        return Diagnostic(codes.FILE_TOO_LARGE, place, {"size": size, "limit": limits.file_size})
    return data


class _PathSearch:
    """Collects files by the place they really have, and what is passed over."""

    def __init__(self) -> None:
        self.files: dict[Path, Path] = {}
        self.notes: list[tuple[Code, Path, dict[str, Parameter]]] = []
        self.roots: dict[Path, Path] = {}
        self._root: Path
        self._taken = 0

    def named(self, path: Path) -> None:
        """A path from the user."""
        self._root = path
        try:
            mode = path.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            self._note(codes.PATH_MISSING, path)
        except (OSError, ValueError) as error:
            self._note(codes.FILE_UNREADABLE, path, reason=_reason(error))
        else:
            if stat.S_ISDIR(mode):
                before = self._taken
                if self._folder(path, 0) and self._taken == before:
                    self._note(codes.FOLDER_WITHOUT_WORKBOOKS, path)
            elif not stat.S_ISREG(mode):
                self._note(codes.PATH_NOT_A_REGULAR_FILE, path)
            elif is_lock(path.name):
                self._note(codes.LOCK_FILE_PASSED_OVER, path)
            else:
                self._take(path)

    def _folder(self, folder: Path, depth: int) -> bool:
        """Search a folder; False where it is not to be searched, which has been said then."""
        if is_result_folder(folder):
            self._note(codes.RESULT_FOLDER_PASSED_OVER, folder)
            return False
        if depth == _DEEPEST:
            self._note(codes.FOLDER_TOO_DEEP, folder, limit=_DEEPEST)
            return False
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._note(codes.FILE_UNREADABLE, folder, reason=_reason(error))
            return False
        for entry in entries:
            self._entry(folder / entry.name, entry, depth)
        return True

    def _entry(self, path: Path, entry: os.DirEntry[str], depth: int) -> None:
        if is_lock(entry.name):
            self._note(codes.LOCK_FILE_PASSED_OVER, path)
        elif is_hidden(entry.name):
            self._note(codes.HIDDEN_FILE_PASSED_OVER, path)
        elif entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction()):
            self._note(codes.LINK_PASSED_OVER, path)
        elif entry.is_dir(follow_symlinks=False):
            self._folder(path, depth + 1)
        elif not entry.is_file(follow_symlinks=False):
            self._note(codes.NOT_A_REGULAR_FILE, path)
        elif path.suffix.lower() in CONTAINERS or may_be_workbook(path.name, lambda: _begin(path)):
            self._take(path)
        elif path.suffix.lower() in OTHER_CONTAINERS:
            self._note(codes.ARCHIVE_NOT_OPENED, path)
        else:
            self._note(codes.OTHER_FILE_PASSED_OVER, path)

    def _take(self, path: Path) -> None:
        self._taken += 1
        self.roots.setdefault(path, self._root)
        known = self.files.setdefault(path.resolve(), path)
        if path < known:
            self.files[path.resolve()] = path

    def _note(self, code: Code, path: Path, **parameters: Parameter) -> None:
        self.roots.setdefault(path, self._root)
        self.notes.append((code, path, parameters))


def _shown(path: Path) -> str:
    return visible(path.as_posix())


def _reason(error: Exception) -> str:
    """What the operating system says, without the path it may repeat."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _begin(path: Path) -> bytes:
    """The first bytes of a file; those of an archive where it cannot be read, which reading it will say."""
    try:
        with path.open("rb") as stream:
            return stream.read(SAMPLE)
    except OSError:
        return ZIP
