from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answered import answered
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.language.findings import texts
from ctimaturity.results.findings_table import findings_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.results.table import Cell

PROMISED = (
    "file",
    "sheet",
    "cell",
    "line",
    "item",
    "code",
    "name",
    "severity",
    "message",
    "hint",
    "value",
)


def records(assessment: Assessment, language: str) -> list[Mapping[str, Cell]]:
    table = findings_table(assessment, language)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows()]


def test_the_columns_are_those_promised_in_their_order() -> None:
    assert findings_table(answered(), "es").header == (*PROMISED, "column", "parameters")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_finding_in_words(language: str) -> None:
    row = records(answered(), language)[0]
    said = texts(codes.ANSWER_OUT_OF_SCALE, language)
    message = said.message.format(item="C-1-a")
    hint = said.hint.format(options="1, 0")
    assert (row["file"], row["sheet"], row["cell"]) == ("libros/90009.xlsx", "Capacidades", "D7")
    assert (row["line"], row["column"], row["item"]) == (None, None, "C-1-a")
    assert (row["code"], row["name"], row["severity"]) == ("A203", "answer-out-of-scale", "error")
    assert (row["message"], row["hint"], row["value"]) == (message, hint, "tal vez")
    assert row["parameters"] == '{"item": "C-1-a", "options": "1, 0"}'


def test_the_place_in_a_text_file() -> None:
    finding = Diagnostic(
        codes.ANSWER_OUT_OF_SCALE, Location("a.yaml", line=3, column=5), {"item": "x", "options": ""}
    )
    row = records(replace(answered(), diagnostics=(finding,)), "es")[0]
    assert (row["line"], row["column"]) == (3, 5)


def test_directions_in_names_are_shown_not_obeyed() -> None:
    finding = Diagnostic(
        codes.ANSWER_OUT_OF_SCALE, Location("a\u202e.xlsx", "Hoja\x1b[2J"), {"item": "x", "options": ""}
    )
    row = records(replace(answered(), diagnostics=(finding,)), "es")[0]
    assert (row["file"], row["sheet"]) == ("a\\u202e.xlsx", "Hoja\\x1b[2J")
