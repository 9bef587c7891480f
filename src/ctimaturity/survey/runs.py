"""Respondents put aside in files, sorted by group, so that each group is summed up once and alone.

Sums of many groups are far larger than the answers they are made of: a worker that kept them for every
entity would need hundreds of megabytes, and all of them would have to be added up again at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

Group = tuple[int, int]
"""Numbers of an entity and of a segment."""

_ROWS_AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Run:
    """Some respondents of a part.

    Attributes:
        file: Their marks, a byte each, a row after the other.
        first: The row of the file that they begin with.
        groups: Who they are, in their order.
        ends: The row behind the last one of each group, counted from the first.
    """

    file: Path
    first: int
    groups: list[Group]
    ends: list[int]

    @property
    def behind(self) -> int:
        """The row of the file behind the last one."""
        return self.first + self.ends[-1]

    def renumbered(self, entities: Sequence[int]) -> Run:
        """The same with other numbers of the entities."""
        return replace(self, groups=[(entities[entity], segment) for entity, segment in self.groups])


def put_aside(
    file: Path, first: int, groups: Sequence[Group], rows: NDArray[np.int32], marks: NDArray[np.int8]
) -> Run:
    """Append respondents to a file, sorted by group.

    Args:
        file: Where they go.
        first: How many rows it has.
        groups: The group of each number of `rows`.
        rows: Shape (respondents,): numbers of groups.
        marks: Shape (respondents, statements).
    """
    order = np.argsort(rows, kind="stable")
    with file.open("ab") as stream:
        for start in range(0, len(order), _ROWS_AT_ONCE):
            stream.write(marks.take(order[start : start + _ROWS_AT_ONCE], axis=0).tobytes())
    ordered = rows[order]
    ends = [*(np.flatnonzero(np.diff(ordered)) + 1).tolist(), len(ordered)]
    return Run(file, first, [groups[ordered[end - 1]] for end in ends], ends)
