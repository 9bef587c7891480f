"""Instruments of other kinds, in `instruments/*.yaml`, and answers to them with the arithmetic beside."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.definitions.load import load_questionnaire
from ctimaturity.model.entity import Entity
from ctimaturity.model.response import EntityAnswers, Response, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.questionnaire import Questionnaire

FOLDER = Path(__file__).parent / "instruments"
NAMES = (
    "sum-of-levels",
    "gated-levels",
    "two-axes",
    "plain-means",
    "gates-to-zero",
    "rated-attributes",
    "share-of-practices",
    "development",
    "risks",
    "bonus-points",
    "traffic-lights",
)

SUM_OF_LEVELS = {
    "P-1-1-a": "3", "P-1-1-b": "2",  # (1 + 0.5) / 2 = 0.75
    "P-1-2-a": "1", "P-1-2-b": "1",  # 0.25
    "P-1-3-a": "0", "P-1-3-b": "0",  # 0; the practice is the sum, 1
    "P-2-1-a": "3", "P-2-1-b": "3",  # 1
    "P-2-2-a": "2", "P-2-2-b": "1",  # (0.5 + 0.25) / 2 = 0.375
    "P-2-3-a": "1", "P-2-3-b": "0",  # 0.125; 1 + 0.375 + 0.125 = 1.5
    "P-3-1-a": "3", "P-3-1-b": "3",  # 1
    "P-3-2-a": "3", "P-3-2-b": "2",  # 0.75
    "P-3-3-a": "2", "P-3-3-b": "2",  # 0.5; 1 + 0.75 + 0.5 = 2.25
}  # fmt: skip
GATED = {
    "A-1": "FI", "A-2": "LI", "A-3": "PI", "A-4": "PI", "A-5": "FI",
    "B-1": "LI", "B-2": "FI", "B-3": "FI",
}  # fmt: skip
TWO_AXES = {
    "locks-policy": "5", "locks-practice": "3",  # 0.4 x 5 + 0.6 x 3 = 3.8
    "visitors-policy": "2", "visitors-practice": "NA",  # 0.4 x 2 + 0.6 x 4 = 3.2
    "shredding-policy": "NA", "shredding-practice": "NA",  # 4, as credited
}  # fmt: skip
PLAIN: dict[str, str | int] = {"q1": 80, "q2": 60, "q6": 50, "q7": "25.5"}
GATES = {"backup": 8, "updates": 6, "waiting": 4, "opening": 8, "complaints": 2, "language": 6}
RATED: dict[str, str | int] = {
    "p1a": 90, "p1b": 90,  # 90: fully
    "p2a": 60, "p2b": "40.2",  # 50.1: largely, so permits are managed: 2
    "s1a": 80, "s1b": 90,  # 85 is still largely: the own level 1, but not enough for 2
    "s2a": 100, "s2b": 100,
}  # fmt: skip
SHARES = {
    "a1": "1", "a2": "1", "a3": "1", "a4": "1", "a5": "0",  # 4 of 5 are 80 %
    "a6": "1", "a7": "1", "a8": "1", "a9": "0",  # 3 of 4 are 75 %
    "b1": "1", "b2": "1",
}  # fmt: skip
# Norway in 2019, from table 1 of the Human Development Report 2020, where its index is 0.957.
NORWAY: dict[str, str | int] = {"life": "82.4", "expected": "18.1", "mean-years": "12.9", "income": 66494}
RISKS = {
    "flood-l": "2", "flood-i": "5",  # 10
    "drought-l": "3", "drought-i": "4",  # 12, the worst of water
    "theft-l": "1", "theft-i": "5",  # 5
    "loss-l": "2", "loss-i": "2",  # 4; the worst of data is 5
}  # fmt: skip
BONUS = {"plan": "yes", "budget": "yes", "neighbours": "yes", "secret": "no"}  # 50 + 40 + 20 = 110
LIGHTS = {"drinkable": "R", "everywhere": "G", "collected": "A", "sorted": "G"}
ANSWERS: dict[str, Mapping[str, str | int]] = {
    "sum-of-levels": SUM_OF_LEVELS,
    "gated-levels": GATED,
    "two-axes": TWO_AXES,
    "plain-means": PLAIN,
    "gates-to-zero": GATES,
    "rated-attributes": RATED,
    "share-of-practices": SHARES,
    "development": NORWAY,
    "risks": RISKS,
    "bonus-points": BONUS,
    "traffic-lights": LIGHTS,
}


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.yaml"


def instrument(name: str) -> Questionnaire:
    return load_questionnaire(file_of(name))


def response(definition: Questionnaire, item: str, given: str | int) -> Response:
    """An option by its code, a number, or not applicable."""
    if given == "NA":
        return Response(State.NOT_APPLICABLE, reason="no-such-thing")
    if definition.scales[definition.item_by_id[item].scale].range is not None:
        return Response(State.ANSWERED, number=Decimal(str(given)))
    return Response(State.ANSWERED, option=str(given))


def entity_answers(
    definition: Questionnaire, given: Mapping[str, str | int], code: str = "X-1"
) -> EntityAnswers:
    return EntityAnswers(
        Entity(code, "", "other"), {item: response(definition, item, each) for item, each in given.items()}
    )
