"""Whatever is done to a workbook, it is scored as answered, or refused at the cell: no third outcome."""

from __future__ import annotations

import functools
import os
import random
from typing import TYPE_CHECKING

import pytest

from builders import mini
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.code import Severity
from ctimaturity.files.cell import reference
from ctimaturity.indicators.register import Claim, EntityRegister
from ctimaturity.model.canonical import canonical_json
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.reader import read_returned
from ctimaturity.workflows.definition_search import DefinitionSearch
from mangler import BREAKAGES, PEOPLE, Breakage, Work, whole, work

if TYPE_CHECKING:
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.workbook.returned import ReturnedWorkbook

COMBINATIONS = int(os.environ.get("CTI_FUZZ", "1000"))
"""How many random combinations; `make fuzz` tries many more."""
CHUNKS = 8
FIELDS = {"answer": "option", "criterion": "criterion", "own_mark": "own_mark"}


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> DefinitionSearch:
    path = tmp_path_factory.mktemp("definition") / "mini.json"
    path.write_bytes(canonical_json(mini()))
    return DefinitionSearch(Library(given=(path,)))


def seeded(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311  (the same breakages each time, no secrets)


def broken(breakages: list[Breakage], seed: object) -> tuple[Work, list[str]]:
    """A workbook with these breakages, as far as they found something to break."""
    done = work(seeded(seed))
    applied = [one.name for one in sorted(breakages, key=lambda one: one.stage) if one.apply(done)]
    return done, applied


def outcome(done: Work, search: DefinitionSearch) -> tuple[ReturnedWorkbook, list[Diagnostic], str]:
    """What was read, every finding, and the code of the entity."""
    returned = read_returned("a.xlsx", done.book.written(), search.find)
    cover = returned.cover
    claim = Claim(
        code=cover.text(keys.ENTITY_CODE),
        name=cover.text(keys.ENTITY_NAME),
        issued=returned.identity.entity_code,
        file="a.xlsx",
        sheet=cover.sheet,
    )
    resolved = EntityRegister().resolve(claim)
    found = [*returned.diagnostics, *resolved.diagnostics]
    return returned, found, resolved.entity.code if resolved.entity else ""


def marks(returned: ReturnedWorkbook) -> dict[tuple[str, str], str]:
    """The answers by item and column."""
    return {
        (item, column): getattr(response, name)
        for item, response in returned.responses.items()
        for column, name in FIELDS.items()
        if getattr(response, name)
    }


@functools.cache
def pristine() -> dict[tuple[str, str], str]:
    return marks(read_returned("a.xlsx", whole(), lambda _: _found()))


def _found() -> object:
    from ctimaturity.workbook.identity import FoundDefinition

    return FoundDefinition(mini())


def counts(blank: set[tuple[str, str]]) -> dict[tuple[str, str, str], int]:
    """How many of each segment gave each answer, counted here."""
    expected: dict[tuple[str, str, str], int] = {}
    for number, (segment, given) in enumerate(PEOPLE, 1):
        left = {item: code for item, code in given.items() if (item, f"R{number}") not in blank}
        if any(code != "NS" for code in left.values()):
            for item in given:
                option = {"NS": "dont_know"}.get(left.get(item, "blank"), left.get(item, "blank"))
                key = (segment, item, option)
                expected[key] = expected.get(key, 0) + 1
    return expected


def counted(returned: ReturnedWorkbook) -> dict[tuple[str, str, str], int]:
    return {
        (segment, item, option): int(survey.counts[s, i, o])
        for survey in returned.surveys
        for s, segment in enumerate(survey.segments)
        for i, item in enumerate(survey.items)
        for o, option in enumerate(survey.options)
        if survey.counts[s, i, o]
    }


def hold(done: Work, search: DefinitionSearch, said: object) -> None:
    returned, found, code = outcome(done, search)
    errors = {finding.code.name for finding in found if finding.code.severity is Severity.ERROR}
    for expected in done.findings:
        cell = reference(*expected.leaf.place(expected.box)) if expected.leaf and expected.box else ""
        sheet = expected.leaf.name if expected.leaf else ""
        assert any(
            finding.code.name in expected.codes
            and sheet in {"", finding.location.sheet}
            and cell in {"", finding.location.cell}
            for finding in found
        ), (said, expected.codes, sheet, cell, [str(finding) for finding in found])
    foreseen = {name for expected in done.findings for name in expected.codes}
    assert errors <= foreseen, (said, errors)
    assert bool(errors) == done.refused, said
    if not done.refused:
        assert code == "05", said
        assert marks(returned) == {key: mark for key, mark in pristine().items() if key not in done.blank}, (
            said
        )
        assert counted(returned) == counts(done.blank), said


def test_a_whole_workbook_is_read_whole(search: DefinitionSearch) -> None:
    hold(work(seeded(0)), search, "nothing")
    assert len(pristine()) == 14


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.name)
def test_alone(breakage: Breakage, search: DefinitionSearch) -> None:
    applied = 0
    for seed in range(6):
        done, names = broken([breakage], seed)
        applied += len(names)
        hold(done, search, names)
    assert applied


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_combined(chunk: int, search: DefinitionSearch) -> None:
    outcomes = set()
    for number in range(chunk, COMBINATIONS, CHUNKS):
        chance = seeded(f"combination {number}")
        by_group = {one.group: one for one in chance.sample(BREAKAGES, len(BREAKAGES))}
        chosen = chance.sample(list(by_group.values()), chance.randint(2, 7))
        if number // CHUNKS % 2:  # else nearly all combinations hold something that refuses
            chosen = [one for one in chosen if not refuses(one)]
        done, names = broken(chosen, number)
        hold(done, search, (number, names))
        outcomes.add(done.refused)
    assert outcomes == {True, False}


@functools.cache
def refuses(breakage: Breakage) -> bool:
    done, _ = broken([breakage], 0)
    return done.refused
