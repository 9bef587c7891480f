"""What tests need from outside, and how a run says what it lacked."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# A check that must hold before something lands draws the same examples each time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
STRICT = os.environ.get("CTI_NO_SKIPS") == "1"
# Tests make cells and answers by the hundred thousand and keep few: looking for circles among them at every
# 700 new ones took a tenth of the processor time.
gc.freeze()
gc.set_threshold(200_000, 20, 100)

NEEDS = {
    "office": (
        lambda: shutil.which("soffice") is not None,
        "needs LibreOffice: apt-get install --no-install-recommends libreoffice-calc",
    ),
    "browser": (
        lambda: shutil.which("chromium") is not None,
        "needs Chromium: apt-get install --no-install-recommends chromium fonts-dejavu-core",
    ),
    "shared": (SHARED.is_dir, "needs the reference material in ../shared beside the checkout"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker, (present, reason) in NEEDS.items():
        if not present():
            skip = pytest.mark.skip(reason=reason)
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(skip)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With CTI_NO_SKIPS=1 a skipped test has failed: nothing hides behind a missing program."""
    report = yield
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """LibreOffice's own folder for this run, so that parallel runs do not lock each other out."""
    return f"-env:UserInstallation={tmp_path_factory.mktemp('office').as_uri()}"
