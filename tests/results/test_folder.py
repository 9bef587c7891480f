from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from answered import answered
from ctimaturity._version import __version__
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.canonical import canonical_json, scoring_hash
from ctimaturity.results.folder import ResultSettings, refusals, write_results
from ctimaturity.results.reader import read_results

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment

ALWAYS = {
    "index.csv",
    "scores.csv",
    "answers.csv",
    "tallies.csv",
    "covariances.csv",
    "findings.csv",
    "definition.json",
    "datapackage.json",
    "manifest.json",
}
SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from answered import scored
from ctimaturity.model.canonical import canonical_json, scoring_hash
from ctimaturity.results.folder import write_results
assessment = scored()
write_results(Path(sys.argv[2]), assessment)
"""


def write(folder: Path, assessment: Assessment | None = None, *, force: bool = False) -> None:
    assessment = assessment or answered()
    write_results(folder, assessment, ResultSettings(force=force))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def manifest_of(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_bytes())
    return found


class TestWhatIsWritten:
    def test_every_file_promised(self, tmp_path: Path) -> None:
        write(tmp_path / "out")
        assert set(contents(tmp_path / "out")) == ALWAYS
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    def test_the_folders_it_lies_in_are_made(self, tmp_path: Path) -> None:
        write(tmp_path / "a" / "b" / "out")
        assert (tmp_path / "a" / "b" / "out" / "index.csv").is_file()

    def test_documents_and_the_reference_are_added_and_listed(self, tmp_path: Path) -> None:
        def add(folder: Path) -> None:
            (folder / "index.html").write_text("<p>", encoding="utf-8")
            (folder / "letters").mkdir()
            (folder / "letters" / "90001.md").write_text("Hola", encoding="utf-8")

        assessment = answered()
        write_results(tmp_path / "out", assessment, reference=b"{}", add=add)
        written = contents(tmp_path / "out")
        assert set(written) == ALWAYS | {"reference.json", "index.html", "letters/90001.md"}
        expected = {
            name: hashlib.sha256(data).hexdigest()
            for name, data in written.items()
            if name != "manifest.json"
        }
        assert manifest_of(tmp_path / "out")["outputs"] == expected

    def test_without_tables_only_the_definition_and_what_was_added(self, tmp_path: Path) -> None:
        assessment = answered()
        settings = ResultSettings(tables=False)
        write_results(tmp_path / "out", assessment, settings)
        assert set(contents(tmp_path / "out")) == {"definition.json", "manifest.json"}

    def test_numbers_have_all_their_digits(self, tmp_path: Path) -> None:
        write(tmp_path / "out")
        assert ",0.6666666666666666,6.0," in (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8")

    def test_formulas_are_neutralised(self, tmp_path: Path) -> None:
        write(tmp_path / "out")
        text = (tmp_path / "out" / "answers.csv").read_text(encoding="utf-8")
        assert '"\'=HYPERLINK(""http://a.b"")"' in text
        assert ",-12.5," in text

    def test_a_spanish_excel_opens_the_other_dialect(self, tmp_path: Path) -> None:
        assessment = answered()
        write_results(tmp_path / "out", assessment, ResultSettings(dialect="excel-es"))
        data = (tmp_path / "out" / "index.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbfrank;entity_code;")
        assert b";4,875;5;Nivel 5;" in data

    def test_labels_are_in_the_language_asked_for(self, tmp_path: Path) -> None:
        assessment = answered()
        write_results(tmp_path / "out", assessment, ResultSettings(language="en"))
        assert "choose one of" in (tmp_path / "out" / "findings.csv").read_text(encoding="utf-8")
        assert manifest_of(tmp_path / "out")["language"] == "en"


class TestTheManifest:
    def test_it_says_what_the_results_rest_on(self, tmp_path: Path) -> None:
        assessment = answered()
        write_results(tmp_path / "out", assessment, ResultSettings(seeds={"ranks": 42}))
        manifest = manifest_of(tmp_path / "out")
        assert (manifest["tool"], manifest["tool_version"], manifest["kind"]) == (
            "ctimaturity",
            __version__,
            "index",
        )
        assert manifest["definition"] == {
            "id": "mini",
            "edition": "1",
            "version": "1.0.0",
            "definition_hash": hashlib.sha256(canonical_json(assessment.questionnaire)).hexdigest(),
            "scoring_hash": scoring_hash(assessment.questionnaire),
        }
        assert manifest["inputs"] == dict(assessment.inputs)
        assert manifest["options"] == {"round": "2020", "groups": ["region"], "strict": False}
        assert manifest["seeds"] == {"ranks": 42}

    def test_options_of_every_kind_are_written_the_same_each_time(self, tmp_path: Path) -> None:
        options = {
            "path": PurePosixPath("a/b.csv"),
            "names": ("b", "a"),
            "set": frozenset({"b", "a"}),
            "nothing": None,
            "inner": {"x": 1.5},
            "odd": "\ud800",
        }
        write(tmp_path / "out", replace(answered(), options=options))
        assert manifest_of(tmp_path / "out")["options"] == {
            "path": "a/b.csv",
            "names": ["b", "a"],
            "set": ["a", "b"],
            "nothing": None,
            "inner": {"x": 1.5},
            "odd": "\\ud800",
        }

    def test_it_names_no_machine_and_no_time(self, tmp_path: Path) -> None:
        write(tmp_path / "out")
        for name, data in contents(tmp_path / "out").items():
            for secret in (os.fspath(tmp_path), Path.home().name + "/", platform.node()):
                assert secret.encode() not in data, name


class TestWhereItIsWritten:
    def test_a_new_an_empty_and_an_earlier_folder_will_do(self, tmp_path: Path) -> None:
        assert refusals(tmp_path / "new") == ()
        assert refusals(tmp_path) == ()
        write(tmp_path / "out")
        assert refusals(tmp_path / "out") == ()
        write(tmp_path / "out")

    def test_a_folder_of_somebody_else_is_refused_and_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(JobError) as caught:
            write(tmp_path)
        (finding,) = caught.value.diagnostics
        assert finding.code is codes.OUTPUT_FOLDER_OCCUPIED
        assert finding.parameters == {"names": "notes.txt"}
        assert finding.location.file == tmp_path.as_posix()
        assert set(contents(tmp_path)) == {"notes.txt"}

    def test_of_many_files_the_first_few_are_named(self, tmp_path: Path) -> None:
        for name in "dcba":
            (tmp_path / name).touch()
        (finding,) = refusals(tmp_path)
        assert finding.parameters == {"names": "a, b, c …"}

    def test_a_manifest_of_another_tool_is_none_of_ours(self, tmp_path: Path) -> None:
        (tmp_path / "manifest.json").write_text('{"tool": "other"}', encoding="utf-8")
        assert [finding.code for finding in refusals(tmp_path)] == [codes.OUTPUT_FOLDER_OCCUPIED]

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        (tmp_path / "out").touch()
        assert [finding.code for finding in refusals(tmp_path / "out", force=True)] == [
            codes.OUTPUT_NOT_A_FOLDER
        ]

    def test_what_the_system_refuses_is_said(self, tmp_path: Path) -> None:
        (finding,) = refusals(tmp_path / ("x" * 5000))
        assert finding.code is codes.OUTPUT_NOT_WRITTEN

    def test_forced_it_keeps_what_it_does_not_replace(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        (tmp_path / "index.csv").write_text("old", encoding="utf-8")
        write(tmp_path, force=True)
        assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
        assert set(contents(tmp_path)) == ALWAYS | {"notes.txt"}
        assert read_results(tmp_path).answers

    def test_what_an_earlier_run_wrote_goes_and_what_was_put_beside_it_stays(self, tmp_path: Path) -> None:
        assessment = answered()
        out = tmp_path / "out"
        write_results(out, assessment, add=lambda folder: (folder / "index.md").touch())
        (out / "notes.txt").touch()
        write(out)
        assert set(contents(out)) == ALWAYS | {"notes.txt"}

    def test_a_failure_on_the_way_leaves_the_earlier_results(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        write(out)
        before = contents(out)

        def fail(folder: Path) -> None:
            raise KeyboardInterrupt

        assessment = replace(answered(), diagnostics=())
        with pytest.raises(KeyboardInterrupt):
            write_results(out, assessment, add=fail)
        assert contents(out) == before
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_no_byte_depends_on_hash_seed_language_time_zone_or_folder(tmp_path: Path, root: Path) -> None:
    outputs = []
    for number, (seed, language, zone) in enumerate(
        [("0", "C", "UTC"), ("1", "es_CO.UTF-8", "America/Bogota"), ("2", "tr_TR.UTF-8", "Asia/Tokyo")]
    ):
        working = tmp_path / str(number)
        working.mkdir()
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "LANG": language,
            "LC_ALL": language,
            "TZ": zone,
            "PYTHONUTF8": "0",
        }
        subprocess.run(
            [sys.executable, "-c", SCRIPT, os.fspath(root / "tests"), "out"],
            cwd=working,
            env=environment,
            check=True,
        )
        outputs.append(contents(working / "out"))
    assert set(outputs[0]) == ALWAYS
    assert outputs[1] == outputs[0]
    assert outputs[2] == outputs[0]


def test_the_order_of_entities_changes_no_byte(tmp_path: Path) -> None:
    assessment = answered()
    write(tmp_path / "one", assessment)
    turned = dict(reversed(list(assessment.answers.items())))
    write(tmp_path / "two", replace(assessment, answers=turned))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
