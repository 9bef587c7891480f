from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from answered import answered
from ctimaturity.diagnostics import codes
from ctimaturity.results.folder import write_results
from ctimaturity.results.manifest import Manifest, json_bytes, read_manifest, sealed
from ctimaturity.results.reader import manifest_of

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    write_results(tmp_path / "out", answered())
    return manifest_of(tmp_path / "out")


def manifest_bytes(manifest: Manifest) -> bytes:
    return json_bytes(sealed(manifest.model_dump(mode="json", by_alias=True, exclude={"reference"})))


def problem(data: bytes) -> Diagnostic:
    found = read_manifest(data, "out/manifest.json")
    assert isinstance(found, tuple)
    (finding,) = found
    return finding


def test_it_is_read_back_as_it_was_written(manifest: Manifest) -> None:
    data = manifest_bytes(manifest)
    again = read_manifest(data, "manifest.json")
    assert again == manifest
    assert isinstance(again, Manifest)
    assert manifest_bytes(again) == data


def test_no_editor_obeys_what_stands_in_it(manifest: Manifest) -> None:
    """Names of a list may hold control and bidirectional characters: shown, and read back as they are."""
    hostile = "a\u202eb\u2066c\u200fd\x85e\U000e0041é"
    changed = manifest.model_copy(
        update={"awaited": {"x": hostile}, "groupings": (hostile,), "options": {"groups": [hostile]}}
    )
    data = manifest_bytes(changed)
    assert [c for c in data.decode() if c in "\u202e\u2066\u200f\x85\U000e0041"] == []
    assert "é" in data.decode()
    assert read_manifest(data, "manifest.json") == changed


def test_its_keys_are_sorted_and_it_ends_with_a_line(manifest: Manifest) -> None:
    text = manifest_bytes(manifest).decode()
    assert text.endswith("}\n")
    assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("schema", 2, id="newer"),
        pytest.param("kind", 7, id="no-kind"),
        pytest.param("csv_dialect", "klingon", id="dialect"),
        pytest.param("language", 7, id="another-type"),
        pytest.param("extra", 1, id="unknown"),
        pytest.param("outputs", {"index.csv": "abc"}, id="no-hash"),
        pytest.param("results_basis", "luck", id="basis"),
        pytest.param("measurements", [], id="nothing-scored"),
        pytest.param("seeds", {"ranks": "one"}, id="no-seed"),
    ],
)
def test_what_this_version_does_not_know_is_named(manifest: Manifest, field: str, value: object) -> None:
    record = json.loads(manifest_bytes(manifest)) | {field: value}
    finding = problem(json.dumps(record).encode())
    assert finding.code is codes.MANIFEST_UNKNOWN
    assert finding.location.file == "out/manifest.json"
    assert str(finding.parameters["field"]).startswith(field)


def test_a_field_that_is_missing_is_named(manifest: Manifest) -> None:
    record = json.loads(manifest_bytes(manifest))
    del record["outputs"]
    assert problem(json.dumps(record).encode()).parameters == {"field": "outputs"}


def test_a_list_is_no_manifest() -> None:
    assert problem(b"[]").code is codes.MANIFEST_UNKNOWN


def test_a_folder_of_another_kind_is_called_that(manifest: Manifest) -> None:
    record = json.loads(manifest_bytes(manifest)) | {"kind": "report"}
    finding = problem(json.dumps(record).encode())
    assert (finding.code, finding.parameters["kind"]) == (codes.FOLDER_OF_ANOTHER_KIND, "report")
