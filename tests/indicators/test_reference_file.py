"""Files of reference ranges, from the bytes people write to what marks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from builders import entity, mini
from ctimaturity.definitions.library import Library
from ctimaturity.indicators.reference_document import read_document
from ctimaturity.indicators.reference_record import (
    RangeRecord,
    ReferenceRecord,
    canonical_bytes,
    csv_bytes,
    digest_of,
    yaml_bytes,
)
from ctimaturity.indicators.reference_review import reviewed
from ctimaturity.model.rule import Direction

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.indicators.reference_document import ReferenceDocument
    from ctimaturity.indicators.reference_review import ReferenceReading

HEAD = "id: plain\nversion: 1.0.0\nquestionnaire: KEY\nranges:\n"
RANGE = "  - {item: R-1, cuts: [10, 20, 30, 40, 50], source: DANE, year: 2024}\n"
TABLE = "id,version,questionnaire,item,cut_1,cut_2,cut_3,cut_4,cut_5,source,year\n"
ROW = "plain,1.0.0,KEY,R-1,10,20,30,40,50,DANE,2024\n"


def document(folder: Path, text: str, name: str = "ranges.yaml") -> ReferenceDocument:
    path = folder / name
    path.write_text(text.replace("KEY", mini().key), encoding="utf-8")
    return read_document(path)


def reading(folder: Path, text: str, name: str = "ranges.yaml") -> ReferenceReading:
    return reviewed(document(folder, text, name), mini())


def found(read: ReferenceReading) -> list[tuple[str, int | None]]:
    return [(each.code.id, each.location.line) for each in read.diagnostics]


def test_a_file_marks_by_its_cuts(tmp_path: Path) -> None:
    read = reading(tmp_path, HEAD + RANGE)
    assert read.diagnostics == ()
    assert read.reference is not None
    range_ = read.reference.range_for("R-1", entity())
    assert range_ is not None
    # 30 lies on the third cut and has reached it; what is just below has not.
    assert range_.mark(Fraction(30), 6) == 3
    assert range_.mark(Fraction(2999999, 100000), 6) == 2
    assert (range_.direction, range_.unit) == (Direction.HIGHER, "percent")


def test_a_value_on_a_cut_may_get_the_worse_mark(tmp_path: Path) -> None:
    read = reading(tmp_path, HEAD + RANGE.replace("source", "side: worse, source"))
    assert read.reference is not None
    range_ = read.reference.ranges[0]
    assert [range_.mark(Fraction(value), 6) for value in (10, 11, 50, 51)] == [0, 1, 4, 5]


def test_yaml_and_table_with_the_same_content_have_the_same_hash(tmp_path: Path) -> None:
    by_yaml = reading(tmp_path, "# a comment\n" + HEAD + RANGE)
    by_table = reading(tmp_path, TABLE + ROW, "ranges.csv")
    by_spanish = reading(
        tmp_path,
        "cuestionario;id;version;indicador;corte_1;corte_2;corte_3;corte_4;corte_5;fuente;año\n"
        "KEY;plain;1.0.0;R-1;10,0;20;30;40;50;DANE;2024\n",
        "rangos.csv",
    )
    digests = {read.reference.digest for read in (by_yaml, by_table, by_spanish) if read.reference}
    assert len(digests) == 1
    assert found(by_table) == found(by_spanish) == []


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    definition = mini()
    record = ReferenceRecord(
        id="x",
        version="1.2.3",
        questionnaire=definition.key,
        title={"es": 'Con "comillas"'},
        example=True,
        ranges=(
            RangeRecord(item="R-1", cuts=tuple(map(Decimal, ("-5", "0.25", "1", "2", "3"))), source="=1+1"),
            RangeRecord(item="R-2", grouping="categoria", group="grande", sample=12),
        ),
    )
    for name, data in (
        ("a.yaml", yaml_bytes(record, definition, "es")),
        ("a.csv", csv_bytes(record, definition, "es")),
        ("a.json", canonical_bytes(record)),
    ):
        (tmp_path / name).write_bytes(data)
        read = read_document(tmp_path / name)
        assert read.diagnostics == ()
        assert read.record is not None
        assert digest_of(read.record) == digest_of(record), name


def test_the_range_of_a_group_comes_before_that_of_the_country(tmp_path: Path) -> None:
    own = RANGE.replace("item: R-1", "item: R-1, grouping: categoria, group: grande").replace("10", "15")
    read = reading(tmp_path, HEAD + RANGE + own)
    assert read.reference is not None
    cuts = [
        range_.cuts[0]
        for who in (entity(), entity(categoria="grande"))
        if (range_ := read.reference.range_for("R-1", who))
    ]
    assert cuts == [10, 15]
    assert read.reference.groupings == ("categoria",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 1\n", [("R201", None)]),
        (HEAD, [("R221", None)]),
        (HEAD + "  - {item: R-1, cut: [1]}\n", [("R202", 5)]),
        (HEAD.replace("version: 1.0.0\n", "") + RANGE, [("R203", None)]),
        (HEAD + "  - {cuts: [1, 2]}\n", [("R203", 5)]),
        (HEAD + RANGE.replace("R-1", "R-1, grouping: zona"), [("R203", 5)]),
        (HEAD + RANGE.replace("30", "treinta"), [("R204", 5)]),
        (HEAD + RANGE.replace("2024", "24"), [("R204", 5)]),
        (HEAD + RANGE.replace("R-1", "R-11"), [("R205", 5)]),
        (HEAD + RANGE.replace("R-1", "C-1-a"), [("R205", 5)]),
        (HEAD + RANGE.replace("50]", "50, 60]"), [("R206", 5)]),
        (HEAD + RANGE.replace("20", "35"), [("R207", 5)]),
        (HEAD + RANGE.replace("20", "10"), [("R208", 5)]),
        (HEAD + RANGE.replace("R-1", "R-1, unit: count"), [("R209", 5)]),
        (HEAD + RANGE.replace("R-1", "R-1, direction: lower_is_better"), [("R210", 5)]),
        (HEAD + RANGE.replace("R-1", "R-3"), [("R211", 5)]),
        (HEAD + RANGE + RANGE, [("R212", 6)]),
        (HEAD + RANGE.replace(", year: 2024", ""), [("R214", None)]),
        (HEAD + "  - {item: R-1, cuts: }\n", [("R215", None)]),
        ((HEAD + RANGE).replace("KEY", "other@1"), [("R216", 3)]),
        ("example: true\n" + HEAD + RANGE, [("R217", 1)]),
        (HEAD + RANGE.replace("R-1", "R-1, sample: 12"), [("R223", None)]),
    ],
    ids=lambda value: value[0][0] if isinstance(value, list) else "",
)
def test_every_mistake_of_a_file_is_found_where_it_is(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert found(reading(tmp_path, text)) == expected


def test_cuts_beyond_what_is_plausible_are_doubted(tmp_path: Path) -> None:
    definition = Library().find("mmmctic@2020-04")
    text = HEAD.replace("KEY", definition.key) + RANGE.replace("R-1", "R-PER-05").replace("50]", "150]")
    read = reviewed(document(tmp_path, text), definition)
    assert [(each.code.id, each.parameters["cut"]) for each in read.diagnostics] == [("R213", "150")]
    assert read.reference is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLE.replace("source", "sourc") + ROW, [("R202", 1)]),
        (TABLE + ROW + ROW.replace("plain", "other").replace("R-1", "R-2"), [("R224", 3)]),
        (TABLE + ROW.replace("30", "1.23.4"), [("R204", 2)]),
        (TABLE + ROW.replace("50", "1.234.567"), [("R425", 2)]),
        (TABLE, [("R221", None)]),
        (TABLE + ROW.replace(",20,", ",,"), [("R206", 2)]),
    ],
    ids=["column", "rows-differ", "number", "thousands", "empty", "gap"],
)
def test_every_mistake_of_a_table_is_found_where_it_is(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert found(reading(tmp_path, text, "ranges.csv")) == expected


@pytest.mark.parametrize("name", ["x.yaml", "x.csv", "x.json", "x.xlsx"])
@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff", b"{", b"a: [", b"ranges: 3", b"ranges: [3, {item: {a: 1}}]"]
)
def test_whatever_is_in_a_file_is_a_finding(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    read = read_document(tmp_path / name)
    assert read.record is None
    assert read.diagnostics
