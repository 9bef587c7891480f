"""Everything that people read exists in both languages, once, with the same fields."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
import typer
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from ctimaturity.definitions.library import Library
from ctimaturity.language.catalogue import translate
from ctimaturity.model.response import State
from ctimaturity.reporting.explanation import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "ctimaturity"
FILES = sorted((PACKAGE / "language" / "locale" / "es" / "LC_MESSAGES").glob("*.po"))
SINGULAR = {"_", "translate", "words", "say", "t"}
PLURAL = {"counted", "translate_count", "count"}


@cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale="es")


def messages(path: Path) -> list[Message]:
    return [message for message in catalogue(path) if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def called(name: str, arguments: list[object]) -> tuple[str, ...]:
    """The messages that a call asks the catalogue for."""
    texts = [argument for argument in arguments[:2] if isinstance(argument, str)]
    if name in SINGULAR and arguments and texts[:1] == arguments[:1]:
        return (texts[0],)
    return tuple(texts) if name in PLURAL and len(texts) == 2 else ()


def asked_in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            yield from called(
                name, [part.value if isinstance(part, ast.Constant) else None for part in node.args]
            )


def asked_in_template(path: Path) -> Iterator[str]:
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do"]).parse(path.read_text(encoding="utf-8"))
    for node in tree.find_all(nodes.Call):
        if isinstance(node.node, nodes.Name | nodes.Getattr):
            name = node.node.name if isinstance(node.node, nodes.Name) else node.node.attr
            yield from called(
                name, [part.value if isinstance(part, nodes.Const) else None for part in node.args]
            )


def asked(folder: Path) -> set[str]:
    found = {text for path in folder.rglob("*.py") for text in asked_in_python(path)}
    return {text for path in folder.rglob("*.j2") for text in asked_in_template(path)} | found - {""}


def texts_below(folder: Path) -> set[str]:
    """Every text written in the Python files of a folder."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))
    constants = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def kinds() -> set[str]:
    """What the nodes of the bundled definitions are called; documents say it in their language."""
    questionnaire = Library().find("mmmctic@2020-04")
    return {node.kind for measurement in questionnaire.measurements for node in measurement.nodes}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestEveryCatalogue:
    def test_every_message_is_translated_and_none_is_doubtful(self, path: Path) -> None:
        unsaid = [
            message.id
            for message in messages(path)
            if message.fuzzy or not all(forms(message.string) or [""])
        ]
        assert messages(path)
        assert unsaid == []

    def test_the_fields_are_the_same(self, path: Path) -> None:
        for message in messages(path):
            wanted = set().union(*map(fields, forms(message.id)))
            for text in forms(message.string):
                assert fields(text) <= wanted, message.id
            assert fields(forms(message.string)[-1]) == wanted, message.id

    def test_what_begins_and_ends_a_message_is_the_same(self, path: Path) -> None:
        for message in messages(path):
            for english, spanish in zip(forms(message.id), forms(message.string), strict=True):
                if len(english.split()) > 3:  # shorter ones may end with an abbreviation
                    assert english.endswith(".") == spanish.endswith("."), english
                assert (english[:1] == " ", english[-1:] == " ") == (
                    spanish[:1] == " ",
                    spanish[-1:] == " ",
                ), english


def test_no_message_is_translated_in_two_ways() -> None:
    found = defaultdict(set)
    for path in FILES:
        for message in messages(path):
            found[forms(message.id)].add(forms(message.string))
    assert {text: ways for text, ways in found.items() if len(ways) > 1} == {}


def test_the_terminal_speaks_spanish() -> None:
    (path,) = (path for path in FILES if path.stem == "cli")
    known = {form for message in messages(path) for form in forms(message.id)}
    assert asked(PACKAGE / "cli") - known == set()


def test_everything_asked_for_is_in_a_catalogue() -> None:
    known = {form for path in FILES for message in messages(path) for form in forms(message.id)}
    assert asked(PACKAGE) - known == set()


@pytest.mark.parametrize("message", [*RULES.values(), *State])
def test_the_tree_of_a_score_speaks_spanish(message: str) -> None:
    assert translate(message, "es") != message


def test_no_catalogue_keeps_what_nobody_asks_for() -> None:
    # Typer takes its own words (Usage, Options) from the catalogue of the terminal.
    typer_itself = Path(typer.__file__).parent
    used = asked(PACKAGE) | texts_below(PACKAGE) | texts_below(typer_itself) | kinds()
    known = {form for path in FILES for message in messages(path) for form in forms(message.id)}
    assert known - used == set()
