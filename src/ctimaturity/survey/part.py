"""A part of an export: what a worker is given, and what it gives back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.survey.sums import merged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.survey.gathering import Aside
    from ctimaturity.survey.quality import QualityRules, Suspicion
    from ctimaturity.survey.sums import PackedSums

_MOST_NOTED = 200
"""Different unreadable texts that a part keeps apart; a wrong file has as many as rows."""


@dataclass(frozen=True)
class PartTask:
    """What a worker reads.

    Attributes:
        path: The file.
        bounds: Begin and end of the part of a CSV file; None for a whole file.
        questionnaire: The definition.
        rules: What stands out.
        key: Of the hashes of this run.
        repeated: Rows of the part that say again what an earlier one said, by the kind of suspicion.
        folder: For what is too large to be sent back; None for a small file.
    """

    path: Path
    bounds: tuple[int, int] | None
    questionnaire: Questionnaire
    rules: QualityRules
    key: bytes = b""
    repeated: dict[Suspicion, NDArray[np.int64]] = field(default_factory=dict)
    folder: Path | None = None


@dataclass
class Noted:
    """How often something was seen, and in which line first."""

    count: int = 0
    line: int = 0

    def add(self, count: int, line: int) -> None:
        """See it again."""
        if not self.count or line < self.line:
            self.line = line
        self.count += count


@dataclass
class PartResult:
    """What a part says.

    Attributes:
        names: Of the columns, as the file has them.
        sheet: The sheet, in a workbook.
        entities: Texts that name entities; a number of `PackedSums.groups` is a place in it.
        sums: By measurement.
        aside: Respondents that were put aside and are in no sum yet, by measurement.
        unreadable: Answers that are not on the scale, by item and text.
        segments: Segments that are not known, by nothing and text.
        strangers: In a row per answer: statements that are not known, by nothing and text.
        suspicious: How many stand out, by kind and the number of the entity.
        excluded: How many were left out, by kind.
        silent: Respondents who said nothing but don't know.
        definitions: What the form says it asks, and how often.
        lines, rows: How many were read.
        diagnostics: On single rows; lines count from the begin of the part.
        joint: Whether respondents are known, and not only counts.
    """

    names: tuple[str, ...]
    sheet: str = ""
    entities: list[str] = field(default_factory=list)
    sums: dict[str, PackedSums] = field(default_factory=dict)
    aside: dict[str, Aside] = field(default_factory=dict)
    unreadable: dict[tuple[str, str], Noted] = field(default_factory=dict)
    segments: dict[tuple[str, str], Noted] = field(default_factory=dict)
    strangers: dict[tuple[str, str], Noted] = field(default_factory=dict)
    suspicious: dict[tuple[Suspicion, int], Noted] = field(default_factory=dict)
    excluded: Counter[Suspicion] = field(default_factory=Counter)
    silent: int = 0
    definitions: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    rows: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    joint: bool = True


@dataclass(frozen=True)
class Identities:
    """Hashes of who answered, a row each; 0 for nobody."""

    submissions: NDArray[np.uint64]
    people: NDArray[np.uint64]


def note(noted: dict[tuple[str, str], Noted], key: tuple[str, str], line: int, count: int = 1) -> None:
    """Note a text once more; beyond some hundreds of different ones they are not kept apart."""
    if key not in noted and len(noted) >= _MOST_NOTED:
        key = (key[0], "…")
    noted.setdefault(key, Noted()).add(count, line)


def together(parts: Sequence[PartResult]) -> PartResult:
    """The parts of one file, which stand one after the other, as one."""
    if len(parts) == 1:
        parts[0].sums = {name: merged([sums]) for name, sums in parts[0].sums.items()}
        return parts[0]
    whole = PartResult(parts[0].names, parts[0].sheet)
    numbers: dict[str, int] = {}
    for part in parts:
        of_part = [numbers.setdefault(text, len(numbers)) for text in part.entities]
        for sums in part.sums.values():
            sums.groups = [(of_part[entity], segment) for entity, segment in sums.groups]
        for name, aside in part.aside.items():
            whole.aside.setdefault(name, []).extend(
                ((of_part[entity], segment), stretch) for (entity, segment), stretch in aside
            )
        for (suspicion, entity), noted in part.suspicious.items():
            known = whole.suspicious.setdefault((suspicion, of_part[entity]), Noted())
            known.add(noted.count, noted.line + whole.lines)
        for kind in ("unreadable", "segments", "strangers"):
            ours: dict[tuple[str, str], Noted] = getattr(whole, kind)
            for key, noted in getattr(part, kind).items():
                ours.setdefault(key, Noted()).add(noted.count, noted.line + whole.lines)
        whole.diagnostics += [moved(finding, whole.lines) for finding in part.diagnostics]
        whole.excluded += part.excluded
        whole.definitions += part.definitions
        whole.silent += part.silent
        whole.rows += part.rows
        whole.lines += part.lines
        whole.joint = whole.joint and part.joint
    whole.entities = list(numbers)
    whole.sums = {name: merged([part.sums[name] for part in parts]) for name in parts[0].sums}
    return whole


def moved(finding: Diagnostic, lines: int) -> Diagnostic:
    """A finding whose line counts from the begin of the file."""
    line = finding.location.line
    if line is None or not lines:
        return finding
    return replace(finding, location=replace(finding.location, line=line + lines))
