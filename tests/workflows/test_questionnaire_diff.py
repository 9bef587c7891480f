"""Two definitions compared, and what the change does to those who answered."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ctimaturity.definitions.library import Library, read_definition
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.installation import data_folder
from ctimaturity.model.canonical import canonical_json
from ctimaturity.model.difference import ChangeClass
from ctimaturity.workflows.options import ReadingOptions
from ctimaturity.workflows.questionnaire_diff import DiffRequest, diff_definitions
from small_instrument import ANSWERS, PLAIN, plain, returned

if TYPE_CHECKING:
    from pathlib import Path


def file_of(folder: Path, name: str, *edits: tuple[str, str]) -> str:
    path = folder / f"{name}.yaml"
    path.write_text(plain(*edits), encoding="utf-8")
    return str(path)


def test_one_weight_is_score_breaking_and_the_ranks_that_move_are_shown(tmp_path: Path) -> None:
    old = file_of(tmp_path, "old")
    new = file_of(tmp_path, "new", ("weight: 1", "weight: 3"), ("version: 1.0.0", "version: 2.0.0"))
    found = diff_definitions(old, new, DiffRequest(workbooks=(returned(tmp_path / "in", old),)))
    assert found.difference.grade is ChangeClass.BREAKING
    assert found.diagnostics == ()
    assert found.impact is not None
    moves = {move.code: move for move in found.impact.moves}
    # Areas: one = (a + b) / 2, two = c; index = (one + two) / 2.
    # 05001: (2 + 1) / 2 = 1.5; 05002: (2 + 2) / 2 = 2.
    assert [moves[code].before.index for code in ANSWERS] == [1.5, 2.0]
    # a weighs 3: one = (3 a + b) / 4. 05001: (2.5 + 1) / 2 = 1.75; 05002: (1.5 + 2) / 2 = 1.75.
    assert [moves[code].after.index for code in ANSWERS] == [1.75, 1.75]
    assert [moves[code].change for code in ANSWERS] == [0.25, -0.25]
    assert [moves[code].before.rank for code in ANSWERS] == [2, 1]
    assert [moves[code].after.rank for code in ANSWERS] == [1, 1]
    # Halves of [1, 3], a bound belonging to the upper level: 2 was High, 1.75 is Low.
    assert [moves[code].level_changes for code in ANSWERS] == [False, True]


def test_a_version_that_does_not_say_it_is_an_error_at_its_line(tmp_path: Path) -> None:
    old = file_of(tmp_path, "old")
    new = file_of(tmp_path, "new", ("weight: 1", "weight: 3"), ("version: 1.0.0", "version: 1.0.1"))
    (finding,) = diff_definitions(old, new).diagnostics
    assert (finding.code.name, finding.parameters["wanted"]) == ("version-not-raised", "2.0.0")
    assert (finding.location.file, finding.location.line) == (new, 4)


def test_a_version_that_goes_backwards_is_an_error(tmp_path: Path) -> None:
    old = file_of(tmp_path, "old")
    new = file_of(tmp_path, "new", ("version: 1.0.0", "version: 0.9.0"))
    (finding,) = diff_definitions(old, new).diagnostics
    assert finding.code.name == "version-backwards"


def test_answers_to_items_that_are_gone_are_counted(tmp_path: Path) -> None:
    old = file_of(tmp_path, "old")
    line = "          - {id: b, text: {en: Second}}\n"
    new = file_of(tmp_path, "new", (line, ""), ("version: 1.0.0", "version: 2.0.0"))
    found = diff_definitions(old, new, DiffRequest(workbooks=(returned(tmp_path / "in", old),)))
    assert found.impact is not None
    assert found.impact.lost == {"b": 2}
    # Without b the area is a: 05001 (3 + 1) / 2 = 2, 05002 (1 + 2) / 2 = 1.5.
    assert {move.code: move.after.index for move in found.impact.moves} == {"05001": 2.0, "05002": 1.5}


def test_workbooks_of_a_release_between_the_two_are_read_with_their_own(tmp_path: Path) -> None:
    """Two versions of workbooks in one folder: the newer answers of an entity count."""
    old = file_of(tmp_path, "old")
    new = file_of(tmp_path, "new", ("First", "The first"), ("version: 1.0.0", "version: 1.0.1"))
    folder = returned(tmp_path / "in", old)
    (folder / "05001.xlsx").rename(folder / "old-05001.xlsx")
    returned(tmp_path / "later", new, {"05001": ("1", "1", "1")})
    (tmp_path / "later" / "05001.xlsx").rename(folder / "05001.xlsx")
    found = diff_definitions(old, new, DiffRequest(workbooks=(folder,)))
    assert found.difference.grade is ChangeClass.COSMETIC
    assert [finding.code.name for finding in found.diagnostics] == ["entity-scored-once"]
    assert found.impact is not None
    assert {move.code: move.after.index for move in found.impact.moves} == {"05001": 1.0, "05002": 2.0}


def test_invented_entities_answer_shared_items_alike(tmp_path: Path) -> None:
    old = file_of(tmp_path, "old")
    new = file_of(tmp_path, "new", ("First", "The first"), ("version: 1.0.0", "version: 1.0.1"))
    found = diff_definitions(old, new, DiffRequest(synthetic=12))
    assert found.impact is not None
    assert len(found.impact.moves) == 12
    assert not any(move.moves for move in found.impact.moves)
    assert len({move.after.index for move in found.impact.moves}) > 3


def test_invented_entities_are_ranked_under_the_ministrys_model() -> None:
    found = diff_definitions("mmmctic@2020-04", "mmmctic@2021-11", DiffRequest(synthetic=6))
    assert found.impact is not None
    assert [move.after.rank for move in found.impact.moves] == [1, 2, 3, 4, 5, 6]
    assert {move.before.status for move in found.impact.moves} == {"ranked"}
    assert not found.impact.same_scale


def test_the_mistakes_of_both_are_told(tmp_path: Path) -> None:
    broken = [
        file_of(tmp_path, name, ("    rule: mean\n    item", "    rule: meen\n    item"))
        for name in ("old", "new")
    ]
    with pytest.raises(JobError) as caught:
        diff_definitions(*broken)
    assert {finding.location.file for finding in caught.value.diagnostics} == set(broken)


def test_the_small_instrument_is_what_these_tests_count_on(tmp_path: Path) -> None:
    questionnaire = read_definition(tmp_path / file_of(tmp_path, "one"))
    assert list(questionnaire.item_by_id) == ["a", "b", "c"]
    assert PLAIN.splitlines()[3].startswith("version:")


def test_workbooks_of_another_edition_need_a_crosswalk(tmp_path: Path) -> None:
    old = file_of(tmp_path, "old")
    new = file_of(tmp_path, "new", ("edition: v1", "edition: v2"))
    found = diff_definitions(old, new, DiffRequest(workbooks=(returned(tmp_path / "in", old),)))
    assert [finding.code.name for finding in found.diagnostics] == ["no-crosswalk"]
    assert found.impact is not None
    assert found.impact.moves == ()


def test_the_bundled_example_with_one_measurement_weighing_double(tmp_path: Path) -> None:
    old = Library().find("mmmctic@2020-04")
    index = old.index.model_copy(update={"weights": {**old.index.weights, "results": Decimal(2)}})
    new = tmp_path / "new.json"
    new.write_bytes(canonical_json(old.model_copy(update={"index": index, "version": "2.0.0"})))
    folder = data_folder("examples")
    request = DiffRequest(
        workbooks=(folder / "workbooks",), reading=ReadingOptions(entities=folder / "entities.csv")
    )
    found = diff_definitions("mmmctic@2020-04", str(new), request)
    (change,) = found.difference.changes
    assert (change.grade, change.id, change.before, change.after) == (
        ChangeClass.BREAKING,
        "results",
        "1",
        "2",
    )
    assert found.impact is not None
    first = next(move for move in found.impact.moves if move.code == "EJ-01")
    # (4.6385 + 5.2375 + 2 x 5.3871) / 4 = 5.1625, after (4.6385 + 5.2375 + 5.3871) / 3 = 5.0877
    assert first.before.index == pytest.approx(5.0877, abs=5e-5)
    assert first.after.index == pytest.approx(5.1625, abs=5e-5)
    # The scale of the index is the weighted mean of its parts' and moves along, so the change is that of
    # the harmonised index: (77.3077 + 84.7508 + 2 x 87.7413) / 4 - (77.3077 + 84.7508 + 87.7413) / 3.
    assert not found.impact.same_scale
    assert first.change == pytest.approx(1.1187, abs=1e-4)
