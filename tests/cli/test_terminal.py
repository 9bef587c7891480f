"""Manners of the command line: help, languages, pipes, narrow terminals, interruptions."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from ctimaturity.cli.commands import COMMANDS
from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.language.findings import texts
from terminal import cti, cti_process

if TYPE_CHECKING:
    from pathlib import Path

TRACE = "Traceback"


def test_help_lists_every_command_in_either_language() -> None:
    english = cti_process("--help", LANG="C.UTF-8").stdout
    spanish = cti_process("--help", LANG="es_CO.UTF-8").stdout
    for command in COMMANDS:
        assert command in english
    assert "Score returned workbooks" in english
    assert "Califica los libros devueltos" in spanish
    assert "Órdenes:" in spanish


def test_help_fits_a_narrow_terminal() -> None:
    text = cti_process("score", "--help", COLUMNS="60", LANG="es_CO.UTF-8").stdout
    assert max(len(line) for line in text.splitlines()) <= 60


def test_help_pays_for_no_heavy_import() -> None:
    code = (
        "import sys; sys.argv = ['cti', '--help']\n"
        "from ctimaturity.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'openpyxl', 'numpy', 'pydantic', 'jinja2', 'xlsxwriter', 'yaml', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600
    )
    assert done.stderr.strip() == "[]"


def test_version() -> None:
    status, stdout, _ = cti("--version")
    assert status == 0
    assert re.fullmatch(r"cti \d+\.\d+\.\d+\n", stdout)


@pytest.mark.parametrize("arguments", [["nonsense"], ["score"], ["score", "--jobs", "0", "."], ["template"]])
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    done = cti_process(*arguments)
    assert done.returncode == 2
    assert TRACE not in done.stderr
    assert done.stdout == ""


def test_a_code_has_its_page_by_id_and_by_name() -> None:
    code = all_codes()["A203"]
    status, by_id, _ = cti("explain-code", "a203")
    assert (status, by_id) == (0, cti("explain-code", code.name)[1])
    assert texts(code, "en").explanation in by_id
    assert "respuesta" in cti("explain-code", "A203", "--lang", "es")[1]


def test_an_unknown_code_offers_a_near_one() -> None:
    status, stdout, stderr = cti("explain-code", "A20")
    assert (status, stdout) == (2, "")
    assert "A20" in stderr
    assert "Did you mean" in stderr


def test_validate_prints_findings_as_json_to_standard_output(root: Path) -> None:
    folder = root / "examples"
    arguments = ("--entities", str(folder / "entities.csv"), "-f", "json", "--quiet")
    status, stdout, stderr = cti("validate", str(folder / "workbooks" / "EJ-12.xlsx"), *arguments)
    assert (status, stderr) == (1, "")
    assert [record["code"] for record in json.loads(stdout) if record["severity"] == "error"] == ["A203"]


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_validate_speaks_to_machines(root: Path, form: str) -> None:
    folder = root / "examples"
    listed = ("--entities", str(folder / "entities.csv"))
    stdout = cti("validate", str(folder / "workbooks" / "EJ-12.xlsx"), *listed, "-f", form)[1]
    if form == "github":
        assert "::error file=" in stdout
        assert "title=A203 answer-out-of-scale" in stdout
    else:
        (run,) = json.loads(stdout)["runs"]
        ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        for result in run["results"]:
            assert ids[result["ruleIndex"]] == result["ruleId"]
            assert result["level"] in {"error", "warning", "note"}
            assert result["message"]["text"]


def test_explain_shows_a_node_with_its_rule(root: Path) -> None:
    results = root / "examples" / "results"
    status, stdout, _ = cti("explain", str(results), "C-07", "--entity", "EJ-01")
    assert status == 0
    assert "points met over points applicable, times 6" in stdout
    assert "C-07-h" in stdout
    records = json.loads(cti("explain", str(results), "C-07", "--entity", "EJ-01", "-f", "json")[1])
    capacity = records["nodes"][0]
    # 6 times the points of the parts that are met over all points: 27 in C-07.
    met = sum(float(part["weight"]) * part["score"] for part in capacity["parts"])
    points = sum(float(part["weight"]) for part in capacity["parts"])
    assert points == 27
    assert capacity["score"] == pytest.approx(6 * met / points, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["C-07"], "name one with --entity", id="which entity"),
        pytest.param(["C-07", "--entity", "EJ-99"], "no entity EJ-99", id="no such entity"),
        pytest.param(["C-77", "--entity", "EJ-01"], "Did you mean C-", id="no such node"),
    ],
)
def test_explain_says_what_is_missing(root: Path, arguments: list[str], said: str) -> None:
    status, stdout, stderr = cti("explain", str(root / "examples" / "results"), *arguments)
    assert (status, stdout) == (2, "")
    assert said in stderr


def test_explain_from_workbooks_and_from_results_say_the_same(root: Path) -> None:
    folder = root / "examples"
    listed = ("--entities", str(folder / "entities.csv"), "--round", "Ejemplo")
    workbook = cti("explain", str(folder / "workbooks" / "EJ-01.xlsx"), "capacities", *listed)[1]
    results = cti("explain", str(folder / "results"), "capacities", "--entity", "EJ-01")[1]
    # Alone it is the first of one; the tree below is the same.
    assert workbook.splitlines()[1:] == results.splitlines()[1:]


def test_a_closed_pipe_is_no_accident(root: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "ctimaturity",
        "explain",
        str(root / "examples" / "results"),
        "--entity",
        "EJ-01",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        process.wait(timeout=600)
    assert TRACE not in errors


def test_an_interruption_of_the_imports_is_no_traceback() -> None:
    program = (
        "import builtins\n"
        "import ctimaturity.cli as cli\n"
        "whole = builtins.__import__\n"
        "def interrupted(name, *rest):\n"
        "    if name.startswith('ctimaturity.cli.app'):\n"
        "        raise KeyboardInterrupt\n"
        "    return whole(name, *rest)\n"
        "builtins.__import__ = interrupted\n"
        "cli.main()\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (130, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interruption_exits_130_and_leaves_nothing(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = "from ctimaturity.cli import main; print('begun', flush=True); main()"
    command = [sys.executable, "-c", program, "demo", "-o", str(out), "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()  # else a slow machine interrupts Python's own start
        time.sleep(0.6)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=600)
    assert process.returncode in {130, 0}
    assert TRACE not in errors
    if process.returncode == 130:
        assert not list(tmp_path.iterdir())


def test_markup_in_names_is_shown_as_it_is(root: Path, tmp_path: Path) -> None:
    listed = tmp_path / "entities.csv"
    listed.write_text("code,name,type\nEJ-01,[/x] [red]Villa,alcaldia\n", encoding="utf-8")
    workbook = root / "examples" / "workbooks" / "EJ-01.xlsx"
    status, _, stderr = cti("score", str(workbook), "--entities", str(listed), "-o", str(tmp_path / "out"))
    assert status == 0
    assert "[/x] [red]Villa" in stderr


def test_the_table_of_validate_breaks_no_name_at_80_columns(root: Path) -> None:
    workbooks = root / "examples" / "workbooks"
    done = cti_process(
        "validate", "EJ-01.xlsx", "EJ-02.xlsx", folder=workbooks, COLUMNS="80", LANG="es_CO.UTF-8"
    )
    rows = done.stderr.splitlines()
    assert "Libros · mmmctic@2020-04 1.0.0" in rows[0]
    assert all(len(row) <= 80 for row in rows)
    assert any(row.split()[:1] == ["EJ-01.xlsx"] for row in rows)
    header = next(row for row in rows if "Archivo" in row)
    assert "Errores" in header
    assert "Resultado" in header


@pytest.mark.skipif(os.name == "nt", reason="streams of POSIX")
def test_a_closed_stream_changes_neither_results_nor_the_exit_status(root: Path, tmp_path: Path) -> None:
    examples = root / "examples"
    listed = examples / "entities.csv"
    cti_ = f"{shlex.quote(sys.executable)} -m ctimaturity"
    calls = {
        f"score {examples / 'workbooks' / 'EJ-01.xlsx'} --entities {listed} -o out": 0,
        f"validate {examples / 'workbooks' / 'EJ-01.xlsx'}": 1,
        "questionnaire list": 0,
        "nonsense": 2,
    }
    for closed in ("2>&-", ">&-", "<&- >&- 2>&-"):
        for call, wanted in calls.items():
            command = f"{cti_} {call} {closed}"
            ran = subprocess.run(
                ["/bin/sh", "-c", command], check=False, capture_output=True, text=True, cwd=tmp_path
            )
            assert (ran.returncode, TRACE in ran.stderr) == (wanted, False), (command, ran.stderr)
        assert (tmp_path / "out" / "index.csv").stat().st_size > 0, closed
        shutil.rmtree(tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("arguments", "enough"),
    [
        (("score", "examples/workbooks", "--entities", "examples/entities.csv"), 0),
        (("template", "-q", "mmmctic@2021-11", "--entities", "examples/entities.csv"), 2),
        (("validate", "examples/workbooks", "--entities", "examples/entities.csv", "--annotate"), 2),
    ],
    ids=["whole", "file-by-file", "by-workers"],
)
def test_an_interruption_says_what_was_kept(
    arguments: tuple[str, ...], enough: int, root: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    last = () if arguments[-1] == "--annotate" else ("-o",)
    program = "from ctimaturity.cli import main; print('begun', flush=True); main()"
    command = [sys.executable, "-c", program, *arguments, *last, str(out)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root, start_new_session=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # else a slow machine interrupts Python's own start
        begun = time.monotonic()
        while process.poll() is None and time.monotonic() - begun < 600:
            there = [path for path in out.glob("*.xlsx") if not path.name.startswith(".")]
            if (enough and len(there) >= enough) or (not enough and time.monotonic() - begun > 1):
                break
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=600)
    assert TRACE not in errors
    assert not list(tmp_path.rglob(".*"))
    if process.returncode == 130:
        assert "Ctrl-C" in errors
        assert ("nothing was written" in errors) is (not out.exists() or not any(out.iterdir()))
