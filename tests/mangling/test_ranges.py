"""Ranges of cells moved, sorted, filled and deleted by chance: the same answers as are seen, or an error.

`CTI_FUZZ` says how many cases; `CTI_CASE` is the seed of one to try again alone, as a failure names it.
"""

from __future__ import annotations

import functools
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from builders import answers, indicator, mini, no_data, tallies
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.code import Severity
from ctimaturity.indicators.register import Claim, EntityRegister
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.completion import complete
from ctimaturity.workbook.copies import unite
from ctimaturity.workbook.identity import FoundDefinition
from ctimaturity.workbook.reader import read_returned
from hand import Hand
from mangled_book import Book
from ranges import COVER, HARMLESS, OPERATIONS
from returned import book, who
from seen import DECIDING, KEY_SHEET, Eyes
from seen_sheet import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.copies import United
    from seen_sheet import Counts, Key, Seen

CASES = int(os.environ.get("CTI_FUZZ", "600")) * 2 // 5
"""How many workbooks are mangled; `make fuzz` mangles many more. One takes longer than other breakages."""
ONLY = os.environ.get("CTI_CASE", "")
REAL = "real "
"""Before the seeds of cases on bundled examples; there is one for so many of the small questionnaire."""
SMALL_FOR_A_REAL = 60
CHUNKS = 8
VARIANTS = 6
SMALL = ("list", "grid", "counts")
EXAMPLES = ("EJ-01", "EJ-02", "EJ-03", "EJ-04")
FIELDS = {"option": "answer", "number": "answer", "value": "value", "criterion": "criterion"}
FIELDS |= {"own_mark": "own_mark", "reason": "no_data"}


def seeded(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311  (the same cases each time, no secrets)


@functools.cache
def small() -> Questionnaire:
    return mini()


@functools.cache
def edition() -> Questionnaire:
    found = Library().find("mmmctic@2020-04")
    assert found is not None
    return found


@functools.cache
def filled(name: str, variant: int = 0) -> Book:
    """A workbook of `mini()` with answers of its own, a few blank, for a department; or an example."""
    if name in EXAMPLES:
        path = Path(__file__).parents[2] / "examples" / "workbooks" / f"{name}.xlsx"
        return _marked(Book.of(path.read_bytes()))
    chance = seeded((name, variant))
    given: dict[str, object] = {
        item.id: chance.choice([0, 0, 1, 1, None]) for item in small().measurement_by_id["capacities"].items
    }
    for number in range(1, 5):
        mark = indicator(chance.randint(1, 6), chance.choice(["", 2, 5]), chance.choice([None, 12.5, 40]))
        given[f"R-{number}"] = no_data() if chance.random() < 0.2 else mark
    statements = [f"P-{number}" for number in range(1, 5)]
    segments = [segment.id for segment in small().segments]
    people = [
        (
            chance.choice(segments),
            {
                statement: "NS" if chance.random() < 0.1 else chance.choice("123456")
                for statement in statements
                if chance.random() < 0.9
            },
        )
        for _ in range(4)
    ]
    counted = {
        segment: {
            statement: dict(zip(chance.sample("123456", 3), (chance.randint(1, 9), 4, 7), strict=True))
            for statement in statements
        }
        for segment in segments
    }
    whole = book(
        answers(who("05"), given, [tallies(small(), counted)]),
        people=people,
        perception=name,
        cover={DECIDING[1]: "Sí"} if variant % 2 else {},
        entity=who("05") if variant % 3 == 0 else None,
    )
    return _marked(Book.of(whole))


def _marked(whole: Book) -> Book:
    for leaf in whole.leaves:
        if leaf.name == "Afirmaciones":
            leaf.marker = KEY_SHEET
    return whole


@functools.cache
def eyes(name: str) -> Eyes:
    return Eyes(small() if name in SMALL else edition(), filled(name))


class Outcome(NamedTuple):
    """What came of a workbook: what it says, of whom, and every finding."""

    united: United
    cover: Mapping[str, str]
    findings: list[Diagnostic]

    @property
    def errors(self) -> list[str]:
        errors = [one for one in self.findings if one.code.severity is Severity.ERROR]
        return [f"{one.location.sheet}!{one.location.cell} {one.code.name}" for one in errors]


def outcome(whole: Book, definition: Questionnaire) -> Outcome:
    returned = read_returned("a.xlsx", whole.written(), lambda _: FoundDefinition(definition))
    united = unite([returned], definition)
    found = [*returned.diagnostics, *united.diagnostics]
    found += complete(united, definition, who("05"), ("a.xlsx",), "es")
    cover = {key: returned.cover.text(key) for key in DECIDING}
    if definition is small():
        claim = Claim(
            code=returned.cover.text(keys.ENTITY_CODE),
            name=returned.cover.text(keys.ENTITY_NAME),
            kind=returned.cover.text(keys.ENTITY_TYPE),
            issued=returned.identity.entity_code,
        )
        resolved = EntityRegister().resolve(claim)
        found += resolved.diagnostics
        cover[keys.ENTITY_CODE] = resolved.entity.code if resolved.entity else ""
    return Outcome(united, cover, found)


def read_answers(united: United) -> dict[Key, str]:
    return {
        (item, column): value if isinstance(value, str) else shown(float(value))
        for item, response in united.responses.items()
        for name, column in FIELDS.items()
        if not response.confirmed and (value := getattr(response, name)) not in {"", None}
    }


def read_counts(united: United) -> Counts:
    return {
        (segment, item, option): int(survey.counts[s, i, o])
        for survey in united.tallies.values()
        for s, segment in enumerate(survey.segments)
        for i, item in enumerate(survey.items)
        for o, option in enumerate(survey.options)
        if survey.counts[s, i, o]
    }


def different(seen: Mapping[object, object], read: Mapping[object, object]) -> list[str]:
    return [
        f"{key}: seen {seen.get(key, 'nothing')}, read {read.get(key, 'nothing')}"
        for key in sorted(seen.keys() | read.keys(), key=str)
        if seen.get(key) != read.get(key)
    ]


def wrong(seen: Seen, before: Seen, came: Outcome) -> list[str]:
    """What was read otherwise than it is seen, or lost without a word, where there is no error."""
    code = DECIDING[0]
    cover = {key: said for key, said in seen.cover.items() if said or key != code}  # a blank code has others
    said = [
        *different(seen.answers, read_answers(came.united)),
        *different(seen.counts, read_counts(came.united)),
        *different(cover, {key: came.cover[key] for key in cover}),
    ]
    warnings = [one for one in came.findings if one.code.severity is not Severity.NOTE]
    named = {str(value) for one in warnings for value in (one.location.item, *one.parameters.values())}
    lost = {one.code.name for one in warnings if "sheet" in one.code.name}
    said += [f"{item} is asked nowhere" for item in sorted(before.asked - seen.asked - named) if not lost]
    if seen.segments and not lost:
        said += [f"the sheet of {segment} is lost" for segment in sorted(before.segments - seen.segments)]
    return said + seen.faults


def case(seed: int | str) -> tuple[str, list[str]]:
    """Mangle one workbook: what was done, and what is wrong with what came of it."""
    chance = seeded(seed)
    real = str(seed).startswith(REAL)
    name = chance.choice(EXAMPLES if real else SMALL)
    whole, donor = (
        filled(name, chance.randrange(VARIANTS)),
        filled("EJ-03") if real else filled(name, chance.randrange(VARIANTS)),
    )
    changed = whole.copy()
    harmless = chance.random() < 0.2
    told = [f"CTI_CASE={str(seed)!r} ({name})"]
    for operation in chance.choices(
        HARMLESS if harmless else OPERATIONS, k=chance.choice([1, 1, 1, 2, 2, 3])
    ):
        leaves = [leaf for leaf in changed.leaves if leaf.marker and leaf.boxes]
        leaf = chance.choice(
            [leaf for leaf in leaves if leaf.marker != COVER or chance.random() < 0.5] or leaves
        )
        told.append(f"{leaf.name}: {operation(Hand(changed, leaf, donor, chance))}")
    changed.leaves = [leaf for leaf in changed.leaves if leaf.boxes]
    came = outcome(changed, edition() if real else small())
    seen, before = eyes(name).read(changed), eyes(name).read(whole)
    said = [] if came.errors else wrong(seen, before, came)
    if harmless:
        assert seen == before, told
        said += came.errors
    return "; ".join(told), said


def held(seeds: Iterable[int | str]) -> None:
    """Hold that each of these cases is read as it is seen, or refused; all that are not are said."""
    failed = [f"{told}\n    {'; '.join(said[:4])}" for told, said in map(case, seeds) if said]
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("name", [*SMALL, *EXAMPLES[:2]])
def test_what_is_seen_on_a_whole_workbook_is_what_is_read(name: str) -> None:
    for variant in range(VARIANTS if name in SMALL else 1):
        whole = filled(name, variant)
        came = outcome(whole, small() if name in SMALL else edition())
        seen = eyes(name).read(whole)
        assert came.errors == []
        assert wrong(seen, seen, came) == []
        assert seen.answers
        assert seen.counts
        assert seen.cover.keys() == set(DECIDING)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_ranges(chunk: int) -> None:
    if ONLY:
        held([int(ONLY) if ONLY.isdigit() else ONLY] if chunk == 0 else [])
    else:
        held(range(chunk, CASES, CHUNKS))
        held(f"{REAL}{number}" for number in range(chunk, CASES // SMALL_FOR_A_REAL, CHUNKS))
