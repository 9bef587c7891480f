"""Pairs of entities whose answers agree more than those of two of their like do.

Not a score: an estimate, for a question that is put to people. What two honest entities of one standing
would have in common is estimated from the whole batch, item by item.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FEWEST = 20
"""Entities: of fewer, what is usual cannot be told."""
_LEAST = 10
"""Fewer equal answers, in all or in a row, are not spoken of."""
_ALARMS = 0.0005
"""How many honest entities of a batch each of the two tests may name, as a share: one in two thousand."""
_HEAVIER = 2.0
"""How many times the usual weight the equal answers of a run may have on average, to be looked at closely."""
_WIDTH = 0.5
"""How near two standings must be to be of one kind, in standard deviations."""
_PRIOR = 4.0
"""How many answers of everybody stand beside those of the near ones in what is expected of an entity."""
_MOST_KINDS = 40
"""Different answers to an item beyond which (figures, mostly) all entities are taken together."""
_SURELY = 0.02
"""No single equal answer is taken to be rarer."""
_ROWS = 64
"""Entities compared with all at once: so that memory stays small."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two entities that agree too well.

    Attributes:
        first, second: Their rows.
        same: Equal answers.
        count: Items that both answered.
        usual: Equal answers of two of their like.
        run: The most equal answers one after the other, in the order of the definition.
    """

    first: int
    second: int
    same: int
    count: int
    usual: float
    run: int


def likenesses(answers: NDArray[np.int64], standing: NDArray[np.float64]) -> list[Likeness]:
    """The pairs that stand out, by the whole of their answers or by a stretch of them.

    Two tests of each pair: the number of equal answers against its expectation, in standard deviations of
    all pairs of the batch (so that items that hang together do not count as many); and the least probable
    unbroken run of equal answers.

    Args:
        answers: Shape (entities, items): the number of each answer among those to its item; -1 for none.
        standing: Shape (entities,): how high each stands in the measurement.
    """
    entities, items = answers.shape
    if entities < FEWEST or items < _LEAST:
        return []
    expected = _Expected(answers, standing)
    blocks = [
        _Block(answers, expected, slice(start, min(start + _ROWS, entities)))
        for start in range(0, entities, _ROWS)
    ]
    above = np.concatenate([block.above for block in blocks])
    if not len(above):
        return []
    low, middle, high = np.percentile(above, [25, 50, 75])
    spread = float(high - low) / 1.349 or 1.0
    alone = _ALARMS / entities
    far = float(middle) + spread * NormalDist().inv_cdf(1 - alone)
    # Items that hang together make runs longer, too; and a run may begin at any item.
    long = (log(items) - log(alone)) * max(1.0, spread)
    return [each for block in blocks for each in block.beyond(far, long)]


class _Expected:
    """How probable each answer is of an entity: the share of it among entities of about its standing."""

    def __init__(self, answers: NDArray[np.int64], standing: NDArray[np.float64]) -> None:
        spread = float(np.std(standing)) or 1.0
        apart = (standing[:, None] - standing[None, :]) / (spread * _WIDTH)
        near = np.exp(-(apart**2) / 2)
        np.fill_diagonal(near, 0.0)
        self.shares: list[Floats | None] = []
        self.chance: list[float] = []
        for column in answers.T:
            there = column >= 0
            kinds = int(column.max(initial=-1)) + 1
            counts = np.bincount(column[there], minlength=1).astype(float)
            pairs = max(float(there.sum()) * (float(there.sum()) - 1), 1.0)
            self.chance.append(float(((counts * (counts - 1)).sum() + 1) / (pairs + 1)))
            if not 0 < kinds <= _MOST_KINDS:
                self.shares.append(None)
                continue
            given = (column[:, None] == np.arange(kinds)).astype(float)
            overall = (given.sum(axis=0) + 0.5) / (there.sum() + 0.5 * kinds)
            own = near @ given + _PRIOR * overall
            own = np.where(there[:, None], own / own.sum(axis=1, keepdims=True), 0)
            self.shares.append(own.astype(np.float32))
        few = [share for share in self.shares if share is not None]
        self._few = np.hstack(few) if few else np.zeros((len(answers), 1), np.float32)
        many = [number for number, share in enumerate(self.shares) if share is None]
        chances = np.sqrt(np.array([self.chance[number] for number in many], dtype=np.float32))
        self._many = ((answers[:, many] >= 0) * chances).astype(np.float32)

    def equal(self, rows: slice) -> Floats:
        """How many equal answers entities of these rows and all from the first of them on have as a rule."""
        return np.asarray(
            self._few[rows] @ self._few[rows.start :].T + self._many[rows] @ self._many[rows.start :].T
        )

    def weight(self, item: int, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
        """How much an equal answer to an item says, for pairs of entities: less the more probable it is."""
        of = self.shares[item]
        if of is None:
            return np.full(len(first), -log(max(self.chance[item], _SURELY)))
        chance = (of[first] * of[second]).sum(axis=1, dtype=np.float64)
        return np.asarray(-np.log(np.clip(chance, _SURELY, 1.0)))

    @property
    def usual_weight(self) -> float:
        """The same on average."""
        return float(np.mean([-log(min(max(chance, _SURELY), 1.0)) for chance in self.chance]))


class _Block:
    """Some entities against all that come after them."""

    def __init__(self, answers: NDArray[np.int64], expected: _Expected, rows: slice) -> None:
        shape = (rows.stop - rows.start, len(answers) - rows.start)
        self._answers, self._expected, self._start = answers, expected, rows.start
        self._same, self._count, run, self._longest = (np.zeros(shape, np.int16) for _ in range(4))
        small = np.asfortranarray(answers.astype(np.int16))
        complete = bool((answers >= 0).all())
        for item in range(answers.shape[1]):
            own, others = small[rows, item][:, None], small[rows.start :, item][None, :]
            equal = own == others
            goes_on = equal
            if complete:
                self._count += 1
            else:
                both = (own >= 0) & (others >= 0)
                equal &= both
                # What one of the two left out neither makes nor breaks a run.
                goes_on = equal | ~both
                self._count += both
            self._same += equal
            run += equal
            run *= goes_on
            np.maximum(self._longest, run, out=self._longest)
        self._pairs = np.arange(shape[1])[None, :] > np.arange(shape[0])[:, None]
        self._pairs &= self._count >= _LEAST
        self._usual = expected.equal(rows)
        share = self._usual / np.maximum(self._count, 1)
        variance = np.maximum(self._usual * (1 - share), np.float32(0.01))
        self._excess = (self._same - self._usual) / np.sqrt(variance)

    @property
    def above(self) -> Floats:
        """How far every pair lies above what is usual."""
        return np.asarray(self._excess[self._pairs])

    def beyond(self, far: float, long: float) -> list[Likeness]:
        """The pairs beyond either threshold."""
        outstanding = self._pairs & (self._same >= _LEAST) & (self._excess > far)
        shortest = max(_LEAST, long / (_HEAVIER * max(self._expected.usual_weight, 0.01)))
        near = np.argwhere(self._pairs & (self._longest >= shortest) & ~outstanding)
        heavy = near[self._heaviest(near + self._start) > long]
        outstanding[heavy[:, 0], heavy[:, 1]] = True
        return [
            Likeness(
                first=self._start + own,
                second=self._start + other,
                same=int(self._same[own, other]),
                count=int(self._count[own, other]),
                usual=float(self._usual[own, other]),
                run=int(self._longest[own, other]),
            )
            for own, other in np.argwhere(outstanding).tolist()
        ]

    def _heaviest(self, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """The weight of the least probable run of equal answers of each pair."""
        first, second = pairs[:, 0], pairs[:, 1]
        weight, heaviest = np.zeros(len(pairs)), np.zeros(len(pairs))
        for item in range(self._answers.shape[1]):
            own, other = self._answers[first, item], self._answers[second, item]
            both = (own >= 0) & (other >= 0)
            equal = (own == other) & both
            weight = (weight + equal * self._expected.weight(item, first, second)) * (equal | ~both)
            np.maximum(heaviest, weight, out=heaviest)
        return heaviest


def numbered(answers: Sequence[Sequence[object]]) -> NDArray[np.int64]:
    """Answers of entities to items as numbers, equal ones alike; None is no answer.

    Returns:
        Shape (entities, items); -1 for no answer.
    """
    columns = []
    for column in zip(*answers, strict=True):
        known: dict[object, int] = {}
        columns.append([-1 if each is None else known.setdefault(each, len(known)) for each in column])
    return np.array(columns, dtype=np.int64).reshape(len(columns), len(answers)).T
