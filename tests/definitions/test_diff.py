"""What changed between two definitions, and that it agrees with the hashes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import mini
from ctimaturity.definitions.diff import difference
from ctimaturity.definitions.library import Library
from ctimaturity.model.canonical import canonical_json, canonical_value, definition_hash, scoring_hash
from ctimaturity.model.difference import ChangeClass, ChangeKind, Subject
from ctimaturity.model.questionnaire import Questionnaire
from definition_edits import Written, edited, item, node, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctimaturity.model.difference import Change


def changes(edit: Callable[[Written], object]) -> list[Change]:
    return list(difference(mini(), edited(edit)).changes)


CASES: list[tuple[str, Callable[[Written], object], ChangeKind, Subject, str, ChangeClass]] = [
    (
        "a word of a statement",
        lambda w: put(item(w, "P-1")["text"], "es", "otra"),
        ChangeKind.WORDING,
        Subject.ITEM,
        "P-1",
        ChangeClass.COSMETIC,
    ),
    (
        "a label of an option",
        lambda w: put(w["scales"]["met"]["options"][0]["label"], "en", "no"),
        ChangeKind.WORDING,
        Subject.OPTION,
        "met/0",
        ChangeClass.COSMETIC,
    ),
    (
        "the name of a level",
        lambda w: put(w["index"]["levels"]["names"][0]["name"], "en", "first"),
        ChangeKind.WORDING,
        Subject.INDEX,
        "index",
        ChangeClass.COSMETIC,
    ),
    (
        "the name of a kind",
        lambda w: put(w["measurements"][1], "kinds", {"dimension": {"es": "tema", "en": "theme"}}),
        ChangeKind.WORDING,
        Subject.MEASUREMENT,
        "perception",
        ChangeClass.COSMETIC,
    ),
    (
        "how much of a level suffices",
        lambda w: put(node(w, "personas"), "met_share", "0.8"),
        ChangeKind.RULE,
        Subject.NODE,
        "personas",
        ChangeClass.BREAKING,
    ),
    (
        "a weight of an item",
        lambda w: put(item(w, "R-1"), "weight", "2"),
        ChangeKind.WEIGHT,
        Subject.ITEM,
        "R-1",
        ChangeClass.BREAKING,
    ),
    (
        "a weight of a measurement",
        lambda w: put(w["index"]["weights"], "results", "2"),
        ChangeKind.WEIGHT,
        Subject.MEASUREMENT,
        "results",
        ChangeClass.BREAKING,
    ),
    (
        "a rule",
        lambda w: put(node(w, "personas"), "rule", "min"),
        ChangeKind.RULE,
        Subject.NODE,
        "personas",
        ChangeClass.BREAKING,
    ),
    (
        "the bands of the index",
        lambda w: put(w["index"]["levels"], "side", "lower"),
        ChangeKind.BANDS,
        Subject.INDEX,
        "index",
        ChangeClass.BREAKING,
    ),
    (
        "a policy for blanks",
        lambda w: put(w["measurements"][0], "blanks", "exclude"),
        ChangeKind.RULE,
        Subject.MEASUREMENT,
        "capacities",
        ChangeClass.BREAKING,
    ),
    (
        "who an item exists for",
        lambda w: put(item(w, "R-4"), "applies_to", ["alcaldia"]),
        ChangeKind.SCOPE,
        Subject.ITEM,
        "R-4",
        ChangeClass.BREAKING,
    ),
    (
        "what codes entities have",
        lambda w: put(w, "entity_codes", "own"),
        ChangeKind.SCOPE,
        Subject.QUESTIONNAIRE,
        "mini",
        ChangeClass.BREAKING,
    ),
    (
        "an item removed",
        lambda w: node(w, "vivienda")["items"].clear(),
        ChangeKind.REMOVED,
        Subject.ITEM,
        "P-4",
        ChangeClass.BREAKING,
    ),
    (
        "an option below the others",
        lambda w: w["scales"]["criterion"]["options"].append(
            {"code": "0", "points": "0", "label": {"es": "x", "en": "x"}, "description": None}
        ),
        ChangeKind.ADDED,
        Subject.OPTION,
        "criterion/0",
        ChangeClass.BREAKING,
    ),
    (
        "an option between the others",
        lambda w: w["scales"]["criterion"]["options"].append(
            {"code": "2-3", "points": "2.5", "label": {"es": "x", "en": "x"}, "description": None}
        ),
        ChangeKind.ADDED,
        Subject.OPTION,
        "criterion/2-3",
        ChangeClass.ADDITIVE,
    ),
    (
        "another edition",
        lambda w: put(w, "edition", "2"),
        ChangeKind.EDITION,
        Subject.QUESTIONNAIRE,
        "mini",
        ChangeClass.BREAKING,
    ),
    (
        "a segment",
        lambda w: w["segments"].append({"id": "visitors", "label": {"es": "x", "en": "x"}}),
        ChangeKind.ADDED,
        Subject.SEGMENT,
        "visitors",
        ChangeClass.ADDITIVE,
    ),
    (
        "a language less",
        lambda w: put(w, "languages", ["es"]),
        ChangeKind.WORDING,
        Subject.QUESTIONNAIRE,
        "mini",
        ChangeClass.COSMETIC,
    ),
]


@pytest.mark.parametrize(
    ("edit", "kind", "subject", "name", "grade"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_one_edit_is_one_change(
    edit: Callable[[Written], object], kind: ChangeKind, subject: Subject, name: str, grade: ChangeClass
) -> None:
    (change,) = changes(edit)
    assert (change.kind, change.subject, change.id, change.grade) == (kind, subject, name, grade)


def test_an_item_added_is_additive_and_changes_the_scoring_hash() -> None:
    new = edited(lambda w: node(w, "vivienda")["items"].append(item(w, "P-4") | {"id": "P-9", "weight": "1"}))
    found = difference(mini(), new)
    assert [(c.kind, c.id, c.measurement, c.grade) for c in found.changes] == [
        (ChangeKind.ADDED, "P-9", "perception", ChangeClass.ADDITIVE)
    ]
    assert not found.same_scoring


def test_an_item_moved_says_from_where_to_where() -> None:
    def move(written: Written) -> None:
        moved = node(written, "educacion")["items"].pop()
        node(written, "empleo")["items"].append(moved)

    (change,) = changes(move)
    assert (change.kind, change.id, change.before, change.after) == (
        ChangeKind.MOVED,
        "P-2",
        "educacion",
        "empleo",
    )


def test_another_order_is_a_change_because_sums_follow_it() -> None:
    (change,) = changes(lambda w: node(w, "educacion")["items"].reverse())
    assert (change.kind, change.before, change.after) == (
        ChangeKind.ORDER,
        ["P-1", "P-2"],
        ["P-2", "P-1"],
    )


def test_a_measurement_removed_takes_its_weight_along() -> None:
    def remove(written: Written) -> None:
        written["measurements"].pop()
        written["index"]["weights"].pop("results")
        written["profile"]["measurements"] = ["perception"]

    found = changes(remove)
    assert {(c.kind, c.subject) for c in found} == {
        (ChangeKind.REMOVED, Subject.MEASUREMENT),
        (ChangeKind.REMOVED, Subject.ITEM),
        (ChangeKind.RULE, Subject.PROFILE),
    }


def test_the_gravest_stands_first() -> None:
    def edit(written: Written) -> None:
        item(written, "P-1")["text"]["es"] = "otra"
        item(written, "P-2")["weight"] = "3"

    assert [change.grade for change in changes(edit)] == [ChangeClass.BREAKING, ChangeClass.COSMETIC]


def test_numbers_written_otherwise_are_no_change() -> None:
    assert changes(lambda w: put(item(w, "R-1"), "weight", "1.00")) == []


def test_the_two_editions_share_no_score() -> None:
    library = Library()
    found = difference(library.find("mmmctic@2020-04"), library.find("mmmctic@2021-11"))
    assert found.grade is ChangeClass.BREAKING
    assert found.step is None
    removed = [c.id for c in found.changes if c.kind is ChangeKind.REMOVED and c.subject is Subject.ITEM]
    added = [c.id for c in found.changes if c.kind is ChangeKind.ADDED and c.subject is Subject.ITEM]
    # 172 sub-capacities and 92 indicators go but the seven in both; 15 questions and 127 - 7 measures come.
    assert (len(removed), len(added)) == (172 + 92 - 7, 15 + 127 - 7)


PATHS = st.lists(st.integers(0, 10**6), min_size=12, max_size=12)


def random_edit(written: Written, picks: list[int]) -> None:
    """Change one leaf, drop or double one entry of a list, somewhere."""
    value: Any = written
    for pick in picks:
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = keys[pick % len(keys)]
        below = value[key]
        if isinstance(value, list) and pick % 7 == 0 and len(value) > 1:
            value.append(value.pop(key))
            return
        if isinstance(value, list) and pick % 11 == 0 and len(value) > 1:
            value.pop(key)
            return
        if not isinstance(below, dict | list) or not below:
            value[key] = _other(below, pick)
            return
        value = below


def _other(value: object, pick: int) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return None
    text = str(value)
    try:
        return format(Decimal(text) + 1, "f")
    except ArithmeticError:
        words = ["min", "lower", "exclude", "open", f"{text}x", "zero", "max"]
        return words[pick % len(words)]


@settings(max_examples=200, deadline=None)
@given(st.lists(PATHS, min_size=1, max_size=3))
def test_changes_agree_with_the_hashes_whatever_is_edited(edits: list[list[int]]) -> None:
    written = canonical_value(mini())
    for picks in edits:
        random_edit(written, picks)
    try:
        new = Questionnaire.model_validate(written)
    except ValueError:
        return
    old = mini()
    found = difference(old, new)
    written_alike = canonical_json(old.model_copy(update={"version": new.version})) == canonical_json(new)
    assert (found.grade is None) == written_alike
    cosmetic = found.grade in {None, ChangeClass.COSMETIC}
    assert cosmetic == (scoring_hash(old) == scoring_hash(new)) == found.same_scoring
    if written_alike and old.version == new.version:
        assert definition_hash(old) == definition_hash(new)


def test_the_random_edits_reach_every_class() -> None:
    """The property above would hold of nothing if edits never came through."""
    seen: set[object] = set()
    for seed in range(4000):
        written = canonical_value(mini())
        random_edit(written, [(seed * 7919 + step * 104729) % 1000003 for step in range(12)])
        try:
            seen.add(difference(mini(), Questionnaire.model_validate(written)).grade)
        except ValueError:
            continue
        if seen >= {ChangeClass.COSMETIC, ChangeClass.BREAKING}:
            return
    raise AssertionError(seen)
