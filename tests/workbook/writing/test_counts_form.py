from __future__ import annotations

import builders
import perception
import sheets
from ctimaturity.model.response import EntityAnswers
from ctimaturity.workbook.template import Content, Perception


def test_counts_have_a_sheet_for_each_segment_filled_from_tallies() -> None:
    tallies = builders.tallies(perception.MINI, {"academia": {"P-1": {"4": 3, "dont_know": 1, "blank": 2}}})
    answers = EntityAnswers(builders.entity(), tallies={"perception": tallies})
    book = perception.written(Perception.COUNTS, Content(answers), values=True)
    table = sheets.table(book, "cti:perception:counts:academia")
    counted = {
        name: table.value("P-1", name) for name in ("option:4", "option:1", "dont_know", "blank", "total")
    }
    assert counted == {"option:4": 3, "option:1": 0, "dont_know": 1, "blank": 2, "total": 6}
    assert len([sheet for sheet in book.sheetnames if "perception" in sheet]) == len(builders.SEGMENTS)


def test_blank_counts_are_empty() -> None:
    table = sheets.table(
        perception.written(Perception.COUNTS, values=True), "cti:perception:counts:sector-privado"
    )
    names = [f"option:{code}" for code in "123456"] + ["dont_know", "blank", "total"]
    assert {table.value("P-1", name) for name in names} == {None}
    rule = next(one for one in table.sheet.data_validations.dataValidation if one.type == "whole")
    assert (rule.operator, rule.formula1) == ("greaterThanOrEqual", "0")
