"""Numbers that doubles cannot hold, and which items can exist for whom."""

from __future__ import annotations

from fractions import Fraction

import pytest

import builders as b
from ctimaturity.model.response import EntityAnswers
from ctimaturity.model.scale import Option, Scale
from ctimaturity.scoring.index import score
from ctimaturity.scoring.items import HIGH, LOW, SCORE, ItemValues, applicable_items, fits


def lettered(*points: str) -> Scale:
    """Options a, b, c: a code has no room for so many digits."""
    return Scale(
        options=tuple(
            Option(code=letter, points=b.number(each), label=b.text(f"opción {letter}"))
            for letter, each in zip("abc", points, strict=False)
        )
    )


LONG = ("0", "123456789.123456789012345", "987654321.123456789012345")


def test_points_with_more_digits_than_a_double_decide_exactly() -> None:
    """The mean of the two is on the bound between two levels, and one digit more is above it."""
    middle = (Fraction(LONG[1]) + Fraction(LONG[2])) / 2
    assert middle == Fraction("555555555.123456789012345")
    definition = b.tree(
        b.item("I-1", "long"),
        b.item("I-2", "long"),
        scales={"long": lettered(*LONG)},
        levels=b.levels(bounds=[0, "555555555.123456789012345", "987654321.123456789012345"]),
    )
    index = score(definition, [b.answers("05001", {"I-1": "b", "I-2": "c"})])
    found = index.node(index.rows[0], "m", "m")
    assert (found.score, found.level) == (float(middle), 1)


def test_blanks_on_a_scale_with_many_digits() -> None:
    scale = lettered("0.123456789012345", "100000.123456789012345")
    definition = b.tree(b.item("I-1", "long"), b.item("I-2", "long"), scales={"long": scale})
    index = score(definition, [b.answers("05001", {"I-1": "b"})])
    found = index.node(index.rows[0], "m", "m")
    assert found.high == float(Fraction("100000.123456789012345"))
    assert found.score == found.low == pytest.approx(50000.123456789012345, rel=1e-15)


def test_survey_on_a_scale_with_many_digits() -> None:
    scale = lettered("0.123456789012345", "100000.123456789012345")
    definition = b.tree(
        b.item("I-1", "long"), scales={"long": scale}, collects="respondents", blanks="exclude"
    )
    first, second = (option.code for option in scale.options)
    tallies = b.tallies(definition, {"academia": {"I-1": {first: 3, second: 1, "blank": 1}}}, measurement="m")
    index = score(definition, [EntityAnswers(b.entity(), {}, {"m": tallies})])
    found = index.node(index.rows[0], "m", "I-1")
    offset = Fraction("0.123456789012345")
    assert found.score == float(25000 + offset)
    assert (found.low, found.high) == (float(20000 + offset), float(40000 + offset))


def test_what_fits_the_arrays() -> None:
    values = ("1/3", "9007199254740993", "1/9007199254740993")
    assert [fits(Fraction(value)) for value in values] == [True, False, False]


def test_values_too_long_for_the_arrays_are_kept_beside_them() -> None:
    values = ItemValues.empty(1, 2)
    long = Fraction(1, 3**40)
    for calculation in (SCORE, LOW, HIGH):
        values.put(0, calculation, 1, long)
    assert values.exact(0, SCORE, 1) == long
    assert values.exact(0, SCORE, 0) is None
    assert values.values()[0, SCORE, 1] == float(long)
    assert values.settled.tolist() == [[True, True]]
    values.put(0, HIGH, 1, 2 * long)
    assert values.settled.tolist() == [[True, False]]


def test_items_that_can_exist() -> None:
    definition = b.mini().model_copy(update={"every_type": ("11001",)})
    who = [b.entity("05001"), b.entity("05", "gobernacion"), b.entity("11001"), b.entity("X", "other")]
    found = applicable_items(
        definition, definition.measurement_by_id["results"], [EntityAnswers(each) for each in who]
    )
    # R-4 is only for a gobernación; for Bogotá and for what is of no known type everything applies.
    assert found[:3].all()
    assert found[3].tolist() == [False, True, True, True]


def test_answer_to_what_cannot_exist_is_not_read() -> None:
    index = score(b.mini(), [b.mini_answers()])
    found = index.node(index.rows[0], "results", "R-4")
    assert (found.state, found.score, found.coverage) == ("not_applicable", None, None)
