"""Exports in UTF-16, as Excel saves "Unicode text": rewritten in UTF-8, a piece at a time."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.codes.files import FILE_UNREADABLE
from ctimaturity.diagnostics.codes.tables import NOT_TEXT
from ctimaturity.files.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AT_ONCE = 1 << 20


def in_utf8(path: Path, head: bytes, copy: Path) -> Path:
    """The file itself, or a copy in UTF-8 where its mark says UTF-16; lines stay where they are.

    Args:
        path: The file.
        head: How it begins.
        copy: Where the copy is written to.

    Raises:
        Refusal: It is not the text that its mark says, or cannot be copied.
    """
    if not head.startswith(_MARKS):
        return path
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            while data := source.read(_AT_ONCE):
                target.write(decoder.decode(data).encode())
            target.write(decoder.decode(b"", final=True).encode())
    except UnicodeError:
        raise Refusal(NOT_TEXT) from None
    except OSError as error:
        raise Refusal(FILE_UNREADABLE, reason=error.strerror or type(error).__name__) from None
    return copy
