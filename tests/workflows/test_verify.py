"""Results proved: files unchanged, inputs there, and the same bytes when they are made again."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

from ctimaturity.diagnostics.errors import JobError
from ctimaturity.results.manifest import json_bytes, sha256
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.score import score
from ctimaturity.workflows.verify import Proved, verify
from small_instrument import PLAIN, returned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ctimaturity.workflows.verify import Proof


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """A folder of results beside its two workbooks and a list of three entities."""
    return made(tmp_path)


def made(folder: Path, **options: Any) -> Path:
    definition = folder / "plain.yaml"
    definition.write_text(PLAIN, encoding="utf-8")
    returned(folder / "in", str(definition))
    (folder / "list.csv").write_text("code,name\n05001,Uno\n05002,Dos\n05004,Tres\n", encoding="utf-8")
    given = {"questionnaire": str(definition), "entities": folder / "list.csv", "language": "en", **options}
    outcome = score([folder / "in"], ScoreOptions(**given))
    return outcome.write(folder / "out")


def codes(found: Proof) -> list[str]:
    return [finding.code.name for finding in found.diagnostics]


def rewritten(out: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """The manifest as somebody would write it who knows how its own hash is made."""
    record = json.loads((out / "manifest.json").read_bytes())
    del record["manifest_hash"]
    change(record)
    (out / "manifest.json").write_bytes(json_bytes(record | {"manifest_hash": sha256(json_bytes(record))}))


def test_untouched_results_are_proved(scored: Path) -> None:
    found = verify(scored)
    assert codes(found) == []
    assert (found.verdict, found.repeated, found.inputs) == (Proved.SAME, True, 3)
    assert found.outputs == len(list(scored.iterdir())) - 1


@pytest.mark.parametrize(
    "options",
    [
        {"csv_dialect": "excel-es", "formats": ("csv", "html")},
        {"language": "en", "round_label": "2026", "formats": ("csv", "xlsx")},
        {"measurements": ("practice",), "entities": None, "groups": ("entity_type",)},
    ],
)
def test_with_whatever_options(tmp_path: Path, options: dict[str, Any]) -> None:
    found = verify(made(tmp_path, **options))
    assert codes(found) == []
    assert found.verdict is Proved.SAME


def test_names_with_characters_that_nobody_sees_are_found_again(tmp_path: Path) -> None:
    made(tmp_path)
    listed = (tmp_path / "list.csv").rename(tmp_path / "li\u202est\x1b.csv")
    book = min((tmp_path / "in").iterdir())
    book.rename(book.with_name(f"x\u2066{book.name}"))
    definition = str(tmp_path / "plain.yaml")
    options = ScoreOptions(questionnaire=definition, entities=listed, language="en")
    out = score([tmp_path / "in"], options).write(tmp_path / "again")
    assert "li\\u202est\\x1b.csv" in json.loads((out / "manifest.json").read_bytes())["inputs"]
    shutil.rmtree(tmp_path / "out")
    found = verify(out)
    assert codes(found) == []
    assert (found.verdict, found.repeated, found.inputs) == (Proved.SAME, True, 3)


def test_results_and_inputs_may_have_been_moved(scored: Path, tmp_path: Path) -> None:
    shutil.move(tmp_path / "in", tmp_path / "archive" / "2026" / "books")
    shutil.move(tmp_path / "list.csv", tmp_path / "archive")
    (tmp_path / "published").mkdir()
    shutil.move(scored, tmp_path / "published" / "results")
    found = verify(tmp_path / "published" / "results", tmp_path / "archive")
    assert (found.verdict, codes(found)) == (Proved.SAME, [])


def test_an_edited_output_differs(scored: Path) -> None:
    page = scored / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Uno", "Otro"), encoding="utf-8")
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Proved.DIFFERS, ["result-file-changed"])
    assert found.diagnostics[0].location.file == page.as_posix()


def test_an_output_that_is_gone_differs(scored: Path) -> None:
    (scored / "index.md").unlink()
    assert codes(verify(scored)) == ["result-file-missing"]


def test_a_file_of_somebody_else_is_a_warning(scored: Path) -> None:
    (scored / "note.txt").write_text("x", encoding="utf-8")
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Proved.SAME, ["output-added"])


def test_numbers_that_were_forged_with_their_hashes_are_found_by_making_them_again(scored: Path) -> None:
    forged = (scored / "index.csv").read_bytes().replace(b"1.5", b"1.9")
    (scored / "index.csv").write_bytes(forged)
    rewritten(scored, lambda record: record["outputs"].update({"index.csv": sha256(forged)}))
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Proved.DIFFERS, ["output-not-reproduced"])


def with_workbook(out: Path, part: str, old: str, new: str | Callable[[re.Match[str]], str]) -> None:
    """The workbook with something of a part written otherwise, and the manifest as if it had been so made."""
    book = out / "index.xlsx"
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode()
    changed = re.sub(old, new, text)
    assert changed != text, (part, old)
    parts[part] = changed.encode()
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    def made_so(record: dict[str, Any]) -> None:
        record["outputs"]["index.xlsx"] = sha256(book.read_bytes())
        record["libraries"]["XlsxWriter"] = "3.2.0"

    rewritten(out, made_so)


SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def test_a_workbook_of_another_library_version_is_compared_by_its_content(scored: Path) -> None:
    """What another version may do (3.2.0 rounds heights, numbers styles otherwise), and what a forger may."""
    whole = {name: (scored / name).read_bytes() for name in ("index.xlsx", "manifest.json")}
    same, other = (
        ("same-content-other-bytes", Proved.SAME),
        ("output-not-reproduced", Proved.DIFFERS),
    )
    cases = [
        ("a height rounded", SHEET, r' ht="([\d.]+)"', lambda found: f' ht="{round(float(found[1]))}"', same),
        ("attributes in another order", SHEET, r'<c r="(\w+)" s="(\d+)"', r'<c s="\2" r="\1"', same),
        ("a style more at the end", "xl/styles.xml", "</cellXfs>", '<xf numFmtId="9"/></cellXfs>', same),
        ("a text more that nobody shows", "xl/sharedStrings.xml", "</sst>", "<si><t>x</t></si></sst>", same),
        ("another text", "xl/sharedStrings.xml", "Uno", "Otro", other),
        ("another number", SHEET, "<v>1.5</v>", "<v>1.6</v>", other),
        ("a number as text", SHEET, r'(s="\d+")><v>1.5</v>', r'\1 t="str"><v>1.5</v>', other),
        ("a formula for a number", SHEET, "<v>1.5</v>", "<f>3/2</f><v>1.5</v>", other),
        ("another number format", "xl/styles.xml", 'formatCode="[^"]*0[^"]*"', 'formatCode="0.0000"', other),
        ("another colour", "xl/styles.xml", r'<fgColor rgb="\w+"', '<fgColor rgb="FF123456"', other),
        ("a row out of sight", SHEET, '<row r="2"', '<row r="2" hidden="1"', other),
        ("a row of no height", SHEET, r'(<row r="2"[^>]*) ht="[\d.]+"', r'\1 ht="0"', other),
        ("a sheet out of sight", "xl/workbook.xml", 'sheetId="2"', 'sheetId="2" state="hidden"', other),
        ("a cell far out", SHEET, "</sheetData>", FAR + "</sheetData>", other),
        ("another author", "docProps/core.xml", "(<dc:creator>)", r"\1x", other),
        ("no XML", SHEET, "</sheetData>", "", other),
    ]  # fmt: skip
    wrong = []
    for name, part, old, new, expected in cases:
        for file, data in whole.items():
            (scored / file).write_bytes(data)
        with_workbook(scored, part, old, new)
        found = verify(scored)
        if (found.verdict, codes(found)) != (expected[1], [expected[0], "other-library-versions"]):
            wrong.append((name, found.verdict, codes(found)))
    assert wrong == []


def test_the_versions_of_libraries_are_recorded_and_an_older_manifest_has_none(scored: Path) -> None:
    libraries = json.loads((scored / "manifest.json").read_bytes())["libraries"]
    assert libraries == {name: version(name) for name in ("Jinja2", "MarkupSafe", "numpy", "XlsxWriter")}

    rewritten(scored, lambda record: record.pop("libraries"))
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Proved.SAME, [])


def test_last_digits_may_differ_under_another_numpy_only(scored: Path) -> None:
    index = scored / "index.csv"
    index.write_bytes(index.read_bytes().replace(b",1.5,", b",1.50000000000001,"))
    rewritten(scored, lambda record: record["outputs"].update({"index.csv": sha256(index.read_bytes())}))
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Proved.DIFFERS, ["output-not-reproduced"])

    rewritten(scored, lambda record: record["libraries"].update({"numpy": "2.0.0"}))
    found = verify(scored)
    assert (found.verdict, codes(found)) == (
        Proved.SAME,
        ["same-content-other-bytes", "other-library-versions"],
    )
    assert found.diagnostics[1].parameters["pins"] == "numpy==2.0.0"


def test_an_input_that_is_missing(scored: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "05001.xlsx").unlink()
    found = verify(scored)
    assert (found.verdict, codes(found), found.repeated) == (Proved.MISSING, ["input-missing"], False)


def test_an_input_that_was_saved_again(scored: Path, tmp_path: Path) -> None:
    with (tmp_path / "in" / "05001.xlsx").open("ab") as stream:
        stream.write(b" ")
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Proved.DIFFERS, ["input-changed"])


def test_something_edited_is_worse_than_something_missing(scored: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").unlink()
    (scored / "index.md").write_text("", encoding="utf-8")
    found = verify(scored)
    assert set(codes(found)) == {"input-missing", "result-file-changed"}
    assert found.verdict is Proved.DIFFERS


def test_under_another_version_tables_are_compared_as_numbers(scored: Path) -> None:
    def older(record: dict[str, Any]) -> None:
        record["tool_version"] = "0.0.1"
        for name in ("index.csv", "index.html"):
            record["outputs"][name] = sha256((scored / name).read_bytes())

    index = scored / "index.csv"
    index.write_bytes(index.read_bytes().replace(b",1.5,", b",1.50000000000001,"))
    (scored / "index.html").write_text("drawn otherwise", encoding="utf-8")
    rewritten(scored, older)
    found = verify(scored)
    assert found.verdict is Proved.SAME
    assert set(codes(found)) == {"other-tool-version", "output-not-compared"}

    index.write_bytes(index.read_bytes().replace(b",1.50000000000001,", b",1.5001,"))
    rewritten(scored, older)
    found = verify(scored)
    assert found.verdict is Proved.DIFFERS
    assert "output-not-reproduced" in codes(found)


def test_the_definition_is_taken_from_the_folder_and_nothing_else_knows_it(scored: Path) -> None:
    (scored / "definition.json").unlink()
    found = verify(scored)
    assert set(codes(found)) == {"definition-not-found", "result-file-missing"}


def test_a_run_that_cannot_be_repeated_says_why(scored: Path) -> None:
    rewritten(scored, lambda record: record["options"].update({"groups": ["continent"]}))
    found = verify(scored)
    assert (found.verdict, codes(found)[0]) == (Proved.DIFFERS, "group-unknown")
    assert "run-not-repeated" in codes(found)


def test_what_was_passed_over_is_part_of_the_findings(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = made_with_a_lock_file(tmp_path)
    assert "~$05001.xlsx" in (out / "findings.csv").read_text(encoding="utf-8")
    found = verify(out)
    assert (found.verdict, codes(found)) == (Proved.SAME, [])


def made_with_a_lock_file(folder: Path) -> Path:
    (folder / "in").rmdir()
    definition = folder / "plain.yaml"
    definition.write_text(PLAIN, encoding="utf-8")
    returned(folder / "in", str(definition))
    (folder / "in" / "~$05001.xlsx").write_bytes(b"lock")
    return score([folder / "in"], ScoreOptions(questionnaire=str(definition))).write(folder / "out")


@pytest.mark.parametrize("name", ["../outside.xlsx", "/etc/passwd", "a/../../b.xlsx", "a\\b.xlsx"])
def test_a_manifest_that_points_outside_is_refused(scored: Path, name: str) -> None:
    rewritten(scored, lambda record: record["inputs"].update({name: "0" * 64}))
    with pytest.raises(JobError) as caught:
        verify(scored)
    assert [finding.code.name for finding in caught.value.diagnostics] == ["manifest-unknown"]


def test_an_edited_manifest_and_no_manifest_are_refused(scored: Path, tmp_path: Path) -> None:
    manifest = scored / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("05001", "05009"), encoding="utf-8")
    for folder, name in ((scored, "result-file-changed"), (tmp_path / "in", "not-a-result-folder")):
        with pytest.raises(JobError) as caught:
            verify(folder)
        assert [finding.code.name for finding in caught.value.diagnostics] == [name]
