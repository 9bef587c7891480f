"""Texts that are not there in every language."""

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
            "languages: [en]",
            "languages: []",
            codes.NO_LANGUAGE,
            "languages",
            id="no language",
        ),
        pytest.param(
            "title: {en: House}",
            "title: {en: House, es: Casa}",
            codes.LANGUAGE_UNKNOWN,
            "es: Casa",
            id="one that is not declared",
        ),
        pytest.param(
            "title: {en: House}",
            "title: {}",
            codes.LANGUAGE_MISSING,
            "title: {}",
            id="none at all",
        ),
        pytest.param(
            "title: {en: House}",
            "title: {en: ' '}",
            codes.TEXT_BLANK,
            "en: ' '",
            id="blank",
        ),
    ],
)
def test_is_found_alone_at_its_line(tmp_path: Path, old: str, new: str, code: Code, at: str) -> None:
    text = changed(old, new)
    found = findings(tmp_path, text)
    assert [one.code for one in found] == [code]
    assert found[0].location.line == line_of(text, at)
