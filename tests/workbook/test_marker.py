from __future__ import annotations

import pytest

from ctimaturity.workbook.marker import Form, Marker


@pytest.mark.parametrize(
    ("marker", "text"),
    [
        (Marker("capacities", Form.ANSWERS), "cti:capacities:answers"),
        (Marker("results", Form.INDICATORS), "cti:results:indicators"),
        (Marker("perception", Form.LIST), "cti:perception:list"),
        (Marker("perception", Form.GRID), "cti:perception:grid"),
        (Marker("perception", Form.COUNTS, "sector-publico"), "cti:perception:counts:sector-publico"),
    ],
)
def test_a_marker_is_written_and_read_back(marker: Marker, text: str) -> None:
    assert str(marker) == text
    assert Marker.read(f" {text} ") == marker


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cti",
        "cti:cover",
        "cti:capacities",
        "cti:capacities:essay",
        "cti:perception:counts",
        "cti:perception:list:academia",
        "CTI:capacities:answers",
        "capacities:answers",
    ],
)
def test_other_text_is_no_marker(text: str) -> None:
    assert Marker.read(text) is None
