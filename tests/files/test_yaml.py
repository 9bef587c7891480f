"""YAML read as text with places, its traps refused one by one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.yaml import MAX_BYTES, MAX_DEPTH, MAX_VALUES, read_yaml


def read(text: str) -> object:
    document = read_yaml(text.encode(), "a.yaml")
    assert document.diagnostics == ()
    return document.value


class TestValues:
    @pytest.mark.parametrize(
        "word",
        [
            "NO",
            "yes",
            "on",
            "22:22",
            "010",
            "0x1F",
            "1.10",
            "1e3",
            ".nan",
            ".inf",
            "2020-04",
            "1_000",
            "=",
            "<<",
        ],
    )
    def test_scalars_stay_what_was_written(self, word: str) -> None:
        assert read(f"key: {word}") == {"key": word}
        assert read(f"- {word}") == [word]

    @pytest.mark.parametrize("word", ["", "~", "null"])
    def test_nothing_is_none(self, word: str) -> None:
        assert read(f"key: {word}") == {"key": None}

    def test_quoted_words_are_words(self) -> None:
        assert read("a: 'null'\nb: \"~\"\nc: ''") == {"a": "null", "b": "~", "c": ""}

    def test_folded_texts_have_no_line_breaks(self) -> None:
        assert read("a: >-\n  one\n  two\nb: |\n  three\n") == {"a": "one two", "b": "three\n"}

    def test_merge_keys_are_keys(self) -> None:
        assert read("<<: {a: 1}") == {"<<": {"a": "1"}}

    def test_an_empty_file_is_none(self) -> None:
        assert read("") is None
        assert read("# only a comment\n") is None

    def test_a_byte_order_mark_is_no_text(self) -> None:
        assert read_yaml("\ufeffa: 1".encode(), "a.yaml").value == {"a": "1"}


class TestPlaces:
    def test_of_values_and_keys(self) -> None:
        document = read_yaml(b"a:\n  - x\n  - b: yes\nc: {d: e}\n", "a.yaml")
        assert document.places["a", 0] == Location("a.yaml", line=2, column=5)
        assert document.places["a", 1, "b"] == Location("a.yaml", line=3, column=8)
        assert document.keys["a", 1, "b"] == Location("a.yaml", line=3, column=5)
        assert document.keys["c",] == Location("a.yaml", line=4, column=1)
        assert document.places["c", "d"] == Location("a.yaml", line=4, column=8)

    def test_columns_count_characters(self) -> None:
        document = read_yaml("{ñandú: á, é: b}".encode(), "a.yaml")
        assert document.keys["é",] == Location("a.yaml", line=1, column=12)


class TestTraps:
    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            pytest.param("a: 1\nb: [1, 2\nc: 3", codes.YAML_SYNTAX, 3, id="bracket left open"),
            pytest.param("a: 'x\nb: 2", codes.YAML_SYNTAX, 2, id="quotation left open"),
            pytest.param("a:\n\tb: 1", codes.TAB_IN_INDENTATION, 2, id="tab"),
            pytest.param("a: one: two", codes.COLON_IN_TEXT, 1, id="colon in a text"),
            pytest.param("a: 1\nb: &x 2", codes.ANCHOR_OR_ALIAS, 2, id="anchor"),
            pytest.param("a: &x 2\nb: *x", codes.ANCHOR_OR_ALIAS, 1, id="anchor and alias"),
            pytest.param("a: 1\nb: *x", codes.ANCHOR_OR_ALIAS, 2, id="alias to nothing"),
            pytest.param("a: &x [1]", codes.ANCHOR_OR_ALIAS, 1, id="anchor on a list"),
            pytest.param("a: !!python/object:os.system x", codes.YAML_TAG, 1, id="tag"),
            pytest.param("a: 1\nb: !x {}", codes.YAML_TAG, 2, id="tag on a mapping"),
            pytest.param("a: 1\nb: 2\na: 3", codes.DUPLICATE_KEY, 3, id="duplicate key"),
            pytest.param("a: 1\n---\nb: 2", codes.SECOND_DOCUMENT, 2, id="second document"),
            pytest.param("a: 1\n? [b]\n: 2", codes.KEY_NOT_TEXT, 2, id="a list as key"),
            pytest.param("{{a}}: 1", codes.KEY_NOT_TEXT, 1, id="template language"),
        ],
    )
    def test_is_refused_at_its_line(self, text: str, code: object, line: int) -> None:
        first = read_yaml(text.encode(), "a.yaml").diagnostics[0]
        assert (first.code, first.location.file, first.location.line) == (code, "a.yaml", line)

    def test_the_second_of_two_keys_is_checked_but_not_kept(self) -> None:
        document = read_yaml(b"a: {b: 1}\na: {b: 2, b: 3}\na: x\n", "a.yaml")
        assert document.value == {"a": {"b": "1"}}
        assert [(d.code, d.location.line, d.parameters["line"]) for d in document.diagnostics] == [
            (codes.DUPLICATE_KEY, 2, 1),
            (codes.DUPLICATE_KEY, 2, 2),
            (codes.DUPLICATE_KEY, 3, 1),
        ]

    def test_too_many_values(self) -> None:
        document = read_yaml(b"[" + b"1," * (MAX_VALUES + 5) + b"1]", "a.yaml")
        assert document.value is None
        assert [d.code for d in document.diagnostics] == [codes.TOO_MANY_VALUES]

    @pytest.mark.parametrize(
        "data",
        ["a: ñ".encode("latin-1"), "a: x".encode("utf-16"), b"\xff\xfe\x00", b"a: \xed\xa0\x80"],
    )
    def test_other_encodings(self, data: bytes) -> None:
        (found,) = read_yaml(b"ok: 1\n" + data, "a.yaml").diagnostics
        assert (found.code, found.location.line) == (codes.YAML_NOT_UTF8, 2)

    @pytest.mark.parametrize(
        ("character", "name"), [("\0", "U+0000"), ("\x1b", "U+001B"), ("\ufffe", "U+FFFE")]
    )
    def test_control_characters(self, character: str, name: str) -> None:
        (found,) = read_yaml(f"a: 1\nbc: {character}x".encode(), "a.yaml").diagnostics
        assert found.code == codes.CONTROL_CHARACTER_IN_YAML
        assert found.parameters == {"character": name}
        assert (found.location.line, found.location.column) == (2, 5)

    def test_nothing_is_reported_for_ever(self) -> None:
        document = read_yaml(b"[" + b"!x 1," * 10_000 + b"1]", "a.yaml")
        assert len(document.diagnostics) == 100


class TestBombs:
    """Bounded: each of these takes well under a second."""

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            pytest.param(b"[" * 100_000, codes.TOO_DEEP, id="brackets"),
            pytest.param(b"{a: " * 100_000, codes.TOO_DEEP, id="braces"),
            pytest.param(b"- " * 100_000, codes.TOO_DEEP, id="hyphens on one line"),
            pytest.param(b"x" * (MAX_BYTES + 1), codes.DEFINITION_TOO_LARGE, id="more than the cap"),
            pytest.param(b"a: " + b"x" * 3_000_000 + b": y", codes.COLON_IN_TEXT, id="one huge line"),
            pytest.param(b"a: &a [x]\n" + b"b: [*a, *a]\n" * 1000, codes.ANCHOR_OR_ALIAS, id="laughs"),
            pytest.param(b"\t" * 1_000_000 + b"a: 1", codes.TAB_IN_INDENTATION, id="tabs"),
        ],
    )
    def test_is_refused_quickly(self, data: bytes, code: object) -> None:
        start = time.process_time()
        document = read_yaml(data, "a.yaml")
        assert document.diagnostics[0].code == code
        assert time.process_time() - start < 10

    def test_depth_up_to_the_limit_is_read(self) -> None:
        assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None


class TestNothingCrashes:
    @given(st.binary(max_size=60))
    @settings(max_examples=100, deadline=None)
    def test_bytes(self, data: bytes) -> None:
        document = read_yaml(data, "a.yaml")
        assert document.value is None or isinstance(document.value, str | list | dict)

    @given(st.text(st.sampled_from("{}[]:-,&*!|>'\"#%@`?\n \t\\añ0\x85\u2028\ufeff<~"), max_size=40))
    @settings(max_examples=300, deadline=None)
    def test_marks(self, text: str) -> None:
        document = read_yaml(text.encode(), "a.yaml")
        for found in document.diagnostics:
            assert found.location.line is not None
            assert found.location.line >= 1
        assert document.diagnostics or document.value is None or document.places
