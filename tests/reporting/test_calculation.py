"""Every printed sum gives its number: what `cti explain` prints is worked out again from the print alone."""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import builders as b
import oracle
import random_trees as trees
from ctimaturity.model.assessment import Assessment
from ctimaturity.model.rule import Rule
from ctimaturity.model.score import INDEX, PROFILE, Status
from ctimaturity.reporting.calculation import calculation_text
from ctimaturity.reporting.explanation import Branch, explanation_of
from ctimaturity.reporting.explanation_text import render_tree
from ctimaturity.reporting.words import Words
from ctimaturity.scoring.index import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers

NODE = re.compile(r" \([^()]*[a-zA-Z][^()]*\)")
"""What stands behind a number: which part it is, and what is said of it."""


def assessed(definition: Questionnaire, *answers: EntityAnswers) -> Assessment:
    by_code = {each.entity.code: each for each in answers}
    return Assessment(definition, by_code, score(definition, answers), (), {}, {})


def branches_of(assessment: Assessment, code: str) -> Iterator[Branch]:
    combined = [place.node for place in assessment.index.table.places if place.measurement == PROFILE]
    for node in (None, *combined):
        explanation = explanation_of(assessment, code, node, "en")
        assert explanation is not None
        yield from explanation.branches


def worked_out(line: str, rule: Rule) -> float:
    """The number that the expression before the equals sign gives."""
    expression = NODE.sub("", line.rpartition(" = ")[0] if line.count(" = ") else line)
    pick: Callable[[list[float]], float] | None = {Rule.MIN: min, Rule.MAX: max, Rule.MEDIAN: median}.get(
        rule
    )
    plain = expression.replace("−", "-").replace("×", "*").replace("÷", "/").replace("^", "**")
    if pick is not None:
        return float(pick([float(each) for each in plain.split("; ")]))
    return float(eval(plain))  # noqa: S307  (our own print)


def told(branch: Branch) -> tuple[float, float]:
    """What a line says: the number before gates and that after them; digits as many as there are."""
    line = calculation_text(branch.made, Words("en"), lambda value: f"{value!r}")  # type: ignore[arg-type]
    result = line.rpartition(" = ")[2]
    gated = re.search(r"after gates ([-0-9.e]+)", result)
    first = re.match(r"[-0-9.e]+", result)
    assert first is not None
    return float(first[0]), float(gated[1] if gated else first[0])


def check(branch: Branch, definition: dict[str, Any], *, hidden: bool) -> None:
    made, numbers = branch.made, branch.numbers
    assert made is not None
    result, final = told(branch)
    where = (numbers.place.node, made)
    assert math.isclose(final, made.score, rel_tol=1e-12, abs_tol=1e-12), where
    if numbers.score is not None:
        assert final == numbers.score or abs(final - numbers.score) <= 1e-8 * (1 + abs(final)), where
    else:
        assert hidden, where
    line = calculation_text(made, Words("en"), lambda value: f"{value!r}")
    if "0 where a part is 0" in line:
        assert result == 0, where
        assert any(term.value == 0 for term in made.terms)
    elif made.rule in {Rule.STAGED, Rule.MIN}:
        node = next((each for each in every_node(definition) if each["id"] == numbers.place.node), {})
        parts = [(term.level, Fraction(term.value).limit_denominator(10**6)) for term in made.terms]
        exact = (
            oracle.staged(parts, node)
            if made.rule is Rule.STAGED
            else oracle.reached([value for _, value in parts], node.get("met_share"))
        )
        assert exact is not None
        assert math.isclose(result, exact, rel_tol=1e-6, abs_tol=1e-6), where
    else:
        assert math.isclose(worked_out(line, made.rule), result, rel_tol=1e-12, abs_tol=1e-12), where
    if made.rule is Rule.MEAN:  # rounded for the eye each number is off by half a hundredth at most
        line = calculation_text(made, Words("en"))
        assert abs(worked_out(line, made.rule) - result) <= 0.005 + 1e-9, line


def every_node(definition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for measurement in definition["measurements"]:
        yield from trees.all_nodes(measurement["root"])


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees.definitions(), st.data())
def test_every_printed_sum_gives_its_number(definition: dict[str, Any], data: st.DataObject) -> None:
    """Over all rules, `over: items`, coverage below, gates, not applicable, levels and goalposts."""
    answers = data.draw(trees.answers(definition))
    questionnaire = trees.as_questionnaire(definition, trees.never_applicable(answers))
    ours = trees.as_answers("05001", answers, definition, questionnaire)
    theirs = oracle.Entity(definition, answers)
    for branch in branches_of(assessed(questionnaire, ours), "05001"):
        place = branch.numbers.place
        if place.is_item:
            continue
        known = theirs.numbers["" if place.measurement == INDEX else place.measurement, place.node]
        if place.measurement == INDEX and theirs.status == Status.INCOMPLETE:
            assert branch.made is None
            continue
        # A number is explained wherever it counts: the oracle, which knows nothing of ours, has it too.
        assert (branch.made is None) == (known.score is None), place
        if branch.made is not None:
            assert math.isclose(branch.made.score, known.score, rel_tol=1e-12, abs_tol=1e-12), place
            check(branch, definition, hidden=known.hidden)
            event(f"{branch.made.rule}")


def test_a_part_that_is_not_published_on_its_own_stands_in_the_sum() -> None:
    """C-1 answers all of 6 points and meets 3; C-2 answers 1 of 6 and meets it; the blanks are not met.

    C-1 is 6 * 3 / 6 = 3. C-2 is 6 * 1 / 6 = 1, coverage 1/6, not published on its own. The axes are
    3 and 1, so capacities are 2.
    """
    marks = {"C-1-a": 1, "C-1-b": 1, "C-1-c": 0, "C-2-a": 1}
    whole = b.mini_answers()
    responses = {key: each for key, each in whole.responses.items() if not key.startswith("C-")}
    answers = b.answers("05001", {**responses, **marks}, whole.tallies.values())
    assessment = assessed(b.mini(), answers)
    axis = explanation_of(assessment, "05001", "tecnologia", "es")
    assert axis is not None
    lines = render_tree(axis, "text", "es").splitlines()
    assert (
        "    media ponderada: (1×1,00 (C-2; cobertura insuficiente para publicarse sola)) ÷ 1 = 1,00" in lines
    )
    points = "6 × (1×1,00 (C-2-a) + 2×0,00 (C-2-b) + 3×0,00 (C-2-c)) ÷ 6 = 1,00"
    assert any(line.endswith(f"{points} (cobertura insuficiente para publicarse sola)") for line in lines)
    heading = next(line for line in lines if line.startswith("  C-2 "))
    assert heading.startswith("  C-2  –")
    told_axis, told_capacity = json.loads(render_tree(axis, "json", "es"))["nodes"][:2]
    assert told_axis["parts"] == [
        {"node": "C-2", "weight": "1", "score": 1.0, "value": 1.0, "withheld": True}
    ]
    assert (told_axis["score"], told_axis["counted"], told_axis["before_gates"]) == (1.0, 1.0, 1.0)
    assert (told_capacity["score"], told_capacity["counted"]) == (None, 1.0)
    index = explanation_of(assessment, "05001", "capacities", "en")
    assert index is not None
    assert "(1×3.00 (liderazgo) + 1×1.00 (tecnologia)) ÷ 2 = 2.00" in render_tree(index, "text", "en")


def test_what_gates_and_goalposts_do_to_a_number_is_said() -> None:
    """Marks 6 and 2 of [1, 6] on [0, 100]: 100 and 20, mean 60, which a gate on the second caps at 50."""
    definition = b.tree(
        b.item("I-1"),
        b.item("I-2"),
        normalise=b.goalposts(0, 100, {}, frozenset()),
        gates=[b.gate("I-2", below="3", cap_score="50")],
    )
    assessment = assessed(definition, b.answers("05001", {"I-1": 6, "I-2": 2}))
    explanation = explanation_of(assessment, "05001", "m", "en")
    assert explanation is not None
    line = render_tree(explanation, "text", "en").splitlines()[4]
    assert line.endswith(
        ": (1×100.00 (I-1; score 6.00) + 1×20.00 (I-2; score 2.00)) ÷ 2 = 60.00; after gates 50.00"
    )


def test_a_whole_with_no_number_has_no_sum() -> None:
    """An entity without an index: nothing is printed that could be taken for it."""
    answers = b.answers("05001", b.mini_answers().responses)
    explanation = explanation_of(assessed(b.mini(), answers), "05001", None, "en")
    assert explanation is not None
    assert explanation.branches[0].numbers.score is None
    assert explanation.branches[0].made is None
