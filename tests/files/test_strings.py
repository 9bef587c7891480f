"""Shared texts by the grammar of plain entries and by the parser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import raw_workbooks as raw
from ctimaturity.diagnostics import codes
from ctimaturity.files.limits import LIMITS, Refusal
from ctimaturity.files.strings import StruckText, _by_grammar, read_strings

ENTRIES = ["<t>Medellín</t>", "<t></t>", '<t xml:space="preserve"> a\n\tb </t>']
ENTRIES += ["<r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r>", "<t>&lt;&amp;lt;&gt;&quot;&apos;</t>"]
ENTRIES += ["", "<t>&#10;</t>", "<t>x</t>"]
TEXTS = ["Medellín", "", " a\n\tb ", "ab", "<&lt;>\"'", "", "\n", "x"]
ODD = ["<", ">", "&", "&#65;", "]]>", "<!-- -->", "<r>", "</si>", "</t></si>", "<si><t>", "\r", "\x01"]
ODD += [" ", "x", "/"]


def by_parser(part: str) -> list[str]:
    """The same with a comment before the end, which the grammar does not take."""
    return read_strings(part.replace("</sst>", "<!-- --></sst>").encode(), "s", LIMITS)


def test_both_ways_read_the_same() -> None:
    part = raw.strings(*ENTRIES)
    assert _by_grammar(part.encode(), "s", LIMITS) == TEXTS
    assert read_strings(part.encode(), "s", LIMITS) == TEXTS
    assert by_parser(part) == TEXTS


def test_what_is_crossed_out_is_said_both_ways() -> None:
    runs = "<r><rPr><strike/></rPr><t>0 - No cumple</t></r><r><t> 1</t></r>"
    spaces = '<r><rPr><strike/></rPr><t xml:space="preserve"> </t></r><r><t>1</t></r>'
    part = raw.strings("<t>x</t>", runs, runs.replace("<strike/>", '<strike val="0"/>'), spaces, "<t>y</t>")
    for texts in (read_strings(part.encode(), "s", LIMITS), by_parser(part)):
        assert texts == ["x", "0 - No cumple 1", "0 - No cumple 1", " 1", "y"]
        assert [isinstance(text, StruckText) for text in texts] == [False, True, False, False, False]


def test_a_limit_is_said_by_the_parser() -> None:
    part = raw.strings(*ENTRIES).encode()
    with pytest.raises(Refusal) as caught:
        read_strings(part, "s", replace(LIMITS, strings=3))
    assert caught.value.diagnostic.code is codes.TOO_MANY_ENTRIES
    with pytest.raises(Refusal) as caught:
        read_strings(part, "s", replace(LIMITS, string_length=7))
    assert caught.value.diagnostic.code is codes.TEXT_TOO_LONG


@pytest.mark.parametrize(
    "part",
    [
        raw.strings("<t>x</t>").replace("<sst", "<sst/><sst"),
        raw.strings("<t>x</t>").replace("<sst xmlns", "<sst xmlns:x"),
        raw.strings("<t>x</t>").replace(raw.MAIN, "urn:other"),
        raw.strings("<t>x</t>").replace("<sst", "<sst a='1' a='2'"),
        raw.strings("<t>x</t>").replace("<sst", "<sst x:a='1'"),
    ],
)
def test_the_beginning_is_for_the_parser(part: str) -> None:
    with pytest.raises(Refusal):
        read_strings(part.encode(), "s", LIMITS)


@pytest.mark.parametrize(
    "inside",
    [
        "x",
        "<si/>",
        "<si><t>x</t></si>x",
        "<si><!-- </si><si><t>x</t></si> --><t>y</t></si>",
        "<si><!-- </si><si><t>x</t></si> --></si><si/>",
        "<si><t><![CDATA[</si><si><t>x</t></si>]]></t></si>",
        "<si><t>x</t></si><si></si></sst><sst>",
    ],
)
def test_what_is_not_certain_is_for_the_parser(inside: str) -> None:
    part = raw.strings().replace("</sst>", f"{inside}</sst>")
    assert _by_grammar(part.encode(), "s", LIMITS) == []


@pytest.mark.parametrize("other", [b"\xff", "é".encode("cp1252")])
def test_what_is_not_utf_8_is_for_the_parser(other: bytes) -> None:
    part = raw.strings("<t>x</t>").encode().replace(b"<t>x", b"<t>" + other)
    assert _by_grammar(part, "s", LIMITS) == []


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_happens_to_plain_entries(data: st.DataObject) -> None:
    part = raw.strings(*ENTRIES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(part)))
        part = part[:at] + data.draw(st.sampled_from(ODD)) + part[at + data.draw(st.integers(0, 2)) :]
    try:
        expected = read_strings((part + "<!-- -->").encode(), "s", LIMITS)
    except Refusal:
        with pytest.raises(Refusal):
            read_strings(part.encode(), "s", LIMITS)
    else:
        assert read_strings(part.encode(), "s", LIMITS) == expected
