"""Canonical JSON: one form, read back as it was, refused in any other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.model.canonical import canonical_json, read_canonical
from small_definition import load_small

if TYPE_CHECKING:
    from pathlib import Path


def test_is_read_back_as_it_was(tmp_path: Path) -> None:
    questionnaire = load_small(tmp_path)
    data = canonical_json(questionnaire)
    assert read_canonical(data) == questionnaire
    assert canonical_json(read_canonical(data)) == data


def test_has_sorted_keys_no_spaces_and_decimal_strings(tmp_path: Path) -> None:
    data = canonical_json(load_small(tmp_path))
    value = json.loads(data)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert data == text.encode()
    assert value["index"]["weights"] == {"figures": "1", "opinion": "1", "practice": "0.01"}
    assert value["schema"] == 1


def test_leaves_nothing_to_default(tmp_path: Path) -> None:
    value = json.loads(canonical_json(load_small(tmp_path)))
    opinion = value["measurements"][1]
    assert opinion["not_applicable"] == {"policy": "exclude", "credit": None}
    assert opinion["root"]["children"][0]["items"][0]["weight"] == "1"
    assert "kinds" not in opinion


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b"not json",
        b'{"schema":1}',
        b"[" * 100_000,
    ],
)
def test_refuses_anything_else(data: bytes) -> None:
    with pytest.raises(JobError) as caught:
        read_canonical(data, "x.json")
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.file) == (codes.NOT_CANONICAL, "x.json")


def test_refuses_another_spelling(tmp_path: Path) -> None:
    data = canonical_json(load_small(tmp_path))
    for other in (data + b"\n", data.replace(b'"0.01"', b'"0.010"'), json.dumps(json.loads(data)).encode()):
        assert other != data
        with pytest.raises(JobError):
            read_canonical(other)
