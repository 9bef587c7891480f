"""Every format carries the numbers of the index, rounded once and alike."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from ctimaturity.reporting.excel import write_excel
from ctimaturity.reporting.html import write_pdf
from ctimaturity.reporting.index_document import index_html, index_markdown
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.reporting.record import render_record
from ctimaturity.results.index_table import index_table
from ctimaturity.results.tables import write_parquet
from documents import Page, markdown_tables
from six_ranked import six_ranked

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.assessment import Assessment

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)


@pytest.fixture(scope="module")
def scored() -> Assessment:
    """Six entities, two of them alike, scored by the engine."""
    return six_ranked()


def shown(value: float | None) -> str:
    assert value is not None
    return str(Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def expected(scored: Assessment) -> list[list[str]]:
    """Rank, index and the three measurements of each ranked entity."""
    index = scored.index
    return [
        [
            f"{row.rank}{'=' * row.tied}",
            shown(row.index),
            *(shown(index.node(row, m, m).score) for m in index.measurements),
        ]
        for row in index.rows
    ]


def test_the_engine_ranks_them(scored: Assessment) -> None:
    # Capacities 6 * (3 of 6 points) = 3, perception and results 4: (3 + 4 + 4) / 3 = 3.67, twice.
    assert expected(scored)[1] == expected(scored)[2] == ["2=", "3.67", "3.00", "4.00", "4.00"]


def test_html(scored: Assessment) -> None:
    page = Page(index_html(scored, PROVENANCE, "en"))
    rows = page.tables["6 ranked entities"][1:]
    assert [[row[0], row[2], *(cell.split("|")[0] for cell in row[5:8])] for row in rows] == expected(scored)
    assert [row[4] for row in rows] == [f"{shown(r.index_low)}" for r in scored.index.rows]
    dimensions = page.tables["Scores by dimension"][1:]
    found = [scored.index.node(row, "profile", "personas") for row in scored.index.rows]
    assert [row[2] for row in dimensions] == [f"{shown(node.score)} (L{node.level})" for node in found]


def test_markdown(scored: Assessment) -> None:
    rows = markdown_tables(index_markdown(scored, PROVENANCE, "en"))[0][1:]
    assert [[row[0], row[4], *row[7:10]] for row in rows] == expected(scored)


def test_spanish_differs_by_the_comma_only(scored: Assessment) -> None:
    rows = markdown_tables(index_markdown(scored, PROVENANCE, "es"))[0][1:]
    assert [
        [row[0], row[4].replace(",", "."), *(cell.replace(",", ".") for cell in row[7:10])] for row in rows
    ] == (expected(scored))


def test_excel(scored: Assessment) -> None:
    buffer = BytesIO()
    write_excel(buffer, scored, PROVENANCE, "en")
    head, *rows = load_workbook(buffer)["Ranking"].iter_rows(values_only=True)
    places = [head.index(name) for name in ("Index", *(f"título de {m}" for m in scored.index.measurements))]
    numbers = [[shown(float(str(row[place]))) for place in places] for row in rows]
    assert numbers == [row[1:] for row in expected(scored)]


def test_json(scored: Assessment) -> None:
    record = json.loads(render_record(scored, PROVENANCE, "es"))
    found = []
    for given in record["entities"]:
        scores = {(each["measurement"], each["node"]): each["score"] for each in given["scores"]}
        rank = f"{given['rank']}{'=' * given['tied']}"
        found.append([rank, shown(given["index"]), *(shown(scores[m, m]) for m in record["measurements"])])
    assert found == expected(scored)
    # Unrounded: the very same doubles.
    assert [given["index"] for given in record["entities"]] == [row.index for row in scored.index.rows]


def test_parquet(scored: Assessment, tmp_path: Path) -> None:
    import duckdb

    write_parquet(tmp_path, [index_table(scored, "es")])
    columns = ", ".join(scored.index.measurements)
    with duckdb.connect(":memory:") as connection:
        file = (tmp_path / "index.parquet").as_posix()
        rows = connection.execute(f"SELECT rank, index, {columns} FROM '{file}'").fetchall()  # noqa: S608
    assert [[shown(number) for number in row[1:]] for row in rows] == [row[1:] for row in expected(scored)]
    assert [row[0] for row in rows] == [1, 2, 2, 4, 5, 6]
    assert [row[1] for row in rows] == [row.index for row in scored.index.rows]


def test_pdf(scored: Assessment, tmp_path: Path) -> None:
    from pypdf import PdfReader

    write_pdf(tmp_path / "index.pdf", index_html(scored, PROVENANCE, "en", paper=True))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "index.pdf").pages).split())
    row = r"(\d=?) Entidad \d+ \d+ · alcaldia (\S+) \d · Nivel \d \S+ (\S+) (\S+) n = 60 (\S+)"
    assert [list(cells) for cells in re.findall(row, text)] == expected(scored)
