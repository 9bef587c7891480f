"""What a file is by its content, whatever its name."""

from __future__ import annotations

from ctimaturity.diagnostics import codes
from ctimaturity.files.refusal import Refusal

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_ENTRY = 128
_SAMPLE = 4_096
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<table", b"<meta")


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
    sample = data[:_SAMPLE]
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
