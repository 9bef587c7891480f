"""The arithmetic of the worked examples in the method holds, and both languages show the same numbers."""

from __future__ import annotations

import ast
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TERM = r"\(?\d(?:[\d.+×/() −]*[\d)])?"
CHAIN = re.compile(rf"{TERM}(?: = {TERM})+")
PAGES = {"en": "docs/method.md", "es": "docs/es/metodo.md"}


def prose(root: Path, language: str) -> str:
    """The page as one line, with decimal points and without the marks of quotations."""
    text = (root / PAGES[language]).read_text(encoding="utf-8").replace("\n> ", " ").replace("\n", " ")
    return re.sub(r"(?<=\d),(?=\d)", ".", text) if language == "es" else text


def value(expression: str) -> Fraction:
    """The exact value of a sum of products, written with × and −."""
    tree = ast.parse(expression.replace("×", "*").replace("−", "-"), mode="eval")
    return reckoned(tree.body)


def reckoned(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return reckoned(left) + reckoned(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return reckoned(left) - reckoned(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return reckoned(left) * reckoned(right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return reckoned(left) / reckoned(right)
    raise AssertionError(ast.dump(node))


def rounded_like(exact: Fraction, shown: str) -> Decimal:
    """Half up, to as many decimals as are shown."""
    digits = len(shown.partition(".")[2])
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return quotient.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def chains(text: str) -> list[list[str]]:
    return [match.group().split(" = ") for match in CHAIN.finditer(text)]


@pytest.mark.parametrize("language", PAGES)
def test_every_sum_comes_out(root: Path, language: str) -> None:
    found = chains(prose(root, language))
    assert len(found) >= 20
    for first, *others in found:
        exact = value(first)
        for other in others:
            plain = re.fullmatch(r"\d+\.?\d*", other)
            right = rounded_like(exact, other) == Decimal(other) if plain else exact == value(other)
            assert right, f"{first} = {other}"


def test_every_bound_is_its_fraction(root: Path) -> None:
    bounds = re.findall(r"(\d\.\d{4}) \((\d+/\d+)\)", prose(root, "en"))
    assert len(bounds) == 10
    for shown, fraction in bounds:
        assert rounded_like(Fraction(fraction), shown) == Decimal(shown)


def test_both_languages_show_the_same_sums(root: Path) -> None:
    assert chains(prose(root, "en")) == chains(prose(root, "es"))


@pytest.mark.parametrize(("english", "spanish"), [("printed", "publicado"), ("choice", "decisión")])
def test_both_languages_mark_the_same_rules(root: Path, english: str, spanish: str) -> None:
    count = prose(root, "en").count(f"[{english}]")
    assert count > 5
    assert prose(root, "es").count(f"[{spanish}]") == count
