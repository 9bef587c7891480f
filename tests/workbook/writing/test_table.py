from __future__ import annotations

from decimal import Decimal

import pytest

import builders
import sheets
from ctimaturity.model.questionnaire import Questionnaire, Unit
from ctimaturity.model.response import EntityAnswers, Response, State
from ctimaturity.workbook.template import Content, Perception, TemplateOptions
from ctimaturity.workbook.writer import workbook_bytes

HASH = "ab" * 32
PLAIN = TemplateOptions(perception=Perception.NONE)


def written(
    definition: Questionnaire,
    responses: dict[str, Response] | None = None,
    options: TemplateOptions = PLAIN,
    *,
    values: bool = False,
) -> sheets.Workbook:
    answers = EntityAnswers(builders.entity(), responses or {})
    return sheets.opened(workbook_bytes(definition, options, HASH, Content(answers)), values=values)


def with_growth() -> Questionnaire:
    """Two indicators: a plain one, and one that may be given by two years."""
    return builders.questionnaire(
        builders.measurement(
            builders.node("results", builders.item("R-1", unit="plain"), builders.item("R-2", unit="growth")),
            collects="indicators",
            range_scale="s",
            criterion_scale="s",
        ),
        units=[
            Unit(id="plain", label=builders.text("número")),
            Unit(id="growth", label=builders.text("variación"), derive="growth"),
        ],
    )


def test_every_item_has_a_row_with_its_text() -> None:
    table = sheets.table(written(builders.mini()), "cti:capacities:answers")
    assert list(table.rows) == [f"C-{capacity}-{letter}" for capacity in (1, 2) for letter in "abc"]
    assert table.value("C-2-b", "text") == "texto de C-2-b"
    assert table.header("answer") == "Respuesta"
    assert table.header("evidence") == "Evidencia (texto o enlace)"


def test_nothing_is_pre_filled() -> None:
    book = written(builders.mini())
    answers = sheets.table(book, "cti:capacities:answers")
    results = sheets.table(book, "cti:results:indicators")
    entries = {
        "cti:capacities:answers": (answers, ["answer", "evidence", "observation"]),
        "cti:results:indicators": (
            results,
            [
                "value",
                "value_before",
                "year",
                "source",
                "no_data",
                "criterion",
                "own_mark",
                "evidence",
                "observation",
            ],
        ),
    }
    for table, columns in entries.values():
        assert {table.value(row, column) for row in table.rows for column in columns} == {None}


def test_answers_are_written_as_their_options_read() -> None:
    responses = {
        "C-1-a": Response(State.ANSWERED, option="1", evidence="Acta 3", observation="=SUM(A1)"),
        "C-1-b": builders.BLANK,
        "C-1-c": Response(State.ANSWERED, option="0", confirmed=True),
    }
    table = sheets.table(written(builders.mini(), responses), "cti:capacities:answers")
    assert table.value("C-1-a", "answer") == "1 - opción 1"
    assert table.value("C-1-a", "evidence") == "Acta 3"
    assert table.cell("C-1-a", "observation").data_type == "s"  # never a formula
    assert table.value("C-1-b", "answer") is None
    assert table.value("C-1-c", "answer") is None  # the cover confirms it


def test_indicators_keep_all_their_cells() -> None:
    response = Response(
        State.ANSWERED,
        value=Decimal("12.5"),
        value_before=Decimal(10),
        year=2024,
        reference="DANE",
        criterion="3",
        own_mark="4",
        evidence="enlace",
        observation="nota",
    )
    table = sheets.table(written(with_growth(), {"R-2": response}), "cti:results:indicators")
    assert table.row("R-2") == {
        "item": "R-2",
        "text": "texto de R-2",
        "definition": None,
        "unit": "variación",
        "status": table.value("R-2", "status"),
        "value": 12.5,
        "value_before": 10,
        "year": 2024,
        "source": "DANE",
        "no_data": None,
        "criterion": "3 - opción 3",
        "own_mark": "4 - opción 4",
        "evidence": "enlace",
        "observation": "nota",
    }


def test_the_base_year_is_open_only_where_two_years_may_be_given() -> None:
    table = sheets.table(written(with_growth()), "cti:results:indicators")
    assert table.cell("R-1", "value_before").protection.locked
    assert not table.cell("R-2", "value_before").protection.locked
    assert "año base" in sheets.prompt(table.sheet, table.cell("R-2", "value_before"))[1]
    assert sheets.prompt(table.sheet, table.cell("R-1", "value_before")) == ("", "")


def test_no_data_is_its_reason() -> None:
    book = written(builders.mini(), {"R-1": builders.no_data("other")})
    assert sheets.table(book, "cti:results:indicators").value("R-1", "no_data") == "other"


def test_not_applicable_is_chosen_with_its_reason() -> None:
    definition = builders.tree(builders.item("A-1"), scales={"s": builders.scale(0, 1, not_applicable=True)})
    table = sheets.table(written(definition, {"A-1": builders.NOT_APPLICABLE}), "cti:m:answers")
    assert table.value("A-1", "answer") == "NA - No aplica"
    assert table.value("A-1", "reason") == "other"


def test_a_range_takes_numbers_within_it() -> None:
    definition = builders.tree(builders.item("A-1"), scales={"s": builders.number_scale(1, 100)})
    table = sheets.table(written(definition, {"A-1": builders.written("2.5")}), "cti:m:answers")
    assert table.value("A-1", "answer") == 2.5
    rule = next(one for one in table.sheet.data_validations.dataValidation if one.type == "decimal")
    assert (float(rule.formula1), float(rule.formula2)) == (1, 100)
    assert table.cell("A-1", "answer").coordinate in rule.sqref


def test_items_of_several_scales_have_each_their_options() -> None:
    definition = builders.tree(
        builders.item("A-1", "few"),
        builders.item("A-2", "many"),
        builders.item("A-3", "few"),
        scales={"few": builders.scale(0, 1), "many": builders.scale(1, 2, 3)},
    )
    table = sheets.table(written(definition), "cti:m:answers")
    offered = {row: sheets.choices(table.sheet, table.cell(row, "answer")) for row in table.rows}
    few = ["0 - opción 0", "1 - opción 1"]
    assert offered == {"A-1": few, "A-2": ["1 - opción 1", "2 - opción 2", "3 - opción 3"], "A-3": few}


@pytest.mark.parametrize(
    ("response", "shown"),
    [
        (None, "○"),
        (builders.BLANK, "○"),
        (builders.indicator(criterion=3), "●"),
        (builders.indicator(value=7), "●"),
        (builders.no_data(), "●"),
        (Response(State.NO_DATA, reason="other", criterion="2"), "!"),
        (builders.indicator(own_mark=9), "!"),
    ],
)
def test_the_status_says_what_is_missing_and_what_contradicts(response: Response | None, shown: str) -> None:
    responses = {"R-1": response} if response else {}
    table = sheets.table(written(builders.mini(), responses, values=True), "cti:results:indicators")
    assert table.value("R-1", "status") == shown


def test_headings_leave_the_column_of_ids_to_the_items() -> None:
    table = sheets.table(written(builders.mini()), "cti:capacities:answers")
    between = [
        table.sheet.cell(row, 1).value
        for row in range(table.ids + 2, table.sheet.max_row + 1)
        if row not in table.rows.values()
    ]
    known = set(builders.mini().item_by_id)
    assert between == ["título de liderazgo", "título de C-1", "título de tecnologia", "título de C-2"]
    assert not known & set(between)
