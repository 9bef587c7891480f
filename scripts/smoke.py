"""Run every command of an installed `cti` once, on the bundled example, in an empty folder.

    BIN/python scripts/smoke.py             with the Python that `cti` is installed for
    BIN/python scripts/smoke.py --keep DIR  keeps there what each wrote and printed, and every help in both
                                            languages: `diff -r` of two such folders shows what a change
                                            changed for users

It needs nothing but the standard library, so that it runs beside the lowest versions that are allowed.
Scores are none of its business: tests hold those.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
STAGES = (
    """
    demo --out demo
    ! score {examples}/workbooks --entities {examples}/entities.csv -o out -f csv -f html -f xlsx -f json
    ! validate {examples}/workbooks --entities {examples}/entities.csv
    template -q mmmctic@2020-04 -o blank.xlsx
    questionnaire list
    questionnaire show mmmctic@2020-04 --booklet booklet.html
    questionnaire check mmmctic@2021-11
    questionnaire diff mmmctic@2020-04 mmmctic@2021-11
    questionnaire schema measurement
    questionnaire new model
    reference new -q mmmctic@2020-04 -o ranges.yaml
    reference show {examples}/reference.yaml
    reference check {examples}/reference.yaml
    ! reference calibrate {examples}/results --method quantile -o calibrated.yaml
    results import {examples}/statistics.csv -q mmmctic@2020-04 --entities {examples}/entities.csv
    survey export -q mmmctic@2020-04 --format xlsform -o form.xlsx
    survey check {examples}/surveys/kobo.csv -q mmmctic@2020-04 --entities {examples}/entities.csv
    survey import {examples}/surveys/kobo.csv -q mmmctic@2020-04 --entities {examples}/entities.csv -o survey
    survey sample-size --population 12000 --margin 0.05
    round new 2026 --entities {examples}/entities.csv -q mmmctic@2020-04 --perception none
    explain {examples}/results habitat --entity EJ-01
    explain-code A203
    questionnaire migrate {examples}/workbooks/EJ-01.xlsx --to mmmctic@2021-11 -o moved.xlsx \
        --entities {examples}/entities.csv
    compare {examples}/results {examples}/results -o change
    report {examples}/results --entity EJ-01 -f html -f pdf -f parquet -o pages
    roadmap plan {examples}/results --entity EJ-01 -f xlsx -f html -o plans
    panel add panel {examples}/results --round 2026
    """,
    """
    questionnaire release model
    round status 2026
    roadmap update plans/plans --date 2027-06-30
    panel show panel --entity EJ-01
    verify demo --inputs {examples}
    !! explain demo --entity
    !! template -q mmmctic@2020-04 --perception nothing
    !! score
    """,
)
"""Every command: those of the second stage take what those of the first have made.

With ! before it a command ends with status 1, as it must: one workbook of the example is refused on
purpose, and ten entities are too few to calibrate every indicator. With !! it is a wrong call.
"""


FAILING = {"!": 1, "!!": 2}


def commands() -> list[list[list[str]]]:
    """The words after `cti`, by stage; ! or !! may stand first."""
    texts = [stage.format(examples=EXAMPLES.as_posix()) for stage in STAGES]
    return [[shlex.split(line) for line in text.strip().splitlines()] for text in texts]


def run(words: list[str], folder: Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    """A command as a user runs it, with nothing but what is installed (-I)."""
    return subprocess.run(
        [sys.executable, "-I", "-m", "ctimaturity", *words],
        cwd=folder,
        env={**os.environ, "LANG": f"{language}.UTF-8", "LC_ALL": f"{language}.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def printed(done: subprocess.CompletedProcess[str]) -> str:
    """What a command printed, and its exit status."""
    return f"{done.stdout}\n--- stderr\n{done.stderr}\n--- {done.returncode}\n"


def keep_helps(folder: Path) -> None:
    """Keep the help of every command and of its group, in both languages."""
    every = [words[1:] if words[0] in FAILING else words for stage in commands() for words in stage]
    named = {tuple(words[:2]) for words in every if words[1:] and words[1][:1].isalpha()}
    for names in sorted({*named, *((words[0],) for words in every)}):
        for language in ("en", "es"):
            kept = folder / f"help {' '.join(names)} {language}.txt"
            kept.write_text(printed(run([*names, "--help"], folder, language)), "utf-8")


def complaint(words: list[str], folder: Path, *, keep: bool = False) -> str:
    """What is wrong with a command when it is run; empty when nothing is."""
    expected = FAILING.get(words[0], 0)
    words = words[1:] if expected else words
    done = run(words, folder)
    if keep:
        name = "_".join(word.rpartition("/")[2] for word in words)[:120]
        (folder / f"printed {name}.txt").write_text(printed(done), "utf-8")
    if done.returncode == expected and "Traceback" not in done.stderr:
        return ""
    return (
        f"cti {shlex.join(words)}\nstatus {done.returncode} instead of {expected}\n{done.stdout}{done.stderr}"
    )


def main() -> int:
    """Run them all, and say which fail."""
    began = time.monotonic()
    keep = sys.argv[1:2] == ["--keep"]
    folder = Path(sys.argv[2]).resolve() if keep else Path(tempfile.mkdtemp(prefix="cti-smoke-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with ThreadPoolExecutor(2) as threads:
            said = [
                text
                for stage in commands()
                for text in threads.map(lambda words: complaint(words, folder, keep=keep), stage)
                if text
            ]
        if keep:
            keep_helps(folder)
    finally:
        if not keep:
            shutil.rmtree(folder)
    for text in said:
        print(text)
    count = sum(map(len, commands()))
    print(f"{count - len(said)} of {count} commands run, in {time.monotonic() - began:.0f} s")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
