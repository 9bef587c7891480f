from __future__ import annotations

from dataclasses import replace

import pytest

import builders
from ctimaturity.workbook.layout import (
    NodeHeading,
    Question,
    Respondent,
    SegmentRow,
    asked_items,
    describe,
    stays_provisional,
)
from ctimaturity.workbook.template import Perception, TemplateOptions

MINI = builders.mini()


def markers(options: TemplateOptions) -> list[str]:
    return [str(sheet.marker) for sheet in describe(MINI, options).sheets]


@pytest.mark.parametrize(
    ("perception", "expected"),
    [
        (Perception.LIST, ["cti:perception:list"]),
        (Perception.GRID, ["cti:perception:grid"]),
        (Perception.COUNTS, [f"cti:perception:counts:{segment}" for segment in builders.SEGMENTS]),
        (Perception.NONE, []),
    ],
)
def test_the_form_of_perception_decides_its_sheets(perception: Perception, expected: list[str]) -> None:
    assert markers(TemplateOptions(perception=perception)) == [
        "cti:capacities:answers",
        *expected,
        "cti:results:indicators",
    ]


def test_parts_are_taken_in_the_order_of_the_definition() -> None:
    options = TemplateOptions(parts=("results", "capacities"))
    assert markers(options) == ["cti:capacities:answers", "cti:results:indicators"]


def test_items_that_cannot_exist_for_the_type_are_left_out() -> None:
    results = MINI.measurement_by_id["results"]
    for kind, expected in (
        ("alcaldia", ["R-1", "R-2", "R-3"]),
        ("gobernacion", ["R-1", "R-2", "R-3", "R-4"]),
        ("other", ["R-1", "R-2", "R-3", "R-4"]),
    ):
        options = TemplateOptions(entity=builders.entity("05001", kind))
        assert [item.id for item in asked_items(MINI, results, options.entity)] == expected
    assert [item.id for item in asked_items(MINI, results, None)][-1] == "R-4"


def test_rows_follow_the_tree_with_headings_without_ids() -> None:
    sheet = describe(MINI, TemplateOptions(parts=("results",), entity=builders.entity())).sheets[0]
    drawn = [
        row.node.id if isinstance(row, NodeHeading) else row.item.id
        for row in sheet.rows
        if not isinstance(row, SegmentRow | Respondent)
    ]
    assert drawn == ["personas", "educacion", "R-1", "empleo", "R-2", "habitat", "vivienda", "R-3"]


def test_a_statement_carries_its_dimension_and_subdimension() -> None:
    sheet = describe(MINI, TemplateOptions(parts=("perception",))).sheets[0]
    first, *others = sheet.rows
    assert isinstance(first, SegmentRow)
    paths = {row.item.id: [node.id for node in row.path] for row in others if isinstance(row, Question)}
    assert paths["P-3"] == ["personas", "empleo"]
    assert [row.node.id for row in others if isinstance(row, NodeHeading)] == ["personas", "habitat"]


def test_a_grid_has_a_row_for_each_respondent_and_a_column_for_each_statement() -> None:
    options = TemplateOptions(parts=("perception",), perception=Perception.GRID, respondents=3)
    sheet = describe(MINI, options).sheets[0]
    assert sheet.rows == (Respondent(1), Respondent(2), Respondent(3))
    assert [column.id for column in sheet.columns] == ["item", "segment", "P-1", "P-2", "P-3", "P-4", "count"]


def test_counts_have_a_column_for_each_option_and_for_what_is_none() -> None:
    options = TemplateOptions(parts=("perception",), perception=Perception.COUNTS)
    columns = [column.id for column in describe(MINI, options).sheets[0].columns]
    codes = [f"option:{code}" for code in "123456"]
    assert columns == ["item", "group", "text", *codes, "dont_know", "blank", "total"]


def test_a_mark_that_a_measurement_does_not_take_has_no_column() -> None:
    results = MINI.measurement_by_id["results"].model_copy(update={"criterion_scale": None})
    without = MINI.model_copy(update={"measurements": (results,)})
    ids = [column.id for column in describe(without, TemplateOptions()).sheets[0].columns]
    assert "criterion" not in ids
    assert "own_mark" in ids


def test_not_applicable_asks_for_its_reason_only_where_it_can_be_chosen() -> None:
    plain = builders.tree(builders.item("A-1"))
    chosen = builders.tree(builders.item("A-1"), scales={"s": builders.scale(0, 1, not_applicable=True)})
    for definition, expected in ((plain, False), (chosen, True)):
        columns = describe(definition, TemplateOptions()).sheets[0].column_by_id
        assert ("reason" in columns) is expected


def test_sheet_names_are_legal_and_never_twice() -> None:
    long = {"es": "Percepción: lo que [toda] la gente piensa/siente", "en": "x"}
    root = builders.node("m", builders.item("A-1")).model_copy(update={"title": long})
    other = builders.node("n", builders.item("B-1")).model_copy(update={"title": long})
    definition = builders.questionnaire(builders.measurement(root), builders.measurement(other))
    names = [sheet.name for sheet in describe(definition, TemplateOptions()).sheets]
    assert names == ["Percepción lo que toda la gente", "Percepción lo que toda la g (2)"]


def test_the_list_is_provisional_where_more_people_are_needed_than_it_has_room_for() -> None:
    perception = MINI.measurement_by_id["perception"]
    assert stays_provisional(perception)
    for least, expected in ((10, False), (11, True)):
        asked = perception.model_copy(update={"respondents": builders.respondents(total=least)})
        assert stays_provisional(asked) is expected
    assert not stays_provisional(perception.model_copy(update={"respondents": None}))


def test_every_closed_cell_has_its_list() -> None:
    layout = describe(MINI, TemplateOptions())
    answers, statements, indicators = layout.sheets
    met, agree = answers.items[0], statements.items[0]
    assert [
        choice.shown("es") for choice in layout.choices(answers, answers.column_by_id["answer"], met)
    ] == [
        "0 - opción 0",
        "1 - opción 1",
    ]
    person = statements.column_by_id["R1"]
    assert layout.choices(statements, person, agree)[-1].dont_know
    assert [choice.code for choice in layout.choices(statements, person, None)] == list(builders.SEGMENTS)
    reasons = layout.choices(indicators, indicators.column_by_id["no_data"], indicators.items[0])
    assert [choice.shown("es") for choice in reasons] == ["not-measured", "other"]
    assert layout.choices(indicators, indicators.column_by_id["value"], indicators.items[0]) == ()


def test_headers_are_there_in_both_languages() -> None:
    sheet = describe(MINI, replace(TemplateOptions(), language="en")).sheets[0]
    assert sheet.column_by_id["answer"].header == {"es": "Respuesta", "en": "Answer"}
