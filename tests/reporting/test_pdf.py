"""What a PDF is beyond its look: tagged, with bookmarks, numbered, its fonts inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from ctimaturity.files.installation import data_folder
from ctimaturity.reporting.html import write_pdf
from ctimaturity.reporting.index_document import index_html
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.report import ReportOptions, report
from six_ranked import six_ranked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)
KINDS = ("EJ-01", "EJ-11")
"""The first and an incomplete one."""


def bookmarks(reader: PdfReader) -> dict[str, int]:
    """Title and page, from 1, of every bookmark."""

    def walked(entries: Iterable[object]) -> Iterable[tuple[str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walked(entry)
            else:
                number = reader.get_destination_page_number(entry)  # type: ignore[arg-type]
                assert number is not None
                yield str(entry.title), number + 1  # type: ignore[attr-defined]

    return dict(walked(reader.outline))


def fonts(reader: PdfReader) -> Iterable[DictionaryObject]:
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            whole = font.get_object()
            for inner in whole.get("/DescendantFonts", [whole]):
                yield inner.get_object()["/FontDescriptor"].get_object()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    target = tmp_path_factory.mktemp("pdf") / "index.pdf"
    write_pdf(target, index_html(six_ranked(), PROVENANCE, "es", paper=True))
    return PdfReader(target)


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    out = tmp_path_factory.mktemp("report") / "out"
    report(
        data_folder("examples") / "results",
        out,
        ReportOptions(ScoreOptions(formats=("pdf",)), entities=KINDS),
    )
    return {code: PdfReader(out / "entities" / f"{code}.pdf") for code in KINDS}


def test_it_is_tagged_and_says_its_language_and_title(index: PdfReader) -> None:
    root = index.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert index.metadata is not None
    assert str(index.metadata.title).startswith("Índice")
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()


def test_tables_figures_and_headings_are_in_its_structure(index: PdfReader) -> None:
    found: list[str] = []
    figures = []
    waiting = [index.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, DictionaryObject):
            kind = str(node.get("/S", ""))
            found.append(kind)
            if kind == "/Figure":
                figures.append(str(node.get("/Alt", "")))
            if "/K" in node:
                waiting.append(node["/K"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure"} <= set(found)
    assert figures
    assert all(figures)


def test_bookmarks_lead_to_every_section_in_order(index: PdfReader) -> None:
    found = bookmarks(index)
    sections = ["Clasificación", "Distribución", "Puntajes por dimensión", "Método", "Procedencia"]
    places = [list(found).index(name) for name in sections]
    assert places == sorted(places)
    pages = [found[name] for name in sections]
    assert pages == sorted(pages)


def test_every_page_has_its_number(index: PdfReader) -> None:
    count = len(index.pages)
    assert count > 2
    for number, page in enumerate(index.pages, 1):
        assert re.search(rf"\b{number} / {count}\b", page.extract_text())


def test_fonts_are_inside(index: PdfReader) -> None:
    found = list(fonts(index))
    assert found
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in found)


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    html = index_html(six_ranked(), PROVENANCE, "es", paper=True)
    for name in ("one.pdf", "two.pdf"):
        write_pdf(tmp_path / name, html)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize("code", KINDS)
def test_the_part_of_the_mayor_is_two_pages_and_annexes_follow(
    dossiers: dict[str, PdfReader], code: str
) -> None:
    found = bookmarks(dossiers[code])
    assert found["Anexo: todos los puntajes"] == 3
    assert found["Dimensiones y ejes"] == 1
    assert found["Lo básico que le falta"] <= 2
    portrait = dossiers[code].pages[0].mediabox
    assert portrait.height > portrait.width


def test_a_dossier_says_what_its_page_says(dossiers: dict[str, PdfReader]) -> None:
    text = " ".join(dossiers["EJ-01"].pages[0].extract_text().split())
    assert "El índice es 5,09 en una escala de 0,67 a 6,00: nivel 5, Integrado." in text
    assert "Ocupa el puesto 1 de 8: ninguna entidad tiene un índice más alto." in text
