from __future__ import annotations

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.workbook.answer import Problem
from ctimaturity.workbook.reading.findings import Findings


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        # What programs write for 0.07, 0.3 and 12: 17 digits, an exponent, a point.
        (CellKind.NUMBER, "7.0000000000000007E-2", "0.07"),
        (CellKind.NUMBER, "0.29999999999999999", "0.3"),
        (CellKind.NUMBER, "1.2E1", "12"),
        (CellKind.NUMBER, "0.30000000000000004", "0.30000000000000004"),
        (CellKind.NUMBER, "9.9999999999999995E-8", "0.0000001"),
        (CellKind.NUMBER, "3001234567", "[tel.]"),
        (CellKind.TEXT, "0.29999999999999999", "0.29999999999999999"),
        (CellKind.TEXT, "1.234.567,5", "1.234.567,5"),
        (CellKind.TEXT, "2023-2024", "2023-2024"),
        (CellKind.TEXT, "310.555.1234", "[tel.]"),
    ],
)
def test_a_number_is_quoted_as_it_was_typed(kind: CellKind, text: str, shown: str) -> None:
    findings = Findings("a.xlsx")
    findings.answer(
        Problem(codes.PERCENTAGE_ANSWER),
        "S",
        (2, 3),
        "R-1",
        Cell(kind, text, text),
    )
    assert [finding.value for finding in findings.diagnostics] == [shown]
