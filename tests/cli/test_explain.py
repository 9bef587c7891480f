from __future__ import annotations

import json

from ctimaturity.reporting.explanation import explanation_of
from ctimaturity.workflows.score import load
from rounds import EXAMPLE, scored_example
from terminal import cti

ENTITY = ("explain", str(EXAMPLE), "--entity", "EJ-05")


def test_the_tree_before_and_after_with_the_rank_it_would_give() -> None:
    status, stdout, stderr = cti(*ENTITY, "C-07", "--set", "C-07-b=0", "--lang", "en")
    assert (status, stderr) == (0, "")
    lines = stdout.splitlines()
    assert "  C-07-b  1 → 0" in lines
    assert "rank  4= of 8 → 5 of 8" in lines
    # C-07 has 27 points, of which b (2), e (3) and h (6) are met: 6 * 11 / 27, then 6 * 9 / 27.
    assert "* C-07  2.44 → 2.00 (−0.44)  level 3 Coordinated → 2 Isolated  Public servants' skills" in lines
    marked = [line.split()[1] for line in lines if line.lstrip().startswith("* ")]
    assert marked == ["C-07", "C-07-b"]


def test_a_small_change_is_no_change_of_nought() -> None:
    _, stdout, _ = cti(*ENTITY, "index", "--set", "C-07-a=1", "--depth", "0", "--lang", "en")
    (line,) = (line for line in stdout.splitlines() if line.startswith("  index"))
    # One point of 27 in one of four capacities of one of five axes of a third: 6 / 27 / 4 / 5 / 3.
    assert line == "  index  3.33 → 3.33 (+0.0037)  level 3 Coordinated"


def test_the_same_for_a_script() -> None:
    options = ("--set", "C-07-b=0", "--set", "R-HAB-03=6", "-f", "json")
    status, stdout, _ = cti(*ENTITY, "C-07", *options)
    told = json.loads(stdout)
    assert status == 0
    assert told["what_if"]["settings"][1] == {
        "item": "R-HAB-03",
        "part": "criterion",
        "before": "4",
        "after": "6",
        "mark": "",
        "segment": "",
        "asked": "",
    }
    assert (told["what_if"]["rank_before"], told["what_if"]["ranked"]) == (4, 8)
    assert told["nodes"][0]["before"]["score"] == 6 * 11 / 27
    assert told["nodes"][0]["score"] == 6 * 9 / 27
    assert "before" not in next(node for node in told["nodes"] if node["node"] == "C-07-a")
    moved = {(each["measurement"], each["node"]) for each in told["what_if"]["changes"]}
    assert {("index", "index"), ("results", "habitat"), ("profile", "habitat")} <= moved


def test_what_changes_nothing_says_so() -> None:
    status, stdout, stderr = cti(*ENTITY, "C-07-b", "--set", "R-HAB-03.value=3", "--lang", "en")
    assert status == 0
    assert "It changes no score." in stdout
    assert "S408 setting-unread" in stderr


def test_what_cannot_be_set_ends_with_two() -> None:
    status, stdout, stderr = cti(*ENTITY, "--set", "C-07-b=7", "--set", "C-99-a=1", "--lang", "en")
    assert (status, stdout) == (2, "")
    assert "S405" in stderr
    assert "S402" in stderr


def test_one_of_a_folder_is_explained_from_its_own_rows_alone() -> None:
    """The same numbers, bits and rank as among all, ties and those without a rank too."""
    everybody = scored_example()
    # Of every status, a department, one of two with the same rank.
    some = ("EJ-01", "EJ-03", "EJ-05", "EJ-09", "EJ-11", "EJ-12")
    by_code = {row.entity.code: row for row in everybody.index.rows}
    assert {by_code[code].status for code in some} == {row.status for row in everybody.index.rows}
    for code in some:
        row = by_code[code]
        alone = load(EXAMPLE, code)
        assert list(alone.answers) == [code]
        mine = explanation_of(alone, code, None, "es")
        among_all = explanation_of(everybody, code, None, "es")
        assert mine is not None
        assert among_all is not None
        assert mine.branches == among_all.branches
        assert (mine.row.rank, mine.row.tied, mine.row.status) == (row.rank, row.tied, row.status)
    assert load(EXAMPLE, "nobody").index.rows == everybody.index.rows
