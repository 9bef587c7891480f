"""Links between the documents lead somewhere."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def tokens_of(document: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(document.read_text(encoding="utf-8"))


def targets_of(document: Path) -> list[str]:
    children = [child for token in tokens_of(document) for child in token.children or []]
    found = [child.attrGet("href") or child.attrGet("src") for child in children]
    return [str(target) for target in found if target]


@cache
def anchors_of(document: Path) -> set[str]:
    """The anchors of a document's headings, made as GitHub makes them."""
    tokens = tokens_of(document)
    titles = [after.content for token, after in itertools.pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_there_are_documents() -> None:
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= {path.name for path in DOCUMENTS}


def broken_links(document: Path) -> Iterator[str]:
    """The targets of a document that are not there."""
    for target in targets_of(document):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        aim = (document.parent / unquote(parts.path)).resolve() if parts.path else document
        anchor = unquote(parts.fragment)
        found = aim.exists() and aim.is_relative_to(ROOT)
        if not found or (anchor and aim.suffix == ".md" and anchor not in anchors_of(aim)):
            yield target


def test_links_resolve() -> None:
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in DOCUMENTS
        for target in broken_links(document)
    ]
    assert broken == []
