"""Ranges of cells moved, sorted, filled and deleted by chance: the same answers to the same questions, or an error.

`CTI_FUZZ` says how many cases; `CTI_CASE` names one that failed, by the seed in its message.
"""

from __future__ import annotations

import functools
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders import answers, indicator, mini, no_data
from ctimaturity.definitions.library import Library
from ctimaturity.diagnostics.severity import Severity
from ctimaturity.indicators.register import Claim, EntityRegister
from ctimaturity.model.entity import Entity
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.completion import complete
from ctimaturity.workbook.copies import unite
from ctimaturity.workbook.identity import Found
from ctimaturity.workbook.reader import read_returned
from mangled_book import Book
from ranges import HARMLESS, OPERATIONS, Hand
from returned import book, who
from seen import Eyes, Seen, text_of_number
from builders import tallies

if TYPE_CHECKING:
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.copies import United
    from ctimaturity.workbook.returned import ReturnedWorkbook

CASES = int(os.environ.get("CTI_FUZZ", "400"))
ONLY = os.environ.get("CTI_CASE", "")
CHUNKS = 8
VARIANTS = 6
EXAMPLES = Path(__file__).parents[2] / "examples" / "workbooks"
FIELDS = ("option", "number", "value", "criterion", "own_mark")


def seeded(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311  (the same cases each time, no secrets)


@functools.cache
def filled(perception: str, variant: int) -> Book:
    """A workbook of `mini()` with answers of its own; a few are blank."""
    chance = seeded((perception, variant))
    definition = mini()
    responses: dict[str, object] = {
        item.id: chance.choice([0, 1, 1, 0, None])
        for item in definition.measurement_by_id["capacities"].items
    }
    for number in range(1, 5):
        marked = indicator(chance.randint(1, 6), chance.choice(["", 2, 5]), chance.choice([None, 12.5, 40]))
        responses[f"R-{number}"] = no_data() if chance.random() < 0.2 else marked
    items = [f"P-{number}" for number in range(1, 5)]
    segments = [segment.id for segment in definition.segments]
    people = [
        (chance.choice(segments), {item: chance.choice("123456") for item in items if chance.random() < 0.9} | ({"P-4": "NS"} if chance.random() < .3 else {}))
        for _ in range(4)
    ]
    counted = {
        segment: {item: dict(zip(chance.sample("123456", 3), (chance.randint(1, 9), 4, 7), strict=True)) for item in items}
        for segment in segments
    }
    given = answers(who("05"), responses, [tallies(definition, counted)])
    cover = {"confirm_blank:capacities": "Sí"} if variant % 2 else {}
    entity = who("05") if variant % 3 == 0 else None
    return Book.of(book(given, people=people, perception=perception, cover=cover, entity=entity))


@functools.cache
def eyes(name: str) -> Eyes:
    if name in {"list", "grid", "counts"}:
        return Eyes(mini(), filled(name, 0))
    return Eyes(edition(), example(name))


@functools.cache
def edition() -> Questionnaire:
    return Library().find("mmmctic@2020-04")


@functools.cache
def example(name: str) -> Book:
    return Book.of((EXAMPLES / f"{name}.xlsx").read_bytes())


def outcome(data: bytes, definition: Questionnaire) -> tuple[ReturnedWorkbook, United, list[Diagnostic], str]:
    """What was read, and every finding on it."""
    returned = read_returned("a.xlsx", data, lambda _: Found(definition))
    united = unite([returned], definition)
    entity = who("05")
    found = [*returned.diagnostics, *united.diagnostics, *complete(united, definition, entity, ("a.xlsx",), "es")]
    cover = returned.cover
    code = cover.text(keys.ENTITY_CODE)
    if definition.id == "mini":
        claim = Claim(
            code=cover.text(keys.ENTITY_CODE),
            name=cover.text(keys.ENTITY_NAME),
            kind=cover.text(keys.ENTITY_TYPE),
            issued=returned.identity.entity_code,
            file="a.xlsx",
            sheet=cover.sheet,
        )
        resolved = EntityRegister().resolve(claim)
        found += resolved.diagnostics
        code = resolved.entity.code if resolved.entity else ""
    return returned, united, found, code


def read_answers(united: United) -> dict[tuple[str, str], str]:
    found = {}
    for item, response in united.responses.items():
        for column in FIELDS:
            value = getattr(response, column)
            if value not in {"", None} and not response.confirmed:
                name = "answer" if column in {"option", "number"} else column
                found[item, name] = value if isinstance(value, str) else text_of_number(float(value))
        if response.reason:
            found[item, "no_data"] = response.reason
    return found


def read_counts(united: United) -> dict[tuple[str, str, str], int]:
    return {
        (segment, item, option): int(survey.counts[s, i, o])
        for survey in united.tallies.values()
        for s, segment in enumerate(survey.segments)
        for i, item in enumerate(survey.items)
        for o, option in enumerate(survey.options)
        if survey.counts[s, i, o]
    }


def different(first: dict, second: dict) -> list[str]:
    return [
        f"{key}: seen {first.get(key, 'nothing')}, read {second.get(key, 'nothing')}"
        for key in sorted(first.keys() | second.keys())
        if first.get(key) != second.get(key)
    ]


def wrong(seen: Seen, returned: ReturnedWorkbook, united: United, found: list[Diagnostic], asked: set[str], segments: set[str], entity: str) -> list[str]:
    """What was read otherwise than it is seen, without an error."""
    said = different(seen.answers, read_answers(united)) + different(seen.counts, read_counts(united))
    read = {key: entry.text for key, entry in returned.cover.entries.items()}
    key = "confirm_blank:capacities"
    if key in seen.cover and seen.cover[key] != read.get(key, ""):
        said.append(f"{key}: seen {seen.cover.get(key)}, read {read.get(key)}")
    code = "entity_code"
    if (seen.cover.get(code) or entity) != entity:
        said.append(f"{code}: seen {seen.cover.get(code)}, read {entity}")
    named = {str(value) for finding in found for value in (finding.location.item, *finding.parameters.values())}
    whole = any(finding.code.name == "sheet-missing" for finding in found)
    said += [f"{item} is asked nowhere" for item in sorted(asked - seen.asked) if item not in named and not whole]
    if seen.segments and segments - seen.segments and not any("sheet" in finding.code.name and finding.code.severity is not Severity.NOTE for finding in found):
        said.append(f"sheets lost: {segments - seen.segments}")
    return said + seen.faults


def case(seed: int | str) -> tuple[str, list[str], str]:
    """Mangle one workbook; what is wrong with what came of it, if anything, and what it was: how it was read."""
    chance = seeded(seed)
    real = str(seed).startswith("real") 
    if real:
        name = chance.choice(["EJ-01", "EJ-02", "EJ-03", "EJ-04"])
        start, donor, definition = example(name), example("EJ-03"), edition()
    else:
        name = chance.choice(["list", "grid", "counts"])
        start, donor, definition = filled(name, chance.randrange(VARIANTS)), filled(name, chance.randrange(VARIANTS)), mini()
    changed = start.copy()
    harmless = chance.random() < 0.2
    operations = chance.choices(HARMLESS if harmless else OPERATIONS, k=chance.choice([1, 1, 1, 2, 2, 3]))
    told = [str(seed), name]
    for operation in operations:
        leaves = [leaf for leaf in changed.leaves if leaf.marker and leaf.boxes and (leaf.marker != "cti:cover" or chance.random() < 0.3)]
        if leaves:
            leaf = chance.choice(leaves)
            told.append(f"{leaf.name}: {operation(Hand(changed, leaf, donor, chance))}")
    changed.leaves = [leaf for leaf in changed.leaves if leaf.boxes]
    returned, united, found, entity = outcome(changed.written(), definition)
    errors = [f"{finding.location.sheet}!{finding.location.cell} {finding.code.name}" for finding in found if finding.code.severity is Severity.ERROR]
    looker = eyes(name)
    seen = looker.read(changed)
    whole = looker.read(start)
    same = seen == whole
    if errors:
        return "refused" if not same else "refused without need", (errors if harmless else []), " | ".join(told)
    segments = whole.segments
    said = wrong(seen, returned, united, found, whole.asked, segments, entity)
    if harmless and not same:
        said.append("ORACLE: " + "; ".join(different(whole.answers, seen.answers) + different(whole.counts, seen.counts)+seen.faults))
    return "read", said, " | ".join(told)


@pytest.mark.parametrize("name", ["list", "grid", "counts", "EJ-01", "EJ-02"])
def test_what_is_seen_on_a_whole_workbook_is_what_is_read(name: str) -> None:
    for variant in range(VARIANTS if "EJ" not in name else 1):
        whole = filled(name, variant) if "EJ" not in name else example(name)
        definition = mini() if "EJ" not in name else edition()
        returned, united, found, entity = outcome(whole.written(), definition)
        seen = eyes(name).read(whole)
        assert not [finding for finding in found if finding.code.severity is Severity.ERROR]
        assert wrong(seen, returned, united, found, seen.asked, seen.segments, entity) == []
        assert seen.answers
        assert seen.counts


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_ranges(chunk: int) -> None:
    failed = []
    for seed in range(chunk, CASES, CHUNKS):
        _, said, told = case(seed)
        if said:
            failed.append(f"{told}\n    {'; '.join(said[:4])}")
    assert not failed, "\n".join(failed)
