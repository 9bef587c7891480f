"""The sentences of a dossier follow from the numbers, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ctimaturity.model.score import Status
from ctimaturity.reporting.account import contrast_sentences, extremes
from ctimaturity.reporting.dossier import Dossier, Dossiers
from ctimaturity.reporting.figure import Figure
from ctimaturity.reporting.parts import PartLine, margin, standouts, target
from ctimaturity.reporting.provenance import Provenance
from ctimaturity.reporting.words import Words
from six_ranked import MARKS, six_ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.reporting.columns import ScoreColumn

PROVENANCE = Provenance("9.9.9", "a" * 64, "b" * 64)
ES, EN = Words("es"), Words("en")


def dossiers(language: str, marks: Sequence[tuple[int, str]] = MARKS) -> list[Dossier]:
    given = six_ranked(marks)
    made = Dossiers(given, PROVENANCE, language)
    return [made.of(row) for row in given.index.rows]


@pytest.fixture(scope="module")
def spanish() -> list[Dossier]:
    return dossiers("es")


@pytest.fixture(scope="module")
def column(spanish: list[Dossier]) -> ScoreColumn:
    """That of the dimension `personas`: scale 1 to 6, six levels of 5/6."""
    return spanish[0].groups[0].lines[0].column


def line(
    column: ScoreColumn, score: float | None, median: float | None = None, slack: float = 0.0
) -> PartLine:
    """A part with a score, so far from its bounds on either side."""
    low, high = (None, None) if score is None else (score - slack, score + slack)
    figure = Figure(score, low, high, 2, ES.number(score), None, "")
    return PartLine(column, figure, median, ES.number(median), None)


# The indices are (6 + 5 + 5) / 3 = 5.33, (3 + 4 + 4) / 3 = 3.67 twice, (1 + 3 + 3) / 3 = 2.33,
# (2 + 2 + 2) / 3 = 2, (0 + 1 + 1) / 3 = 0.67; their median is (3.67 + 2.33) / 2 = 3. The scale is 2/3 to 6,
# a level is 8/9 wide: 0.67, 1.56, 2.44, 3.33, 4.22, 5.11, 6.
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (
            0,
            (
                "El índice es 5,33 en una escala de 0,67 a 6,00: nivel 6, Nivel 6.",
                "Ocupa el puesto 1 de 6: ninguna entidad tiene un índice más alto.",
                "Es el nivel más alto que hay.",
                "Está por encima de la mediana de las 6 entidades clasificadas, 3,00.",
            ),
        ),
        (
            1,
            (
                "El índice es 3,67 en una escala de 0,67 a 6,00: nivel 4, Nivel 4.",
                (
                    "Ocupa el puesto 2 de 6: 1 entidad tiene un índice más alto"
                    " y 1 más tiene exactamente el mismo."
                ),
                "El nivel siguiente, 5, Nivel 5, pide más de 4,22; para llegar a él falta 0,56.",
                "Está por encima de la mediana de las 6 entidades clasificadas, 3,00.",
            ),
        ),
        (
            3,
            (
                "El índice es 2,33 en una escala de 0,67 a 6,00: nivel 2, Nivel 2.",
                "Ocupa el puesto 4 de 6: 3 entidades tienen un índice más alto.",
                "El nivel siguiente, 3, Nivel 3, pide más de 2,44; para llegar a él falta 0,11.",
                "Está por debajo de la mediana de las 6 entidades clasificadas, 3,00.",
            ),
        ),
    ],
)
def test_where_it_stands(spanish: list[Dossier], at: int, expected: tuple[str, ...]) -> None:
    assert spanish[at].standing == expected


def test_where_it_stands_in_english() -> None:
    assert dossiers("en")[1].standing == (
        "The index is 3.67 on a scale from 0.67 to 6.00: level 4, Nivel 4.",
        "It has rank 2 of 6: 1 entity has a higher index and 1 other has exactly the same.",
        "The next level, 5, Nivel 5, asks for more than 4.22: 0.56 to go.",
        "It lies above the median of all 6 ranked entities, 3.00.",
    )


def test_several_that_have_the_same() -> None:
    first = dossiers("es", [(4, "ab")] * 3 + [(2, "b"), (1, "")])[0]
    assert (
        "Ocupa el puesto 1 de 5: ninguna entidad tiene un índice más alto y 2 más tienen exactamente el"
        in (first.standing[1])
    )
    assert first.standing[-1] == "Es la mediana de las 5 entidades clasificadas, 3,67."


def test_alone_it_is_compared_with_nobody() -> None:
    (only,) = dossiers("es", [(4, "ab")])
    assert only.peers is None
    assert only.standing[1] == "Es la única entidad clasificada."
    assert not any("mediana" in sentence for sentence in only.standing)


def test_four_are_too_few_for_a_median_and_five_are_enough() -> None:
    assert dossiers("es", MARKS[:4])[0].peers is None
    five = dossiers("es", MARKS[:5])[0].peers
    assert five is not None
    assert five.size == 5


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        ([3.0], []),
        ([3.001, 3.002], ["Todas las partes tienen el mismo puntaje, 3,00."]),
        ([3.0, 2.0], ["El puntaje más alto es el de A (3,00).", "El más bajo es el de B (2,00)."]),
        (
            [3.0, 2.0, 3.0],
            ["El puntaje más alto lo comparten A y C (3,00).", "El más bajo es el de B (2,00)."],
        ),
        (
            [2.0, 3.0, 2.0],
            ["El puntaje más alto es el de B (3,00).", "El más bajo lo comparten A y C (2,00)."],
        ),
    ],
)
def test_the_highest_and_the_lowest(column: ScoreColumn, scores: list[float], expected: list[str]) -> None:
    lines = [line(replace(column, title=name), score) for name, score in zip("ABC", scores, strict=False)]
    assert list(extremes(lines, ES)) == expected


def test_a_part_without_a_score_is_no_extreme(column: ScoreColumn) -> None:
    assert list(extremes([line(column, None), line(column, 2.0)], ES)) == []


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], []),
        ([("A", 3.0, 3.0)], ["Uno y Dos coinciden en todas las partes."]),
        ([("A", 3.0, 4.5)], ["En 1 parte, Dos está por encima de Uno: A (Uno 3,00, Dos 4,50)."]),
        (
            [("A", 3.0, 4.5), ("B", 3.0, 5.0), ("C", 3.0, 2.25)],
            [
                "En 2 partes, Dos está por encima de Uno; sobre todo en B (Uno 3,00, Dos 5,00).",
                "En 1 parte, Dos está por debajo de Uno: C (Uno 3,00, Dos 2,25).",
            ],
        ),
    ],
)
def test_two_measurements(pairs: list[tuple[str, float, float]], expected: list[str]) -> None:
    assert list(contrast_sentences(("Uno", "Dos"), pairs, ES)) == expected


def test_two_measurements_in_english() -> None:
    pairs = [("A", 3.0, 2.0), ("B", 3.0, 1.0)]
    assert list(contrast_sentences(("One", "Two"), pairs, EN)) == [
        "In 2 parts Two lies below One; most in B (One 3.00, Two 1.00)."
    ]


def test_half_a_level_is_what_it_takes_to_be_named(column: ScoreColumn) -> None:
    # A level is 5/6 wide; half of it is 0.41666...
    assert margin(column) == pytest.approx(5 / 12)
    (found,), _ = standouts([line(column, 3.42, 3.0)], ES)
    assert (found.score, found.reference, found.gap) == ("3,42", "3,00", "+0,42")
    assert standouts([line(column, 3.41, 3.0), line(column, 2.59, 3.0)], ES) == ((), ())
    _, (found,) = standouts([line(column, 2.5, 3.0)], EN)
    assert found.gap == "\N{MINUS SIGN}0.50"


def test_what_was_left_open_keeps_a_part_from_being_named(column: ScoreColumn) -> None:
    assert standouts([line(column, 4.0, 3.0, slack=1.0)], ES) == ((), ())
    assert len(standouts([line(column, 4.0, 3.0, slack=0.9)], ES)[0]) == 1
    assert standouts([line(column, 2.0, 3.0, slack=1.0)], ES) == ((), ())


def test_the_three_furthest_are_named_the_furthest_first(column: ScoreColumn) -> None:
    lines = [
        line(replace(column, title=name), score, 3.0)
        for name, score in [("A", 3.5), ("B", 5.0), ("C", 4.0), ("D", 4.5)]
    ]
    assert [each.title for each in standouts(lines, ES)[0]] == ["B", "D", "C"]


def test_without_a_group_its_own_mean_is_what_it_is_compared_with(column: ScoreColumn) -> None:
    # The mean of 4, 3 and 2 is 3.
    above, below = standouts([line(column, 4.0), line(column, 3.0), line(column, 2.0)], ES)
    assert [each.reference for each in (*above, *below)] == ["3,00", "3,00"]


@pytest.mark.parametrize(
    ("words", "score", "text", "missing"),
    [
        (ES, 2.0, "más de 2,67", "0,67"),
        (EN, 2.0, "more than 2.67", "0.67"),
        (ES, 2.6666, "más de 2,67", "menos de 0,01"),
    ],
)
def test_the_next_level(column: ScoreColumn, words: Words, score: float, text: str, missing: str) -> None:
    # Levels of the dimension begin at 1, 1.83, 2.67, 3.5 ...: 2 is in the second.
    figure = Figure(score, score, score, 2, "", 2, "Nivel 2")
    found = target(column, figure, words)
    assert found is not None
    assert (found.text, found.missing) == (text, missing)
    assert target(column, replace(figure, level=6), words) is None


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_sentence_is_empty_or_unfinished(language: str) -> None:
    for dossier in dossiers(language):
        assert dossier.entity.row.status is Status.RANKED
        said = [
            *dossier.standing,
            *dossier.contrast,
            *(sentence for group in dossier.groups for sentence in group.sentences),
            *(sentence for _, sentences in dossier.basics for sentence in sentences),
        ]
        assert len(said) > 6
        for sentence in said:
            assert sentence[-1] == "."
            assert not re.search(r"\s{2}|None|nan|[{}]|\(\)|–", sentence)
            decimal = r"\d\.\d" if language == "es" else r"\d,\d"
            assert not re.search(decimal, sentence)
            assert not re.search(r"\b1 (partes|entidades|parts|entities)\b", sentence)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((5, "abc"), "No falta nada: se cumple todo lo que se pide."),
        (
            (4, "ab"),
            (
                "2 partes lo mantienen ahí: mientras cada una no cumpla lo que le falta,"
                " el conjunto no puede subir."
            ),
        ),
    ],
)
def test_the_staged_level(marks: tuple[int, str], expected: str) -> None:
    ((_, sentences),) = dossiers("es", [marks])[0].basics
    assert sentences[1] == expected
