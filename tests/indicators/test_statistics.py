"""Tables of official statistics, row by row."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from builders import mini
from ctimaturity.definitions.library import Library
from ctimaturity.indicators.statistics import TableRules, read_statistics

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.indicators.statistics import StatisticsFile

HEAD = "codigo;indicador;año;valor;unidad;fuente\n"
ROW = "05001;R-1;2023;12,5;percent;DANE\n"


def read(folder: Path, text: str, **rules: Any) -> StatisticsFile:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_statistics(path, mini(), TableRules(**rules))


def found(file: StatisticsFile) -> list[tuple[str, int | None]]:
    return [(each.code.id, each.location.line) for each in file.diagnostics]


def values(file: StatisticsFile) -> list[tuple[str, str, int, str]]:
    return [(one.entity, one.item, one.year, str(one.value)) for one in file.values]


def test_a_row_is_a_value_with_its_place(tmp_path: Path) -> None:
    file = read(tmp_path, HEAD + ROW)
    assert file.diagnostics == ()
    (one,) = file.values
    assert (one.entity, one.item, one.year, float(one.value)) == ("05001", "R-1", 2023, 12.5)
    assert (one.source, one.line, one.cell) == ("DANE", 2, "D2")


def test_headers_may_be_said(tmp_path: Path) -> None:
    text = "muni,ind,anno,v\n05001,R-1,2023,12.5\n"
    columns = {"entity": "MUNI", "item": "ind", "year": "anno", "value": "v"}
    assert values(read(tmp_path, text, columns=columns)) == [("05001", "R-1", 2023, "12.5")]
    assert found(read(tmp_path, text)) == [("R401", 1)] * 4


def test_of_several_years_the_latest_counts(tmp_path: Path) -> None:
    text = HEAD + "".join(ROW.replace("2023", year).replace("12,5", f"{n},5") for n, year in enumerate(
        ("2021", "2024", "2022")
    ))  # fmt: skip
    assert values(read(tmp_path, text)) == [("05001", "R-1", 2024, "1.5")]
    passed = [(each.code.id, each.parameters["count"]) for each in read(tmp_path, text).diagnostics]
    assert passed == [("R407", 2)]
    assert values(read(tmp_path, text, year=2022)) == [("05001", "R-1", 2022, "2.5")]


def test_the_decimal_mark_is_what_the_column_shows_or_what_is_said(tmp_path: Path) -> None:
    doubtful = HEAD + ROW.replace("12,5", "1.234")
    assert found(read(tmp_path, doubtful)) == [("R409", None), ("R404", 2)]
    assert values(read(tmp_path, doubtful, decimal=".")) == [("05001", "R-1", 2023, "1.234")]
    shown = doubtful + ROW.replace("R-1", "R-2").replace("12,5", "0.5")
    assert [one[3] for one in values(read(tmp_path, shown))] == ["1.234", "0.5"]


def test_numbers_as_programs_write_them_are_read_as_they_are(tmp_path: Path) -> None:
    """Sixteen and more digits, and exponents, were refused with the advice to say the decimal mark."""
    for decimal in ("", "."):
        for written in (
            "0.30000000000000004",
            "123456.78901234567",
            "3.5833333333333335",
            "4.5e-05",
            "1E+05",
        ):
            file = read(tmp_path, HEAD + ROW.replace("12,5", written), decimal=decimal)
            assert found(file) == [], written
            assert [one.value for one in file.values] == [Decimal(written)]


def test_a_mark_is_in_doubt_only_where_both_readings_are_plausible(tmp_path: Path) -> None:
    model = Library().find("mmmctic@2020-04")  # R-PER-04 is a percentage from 0 to 100
    (tmp_path / "table.csv").write_text(HEAD + "05001;R-PER-04;2023;12.345;;DANE\n", encoding="utf-8")
    file = read_statistics(tmp_path / "table.csv", model, TableRules())
    assert [(one.value, found(file)) for one in file.values] == [(Decimal("12.345"), [("R421", 2)])]


def test_number_cells_of_a_workbook_are_never_in_doubt_and_show_no_mark(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    cells = [("R-1", 1.234, None), ("R-2", 0.5, None), ("R-3", "1.234", None), ("R-4", 0.85, "0%")]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["codigo", "indicador", "anio", "valor"])
        for row, (item, value, shown) in enumerate(cells, 1):
            sheet.write_row(row, 0, ["05001", item, 2023])
            sheet.write(row, 3, value, book.add_format({"num_format": shown}) if shown else None)
    file = read_statistics(path, mini(), TableRules())
    assert [(one.item, str(one.value)) for one in file.values] == [("R-1", "1.234"), ("R-2", "0.5")]
    # R-3 is a text whose mark nobody shows; R-4, 85 % of a count, would be that in a text table too
    assert found(file) == [("R404", 4), ("R424", 5)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (ROW.replace("R-1", "R-11"), "R402"),
        (ROW.replace("05001", "99999"), "R403"),
        (ROW.replace("12,5", "doce"), "R423"),
        (ROW.replace("12,5", "12 casos"), "R423"),
        (ROW.replace("R-1", "R-3").replace("12,5", "85%").replace("percent", "count"), "R424"),
        (ROW.replace("R-1", "R-2").replace("12,5", "85 %"), "R421"),
        (ROW.replace("R-1", "R-2").replace("12,5", "1.234.567"), "R421"),
        (ROW.replace("R-1", "R-2").replace("12,5", "1.234"), "R421"),
        (ROW.replace("R-1", "R-2").replace("2023", "2023-12-31"), "R422"),
        (ROW.replace("2023", "2022-2023"), "R405"),
        (ROW.replace("12,5", "13"), "R406"),
        (ROW.replace("percent", "pesos"), "R408"),
        (ROW.replace("12,5", "ND"), "R417"),
        (ROW.replace("05001", "5001").replace("R-1", "R-2"), "R418"),
    ],
    ids=lambda value: value if value[:1] == "R" else "",
)
def test_every_doubt_about_a_row_is_said_where_it_is(tmp_path: Path, row: str, expected: str) -> None:
    file = read(tmp_path, HEAD + ROW + row)
    assert (expected, 3) in found(file)


def test_two_values_of_one_year_are_both_left_out(tmp_path: Path) -> None:
    assert values(read(tmp_path, HEAD + ROW + ROW.replace("12,5", "13"))) == []
    assert len(values(read(tmp_path, HEAD + ROW + ROW.replace("12,5", "12,50")))) == 1


def test_with_a_list_only_its_entities_are_taken(tmp_path: Path) -> None:
    text = HEAD + ROW + ROW.replace("05001", "INV-1") + ROW.replace("05001", "9")
    file = read(tmp_path, text, listed=("INV-1",))
    assert [one[0] for one in values(file)] == ["INV-1"]
    assert ("R420", 2) in found(file)


@pytest.mark.parametrize("data", [b"", b"\x00\xff\x01", b"a;b\n1;2\n", b"codigo;indicador;anio;valor\n;;;\n"])
def test_whatever_is_in_a_table_is_a_finding(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    file = read_statistics(tmp_path / "t.csv", mini(), TableRules())
    assert file.values == ()
    assert file.diagnostics


@pytest.mark.parametrize("unit", ["percent", "Porcentaje (%)", "%", "Per cent", "", "por mil", "(%)"])
def test_a_unit_is_named_by_its_id_its_label_or_its_sign(tmp_path: Path, unit: str) -> None:
    model = Library().find("mmmctic@2020-04")
    text = HEAD + f"05001;R-PER-04;2023;12,5;{unit};DANE\n"
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    file = read_statistics(tmp_path / "table.csv", model, TableRules())
    assert bool(file.values) is (unit not in {"por mil", "(%)"})


def test_small_numbers_of_a_workbook_are_read_as_people_write_them(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["codigo", "indicador", "año", "valor"])
        sheet.write_row(1, 0, ["05001", "R-1", 2023, 0.00001])
    assert values(read_statistics(path, mini(), TableRules())) == [("05001", "R-1", 2023, "0.00001")]
