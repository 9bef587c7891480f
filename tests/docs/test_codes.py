"""What holds of every diagnostic code, whichever family it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.catalogue import FAMILIES, all_codes
from ctimaturity.language.catalogue import LANGUAGES
from ctimaturity.language.findings import family, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODES = list(all_codes().values())
KEYS = {"name", "severity", "message", "hint", "explanation"}


def constants() -> dict[str, str]:
    """The name in Python of each code, by its id."""
    return {code.id: code.name.replace("-", "_").upper() for code in CODES}


def words_in(*folders: Path, without: str) -> set[str]:
    """Names and hyphenated words of the Python files below folders, but for files and folders of one name."""
    return {
        word
        for folder in folders
        for path in folder.rglob("*.py")
        if without not in path.relative_to(folder).parts
        for word in re.findall(r"\w[\w-]*", path.read_text(encoding="utf-8"))
    }


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def wrong_with(letter: str, number: str, entry: dict[str, object]) -> Iterator[str]:
    """What is wrong with an entry of a family's file."""
    if not re.fullmatch(rf"{letter}\d{{3}}", number):
        yield "is not a letter of its family and three digits"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", str(entry.get("name"))):
        yield "has no name of words with hyphens"
    if not {"name", "severity", "message", "explanation"} <= set(entry) <= KEYS:
        yield f"has the keys {sorted(entry)}"
    for part in ("message", "hint", "explanation"):
        said = entry.get(part, {})
        if said and (not isinstance(said, dict) or set(said) != set(LANGUAGES)):
            yield f"its {part} is not in both languages"


def wrong_words(number: str) -> Iterator[str]:
    """What is wrong with the words of a code."""
    english, spanish = (texts(all_codes()[number], language) for language in ("en", "es"))
    if len(english.explanation) <= len(english.message) / 2:
        yield "does not explain itself"
    for part in ("message", "hint", "explanation"):
        one, other = getattr(english, part), getattr(spanish, part)
        if one and one == other:
            yield f"its {part} is not translated"
        if fields(one) != fields(other):
            yield f"the fields of its {part} differ"
        if "<" in one + other:
            yield f"its {part} has markup that its page would swallow"
        if part != "explanation" and (one.endswith(".") or other.endswith(".")):
            yield f"its {part} ends with a full stop"


def test_every_entry_is_whole() -> None:
    wrong = [
        f"{number} {problem}"
        for letter, name in FAMILIES.items()
        for number, entry in family(name).items()
        for problem in (*wrong_with(letter, number, entry), *wrong_words(number))
    ]
    assert wrong == []


def test_entries_stand_in_order() -> None:
    for name in FAMILIES.values():
        assert list(family(name)) == sorted(family(name))


def test_names_are_unique() -> None:
    doubled = [name for name, count in Counter(code.name for code in CODES).items() if count > 1]
    assert doubled == []


def test_every_code_is_raised_somewhere(root: Path) -> None:
    used = words_in(root / "src" / "ctimaturity", without="codes.py")
    unused = sorted(code for code, name in constants().items() if name not in used)
    assert unused == []


def test_every_code_is_tested_somewhere(root: Path) -> None:
    used = words_in(root / "tests", without="docs")
    untested = [code.id for code in CODES if used.isdisjoint({code.id, code.name, constants()[code.id]})]
    assert untested == []
