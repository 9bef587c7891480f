"""What became of the answers of a workbook, as text, JSON and Markdown."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ctimaturity.model.crosswalk import Fate, Why
from ctimaturity.reporting.document import Bullets, Document, Section
from ctimaturity.reporting.markdown import document_markdown
from ctimaturity.reporting.plain import document_text
from ctimaturity.reporting.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.crosswalk import Passage
    from ctimaturity.model.questionnaire import Questionnaire

FORMATS = ("text", "json", "md")
FATES = {
    Fate.CARRIED: "Taken over as they were",
    Fate.RESCALED: "Said on another scale, as the crosswalk says",
    Fate.LEFT_OUT: "Left out",
    Fate.NEW: "To be answered: nothing that was answered says it",
}
REASONS = {
    Why.NOT_ASKED: "not asked any more",
    Why.NEAR: "near, but not the same",
    Why.SCALE: "answered on another scale",
    Why.UNIT: "in another unit",
    Why.REASON: "the reason given is not one of the new ones",
    Why.POLICY: "such an answer is not taken any more",
    Why.ENTITY: "cannot exist for this type of entity",
    Why.SEGMENT: "from a segment that is not asked any more",
    Why.UNREADABLE: "could not be read for certain",
    Why.REWORDED: "the words of the question have changed: to be looked at",
}
PARTS = {"": "", "value": "value", "criterion": "mark by criteria", "own_mark": "own mark by range"}


@dataclass(frozen=True)
class MigrationReport:
    """What is to be reported.

    Attributes:
        old, new: The two definitions.
        passages: What became of each answer.
    """

    old: Questionnaire
    new: Questionnaire
    passages: tuple[Passage, ...]


def render_migration(report: MigrationReport, form: str, language: str) -> str:
    """The report in one of `FORMATS`, with a line end at its end.

    Raises:
        ValueError: There is no such format.
    """
    if form == "json":
        return json.dumps(_record(report), ensure_ascii=False, indent=2) + "\n"
    words = Words(language)
    document = Document(
        heading=f"{report.old.key} {report.old.version} → {report.new.key} {report.new.version}",
        lead=(Bullets(tuple(_sentences(report, words))),),
        sections=tuple(_sections(report, words)),
    )
    if form == "text":
        return document_text(document)
    if form == "md":
        return document_markdown(document)
    raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")


def _record(report: MigrationReport) -> dict[str, object]:
    return {
        "old": {"key": report.old.key, "version": report.old.version},
        "new": {"key": report.new.key, "version": report.new.version},
        "counts": {fate.value: _count(report, fate) for fate in Fate},
        "passages": [asdict(passage) for passage in report.passages],
    }


def _count(report: MigrationReport, fate: Fate) -> int:
    """How many answers of a fate; of what is new, how many items."""
    return sum(1 if fate is Fate.NEW else each.count for each in report.passages if each.fate is fate)


def _sentences(report: MigrationReport, words: Words) -> Iterator[str]:
    yield words.say(
        "Answers taken over: {carried}; rescaled: {rescaled}; left out: {left_out}. New questions: {new}.",
        carried=_count(report, Fate.CARRIED),
        rescaled=_count(report, Fate.RESCALED),
        left_out=_count(report, Fate.LEFT_OUT),
        new=_count(report, Fate.NEW),
    )
    yield words.say("The date and the approval are not taken over: the new workbook is approved anew.")


def _sections(report: MigrationReport, words: Words) -> Iterator[Section]:
    """By fate, in it by reason; items that are alike on one line."""
    for fate in Fate:
        groups: dict[tuple[Why, str], list[Passage]] = {}
        for passage in report.passages:
            if passage.fate is fate:
                groups.setdefault((passage.why, passage.part), []).append(passage)
        if groups:
            heading = f"{words.say(FATES[fate])} ({_count(report, fate)})"
            lines = tuple(_line(key, passages, words) for key, passages in groups.items())
            yield Section(fate.value, heading, (Bullets(lines),))


def _line(key: tuple[Why, str], passages: list[Passage], words: Words) -> str:
    why, part = key
    about = [words.say(text) for text in (PARTS[part], REASONS.get(why, "")) if text]
    start = f"{', '.join(about)}: " if about else ""
    return start + ", ".join(_item(passage) for passage in passages)


def _item(passage: Passage) -> str:
    """The item, the one it comes from where that is another, and how many answers where there are many."""
    source = f" ← {passage.source}" if passage.source and passage.source != passage.item else ""
    count = f" ({passage.count})" if passage.count != 1 else ""
    return f"{passage.item}{source}{count}"
