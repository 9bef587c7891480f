"""Whatever is answered, in whatever form and language, comes back as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import SEGMENTS, answers
from ctimaturity.model.response import Response, State
from ctimaturity.workbook.copies import content
from returned import book, read

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKS = st.sampled_from(["", "1", "2", "3", "4", "5", "6"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
VALUES = st.none() | st.decimals(-1_000_000, 1_000_000, places=3)


@st.composite
def indicators(draw: st.DrawFn) -> Response:
    """A line of results with whatever cells are filled."""
    reason = draw(st.sampled_from(["", "not-measured", "other"]))
    value = None if reason else draw(VALUES)
    criterion, own_mark = draw(MARKS), draw(MARKS)
    answered = value is not None or criterion or own_mark
    return Response(
        State.NO_DATA if reason else State.ANSWERED if answered else State.BLANK,
        value=value,
        criterion=criterion,
        own_mark=own_mark,
        reason=reason,
        year=draw(st.none() | st.integers(1990, 2030)),
        evidence=draw(WORDS),
    )


RESPONSES = st.fixed_dictionaries(
    {},
    optional={
        **{f"C-{number}-{letter}": st.sampled_from([0, 1]) for number in (1, 2) for letter in "abc"},
        **{f"R-{number}": indicators() for number in (1, 2, 3, 4)},
    },
)
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["", *SEGMENTS]),
        st.dictionaries(
            st.sampled_from(["P-1", "P-2", "P-3", "P-4"]),
            st.sampled_from(["1", "2", "3", "4", "5", "6", "NS"]),
        ),
    ),
    max_size=6,
)


def answered(responses: Mapping[str, Response]) -> dict[str, tuple[object, ...]]:
    return {item: content(one) for item, one in responses.items() if one.state is not State.BLANK}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RESPONSES, PEOPLE, st.sampled_from(["list", "grid"]), st.sampled_from(["es", "en"]))
def test_what_is_written_comes_back(
    given_: dict[str, object], people: list[tuple[str, dict[str, str]]], form: str, language: str
) -> None:
    entity = answers("05", given_)
    returned = read(book(entity, people=people, perception=form, language=language))
    assert answered(returned.responses) == answered(entity.responses)
    assert not returned.refused
    counting = [marks for _, marks in people if any(mark != "NS" for mark in marks.values())]
    assert sum(int(survey.respondents.sum()) for survey in returned.surveys) == len(counting)
    for survey in returned.surveys:
        for position, item in enumerate(survey.items):
            row = dict(zip(survey.options, survey.counts[:, position].sum(axis=0).tolist(), strict=True))
            marks = [given.get(item, "blank") for given in counting]
            expected = {option: marks.count("NS" if option == "dont_know" else option) for option in row}
            assert row == expected


def test_exact_decimals() -> None:
    value = Decimal("0.1") + Decimal("0.2")
    entity = answers("05", {"R-1": Response(State.ANSWERED, value=value)})
    assert read(book(entity)).responses["R-1"].value == Decimal("0.3")
