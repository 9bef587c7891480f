from __future__ import annotations

import hashlib

import builders
from ctimaturity.workbook.issue import identity_of, issue_id, keywords, read_keywords
from ctimaturity.workbook.layout import describe
from ctimaturity.workbook.options import TemplateOptions

HASH = "0123456789abcdef" * 4


def test_the_issue_says_to_whom_and_for_which_round() -> None:
    expected = hashlib.sha256(f"{HASH}\n05001\n2026-1".encode()).hexdigest()[:12]
    assert issue_id(HASH, "05001", "2026-1") == expected
    others = {issue_id(HASH, "05001", "2026-2"), issue_id(HASH, "05002", "2026-1"), issue_id(HASH, "", "")}
    assert expected not in others
    assert len(others) == 3


def test_the_identity_leaves_out_what_is_not_known() -> None:
    options = TemplateOptions(entity=builders.entity("05001"), round="2026-1")
    full = identity_of(describe(builders.mini(), options), HASH)
    assert full == {
        "kind": "questionnaire",
        "questionnaire": "mini",
        "edition": "1",
        "version": "1.0.0",
        "definition_hash": HASH,
        "language": "es",
        "entity_code": "05001",
        "round": "2026-1",
        "issue_id": issue_id(HASH, "05001", "2026-1"),
    }
    bare = identity_of(describe(builders.mini(), TemplateOptions()), HASH)
    assert set(full) - set(bare) == {"entity_code", "round"}


def test_the_keywords_are_one_line_that_survives_other_separators() -> None:
    identity = {"kind": "questionnaire", "round": "Ronda 1; segunda, 2026", "questionnaire": "mini"}
    line = keywords(identity)
    assert line == "kind=questionnaire round=Ronda%201%3B%20segunda%2C%202026 questionnaire=mini"
    for between in (" ", "; ", ", ", ";", "\n"):
        assert read_keywords(line.replace(" ", between)) == identity
    assert read_keywords("ciudades, madurez") == {}
