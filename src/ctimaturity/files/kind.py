"""What a file may be by its name and its first bytes, before it is opened."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from ctimaturity.files.signature import COMPOUND, ZIP

if TYPE_CHECKING:
    from collections.abc import Callable

MAIL = ".eml"
CONTAINERS = frozenset({".zip", MAIL})
"""Endings of what workbooks are forwarded in, and read from."""
OTHER_CONTAINERS = frozenset({".msg", ".rar", ".7z", ".gz", ".tgz", ".tar", ".p7m"})
"""Endings of what may hold workbooks too, and is not opened."""
SPREADSHEETS = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".ots", ".fods", ".numbers"}
)
_DOCUMENTS = frozenset({".doc", ".docx", ".odt", ".ppt", ".pptx", ".odp", ".vsdx"})
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
_OURS = re.compile(rb"cti:(?:cover|[a-z0-9_-]+:(?:answers|indicators|list|grid|counts))\b")
"""The mark above a table of answers, in the bytes of a text."""


def is_lock(name: str) -> bool:
    """Whether it is the file that a program keeps beside an open one."""
    return name.startswith(("~$", ".~lock."))


def is_hidden(name: str) -> bool:
    """Whether people do not see it: hidden, or left behind by a system."""
    return name.startswith(".") or name.lower() in _LEFT_BY_SYSTEMS


def may_be_workbook(name: str, begin: Callable[[], bytes]) -> bool:
    """Whether a file may hold answers.

    Args:
        name: Its name without folders.
        begin: Reads its first bytes, where the name does not tell.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in SPREADSHEETS or suffix in _DOCUMENTS:
        return suffix in SPREADSHEETS
    sample = begin()
    # a sheet of ours that was saved as text or as a web page is an answer, which is told how to be saved
    return sample.startswith((ZIP, COMPOUND)) or _OURS.search(sample.replace(b"\0", b"")) is not None
