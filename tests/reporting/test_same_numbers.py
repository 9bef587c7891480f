"""Every format carries the numbers of the index, rounded once and alike."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from builders import entity, mini, mini_answers
from ctimaturity.model.assessment import Assessment
from ctimaturity.reporting.excel import write_excel
from ctimaturity.reporting.html import render_html
from ctimaturity.reporting.markdown import render_markdown
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.scoring.index import score
from documents import Page, markdown_tables

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)


@pytest.fixture(scope="module")
def scored() -> Assessment:
    """Six entities, two of them alike, scored by the engine."""
    given = [
        mini_answers(entity(f"9000{number}", region="Costa"), mark, met=met)
        for number, (mark, met) in enumerate([(5, "abc"), (4, "ab"), (4, "ab"), (3, "a"), (2, "b"), (1, "")])
    ]
    index = score(mini(), given, groupings=["region"])
    return Assessment(mini(), {each.entity.code: each for each in given}, index, (), {}, {})


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
    page = Page(render_html(scored, PROVENANCE, "en"))
    rows = page.tables["6 ranked entities"][1:]
    assert [[row[0], row[2], *(cell.split("|")[0] for cell in row[5:8])] for row in rows] == expected(scored)
    assert [row[4] for row in rows] == [f"{shown(r.index_low)}" for r in scored.index.rows]
    dimensions = page.tables["Scores by dimension"][1:]
    found = [scored.index.node(row, "profile", "personas") for row in scored.index.rows]
    assert [row[2] for row in dimensions] == [f"{shown(node.score)} (L{node.level})" for node in found]


def test_markdown(scored: Assessment) -> None:
    rows = markdown_tables(render_markdown(scored, PROVENANCE, "en"))[0][1:]
    assert [[row[0], row[4], *row[7:10]] for row in rows] == expected(scored)


def test_spanish_differs_by_the_comma_only(scored: Assessment) -> None:
    rows = markdown_tables(render_markdown(scored, PROVENANCE, "es"))[0][1:]
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
