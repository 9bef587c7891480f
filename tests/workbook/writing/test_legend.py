from __future__ import annotations

import builders
import sheets
from ctimaturity.workbook.template import Perception, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes

MINI = builders.mini()


def lines(options: TemplateOptions) -> list[tuple[object, ...]]:
    book = sheets.opened(workbook_bytes(MINI, options, "ab" * 32))
    return [tuple(cell.value for cell in row) for row in book["Respuestas"].iter_rows(min_col=2, max_col=3)]


def test_every_list_is_there_once_under_where_it_is_used() -> None:
    found = lines(TemplateOptions(parts=("capacities",)))
    assert found[0] == ("Las respuestas y lo que significan", None)
    assert found[1:] == [("título de capacities: Respuesta", None), ("0", "opción 0"), ("1", "opción 1")]


def test_reasons_and_segments_have_no_codes() -> None:
    found = lines(TemplateOptions(perception=Perception.GRID))
    assert ("título de results: Sin dato: motivo", None) in found
    assert (None, "not-measured") in found
    assert ("título de perception: Segmento", None) in found
    assert (None, "academia") in found
    assert ("NS", "No sabe") in found


def test_options_are_described_where_the_scale_does() -> None:
    scale = builders.scale(1, 2)
    described = scale.options[0].model_copy(update={"description": builders.text("lo más bajo")})
    definition = builders.tree(
        builders.item("A-1"),
        scales={"s": scale.model_copy(update={"options": (described, scale.options[1])})},
    )
    book = sheets.opened(workbook_bytes(definition, TemplateOptions(), "ab" * 32))
    described_lines = [
        [cell.value for cell in row] for row in book["Respuestas"].iter_rows(min_row=3, min_col=2)
    ]
    assert described_lines == [["1", "opción 1", "lo más bajo"], ["2", "opción 2", None]]
