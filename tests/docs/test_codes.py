"""What holds of every diagnostic code, whichever room it belongs to."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.diagnostics.code import Code
from ctimaturity.language.catalogue import translate

if TYPE_CHECKING:
    from pathlib import Path

CODES = list(all_codes().values())
FAMILIES = "QFWAPRESIDO"


def constants() -> dict[str, str]:
    """The name in Python of each code, by its id."""
    return {
        value.id: name
        for module in pkgutil.iter_modules(codes.__path__)
        for name, value in vars(importlib.import_module(f"{codes.__name__}.{module.name}")).items()
        if isinstance(value, Code)
    }


def words_in(*folders: Path, without: str) -> set[str]:
    """Names and hyphenated words of the Python files below folders, but for one kind of folder."""
    return {
        word
        for folder in folders
        for path in folder.rglob("*.py")
        if without not in path.relative_to(folder).parts
        for word in re.findall(r"\w[\w-]*", path.read_text(encoding="utf-8"))
    }


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
class TestEveryCode:
    def test_is_a_letter_of_its_family_and_three_digits_with_a_name_in_hyphens(self, code: Code) -> None:
        assert re.fullmatch(rf"[{FAMILIES}]\d{{3}}", code.id)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code.name)

    def test_says_what_is_wrong_and_explains_itself(self, code: Code) -> None:
        assert code.message
        assert len(code.explanation) > len(code.message) / 2

    def test_speaks_spanish_with_the_same_fields(self, code: Code) -> None:
        for text in filter(None, (code.message, code.hint, code.explanation)):
            spanish = translate(text, "es")
            assert spanish != text
            assert fields(spanish) == fields(text)

    def test_has_no_full_stop_after_message_and_hint(self, code: Code) -> None:
        assert not code.message.endswith(".")
        assert not code.hint.endswith(".")

    def test_leaves_no_markup_for_its_page_to_swallow(self, code: Code) -> None:
        for language in ("en", "es"):
            for text in (code.message, code.hint, code.explanation):
                assert "<" not in translate(text, language)


def test_names_are_unique() -> None:
    doubled = [name for name, count in Counter(code.name for code in CODES).items() if count > 1]
    assert doubled == []


def test_every_code_is_raised_somewhere(root: Path) -> None:
    used = words_in(root / "src" / "ctimaturity", without="codes")
    unused = sorted(code for code, name in constants().items() if name not in used)
    assert unused == []


def test_every_code_is_tested_somewhere(root: Path) -> None:
    used = words_in(root / "tests", without="docs")
    untested = [code.id for code in CODES if used.isdisjoint({code.id, code.name, constants()[code.id]})]
    assert untested == []
