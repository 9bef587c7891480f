"""What a file or folder is: by its name, its first bytes, or what lies in it."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import LIMITS, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an OLE compound file begins: old Excel, encrypted workbooks, mails of Outlook (MS-CFB)."""
MAIL = ".eml"
CONTAINERS = frozenset({".zip", MAIL})
"""Endings of what workbooks are forwarded in, and read from."""
OTHER_CONTAINERS = frozenset({".msg", ".rar", ".7z", ".gz", ".tgz", ".tar", ".p7m"})
"""Endings of what may hold workbooks too, and is not opened."""
SPREADSHEETS = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".ots", ".fods", ".numbers"}
)
MANIFEST = "manifest.json"
SAMPLE = 16_384
"""First bytes of a file in which the mark of a sheet of ours is looked for."""

_DOCUMENTS = frozenset({".doc", ".docx", ".odt", ".ppt", ".pptx", ".odp", ".vsdx"})
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
_OURS = re.compile(rb"cti:(?:cover|[a-z0-9_-]+:(?:answers|indicators|list|grid|counts))\b")
"""The mark above a table of answers, in the bytes of a text."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<table", b"<meta")
_BEGIN = 4_096
"""Bytes that tell a text from anything else: control characters come early in what is none."""
_DIRECTORY_ENTRY = 128
"""Bytes of an entry of a compound file's directory, so that a name inside a text is no stream (MS-CFB)."""
_TOOL = "ctimaturity"


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


def require_archive(data: bytes) -> None:
    """Let an archive pass, and say what anything else is.

    Raises:
        Refusal: The content is not that of an archive.
    """
    if not data:
        raise Refusal(codes.EMPTY_FILE)
    if data.startswith(ZIP):
        return
    if data.startswith(COMPOUND):
        raise _compound(data)
    if data.lstrip()[:5] == b"%PDF-":
        raise Refusal(codes.PDF_FILE)
    if data.startswith(_PICTURES):
        raise Refusal(codes.PICTURE_FILE)
    if data.startswith(_ARCHIVES):
        raise Refusal(codes.OTHER_ARCHIVE)
    sample = data[:_BEGIN]
    if sample.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        if b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet' in sample:
            raise Refusal(codes.FLAT_OPENDOCUMENT_SPREADSHEET)
        raise Refusal(codes.WEB_PAGE_OR_XML)
    raise Refusal(codes.TEXT_FILE if is_text(sample) else codes.UNKNOWN_CONTENT)


def is_text(sample: bytes) -> bool:
    """Whether bytes read as text: no control characters beside white space."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 0x20 and byte not in b"\t\n\r\x0c\x1a" for byte in sample)  # noqa: PLR2004  (ASCII control characters)


def _compound(data: bytes) -> Refusal:
    """What an OLE compound file is, by the names of its streams."""
    if has_stream(data, "DRMEncryptedTransform") or has_stream(data, "DRMEncryptedDataSpace"):
        return Refusal(codes.RIGHTS_MANAGED)
    if has_stream(data, "EncryptedPackage"):
        return Refusal(codes.PASSWORD_PROTECTED)
    if has_stream(data, "Workbook") or has_stream(data, "Book"):
        return Refusal(codes.OLD_EXCEL_WORKBOOK)
    if has_stream(data, "__properties_version1.0"):
        return Refusal(codes.OUTLOOK_MESSAGE)
    if has_stream(data, "WordDocument"):
        return Refusal(codes.OTHER_DOCUMENT)
    return Refusal(codes.UNKNOWN_CONTENT)


def has_stream(data: bytes, name: str) -> bool:
    """Whether the directory, made of entries of 128 bytes, has a stream or storage of that name."""
    wanted = f"{name}\0".encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % _DIRECTORY_ENTRY == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def is_result_folder(folder: Path) -> bool:
    """Whether a folder carries a manifest of ours."""
    return _manifest(folder) is not None


def written_files(folder: Path) -> frozenset[str]:
    """The files that the manifest of a result folder lists, by their paths in it.

    Nothing for any other folder. The manifest itself is not in its list.
    """
    manifest = _manifest(folder) or {}
    outputs = manifest.get("outputs")
    return frozenset(outputs) if isinstance(outputs, dict) else frozenset()


def is_manifest(data: bytes) -> bool:
    """Whether a file called as a manifest is one of ours."""
    return _parsed(data) is not None


def _manifest(folder: Path) -> dict[str, object] | None:
    try:
        with (folder / MANIFEST).open("rb") as stream:
            return _parsed(stream.read(LIMITS.file_size))
    except OSError:
        return None


def _parsed(data: bytes) -> dict[str, object] | None:
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("tool") == _TOOL else None
