"""Rounds built in code, for comparisons."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.analysis.round import Round
from ctimaturity.files.installation import data_folder
from ctimaturity.results.folder import write_results
from ctimaturity.scoring.index import score
from ctimaturity.workflows.score import load

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers


EXAMPLE = data_folder("examples") / "results"


def round_of(definition: Questionnaire, *answers: EntityAnswers, label: str = "") -> Round:
    """These entities, scored."""
    by_code = {each.entity.code: each for each in answers}
    return Round(label, definition, by_code, score(definition, answers))


@functools.cache
def scored_example() -> Assessment:
    """The bundled example, scored."""
    return load(EXAMPLE)


def write_few(out: Path, *codes: str) -> Path:
    """The bundled example with these entities alone, as a result folder."""
    stored = scored_example()
    answers = {code: stored.answers[code] for code in codes}
    index = score(stored.questionnaire, list(answers.values()), measurements=stored.index.measurements)
    write_results(out, replace(stored, answers=answers, index=index))
    return out


def write_later(out: Path, *, label: str = "2027", codes: tuple[str, ...] = ()) -> Path:
    """The bundled example, or these entities of it, a round later, as a result folder.

    The first entity is gone, a new one has come, and everybody meets more capacities and has every
    indicator one mark higher.
    """
    stored = scored_example()
    first, *others = codes or sorted(stored.answers)
    answers = {code: _advanced(stored.answers[code]) for code in others}
    newcomer = replace(stored.answers[first].entity, code="99001", name="Nueva")
    answers["99001"] = replace(stored.answers[first], entity=newcomer)
    index = score(stored.questionnaire, list(answers.values()), measurements=stored.index.measurements)
    later = replace(stored, answers=answers, index=index, options={**stored.options, "round": label})
    write_results(out, later)
    return out


def _advanced(answers: EntityAnswers) -> EntityAnswers:
    responses = {}
    for number, (item, response) in enumerate(answers.responses.items()):
        if response.criterion and response.criterion < "6":
            responses[item] = replace(response, criterion=str(int(response.criterion) + 1))
        elif response.option == "0" and not number % 3:
            responses[item] = replace(response, option="1")
        else:
            responses[item] = response
    return replace(answers, responses=responses)
