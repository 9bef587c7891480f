"""Differences of definitions as text, JSON and a comment."""

from __future__ import annotations

import json

import pytest

from builders import mini
from ctimaturity.definitions.diff import difference
from ctimaturity.model.canonical import canonical_value
from ctimaturity.model.difference import EntityStanding, Impact, Move
from ctimaturity.model.questionnaire import Questionnaire
from ctimaturity.model.score import Status
from ctimaturity.reporting.change_report import COMMENT_MARK, ChangeReport, render_changes
from ctimaturity.reporting.change_words import differing_texts

HOSTILE = "Mal | <b>x</b>\n# no \u202e"


def report(*, impact: bool = False) -> ChangeReport:
    written = canonical_value(mini())
    written["version"] = "1.0.1"
    capacities, perception, _results = written["measurements"]  # type: ignore[misc]
    capacities["root"]["children"][0]["children"][0]["items"][1]["weight"] = "5"
    perception["root"]["children"][0]["children"][0]["items"][0]["text"] = {"es": HOSTILE, "en": "bad"}
    perception["root"]["levels"]["side"] = "lower"
    new = Questionnaire.model_validate(written)
    moves = (
        Move(
            "05001",
            HOSTILE,
            EntityStanding(Status.RANKED, 2, 3.5, 3, {"es": "Tres", "en": "Three"}),
            EntityStanding(Status.RANKED, 1, 3.75, 4, {"es": "Cuatro", "en": "Four"}),
            0.25,
        ),
        Move("05002", "B", *(EntityStanding(Status.RANKED, rank, 3.6, 4, {}) for rank in (1, 1)), change=0.0),
        Move(
            "05003",
            "C",
            EntityStanding(Status.INCOMPLETE, None, None, None),
            EntityStanding(Status.PROVISIONAL, None, 2.0, 1, {"es": "Uno", "en": "One"}),
            None,
        ),
    )
    effect = Impact(moves, same_scale=True, synthetic=False, lost={"C-1-a": 4}) if impact else None
    return ChangeReport(difference(mini(), new), mini(), new, effect)


def test_the_text_reads_like_a_release_note() -> None:
    text = render_changes(report(), "text", "en")
    assert text.splitlines()[:4] == [
        "mini@1 1.0.0 → mini@1 1.0.1",
        "Changes: 2 score-breaking, 0 additive, 1 cosmetic.",
        "The scoring hash differs: entities of the two are never ranked together.",
        "Version: major asked for, patch made; it must be raised.",
    ]
    assert "    - Weight: item C-1-b «texto de C-1-b»: 2 → 5" in text
    names = ", ".join(f"Nivel {number}" for number in range(1, 7))
    bands = f"6 equal parts; a bound belongs to the {{}} level ({names})"
    line = (
        f"    - Bands of levels: measurement perception: {bands.format('lower')} → {bands.format('higher')}"
    )
    assert line in text
    assert "    - Wording: item P-1: «texto de P-1» → «bad»" in text


def test_it_speaks_spanish_with_decimal_commas() -> None:
    text = render_changes(report(impact=True), "text", "es")
    assert "Se mueven: 2. Cambian de puesto: 1. Cambian de nivel: 1." in text
    assert "Peso: ítem C-1-b «texto de C-1-b»: 2 → 5" in text
    assert "3,50" in text
    assert "+0,25" in text
    assert "incompleta → provisional" in text


def test_what_people_wrote_stays_text_in_markdown_and_on_a_terminal() -> None:
    for form in ("md", "text"):
        shown = render_changes(report(impact=True), form, "es")
        assert "\u202e" not in shown
        assert "\n# no" not in shown
    comment = render_changes(report(impact=True), "md", "es")
    assert comment.startswith(COMMENT_MARK)
    assert "<b>" not in comment
    (row,) = (line for line in comment.splitlines() if line.startswith("| 05001"))
    assert row.replace(r"\|", "").count("|") == 8  # seven columns


def test_only_those_who_move_are_in_the_table_and_the_json_has_all() -> None:
    comment = render_changes(report(impact=True), "md", "en")
    assert "| 05003" in comment
    assert "| 05002" not in comment
    record = json.loads(render_changes(report(impact=True), "json", "en"))
    assert record["class"] == "score-breaking"
    assert record["version"] == {"asked": "major", "made": "patch", "backwards": False, "enough": False}
    impact = record["impact"]
    assert (impact["entities"], impact["moved"], impact["rank_changed"], impact["level_changed"]) == (
        3,
        2,
        1,
        1,
    )
    assert [move["code"] for move in impact["moves"]] == ["05001", "05002", "05003"]
    assert {(change["kind"], change["id"]) for change in record["changes"]} == {
        ("weight", "C-1-b"),
        ("bands", "perception"),
        ("wording", "P-1"),
    }


def test_nothing_differs() -> None:
    same = ChangeReport(difference(mini(), mini()), mini(), mini())
    assert "Nothing differs." in render_changes(same, "text", "en")
    assert json.loads(render_changes(same, "json", "en"))["class"] == "none"


def test_there_is_no_other_format() -> None:
    with pytest.raises(ValueError, match="no format"):
        render_changes(report(), "pdf", "es")


def test_texts_that_came_and_went_are_told_by_language() -> None:
    assert list(differing_texts({"es": "a", "en": "b"}, {"es": "a", "en": "c"})) == [("en", "b", "c")]
    assert list(differing_texts(None, {"es": "a"})) == [("es", "", "a")]
    assert list(differing_texts([{"es": "a"}], [])) == [("es", "a", "")]
