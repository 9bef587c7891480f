"""The ministry's own model, from answers to a folder and back."""

from __future__ import annotations

import warnings
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest
from frictionless import Package

from ctimaturity.definitions.library import Library
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, Source, State
from ctimaturity.model.rule import Collects
from ctimaturity.results.folder import write_results
from ctimaturity.results.reader import read_results
from ctimaturity.scoring.index import score
from ctimaturity.scoring.tallies import tally

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire

COLUMNS = (
    "rank,entity_code,entity_name,entity_type,status,index,level,level_name,index_low,index_high,coverage,"
    "index_harmonised,capacities,perception,results,axis:"
)


@pytest.fixture(scope="module")
def definition() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


def complete(definition: Questionnaire, code: str, seed: int) -> EntityAnswers:
    """Every item that applies answered at random, 60 respondents, 15 of each segment."""
    rng = np.random.default_rng(seed)
    entity = Entity(code, f"Entidad {code}", "alcaldia" if len(code) == 5 else "gobernacion")
    responses = {}
    surveys = {}
    for measurement in definition.measurements:
        if measurement.collects is Collects.RESPONDENTS:
            marks = rng.integers(0, 6, (60, len(measurement.items))).astype(np.int8)
            source = Source(f"{code}.xlsx", "Percepción")
            surveys[measurement.id] = tally(definition, measurement.id, np.arange(60) % 4, marks, source)
            continue
        for row, item in enumerate(measurement.items):
            if not definition.applies(item, entity.type, code):
                continue
            place = Source(f"{code}.xlsx", measurement.title["es"], f"D{row + 9}")
            if measurement.collects is Collects.INDICATORS:
                value = Decimal(int(rng.integers(0, 10_000))) / 100
                mark = str(rng.integers(1, 7))
                responses[item.id] = Response(
                    State.ANSWERED, value=value, criterion=mark, year=2019, source=place
                )
            else:
                options = [option.code for option in definition.scales[item.scale].options]
                responses[item.id] = Response(
                    State.ANSWERED, option=options[int(rng.integers(0, len(options)))], source=place
                )
    return EntityAnswers(entity, responses, surveys, files=(f"{code}.xlsx",))


def test_the_whole_model_goes_out_and_comes_back(tmp_path: Path, definition: Questionnaire) -> None:
    codes = ["90001", "90002", "90003", "91"]
    answers = [complete(definition, code, seed) for seed, code in enumerate(codes)]
    index = score(definition, answers)
    assessment = Assessment(definition, {each.entity.code: each for each in answers}, index, (), {}, {})
    out = tmp_path / "out"
    write_results(out, assessment)

    header, *lines = (out / "index.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith(COLUMNS)
    assert header.count("axis:") == 5
    assert header.count("dimension:") == 6
    assert [line.split(",")[4] for line in lines] == ["ranked"] * 4

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library itself
        assert Package(str(out / "datapackage.json")).validate().valid

    stored = read_results(out)
    again = score(
        stored.questionnaire,
        tuple(stored.answers.values()),
        measurements=stored.manifest.measurements,
        results_basis=stored.manifest.results_basis,
        groupings=stored.manifest.groupings,
    )
    assert again.rows == index.rows
    for name in (
        "score",
        "low",
        "high",
        "coverage",
        "excluded",
        "weight_effective",
        "level",
        "staged_level",
        "n",
    ):
        assert getattr(again.table, name).tobytes() == getattr(index.table, name).tobytes(), name
