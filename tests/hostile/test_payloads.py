"""Texts from outside that some program obeys, tried against every output: shown, obeyed nowhere."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import unicodedata
import zipfile
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import openpyxl
import pytest

from builders import mini, mini_answers
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.entity import Entity
from outputs import texts
from returned import ANSWERS, INDICATORS, book, edited, put, sheet_of
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

PAYLOADS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://malo.invalid","x")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    " \t=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "'=1+1",
    '"=1+1',
    "a;=1+1",
    "a\n=1+1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></style></textarea><iframe src=http://malo.invalid>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- x --> ]]> &lt;b&gt; &#60;b&#62;",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "[x](javascript:alert(1))",
    "![x](http://malo.invalid/x.png)",
    "<http://malo.invalid> http://malo.invalid www.malo.invalid",
    "a | b\n# Título\n- lista\n1. uno",
    "`a` **b** __c__ ~~d~~ \\| \\",
    "[a]: http://malo.invalid",
    "---",
    "\x1b[31mrojo\x1b]8;;http://malo.invalid\x07x\x1b[2J",
    "a\x9b31mb\x08\x7f",
    "a\u202egnp.exe\u2066b\u200fc",
    "a\rb\x0bc\x0cd\u2028e\u2029f\x85g",
    "[red]x[/red] [link=http://malo.invalid]y[/link] [/] :bomb:",
    "::error file=x::y%0A::add-mask::z",
    "_x001B_[31m _x0041_",
    "%0A%0D%00 %s {0} {name}",
    "../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "CON",
    "$(touch malo) `touch malo`; touch malo",
    "a" * 5000,
)
EVIL = "malo.invalid"
BAD_CHARACTERS = {"Cc", "Cf", "Zl", "Zp", "Cs"}
FORMATS = ("csv", "md", "html", "xlsx", "json", "parquet", "pdf")


def text_of_xml(payload: str) -> str:
    """What of a payload a workbook can hold."""
    return "".join(c for c in payload if c in "\t\n\r" or (unicodedata.category(c) != "Cc"))[:3000]


def filled_in(workbook: openpyxl.Workbook, plain: str, number: int) -> None:
    """Somebody writes a text wherever there is room; in every second one for an answer, too."""
    put(ANSWERS, "C-1-a", "evidence", plain)(workbook)
    put(INDICATORS, "R-1", "source", plain)(workbook)
    for cells in workbook.worksheets[0].iter_rows():
        if cells[0].value == "entity_name":
            cells[2].value = plain
    if number % 2:
        put(ANSWERS, "C-1-b", "answer", plain)(workbook)
        put(INDICATORS, "R-2", "value", plain)(workbook)
    if number % 4 == 3:
        title = re.sub(r"[\[\]:*?/\\]", "", plain).strip("'")[:31]
        sheet_of(workbook, ANSWERS).title = title or "x"
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == plain:
                    cell.data_type = "s"


def written(folder: Path, texts_tried: tuple[str, ...]) -> Path:
    """A list of entities, a workbook of each and refused ones, with these texts wherever a text may stand."""
    received = folder / "recibidos"
    received.mkdir(parents=True)
    (folder / "mini.json").write_bytes(canonical_json(mini()))
    with (folder / "lista.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        listed = [text_of_xml(text) for text in texts_tried]  # a list with control characters is refused
        table.writerow(["code", "name", "type", "region", listed[0][:40].strip()])
        for number, text in enumerate(listed):
            table.writerow([f"E-{number:02}", text, "alcaldia", listed[number // 3 * 3], text])
        table.writerow(["E-99", listed[0], "alcaldia", "x", "y"])
    for number, text in enumerate(texts_tried):
        entity = Entity(f"E-{number:02}", "", "alcaldia")
        data = book(mini_answers(entity, mark=1 + number % 5), perception="counts")
        change = partial(filled_in, plain=text_of_xml(text), number=number)

        name = re.sub(r"[/\0]", "", text)[:40] or "x"
        (received / f"{name}{number}.xlsx").write_bytes(edited(data, change))
    return received


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The folder in which everything was done, and what the terminal was told."""
    return run(tmp_path_factory.mktemp("tried"), PAYLOADS)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The same with words that nothing obeys."""
    words = tuple(f"palabra{number:02}" for number in range(24))
    return run(tmp_path_factory.mktemp("harmless"), words, ("csv", "md", "html"), books=10)


def run(
    folder: Path, payloads: tuple[str, ...], outputs: tuple[str, ...] = FORMATS, books: int | None = None
) -> tuple[Path, str, str]:
    received = written(folder, payloads[:books])
    out = folder / "salidas"
    common = (
        str(received), "-q", str(folder / "mini.json"), "--entities", str(folder / "lista.csv"),
        "--round", payloads[13],
    )  # fmt: skip
    formats = [part for form in outputs for part in ("-f", form)]
    said = [
        cti("score", *common, "-o", str(out / "score"), "--letters", "--contact", payloads[14],
            "--reply-by", payloads[20], "--group", "region", *formats),
        cti("validate", *common, "--annotate", str(out / "annotated"),
            "--rulings-template", str(out / "rulings.xlsx")),
        cti("explain", *common, "--entity", "E-00"),
        cti("report", *common, "-o", str(out / "report"), "--publish", "--group", "region"),
    ]  # fmt: skip
    assert [status for status, _, _ in said] == [1, 1, 0, 1], said[0][2][:2000]
    for form in ("json", "sarif", "github"):
        status, stdout, _ = cti("validate", *common, "-f", form)
        assert status == 1
        (out / f"findings.{form}.txt").write_text(stdout, encoding="utf-8")
    stdout, stderr = ("\n".join(texts) for texts in ([s[1] for s in said], [s[2] for s in said]))
    return out, stdout, stderr


def files(tried: tuple[Path, str, str], *endings: str) -> list[tuple[str, str]]:
    found = [(name, text) for name, text in texts(tried[0]) if name.endswith(endings)]
    assert found
    return found


def test_no_csv_cell_is_a_formula_or_holds_what_is_not_seen(tried: tuple[Path, str, str]) -> None:
    for name, text in files(tried, ".csv"):
        for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
            for cell in row:
                seen = "".join(
                    c for c in cell if unicodedata.category(c) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}
                )
                formula = unicodedata.normalize("NFKC", seen)[:1] in tuple("=+-@")
                if formula:
                    assert re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", cell), (name, number, cell)
                unseen = {c for c in cell if unicodedata.category(c) in BAD_CHARACTERS} - {"\n", "\t"}
                assert not unseen, (name, number, cell)


class Shape(html.parser.HTMLParser):
    """The elements of a page with their attributes' names, and where links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.scripts = 0
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.scripts += tag == "script"
        self.targets += [value or "" for name, value in attrs if name in {"href", "src", "action", "style"}]


def shape(text: str) -> Shape:
    page = Shape()
    page.feed(text)
    page.close()
    return page


def assert_same_page(name: str, found: Shape, expected: Shape) -> None:
    assert found.elements <= expected.elements, (name, found.elements - expected.elements)
    assert found.scripts == expected.scripts, name
    for target in found.targets:
        assert EVIL not in target, (name, target)
        assert not target.strip().lower().startswith(("javascript:", "data:text", "vbscript:")), (
            name,
            target,
        )


def union(shapes: list[Shape]) -> Shape:
    whole = Shape()
    for one in shapes:
        whole.elements |= one.elements
        whole.scripts = one.scripts
    return whole


def test_no_page_gains_an_element_a_script_or_a_link(
    tried: tuple[Path, str, str], harmless: tuple[Path, str, str]
) -> None:
    for ending in ("index.html", ".html"):
        expected = union([shape(text) for _, text in files(harmless, ending)])
        for name, text in files(tried, ending):
            if ending == "index.html" or not name.endswith("index.html"):
                found = shape(text)
                expected.scripts = found.scripts if ending == ".html" else expected.scripts
                assert_same_page(name, found, expected)
                assert not {c for c in text if unicodedata.category(c) in {"Cc", "Cf"}} - set("\n\t\u00ad"), (
                    name
                )


def test_no_markdown_gains_an_element_or_a_link(
    tried: tuple[Path, str, str], harmless: tuple[Path, str, str]
) -> None:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    expected = union([shape(reader.render(text)) for _, text in files(harmless, ".md")])
    headings = Counter(text.count("\n#") for name, text in files(harmless, "index.md"))
    for name, text in files(tried, ".md"):
        assert_same_page(name, shape(reader.render(text)), expected)
        assert not {c for c in text if unicodedata.category(c) in BAD_CHARACTERS} - {"\n"}, name
    assert Counter(text.count("\n#") for name, text in files(tried, "index.md")) == headings


def test_no_workbook_holds_a_formula_or_a_link_of_theirs(tried: tuple[Path, str, str]) -> None:
    for name, text in files(tried, ".rels"):
        if not name.startswith("annotated/"):
            assert "External" not in text, name
    for path in sorted(tried[0].rglob("*.xlsx")):
        ours = "annotated" not in path.parts
        workbook = openpyxl.load_workbook(path)
        for sheet in workbook.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert EVIL not in str(cell.value), (path.name, cell.coordinate)
                        assert not ours or "cmd" not in str(cell.value), (path.name, cell.coordinate)
                        assert str(cell.value) not in PAYLOADS, (path.name, cell.coordinate)
                    if ours and isinstance(cell.value, str):
                        unseen = {c for c in cell.value if unicodedata.category(c) in BAD_CHARACTERS}
                        assert not unseen - {"\n"}, (path.name, cell.coordinate, cell.value)


def test_the_terminal_obeys_nothing(tried: tuple[Path, str, str]) -> None:
    for stream in tried[1:]:
        unseen = {c for c in stream if unicodedata.category(c) in BAD_CHARACTERS} - {"\n"}
        assert not unseen
        assert "[red]x[/red]" in stream or "[red]" not in stream
    github = (tried[0] / "findings.github.txt").read_text(encoding="utf-8")
    for line in github.splitlines():
        assert re.match(r"::(error|warning|notice)( |::)", line), line
    assert not {c for c in github if unicodedata.category(c) in BAD_CHARACTERS} - {"\n"}


def test_json_is_json(tried: tuple[Path, str, str]) -> None:
    for name, text in files(tried, ".json", "findings.json.txt", "findings.sarif.txt"):
        assert json.loads(text) is not None, name
        assert not {c for c in text if unicodedata.category(c) in {"Cc", "Cf"}} - {"\n"}, name


def test_every_file_lies_where_it_should_and_bears_a_plain_name(tried: tuple[Path, str, str]) -> None:
    out = tried[0]
    assert sorted(path.name for path in out.parent.iterdir()) == [
        "lista.csv",
        "mini.json",
        "recibidos",
        "salidas",
    ]
    for path in out.rglob("*"):
        if "annotated" not in path.parts:  # a copy bears the name of its original
            assert re.fullmatch(r"[A-Za-z0-9._-]+", path.name), path.name
    for path in out.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            assert all(re.fullmatch(r"[\w./\[\]-]+", name) for name in archive.namelist())
            assert not any(".." in name or name.startswith("/") for name in archive.namelist())


def test_no_pdf_leads_anywhere_of_theirs(tried: tuple[Path, str, str]) -> None:
    (pdf,) = tried[0].rglob("*.pdf")
    from pypdf import PdfReader

    for page in PdfReader(pdf).pages:
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object().get("/A") or {}
            assert EVIL not in str(action)
            assert "/JavaScript" not in str(action)


CODES = (
    "../../../etc/passwd",
    "..",
    "/etc/passwd",
    "C:\\x",
    "=1+1",
    "<b>",
    "a/b",
    "CON\x00",
    "\x1b[31m",
    "a\u202eb",
)


@pytest.mark.parametrize("code", CODES)
def test_a_code_that_is_a_path_or_a_formula_is_refused(tmp_path: Path, code: str) -> None:
    (tmp_path / "lista.csv").write_text(f"code,name\n{code},Villa\n", encoding="utf-8")
    status, _, stderr = cti(
        "template", "--entities", str(tmp_path / "lista.csv"), "-o", str(tmp_path / "out" / "libros")
    )
    assert status == 2
    assert not {c for c in stderr if unicodedata.category(c) in BAD_CHARACTERS} - {"\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["lista.csv"]
