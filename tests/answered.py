"""Invented entities with answers of every kind and state, for tests of what is written and read back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from builders import mini
from ctimaturity.model.response import EntityAnswers, Response, Source, State
from ctimaturity.scoring.index import score
from ctimaturity.scoring.moments import BLANK, DONT_KNOW
from ctimaturity.scoring.tallies import tally
from invented import assessment as invented_assessment

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import Tallies

FILE = "libros/90001.xlsx"
TEXTS = (
    '=HYPERLINK("http://a.b")',
    "-3 puntos",
    "'ya con comilla",
    "línea 1\nlínea 2",
    'con "comillas"; y , coma',
    " @x",
)
"""What people write as evidence: formulas, quotation marks, separators, lines."""


def responses(number: int) -> dict[str, Response]:
    """Answers to every item of `mini()` that is not a statement, in every state."""
    sheet = Source(FILE, "Capacidades", f"D{number + 7}")
    evidence = TEXTS[number % len(TEXTS)]
    return {
        "C-1-a": Response(State.ANSWERED, option="1", evidence=evidence, observation="vista", source=sheet),
        "C-1-b": Response(State.ANSWERED, option="0", source=sheet),
        "C-1-c": Response(State.ANSWERED, option="0", confirmed=True, source=sheet),
        "C-2-a": Response(State.BLANK, source=sheet),
        "C-2-b": Response(State.ANSWERED, option=str(number % 2), source=sheet),
        "R-1": Response(
            State.ANSWERED,
            value=Decimal("-12.5"),
            value_before=Decimal("0.1"),
            criterion="3",
            own_mark="4",
            year=2019,
            reference="DANE, 2019",
            source=Source(FILE, "Resultados", "F9"),
        ),
        "R-2": Response(State.NO_DATA, reason="not-measured", source=Source(FILE, "Resultados", "F10")),
        "R-3": Response(
            State.ANSWERED, value=Decimal("1234567.000001"), source=Source(FILE, "Resultados", "F11")
        ),
    }


def survey(definition: Questionnaire, number: int, *, unknown: bool = False) -> Tallies:
    """A survey of `mini()`: every option, blanks, don't know, a segment that was not said."""
    rng = np.random.default_rng(number)
    marks = rng.integers(0, 6, (24, 4)).astype(np.int8)
    marks[3, 1], marks[5, 2], marks[7, 0] = BLANK, DONT_KNOW, DONT_KNOW
    segment_of = np.arange(24) % 4
    if unknown:
        segment_of[-1] = -1
    return tally(definition, "perception", segment_of, marks, Source(FILE, "Percepción"))


def entity_answers(definition: Questionnaire, entity: Entity, number: int, *, refused: bool) -> EntityAnswers:
    return EntityAnswers(
        entity=entity,
        responses=responses(number),
        tallies={"perception": survey(definition, number, unknown=number == 2)} if number % 3 != 1 else {},
        refused=refused,
        files=(FILE, "libros/copia.xlsx") if number == 0 else (FILE,),
    )


def answered() -> Assessment:
    """The dozen of `invented`, with answers; the first entity says how many inhabitants it has."""
    definition = mini()
    found = invented_assessment(definition)
    rows = list(found.index.rows)
    rows[0] = replace(
        rows[0], entity=replace(rows[0].entity, population={"academia": 1200, "sociedad-civil": 80000})
    )
    return replace(
        found,
        index=replace(found.index, rows=tuple(rows)),
        answers={
            row.entity.code: entity_answers(definition, row.entity, number, refused=row.status == "refused")
            for number, row in enumerate(rows)
        },
        options={"round": "2020", "groups": ["region"], "strict": False},
    )


def scored() -> Assessment:
    """The same with the numbers that the engine gives them."""
    found = answered()
    index = score(found.questionnaire, tuple(found.answers.values()), groupings=("region",))
    return replace(found, index=index)
