"""Shared texts by the grammar of plain entries and by the parser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import raw_workbooks as raw
from ctimaturity.diagnostics.codes import packages as codes
from ctimaturity.files.limits import LIMITS
from ctimaturity.files.refusal import Refusal
from ctimaturity.files.strings import _HEAD, _plain_strings, read_strings

ENTRIES = ["<t>Medellín</t>", "<t></t>", '<t xml:space="preserve"> a\n\tb </t>']
ENTRIES += ["<t>&lt;&amp;lt;&gt;&quot;&apos;</t>"]
TEXTS = ["Medellín", "", " a\n\tb ", "<&lt;>\"'"]
ODD = ["<", ">", "&", "&#65;", "]]>", "<!-- -->", "<r>", "</si>", "</t></si>", "<si><t>", "\r", "\x01"]
ODD += [" ", "x", "/"]


def by_parser(part: str) -> list[str]:
    """The same with a comment before the end, which the grammar does not take."""
    return read_strings(part.replace("</sst>", "<!-- --></sst>").encode(), "s", LIMITS)


def test_both_ways_read_the_same() -> None:
    part = raw.strings(*ENTRIES)
    head, tail = _HEAD.match(part.encode()), "".join(f"<si>{entry}</si>" for entry in ENTRIES)
    assert head is not None
    assert part[head.end() :] == f"{tail}</sst>"
    assert _plain_strings(tail.encode(), LIMITS) == TEXTS
    assert read_strings(part.encode(), "s", LIMITS) == TEXTS
    assert by_parser(part) == TEXTS


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


@pytest.mark.parametrize("entries", [b"\xff", b"x", b"<si><t>x</t></si>x", b"<si><t>&#65;</t></si>"])
def test_what_is_not_plain_is_for_the_parser(entries: bytes) -> None:
    assert _plain_strings(entries, LIMITS) is None


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
