from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.atomic import folder_aside, write_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def ours(folder: Path, *files: str) -> None:
    folder.mkdir()
    for file in files:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text("old")
    manifest = {"tool": "ctimaturity", "outputs": dict.fromkeys(files, "0")}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "plantilla.xlsx"
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a/b/plantilla.xlsx"]


def test_a_file_replaces_an_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


@posix
def test_modes_are_those_of_any_new_file_and_folder(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_file(tmp_path / "file", b"")
        with folder_aside(tmp_path / "folder"):
            pass
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o750


def test_where_nothing_can_be_written_the_job_cannot_be_done(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JobError) as caught:
        write_file(tmp_path / "file" / "below", b"x")
    assert [found.code for found in caught.value.diagnostics] == [codes.OUTPUT_NOT_WRITTEN]
    with pytest.raises(JobError), folder_aside(tmp_path / "file"):
        pass
    assert names(tmp_path) == ["file"]


def test_a_folder_takes_its_place_only_when_it_is_complete(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with folder_aside(out) as aside:
        (aside / "index.csv").write_text("1")
        assert not out.exists()
    assert names(tmp_path) == ["deep/out/index.csv"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_where_the_work_fails_the_earlier_folder_stays_whole(
    tmp_path: Path, error: type[BaseException]
) -> None:
    out = tmp_path / "out"
    ours(out, "index.csv")

    def fail() -> None:
        with folder_aside(out) as aside:
            (aside / "index.csv").write_text("half")
            raise error

    with pytest.raises(error):
        fail()
    assert (out / "index.csv").read_text() == "old"
    assert names(tmp_path) == ["out/index.csv", "out/manifest.json"]


def test_an_earlier_result_goes_and_the_users_own_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ours(out, "index.csv", "letters/05001.md")
    (out / "notes").mkdir()
    (out / "notes" / "mine.txt").write_text("mine")
    (out / "scores.csv").write_text("mine too, under a name of ours")
    with folder_aside(out) as aside:
        (aside / "index.csv").write_text("new")
        (aside / "scores.csv").write_text("new")
    assert names(out) == ["index.csv", "notes/mine.txt", "scores.csv"]
    assert (out / "scores.csv").read_text() == "new"
    assert names(tmp_path) == ["out/index.csv", "out/notes/mine.txt", "out/scores.csv"]


def test_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with folder_aside(tmp_path / "out") as aside:
        (aside / "a").write_text("")
    assert names(tmp_path) == ["out/a"]


@posix
def test_through_a_link_the_folder_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with folder_aside(tmp_path / "link") as aside:
        (aside / "a").write_text("")
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "real") == ["a"]


@posix
def test_links_of_the_user_stay_links(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ours(out, "index.csv")
    (out / "archive").symlink_to("..")
    with folder_aside(out):
        pass
    assert (out / "archive").is_symlink()


def test_a_file_that_cannot_take_its_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(JobError):
        write_file(tmp_path / "x", b"new")
    assert names(tmp_path) == []


def test_an_earlier_folder_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    ours(out, "index.csv")
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.name.startswith(".out.") and target == out:
            raise KeyboardInterrupt
        return rename(path, target)

    def replace() -> None:
        with folder_aside(out) as aside:
            (aside / "index.csv").write_text("new")

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace()
    assert names(tmp_path) == ["out/index.csv", "out/manifest.json"]
    assert (out / "index.csv").read_text() == "old"
