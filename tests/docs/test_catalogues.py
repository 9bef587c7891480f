"""Everything that people read exists in both languages, once, with the same fields."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import typer
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from ctimaturity.definitions.library import Library
from ctimaturity.language.catalogue import translate
from ctimaturity.model.response import State
from ctimaturity.reporting.rule_details import RULES

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


def every_message() -> Iterator[tuple[Path, Message]]:
    return ((path, message) for path in FILES for message in messages(path))


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


@cache
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


def test_every_message_is_translated_and_none_is_doubtful() -> None:
    assert [path.name for path in FILES if not messages(path)] == []
    assert [
        (path.name, message.id)
        for path, message in every_message()
        if message.fuzzy or not all(forms(message.string) or [""])
    ] == []


def test_the_fields_are_the_same() -> None:
    wrong = []
    for path, message in every_message():
        wanted = set().union(*map(fields, forms(message.id)))
        given = [fields(text) for text in forms(message.string)]
        if given[-1] != wanted or not all(each <= wanted for each in given):
            wrong.append((path.name, message.id))
    assert wrong == []


def test_what_begins_and_ends_a_message_is_the_same() -> None:
    wrong = []
    for path, message in every_message():
        for english, spanish in zip(forms(message.id), forms(message.string), strict=True):
            point = english.endswith(".") == spanish.endswith(".")
            spaces = (english[:1] == " ", english[-1:] == " ") == (spanish[:1] == " ", spanish[-1:] == " ")
            short = len(english.split()) <= 3  # these may end with an abbreviation
            if not short and not (point and spaces):
                wrong.append((path.name, english))
    assert wrong == []


def test_no_message_is_translated_in_two_ways() -> None:
    found = defaultdict(set)
    for _, message in every_message():
        found[forms(message.id)].add(forms(message.string))
    assert {text: ways for text, ways in found.items() if len(ways) > 1} == {}


def test_the_terminal_speaks_spanish() -> None:
    (path,) = (path for path in FILES if path.stem == "cli")
    known = {form for message in messages(path) for form in forms(message.id)}
    assert asked(PACKAGE / "cli") - known == set()


def test_everything_asked_for_is_in_a_catalogue() -> None:
    known = {form for _, message in every_message() for form in forms(message.id)}
    assert asked(PACKAGE) - known == set()


def test_the_tree_of_a_score_speaks_spanish() -> None:
    said = [*RULES.values(), *State]
    assert [message for message in said if translate(message, "es") == message] == []


def test_no_catalogue_keeps_what_nobody_asks_for() -> None:
    # Typer takes its own words (Usage, Options) from the catalogue of the terminal.
    typer_itself = Path(typer.__file__).parent
    used = asked(PACKAGE) | texts_below(PACKAGE) | texts_below(typer_itself) | kinds()
    known = {form for _, message in every_message() for form in forms(message.id)}
    assert known - used == set()
