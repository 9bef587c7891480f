"""Documents read back as a reader sees them."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """A page as tables of cells, with its ids and landmarks; it insists on balanced tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, list[list[str]]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self._cell: list[str] | None = None
        self._heading: list[str] | None = None
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self._open.append(tag)
        if tag == "table":
            self._rows: list[list[str]] = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th", "caption"}:
            self._cell = []
        elif tag in {"h1", "h2", "h3"}:
            self._heading = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "caption":
            self._caption, self._cell = "".join(self._cell or []), None
        elif tag in {"td", "th"}:
            self._rows[-1].append(" ".join("|".join(self._cell or []).split()))
            self._cell = None
        elif tag == "table":
            self.tables[self._caption] = self._rows
        elif tag in {"h1", "h2", "h3"}:
            self.headings.append((tag, "".join(self._heading or [])))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._open[-1:] in (["style"], ["script"]):
            return
        self.text.append(data)
        if self._cell is not None and data.strip():
            self._cell.append(data.strip())
        if self._heading is not None:
            self._heading.append(data)


READER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def _plain(token_content: str) -> str:
    """Inline Markdown as the text a reader sees; anything but text and bold is markup that broke through."""
    seen = []
    for token in READER.parseInline(token_content)[0].children or []:
        assert token.type in {"text", "text_special", "strong_open", "strong_close"}, token
        seen.append(token.content)
    return "".join(seen)


def markdown_tables(markdown: str) -> list[list[list[str]]]:
    found: list[list[list[str]]] = []
    for token in READER.parse(markdown):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level > 3:
            found[-1][-1].append(_plain(token.content))
    return found
