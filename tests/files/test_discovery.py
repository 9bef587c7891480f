from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.files.discovery import Discovery, InputFile, discover, read_file
from ctimaturity.files.limits import LIMITS

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
ZIP, COMPOUND = b"PK\x03\x04...", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, so that paths are given as users give them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str, content: bytes = ZIP) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


def given(found: Discovery) -> list[str]:
    """The files found, by the paths a user would give for them."""
    return [found.given[file.name] for file in found.files]


def said(found: Discovery) -> list[tuple[str, str]]:
    return [(each.code.id, found.given[each.location.file]) for each in found.diagnostics]


@pytest.mark.usefixtures("folder")
class TestFolders:
    def test_are_searched_to_the_bottom_in_the_order_of_names(self) -> None:
        put("in/b.xlsx", "in/a/z.xlsx", "in/a/A.XLSX", "in/c.xlsm", "in/ñ.xlsx", "in/old.xls", "in/open.ods")
        found = discover([Path("in")])
        assert given(found) == [
            "in/a/A.XLSX",
            "in/a/z.xlsx",
            "in/b.xlsx",
            "in/c.xlsm",
            "in/old.xls",
            "in/open.ods",
            "in/ñ.xlsx",
        ]
        assert found.diagnostics == ()
        assert found.files[0].path == Path("in/a/A.XLSX")

    def test_the_order_of_the_paths_is_of_no_account_and_a_file_counts_once(self) -> None:
        put("in/a.xlsx", "in/b.xlsx")
        paths = [Path("in"), Path("in/b.xlsx"), Path("in/../in/a.xlsx")]
        assert discover(paths) == discover(paths[::-1])
        assert len(discover(paths).files) == 2

    def test_lock_files_hidden_files_and_what_systems_leave_are_passed_over(self) -> None:
        put("in/a.xlsx", "in/~$a.xlsx", "in/.~lock.a.xlsx#", "in/.DS_Store", "in/Thumbs.db", "in/.git/b.xlsx")
        put("in/__MACOSX/a.xlsx", "in/desktop.ini")
        found = discover([Path("in")])
        assert given(found) == ["in/a.xlsx"]
        locks = {"in/.~lock.a.xlsx#", "in/~$a.xlsx"}
        hidden = {"in/.DS_Store", "in/.git", "in/Thumbs.db", "in/__MACOSX", "in/desktop.ini"}
        assert set(said(found)) == {
            *((codes.LOCK_FILE_PASSED_OVER.id, name) for name in locks),
            *((codes.HIDDEN_FILE_PASSED_OVER.id, name) for name in hidden),
        }

    def test_results_are_never_input(self) -> None:
        put("in/a.xlsx", "in/out/index.xlsx", "in/theirs/b.xlsx")
        Path("in/out/manifest.json").write_text(json.dumps({"tool": "ctimaturity"}))
        Path("in/theirs/manifest.json").write_text(json.dumps({"tool": "another"}))
        found = discover([Path("in")])
        assert given(found) == ["in/a.xlsx", "in/theirs/b.xlsx"]
        assert (codes.RESULT_FOLDER_PASSED_OVER.id, "in/out") in said(found)
        assert said(discover([Path("in/out")])) == [(codes.RESULT_FOLDER_PASSED_OVER.id, "in/out")]

    def test_what_is_no_workbook_is_passed_over_with_a_note(self) -> None:
        put("in/entities.csv", "in/letter.pdf", "in/photo.jpg", content=b"text")
        put("in/evidence.docx", content=ZIP)
        put("in/05001", "in/05002.tmp", content=ZIP)
        put("in/05003.dat", content=COMPOUND)
        put("in/05004.xlsx", content=b"")
        found = discover([Path("in")])
        assert given(found) == ["in/05001", "in/05002.tmp", "in/05003.dat", "in/05004.xlsx"]
        assert {each.code for each in found.diagnostics} == {codes.OTHER_FILE_PASSED_OVER}
        assert len(found.diagnostics) == 4

    def test_without_a_workbook_are_warned_of(self) -> None:
        put("in/letter.pdf", content=b"text")
        assert said(discover([Path("in")])) == [
            (codes.FOLDER_WITHOUT_WORKBOOKS.id, "in"),
            (codes.OTHER_FILE_PASSED_OVER.id, "in/letter.pdf"),
        ]

    def test_are_not_searched_without_end(self) -> None:
        put("/".join(["d"] * 33) + "/a.xlsx", "d/b.xlsx")
        found = discover([Path("d")])
        assert given(found) == ["d/b.xlsx"]
        assert [each.code for each in found.diagnostics] == [codes.FOLDER_TOO_DEEP]


@pytest.mark.usefixtures("folder")
class TestNames:
    def test_are_those_below_the_one_folder_that_was_given(self) -> None:
        put("round/in/a.xlsx", "round/in/b/c.xlsx")
        assert [file.name for file in discover([Path("round/in")]).files] == ["a.xlsx", "b/c.xlsx"]

    def test_begin_with_the_folder_where_there_are_more(self) -> None:
        put("one/a.xlsx", "two/a.xlsx", "b.xlsx")
        found = discover([Path("one"), Path("two"), Path("b.xlsx")])
        assert [file.name for file in found.files] == ["b.xlsx", "one/a.xlsx", "two/a.xlsx"]

    def test_are_as_long_as_it_takes_to_tell_them_apart(self) -> None:
        put("x/in/a.xlsx", "y/in/a.xlsx")
        found = discover([Path("x/in"), Path("y/in")])
        assert [file.name for file in found.files] == ["x/in/a.xlsx", "y/in/a.xlsx"]

    def test_are_the_same_from_whatever_folder(self, folder: Path) -> None:
        put("in/a.xlsx")
        assert [file.name for file in discover([folder / "in"]).files] == ["a.xlsx"]


@pytest.mark.usefixtures("folder")
class TestNamedPaths:
    def test_that_do_not_exist(self) -> None:
        put("a.xlsx")
        found = discover([Path("nowhere.xlsx"), Path("a.xlsx"), Path("a.xlsx/below")])
        assert given(found) == ["a.xlsx"]
        assert set(said(found)) == {
            (codes.PATH_MISSING.id, "a.xlsx/below"),
            (codes.PATH_MISSING.id, "nowhere.xlsx"),
        }

    def test_are_inputs_whatever_they_hold(self) -> None:
        put("letter.pdf", ".hidden.csv", content=b"text")
        assert given(discover([Path("letter.pdf"), Path(".hidden.csv")])) == [".hidden.csv", "letter.pdf"]

    def test_of_lock_files_are_passed_over(self) -> None:
        put("~$a.xlsx")
        assert said(discover([Path("~$a.xlsx")])) == [(codes.LOCK_FILE_PASSED_OVER.id, "~$a.xlsx")]

    def test_that_no_system_takes(self) -> None:
        (finding,) = discover([Path("a" * 5_000)]).diagnostics
        assert finding.code is codes.FILE_UNREADABLE

    @posix
    def test_are_shown_with_control_characters_made_visible(self) -> None:
        put("a\x1b[31m\u202e.xlsx", os.fsdecode(b"b\xff.xlsx"))
        assert given(discover([Path()])) == ["a\\x1b[31m\\u202e.xlsx", "b\\udcff.xlsx"]


@posix
@pytest.mark.usefixtures("folder")
class TestStrangeFiles:
    def test_links_are_not_followed(self) -> None:
        put("elsewhere/a.xlsx", "in/b.xlsx")
        Path("in/link.xlsx").symlink_to("../elsewhere/a.xlsx")
        Path("in/round").symlink_to("..")
        found = discover([Path("in")])
        assert given(found) == ["in/b.xlsx"]
        assert said(found) == [
            (codes.LINK_PASSED_OVER.id, "in/link.xlsx"),
            (codes.LINK_PASSED_OVER.id, "in/round"),
        ]
        assert said(discover([Path("in/link.xlsx")])) == [(codes.PATH_NOT_A_REGULAR_FILE.id, "in/link.xlsx")]

    def test_pipes_and_sockets_are_not_opened(self) -> None:
        put("in/b.xlsx")
        os.mkfifo("in/pipe.xlsx")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("in/socket.xlsx")
            found = discover([Path("in")])
        assert given(found) == ["in/b.xlsx"]
        assert said(found) == [
            (codes.NOT_A_REGULAR_FILE.id, "in/pipe.xlsx"),
            (codes.NOT_A_REGULAR_FILE.id, "in/socket.xlsx"),
        ]
        assert said(discover([Path("in/pipe.xlsx")])) == [(codes.PATH_NOT_A_REGULAR_FILE.id, "in/pipe.xlsx")]

    def test_one_that_took_a_files_place_is_not_read(self) -> None:
        os.mkfifo("pipe.xlsx")
        Path("link.xlsx").symlink_to("/dev/zero")
        for name, code in (
            ("pipe.xlsx", codes.PATH_NOT_A_REGULAR_FILE),
            ("link.xlsx", codes.FILE_UNREADABLE),
        ):
            found = read_file(InputFile(Path(name), name))
            assert isinstance(found, Diagnostic)
            assert found.code is code


class TestReading:
    def test_gives_the_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(b"x\r\ny")
        assert read_file(InputFile(path, "a")) == b"x\r\ny"

    def test_stops_at_the_limit(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(b"12345")
        assert read_file(InputFile(path, "a"), replace(LIMITS, file_size=5)) == b"12345"
        found = read_file(InputFile(path, "in/a"), replace(LIMITS, file_size=4))
        assert isinstance(found, Diagnostic)
        assert found.code is codes.FILE_TOO_LARGE
        assert found.location.file == "in/a"
        assert found.parameters == {"size": 5, "limit": 4}

    def test_says_why_it_cannot(self, tmp_path: Path) -> None:
        found = read_file(InputFile(tmp_path / "gone", "gone"))
        assert isinstance(found, Diagnostic)
        assert found.code is codes.FILE_UNREADABLE
        assert str(tmp_path) not in str(found.parameters)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_sheet_of_ours_saved_as_text_is_taken_to_be_answered(tmp_path: Path, encoding: str) -> None:
    text = "Capacidades;;\nElija una respuesta por renglón;;\ncti:capacities:answers;text;answer\n"
    (tmp_path / "respuestas.csv").write_bytes(text.encode(encoding))
    (tmp_path / "pagina.htm").write_bytes(f"<table><tr><td>{text}</td></tr></table>".encode(encoding))
    (tmp_path / "lista.csv").write_text("codigo;nombre\n05001;Medellín\n", encoding="utf-8")
    found = discover([tmp_path])
    assert [file.name for file in found.files] == ["pagina.htm", "respuestas.csv"]
    assert [note.location.file for note in found.diagnostics] == ["lista.csv"]
