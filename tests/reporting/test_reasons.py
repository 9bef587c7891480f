from __future__ import annotations

import pytest

from builders import mini
from ctimaturity.model.entity import Entity
from ctimaturity.model.score import IndexRow, Reason, Status
from ctimaturity.reporting.reasons import sentences
from ctimaturity.reporting.words import Words
from invented import INCOMPLETE, PROVISIONAL


def said(*reasons: Reason, language: str = "en") -> tuple[str, ...]:
    row = IndexRow(Entity("1", "x", "other"), 0, Status.INCOMPLETE, reasons)
    return sentences(row, mini(), Words(language))


def test_a_provisional_entity_learns_everything_it_falls_short_of() -> None:
    assert said(*PROVISIONAL) == (
        "título de results: more than 35% without data or not applicable in título de personas (50%).",
        "título de perception: more than 60% of the respondents belong to sociedad-civil (70%).",
        "título de perception: 2 statements have fewer than 10 answers (the fewest: 1).",
        "título de results: 79.96% answered, less than the 80% asked for.",
        "título de perception: fewer than 10 respondents in academia (2) and sector-publico (1).",
        "título de perception: 10 respondents, fewer than the 50 asked for.",
    )


def test_the_lower_of_two_thresholds_speaks_for_both() -> None:
    assert said(*INCOMPLETE) == (
        "título de capacities: 40% answered, less than the 65% asked for.",
        "título de results: less than 50% answered in título de personas (25%) and título de habitat (0%).",
        "título de perception: no answers arrived from which a score could be made.",
    )


def test_what_decides_comes_first() -> None:
    first, second = said(
        Reason(Status.PROVISIONAL, "max_excluded", "capacities", "", 0.5, 0.35),
        Reason(Status.INCOMPLETE, "missing", "results"),
    )
    assert first.startswith("título de results: no answers")
    assert second == "título de capacities: 50% without data or not applicable, more than the 35% allowed."


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "título de perception: 1 persona encuestada, menos de las 50 que se piden."),
        (2, "título de perception: 2 personas encuestadas, menos de las 50 que se piden."),
    ],
)
def test_plurals(count: int, sentence: str) -> None:
    reason = Reason(Status.PROVISIONAL, "min_respondents", "perception", "", float(count), 50.0)
    assert said(reason, language="es") == (sentence,)


def test_refused() -> None:
    (sentence,) = said(Reason(Status.REFUSED, "refused"), language="es")
    assert (
        sentence
        == "El libro contiene algo que no se puede leer con certeza, así que no se calificó nada de él."
    )


def test_nothing_to_count_is_none() -> None:
    (sentence,) = said(Reason(Status.INCOMPLETE, "min_coverage", "results", "", float("nan"), 0.65))
    assert sentence == "título de results: – answered, less than the 65% asked for."


def test_all_statements_fall_short_at_once() -> None:
    (sentence,) = said(Reason(Status.PROVISIONAL, "min_answers", "perception", "", 9.0, 10.0), language="es")
    assert sentence == (
        "título de perception: ninguna afirmación tiene las 10 respuestas que se piden (la que más: 9)."
    )
