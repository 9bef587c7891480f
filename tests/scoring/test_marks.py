"""Which mark of an indicator counts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

import builders as b
from ctimaturity.model.questionnaire import Questionnaire, Unit
from ctimaturity.model.reference import Reference, ReferenceRange
from ctimaturity.model.response import Response, State
from ctimaturity.model.rule import Direction, ResultsBasis
from ctimaturity.scoring.index import score
from ctimaturity.scoring.marks import Mark, Marks

MINI = b.mini()
RESULTS = MINI.measurement_by_id["results"]
ITEM = RESULTS.items[0]
CUTS = tuple(Decimal(cut) for cut in (10, 20, 30, 40, 50))
UP = Reference((ReferenceRange("R-1", Direction.HIGHER, CUTS),))
ENTITY = b.entity()


def read(response: Response | None, basis: str | None = None, reference: Reference | None = None) -> Mark:
    chosen = ResultsBasis(basis) if basis else None
    return Marks(MINI, RESULTS, chosen, reference).of(ITEM, response, ENTITY)


@pytest.mark.parametrize(
    ("basis", "reference", "expected"),
    [
        pytest.param(None, None, Mark(State.ANSWERED, ResultsBasis.CRITERION, "3"), id="auto-uncovered"),
        pytest.param(None, UP, Mark(State.ANSWERED, ResultsBasis.RANGE, "4"), id="auto-with-reference"),
        pytest.param("criterion", UP, Mark(State.ANSWERED, ResultsBasis.CRITERION, "3"), id="criterion"),
        pytest.param("self", UP, Mark(State.ANSWERED, ResultsBasis.SELF, "5"), id="self"),
        pytest.param("range", UP, Mark(State.ANSWERED, ResultsBasis.RANGE, "4"), id="range"),
        pytest.param("range", None, Mark(State.NO_DATA, ResultsBasis.RANGE), id="range-without-reference"),
    ],
)
def test_basis(basis: str | None, reference: Reference | None, expected: Mark) -> None:
    response = Response(State.ANSWERED, value=Decimal(35), criterion="3", own_mark="5")
    assert read(response, basis, reference) == expected


@pytest.mark.parametrize(
    ("response", "basis", "state"),
    [
        pytest.param(None, "auto", State.BLANK, id="nothing"),
        pytest.param(b.indicator(own_mark=5, value=35), "criterion", State.BLANK, id="mark-empty"),
        pytest.param(b.indicator(criterion=5), "range", State.BLANK, id="value-empty"),
        pytest.param(b.indicator(criterion=5), "auto", State.BLANK, id="value-empty-though-covered"),
        pytest.param(b.no_data(), "range", State.NO_DATA, id="no-data"),
        pytest.param(
            Response(State.NO_DATA, reason="other", value=Decimal(35), criterion="5", own_mark="5"),
            "auto",
            State.NO_DATA,
            id="no-data-wins-over-all-marks",
        ),
    ],
)
def test_state_is_that_of_the_cell_the_basis_reads(
    response: Response | None, basis: str, state: State
) -> None:
    assert read(response, basis, UP).state is state


def test_an_indicator_without_a_range_is_left_out_for_all_under_range() -> None:
    """Also where an entity left the whole line blank, which had the lowest mark before."""
    other = Reference((ReferenceRange("R-2", Direction.HIGHER, CUTS),))
    lines = {
        "line left blank": None,
        "evidence only": Response(State.BLANK, evidence="acta"),
        "marks only": b.indicator(criterion=5, own_mark=6),
        "value": b.indicator(value=35),
        "no data": b.no_data(),
    }
    read_as = {name: read(line, "range", other) for name, line in lines.items()}
    assert read_as == dict.fromkeys(lines, Mark(State.NO_DATA, ResultsBasis.RANGE))


def test_without_a_criterion_scale_auto_falls_back_on_the_own_mark() -> None:
    measurement = RESULTS.model_copy(update={"criterion_scale": None})
    mark = Marks(MINI, measurement).of(ITEM, b.indicator(criterion=3, own_mark=5), ENTITY)
    assert mark == Mark(State.ANSWERED, ResultsBasis.SELF, "5")


def growing(derive: str) -> Questionnaire:
    unit = Unit(id="percent", label=b.text("%"), derive=derive)
    # A fresh one: a copy would keep what the first has looked up already.
    return b.mini().model_copy(update={"units": (unit,)})


@pytest.mark.parametrize(
    ("derive", "after", "before", "expected"),
    [
        pytest.param("growth", "120", "80", 50, id="growth"),
        pytest.param("reduction", "60", "80", 25, id="reduction"),
        pytest.param("growth", "1", "3", Fraction(-200, 3), id="a-third-stays-a-third"),
        pytest.param("growth", "1", "0", None, id="no-growth-from-nothing"),
        pytest.param("growth", "12.5", None, Fraction(25, 2), id="given-as-growth"),
    ],
)
def test_growth_between_two_years(
    derive: str, after: str, before: str | None, expected: Fraction | None
) -> None:
    response = Response(
        State.ANSWERED, value=Decimal(after), value_before=None if before is None else Decimal(before)
    )
    assert Marks(growing(derive), RESULTS).value(ITEM, response) == expected


def test_value_that_cannot_be_marked_falls_back_like_an_indicator_not_covered() -> None:
    reference = Reference((ReferenceRange("R-1", Direction.AMBIGUOUS, CUTS),))
    mark = read(b.indicator(criterion=2, value=35), "auto", reference)
    assert mark == Mark(State.ANSWERED, ResultsBasis.CRITERION, "2")


def test_value_of_an_indicator_given_by_units_that_do_not_grow() -> None:
    response = Response(State.ANSWERED, value=Decimal(5), value_before=Decimal(4))
    assert Marks(MINI, RESULTS).value(ITEM, response) == 5
    assert Marks(MINI, RESULTS).value(ITEM, Response(State.BLANK)) is None


def test_index_says_which_bases_were_used() -> None:
    answers = b.mini_answers()
    responses = {**answers.responses, "R-1": b.indicator(criterion=4, value=35)}
    both = b.answers(answers.entity, responses, answers.tallies.values())
    index = score(MINI, [both], reference=UP)
    assert index.rows[0].results_basis == "range;criterion"
    assert index.results_basis == "auto"
    assert index.node(index.rows[0], "results", "R-1").score == 4.0
    assert score(MINI, [both], results_basis="self").rows[0].results_basis == "self"
