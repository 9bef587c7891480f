"""Definitions found by name, path, hash and version."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

import pytest

from ctimaturity.definitions.library import Library, Release, lock_bytes, read_definition
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.canonical import canonical_json, definition_hash, scoring_hash
from small_definition import SMALL, load_small

KEY = "mmmctic@2020-04"


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A copy of the bundled questionnaires to add to."""
    return shutil.copytree(root / "questionnaires", tmp_path / "questionnaires")


def refused(action: object, *arguments: object) -> str:
    assert callable(action)
    with pytest.raises(JobError) as caught:
        action(*arguments)
    (found,) = caught.value.diagnostics
    return found.code.id


class TestBundled:
    def test_is_found_by_name_version_and_hash(self) -> None:
        library = Library()
        questionnaire = library.find(KEY)
        assert questionnaire.key == KEY
        assert library.find(f"{KEY}@1.0.0") is questionnaire
        assert library.by_hash(definition_hash(questionnaire)) is questionnaire
        assert library.by_hash(definition_hash(questionnaire)[:12]) is questionnaire
        assert library.by_version("mmmctic", "2020-04", "1.0.0") is questionnaire
        assert [release.version for release in library.releases("mmmctic", "2020-04")] == ["1.0.0"]
        assert KEY in library.keys

    def test_the_lock_says_what_the_files_are(self, root: Path) -> None:
        folder = root / "questionnaires"
        for release in Library().all_releases:
            data = (folder / release.file).read_bytes()
            questionnaire = read_definition(folder / release.file)
            assert release.definition_hash == hashlib.sha256(data).hexdigest()
            assert release.scoring_hash == scoring_hash(questionnaire)
            assert (release.key, release.version) == (questionnaire.key, questionnaire.version)
        released = {folder / release.file for release in Library().all_releases}
        assert set(folder.glob("*/*/released/*.json")) == released
        assert (folder / "lock.json").read_bytes() == lock_bytes(Library().all_releases)

    def test_is_loaded_quickly(self) -> None:
        times = []
        for _ in range(3):
            start = time.process_time()
            Library().find(KEY)
            times.append(time.process_time() - start)
        # About 0.02 s, and scoring starts with it; read from its YAML it would take some seconds.
        assert min(times) < 0.5


class TestReferences:
    @pytest.mark.parametrize(
        ("reference", "code"),
        [
            ("mmctic@2020-04", codes.MISSPELT_DEFINITION.id),
            ("mmmctic@2020-05", codes.MISSPELT_DEFINITION.id),
            ("mmmctic@2020-04@7.0.0", codes.MISSPELT_DEFINITION.id),
            ("iso37122", codes.UNKNOWN_DEFINITION.id),
            ("", codes.UNKNOWN_DEFINITION.id),
            ("../../etc/passwd@x", codes.UNKNOWN_DEFINITION.id),
            ("a\0b", codes.UNKNOWN_DEFINITION.id),
            ("none.yaml", codes.DEFINITION_FILE_MISSING.id),
            ("none.json", codes.DEFINITION_FILE_MISSING.id),
        ],
    )
    def test_to_nothing(self, reference: str, code: str) -> None:
        assert refused(Library().find, reference) == code

    def test_by_path(self, tmp_path: Path) -> None:
        small = load_small(tmp_path)
        (tmp_path / "definition.json").write_bytes(canonical_json(small))
        (tmp_path / "questionnaire.yaml").write_text(SMALL, encoding="utf-8")
        for reference in ("small.yaml", "definition.json", "."):
            assert Library().find(str(tmp_path / reference)) == small

    def test_a_hash_of_nobody(self) -> None:
        assert Library().by_hash("0" * 64) is None
        assert Library().by_hash("") is None


class TestGiven:
    def test_comes_first_by_name_and_is_found_by_hash(self, tmp_path: Path) -> None:
        small = load_small(tmp_path)
        library = Library(given=(tmp_path / "small.yaml",))
        assert library.find("library-check@v1") == small
        assert library.by_hash(definition_hash(small)) == small
        assert library.by_version("library-check", "v1", "0.1.0") == small
        assert library.by_version("library-check", "v1", "0.2.0") is None
        assert {"library-check@v1", KEY} <= set(library.keys)


class TestReleases:
    def test_the_newest_counts_and_older_ones_stay(self, folder: Path) -> None:
        library = Library(folder=folder)
        old = library.find(KEY)
        new = []
        for version in ("1.10.0", "1.9.0"):
            changed = old.model_copy(update={"version": version})
            file = f"mmmctic/2020-04/released/{version}.json"
            (folder / file).write_bytes(canonical_json(changed))
            new.append(
                Release(
                    id=changed.id,
                    edition=changed.edition,
                    version=version,
                    definition_hash=definition_hash(changed),
                    scoring_hash=scoring_hash(changed),
                    file=file,
                )
            )
        (folder / "lock.json").write_bytes(lock_bytes([*new, *library.all_releases]))
        later = Library(folder=folder)
        versions = [release.version for release in later.releases("mmmctic", "2020-04")]
        assert versions == ["1.0.0", "1.9.0", "1.10.0"]
        assert later.find(KEY).version == "1.10.0"
        assert later.by_hash(definition_hash(old)) == old
        assert len({release.scoring_hash for release in later.releases("mmmctic", "2020-04")}) == 1

    def test_without_a_release_the_yaml_counts(self, folder: Path) -> None:
        (folder / "lock.json").unlink()
        library = Library(folder=folder)
        questionnaire = library.find(KEY)
        assert questionnaire == Library().find(KEY)
        assert library.by_hash(definition_hash(questionnaire)) is questionnaire
        assert library.by_version("mmmctic", "2020-04", "1.0.0") is questionnaire

    def test_an_unfinished_edition_stands_in_nobodys_way(self, folder: Path) -> None:
        unfinished = folder / "mmmctic" / "2030-01"
        unfinished.mkdir()
        (unfinished / "questionnaire.yaml").write_text("id: [\n")
        library = Library(folder=folder)
        assert library.by_hash("0" * 64) is None
        with pytest.raises(JobError):
            library.find("mmmctic@2030-01")

    def test_a_changed_file_is_refused(self, folder: Path) -> None:
        file = folder / "mmmctic/2020-04/released/1.0.0.json"
        file.write_bytes(file.read_bytes().replace(b'"0.65"', b'"0.55"', 1))
        assert refused(Library(folder=folder).find, KEY) == codes.RELEASE_CHANGED.id

    def test_a_missing_file_is_named(self, folder: Path) -> None:
        (folder / "mmmctic/2020-04/released/1.0.0.json").unlink()
        assert refused(Library(folder=folder).find, KEY) == codes.DEFINITION_FILE_MISSING.id

    @pytest.mark.parametrize("data", [b"", b"[]", b'{"releases": [1]}', b'{"releases": {}}'])
    def test_a_damaged_lock_is_refused(self, folder: Path, data: bytes) -> None:
        (folder / "lock.json").write_bytes(data)
        assert refused(Library(folder=folder).find, KEY) == codes.LOCK_DAMAGED.id


def test_the_paths_of_a_library_are_independent_of_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert Library().find(KEY).key == KEY
    assert Path.cwd() == Path("/")
