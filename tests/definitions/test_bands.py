"""Levels that do not cut a scale into named bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from small_definition import changed, findings, line_of

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.code import Code


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        pytest.param(
            "      bounds: [0, 30, 100]\n",
            "",
            codes.BANDS_UNCLEAR,
            "levels:\n      side",
            id="neither parts nor bounds",
        ),
        pytest.param(
            "      bounds: [0, 30, 100]\n",
            "      bounds: [0, 30, 100]\n      parts: 2\n",
            codes.BANDS_UNCLEAR,
            "levels:\n      bounds",
            id="parts and bounds",
        ),
        pytest.param(
            "bounds: [0, 30, 100]",
            "bounds: [0, 100, 100]",
            codes.BANDS_NOT_RISING,
            "levels:\n      bounds",
            id="bounds that do not rise",
        ),
        pytest.param(
            "bounds: [0, 30, 100]",
            "bounds: [0, 30, 99.9]",
            codes.BANDS_NOT_COVERING,
            "levels:\n      bounds",
            id="bounds that end early",
        ),
        pytest.param(
            "bounds: [0, 30, 100]",
            "bounds: [0.5, 30, 100]",
            codes.BANDS_NOT_COVERING,
            "levels:\n      bounds",
            id="bounds that begin late",
        ),
        pytest.param(
            "    parts: 2\n",
            "    parts: 3\n",
            codes.BAND_NAMES,
            "levels:\n    parts",
            id="a band without a name",
        ),
        pytest.param(
            "bounds: [0, 30, 100]",
            "bounds: [0]",
            codes.BAND_NAMES,
            "levels:\n      bounds",
            id="no band at all",
        ),
        pytest.param(
            "    below: {en: Nothing}\n",
            "",
            codes.LOWEST_OPEN,
            "levels:\n    parts",
            id="level 0 without a name",
        ),
        pytest.param(
            "    side: upper\n",
            "    side: lower\n",
            codes.LOWEST_OPEN,
            "levels:\n    parts",
            id="open lowest band with bounds above",
        ),
        pytest.param(
            "    lowest: open\n",
            "",
            codes.BELOW_WITHOUT_USE,
            "levels:\n    parts",
            id="name of a level that nobody has",
        ),
    ],
)
def test_is_found_alone_at_its_line(tmp_path: Path, old: str, new: str, code: Code, at: str) -> None:
    text = changed(old, new)
    found = findings(tmp_path, text)
    assert [one.code for one in found] == [code]
    assert found[0].location.line == line_of(text, at)
