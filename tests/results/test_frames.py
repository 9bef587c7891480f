from __future__ import annotations

import pandas as pd
import pytest

from answered import answered, scored
from ctimaturity.results import frames
from ctimaturity.results.tables import all_tables


def test_the_index_has_nullable_types_and_its_numbers() -> None:
    frame = frames.index_frame(answered())
    assert frame["entity_code"].dtype == "string"
    assert frame["rank"].dtype == "Int64"
    assert frame["index"].dtype == "Float64"
    assert frame["rank"].tolist()[:4] == [1, 2, 2, 4]
    assert frame["rank"].isna().sum() == 3
    assert frame["index"].iloc[0] == 4.875
    assert frame["level_name"].iloc[0] == "Nivel 5"


def test_every_frame_has_the_columns_and_rows_of_its_file() -> None:
    assessment = scored()
    made = [
        frames.index_frame(assessment),
        frames.scores_frame(assessment),
        frames.answers_frame(assessment),
        frames.tallies_frame(assessment),
        frames.covariances_frame(assessment),
        frames.findings_frame(assessment),
    ]
    for table, frame in zip(all_tables(assessment, "es"), made, strict=True):
        assert tuple(frame.columns) == table.header
        assert len(frame) == len(list(table.rows()))


def test_scores_are_the_same_doubles() -> None:
    assessment = scored()
    frame = frames.scores_frame(assessment).set_index(["entity_code", "measurement", "node"])
    for row in assessment.index.rows:
        for place in assessment.index.table.places:
            expected = assessment.index.node(row, place.measurement, place.node).score
            given = frame.loc[(row.entity.code, place.measurement, place.node), "score"]
            assert (None if given is pd.NA else given) == expected


def test_answers_have_values_and_yes_or_no() -> None:
    frame = frames.answers_frame(answered()).set_index(["entity_code", "item"])
    assert frame.loc[("90001", "R-1"), "value"] == -12.5
    assert frame["confirmed"].dtype == "boolean"
    assert frame.loc[("90001", "C-1-c"), "confirmed"]
    assert not frame.loc[("90001", "C-1-b"), "confirmed"]
    assert frame.loc[("90001", "C-1-b"), "evidence"] is pd.NA


@pytest.mark.parametrize(("language", "word"), [("es", "opciones"), ("en", "options")])
def test_findings_speak_the_language_asked_for(language: str, word: str) -> None:
    assert word in frames.findings_frame(answered(), language)["message"].iloc[0]


def test_no_findings_is_an_empty_frame_with_types() -> None:
    from dataclasses import replace

    frame = frames.findings_frame(replace(answered(), diagnostics=()))
    assert len(frame) == 0
    assert frame["line"].dtype == "Int64"
