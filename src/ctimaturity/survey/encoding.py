"""Exports in UTF-16 (Excel's "Unicode text") or with line ends of an old Mac, rewritten piece by piece."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.table import not_decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AT_ONCE = 1 << 20


def in_plain_text(path: Path, copy: Path) -> Path:
    """The file itself, or a copy in UTF-8 with usual line ends; the lines stay where they are.

    Args:
        path: The file.
        copy: Where the copy is written to.

    Raises:
        Refusal: It is not the text that its mark says, or cannot be copied.
    """
    try:
        with path.open("rb") as source:
            head = source.read(_AT_ONCE)
            source.seek(0)
            marked = head.startswith(_MARKS)
            old = b"\r" in head and b"\n" not in head
            if not marked and not old:
                return path
            pieces = _from_utf16(source) if marked else iter(lambda: source.read(_AT_ONCE), b"")
            if old:
                pieces = (piece.replace(b"\r", b"\n") for piece in pieces)
            with copy.open("wb") as target:
                target.writelines(pieces)
    except OSError as error:
        raise Refusal(codes.FILE_UNREADABLE, reason=error.strerror or type(error).__name__) from None
    return copy


def _from_utf16(source: BinaryIO) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")()
    lines, last = 0, ""
    data = source.read(_AT_ONCE)
    while True:
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise not_decoded(error, "\n" * lines + last) from None
        yield text.encode()
        if not data:
            return
        lines += text.count("\n")
        last = text.rpartition("\n")[2] if "\n" in text else last + text
        data = source.read(_AT_ONCE)
