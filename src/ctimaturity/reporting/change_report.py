"""The difference of two definitions as text, as JSON, and as a comment for a pull request."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.difference import ChangeClass, ChangeKind
from ctimaturity.reporting.change_words import CLASSES, ChangeWords
from ctimaturity.reporting.document import Bullets, Document, DocumentTable, Part, Section
from ctimaturity.reporting.markdown import document_markdown
from ctimaturity.reporting.plain import document_text
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ctimaturity.model.difference import Change, Difference, EntityStanding, Impact, Move
    from ctimaturity.model.questionnaire import Questionnaire

FORMATS = ("text", "json", "md")
COMMENT_MARK = "<!-- cti questionnaire diff -->"
"""The first line of the comment, by which a workflow finds the one it wrote before."""
MOST_MOVES = 60
"""Rows of the table of entities; the JSON has all."""


@dataclass(frozen=True)
class ChangeReport:
    """What is to be reported.

    Attributes:
        difference: What changed.
        old, new: The two definitions.
        impact: What it does to entities; None where nobody was scored.
    """

    difference: Difference
    old: Questionnaire
    new: Questionnaire
    impact: Impact | None = None


def render_changes(report: ChangeReport, form: str, language: str) -> str:
    """The report in one of `FORMATS`, with a line end at its end.

    JSON has English keys and full precision in every language.

    Raises:
        ValueError: There is no such format.
    """
    if form == "json":
        return json.dumps(_record(report), ensure_ascii=False, indent=2) + "\n"
    document = _ChangeWriter(report, Words(language)).document()
    if form == "md":
        return f"{COMMENT_MARK}\n\n{document_markdown(document, 2)}"
    if form == "text":
        return document_text(document)
    raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")


def _record(report: ChangeReport) -> dict[str, object]:
    difference, impact = report.difference, report.impact
    step = difference.step
    return {
        "old": asdict(difference.old),
        "new": asdict(difference.new),
        "class": difference.grade.value if difference.grade else "none",
        "same_scoring": difference.same_scoring,
        "version": None if step is None else {**asdict(step), "enough": step.enough},
        "changes": [
            {
                "class": change.grade.value,
                "kind": change.kind.value,
                "subject": change.subject.value,
                "id": change.id,
                "measurement": change.measurement,
                "key": change.key,
                "before": change.before,
                "after": change.after,
            }
            for change in difference.changes
        ],
        "impact": None if impact is None else _impact_record(impact),
    }


def _impact_record(impact: Impact) -> dict[str, object]:
    return {
        "entities": len(impact.moves),
        "moved": sum(move.moves for move in impact.moves),
        "rank_changed": sum(_rank_changes(move) for move in impact.moves),
        "level_changed": sum(move.level_changes for move in impact.moves),
        "synthetic": impact.synthetic,
        "same_scale": impact.same_scale,
        "answers_lost": dict(impact.lost),
        "moves": [{**asdict(move), "moves": move.moves} for move in impact.moves],
    }


def _rank_changes(move: Move) -> bool:
    return move.before.rank != move.after.rank


@dataclass(frozen=True)
class _ChangeWriter:
    report: ChangeReport
    words: Words

    def document(self) -> Document:
        """Everything."""
        old, new = self.report.difference.old, self.report.difference.new
        impact = () if self.report.impact is None else (self._impact(self.report.impact),)
        return Document(
            heading=f"{old.key} {old.version} → {new.key} {new.version}",
            lead=(Bullets(tuple(self._summary())),),
            sections=(*self._changes(), *impact),
        )

    def _impact(self, impact: Impact) -> Section:
        t = self.words.say
        headers = (t("Code"), t("Entity"), t("Index"), t("Now"), t("Change"), t("Rank"), t("Level"))
        rows = tuple(self._row(move) for move in [move for move in impact.moves if move.moves][:MOST_MOVES])
        looks = ("", "", "n", "n", "n", "n", "")
        table = DocumentTable(t("What it does to entities"), headers, rows, looks=looks, titled=False)
        said = Bullets(tuple(self._impact_sentences(impact)))
        return Section("impact", table.caption, (said, table) if rows else (said,))

    def _summary(self) -> Iterator[str]:
        """Class, ranking, version."""
        t, difference = self.words.say, self.report.difference
        if difference.grade is None:
            yield t("Nothing differs.")
        else:
            counts = (
                f"{sum(change.grade is grade for change in difference.changes)} {t(grade.value)}"
                for grade in reversed(ChangeClass)
            )
            yield t("Changes: {counts}.", counts=", ".join(counts))
        if difference.same_scoring:
            yield t("The scoring hash is the same: entities of both are ranked together.")
        else:
            yield t("The scoring hash differs: entities of the two are never ranked together.")
        step = difference.step
        if step is None:
            yield t("They are two editions, each with versions of its own.")
        elif step.backwards:
            yield t("The version goes backwards.")
        elif step.enough:
            yield t("Version: {asked} asked for, {made} made.", asked=t(step.asked), made=t(step.made))
        else:
            yield t(
                "Version: {asked} asked for, {made} made; it must be raised.",
                asked=t(step.asked),
                made=t(step.made),
            )

    def _changes(self) -> Iterator[Section]:
        """By class, the gravest first; in it by measurement; changes that are alike on one line."""
        spoken = ChangeWords(self.words, self.report.old, self.report.new)
        known = [*self.report.new.measurement_by_id, *self.report.old.measurement_by_id]
        for grade in reversed(ChangeClass):
            of_class = [change for change in self.report.difference.changes if change.grade is grade]
            parts = []
            for measurement in dict.fromkeys(["", *known]):
                own = [change for change in of_class if change.measurement == measurement]
                if own:
                    lines = tuple(spoken.line(alike) for alike in _alike(own))
                    parts.append(Part(spoken.part(measurement), (Bullets(lines),), depth=4))
            if parts:
                yield Section(grade.value, self.words.say(CLASSES[grade]), tuple(parts))

    def _impact_sentences(self, impact: Impact) -> Iterator[str]:
        t, count, moves = self.words.say, self.words.count, impact.moves
        if impact.synthetic:
            yield count(
                "{count} invented entity, scored with both definitions.",
                "{count} invented entities, scored with both definitions.",
                len(moves),
            )
        else:
            yield count(
                "{count} entity, scored with both definitions.",
                "{count} entities, scored with both definitions.",
                len(moves),
            )
        yield t(
            "Move: {moved}. Change rank: {ranks}. Change level: {levels}.",
            moved=sum(move.moves for move in moves),
            ranks=sum(_rank_changes(move) for move in moves),
            levels=sum(move.level_changes for move in moves),
        )
        if not impact.same_scale:
            yield t("The two indices have different scales, so changes are those of the harmonised index.")
        if impact.lost:
            yield t(
                "Answers that say nothing under the new definition: {count}, to {items} items.",
                count=sum(impact.lost.values()),
                items=len(impact.lost),
            )
        hidden = sum(move.moves for move in moves) - MOST_MOVES
        if hidden > 0:
            yield count("{count} more entity moves.", "{count} more entities move.", hidden)

    def _row(self, move: Move) -> tuple[str, ...]:
        number, before, after = self.words.number, move.before, move.after
        sign = "+" if (move.change or 0) > 0 else ""
        return (
            shown(move.code),
            shown(move.name),
            number(before.index),
            number(after.index),
            MISSING if move.change is None else sign + number(move.change),
            f"{self._rank(before)} → {self._rank(after)}",
            f"{self._level(before)} → {self._level(after)}",
        )

    def _rank(self, standing: EntityStanding) -> str:
        """The rank, or why there is none."""
        if standing.rank is None:
            return self.words.say(standing.status.value)
        return str(standing.rank)

    def _level(self, standing: EntityStanding) -> str:
        return self.words.text(standing.level_name) or MISSING


def _alike(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Changes of one kind and subject, from the same to the same; each wording on its own."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        key: tuple[str, ...] = (
            change.kind,
            change.subject,
            change.key,
            json.dumps([change.before, change.after]),
        )
        if change.kind is ChangeKind.WORDING:
            key = (*key, change.id)
        groups.setdefault(key, []).append(change)
    yield from groups.values()
