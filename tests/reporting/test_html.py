from __future__ import annotations

import base64
import hashlib
import re
import time
from typing import TYPE_CHECKING

import pytest

from ctimaturity.files.installation import data_folder
from ctimaturity.model.canonical import read_canonical
from ctimaturity.reporting.geometry import title_lines
from ctimaturity.reporting.index_document import index_html
from ctimaturity.reporting.provenance import Provenance
from documents import Page
from invented import DOZEN, HOSTILE, Invented, assessment

if TYPE_CHECKING:
    from pathlib import Path

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64, "2026", "Rangos de ejemplo 1.0")


@pytest.fixture(scope="module")
def html() -> str:
    return index_html(assessment(), PROVENANCE, "es")


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_ranking_has_the_numbers_of_the_index(page: Page) -> None:
    rows = page.tables["8 entidades clasificadas"][1:]
    # 3.335 and 2.345 are rounded half up; 4.2 twice shares rank 2 and 3 is skipped.
    assert [row[0] for row in rows] == ["1", "2=", "2=", "4", "5", "6", "7", "8"]
    assert [row[2] for row in rows] == ["4,88", "4,20", "4,20", "3,63", "3,34", "2,35", "1,75", "1,00"]
    # Bands of a sixth of [2/3, 6] are 8/9 wide: (4.22, 5.11] is 5, (3.33, 4.22] is 4, (1.56, 2.44] is 2.
    assert [row[3] for row in rows] == [f"{level} · Nivel {level}" for level in (5, 4, 4, 4, 4, 2, 2, 1)]
    # The first: 4.875 - 0.3 and 4.875 + 0.15, rounded half up.
    assert rows[0][4] == "4,58–5,03"
    assert rows[0][6].endswith("|n = 60")
    assert rows[0][-1] == "95 %"


def test_a_provisional_entity_has_an_interval_and_no_point(page: Page) -> None:
    (row,) = page.tables["1 entidad provisional"][1:]
    # 2.9 - 0.9 and 2.9 + 0.45
    assert row[1] == "2,00–3,35"
    assert not any("2,90" in text for text in page.text)
    assert "menos de 10 personas encuestadas en academia (2) y sector-publico (1)" in row[-1]


def test_the_left_out_are_named_with_the_reason(page: Page) -> None:
    incomplete, refused = page.tables["2 entidades sin índice"][1:]
    assert incomplete[0].startswith("Santa Brisa")
    assert incomplete[1:3] == ["incompleta", "40 %"]
    assert "no llegaron respuestas" in incomplete[3]
    assert refused[1:3] == ["rechazada", "–"]
    assert "Capacidades!D7: la respuesta a C-1-a no es una de las opciones de su escala (A203)" in refused[3]
    assert "1 archivo no se pudo leer como de alguna entidad; findings.csv dice por qué." in "".join(
        page.text
    )


def test_the_awaited_are_named(page: Page) -> None:
    text = " ".join("".join(page.text).split())
    assert "2 entidades de la lista no han enviado nada todavía." in text
    assert "Monte <Claro> 90010" in text
    assert "90011" in text


def test_groups_of_three_have_ranks_and_smaller_ones_are_said(page: Page) -> None:
    # Sierra: 4.875, 4.2, 3.625, 1.0
    assert [row[0] for row in page.tables["Sierra"][1:]] == ["1 de 4", "2 de 4", "3 de 4", "4 de 4"]
    # Alcaldías: 4.875, 4.2, 4.2, 3.625, 3.335, 1.0
    assert [row[0] for row in page.tables["alcaldia"][1:]] == [
        "1 de 6",
        "2= de 6",
        "2= de 6",
        "4 de 6",
        "5 de 6",
        "6 de 6",
    ]
    assert "Demasiado pequeños para tener puestos propios: gobernacion." in page.text


def test_a_heat_map_says_the_same_as_its_table(html: str, page: Page) -> None:
    table = page.tables["Puntajes por dimensión"]
    assert table[0] == ["Puesto", "Entidad", "título de personas", "título de habitat"]
    chart = html[html.index('aria-labelledby="heat-1-1-t') : html.index("</svg>", html.index("heat-1-1-t"))]
    shown = [cell for row in table[1:] for cell in row[2:]]
    cells = re.findall(r"<use class=(\S+) href=#cell x=\d+ /><text class=\S+ x=\d+>(.*?)</text>", chart)
    assert [re.sub(r" · (\w+)", r" (\1)", text) for _, text in cells] == shown
    # Each coloured cell says its level too, so that colour is never alone; a provisional one has no colour.
    assert [drawn.removeprefix("f6-") for drawn, _ in cells[:16]] == [text[-2] for text in shown[:16]]
    assert [drawn for drawn, _ in cells[16:]] == ["open", "open"]


def test_the_page_is_for_everyone(page: Page) -> None:
    tags = page.tags
    assert ("html", {"lang": "es"}) in tags
    assert [level for level, _ in page.headings].count("h1") == 1
    assert all(attributes.get("scope") for tag, attributes in tags if tag == "th")
    assert [tag for tag, _ in tags].count("caption") == [tag for tag, _ in tags].count("table")
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    referred = {
        name
        for _, attributes in tags
        for value in (attributes.get("aria-labelledby"), (attributes.get("href") or "").removeprefix("#"))
        for name in (value or "").split()
    }
    assert referred - {"data:,", "view"} <= set(ids)
    scrolling = [attributes for _, attributes in tags if "scroll" in (attributes.get("class") or "")]
    assert scrolling
    assert all(a["role"] == "region" and a["tabindex"] == "0" and a["aria-label"] for a in scrolling)
    charts = [attributes for tag, attributes in tags if tag == "svg"]
    assert all("aria-hidden" in chart or chart.get("role") == "img" for chart in charts)


def test_nothing_comes_from_outside_and_only_this_style_and_script_are_allowed(html: str, page: Page) -> None:
    css = html[html.index("<style>") + 7 : html.index("</style>")]
    script = html[html.index("<script>") + 8 : html.index("</script>")]
    digest, of_script = (
        base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (css, script)
    )
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'sha256-{of_script}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not {tag for tag, _ in page.tags} & {"img", "iframe", "object"}
    assert all((a.get("href") or "#").startswith(("#", "data:,")) for _, a in page.tags)
    assert not any("style" in a or any(name.startswith("on") for name in a) for _, a in page.tags)
    assert "url(" not in css
    assert "@import" not in css


def test_hostile_names_are_text(html: str, page: Page) -> None:
    assert "\u202e" not in html
    assert "<b>" not in html
    names = [row[1] for row in page.tables["8 entidades clasificadas"][1:]]
    assert any("<b>Trampa</b> [x](http://a.b) *y* `z` \\u202edcba\\x0a=1+1" in name for name in names)


def test_provenance_and_method(page: Page) -> None:
    text = "\n".join(page.text)
    for said in ("ctimaturity 9.9.9", "a" * 64, "b" * 64, "Rangos de ejemplo 1.0", "mini@1, versión 1.0.0"):
        assert said in text
    thresholds = page.tables["Qué necesita una entidad para ser clasificada"]
    assert ["cobertura", "eje, dimensión", "menos de 50 %", "incompleta: sin índice"] in thresholds
    assert [
        "personas encuestadas",
        "título de perception",
        "menos de 50",
        "provisional: sin puesto",
    ] in thresholds
    # A sixth of [0, 6] for capacities, of [1, 6] for perception, of [2/3, 6] for the index.
    levels = page.tables["Los niveles y sus rangos"]
    assert levels[1] == ["0", "por debajo del primero", "–", "0,00", "–", "–"]
    assert levels[2] == ["1", "Nivel 1", "0,67–1,56", "0,00–1,00", "1,00–1,83", "1,00–1,83"]


def test_english(html: str) -> None:
    english = index_html(assessment(), PROVENANCE, "en")
    assert '<html lang="en">' in english
    assert "8 ranked entities" in english
    assert "4.88" in english
    assert len(english) != len(html)


def test_the_same_bytes_every_time(html: str) -> None:
    assert index_html(assessment(), PROVENANCE, "es") == html


@pytest.mark.parametrize(
    "invented",
    [
        pytest.param(DOZEN[-1:], id="only-a-refused-one"),
        pytest.param(DOZEN[-2:-1], id="only-an-incomplete-one"),
        pytest.param(DOZEN[-3:-2], id="only-a-provisional-one"),
        pytest.param(DOZEN[:1], id="only-a-ranked-one"),
        pytest.param((), id="nobody"),
    ],
)
def test_few_entities(invented: tuple[Invented, ...]) -> None:
    page = Page(index_html(assessment(invented=invented), PROVENANCE, "es"))
    ranked = [entity for entity in invented if entity.status == "ranked"]
    sections = [text for level, text in page.headings if level == "h2"]
    assert ("Clasificación" in sections) == bool(ranked)


def test_eleven_hundred_entities_stay_small() -> None:
    many = tuple(
        Invented(f"{number:05d}", f"Municipio inventado número {number}", 5.5 - number / 300)
        for number in range(1100)
    )
    released = data_folder("questionnaires") / "mmmctic" / "2020-04" / "released" / "1.0.0.json"
    large = assessment(read_canonical(released.read_bytes()), many)
    start = time.process_time()
    html = index_html(large, PROVENANCE, "es")
    took = time.process_time() - start
    assert len(html.encode()) < 3_000_000
    assert took < 10


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Hábitat", ["Hábitat"]),
        (
            "Infraestructura digital e interoperabilidad",
            ["Infraestructura", "digital e", "interoperabilidad"],
        ),
        ("a " * 60, ["a a a a a a a a"] * 3 + ["a a a a a a a a…"]),
    ],
)
def test_titles_of_charts_are_broken_into_lines(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


@pytest.mark.browser
def test_a_browser_has_nothing_to_say(html: str, tmp_path: Path) -> None:
    import shutil
    import subprocess

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    (tmp_path / "index.html").write_text(html, "utf-8")
    run = subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            (tmp_path / "index.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    assert HOSTILE[:6] in run.stdout
    assert "CONSOLE" not in run.stderr
