"""A batch of sixty similar towns with planted copies: each is found, and honest towns are left alone.

Towns of one standing answer items of differing difficulty; what they have in common beyond that is chance.
More batches with `make fuzz`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.definitions.library import Library
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State, Tallies
from ctimaturity.workbook.reading.findings import Findings
from ctimaturity.workbook.reading.repetition import note_repetition
from ctimaturity.workbook.suspicion import suspicions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Questionnaire

    Marks = NDArray[np.int8]

TOWNS = 60
PEOPLE = 60
WORDS = ["acta", "decreto", "plan", "informe", "convenio", "resolución", "contrato", "estudio"]


@cache
def definition() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


@dataclass
class Batch:
    """What sixty towns answered.

    Attributes:
        capacities: Shape (towns, items), 0 or 1.
        results: Shape (towns, indicators), marks 0 to 5.
        people: Shape (towns, people, statements), marks 0 to 5.
        texts: Which towns write evidence beside what they meet, and what.
    """

    capacities: NDArray[np.int64]
    results: NDArray[np.int64]
    people: Marks
    texts: NDArray[np.int64]


def honest(seed: int, spread: float = 0.3) -> Batch:
    """Towns of about one standing: each capacity and dimension a little apart, items of all difficulties."""
    draw = np.random.default_rng(seed)
    measured = {measurement.id: measurement for measurement in definition().measurements}
    sizes = {name: len(measurement.items) for name, measurement in measured.items()}
    level = draw.normal(0, spread, TOWNS)
    owner = [number for number, node in enumerate(measured["capacities"].nodes) for _ in node.items]
    own = draw.normal(0, 0.5, (TOWNS, max(owner) + 1))[:, owner]
    hard = draw.normal(0, 1.3, sizes["capacities"])
    met = draw.random((TOWNS, sizes["capacities"])) < 1 / (1 + np.exp(hard - level[:, None] - own))
    marks = 2.5 + level[:, None] - draw.normal(0, 0.8, sizes["results"])
    results = np.clip(np.round(marks + draw.normal(0, 1.1, (TOWNS, sizes["results"]))), 0, 5)
    statement = draw.normal(0, 0.6, sizes["perception"])
    person = draw.normal(0, 0.8, (TOWNS, PEOPLE))
    felt = 2.6 + 0.5 * level[:, None, None] + statement + person[:, :, None]
    felt = np.clip(np.round(felt + draw.normal(0, 1, (TOWNS, PEOPLE, sizes["perception"]))), 0, 5)
    return Batch(
        met.astype(np.int64),
        results.astype(np.int64),
        felt.astype(np.int8),
        draw.integers(1, 400, (TOWNS, sizes["capacities"])),
    )


def again(batch: Batch, seed: int) -> Batch:
    """The same towns a round later: of yes and no 15 in 100 are others, of marks a quarter; other people."""
    draw, fresh = np.random.default_rng(seed), honest(seed)
    capacities = batch.capacities ^ (draw.random(batch.capacities.shape) < 0.15)
    results = np.where(draw.random(batch.results.shape) < 0.3, fresh.results, batch.results)
    return Batch(capacities, results, fresh.people, fresh.texts)


def answers_of(batch: Batch) -> dict[str, EntityAnswers]:
    found = {}
    for town in range(TOWNS):
        responses = dict(_responses(batch, town))
        code = f"{5001 + town:05d}"
        people = batch.people[town].astype(np.int64)
        measured = definition().measurement_by_id["perception"]
        counts = np.zeros((1, people.shape[1], 8), dtype=np.int64)
        for mark in range(6):
            counts[0, :, mark] = (people == mark).sum(axis=0)
        codes = tuple(option.code for option in definition().scales[measured.items[0].scale].options)
        tallies = Tallies(
            measurement="perception",
            segments=("academia",),
            items=tuple(item.id for item in measured.items),
            options=(*codes, "blank", "dont_know"),
            counts=counts,
            respondents=np.array([len(people)]),
        )
        found[code] = EntityAnswers(
            Entity(code, code, "alcaldia"), responses, {"perception": tallies}, files=(f"{code}.xlsx",)
        )
    return found


def _responses(batch: Batch, town: int) -> Mapping[str, Response]:
    measured = definition().measurement_by_id
    found = {}
    for number, item in enumerate(measured["capacities"].items):
        met = batch.capacities[town, number]
        key = int(batch.texts[town, number])
        text = f"{WORDS[key % len(WORDS)].title()} {key} de la alcaldía, archivo municipal" if met else ""
        found[item.id] = Response(State.ANSWERED, option=str(met), evidence=text)
    for number, item in enumerate(measured["results"].items):
        mark = str(batch.results[town, number] + 1)
        found[item.id] = Response(State.ANSWERED, criterion=mark)
    return found


def named(batch: Batch, before: Batch | None = None) -> dict[str, set[str]]:
    """The findings of each town, with the town that each names."""
    return said_of(answers_of(batch), answers_of(before) if before is not None else None)


def said_of(
    towns: Mapping[str, EntityAnswers], earlier: Mapping[str, EntityAnswers] | None = None
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in suspicions(definition(), towns.values(), "es", earlier):
        told = f"{each.code.id} {each.location.item} {each.parameters.get('other', '')}"
        found.setdefault(each.location.file.removesuffix(".xlsx"), set()).add(told)
    return found


def of_sheet(marks: Marks) -> dict[str, int]:
    findings = Findings("a.xlsx")
    note_repetition(marks, "Percepción", findings)
    return {each.code.id: int(str(each.parameters["count"])) for each in findings.diagnostics}


A, B = "05001", "05002"
"""The first town has its own answers, the second one copies."""


def test_copies_of_another_town_are_found() -> None:
    """Wholly, with one answer in twenty changed, and by a third in one piece, wherever it begins."""
    missed = []
    for seed in range(40 if os.environ.get("CTI_FUZZ") else 2):
        towns = answers_of(honest(seed))
        draw = np.random.default_rng(1000 + seed)
        for name in ("capacities", "results"):
            items = definition().measurement_by_id[name].items
            count = len(items)
            start = int(draw.integers(0, count - count // 3))
            planted = {
                "whole": np.ones(count, dtype=bool),
                "nearly": draw.random(count) < 0.95,
                "third": (np.arange(count) - start) // (count // 3) == 0,
            }
            for kind, which in planted.items():
                copied = dict(towns[B].responses)
                for item in np.flatnonzero(which):
                    theirs, own = towns[A].responses[items[item].id], copied[items[item].id]
                    copied[items[item].id] = replace(own, option=theirs.option, criterion=theirs.criterion)
                everyone = {**towns, B: replace(towns[B], responses=copied)}
                code = "A305" if kind == "whole" else "A406"
                if f"{code} {name} {A}" not in said_of(everyone).get(B, set()):
                    missed.append((seed, name, kind))
    assert missed == []


def test_copied_statements_and_texts_are_found() -> None:
    """A third of the counts of another town's survey; a third of its evidence beside answers of one's own."""
    batch = honest(20)
    people = batch.people.copy()
    people[1, :, 20:47] = batch.people[0, :, 20:47]
    texts = batch.texts.copy()
    texts[3, 60:117] = batch.texts[2, 60:117]
    found = named(replace(batch, people=people, texts=texts))
    assert f"A406 perception {A}" in found[B]
    assert found["05004"] == {"A407 capacities 05003"}


def test_figures_of_another_town_are_found() -> None:
    """Values of three digits, 31 of 92 the same, scattered; two honest towns share hardly any."""
    draw = np.random.default_rng(7)
    values = draw.integers(100, 999, (TOWNS, 92))
    values[1, ::3] = values[0, ::3]
    towns = answers_of(honest(21))
    everyone = []
    for town, one in enumerate(towns.values()):
        items = definition().measurement_by_id["results"].items
        own = {
            item.id: replace(one.responses[item.id], value=Decimal(int(values[town, n])) / 10)
            for n, item in enumerate(items)
        }
        everyone.append(replace(one, responses={**one.responses, **own}))
    found = [
        (each.location.file, each.parameters["other"])
        for each in suspicions(definition(), everyone, "es")
        if each.code.id == "A406"
    ]
    assert found == [(f"{B}.xlsx", A)]


def test_a_round_sent_again_is_found() -> None:
    """Wholly, and with one answer in twenty changed; the towns that answered anew are left alone."""
    old = honest(30)
    new = again(old, 31)
    draw = np.random.default_rng(32)
    capacities, results = new.capacities.copy(), new.results.copy()
    capacities[0], results[0] = old.capacities[0], old.results[0]
    capacities[1], results[1] = old.capacities[1], old.results[1]
    for marks in (capacities, results):
        changed = draw.choice(marks.shape[1], marks.shape[1] // 20, replace=False)
        marks[1, changed] = 1 - marks[1, changed] if marks is capacities else (marks[1, changed] + 1) % 6
    found = named(replace(new, capacities=capacities, results=results), old)
    assert found[A] == {"A401 capacities ", "A401 results "}
    assert found[B] == {"A408 capacities ", "A408 results "}
    assert set(found) == {A, B}


def test_straight_lines_are_found() -> None:
    """A town that marked one thing throughout; of its people one, and one in five."""
    batch = honest(40)
    capacities, results = batch.capacities.copy(), batch.results.copy()
    capacities[0], results[1] = 1, 3
    found = named(replace(batch, capacities=capacities, results=results))
    assert found == {A: {"A304 capacities "}, B: {"A304 results "}}
    people = batch.people[0].copy()
    people[7] = 4
    assert of_sheet(people) == {"A412": 1}
    people[10:22] = 3
    assert of_sheet(people) == {"A403": 13}


def test_grids_of_one_hand_are_found() -> None:
    """One respondent repeated, rows changed here and there, sequences, and people who hardly differ."""
    batch, draw = honest(50), np.random.default_rng(51)
    own = batch.people[0]
    repeated = own.copy()
    repeated[5:20] = own[4]
    assert of_sheet(repeated) == {"A402": 16}
    touched = own.copy()
    for row in range(5, 20):
        changed = draw.choice(own.shape[1], 6, replace=False)
        touched[row] = own[4]
        touched[row, changed] = draw.integers(0, 6, 6)
    assert of_sheet(touched)["A409"] >= 15
    cyclic = own.copy()
    cyclic[3] = np.arange(own.shape[1]) % 6
    cyclic[4] = [2, 3] * (own.shape[1] // 2)
    assert of_sheet(cyclic) == {"A410": 2}
    people = batch.people.copy()
    pattern = draw.integers(0, 6, own.shape[1])
    people[0] = np.clip(pattern + draw.integers(-1, 2, own.shape), 0, 5)
    assert named(replace(batch, people=people)) == {A: {"A411 perception "}}


def test_honest_towns_are_left_alone() -> None:
    """Under one in a hundred is named, of towns alike and of towns far apart, a round later too."""
    batches = 40 if os.environ.get("CTI_FUZZ") else 3
    alarms: list[tuple[int, str, set[str]]] = []
    for seed in range(batches):
        batch = honest(100 + seed, spread=(0.1, 0.3, 0.8)[seed % 3])
        later = again(batch, 500 + seed)
        alarms += [(seed, town, said) for town, said in named(later, batch).items()]
        alarms += [
            (seed, f"sheet {town}", set(of_sheet(batch.people[town])))
            for town in range(TOWNS)
            if of_sheet(batch.people[town])
        ]
    assert len(alarms) < batches * TOWNS / 100, alarms
