"""Statements of one survey on scales of their own: each answer counts by the scale of its statement."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from terminal import cti

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

TWO_SCALES = """\
schema: 1
id: two
edition: v1
version: 1.0.0
title: {en: Two scales}
languages: [en]
segments: [{id: women, label: {en: Women}}, {id: men, label: {en: Men}}]
scales:
  agree:
    options:
      - {code: 1, points: 1, label: {en: Disagree}}
      - {code: 2, points: 2, label: {en: Neutral}}
      - {code: 3, points: 3, label: {en: Agree}}
    dont_know: {code: NS, label: {en: Do not know}}
  often:
    options:
      - {code: N, points: 1, label: {en: Never}}
      - {code: A, points: 1.5, label: {en: Sometimes}}
      - {code: 3, points: 3, label: {en: Always}}
measurements:
  - id: opinion
    title: {en: Opinion}
    collects: respondents
    blanks: exclude
    rule: mean
    over: items
    item_defaults: {scale: agree}
    kinds: [{id: area, rule: mean}]
    tree:
      - id: one
        title: {en: Area one}
        items:
          - {id: a, text: {en: First}}
          - {id: b, text: {en: Second}, scale: often, reverse: true}
          - {id: c, text: {en: Third}}
index:
  title: {en: The index}
  rule: mean
  weights: {opinion: 1}
  harmonised: {minimum: 0, maximum: 100}
  levels: {parts: 2, side: lower, names: [{name: {en: Low}}, {name: {en: High}}]}
"""


def run(*words: str | Path) -> int:
    return cti(*map(str, words))[0]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    path.write_text(TWO_SCALES, encoding="utf-8")
    return path


WIDE = "segment,a,b,c\nwomen,1,N,3\nwomen,3,Always,NS\nmen,2,A,\nmen,3,2,1\n"
COUNTS = (
    "segment,item,1,2,3,N,A,NS,blank\n"
    "women,a,1,0,1,0,0,0,0\nwomen,b,0,0,1,1,0,0,0\nwomen,c,0,0,1,,,1,0\n"
    "men,a,0,1,1,0,0,0,0\nmen,b,0,0,0,0,1,0,1\nmen,c,1,0,0,0,0,0,1\n"
)


@pytest.mark.parametrize("text", [WIDE, COUNTS], ids=["wide", "counts"])
def test_each_statement_counts_by_its_own_scale(tmp_path: Path, definition: Path, text: str) -> None:
    # `2` is an option of a and c, not of b: there it is set aside as blank.
    export = tmp_path / "05001.csv"
    export.write_text(text, encoding="utf-8")
    assert run("score", "--survey", export, "-q", definition, "-o", tmp_path / "out", "--quiet") == 0
    scores = {row["node"]: row for row in rows(tmp_path / "out" / "scores.csv")}
    assert float(scores["a"]["score"]) == (1 + 3 + 2 + 3) / 4
    # Reversed on [1, 3]: never 4 - 1, always 4 - 3, sometimes 4 - 1.5.
    assert float(scores["b"]["score"]) == pytest.approx((3 + 1 + 2.5) / 3, abs=1e-15)
    assert float(scores["c"]["score"]) == (3 + 1) / 2
    assert scores["b"]["coverage"] == "0.75"
    counted = {
        (row["segment"], row["option"]): row["count"]
        for row in rows(tmp_path / "out" / "tallies.csv")
        if row["item"] == "b"
    }
    assert counted == {("women", "N"): "1", ("women", "3"): "1", ("men", "A"): "1", ("men", "blank"): "1"}


def test_the_result_folder_is_read_back(tmp_path: Path, definition: Path) -> None:
    export = tmp_path / "05001.csv"
    export.write_text(WIDE, encoding="utf-8")
    run("score", "--survey", export, "-q", definition, "-o", tmp_path / "out", "--quiet")
    assert run("explain", tmp_path / "out") == 0


def test_counts_of_an_option_that_the_statement_does_not_have(tmp_path: Path, definition: Path) -> None:
    export = tmp_path / "05001.csv"
    export.write_text(COUNTS.replace("women,a,1,0,1,0", "women,a,1,0,1,4"), encoding="utf-8")
    assert run("survey", "import", export, "-q", definition, "-o", tmp_path / "out", "--quiet") == 1
    (finding,) = [row for row in rows(tmp_path / "out" / "findings.csv") if row["severity"] == "error"]
    assert (finding["code"], finding["line"], finding["value"]) == ("P416", "2", "a N")


PEOPLE = (
    ("Women", "1", "N", "3"),
    ("Women", 3, "always", "NS"),
    ("Men", 2, "A", None),
    ("Men", "Agree", 3, 1),
)
"""Segment and answers to a, b and c; 3 is `Agree` of a and c, and `Always` of b."""
TABLES = {
    # Columns 1, 2, 3, N, A, NS and blank, in the order of the sheet; rows a, b and c.
    "Women": ((1, 0, 1, None, None, 0, 0), (None, None, 1, 1, 0, None, 0), (0, 0, 1, None, None, 1, 0)),
    "Men": ((0, 1, 1, None, None, 0, 0), (None, None, 1, 0, 1, None, 0), (1, 0, 0, None, None, 0, 1)),
}


def filled(folder: Path, definition: Path, form: str) -> Workbook:
    """The blank workbook of a form, with the answers of `PEOPLE` in it."""
    path = folder / "blank.xlsx"
    given = ("-q", definition, "--perception", form, "--lang", "en", "-o", path, "--quiet")
    assert run("template", *given) == 0
    book = openpyxl.load_workbook(path)
    cover = book["Cover"]
    (code,) = [cell for row in cover.iter_rows() for cell in row if cell.value == "entity_code"]
    cover.cell(code.row, code.column + 2).value = "05001"
    if form == "counts":
        for segment, table in TABLES.items():
            for row, counts in enumerate(table, 7):
                for column, count in enumerate(counts, 4):
                    book[f"Opinion - {segment}"].cell(row, column).value = count
        return book
    for number, answers in enumerate(PEOPLE):
        for place, answer in enumerate(answers):
            row, column = (6 + number, 2 + place) if form == "grid" else ((6, 8, 9, 10)[place], 4 + number)
            book["Opinion"].cell(row, column).value = answer
    return book


@pytest.mark.parametrize("form", ["list", "grid", "counts"])
def test_a_workbook_of_two_scales_is_read_back(tmp_path: Path, definition: Path, form: str) -> None:
    filled(tmp_path, definition, form).save(tmp_path / "filled.xlsx")
    out = tmp_path / "out"
    assert run("score", tmp_path / "filled.xlsx", "-q", definition, "-o", out, "--quiet") == 0
    scores = {row["node"]: row for row in rows(out / "scores.csv")}
    assert float(scores["a"]["score"]) == (1 + 3 + 2 + 3) / 4
    # Reversed on [1, 3]: never 3, always 1 twice, sometimes 2.5.
    assert float(scores["b"]["score"]) == (3 + 1 + 2.5 + 1) / 4
    assert float(scores["c"]["score"]) == (3 + 1) / 2
    counted = {
        (row["segment"], row["item"], row["option"]): row["count"] for row in rows(out / "tallies.csv")
    }
    assert counted == {
        **{("women", "a", option): "1" for option in ("1", "3")},
        **{("women", "b", option): "1" for option in ("N", "3")},
        **{("women", "c", option): "1" for option in ("3", "dont_know")},
        **{("men", "a", option): "1" for option in ("2", "3")},
        **{("men", "b", option): "1" for option in ("A", "3")},
        **{("men", "c", option): "1" for option in ("1", "blank")},
    }


@pytest.mark.parametrize(
    ("form", "sheet", "place", "answer"),
    [
        # 2 is an answer to a and c, N one to b; nobody can have said them of the other.
        ("list", "Opinion", "D9", 2),
        ("grid", "Opinion", "D6", "Agree"),
        ("counts", "Opinion - Women", "G7", 1),
        ("counts", "Opinion - Men", "D8", 1),
    ],
)
def test_an_answer_of_the_other_scale_refuses_the_workbook(
    tmp_path: Path, definition: Path, form: str, sheet: str, place: str, answer: object
) -> None:
    book = filled(tmp_path, definition, form)
    book[sheet][place] = answer
    book.save(tmp_path / "filled.xlsx")
    given = (str(tmp_path / "filled.xlsx"), "-q", str(definition), "--lang", "en", "--quiet")
    status, said, _ = cti("validate", *given)
    assert status == 1
    assert re.findall(r"\[(.+)\]: (\w+) .*\(error\)", said) == [(f"{sheet}!{place}", "A203")]
    assert cti("score", *given, "-o", str(tmp_path / "out"))[0] == 2


def test_the_counts_and_the_legend_say_which_scale_is_meant(tmp_path: Path, definition: Path) -> None:
    book = filled(tmp_path, definition, "counts")
    assert [cell.value for cell in book["Opinion - Women"][5][3:9]] == [
        "1 - Disagree",
        "2 - Neutral",
        "3 - Agree / 3 - Always",
        "N - Never",
        "A - Sometimes",
        "NS - Do not know",
    ]
    titles = {row[1].value for row in book["Answers"].iter_rows()}
    assert {"Opinion: a, c", "Opinion: b"} <= titles
