"""Sums over respondents: whole numbers, so that parts of a survey merge exactly and in any order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.node_scale import parts_of
from ctimaturity.model.response import Covariance
from ctimaturity.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire

BLANK = -1
DONT_KNOW = -2

_MOST_TABLES = 64
"""Remembered at once; which statements lack answers differs between small segments, so there may be many."""
_FLOAT32_EXACT = 2**24
"""Whole numbers below it have a float32 of their own."""


def option_columns(questionnaire: Questionnaire, measurement: Measurement) -> tuple[str, ...]:
    """The last axis of the counts: the option codes of the scales, then `blank` and `dont_know`.

    Statements may have scales of their own; a code that two scales have is one column.
    """
    scales = dict.fromkeys(item.scale for item in measurement.items)
    codes = dict.fromkeys(option.code for scale in scales for option in questionnaire.scales[scale].options)
    return (*codes, "blank", "dont_know")


def option_points(questionnaire: Questionnaire, measurement: Measurement, item: Item) -> list[Fraction]:
    """The points of each option column for a statement, turned round if it is reversed.

    0 for an option that its scale does not have; nobody can have chosen it.
    """
    scale = questionnaire.scales[item.scale]
    turned = scale.minimum + scale.maximum
    points = {option.code: Fraction(option.points) for option in scale.options}
    own = {code: turned - each for code, each in points.items()} if item.reverse else points
    return [own.get(code, Fraction(0)) for code in option_columns(questionnaire, measurement)[:-2]]


@dataclass(frozen=True)
class ShareTable:
    """The shares of statements in what is above them.

    Attributes:
        row_of: The row of each statement and node that has answers.
        matrix: Shape (rows, statements).
    """

    row_of: Mapping[str, int]
    matrix: NDArray[np.float64]


@dataclass(frozen=True)
class SurveyFrame:
    """What the marks of a measurement stand for.

    Attributes:
        measurement: The measurement.
        options: Option codes, then `blank` and `dont_know`.
        points: Shape (statements, options of the scales): points as whole numbers, reversed ones turned.
        unit: How many of them make one point.
    """

    measurement: Measurement
    options: tuple[str, ...]
    points: NDArray[np.int64]
    unit: int

    @classmethod
    def of(cls, questionnaire: Questionnaire, measurement: Measurement) -> SurveyFrame:
        """The frame of a measurement that collects respondents."""
        exact = [option_points(questionnaire, measurement, item) for item in measurement.items]
        unit = lcm(*(x.denominator for row in exact for x in row))
        points = np.array([[int(x * unit) for x in row] for row in exact], dtype=np.int64)
        return cls(measurement, option_columns(questionnaire, measurement), points, unit)

    @property
    def size(self) -> int:
        """How many statements there are."""
        return len(self.measurement.items)

    @cached_property
    def below(self) -> NDArray[np.float32]:
        """Shape (nodes below the root, statements): 1 where the statement has a share in the node."""
        shares = self.shares(np.ones(self.size, dtype=np.bool_))
        rows = [shares.get(node.id, np.zeros(self.size)) > 0 for node in self.measurement.nodes[1:]]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.size)

    @cached_property
    def statements_of(self) -> Mapping[str, list[int]]:
        """The columns of the statements below each node, by its id."""
        column = {item.id: index for index, item in enumerate(self.measurement.items)}
        return {node.id: [column[item.id] for item in node.all_items()] for node in self.measurement.nodes}

    @cached_property
    def _values(self) -> NDArray[np.float32]:
        """Points by (statement, mark); the last two columns, of the marks -2 and -1, are 0."""
        nothing = np.zeros((self.size, 2), dtype=np.int64)
        return np.hstack([self.points, nothing]).astype(np.float32)

    @cached_property
    def most_at_once(self) -> int:
        """How many respondents a product of float32 sums without losing a digit."""
        return _FLOAT32_EXACT // max(1, int(np.abs(self.points).max()) ** 2)

    def products(self, marks: NDArray[np.int8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The sums of products of at most `most_at_once` respondents; exact, whatever the machine's BLAS.

        Args:
            marks: Shape (respondents, statements): index in `options`, -1 blank, -2 don't know.

        Returns:
            Shape (2 statements, 2 statements): of the points and of who answered, pairwise; and
            shape (nodes, nodes): how many answered something in both, for the nodes below the root.
        """
        answered = marks >= 0
        both = np.empty((len(marks), 2 * self.size), dtype=np.float32)
        both[:, self.size :] = answered
        if (self.points == self.points[0]).all():
            both[:, : self.size] = self._values[0][marks]
        else:
            both[:, : self.size] = self._values[np.arange(self.size), marks]
        touched = (both[:, self.size :] @ self.below.T > 0).astype(np.float32)
        return both.T @ both, touched.T @ touched

    def counts(
        self, group: NDArray[np.signedinteger], marks: NDArray[np.int8], groups: int
    ) -> NDArray[np.int64]:
        """How often each option was chosen: shape (groups, statements, options)."""
        width = len(self.options)
        option = np.where(marks >= 0, marks, width - 3 - marks).astype(np.int8)
        if groups == 1:
            column = np.arange(self.size, dtype=np.intp) * width
            at_once = np.bincount((option + column).ravel(), minlength=self.size * width)
            return at_once.reshape(1, self.size, width)
        base = group * width
        counts = np.empty((self.size, groups * width), dtype=np.int64)
        for statement, chosen in enumerate(np.ascontiguousarray(option.T)):
            counts[statement] = np.bincount(base + chosen, minlength=groups * width)
        return counts.reshape(self.size, groups, width).transpose(1, 0, 2)

    def shares(self, has_answers: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
        """The share of each statement in itself and in each weighted mean above it; none without answers."""
        shares: dict[str, NDArray[np.float64]] = {}
        for index, item in enumerate(self.measurement.items):
            if has_answers[index]:
                shares[item.id] = np.zeros(self.size)
                shares[item.id][index] = 1.0
        for node in reversed(self.measurement.nodes):
            combined = _combined(node, shares)
            if combined is not None:
                shares[node.id] = combined
        return shares

    def share_table(self, has_answers: NDArray[np.bool_]) -> ShareTable:
        """The same as a matrix; tables that were asked for are remembered, as most segments need the same."""
        asked = has_answers.tobytes()
        known = self._tables.get(asked)
        if known is None:
            shares = self.shares(has_answers)
            row_of = {name: row for row, name in enumerate(shares)}
            known = ShareTable(row_of, np.array(list(shares.values())).reshape(len(shares), self.size))
            if len(self._tables) >= _MOST_TABLES:
                self._tables.clear()
            self._tables[asked] = known
        return known

    @cached_property
    def _tables(self) -> dict[bytes, ShareTable]:
        return {}


def _combined(node: Node, shares: dict[str, NDArray[np.float64]]) -> NDArray[np.float64] | None:
    if node.rule is not Rule.MEAN or (node.normalise is not None and node.normalise.method != "none"):
        return None
    parts: list[Node | Item] = [part for part in parts_of(node) if part.id in shares]
    total = float(sum(part.weight for part in parts))
    if not total:
        return None
    combined = np.zeros_like(shares[parts[0].id])
    for part in parts:
        combined += float(part.weight) / total * shares[part.id]
    return combined


@dataclass(frozen=True)
class Moments:
    """What is kept of the respondents of one segment of one entity.

    Attributes:
        counts: Shape (statements, options).
        respondents: How many there are.
        products: Shape (2 statements, 2 statements), as `SurveyFrame.products` gives them.
        touched: Shape (nodes, nodes): who answered something in both, for the nodes below the root.
        joint: Whether it is known which answers one respondent gave; if not, only the diagonal of
            `products` says something, and `touched` nothing.
    """

    counts: NDArray[np.int64]
    respondents: int
    products: NDArray[np.int64]
    touched: NDArray[np.int64]
    joint: bool = True

    @classmethod
    def of(cls, frame: SurveyFrame, marks: NDArray[np.int8]) -> Moments:
        """The sums over respondents, each with at least one answer."""
        products = np.zeros((2 * frame.size, 2 * frame.size), dtype=np.int64)
        touched = np.zeros((len(frame.below), len(frame.below)), dtype=np.int64)
        for start in range(0, len(marks), frame.most_at_once):
            more, reached = frame.products(marks[start : start + frame.most_at_once])
            products += more.astype(np.int64)
            touched += reached.astype(np.int64)
        counts = frame.counts(np.zeros(len(marks), dtype=np.int64), marks, 1)[0]
        return cls(counts, len(marks), products, touched)

    @classmethod
    def of_counts(cls, frame: SurveyFrame, counts: NDArray[np.int64], respondents: int) -> Moments:
        """What counts alone say."""
        said = counts[:, :-2]
        squares, totals = (said * frame.points**2).sum(axis=1), (said * frame.points).sum(axis=1)
        products = np.diag(np.concatenate([squares, said.sum(axis=1)]))
        size = np.arange(frame.size)
        products[size, frame.size + size] = products[frame.size + size, size] = totals
        touched = np.zeros((len(frame.below), len(frame.below)), dtype=np.int64)
        return cls(counts, respondents, products, touched, joint=False)

    def __add__(self, other: Moments) -> Moments:
        """The sums over the respondents of both."""
        return Moments(
            self.counts + other.counts,
            self.respondents + other.respondents,
            self.products + other.products,
            self.touched + other.touched,
            joint=self.joint and other.joint,
        )

    @cached_property
    def answers(self) -> NDArray[np.float64]:
        """Shape (statements,): how many answered."""
        size = len(self.counts)
        return np.diagonal(self.products)[size:].astype(np.float64)

    @cached_property
    def influence(self) -> NDArray[np.float64]:
        """Shape (statements, statements): the sum over respondents of the products of their influences.

        The influence of a respondent on the mean of statement j is (x_j - mean_j) / n_j; the sum is over
        those who answered both statements, in whole points of the frame's unit.
        """
        size = len(self.counts)
        products = self.products.astype(np.float64)
        values, joint, both = products[:size, :size], products[:size, size:], products[size:, size:]
        n, total = np.diagonal(both), np.diagonal(joint)
        square = np.outer(n, n)
        scaled = square * values - np.outer(n, total) * joint - np.outer(total, n) * joint.T
        scaled += np.outer(total, total) * both
        return np.divide(scaled, square * square, out=np.zeros_like(scaled), where=square > 0)


def total_of(parts: Sequence[Moments]) -> Moments:
    """All parts together; at least one."""
    first, *others = parts
    for other in others:
        first += other
    return first


def covariances(frame: SurveyFrame, segment: str, moments: Moments) -> list[Covariance]:
    """The covariances of one segment's means: n / (n - 1) times the sum of products of influences.

    The influence of respondent i on the mean of node a is u_ia = sum_j c_aj r_ij (x_ij - mean_j) / n_j,
    with c_aj the share of statement j in the node (1 / k for a plain mean of k statements that have
    answers) and r_ij 1 where answered; n counts the respondents with an answer in a or b. Of one
    statement this is exactly s^2 / n. Nodes that are no weighted means are left out. There is one for
    each statement and each node below the root with itself, and for the root's children pairwise;
    none where only counts are known.
    """
    if not moments.joint:
        return []
    table = frame.share_table(moments.answers > 0)
    nodes = {node.id: number for number, node in enumerate(frame.measurement.nodes[1:])}
    row_of = {name: row for row, name in enumerate(name for name in nodes if name in table.row_of)}
    matrix = table.matrix[[table.row_of[name] for name in row_of]]
    # einsum and not a matrix product: its order of summation does not depend on the machine's BLAS.
    spread = np.einsum("aj,jl->al", matrix, moments.influence)
    values = (np.einsum("al,bl->ab", spread, matrix) / frame.unit**2).tolist()
    touched = moments.touched.tolist()
    made = []
    for a, b in _pairs(frame.measurement):
        if a in row_of and b in row_of:
            i, j = nodes[a], nodes[b]
            n = touched[i][i] + touched[j][j] - touched[i][j]
            if n > 1:
                value = values[row_of[a]][row_of[b]]
                made.append(Covariance(segment, a, b, n, value * n / (n - 1)))
    alone = np.diagonal(moments.influence) / frame.unit**2
    answers = moments.answers.astype(np.int64).tolist()
    for item, n, value in zip(frame.measurement.items, answers, alone.tolist(), strict=True):
        if n > 1:
            made.append(Covariance(segment, item.id, item.id, n, value * n / (n - 1)))
    return made


def _pairs(measurement: Measurement) -> list[tuple[str, str]]:
    """The root's children pairwise; each other node below the root with itself."""
    top = [child.id for child in measurement.root.children]
    below = [node.id for node in measurement.nodes[1:] if node.id not in top]
    crossed = [(a, b) for position, a in enumerate(top) for b in top[position:]]
    return [*crossed, *((name, name) for name in below)]
