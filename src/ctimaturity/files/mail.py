"""The files attached to a mail message, as mail programs save one (.eml).

The library reads the headers, which are short. The message is cut into its parts here: on a message made to
harm, the library's own parser takes minutes and gigabytes.
"""

from __future__ import annotations

import binascii
import email
import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.policy import compat32
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message

_BLANK_LINE = re.compile(rb"(?:\A|\r?\n)\r?\n")
_LONGEST_HEADERS = 65_536
_MOST_PARTS = 400
_DEEPEST = 12
"""Far above what a person's two hundred attachments need, in mails forwarded from one to the other."""
_UNSAFE = str.maketrans(dict.fromkeys(map(chr, [*range(32), 127]), "_"))


class Attachment(NamedTuple):
    """A file attached to a message.

    Attributes:
        name: What the message calls it, without folders.
        read: Decodes it.
    """

    name: str
    read: Callable[[], bytes]


class _MailPart(NamedTuple):
    """One part of a message that has no parts of its own."""

    headers: Message
    body: bytes

    def content(self) -> bytes:
        encoding = str(self.headers.get("content-transfer-encoding", "")).strip().lower()
        if encoding in {"", "7bit", "8bit", "binary"}:
            return self.body
        try:
            if encoding == "base64":
                return binascii.a2b_base64(self.body)
            if encoding == "quoted-printable":
                return binascii.a2b_qp(self.body)
        except (binascii.Error, ValueError):
            pass
        raise Refusal(codes.MAIL_UNREADABLE)


def attachments(data: bytes) -> list[Attachment]:
    """The files of a message, those of messages attached to it among them.

    Raises:
        Refusal: It is cut off, or has more parts than a person attaches.
    """
    found: list[Attachment] = []
    taken: set[str] = set()
    for count, part in enumerate(_parts(data, 0), 1):
        if count > _MOST_PARTS:
            raise Refusal(codes.MAIL_UNREADABLE)
        name = _file_name(part.headers)
        if name:
            name = _free(name, taken)
            taken.add(name.lower())
            found.append(Attachment(name, part.content))
    return found


def _parts(data: bytes, depth: int) -> Iterator[_MailPart]:
    headers, body = _opened(data)
    if depth > _DEEPEST:
        raise Refusal(codes.MAIL_UNREADABLE)
    if headers.get_content_maintype() == "multipart":
        for piece in _pieces(body, _boundary(headers), closed=depth == 0):
            yield from _parts(piece, depth + 1)
    elif headers.get_content_type() == "message/rfc822":
        yield from _parts(_MailPart(headers, body).content().lstrip(b"\r\n"), depth + 1)
    else:
        yield _MailPart(headers, body)


def _opened(data: bytes) -> tuple[Message, bytes]:
    """The headers of a message or part, and what stands behind them."""
    blank = _BLANK_LINE.search(data, 0, _LONGEST_HEADERS)
    if blank is None and len(data) > _LONGEST_HEADERS:
        raise Refusal(codes.MAIL_UNREADABLE)
    end = blank.start() if blank else len(data)
    return email.message_from_bytes(data[:end], policy=compat32), data[blank.end() :] if blank else b""


def _boundary(headers: Message) -> bytes:
    boundary = headers.get_boundary() or ""
    try:
        found = boundary.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        found = b""
    if not found:
        raise Refusal(codes.MAIL_UNREADABLE)
    return found


def _pieces(body: bytes, boundary: bytes, *, closed: bool) -> Iterator[bytes]:
    """What stands between the boundaries; the last of them says that it is, unless the message is cut off."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start = -1
    for count, found in enumerate(line.finditer(body)):
        if count > _MOST_PARTS:
            raise Refusal(codes.MAIL_UNREADABLE)
        if start >= 0:
            yield body[start : found.start()].removeprefix(b"\r").removeprefix(b"\n")
        if found[1]:
            return
        start = found.end()
    if closed or start < 0:
        raise Refusal(codes.MAIL_UNREADABLE)
    yield body[start:].removeprefix(b"\r").removeprefix(b"\n")


def _file_name(headers: Message) -> str:
    """The name of an attached file; empty for the text of the message."""
    try:
        name = headers.get_filename() or ""
        name = str(make_header(decode_header(name))) if "=?" in name else name
    except (ValueError, LookupError, TypeError, HeaderParseError):
        name = "?"
    name = name.encode("utf-8", "replace").decode()
    name = name.replace("\\", "/").rpartition("/")[2].translate(_UNSAFE).strip()
    if name in {"", ".", ".."}:
        text = headers.get_content_maintype() == "text"
        return "" if not name and text else f"attachment.{headers.get_content_subtype()}"
    return name


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where another attachment has it."""
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        free = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
    return free
