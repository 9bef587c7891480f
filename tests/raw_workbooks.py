"""Workbooks put together part by part, for what no library would write."""

from __future__ import annotations

import html
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet(rows: str = "", around: str = "{}", namespace: str = MAIN) -> str:
    """A sheet's part; the rows stand at `{}`."""
    inside = around.replace("{}", f"<sheetData>{rows}</sheetData>")
    return f'{DECLARATION}<worksheet xmlns="{namespace}">{inside}</worksheet>'


def styles(
    cell_formats: Sequence[int], formats: Mapping[int, str] | None = None, struck: Collection[int] = ()
) -> str:
    """A table of styles: a number format's id for each cell format, and which of them are crossed out."""
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{html.escape(code)}"/>'
        for number, code in (formats or {}).items()
    )
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="{int(at in struck)}"/>' for at, number in enumerate(cell_formats)
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f"<fonts><font/><font><sz/><strike/></font></fonts>"
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f"<cellXfs>{cells}</cellXfs></styleSheet>"
    )


def strings(*entries: str) -> str:
    """A table of shared texts; each entry is what stands inside `si`."""
    inside = "".join(f"<si>{entry}</si>" for entry in entries)
    return f'{DECLARATION}<sst xmlns="{MAIN}" count="9" uniqueCount="9">{inside}</sst>'


def parts(
    *sheets: str,
    states: Sequence[str] = (),
    shared: str = "",
    formats: str = "",
    properties: str = "",
    core: str = "",
    custom: str = "",
) -> dict[str, bytes | str]:
    """The parts of a workbook with sheets called S1, S2, ... in these states."""
    listed, related, found = "", "", {}
    for number, content in enumerate(sheets, start=1):
        state = f' state="{states[number - 1]}"' if states else ""
        listed += f'<sheet name="S{number}" sheetId="{number}"{state} r:id="rId{number}"/>'
        related += relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        found[f"xl/worksheets/sheet{number}.xml"] = content
    if shared:
        related += relation("rIdT", "sharedStrings", "sharedStrings.xml")
        found["xl/sharedStrings.xml"] = shared
    if formats:
        related += relation("rIdF", "styles", "styles.xml")
        found["xl/styles.xml"] = formats
    top = relation("rId1", "officeDocument", "xl/workbook.xml")
    if core:
        top += relation("rId2", "core-properties", "docProps/core.xml")
        found["docProps/core.xml"] = core
    if custom:
        top += relation("rId3", "custom-properties", "docProps/custom.xml")
        found["docProps/custom.xml"] = custom
    return {
        "[Content_Types].xml": content_types("sheet.main+xml"),
        "_rels/.rels": relations(top),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(related),
        **found,
    }


def workbook(*sheets: str, **others: str) -> bytes:
    """The workbook of such parts."""
    return zipped(parts(*sheets, **others))  # type: ignore[arg-type]


def content_types(main: str) -> str:
    """The list of content types, with the one of the main part."""
    override = f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.{main}"/>'
    return f'<Types xmlns="{TYPES}">{override}</Types>'


def relation(id_: str, kind: str, target: str) -> str:
    """One relation."""
    return f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def relations(inside: str) -> str:
    """A list of relations."""
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def row(cells: str, number: int = 1, attributes: str = "") -> str:
    """One row."""
    return f'<row r="{number}"{attributes}>{cells}</row>'


CENTRAL = {
    "flags": (8, 2),
    "method": (10, 2),
    "crc": (16, 4),
    "packed": (20, 4),
    "size": (24, 4),
    "offset": (42, 4),
}
LOCAL = {"flags": (6, 2), "method": (8, 2), "crc": (14, 4), "packed": (18, 4), "size": (22, 4)}


def with_lie(data: bytes, name: str, *, local: bool = False, **fields: int) -> bytes:
    """An archive whose directory, or the member's own header too, says something else of a member."""
    changed = bytearray(data)
    places = [(b"PK\x01\x02", 46, CENTRAL)]
    if local:
        places.append((b"PK\x03\x04", 30, LOCAL))
    for signature, length, layout in places:
        at = data.find(signature)
        while data[at + length : at + length + len(name)] != name.encode():
            at = data.index(signature, at + 1)
        for field, value in fields.items():
            start, width = layout[field]
            changed[at + start : at + start + width] = value.to_bytes(width, "little")
    return bytes(changed)


def place_of(data: bytes, name: str) -> int:
    """Where a member's own header begins."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.getinfo(name).header_offset
