"""What other instruments ask: numbers, not applicable with its reason, growth, bounds of units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from builders import answers, item, measurement, mini, node, number_scale, questionnaire, scale, text, written
from ctimaturity.model.questionnaire import Plausible, Unit
from ctimaturity.model.response import Response, State
from definition_edits import edited as changed
from definition_edits import item as at_item
from returned import book, edited, names, put, read, sheet_of, who

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.returned import ReturnedWorkbook

SCALES = {
    "percent": number_scale(0, 100),
    "rooms": number_scale(0, 20, whole=True),
    "s": scale(1, 2, 3, not_applicable=True),
}
ANSWERS = "cti:m:answers"
INDICATORS = "cti:r:indicators"


def asked(not_applicable: str = "exclude") -> Questionnaire:
    return questionnaire(
        measurement(
            node("m", item("N-1", "percent"), item("N-2", "rooms"), item("N-3"), kind="measurement"),
            not_applicable=not_applicable,
        ),
        measurement(
            node(
                "r",
                item("G-1", unit="growth", direction="higher_is_better"),
                item("G-2", unit="percent", direction="higher_is_better"),
                kind="measurement",
            ),
            collects="indicators",
            range_scale="s",
            results_basis="self",
        ),
        scales=SCALES,
        units=[
            Unit(id="growth", label=text("crecimiento"), derive="growth"),
            Unit(
                id="percent",
                label=text("porcentaje"),
                plausible=Plausible(minimum=Decimal(0), maximum=Decimal(100)),
            ),
        ],
    )


ASKED = asked()


def look(marker: str, item_id: str, column: str, value: object) -> ReturnedWorkbook:
    return read(edited(book(questionnaire=ASKED), put(marker, item_id, column, value)), ASKED)


def test_numbers_are_read_exactly() -> None:
    data = book(answers("05001", {"N-1": written("37.25"), "N-2": written(4)}), questionnaire=ASKED)
    returned = read(data, ASKED)
    assert returned.responses["N-1"].number == Decimal("37.25")
    assert returned.responses["N-2"].number == Decimal(4)
    assert names(returned) == []


@pytest.mark.parametrize(
    ("item_id", "value", "name"),
    [
        pytest.param("N-1", 100.5, "number-out-of-range", id="above"),
        pytest.param("N-1", -1, "number-out-of-range", id="below"),
        pytest.param("N-2", 3.5, "answer-not-whole", id="half"),
    ],
)
def test_numbers_outside_the_scale_are_refused(item_id: str, value: object, name: str) -> None:
    assert names(look(ANSWERS, item_id, "answer", value)) == [name]


def test_not_applicable_needs_its_reason() -> None:
    assert names(look(ANSWERS, "N-3", "answer", "NA")) == ["reason-missing"]
    given = answers("05001", {"N-3": Response(State.NOT_APPLICABLE, reason="other")})
    returned = read(book(given, questionnaire=ASKED), ASKED)
    assert returned.responses["N-3"].state is State.NOT_APPLICABLE
    assert returned.responses["N-3"].reason == "other"
    assert names(returned) == []


def test_a_reason_needs_its_not_applicable() -> None:
    label = next(one for one in ASKED.no_data_reasons if one.id == "other").label["es"]
    for answer in (None, "2"):

        def change(workbook: Workbook, answer: str | None = answer) -> None:
            put(ANSWERS, "N-3", "answer", answer)(workbook)
            put(ANSWERS, "N-3", "reason", label)(workbook)

        found = read(edited(book(questionnaire=ASKED), change), ASKED)
        assert names(found) == ["reason-without-not-applicable"], answer
        assert found.diagnostics[0].location.item == "N-3"


def test_an_answer_in_the_column_of_reasons_is_an_error() -> None:
    assert names(look(ANSWERS, "N-3", "reason", "2 - opción 2")) == ["answers-in-other-column"]


def test_not_applicable_may_be_forbidden() -> None:
    strict = asked("forbid")
    data = edited(book(questionnaire=strict), put(ANSWERS, "N-3", "answer", "NA"))
    assert names(read(data, strict)) == ["not-applicable-forbidden"]


def test_growth_is_given_by_two_values() -> None:
    given = answers("05001", {"G-1": Response(State.ANSWERED, value=Decimal(110), value_before=Decimal(100))})
    returned = read(book(given, questionnaire=ASKED), ASKED)
    assert names(returned) == []
    assert (returned.responses["G-1"].value, returned.responses["G-1"].value_before) == (110, 100)


@pytest.mark.parametrize(
    ("item_id", "column", "value", "name"),
    [
        pytest.param("G-1", "value_before", 100, "value-before-alone", id="base-alone"),
        pytest.param("G-1", "value_before", 0, "value-before-alone", id="base-zero-alone"),
        pytest.param("G-2", "value", 130, "value-implausible", id="above"),
        pytest.param("G-2", "value", -5, "value-implausible", id="below"),
    ],
)
def test_values_that_say_little(item_id: str, column: str, value: object, name: str) -> None:
    assert names(look(INDICATORS, item_id, column, value)) == [name]


def change_of(after: str, before: str) -> ReturnedWorkbook:
    given = Response(State.ANSWERED, value=Decimal(after), value_before=Decimal(before))
    return read(book(answers("05001", {"G-1": given}), questionnaire=ASKED), ASKED)


def test_growth_from_nothing_is_no_data_for_another_reason() -> None:
    returned = change_of("12", "0")
    assert names(returned) == ["base-value-zero"]
    response = returned.responses["G-1"]
    assert (response.state, response.reason) == (State.NO_DATA, "other")
    assert (response.value, response.value_before) == (12, 0)


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        pytest.param("30", "3", ["base-tiny"], id="ten-times"),
        pytest.param("29.9", "3", [], id="less-than-ten-times"),
        pytest.param("0.5", "0.9", ["base-tiny"], id="less-than-one"),
        pytest.param("-2", "-1", [], id="negative"),
    ],
)
def test_a_tiny_base_is_warned_of(after: str, before: str, expected: list[str]) -> None:
    assert names(change_of(after, before)) == expected


def test_a_change_is_doubted_as_a_value_is() -> None:
    # 100 (3 - 8) / 8 = -62.5, less than the -50 that is plausible here
    unit = Unit(
        id="growth", label=text("x"), derive="growth", plausible=Plausible(minimum=Decimal(-50), maximum=None)
    )
    fresh = asked().model_copy(update={"units": (unit, ASKED.units[1])})
    given = Response(State.ANSWERED, value=Decimal(3), value_before=Decimal(8))
    returned = read(book(answers("05001", {"G-1": given}), questionnaire=fresh), fresh)
    assert names(returned) == ["value-implausible"]


def test_a_plausible_value_is_not_doubted() -> None:
    assert names(look(INDICATORS, "G-2", "value", 100)) == []
    assert names(look(INDICATORS, "G-1", "value", -30)) == []


def bare() -> Questionnaire:
    """The instrument in miniature with no words but its ids, as somebody writes one to try the format."""

    def named_alike(written: dict[str, Any]) -> None:
        for name in mini().item_by_id:
            at_item(written, name)["text"] = {"es": name, "en": name}

    return changed(named_alike)


@pytest.mark.parametrize("perception", ["list", "grid", "counts"])
def test_ids_may_be_all_the_words_there_are(perception: str) -> None:
    given = answers(who("05001"), {"C-1-a": "1", "C-1-b": "0", "C-2-c": "1"})
    people = [] if perception == "counts" else [("academia", {"P-1": "2", "P-2": "3", "P-3": "4"})]
    found = read(book(given, questionnaire=bare(), perception=perception, people=people), bare())
    assert not [finding for finding in found.diagnostics if finding.severity == "error"]
    assert {name: each.option for name, each in found.responses.items()} == {
        "C-1-a": "1",
        "C-1-b": "0",
        "C-2-c": "1",
    }


def test_a_second_table_beside_wordless_items_is_seen() -> None:
    def paste(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, "cti:capacities:answers")
        for row, name in enumerate(("C-1-a", "C-1-b", "C-1-c"), 7):
            sheet.cell(row, 20).value, sheet.cell(row, 21).value = name, "1"

    found = read(edited(book(questionnaire=bare()), paste), bare())
    assert "ids-elsewhere" in names(found)
