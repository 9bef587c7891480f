from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from answered import answered, scored
from ctimaturity.results.answers_table import answers_table
from ctimaturity.results.findings_table import findings_table
from ctimaturity.results.index_table import index_table
from ctimaturity.results.scores_table import scores_table
from ctimaturity.results.tables import all_tables, frame


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
