"""Every text of the index document has its Spanish, with the same fields."""

from __future__ import annotations

import ast
import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

import ctimaturity.reporting as package
from ctimaturity import language
from ctimaturity.reporting.formula_rules import FormulaColumn

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOM = Path(package.__file__).parent
CATALOGUES = sorted((Path(language.__file__).parent / "locale/es/LC_MESSAGES").glob("*.po"))
OTHERS = {"explanation_text", "findings"}
"""Modules whose words belong to the terminal."""
SOURCES = sorted(
    path.stem for path in ROOM.glob("*.py") if path.stem not in OTHERS and path.stem[:6] != "change"
)
KINDS = ("measurement", "axis", "capacity", "dimension", "subdimension", "index")
RULES = ("mean", "sum", "geometric mean", "harmonic mean", "power mean")


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _constants(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _in_python(text: str) -> set[str]:
    """What is said and counted, and the words of the tables of words."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _called(node) in {"say", "t", "count"}:
            found |= set(_constants(node.args[:1]))
        elif isinstance(node, ast.Dict) and all(isinstance(key, ast.Attribute) for key in node.keys):
            found |= set(_constants(node.values))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            found |= set(_constants(node.value.values)) if names & {"BASIS_LABELS", "_BASES"} else set()
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            found |= set(_constants(node.value.elts)) if "headers" in names else set()
        elif isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            columns = isinstance(node.target, ast.Name) and node.target.id == "columns"
            found |= set(_constants([key for key in node.value.keys if key])) if columns else set()
        elif isinstance(node, ast.comprehension) and isinstance(node.iter, ast.Tuple | ast.List):
            found |= set(_constants(node.iter.elts))
    return found


def _messages() -> list[str]:
    found = {*KINDS, *RULES, *(column.title for column in FormulaColumn)}
    for name in SOURCES:
        found |= _in_python((ROOM / f"{name}.py").read_text("utf-8"))
    for template in ROOM.glob("templates/*.j2"):
        text = template.read_text("utf-8")
        found |= set(re.findall(r"\b(?:t|count)\(\s*\"([^\"]+)\"", text))
        found |= set(re.findall(r"\bt\(\s*'([^']+)'", text))
    return sorted(found)


@cache
def _catalogues() -> list[Catalog]:
    return [read_po(io.BytesIO(path.read_bytes()), locale="es") for path in CATALOGUES]


def _wrong_with(message: str) -> str:
    """What is wrong with the Spanish of a message; empty when nothing is."""
    found = [catalogue.get(message) for catalogue in _catalogues()]
    entry = next((entry for entry in found if entry is not None), None)
    if entry is None:
        return "is in no catalogue"
    spanish = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
    fields = set(re.findall(r"\{(\w+)\}", message))
    same = all(text and set(re.findall(r"\{(\w+)\}", text)) == fields for text in spanish)
    return "" if same else "has other fields in Spanish, or no words"


def test_every_message_has_its_spanish_with_the_same_fields() -> None:
    messages = _messages()
    assert len(messages) > 120
    assert [f"{message!r} {wrong}" for message in messages if (wrong := _wrong_with(message))] == []
