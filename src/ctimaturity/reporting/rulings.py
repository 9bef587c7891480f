"""Rulings as documents show them: what was reported beside what was verified, and every decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING, rank_text
from ctimaturity.model.ruling import Decision, RuledPart
from ctimaturity.reporting.document import DocumentTable
from ctimaturity.reporting.figure import figure
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.ruling import Ruled, Verification
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.columns import ScoreColumns
    from ctimaturity.reporting.document import Block
    from ctimaturity.reporting.words import Words

DECISIONS = {
    Decision.STANDS: "the answer stands",
    Decision.CHANGED: "another answer counts",
    Decision.BLANK: "no answer counts",
    Decision.NOT_APPLIED: "could not be applied",
}
PARTS = {
    RuledPart.ANSWER: "answer",
    RuledPart.VALUE: "value",
    RuledPart.VALUE_BEFORE: "value of the base year",
    RuledPart.CRITERION: "criterion mark",
    RuledPart.OWN_MARK: "own range mark",
}


@dataclass(frozen=True, slots=True)
class RulingsView:
    """What rulings made of an index.

    Attributes:
        explanation: Which of the two numbers counts.
        beside: The entities whose index, state or rank differs, verified beside reported.
        listed: Every ruling.
    """

    explanation: str
    beside: DocumentTable
    listed: DocumentTable

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What a document says of them; a table without rows says nothing."""
        return (self.explanation, *(table for table in (self.beside, self.listed) if table.rows))


def rulings_view(
    assessment: Assessment, columns: ScoreColumns, words: Words, *, public: bool = False, entity: str = ""
) -> RulingsView | None:
    """What a document says of the rulings; None where there was no file of them.

    With the code of an entity, what it says of those on its answers; None where there are none.
    Who decided stands in rulings.csv only. Reasons are free text, so they do not go public.
    """
    verification = assessment.verification
    if verification is None:
        return None
    rulings = [ruled for ruled in verification.rulings if not entity or ruled.ruling.entity == entity]
    if entity and not rulings:
        return None
    rows = [row for row in assessment.index.rows if not entity or row.entity.code == entity]
    t = words.say
    headers = [
        t("Entity"),
        t("Item"),
        t("What is ruled"),
        t("Reported answer"),
        t("Verified answer"),
        t("Outcome"),
    ]
    headers += [t("Date")] if public else [t("Reason"), t("Date")]
    return RulingsView(
        explanation=t(
            "Reviewers ruled on answers. Index, levels and ranks are those of the verified answers; what the "
            "entities reported stands beside them."
        ),
        beside=DocumentTable(
            t("Verified beside reported"),
            tuple(
                map(
                    t,
                    (
                        "Entity",
                        "Code",
                        "Verified rank",
                        "Reported rank",
                        "Verified index",
                        "Reported index",
                        "Verified level",
                        "Reported level",
                    ),
                )
            ),
            tuple(_beside(rows, verification, columns, words)),
        ),
        listed=DocumentTable(
            t("Rulings"),
            tuple(headers),
            tuple(_listed(assessment, rulings, words, public=public)),
        ),
    )


def _beside(
    rows: Iterable[IndexRow], verification: Verification, columns: ScoreColumns, words: Words
) -> Iterator[tuple[str, ...]]:
    reported_rows = {row.entity.code: row for row in verification.index.rows}
    for row in rows:
        before = reported_rows.get(row.entity.code)
        if before is None or _same(row, before):
            continue
        pairs = zip(_numbers(row, columns, words), _numbers(before, columns, words), strict=True)
        yield (
            shown(row.entity.name),
            shown(row.entity.code),
            *(cell for pair in pairs for cell in pair),
        )


def _same(row: IndexRow, before: IndexRow) -> bool:
    return (row.status, row.rank, row.tied, row.index, row.index_low, row.index_high) == (
        before.status,
        before.rank,
        before.tied,
        before.index,
        before.index_low,
        before.index_high,
    )


def _numbers(row: IndexRow, columns: ScoreColumns, words: Words) -> tuple[str, str, str]:
    """Rank, or the state of who has none; index; level."""
    index = figure(columns.index, row.status, row.index, row.level, (row.index_low, row.index_high), words)
    rank = rank_text(row.rank, tied=row.tied) or words.count(row.status.value, row.status.value, 1)
    level = (
        " · ".join(filter(None, (str(index.level), index.level_name))) if index.level is not None else MISSING
    )
    return rank, index.text, level


def _listed(
    assessment: Assessment, rulings: Iterable[Ruled], words: Words, *, public: bool
) -> Iterator[tuple[str, ...]]:
    names = {code: answers.entity.name for code, answers in assessment.answers.items()}
    for ruled in rulings:
        ruling = ruled.ruling
        name = " ".join(filter(None, (ruling.entity, names.get(ruling.entity, ""))))
        last = (ruling.date,) if public else (ruling.reason, ruling.date)
        yield (
            shown(name),
            shown(ruling.item),
            part_words(ruled, words),
            shown(ruled.reported) or MISSING,
            shown(ruled.verified) or MISSING,
            words.say(DECISIONS[ruled.decision]),
            *map(shown, last),
        )


def part_words(ruled: Ruled, words: Words) -> str:
    """What of an answer was ruled, as people call it."""
    known = {part.value: text for part, text in PARTS.items()}
    part = ruled.ruling.part
    return words.say(known[part]) if part in known else shown(part)
