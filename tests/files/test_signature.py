from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import raw_workbooks as raw
from ctimaturity.diagnostics import codes
from ctimaturity.files.xlsx import read_workbook

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code


def compound(*streams: str) -> bytes:
    """A file of the old container format with a directory that names these streams."""
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory


def open_document(kind: str) -> bytes:
    return raw.zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"})


def other_office(kind: str) -> bytes:
    types = f'<Types xmlns="{raw.TYPES}"><Override PartName="/x.xml" ContentType="{kind}"/></Types>'
    return raw.zipped({"[Content_Types].xml": types, "_rels/.rels": raw.relations("")})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", codes.EMPTY_FILE, id="empty"),
        pytest.param(compound("EncryptedPackage", "EncryptionInfo"), codes.PASSWORD_PROTECTED, id="password"),
        pytest.param(compound("\x06DataSpaces", "DRMEncryptedTransform"), codes.RIGHTS_MANAGED, id="irm"),
        pytest.param(
            compound("EncryptedPackage", "DRMEncryptedDataSpace"), codes.RIGHTS_MANAGED, id="irm-package"
        ),
        pytest.param(compound("Root Entry", "Workbook"), codes.OLD_EXCEL_WORKBOOK, id="xls"),
        pytest.param(compound("Root Entry", "Book"), codes.OLD_EXCEL_WORKBOOK, id="xls-95"),
        pytest.param(compound("Root Entry", "WordDocument"), codes.OTHER_DOCUMENT, id="doc"),
        pytest.param(compound("Root Entry", "x"), codes.UNKNOWN_CONTENT, id="compound"),
        pytest.param(
            compound("Root") + b"x" + "Workbook\0".encode("utf-16-le"), codes.UNKNOWN_CONTENT, id="in-text"
        ),
        pytest.param(
            b'<?xml version="1.0"?><office:document xmlns:office="x" '
            b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
            codes.FLAT_OPENDOCUMENT_SPREADSHEET,
            id="fods",
        ),
        pytest.param(compound("Root Entry", "__properties_version1.0"), codes.OUTLOOK_MESSAGE, id="msg"),
        pytest.param(open_document("text"), codes.OTHER_DOCUMENT, id="odt"),
        pytest.param(
            other_office("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            codes.BINARY_WORKBOOK,
            id="xlsb",
        ),
        pytest.param(
            other_office("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
            codes.OTHER_DOCUMENT,
            id="docx",
        ),
        pytest.param(
            other_office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
            codes.OTHER_DOCUMENT,
            id="pptx",
        ),
        pytest.param(raw.zipped({"Index/Document.iwa": "x"}), codes.NUMBERS_DOCUMENT, id="numbers"),
        pytest.param(raw.zipped({"05001.xlsx": "x"}), codes.OTHER_ARCHIVE, id="zip"),
        pytest.param(raw.zipped({}), codes.UNKNOWN_CONTENT, id="empty-zip"),
        pytest.param(b"Rar!\x1a\x07\x01\x00", codes.OTHER_ARCHIVE, id="rar"),
        pytest.param("código;respuesta\r\nC-01-a;1\r\n".encode("cp1252"), codes.TEXT_FILE, id="csv"),
        pytest.param("a\tb\n".encode("utf-16"), codes.TEXT_FILE, id="utf-16"),
        pytest.param(b"%PDF-1.7\n", codes.PDF_FILE, id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", codes.PICTURE_FILE, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", codes.PICTURE_FILE, id="jpeg"),
        pytest.param(b"\xef\xbb\xbf  <!DOCTYPE html><html>", codes.WEB_PAGE_OR_XML, id="html"),
        pytest.param(b'<?xml version="1.0"?><?mso-application?>', codes.WEB_PAGE_OR_XML, id="xml"),
        pytest.param(b"\x00\x01\x02\x03", codes.UNKNOWN_CONTENT, id="binary"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content(data: bytes, code: Code) -> None:
    reading = read_workbook(data)
    assert reading.workbook is None
    assert [found.code for found in reading.diagnostics] == [code]


@pytest.mark.parametrize("main", ["sheet.main+xml", "template.main+xml"])
def test_workbooks_and_templates_are_read(main: str) -> None:
    parts = raw.parts(raw.sheet())
    parts["[Content_Types].xml"] = raw.content_types(main)
    assert read_workbook(raw.zipped(parts)).workbook is not None
