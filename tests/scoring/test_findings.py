"""Every finding of the scoring comes out, once, at its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

import builders as b
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.language.findings import wording
from ctimaturity.model.reference import Reference, ReferenceRange
from ctimaturity.model.response import EntityAnswers, Response, Source, State
from ctimaturity.model.rule import Direction
from ctimaturity.scoring.findings import findings
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from collections.abc import Callable

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Diagnostic

MINI = b.mini()
CUTS = tuple(Decimal(cut) for cut in (10, 20, 30, 40, 50))
REFERENCE = Reference(
    (
        ReferenceRange("R-1", Direction.HIGHER, CUTS),
        ReferenceRange("R-2", Direction.AMBIGUOUS, CUTS),
    )
)
PLACE = Source("a.xlsx", "Resultados", "F7")


def found(
    answers: EntityAnswers, basis: str | None = None, reference: Reference | None = None
) -> tuple[Diagnostic, ...]:
    index = score(MINI, [answers], results_basis=basis, reference=reference)
    return findings(MINI, {answers.entity.code: answers}, index, reference)


def complete(**changes: object) -> EntityAnswers:
    answers = b.mini_answers()
    responses = {
        **answers.responses,
        **b.marked({key.replace("_", "-"): value for key, value in changes.items()}),
    }
    return replace(answers, responses=responses, files=("a.xlsx",))


def without(*items: str) -> EntityAnswers:
    answers = complete()
    return replace(answers, responses={k: v for k, v in answers.responses.items() if k not in items})


def surveyed(sizes: dict[str, int], **changes: int) -> EntityAnswers:
    """Respondents by segment, all of whom answer 4; `P_3=2` says how many of each segment answer P-3."""
    counts = {
        segment: {
            statement: {"4": min(size, changes.get(statement.replace("-", "_"), size)), "blank": 0}
            for statement in ("P-1", "P-2", "P-3", "P-4")
        }
        for segment, size in sizes.items()
    }
    for segment, size in sizes.items():
        for row in counts[segment].values():
            row["blank"] = size - row["4"]
    tallies = b.tallies(MINI, counts, respondents=sizes)
    return replace(complete(), tallies={"perception": tallies})


def with_population(answers: EntityAnswers) -> EntityAnswers:
    entity = replace(answers.entity, population=dict.fromkeys(b.SEGMENTS, 1000))
    return replace(answers, entity=entity)


def located(value: str, own_mark: str = "", criterion: str = "4") -> Response:
    return Response(
        State.ANSWERED, value=Decimal(value), own_mark=own_mark, criterion=criterion, source=PLACE
    )


FIFTEEN = dict.fromkeys(b.SEGMENTS, 15)
UNKNOWN = {**FIFTEEN, "unknown": 3}
CASES: dict[Code, tuple[Callable[[], tuple[Diagnostic, ...]], dict[str, object]]] = {
    codes.MEASUREMENT_MISSING: (
        lambda: found(replace(complete(), tallies={})),
        {"entity": "05001", "measurement": "perception"},
    ),
    # personas has two indicators, habitat one for an alcaldía: (1/2 + 1) / 2 = 3/4 of the results.
    codes.COVERAGE_TOO_LOW: (
        lambda: found(without("R-1")),
        {"node": "results", "value": 75, "threshold": "80"},
    ),
    codes.EXCLUDED_TOO_MUCH: (
        lambda: found(complete(R_1=b.no_data())),
        {"node": "personas", "value": 50, "threshold": "35"},
    ),
    codes.RESPONDENTS_TOO_FEW: (
        lambda: found(surveyed(dict.fromkeys(b.SEGMENTS, 12))),
        {"value": 48, "threshold": "50"},
    ),
    codes.SEGMENT_TOO_SMALL: (
        lambda: found(surveyed({**FIFTEEN, "academia": 9})),
        {"node": "academia", "value": 9, "threshold": "10"},
    ),
    # 76 of 121 respondents are 62.8 %.
    codes.SEGMENT_TOO_LARGE: (
        lambda: found(surveyed({**FIFTEEN, "academia": 76})),
        {"node": "academia", "value": 63, "threshold": "60"},
    ),
    codes.ANSWERS_TOO_FEW: (
        lambda: found(surveyed(FIFTEEN, P_3=2)),
        {"node": "P-3", "value": 8, "threshold": "10", "count": 1},
    ),
    codes.ALL_ANSWERS_TOO_FEW: (
        lambda: found(surveyed(dict.fromkeys(b.SEGMENTS, 2))),
        {"value": 8, "threshold": "10"},
    ),
    codes.REFERENCE_WINS: (
        lambda: found(complete(R_1=located("35", own_mark="6")), "auto", REFERENCE),
        {"item": "R-1", "mark": "4", "stated": "6"},
    ),
    codes.BLANK_BESIDE_ENTRIES: (
        lambda: found(complete(R_1=located("35", criterion="")), "criterion"),
        {"item": "R-1", "basis": "criterion"},
    ),
    codes.VALUE_NOT_MARKED: (
        lambda: found(complete(R_2=located("35")), "auto", REFERENCE),
        {"item": "R-2"},
    ),
    codes.NOT_IN_REFERENCE: (
        lambda: found(complete(), "range", REFERENCE),
        {"item": "R-3"},
    ),
    codes.UNKNOWN_SEGMENT_UNWEIGHTED: (
        lambda: found(with_population(surveyed(UNKNOWN))),
        {"count": 3, "entity": "05001", "measurement": "perception"},
    ),
    codes.SEGMENT_WITHOUT_ANSWERS: (
        lambda: found(with_population(no_academics())),
        {"segment": "academia", "item": "P-3"},
    ),
}


def no_academics() -> EntityAnswers:
    """None of the academia answers P-3."""
    answers = surveyed(FIFTEEN)
    counts = np.array(answers.tallies["perception"].counts)
    counts[0, 2, :] = 0
    counts[0, 2, -2] = 15
    return replace(answers, tallies={"perception": replace(answers.tallies["perception"], counts=counts)})


def test_a_segment_is_named_once_and_not_for_what_nobody_answered() -> None:
    answers = no_academics()
    counts = np.array(answers.tallies["perception"].counts)
    counts[0, 3, :] = 0
    counts[:, 1, :] = 0
    both = replace(answers, tallies={"perception": replace(answers.tallies["perception"], counts=counts)})
    told = [each for each in found(with_population(both)) if each.code is codes.SEGMENT_WITHOUT_ANSWERS]
    # P-2 has no answer of any segment, and so no mean.
    assert [(each.parameters["segment"], each.parameters["item"]) for each in told] == [
        ("academia", "P-3, P-4")
    ]


@pytest.mark.parametrize("code", CASES, ids=lambda code: code.id)
def test_finding(code: Code) -> None:
    run, expected = CASES[code]
    matching = [each for each in run() if each.code is code]
    assert matching
    assert any(expected.items() <= dict(each.parameters).items() for each in matching), matching
    for language in ("es", "en"):
        assert "{" not in wording(matching[0], language).message


def test_every_code_of_the_family_has_its_case() -> None:
    family = {code for code in all_codes().values() if "S" < code.id < "S400"}
    assert family - set(CASES) == {codes.NOTHING_TO_WEIGH}


def test_measurements_without_weight() -> None:
    definition = b.questionnaire(
        b.measurement(b.node("one", b.item("I-1"))),
        b.measurement(b.node("two", b.item("I-2"))),
        weights={"one": 0, "two": 1},
    )
    with pytest.raises(JobError) as error:
        score(definition, [], measurements=["one"])
    (finding,) = error.value.diagnostics
    assert finding.code is codes.NOTHING_TO_WEIGH
    assert finding.parameters == {"names": "one"}


def test_findings_stand_at_their_cell() -> None:
    (finding,) = [
        each
        for each in found(complete(R_1=located("35", own_mark="6")), "auto", REFERENCE)
        if each.code is codes.REFERENCE_WINS
    ]
    assert str(finding.location) == "a.xlsx[Resultados!F7]"
    assert finding.location.item == "R-1"


def test_statements_with_too_few_answers_are_one_finding() -> None:
    matching = [each for each in found(surveyed(FIFTEEN, P_2=2, P_3=1)) if each.code is codes.ANSWERS_TOO_FEW]
    assert [(each.parameters["node"], each.parameters["count"]) for each in matching] == [("P-3", 2)]


def test_complete_entity_has_nothing_to_say() -> None:
    assert found(complete()) == ()


def test_refused_entity_has_its_findings_elsewhere() -> None:
    assert found(replace(complete(), refused=True)) == ()


@pytest.mark.parametrize(
    ("largest", "others", "said"),
    [
        pytest.param(76, 15, 63, id="62.8 %, to the nearest"),
        pytest.param(74, 15, 62, id="62.2 %, to the nearest"),
        pytest.param(302, 67, "60.04", id="302 of 503, told apart from 60 %"),
    ],
)
def test_a_share_is_rounded_as_in_documents(largest: int, others: int, said: object) -> None:
    sizes = {**dict.fromkeys(b.SEGMENTS, others), "academia": largest}
    (finding,) = [one for one in found(surveyed(sizes)) if one.code is codes.SEGMENT_TOO_LARGE]
    assert (finding.parameters["value"], finding.parameters["threshold"]) == (said, "60")
