"""Links between the documents lead somewhere."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def tokens_of(document: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(document.read_text(encoding="utf-8"))


def targets_of(document: Path) -> list[str]:
    children = [child for token in tokens_of(document) for child in token.children or []]
    found = [child.attrGet("href") or child.attrGet("src") for child in children]
    return [str(target) for target in found if target]


def anchors_of(document: Path) -> set[str]:
    """The anchors of a document's headings, made as GitHub makes them."""
    tokens = tokens_of(document)
    titles = [after.content for token, after in itertools.pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_there_are_documents() -> None:
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= {path.name for path in DOCUMENTS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(document: Path) -> None:
    broken = []
    for target in targets_of(document):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        aim = (document.parent / unquote(parts.path)).resolve() if parts.path else document
        anchor = unquote(parts.fragment)
        found = aim.exists() and aim.is_relative_to(ROOT)
        if not found or (anchor and aim.suffix == ".md" and anchor not in anchors_of(aim)):
            broken.append(target)
    assert broken == []
