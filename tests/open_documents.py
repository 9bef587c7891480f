"""OpenDocument workbooks put together by hand, and other programs' workbooks written as such."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import openpyxl

import raw_workbooks as raw

if TYPE_CHECKING:
    from collections.abc import Mapping

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = "".join(
    f' xmlns:{prefix}="{_URN}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
    )
)
_NAMES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_NAMES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def table(rows: str, name: str = "S1", before: str = "", style: str = "seen") -> str:
    """One sheet."""
    return (
        f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{before}{rows}</table:table>'
    )


def row(cells: str, attributes: str = "") -> str:
    """One row."""
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def cell(kind: str = "", value: str = "", inside: str = "", attributes: str = "") -> str:
    """One cell: its type, the value in its attribute, and what stands inside it."""
    attribute = {"float": "value", "percentage": "value", "currency": "value"}.get(kind, f"{kind}-value")
    typed = f' office:value-type="{kind}"' if kind else ""
    if value:
        typed += f" office:{attribute}={quoteattr(value)}"
    return f"<table:table-cell{typed} {attributes}>{inside}</table:table-cell>"


def text(words: str, attributes: str = "") -> str:
    """A cell with a text, a paragraph for each line."""
    return cell("string", "", "".join(f"<text:p>{line}</text:p>" for line in words.split("\n")), attributes)


def content(*tables: str, around: str = "{}") -> str:
    """The part with the sheets, which stand at `{}`."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("seen", "true"), ("unseen", "false"))
    )
    inside = around.replace("{}", "".join(tables))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def meta(inside: str) -> str:
    """The part with the properties."""
    return f"<office:document-meta{_NAMES}><office:meta>{inside}</office:meta></office:document-meta>"


def workbook(*tables: str, parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """A workbook of these sheets."""
    return raw.zipped({"mimetype": MIMETYPE, "content.xml": content(*tables), **(parts or {})})


def as_opendocument(data: bytes) -> bytes:
    """The values of an Excel workbook as an OpenDocument one; hidden sheets are hidden."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    tables = []
    for sheet in book.worksheets:
        rows = "".join(
            row("".join(_written(value) for value in values)) for values in sheet.iter_rows(values_only=True)
        )
        tables.append(table(rows, sheet.title, style="seen" if sheet.sheet_state == "visible" else "unseen"))
    keywords = "".join(
        f"<meta:keyword>{escape(word)}</meta:keyword>" for word in (book.properties.keywords or "").split()
    )
    return workbook(*tables, parts={"meta.xml": meta(keywords)})


def _written(value: object) -> str:
    if value is None:
        return cell()
    if isinstance(value, bool):
        return cell("boolean", str(value).lower())
    if isinstance(value, int | float):
        return cell("float", repr(value))
    if isinstance(value, dt.datetime):
        return cell("date", value.isoformat())
    words = escape(str(value)).replace("  ", "<text:s/><text:s/>")
    return text(words)
