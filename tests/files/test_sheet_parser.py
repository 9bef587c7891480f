"""What is wrong inside a workbook's parts: each refused with its place, never read as something else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import raw_workbooks as raw
from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import LIMITS, Limits
from ctimaturity.files.xlsx import read_workbook

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Diagnostic

MISPLACED, UNREADABLE = codes.CELL_MISPLACED, codes.CELL_UNREADABLE
ENTRIES, CELLS = codes.TOO_MANY_ENTRIES, codes.TOO_MANY_CELLS
ONE = raw.row('<c r="A1"><v>1</v></c>')
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def refusal(data: bytes, limits: Limits = LIMITS) -> Diagnostic:
    reading = read_workbook(data, limits)
    assert reading.workbook is None
    (found,) = reading.diagnostics
    return found


GOOD = raw.parts(
    raw.sheet(ONE), shared=raw.strings("<t>x</t>"), formats=raw.styles([0]), core="<x><title/></x>"
)


def changed(name: str, content: str | bytes | None) -> bytes:
    """A good workbook with one part changed or left out."""
    parts = dict(GOOD)
    if content is None:
        del parts[name]
    else:
        parts[name] = content
    return raw.zipped(parts)


@pytest.mark.parametrize("before", ["", "\n"], ids=["grammar", "parser"])
@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        pytest.param(raw.row('<c r="A1"><v>1</v></c>' * 2), codes.CELL_TWICE, "A1", id="twice"),
        pytest.param(ONE + ONE, codes.CELL_TWICE, "A1", id="row-twice"),
        pytest.param(raw.row('<c r="A2"><v>1</v></c>'), MISPLACED, "A2", id="other-row"),
        pytest.param(raw.row('<c r="11"><v>1</v></c>'), MISPLACED, "11", id="no-column"),
        pytest.param(raw.row('<c r="a1"><v>1</v></c>'), MISPLACED, "a1", id="lower-case"),
        pytest.param(raw.row('<c r="AAAA1"><v>1</v></c>'), MISPLACED, "AAAA1", id="four-letters"),
        pytest.param(raw.row('<c r=""><v>1</v></c>'), MISPLACED, "", id="empty-reference"),
        pytest.param('<row r="0"><c r="A0"><v>1</v></c></row>', MISPLACED, "", id="row-0"),
        pytest.param('<row r="1e2"/>', MISPLACED, "", id="row-no-number"),
        pytest.param(raw.row(ONE), MISPLACED, "", id="row-in-row"),
        pytest.param('<c r="A1"><v>1</v></c>', MISPLACED, "", id="outside-rows"),
        pytest.param(raw.row('<c r="A1"><c r="A1"/></c>'), MISPLACED, "", id="cell-in-cell"),
        pytest.param(raw.row('<c r="A1"><v>1</v><v>2</v></c>'), UNREADABLE, "A1", id="two-values"),
        pytest.param(raw.row('<c r="A1"><v>1,5</v></c>'), UNREADABLE, "A1", id="comma"),
        pytest.param(raw.row('<c r="A1"><v>1_000</v></c>'), UNREADABLE, "A1", id="underscore"),
        pytest.param(raw.row('<c r="A1"><v>٣</v></c>'), UNREADABLE, "A1", id="arabic-digit"),
        pytest.param(raw.row('<c r="A1"><v>NaN</v></c>'), UNREADABLE, "A1", id="nan"),
        pytest.param(raw.row('<c r="A1"><v>1e999</v></c>'), UNREADABLE, "A1", id="infinite"),
        pytest.param(raw.row('<c r="A1"><v>1e-999</v></c>'), UNREADABLE, "A1", id="all-but-0"),
        pytest.param(raw.row(f'<c r="A1"><v>{"1" * 65}</v></c>'), UNREADABLE, "A1", id="digits"),
        pytest.param(raw.row('<c r="A1" t="b"><v>2</v></c>'), UNREADABLE, "A1", id="no-boolean"),
        pytest.param(raw.row('<c r="A1" t="s"><v>1</v></c>'), UNREADABLE, "A1", id="no-such-text"),
        pytest.param(raw.row('<c r="A1" t="s"><v>-1</v></c>'), UNREADABLE, "A1", id="negative-text"),
        pytest.param(raw.row('<c r="A1" t="s"><v>x</v></c>'), UNREADABLE, "A1", id="no-number"),
        pytest.param(raw.row('<c r="A1" t="x"><v>1</v></c>'), UNREADABLE, "A1", id="no-type"),
        pytest.param(raw.row('<c r="A1" s="7"><v>1</v></c>'), UNREADABLE, "A1", id="no-such-format"),
        pytest.param(raw.row('<c r="A1" s="x"><v>1</v></c>'), UNREADABLE, "A1", id="format-no-number"),
        pytest.param(raw.row('<c r="A50001"><v>1</v></c>', 50001), codes.CELL_FAR_OUT, "A50001", id="low"),
        pytest.param(raw.row('<c r="XFD1"><v>1</v></c>'), codes.CELL_FAR_OUT, "XFD1", id="right"),
        pytest.param(raw.row('<c r="A1"><v>1</c></v>'), codes.XML_MALFORMED, "", id="crossed"),
        pytest.param(raw.row('<c r="A1"><v>\x01</v></c>'), codes.XML_MALFORMED, "", id="control"),
        pytest.param(raw.row('<c r="A1"><v>&a;</v></c>'), codes.XML_MALFORMED, "", id="unknown-entity"),
        pytest.param(raw.row('<c r="A1" r="B1"/>'), codes.XML_MALFORMED, "", id="attribute-twice"),
        pytest.param('<row r="1" r="2"><c r="A1"/></row>', codes.XML_MALFORMED, "", id="row-attribute"),
        pytest.param("<x>" * 99, codes.XML_TOO_DEEP, "", id="depth"),
        pytest.param("<row>" * 99, MISPLACED, "", id="depth-of-rows"),
        pytest.param(raw.row(f"<c r='A1'>{'<v>' * 99}"), codes.XML_TOO_DEEP, "", id="depth-of-values"),
    ],
)  # fmt: skip
def test_a_sheet(before: str, rows: str, code: Code, cell: str) -> None:
    found = refusal(
        raw.workbook(raw.sheet(before + rows), shared=raw.strings("<t>a</t>"), formats=raw.styles([0]))
    )
    assert (found.code, found.location.cell) == (code, cell)
    if cell:
        assert found.location.sheet == "S1"


@pytest.mark.parametrize("reference", ["A0", "1:2", "", "A1:", "A1:B2:C3", "XFDX1"])
def test_a_merged_range_that_is_none(reference: str) -> None:
    around = f'{{}}<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    assert refusal(raw.workbook(raw.sheet(ONE, around))).code is MISPLACED


@pytest.mark.parametrize(
    "name",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "docProps/core.xml",
    ],
)
class TestEveryPart:
    @pytest.mark.parametrize("declaration", [BOMB, OUTSIDE, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "x.dtd">'])
    def test_declares_no_document_type(self, name: str, declaration: str) -> None:
        found = refusal(changed(name, f"{declaration}<x>&b;</x>"))
        assert found.code is codes.XML_ENTITIES
        assert found.parameters == {"part": name}

    @pytest.mark.parametrize(
        ("old", "new"),
        [(b"<", b""), (b"/>", b">"), (b"</", b"<"), (b"<", b"<x></y><"), (b">", b">\xff"), (b">", b">\0")],
    )
    def test_is_well_formed(self, name: str, old: bytes, new: bytes) -> None:
        content = GOOD[name]
        data = (content.encode() if isinstance(content, str) else content).removeprefix(
            raw.DECLARATION.encode()
        )
        before, _, after = data.rpartition(old)
        found = refusal(changed(name, before + new + after))
        assert found.code is codes.XML_MALFORMED
        assert found.parameters["part"] == name

    @pytest.mark.parametrize("encoding", ["no-such", "utf-7", "cp037", "big5"])
    def test_has_an_encoding_that_is_known(self, name: str, encoding: str) -> None:
        content = f'<?xml version="1.0" encoding="{encoding}"?><x/>'
        assert refusal(changed(name, content)).code in {codes.XML_MALFORMED, codes.PART_STRANGE}

    def test_is_not_deep(self, name: str) -> None:
        found = refusal(changed(name, "<x>" * 100_000)).code
        assert found in {codes.XML_TOO_DEEP, codes.PART_STRANGE}


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_part_that_is_not_there(name: str) -> None:
    found = refusal(changed(name, None))
    assert found.code is codes.PART_MISSING
    assert found.parameters == {"part": name}


def test_a_sheet_without_a_relation_is_not_taken_for_an_empty_one() -> None:
    found = refusal(changed("xl/_rels/workbook.xml.rels", raw.relations("")))
    assert (found.code, found.location.sheet) == (codes.PART_MISSING, "S1")


def test_a_sheet_that_lies_outside_is_not_fetched() -> None:
    outside = raw.relation("rId1", "worksheet", "file:///etc/passwd").replace(
        "/>", ' TargetMode="External"/>'
    )
    assert refusal(changed("xl/_rels/workbook.xml.rels", raw.relations(outside))).code is codes.PART_MISSING


@pytest.mark.parametrize(
    "target", ["../../../etc/passwd", "/etc/passwd", "..\\..\\x", "%2e%2e/%2e%2e/x", "#x"]
)
def test_a_target_out_of_the_archive_names_nothing(target: str) -> None:
    related = raw.relations(raw.relation("rId1", "worksheet", target))
    assert refusal(changed("xl/_rels/workbook.xml.rels", related)).code is codes.PART_MISSING


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/workbook.xml", f'<worksheet xmlns="{raw.MAIN}"/>'),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
        ("xl/worksheets/sheet1.xml", raw.strings("<t>x</t>")),
        ("xl/sharedStrings.xml", raw.sheet()),
        ("xl/styles.xml", raw.sheet()),
    ],
)
def test_a_part_that_is_another(name: str, content: str) -> None:
    assert refusal(changed(name, content)).code is codes.PART_STRANGE


def many(number: int) -> str:
    return "".join(raw.row(f'<c r="A{each}"><v>{each}</v></c>', each) for each in range(1, number + 1))


MERGES = "{}<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 5 + "</mergeCells>"
LONG = raw.row(f'<c r="A1" t="inlineStr"><is><t>{"x" * 9}</t></is></c>')


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (raw.workbook(raw.sheet(many(5))), replace(LIMITS, cells=4), CELLS),
        (raw.workbook(raw.sheet(many(5))), replace(LIMITS, distinct_cells=4), CELLS),
        (raw.workbook(raw.sheet(many(3)), raw.sheet(many(3))), replace(LIMITS, cells=5), CELLS),
        (raw.workbook(raw.sheet(), raw.sheet()), replace(LIMITS, sheets=1), codes.TOO_MANY_SHEETS),
        (raw.workbook(raw.sheet(ONE, MERGES)), replace(LIMITS, merges=4), ENTRIES),
        (raw.workbook(raw.sheet(LONG)), replace(LIMITS, string_length=8), codes.TEXT_TOO_LONG),
        (
            raw.workbook(raw.sheet(), shared=raw.strings("<t>123456789</t>")),
            replace(LIMITS, string_length=8),
            codes.TEXT_TOO_LONG,
        ),
        (
            raw.workbook(raw.sheet(), shared=raw.strings(*["<t>x</t>"] * 4)),
            replace(LIMITS, strings=3),
            ENTRIES,
        ),
        (raw.workbook(raw.sheet(), formats=raw.styles([0] * 4)), replace(LIMITS, styles=3), ENTRIES),
        (raw.workbook(raw.sheet()), replace(LIMITS, elements=2), ENTRIES),
        (raw.workbook(raw.sheet()), replace(LIMITS, small_part=10), codes.ARCHIVE_INFLATES_TOO_MUCH),
    ],
)  # fmt: skip
def test_limits(data: bytes, limits: Limits, code: Code) -> None:
    assert read_workbook(data).workbook is not None
    assert refusal(data, limits).code is code


ATTRIBUTES = " ".join(f'a{number}=">"' for number in range(500_000))
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param(SHEET, raw.sheet("<row/>" * 1_000_000), ENTRIES, id="rows"),
        pytest.param(SHEET, raw.sheet(raw.row("<c/>" * 1_000_000)), ENTRIES, id="cells"),
        pytest.param(SHEET, f"<x {ATTRIBUTES}/>", codes.TEXT_TOO_LONG, id="attributes"),
        pytest.param(
            SHEET, f"<x {ATTRIBUTES}/>".encode("utf-16"), codes.ARCHIVE_INFLATES_TOO_MUCH, id="wide"
        ),
        pytest.param("xl/sharedStrings.xml", raw.strings("<t/>" * 300_000), None, id="runs"),
        pytest.param("xl/sharedStrings.xml", raw.strings(*["<t/>"] * 300_000), ENTRIES, id="texts"),
        pytest.param("xl/styles.xml", raw.styles(range(100_000)), ENTRIES, id="styles"),
        pytest.param("xl/workbook.xml", f"<x>{'<y/>' * 100_000}</x>", ENTRIES, id="workbook"),
    ],
)
def test_large_parts_of_nothing(name: str, content: str | bytes, code: Code | None) -> None:
    reading = read_workbook(raw.zipped({**GOOD, name: content}), replace(LIMITS, ratio=10_000))
    assert [found.code for found in reading.diagnostics] == ([code] if code else [])
