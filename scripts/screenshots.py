"""Take the pictures of the documentation from the page of the bundled example, with Chromium.

    python scripts/screenshots.py

Look at what it made before it is committed: desk, dark, phone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "examples" / "results" / "index.html"
IMAGES = ROOT / "docs" / "images"
DESK = "1280,1500"


def main() -> int:
    """Take them all; 1 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is not installed (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # Headless windows are never narrower than 500 pixels: a frame holds the phone's page.
        phone = Path(folder) / "phone.html"
        phone.write_text(
            '<body style="margin:0">'
            f'<iframe src="{PAGE.as_uri()}" width="390" height="1500" style="border:0">',
            encoding="utf-8",
        )
        for name, page, size, settings in (
            ("index.png", PAGE, DESK, ()),
            ("index-dark.png", PAGE, DESK, ("--blink-settings=preferredColorScheme=0",)),
            ("index-phone.png", phone, "390,1500", ()),
        ):
            command = [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                f"--window-size={size}",
                f"--screenshot={IMAGES / name}",
                *settings,
                page.as_uri(),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            print(IMAGES / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
