"""The workbook as a whole: identity, protection, looks, the same bytes everywhere."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import builders
import sheets
from ctimaturity.workbook.identity import issue_id, read_keywords
from ctimaturity.workbook.template import Perception, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes, write_workbook

MINI = builders.mini()
HASH = "0123456789abcdef" * 4
FOR_ONE = TemplateOptions(entity=builders.entity("05001"), round="2026-1", perception=Perception.GRID)
EVERY = [
    TemplateOptions(language=language, perception=form) for language in ("es", "en") for form in Perception
]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_identity_stands_on_its_own_sheet() -> None:
    book = sheets.opened(workbook_bytes(MINI, FOR_ONE, HASH))
    sheet = book["_cti"]
    assert sheet.sheet_state == "veryHidden"
    said = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert said == {
        "kind": "questionnaire",
        "questionnaire": "mini",
        "edition": "1",
        "version": "1.0.0",
        "definition_hash": HASH,
        "language": "es",
        "entity_code": "05001",
        "round": "2026-1",
        "issue_id": issue_id(HASH, "05001", "2026-1"),
        "sheet:cti:capacities:answers": "título de capacities",
        "sheet:cti:perception:grid": "título de perception",
        "sheet:cti:results:indicators": "título de results",
    }


def test_the_properties_say_the_same() -> None:
    book = sheets.opened(workbook_bytes(MINI, FOR_ONE, HASH))
    said = {row[0].value: row[1].value for row in book["_cti"].iter_rows()}
    identity = {key: value for key, value in said.items() if not str(key).startswith("sheet:")}
    assert {one.name: one.value for one in book.custom_doc_props.props} == {
        f"cti_{key}": value for key, value in identity.items()
    }
    assert read_keywords(book.properties.keywords) == identity


@pytest.mark.parametrize("options", EVERY, ids=lambda o: f"{o.language}-{o.perception}")
def test_only_entries_are_open_and_there_is_no_secret(options: TemplateOptions) -> None:
    for sheet in sheets.opened(workbook_bytes(MINI, options, HASH)).worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    assert cell.value is None, f"{sheet.title}!{cell.coordinate} is filled"


@pytest.mark.parametrize("options", EVERY, ids=lambda o: f"{o.language}-{o.perception}")
def test_drop_downs_come_from_hidden_locked_columns_of_their_sheet(options: TemplateOptions) -> None:
    book = sheets.opened(workbook_bytes(MINI, options, HASH))
    closed = 0
    for sheet in book.worksheets:
        hidden = sheets.hidden_columns(sheet)
        for rule in sheet.data_validations.dataValidation:
            if rule.type != "list":
                continue
            closed += 1
            source = re.fullmatch(r"\$([A-Z]+)\$(\d+):\$\1\$(\d+)", rule.formula1)
            assert source, rule.formula1
            assert source[1] in hidden
            cells = [one for (one,) in sheet[rule.formula1.replace("$", "")]]
            assert all(cell.value is not None and cell.protection.locked for cell in cells)
            assert sheet.cell(cells[-1].row + 1, cells[-1].column).value is None
            assert rule.error
            assert rule.prompt
    assert closed


@pytest.mark.parametrize("options", EVERY, ids=lambda o: f"{o.language}-{o.perception}")
def test_there_are_no_macros_links_or_volatile_formulas(options: TemplateOptions) -> None:
    parts = members(workbook_bytes(MINI, options, HASH))
    assert not [name for name in parts if "vba" in name.lower() or "external" in name.lower()]
    assert not any(b"TargetMode" in content or b"<hyperlink" in content for content in parts.values())
    formulas = b"".join(content for name, content in parts.items() if name.startswith("xl/worksheets/"))
    for name in (b"NOW(", b"TODAY(", b"RAND", b"OFFSET(", b"INDIRECT("):
        assert name not in formulas


def test_every_sheet_is_set_up_for_paper() -> None:
    for sheet in sheets.opened(workbook_bytes(MINI, FOR_ONE, HASH)).worksheets:
        if sheet.title == "_cti":
            continue
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "mini@1 1.0.0 · 05001 Entidad 05001" in sheet.oddFooter.left.text
        assert sheet.print_area
        if str(sheet["A4"].value).startswith("cti:"):
            assert sheet.print_title_rows == "$5:$5"
            assert sheet.page_setup.orientation == "landscape"


def test_all_is_said_in_both_languages() -> None:
    spanish, english = (sentences(TemplateOptions(language)) for language in ("es", "en"))
    # The texts of this definition are the same in both languages.
    own = re.compile("texto de|título de|opción|No sabe|Instrumento|Lo que no está")
    assert not [text for text in spanish & english if not own.search(text)]
    assert len([text for text in spanish if not own.search(text)]) > 40


def sentences(options: TemplateOptions) -> set[str]:
    book = sheets.opened(workbook_bytes(MINI, options, HASH))
    texts = {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    return {text for text in texts if " " in text and not text.startswith("=")}


def test_the_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    script = (
        "import sys, builders\n"
        "from pathlib import Path\n"
        "from ctimaturity.workbook.template import TemplateOptions\n"
        "from ctimaturity.workbook.writer import write_workbook\n"
        f"write_workbook(Path(sys.argv[1]), builders.mini(), TemplateOptions(), {HASH!r})\n"
    )
    written = []
    for number, (seed, zone, lang) in enumerate(
        (("1", "America/Bogota", "es_CO.UTF-8"), ("2", "Asia/Tokyo", "C"))
    ):
        target = tmp_path / f"{number}.xlsx"
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LANG": lang,
            "LC_ALL": lang,
            "PYTHONPATH": os.pathsep.join([str(Path(builders.__file__).parent), *filter(None, sys.path)]),
        }
        subprocess.run([sys.executable, "-c", script, str(target)], check=True, env=environment, cwd=tmp_path)
        written.append(members(target.read_bytes()))
    assert written[0] == written[1]
    assert written[0] == members(workbook_bytes(MINI, TemplateOptions(), HASH))


def test_a_file_is_written_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "x.xlsx"
    write_workbook(target, MINI, TemplateOptions(), HASH)
    assert openpyxl.load_workbook(target).sheetnames[0] == "Portada"
    assert [path.name for path in target.parent.iterdir()] == ["x.xlsx"]
