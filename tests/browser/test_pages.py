"""The pages as people use them, in headless Chromium from Debian."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from ctimaturity.files.installation import data_folder
from ctimaturity.model.canonical import read_canonical
from ctimaturity.reporting.index_document import index_html
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.workflows.compare import compare
from ctimaturity.workflows.options import ScoreOptions
from ctimaturity.workflows.progress_files import write_comparison
from ctimaturity.workflows.questionnaire_show import definition_of, write_booklet
from ctimaturity.workflows.report import report
from ctimaturity.workflows.roadmap import RoadmapOptions, roadmap
from ctimaturity.workflows.roadmap_files import write_roadmaps
from invented import DOZEN, HOSTILE, Invented, assessment
from rounds import write_few, write_later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js"))
EXAMPLE = data_folder("examples") / "results"
COMPARED = ("EJ-01", "EJ-02", "EJ-04", "EJ-05", "EJ-09")
PROGRESS = ("progress/index.html", "progress/entities/EJ-04.html")
# Paths to elements that violate nothing cost axe more than all its rules.
VIOLATIONS = """async runOnly => {
    const limits = runOnly ? { runOnly } : {};
    const found = await axe.run(document, { resultTypes: ['violations'], selectors: false, ...limits });
    return found.violations.map(each => [each.id, each.nodes[0].html]);
}"""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours, of those it tries unasked."""
ROADMAPS = ("roadmap/index.html", "roadmap/entities/EJ-02.html", "roadmap/entities/EJ-12.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "", args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the bundled example, with a page of hostile names and one of 1,100 entities."""
    out = tmp_path_factory.mktemp("pages") / "out"
    report(EXAMPLE, out)
    (out / "hostile.html").write_text(index_html(assessment(), PROVENANCE, "es"), "utf-8")
    many = tuple(
        Invented(f"{n:05d}", f"Municipio número {n}", 5.5 - n / 300, region="Costa" if n % 2 else "Sierra")
        for n in range(1100)
    )
    released = data_folder("questionnaires") / "mmmctic" / "2020-04" / "released" / "1.0.0.json"
    large = assessment(read_canonical(released.read_bytes()), many)
    (out / "many.html").write_text(index_html(large, PROVENANCE, "es"), "utf-8")
    write_booklet(definition_of("mmmctic@2021-11"), out / "booklet.html", "es")
    rounds = (write_few(out / "earlier", *COMPARED), write_later(out / "later", codes=COMPARED))
    write_comparison(compare(rounds), out / "progress", ScoreOptions(formats=("html",)))
    write_roadmaps(
        roadmap(EXAMPLE, RoadmapOptions(entities=("EJ-02", "EJ-12"))),
        out / "roadmap",
        ScoreOptions(formats=("html",)),
    )
    return out


@contextmanager
def opened(browser: Browser, path: Path, hash_: str = "", **settings: Any) -> Iterator[Page]:
    """A page that says nothing on the console and asks for nothing beside itself."""
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(**settings)
    page = context.new_page()
    page.set_default_timeout(120_000)  # ends what hangs; no page has to be quick
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    page.goto(path.as_uri() + hash_)
    yield page
    assert said == []
    assert {url for url in asked if not url.startswith("data:")} <= {
        other.as_uri() for other in path.parent.rglob("*.html")
    } | {path.as_uri()}
    context.close()


def names(page: Page) -> list[str]:
    rows = page.locator("tbody[data-name=ranking] tr:visible th")
    return [text.split("EJ-")[0].strip() for text in rows.all_inner_texts()]


def test_sorting_by_a_heading_turns_round_and_takes_the_heat_map_along(
    browser: Browser, written: Path
) -> None:
    with opened(browser, written / "index.html") as page:
        assert names(page)[0] == "Villa Almendro"
        heading = page.get_by_role("columnheader", name="Índice").first
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == "descending"
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == "ascending"
        assert names(page)[-1] == "Villa Almendro"
        places = page.evaluate(
            "[...document.querySelectorAll('.heat')[0].querySelectorAll('g.cells')]"
            ".map(g => [Number(g.getAttribute('transform').match(/\\d+(?=\\))/)[0]),"
            " g.querySelector('.name').textContent])"
        )
        order = [name for _, name in sorted(map(tuple, places))]
        assert [name[:20] for name in order[:8]] == [name[:20] for name in names(page)]


def test_filters_and_search_meet(browser: Browser, written: Path) -> None:
    with opened(browser, written / "index.html") as page:
        page.locator("select[name=entity_type]").select_option(label="Gobernación")
        assert names(page) == ["Gobernación de Sierra Bermeja", "Gobernación de Valle Encantado"]
        page.get_by_label("Buscar por nombre o código").fill("VALLÉ")
        assert names(page) == ["Gobernación de Valle Encantado"]
        assert page.locator("output").inner_text() == "Se muestran 1 de 12 entidades"
        page.get_by_role("button", name="Mostrar todas").click()
        page.locator("output", has_text="12 de 12").wait_for()


@pytest.mark.parametrize("name", ["categoria", "region", "level"])
def test_every_facet_picks_some(browser: Browser, written: Path, name: str) -> None:
    with opened(browser, written / "index.html") as page:
        page.locator(f"select[name={name}]").select_option(index=1)
        assert 0 < page.locator("tr[data-f]:not([hidden])").count() < 12


def test_a_link_keeps_the_view(browser: Browser, written: Path) -> None:
    with opened(browser, written / "index.html") as page:
        page.locator("select[name=entity_type]").select_option(label="Alcaldía")
        page.get_by_role("columnheader", name="Resultados").get_by_role("button").first.click()
        kept, shown = page.evaluate("location.hash"), names(page)
        link = page.get_by_role("link", name="Enlace a esta vista").get_attribute("href")
    assert link == kept
    with opened(browser, written / "index.html", kept) as page:
        assert names(page) == shown
        assert page.locator("select[name=entity_type]").input_value() != ""


def test_the_keyboard_is_enough(browser: Browser, written: Path) -> None:
    with opened(browser, written / "index.html") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.get_by_label("Buscar por nombre o código").focus()
        page.keyboard.type("lucerna")
        assert names(page) == ["Puerto Lucerna"]
        button = page.get_by_role("columnheader", name="Índice").get_by_role("button").first
        button.focus()
        page.keyboard.press("Enter")
        assert "sort=ranking" in page.evaluate("location.hash")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_names_lead_to_dossiers_and_back(browser: Browser, written: Path) -> None:
    with opened(browser, written / "index.html") as page:
        page.get_by_role("link", name="Puerto Lucerna").first.click()
        assert page.get_by_role("heading", level=1).inner_text() == "Puerto Lucerna"
        page.get_by_role("link", name="Todas las entidades").click()
        assert page.get_by_role("heading", name="Clasificación").is_visible()


def test_without_scripts_everything_can_be_read(browser: Browser, written: Path) -> None:
    with opened(browser, written / "index.html", java_script_enabled=False) as page:
        assert len(names(page)) == 8
        assert not page.locator("form.tools").is_visible()
        assert page.locator("th button").count() == 0


@pytest.mark.parametrize(
    "name", ["index.html", "entities/EJ-05.html", "entities/EJ-12.html", "booklet.html", *PROGRESS, *ROADMAPS]
)
def test_a_phone_scrolls_down_and_never_aside(browser: Browser, written: Path, name: str) -> None:
    with opened(browser, written / name, viewport={"width": 360, "height": 740}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("name", "charts"),
    [
        *(("index.html", 3), ("entities/EJ-05.html", 3), ("entities/EJ-09.html", 3)),
        *((PROGRESS[0], 2), (PROGRESS[1], 4)),
    ],
)
def test_charts_on_a_phone_are_whole_and_can_be_read(
    browser: Browser, written: Path, name: str, charts: int
) -> None:
    with opened(browser, written / name, viewport={"width": 360, "height": 740}) as page:
        shown = page.evaluate(
            "[...document.querySelectorAll('svg.fit')].filter(svg => svg.checkVisibility()).map(svg => {"
            " const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;"
            " const texts = [...svg.querySelectorAll('text')];"
            " const sizes = texts.map(text => parseFloat(getComputedStyle(text).fontSize));"
            " return [box.left, box.right, Math.min(...sizes) * scale]; })"
        )
        assert len(shown) >= charts
        aside = "[...document.querySelectorAll('.bare')].filter(box => box.scrollWidth > box.clientWidth)"
        assert page.evaluate(f"{aside}.length") == 0
        assert all(left >= 0 and right <= 360 for left, right, _ in shown)
        assert min(size for *_, size in shown) > 9


@pytest.mark.parametrize("settings", [{}, {"java_script_enabled": False}])
def test_a_phone_has_the_heat_map_as_rows_of_cells(
    browser: Browser, written: Path, settings: dict[str, bool]
) -> None:
    phone = {"width": 360, "height": 740}
    with opened(browser, written / "index.html", viewport=phone, **settings) as page:
        assert not page.locator(".heat").first.is_visible()
        first = page.locator("tbody[data-name=grid1] tr").first
        assert first.is_visible()
        assert first.locator("td").nth(1).inner_text().split() == ["5,46", "(N6)"]
        box = first.locator("td").last.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360


def test_the_name_stays_when_a_phone_scrolls_the_ranking(browser: Browser, written: Path) -> None:
    with opened(browser, written / "index.html", viewport={"width": 360, "height": 740}) as page:
        page.locator("table.held").evaluate("table => { table.parentElement.scrollLeft = 300; }")
        for cell in (page.locator("table.held .who"), page.locator("tbody[data-name=ranking] th").first):
            box = cell.bounding_box()
            assert box is not None
            assert 0 <= box["x"] < 40


def test_the_dark_page_is_dark_and_paper_is_not(browser: Browser, written: Path) -> None:
    with opened(browser, written / "index.html", color_scheme="dark") as page:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 23, 28)"
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')") == (
            "#1b2733"
        )
        assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize(
    "name",
    [
        *("index.html", "hostile.html", "entities/EJ-05.html", "entities/EJ-09.html", "entities/EJ-12.html"),
        "booklet.html",
        *PROGRESS,
        *ROADMAPS,
    ],
)
def test_axe_finds_nothing(browser: Browser, written: Path, name: str) -> None:
    # The policy of the page would not let axe run: it is set aside for this test only.
    context = browser.new_context(color_scheme="light", bypass_csp=True)
    page = context.new_page()
    page.goto((written / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.evaluate(AXE.read_text("utf-8"))
    found = [page.evaluate(VIOLATIONS, None)]
    page.emulate_media(color_scheme="dark")  # changes colours and nothing else
    found.append(page.evaluate(VIOLATIONS, {"type": "rule", "values": COLOURS}))
    context.close()
    assert found == [[], []]


def test_hostile_names_stay_text(browser: Browser, written: Path) -> None:
    with opened(browser, written / "hostile.html") as page:
        assert HOSTILE[:20] in page.locator("tbody[data-name=ranking]").inner_text()
        page.get_by_label("Buscar por nombre o código").fill("<b>")
        assert page.locator("tbody[data-name=ranking] tr:visible").count() == 1
        assert len(DOZEN) == page.locator("tr[data-f]").count()


def test_eleven_hundred_entities_are_laid_out_once_a_search(browser: Browser, written: Path) -> None:
    with opened(browser, written / "many.html") as page:
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")

        def counted() -> dict[str, float]:
            metrics = session.send("Performance.getMetrics")["metrics"]
            return {each["name"]: each["value"] for each in metrics}

        before = counted()
        page.evaluate(
            "() => { const field = document.querySelector('input[name=q]'); field.value = '99';"
            " field.dispatchEvent(new Event('input')); document.body.offsetHeight; }"
        )
        after = counted()
        assert after["LayoutCount"] - before["LayoutCount"] <= 2
        assert after["RecalcStyleCount"] - before["RecalcStyleCount"] <= 2
        shown = page.locator("tbody[data-name=ranking] tr:not([hidden])").count()
        assert shown == sum("99" in f"{n:05d} Municipio número {n}" for n in range(1100))
