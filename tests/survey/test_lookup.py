"""What answers stand for."""

from __future__ import annotations

import pytest

from ctimaturity.definitions.library import Library
from ctimaturity.scoring.moments import BLANK, DONT_KNOW, option_columns
from ctimaturity.survey.lookup import UNREADABLE, MarkReader

MODEL = Library().find("mmmctic@2020-04")
PERCEPTION = MODEL.measurement_by_id["perception"]
READER = MarkReader(MODEL.scales[PERCEPTION.items[0].scale], option_columns(MODEL, PERCEPTION))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("4", 3),
        (" 4 ", 3),
        ("4.0", 3),
        ("4,0", 3),
        ("Más bien de acuerdo", 3),
        ("mas bien de acuerdo", 3),
        ("Somewhat agree", 3),
        ("4 - Más bien de acuerdo", 3),
        ("4. Más bien de acuerdo", 3),
        ("4: Más bien de acuerdo, con lo dicho", 3),
        ("(4)", 3),
        ("", BLANK),
        ("   ", BLANK),
        ("NS", DONT_KNOW),
        ("No sabe / no responde", DONT_KNOW),
        ("No sabe/No responde", DONT_KNOW),
        ("NS/NR", DONT_KNOW),
        ("ns-nr", DONT_KNOW),
        ("Nsnr", DONT_KNOW),
        ("No sabe", DONT_KNOW),
        ("no responde", DONT_KNOW),
        ("Don’t know", DONT_KNOW),
        ("4: algo que alguien cambió", UNREADABLE),
        ("1 - No", UNREADABLE),
        ("5-6 (ver nota)", UNREADABLE),
        ("4 - no sabe", UNREADABLE),
        ("4-may", UNREADABLE),
        ("5 - Cumple", UNREADABLE),
        ("X", UNREADABLE),
        ("Sí", UNREADABLE),
        ("NR", UNREADABLE),
        ("N/A", UNREADABLE),
        ("sabe", UNREADABLE),
        ("7", UNREADABLE),
        ("3.5", UNREADABLE),
        ("de acuerdo tal vez", UNREADABLE),
        ("4 - En desacuerdo", UNREADABLE),
        ("#N/A", UNREADABLE),
        ("4 5", UNREADABLE),
        ("2026-04-03", UNREADABLE),
    ],
)
def test_code_first_then_exact_words(text: str, mark: int) -> None:
    assert READER.read(text) == mark
