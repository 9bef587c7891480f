"""A definition to start from: valid, explained, and of use to an editor at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft7Validator

from ctimaturity.diagnostics.errors import JobError
from ctimaturity.workflows.questionnaire_check import check
from ctimaturity.workflows.questionnaire_new import new_definition, schema_text
from editor_yaml import as_editors_read
from terminal import cti, cti_process

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_passes_the_check_strictly(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "own"
    status, stdout, stderr = cti("questionnaire", "new", str(folder), "--id", "clinic", "--lang", language)
    assert (status, stdout) == (0, "")
    assert folder.as_posix() in stderr
    found = check([str(folder)])
    assert (found.diagnostics, found.accepted) == ((), ())
    ((_, questionnaire),) = found.definitions
    assert questionnaire is not None
    assert questionnaire.key == "clinic@v1"


def test_its_remarks_are_in_one_language(tmp_path: Path) -> None:
    texts = {}
    for language in ("es", "en"):
        new_definition(tmp_path / language, "own", language)
        texts[language] = (tmp_path / language / "questionnaire.yaml").read_text(encoding="utf-8")
        assert "#es" not in texts[language]
        assert "#en" not in texts[language]
    assert "# Answer scales:" in texts["en"]
    assert "# Escalas de respuesta:" in texts["es"]
    # What is no remark is the same.
    lines = [
        [line for line in text.splitlines() if not line.lstrip().startswith("# ")] for text in texts.values()
    ]
    assert lines[0] == lines[1]


def test_an_editor_finds_the_schemas_and_is_content(tmp_path: Path) -> None:
    for file in new_definition(tmp_path / "own", "own", "es"):
        text = file.read_text(encoding="utf-8")
        schema = file.parent / text.splitlines()[0].partition("$schema=")[2]
        validator = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
        assert list(validator.iter_errors(as_editors_read(text))) == []


def test_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for place in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(JobError) as error:
            new_definition(place, "own", "es")
        assert [finding.code.id for finding in error.value.diagnostics] == ["Q708"]
    assert cti("questionnaire", "new", str(tmp_path))[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_name_that_is_no_id_is_wrong_usage(tmp_path: Path) -> None:
    done = cti_process("questionnaire", "new", str(tmp_path / "own"), "--id", "1 a")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "own").exists()


def test_the_schema_is_printed_or_written(tmp_path: Path) -> None:
    assert cti("questionnaire", "schema", "crosswalk") == (0, schema_text("crosswalk"), "")
    assert cti("questionnaire", "schema")[1] == schema_text("questionnaire")
    assert cti("questionnaire", "schema", "-o", str(tmp_path))[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{kind}.schema.json"
        for kind in (
            "checklist",
            "crosswalk",
            "effort",
            "measurement",
            "questionnaire",
            "roadmap",
            "targets",
        )
    ]
    occupied = tmp_path / "crosswalk.schema.json" / "below"
    assert cti("questionnaire", "schema", "-o", str(occupied))[0] == 2
