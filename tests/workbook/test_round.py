"""Names of rounds: what tells them apart."""

from __future__ import annotations

from ctimaturity.workbook.round import told_apart

APART = [
    ("2024", "2026"),
    ("Ronda 2024", "ronda 2026"),
    ("2026-1", "2026-2"),
    ("2026 I", "2026 II"),
    ("2026A", "2026B"),
    ("2025-2026", "2024-2025"),
]
ALIKE = [
    ("2026", "2026"),
    ("2026", "Ronda 2026"),
    ("RONDA  2026", "ronda 2026"),
    ("2026", "Primer semestre de 2026"),
    ("2026", "2026-1"),
    ("2026-1", "2026 - 01"),
    ("Ejemplo", "2026"),
    ("Piloto", "Línea base"),
    ("", "2026"),
]


def test_rounds_are_told_apart_by_their_numbers_alone() -> None:
    pairs = [(pair, True) for pair in APART] + [(pair, False) for pair in ALIKE]
    wrong = [
        (one, other)
        for (one, other), apart in pairs
        if told_apart(one, other) is not apart or told_apart(other, one) is not apart
    ]
    assert wrong == []
