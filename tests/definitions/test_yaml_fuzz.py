"""Hostile definitions: whatever a file says, a diagnostic in bounded time and memory, never a traceback."""

from __future__ import annotations

import random
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctimaturity.definitions.check import check_definition
from ctimaturity.definitions.crosswalk import read_crosswalk
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.diagnostic import has_errors
from ctimaturity.language.findings import wording
from small_definition import SMALL
from terminal import cti_process

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic

pytestmark = pytest.mark.slow
SECONDS = 6.0
"""Of the processor, for a file at the limit of its size."""
MEGABYTES = 400
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WIDE = "x" * 10_000_000
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + depth)}: &{chr(98 + depth)} [{','.join([f'*{chr(97 + depth)}'] * 9)}]\n" for depth in range(9)
)
CORPUS = {
    "bomb of aliases": BOMB.encode(),
    "merge bomb": b"a: &a {x: 1}\nb: {<<: [*a, *a, *a]}\n",
    "alias to itself": b"a: &a [*a]\n",
    "deep brackets": b"[" * 200_000,
    "deep mappings": b"{a: " * 100_000,
    "deep hyphens": b"- " * 200_000,
    "deep indentation": b"".join(b" " * depth + b"a:\n" for depth in range(1500)),
    "question marks": b"? " * 100_000,
    "python tag": b"schema: !!python/object/apply:os.system ['true']\n",
    "binary tag": b"schema: !!binary aGk=\n",
    "unknown tag": b"!x {schema: 1}\n",
    "tag directive": b"%TAG ! tag:x,2000:\n---\nschema: !y 1\n",
    "two documents": b"schema: 1\n---\nschema: 1\n",
    "utf-16": SMALL.encode("utf-16"),
    "utf-16 without a mark": SMALL.encode("utf-16-le"),
    "utf-32": SMALL.encode("utf-32"),
    "latin-1": "schema: 1\ntitle: {en: Año}\n".encode("latin-1"),
    "utf-7": b"schema: 1\ntitle: +AGE-\n",
    "surrogates": b"title: \xed\xa0\x80\n",
    "NUL": b"schema: 1\0\n",
    "only NUL": b"\0" * 4096,
    "escape sequences": b"schema: \x1b[31m1\n",
    "escaped NUL": b'title: {en: "\\0"}\n',
    "a line of 10 MB": f"title: {{en: {WIDE}}}\n".encode(),
    "a key of 3 MB": f"{WIDE[:3_000_000]}: 1\n".encode(),
    "a text of 3 MB": SMALL.replace("Check of a library", WIDE[:3_000_000]).encode(),
    "a comment of 3 MB": f"# {WIDE[:3_000_000]}\n{SMALL}schema: 1\n".encode(),
    "a number of a million digits": SMALL.replace("weight: 3", f"weight: {'9' * 1_000_000}").encode(),
    "duplicate keys": b"schema: 1\n" * 50_000,
    "unknown keys": "".join(f"k{number}: 1\n" for number in range(60_000)).encode(),
    "many measurements": ("schema: 1\nmeasurements:\n" + "  - {id: a}\n" * 30_000).encode(),
    "many levels of nodes": SMALL.replace(
        "      - id: house",
        "      - id: deep\n        title: {en: D}\n        rule: mean\n        children: "
        + "[{id: n, title: {en: N}, rule: mean, children: " * 25
        + "[]"
        + "}]" * 25
        + "\n      - id: house",
    ).encode(),
    "not a number": SMALL.replace("weight: 3", "weight: .nan").encode(),
    "infinity": SMALL.replace("weight: 3", "weight: .inf").encode(),
    "minus infinity": SMALL.replace("exponent: 2", "exponent: -.Inf").encode(),
    "exponent": SMALL.replace("weight: 3", "weight: 1e999999999").encode(),
    "octal": SMALL.replace("parts: 2", "parts: 0o17").encode(),
    "hexadecimal": SMALL.replace("parts: 2", "parts: 0x7fffffff").encode(),
    "sexagesimal": SMALL.replace("parts: 2", "parts: 1:30").encode(),
    "huge parts": SMALL.replace("parts: 2", "parts: 999999999").encode(),
    "a date as edition": SMALL.replace("edition: v1", "edition: 2020-04-01T00:00:00Z").encode(),
    "a date as number": SMALL.replace("weight: 3", "weight: 2020-04-01").encode(),
    "yes as number": SMALL.replace("weight: 3", "weight: yes").encode(),
    "nothing": b"",
    "only a comment": b"# nothing\n",
    "a scalar": b"schema",
    "a list": b"- schema: 1\n",
    "null": b"~\n",
    "a tab": b"schema: 1\nscales:\n\tdone: 1\n",
    "a bracket left open": b"schema: [1\n",
    "a path outside": SMALL.replace("measurements:\n", "measurements:\n  - ../../etc/passwd\n").encode(),
    "itself as measurement": SMALL.replace(
        "measurements:\n", "measurements:\n  - questionnaire.yaml\n"
    ).encode(),
    "carriage returns": SMALL.replace("\n", "\r").encode() + b"x",
    "a template": SMALL.replace("Check of a library", "{{ 7 * 7 }}").encode(),
}
"""Each is refused with an error."""
ALIKE = SMALL.replace(
    "          - {id: fire-exit",
    "".join(
        f"          - {{id: i{number}, text: {{en: The entity has plan {number} of {number % 7} offices}}}}\n"
        for number in range(3000)
    )
    + "          - {id: fire-exit",
)
"""Thousands of items that read almost alike: a definition that is only suspicious."""


def held(folder: Path, data: bytes) -> Sequence[Diagnostic]:
    """What is found in a definition, after everything that holds of any findings."""
    main = folder / "questionnaire.yaml"
    main.write_bytes(data)
    start = time.process_time()
    checked = check_definition(main)
    assert time.process_time() - start < SECONDS
    for finding in checked.diagnostics[:200]:
        assert finding.location.file
        for language in ("es", "en"):
            words = wording(finding, language)
            assert words.message
            assert len(words.message) < 1000
    assert checked.questionnaire is not None or has_errors(checked.diagnostics)
    return checked.diagnostics


@pytest.mark.parametrize("name", CORPUS)
def test_every_trap_is_an_error_in_bounded_time(tmp_path: Path, name: str) -> None:
    assert Severity.ERROR in {finding.severity for finding in held(tmp_path, CORPUS[name])}


@pytest.mark.parametrize("name", ["bomb of aliases", "deep mappings", "unknown keys", "a line of 10 MB"])
def test_memory_is_bounded(tmp_path: Path, name: str) -> None:
    tracemalloc.start()
    try:
        held_without_clock(tmp_path, CORPUS[name])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEGABYTES * 1_000_000


def test_thousands_of_items_that_are_alike_are_compared_in_bounded_time(tmp_path: Path) -> None:
    found = held(tmp_path, ALIKE.encode())
    assert {finding.severity for finding in found} == {Severity.WARNING}


def held_without_clock(folder: Path, data: bytes) -> None:
    """The same without its time: whoever counts memory is slow."""
    main = folder / "questionnaire.yaml"
    main.write_bytes(data)
    assert has_errors(check_definition(main).diagnostics)


@pytest.mark.parametrize("name", ["python tag", "NUL", "unknown keys", "a number of a million digits"])
def test_the_command_says_so_without_a_traceback(tmp_path: Path, name: str) -> None:
    (tmp_path / "questionnaire.yaml").write_bytes(CORPUS[name])
    for form in ("text", "sarif"):
        done = cti_process("questionnaire", "check", str(tmp_path), "-f", form)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stdout


SCALARS = st.sampled_from(
    [
        " ",
        "~",
        "null",
        "1",
        "-1",
        "0",
        "0.5",
        "1e9",
        ".nan",
        ".inf",
        "0o7",
        "010",
        "yes",
        "true",
        "2020-01-01",
        "1:30",
        "'x'",
        '"\\u0000"',
        "[]",
        "{}",
        "[1, 2]",
        "{es: x}",
        "{en: }",
        "[[[]]]",
        "&a x",
        "*a",
        "!!str x",
        "practice",
        "house",
        "done",
        "ñ",
        "a: b",
        "../x.yaml",
        "<<",
        "- - -",
        "x" * 5000,
        "9" * 40,
        "\u2028",
    ]
)
LINES = SMALL.splitlines(keepends=True)


@QUICK
@given(st.data())
def test_a_definition_with_values_of_other_kinds(tmp_path: Path, data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[at].rstrip("\n").partition(":")
        lines[at] = f"{key}{colon} {data.draw(SCALARS)}\n"
    held(tmp_path, "".join(lines).encode())


@QUICK
@given(st.data())
def test_a_definition_with_lines_moved_left_out_and_repeated(tmp_path: Path, data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match data.draw(st.sampled_from(["move", "drop", "repeat", "indent"])):
            case "move":
                lines.insert(to, lines.pop(at))
            case "drop":
                del lines[at]
            case "repeat":
                lines[to:to] = lines[at : at + 5]
            case _:
                lines[at] = "  " + lines[at]
    held(tmp_path, "".join(lines).encode())


@pytest.mark.parametrize("seed", range(3))
def test_a_definition_with_bytes_changed(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (the same changes each time, no secrets)
    for _ in range(60):
        changed = bytearray(SMALL.encode())
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(changed))
            match chance.randrange(3):
                case 0:
                    changed[at] = chance.randrange(256)
                case 1:
                    del changed[at : at + chance.choice([1, 5, 50])]
                case _:
                    changed[at:at] = changed[at : at + 20] * chance.randint(1, 30)
        held(tmp_path, bytes(changed))


@QUICK
@given(st.binary(max_size=200))
def test_bytes(tmp_path: Path, data: bytes) -> None:
    held(tmp_path, data)


@QUICK
@given(st.text(st.sampled_from("schema: 1\n-[]{}&*!|>'\"#%@`?,~<\\ \t\x85\u2028ñ0"), max_size=80))
def test_a_crosswalk_of_marks(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a--b.yaml"
    path.write_bytes(f"schema: 1\nid: a\nfrom: a\nto: b\nsame: {text}\n".encode())
    source, crosswalk = read_crosswalk(path)
    assert crosswalk is not None or has_errors(source.diagnostics)
