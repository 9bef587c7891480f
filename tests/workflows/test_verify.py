"""Results proved: files unchanged, inputs there, and the same bytes when they are made again."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from ctimaturity.diagnostics.errors import JobError
from ctimaturity.results.manifest import json_bytes, sha256
from ctimaturity.workflows.score import ScoreOptions, score
from ctimaturity.workflows.verify import Verdict, verify
from small_instrument import PLAIN, returned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ctimaturity.workflows.verify import Verification


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """A folder of results beside its two workbooks and a list of three entities."""
    return made(tmp_path)


def made(folder: Path, **options: Any) -> Path:
    definition = folder / "plain.yaml"
    definition.write_text(PLAIN, encoding="utf-8")
    returned(folder / "in", str(definition))
    (folder / "list.csv").write_text("code,name\n05001,Uno\n05002,Dos\n05004,Tres\n", encoding="utf-8")
    given = {"questionnaire": str(definition), "entities": folder / "list.csv", "language": "en", **options}
    outcome = score([folder / "in"], ScoreOptions(**given))
    return outcome.write(folder / "out")


def codes(found: Verification) -> list[str]:
    return [finding.code.name for finding in found.diagnostics]


def rewritten(out: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """The manifest as somebody would write it who knows how its own hash is made."""
    record = json.loads((out / "manifest.json").read_bytes())
    del record["manifest_hash"]
    change(record)
    (out / "manifest.json").write_bytes(json_bytes(record | {"manifest_hash": sha256(json_bytes(record))}))


def test_untouched_results_are_proved(scored: Path) -> None:
    found = verify(scored)
    assert codes(found) == []
    assert (found.verdict, found.repeated, found.inputs) == (Verdict.SAME, True, 3)
    assert found.outputs == len(list(scored.iterdir())) - 1


@pytest.mark.parametrize(
    "options",
    [
        {"csv_dialect": "excel-es", "formats": ("csv", "html")},
        {"language": "en", "round_label": "2026", "formats": ("csv", "xlsx")},
        {"measurements": ("practice",), "entities": None, "groups": ("entity_type",)},
    ],
)
def test_with_whatever_options(tmp_path: Path, options: dict[str, Any]) -> None:
    found = verify(made(tmp_path, **options))
    assert codes(found) == []
    assert found.verdict is Verdict.SAME


def test_results_and_inputs_may_have_been_moved(scored: Path, tmp_path: Path) -> None:
    shutil.move(tmp_path / "in", tmp_path / "archive" / "2026" / "books")
    shutil.move(tmp_path / "list.csv", tmp_path / "archive")
    (tmp_path / "published").mkdir()
    shutil.move(scored, tmp_path / "published" / "results")
    found = verify(tmp_path / "published" / "results", tmp_path / "archive")
    assert (found.verdict, codes(found)) == (Verdict.SAME, [])


def test_an_edited_output_differs(scored: Path) -> None:
    page = scored / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Uno", "Otro"), encoding="utf-8")
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Verdict.DIFFERS, ["result-file-changed"])
    assert found.diagnostics[0].location.file == page.as_posix()


def test_an_output_that_is_gone_differs(scored: Path) -> None:
    (scored / "index.md").unlink()
    assert codes(verify(scored)) == ["result-file-missing"]


def test_a_file_of_somebody_else_is_a_warning(scored: Path) -> None:
    (scored / "note.txt").write_text("x", encoding="utf-8")
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Verdict.SAME, ["output-added"])


def test_numbers_that_were_forged_with_their_hashes_are_found_by_making_them_again(scored: Path) -> None:
    forged = (scored / "index.csv").read_bytes().replace(b"1.5", b"1.9")
    (scored / "index.csv").write_bytes(forged)
    rewritten(scored, lambda record: record["outputs"].update({"index.csv": sha256(forged)}))
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Verdict.DIFFERS, ["output-not-reproduced"])


def test_an_input_that_is_missing(scored: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "05001.xlsx").unlink()
    found = verify(scored)
    assert (found.verdict, codes(found), found.repeated) == (Verdict.MISSING, ["input-missing"], False)


def test_an_input_that_was_saved_again(scored: Path, tmp_path: Path) -> None:
    with (tmp_path / "in" / "05001.xlsx").open("ab") as stream:
        stream.write(b" ")
    found = verify(scored)
    assert (found.verdict, codes(found)) == (Verdict.DIFFERS, ["input-changed"])


def test_something_edited_is_worse_than_something_missing(scored: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").unlink()
    (scored / "index.md").write_text("", encoding="utf-8")
    found = verify(scored)
    assert set(codes(found)) == {"input-missing", "result-file-changed"}
    assert found.verdict is Verdict.DIFFERS


def test_under_another_version_tables_are_compared_as_numbers(scored: Path) -> None:
    def older(record: dict[str, Any]) -> None:
        record["tool_version"] = "0.0.1"
        for name in ("index.csv", "index.html"):
            record["outputs"][name] = sha256((scored / name).read_bytes())

    index = scored / "index.csv"
    index.write_bytes(index.read_bytes().replace(b",1.5,", b",1.50000000000001,"))
    (scored / "index.html").write_text("drawn otherwise", encoding="utf-8")
    rewritten(scored, older)
    found = verify(scored)
    assert found.verdict is Verdict.SAME
    assert set(codes(found)) == {"other-tool-version", "output-not-compared"}

    index.write_bytes(index.read_bytes().replace(b",1.50000000000001,", b",1.5001,"))
    rewritten(scored, older)
    found = verify(scored)
    assert found.verdict is Verdict.DIFFERS
    assert "output-not-reproduced" in codes(found)


def test_the_definition_is_taken_from_the_folder_and_nothing_else_knows_it(scored: Path) -> None:
    (scored / "definition.json").unlink()
    found = verify(scored)
    assert set(codes(found)) == {"definition-not-found", "result-file-missing"}


def test_a_run_that_cannot_be_repeated_says_why(scored: Path) -> None:
    rewritten(scored, lambda record: record["options"].update({"groups": ["continent"]}))
    found = verify(scored)
    assert (found.verdict, codes(found)[0]) == (Verdict.DIFFERS, "group-unknown")
    assert "run-not-repeated" in codes(found)


def test_what_was_passed_over_is_part_of_the_findings(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = made_with_a_lock_file(tmp_path)
    assert "~$05001.xlsx" in (out / "findings.csv").read_text(encoding="utf-8")
    found = verify(out)
    assert (found.verdict, codes(found)) == (Verdict.SAME, [])


def made_with_a_lock_file(folder: Path) -> Path:
    (folder / "in").rmdir()
    definition = folder / "plain.yaml"
    definition.write_text(PLAIN, encoding="utf-8")
    returned(folder / "in", str(definition))
    (folder / "in" / "~$05001.xlsx").write_bytes(b"lock")
    return score([folder / "in"], ScoreOptions(questionnaire=str(definition))).write(folder / "out")


@pytest.mark.parametrize("name", ["../outside.xlsx", "/etc/passwd", "a/../../b.xlsx", "a\\b.xlsx"])
def test_a_manifest_that_points_outside_is_refused(scored: Path, name: str) -> None:
    rewritten(scored, lambda record: record["inputs"].update({name: "0" * 64}))
    with pytest.raises(JobError) as caught:
        verify(scored)
    assert [finding.code.name for finding in caught.value.diagnostics] == ["manifest-unknown"]


def test_an_edited_manifest_and_no_manifest_are_refused(scored: Path, tmp_path: Path) -> None:
    manifest = scored / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("05001", "05009"), encoding="utf-8")
    for folder, name in ((scored, "result-file-changed"), (tmp_path / "in", "not-a-result-folder")):
        with pytest.raises(JobError) as caught:
            verify(folder)
        assert [finding.code.name for finding in caught.value.diagnostics] == [name]
