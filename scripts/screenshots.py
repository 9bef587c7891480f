"""Take the pictures of the documentation from the bundled example, with Chromium.

    python scripts/screenshots.py            those of the documents, into docs/images
    python scripts/screenshots.py DIR        those, and every page for review: desk, dark, phone, paper

Look at what it made before it is committed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from ctimaturity.workflows.report import ReportOptions, report

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "examples" / "results"
IMAGES = ROOT / "docs" / "images"
WIDTH, PHONE = 1280, 390
DARK = "--blink-settings=preferredColorScheme=0"
REVIEWED = {"ranked": "EJ-03", "provisional": "EJ-09", "incomplete": "EJ-11", "refused": "EJ-12"}
"""An entity of each kind, whose dossiers are reviewed."""


class Picture(NamedTuple):
    """One picture: of which page, how high, as who sees it."""

    name: str
    page: Path
    height: int
    dark: bool = False
    phone: bool = False


def main(arguments: list[str]) -> int:
    """Take them all; 1 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is not installed (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    target = Path(arguments[0]) if arguments else IMAGES
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "report"
        report(RESULTS, made, ReportOptions(entities=tuple(REVIEWED.values())))
        index = RESULTS / "index.html"
        dossier = made / "entities" / f"{REVIEWED['ranked']}.html"
        pictures = [
            Picture("index", index, 1500),
            Picture("index-dark", index, 1500, dark=True),
            Picture("index-phone", index, 1500, phone=True),
            Picture("dossier", dossier, 1620),
        ]
        if arguments:
            for kind, code in REVIEWED.items():
                page = made / "entities" / f"{code}.html"
                pictures += [
                    Picture(f"review-{kind}", page, 3000),
                    Picture(f"review-{kind}-dark", page, 3000, dark=True),
                    Picture(f"review-{kind}-phone", page, 4000, phone=True),
                ]
            pictures += [Picture("review-index", index, 6000)]
        for picture in pictures:
            _take(chromium, picture, target, Path(folder))
        for page in (index, dossier) if arguments else ():
            _print(chromium, page, target / f"review-{page.stem}.pdf", Path(folder))
    return 0


def _take(chromium: str, picture: Picture, target: Path, folder: Path) -> None:
    page, width = picture.page, WIDTH
    if picture.phone:
        # Headless windows are never narrower than 500 pixels: a frame holds the phone's page.
        page, width = folder / "phone.html", PHONE
        page.write_text(
            '<body style="margin:0"><iframe style="border:0"'
            f' src="{picture.page.as_uri()}" width="{PHONE}" height="{picture.height}">',
            encoding="utf-8",
        )
    file = target / f"{picture.name}.png"
    settings = [f"--window-size={width},{picture.height}", f"--screenshot={file}"]
    _run(chromium, page, [*settings, *([DARK] if picture.dark else [])], folder)
    print(file)


def _print(chromium: str, page: Path, file: Path, folder: Path) -> None:
    """The page as the browser prints it."""
    _run(chromium, page, [f"--print-to-pdf={file}", "--no-pdf-header-footer"], folder)
    print(file)


def _run(chromium: str, page: Path, settings: list[str], folder: Path) -> None:
    command = [
        *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        f"--user-data-dir={folder}/profile",
        *settings,
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
