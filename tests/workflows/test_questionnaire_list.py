"""Which definitions there are, as the command lists them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ctimaturity.definitions.load import load_questionnaire
from ctimaturity.model.canonical import definition_hash
from ctimaturity.workflows.questionnaire_check import release_definition
from small_definition import SMALL
from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path


def records(*arguments: str) -> list[dict[str, object]]:
    status, stdout, stderr = cti("questionnaire", "list", "-f", "json", *arguments)
    assert (status, stderr) == (0, "")
    found: list[dict[str, object]] = json.loads(stdout)
    return found


def shelved(root: Path) -> Path:
    place = root / "library-check" / "v1"
    place.mkdir(parents=True)
    (place / "questionnaire.yaml").write_text(SMALL, encoding="utf-8")
    return place


def test_the_bundled_ones_each_once(root: Path) -> None:
    found = records()
    assert [(one["id"], one["edition"], one["version"], one["items"]) for one in found] == [
        ("mmmctic", "2020-04", "1.0.0", 172 + 82 + 92),
        ("mmmctic", "2021-11", "1.0.0", 15 + 82 + 127),
    ]
    for one in found:
        assert one["languages"] == ["es", "en"]
        assert (one["bundled"], one["released"], one["place"]) == (True, True, "")
        folder = root / "questionnaires" / "mmmctic" / str(one["edition"])
        assert one["definition_hash"] == definition_hash(load_questionnaire(folder))


def test_those_of_a_folder_too_with_what_was_released_and_what_was_not(tmp_path: Path) -> None:
    place = shelved(tmp_path)
    release_definition(str(place))
    assert [(one["version"], one["released"]) for one in records(str(tmp_path))[2:]] == [("0.1.0", True)]
    main = place / "questionnaire.yaml"
    main.write_text(SMALL.replace("version: 0.1.0", "version: 0.10.0"), encoding="utf-8")
    found = records(str(tmp_path))[2:]
    assert [(one["version"], one["released"]) for one in found] == [("0.1.0", True), ("0.10.0", False)]
    assert [one["place"] for one in found] == [
        (place / "released" / "0.1.0.json").as_posix(),
        place.as_posix(),
    ]


def test_as_text_nothing_is_wrapped(tmp_path: Path) -> None:
    place = shelved(tmp_path)
    status, stdout, _ = cti("questionnaire", "list", str(tmp_path))
    assert status == 0
    last = stdout.splitlines()[-1].split()
    assert last[:3] == ["library-check@v1", "0.1.0", "7"]
    assert last[-1] == place.as_posix()
    assert "mmmctic@2021-11   1.0.0    224  " in stdout


def test_what_cannot_be_read_is_reported_beside_the_others(tmp_path: Path) -> None:
    place = shelved(tmp_path)
    other = tmp_path / "other.yaml"
    other.write_text(SMALL, encoding="utf-8")
    (place / "questionnaire.yaml").write_text(SMALL.replace("rule: staged", "rule: stages"), encoding="utf-8")
    status, stdout, stderr = cti("questionnaire", "list", "-f", "json", str(tmp_path))
    assert status == 1
    assert [one["place"] for one in json.loads(stdout)][2:] == [other.as_posix()]
    assert "Q105 misspelt-value" in stderr


def test_a_released_file_that_changed_is_reported(tmp_path: Path) -> None:
    made = release_definition(str(shelved(tmp_path)))
    made.file.write_bytes(made.file.read_bytes() + b" ")
    status, stdout, stderr = cti("questionnaire", "list", str(tmp_path))
    assert (status, "Q503" in stderr, "mmmctic@2020-04" in stdout) == (1, True, True)


def test_a_folder_without_one_is_not_done(tmp_path: Path) -> None:
    assert cti("questionnaire", "list", str(tmp_path))[0] == 2
    status, stdout, stderr = cti("questionnaire", "list", str(tmp_path / "none"))
    assert (status, stdout) == (2, "")
    assert "Q204" in stderr
