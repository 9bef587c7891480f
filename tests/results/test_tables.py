from __future__ import annotations

import builtins
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pytest

from answered import answered, scored
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.results.answers_table import answers_table
from ctimaturity.results.findings_table import findings_table
from ctimaturity.results.index_table import index_table
from ctimaturity.results.scores_table import scores_table
from ctimaturity.results.table import YES
from ctimaturity.results.tables import all_tables, frame, write_parquet

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.results.table import Cell, Column, Table


def test_the_index_has_nullable_types_and_its_numbers() -> None:
    found = frame(index_table(answered(), "es"))
    assert found["entity_code"].dtype == "string"
    assert found["rank"].dtype == "Int64"
    assert found["index"].dtype == "Float64"
    assert found["rank"].tolist()[:4] == [1, 2, 2, 4]
    assert found["rank"].isna().sum() == 3
    assert found["index"].iloc[0] == 4.875
    assert found["level_name"].iloc[0] == "Nivel 5"


def test_every_frame_has_the_columns_and_rows_of_its_file() -> None:
    for table in all_tables(scored(), "es"):
        written = frame(table)
        assert tuple(written.columns) == table.header
        assert len(written) == len(list(table.rows()))


def test_scores_are_the_same_doubles() -> None:
    assessment = scored()
    found = frame(scores_table(assessment)).set_index(["entity_code", "measurement", "node"])
    for row in assessment.index.rows:
        for place in assessment.index.table.places:
            expected = assessment.index.node(row, place.measurement, place.node).score
            given = found.loc[(row.entity.code, place.measurement, place.node), "score"]
            assert (None if given is pd.NA else given) == expected


def test_answers_have_values_and_yes_or_no() -> None:
    found = frame(answers_table(answered())).set_index(["entity_code", "item"])
    assert found.loc[("90001", "R-1"), "value"] == -12.5
    assert found["confirmed"].dtype == "boolean"
    assert found.loc[("90001", "C-1-c"), "confirmed"]
    assert not found.loc[("90001", "C-1-b"), "confirmed"]
    assert found.loc[("90001", "C-1-b"), "evidence"] is pd.NA


@pytest.mark.parametrize(("language", "word"), [("es", "opciones"), ("en", "options")])
def test_findings_speak_the_language_asked_for(language: str, word: str) -> None:
    assert word in frame(findings_table(answered(), language))["message"].iloc[0]


def test_no_findings_is_an_empty_frame_with_types() -> None:
    found = frame(findings_table(replace(answered(), diagnostics=()), "es"))
    assert len(found) == 0
    assert found["line"].dtype == "Int64"


TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parquet")
    write_parquet(made, all_tables(scored(), "es"))
    return made


def read(folder: Path, table: Table) -> tuple[list[tuple[str, str]], list[tuple[object, ...]]]:
    """Names and types of the columns, and the rows."""
    with duckdb.connect(":memory:") as connection:
        found = connection.from_parquet((folder / f"{table.name}.parquet").as_posix())
        return list(zip(found.columns, map(str, found.types), strict=True)), found.fetchall()


def typed(cell: Cell, column: Column) -> Cell | bool:
    """A cell as its column says: doubles bit by bit; an empty text is nothing, as in the CSV file."""
    if column.kind == "boolean":
        return cell == YES
    return None if cell in {"", None} else float(cell) if isinstance(cell, Decimal) else cell


def test_a_file_per_table(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        f"{table.name}.parquet" for table in all_tables(scored(), "es")
    }


def test_every_table_has_its_columns_types_and_cells(folder: Path) -> None:
    for table in all_tables(scored(), "es"):
        columns, rows = read(folder, table)
        assert columns == [(column.name, TYPES[column.kind]) for column in table.columns], table.name
        assert rows == [tuple(map(typed, row, table.columns)) for row in table.rows()], table.name


def test_codes_keep_their_zeros_and_ranks_are_whole(folder: Path) -> None:
    table = index_table(scored(), "es")
    columns, rows = read(folder, table)
    types = dict(columns)
    assert (types["entity_code"], types["rank"], types["index"]) == ("VARCHAR", "BIGINT", "DOUBLE")
    at = table.header.index("entity_code")
    assert all(isinstance(row[at], str) for row in rows)


def test_the_same_bytes_every_time(folder: Path, tmp_path: Path) -> None:
    write_parquet(tmp_path, all_tables(scored(), "es"))
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_a_quote_in_the_path_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "d'Arc"
    inside.mkdir()
    write_parquet(inside, [index_table(scored(), "es")])
    assert (inside / "index.parquet").stat().st_size > 0


def test_without_the_extra_the_command_to_get_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = builtins.__import__

    def without(name: str, *args: object) -> object:
        if name == "duckdb":
            raise ImportError("No module named 'duckdb'")
        return imported(name, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(JobError) as caught:
        write_parquet(tmp_path, [index_table(scored(), "es")])
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.parameters["extra"]) == (codes.EXTRA_MISSING, "panel")
