"""What a workbook says it is, by whatever it has kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from builders import answers, entity, mini
from ctimaturity.model.canonical import definition_hash
from ctimaturity.workbook.identity import (
    COVER,
    IDS,
    PROPERTIES,
    identity_of,
    issue_id,
    keywords,
    read_keywords,
)
from ctimaturity.workbook.layout import describe
from ctimaturity.workbook.marker import IDENTITY_SHEET
from ctimaturity.workbook.template import TemplateOptions
from returned import book, edited, read, who

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook

DATA = book(answers(who("05001"), {"C-1-a": 1}), entity=who("05001"))
HASH = definition_hash(mini())
DIGEST = "0123456789abcdef" * 4


def as_it_came(_workbook: Workbook) -> None:
    """Nobody changed anything."""


def shown_and_renamed(workbook: Workbook) -> None:
    """LibreOffice turns veryHidden into hidden; people rename."""
    workbook["_cti"].sheet_state = "visible"
    workbook["_cti"].insert_rows(1, 2)
    workbook["_cti"].title = "datos"


def without_hidden_sheet(workbook: Workbook) -> None:
    del workbook["_cti"]


def without_keywords(workbook: Workbook) -> None:
    del workbook["_cti"]
    del workbook[workbook.sheetnames[0]]
    workbook.properties.keywords = None


def without_properties(workbook: Workbook) -> None:
    del workbook["_cti"]
    del workbook[workbook.sheetnames[0]]
    workbook.custom_doc_props.props.clear()


def without_anything(workbook: Workbook) -> None:
    without_properties(workbook)
    workbook.properties.keywords = None


@pytest.mark.parametrize(
    ("change", "by", "digest"),
    [
        pytest.param(as_it_came, IDENTITY_SHEET, HASH, id="hidden-sheet"),
        pytest.param(shown_and_renamed, IDENTITY_SHEET, HASH, id="shown-renamed-and-moved"),
        pytest.param(without_hidden_sheet, COVER, HASH[:12], id="cover"),
        pytest.param(without_keywords, PROPERTIES, HASH, id="custom-properties"),
        pytest.param(without_properties, PROPERTIES, HASH, id="keywords"),
    ],
)
def test_the_identity_survives(change: Callable[[Workbook], None], by: str, digest: str) -> None:
    identity = read(edited(DATA, change)).identity
    assert identity.by == by
    assert identity.definition == "mini@1@1.0.0"
    assert identity.definition_hash == digest
    assert identity.entity_code == "05001"


def test_when_nothing_is_left_the_ids_of_the_items_are() -> None:
    returned = read(edited(DATA, without_anything))
    assert returned.identity.by == IDS
    assert returned.identity.definition == ""
    assert returned.identity.ids >= set(mini().item_by_id) - {"R-4"}
    assert returned.responses["C-1-a"].option == "1"


def keys_deleted(workbook: Workbook) -> None:
    """The narrow grey column of the cover's keys is gone; people read the labels beside the entries."""
    workbook.worksheets[0].delete_cols(1)


def marker_deleted(workbook: Workbook) -> None:
    workbook.worksheets[0].delete_rows(1)


def column_inserted(workbook: Workbook) -> None:
    workbook.worksheets[0].insert_cols(3)


def lines_moved(workbook: Workbook) -> None:
    workbook.worksheets[0].insert_rows(1, 6)
    workbook.worksheets[0].title = "Carátula"


@pytest.mark.parametrize("change", [as_it_came, keys_deleted, marker_deleted, column_inserted, lines_moved])
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_entity_is_found_on_the_cover(change: Callable[[Workbook], None], language: str) -> None:
    data = book(answers(who("05001"), {}), cover={"round": "2026-1"}, language=language)
    cover = read(edited(data, change)).cover
    assert (cover.text("entity_code"), cover.text("entity_name")) == ("05001", "Medellín")
    assert cover.text("entity_type")
    assert cover.text("round") == "2026-1"


def test_the_issue_says_to_whom_and_for_which_round() -> None:
    expected = hashlib.sha256(f"{DIGEST}\n05001\n2026-1".encode()).hexdigest()[:12]
    assert issue_id(DIGEST, "05001", "2026-1") == expected
    others = {
        issue_id(DIGEST, "05001", "2026-2"),
        issue_id(DIGEST, "05002", "2026-1"),
        issue_id(DIGEST, "", ""),
    }
    assert expected not in others
    assert len(others) == 3


def test_the_identity_leaves_out_what_is_not_known() -> None:
    options = TemplateOptions(entity=entity("05001"), round="2026-1")
    full = identity_of(describe(mini(), options), DIGEST)
    assert full == {
        "kind": "questionnaire",
        "questionnaire": "mini",
        "edition": "1",
        "version": "1.0.0",
        "definition_hash": DIGEST,
        "language": "es",
        "entity_code": "05001",
        "round": "2026-1",
        "issue_id": issue_id(DIGEST, "05001", "2026-1"),
    }
    bare = identity_of(describe(mini(), TemplateOptions()), DIGEST)
    assert set(full) - set(bare) == {"entity_code", "round"}


def test_the_keywords_are_one_line_that_survives_other_separators() -> None:
    identity = {"kind": "questionnaire", "round": "Ronda 1; segunda, 2026", "questionnaire": "mini"}
    line = keywords(identity)
    assert line == "kind=questionnaire round=Ronda%201%3B%20segunda%2C%202026 questionnaire=mini"
    for between in (" ", "; ", ", ", ";", "\n"):
        assert read_keywords(line.replace(" ", between)) == identity
    assert read_keywords("ciudades, madurez") == {}
