"""What was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.model.entity import Entity

if TYPE_CHECKING:
    from decimal import Decimal

    import numpy as np
    from numpy.typing import NDArray


class State(StrEnum):
    """The five states of an answer, never merged. Zero is an answer."""

    ANSWERED = "answered"
    BLANK = "blank"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer stands."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    origin: str = "workbook"


@dataclass(frozen=True, slots=True)
class Response:
    """One entity's answer to one item of capacities or results, as read.

    For indicators the state is that of the cell which the basis of the scoring reads, so it is
    decided when scoring: here `no_data` says that no data was chosen, and the three cells are kept.

    Attributes:
        state: Of the answer cell (see above for indicators).
        option: Code of the option chosen, as the scale has it; empty without.
        number: The number written, for scales that are ranges.
        value: The indicator's value, or that of the later year when `value_before` is given.
        value_before: The indicator's value of the base year.
        criterion: Option code of the criterion mark.
        own_mark: Option code of the entity's own range mark.
        reason: Id of the reason for no data or not applicable.
        confirmed: A blank that the cover's confirmation turned into an answer.
    """

    state: State
    option: str = ""
    number: Decimal | None = None
    value: Decimal | None = None
    value_before: Decimal | None = None
    criterion: str = ""
    own_mark: str = ""
    reason: str = ""
    year: int | None = None
    reference: str = ""
    evidence: str = ""
    observation: str = ""
    confirmed: bool = False
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts of a survey: exact, mergeable, nothing of a person.

    Attributes:
        measurement: Id of the measurement.
        segments: Ids of the segments, in the order of the definition.
        items: Ids of the statements, in the order of the definition.
        options: Option codes in the order of the scale, then `blank` and `dont_know`.
        counts: Shape (segments, items, options), integers.
        respondents: Shape (segments,): rows with at least one answer.
        covariances: For each segment and for `all`: pairs of nodes with n and the covariance of
            their means; empty where only counts are known.
        source: The file and sheet they come from.
    """

    measurement: str
    segments: tuple[str, ...]
    items: tuple[str, ...]
    options: tuple[str, ...]
    counts: NDArray[np.int64]
    respondents: NDArray[np.int64]
    covariances: tuple[Covariance, ...] = ()
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class Covariance:
    """The covariance of two nodes' means over the respondents of a segment (`all` for everyone)."""

    segment: str
    node_a: str
    node_b: str
    n: int
    value: float


@dataclass(frozen=True, slots=True)
class EntityAnswers:
    """All that one entity has answered.

    Attributes:
        entity: Who.
        responses: By item id; an item that is missing was left blank.
        tallies: By measurement id; a survey that is missing is all blank.
        refused: Some answer could not be read for certain: no score.
        files: The files the answers come from, as the user named them.
    """

    entity: Entity
    responses: Mapping[str, Response] = field(default_factory=lambda: MappingProxyType({}))
    tallies: Mapping[str, Tallies] = field(default_factory=lambda: MappingProxyType({}))
    refused: bool = False
    files: tuple[str, ...] = ()
