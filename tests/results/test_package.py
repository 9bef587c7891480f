from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from frictionless import Package

from answered import answered
from ctimaturity.results.folder import ResultSettings, write_results

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, **settings: str) -> Path:
    assessment = answered()
    write_results(folder / "out", assessment, ResultSettings(**settings))  # type: ignore[arg-type]
    return folder / "out"


def described(out: Path) -> dict[str, dict[str, Any]]:
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def validated(out: Path) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library itself
        report = Package(str(out / "datapackage.json")).validate()
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


@pytest.mark.parametrize("dialect", ["standard", "excel-es"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_frictionless_finds_nothing_wrong(tmp_path: Path, dialect: str, language: str) -> None:
    assert validated(written(tmp_path, dialect=dialect, language=language)) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("scores.csv", ",4.875,", ",much,", id="type"),
        pytest.param("index.csv", ",ranked,", ",first,", id="choice"),
        pytest.param("tallies.csv", "\n90001,academia,P-1,1,", "\n12345,academia,P-1,1,", id="foreign-key"),
        pytest.param("index.csv", "\n2,90002,", "\n2,90001,", id="primary-key"),
    ],
)
def test_frictionless_sees_what_does_not_hold(tmp_path: Path, name: str, old: str, new: str) -> None:
    out = written(tmp_path)
    text = (out / name).read_text(encoding="utf-8")
    assert old in text
    (out / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert validated(out)


def test_every_csv_file_and_column_is_described_in_order(tmp_path: Path) -> None:
    out = written(tmp_path)
    resources = described(out)
    assert sorted(resource["path"] for resource in resources.values()) == sorted(
        path.name for path in out.glob("*.csv")
    )
    for resource in resources.values():
        header = (out / resource["path"]).read_text(encoding="utf-8").partition("\n")[0]
        assert ",".join(field["name"] for field in resource["schema"]["fields"]) == header


def test_keys_units_and_decimals_are_said(tmp_path: Path) -> None:
    resources = described(written(tmp_path, dialect="excel-es"))
    assert resources["scores"]["schema"]["primaryKey"] == ["entity_code", "measurement", "node"]
    assert resources["scores"]["schema"]["foreignKeys"] == [
        {"fields": ["entity_code"], "reference": {"resource": "index", "fields": ["entity_code"]}}
    ]
    fields = {field["name"]: field for field in resources["scores"]["schema"]["fields"]}
    assert fields["coverage"]["unit"] == "share"
    assert fields["score"]["decimalChar"] == ","
    assert "decimalChar" not in fields["level"]
    assert resources["scores"]["dialect"]["delimiter"] == ";"
    assert "primaryKey" not in resources["findings"]["schema"]


def test_descriptions_are_in_the_language_asked_for(tmp_path: Path) -> None:
    spanish = described(written(tmp_path / "es"))["index"]
    english = described(written(tmp_path / "en", language="en"))["index"]
    assert spanish["title"] == "El índice ordenado, una fila por entidad"
    assert english["title"] == "The ranked index, one row per entity"
    by_name = {field["name"]: field["description"] for field in spanish["schema"]["fields"]}
    assert by_name["axis:liderazgo"] == "Puntaje de título de liderazgo"
    assert by_name["rank:region"] == "Puesto en el grupo según region, de tres o más"
