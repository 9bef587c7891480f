"""Letters to those whose workbook could not be scored: what is wrong, what is missing, what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.findings import wording
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.diagnostics.severity import Severity
    from ctimaturity.reporting.press import Press

FORMATS = ("html", "md")
MOST_LINES = 40
"""Findings of a sheet that a letter lists; nobody mends more in one go."""


class Cause(StrEnum):
    """Why there is a letter."""

    REFUSED = "refused"
    """Something in the workbook cannot be read for certain."""
    UNREADABLE = "unreadable"
    """The file is no workbook that can be read, or nobody can tell who it is from."""
    INCOMPLETE = "incomplete"
    """Answers are missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a measurement is answered."""

    title: str
    answered: int
    asked: int

    @property
    def missing(self) -> int:
        """Items without an answer."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: the cell, what is wrong there, what to do, and what stands there."""

    cell: str
    message: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """The findings of one sheet.

    Attributes:
        sheet: Its name; empty for the whole workbook.
        lines: The first of them.
        count: How many there are.
    """

    sheet: str
    lines: tuple[Line, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one sender is told.

    Attributes:
        code, name: The entity; empty when nobody can tell.
        files: Names of the files it sent.
        cause: Why there is a letter.
        parts: Measurements in which answers are missing.
        reasons: Why there is no index, in sentences; empty where nothing was scored.
        faults: What has to be mended.
        doubts: What should be looked at.
    """

    code: str
    name: str
    files: tuple[str, ...]
    cause: Cause
    parts: tuple[Part, ...] = ()
    reasons: tuple[str, ...] = ()
    faults: tuple[Place, ...] = ()
    doubts: tuple[Place, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings refuse the workbook."""
        return sum(place.count for place in self.faults)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes the letters.

    Attributes:
        over: The line above the heading: model, edition, round.
        contact: How to reach the sender; empty takes the theme's.
        reply_by: Until when an answer is expected, as it is to be written; empty without.
        ranges: The reference ranges that mark the values of indicators, as they are cited; empty without.
    """

    over: str = ""
    contact: str = ""
    reply_by: str = ""
    ranges: str = ""


def places(findings: Iterable[Diagnostic], severity: Severity, language: str) -> tuple[Place, ...]:
    """Findings of one severity by sheet, those of the whole workbook first."""
    by_sheet: dict[str, list[Line]] = {}
    for finding in findings:
        if finding.severity is severity:
            words, where = wording(finding, language), finding.location
            line = Line(where.cell, visible(words.message), visible(words.hint), finding.value)
            by_sheet.setdefault(where.sheet, []).append(line)
    return tuple(
        Place(shown(sheet), tuple(lines[:MOST_LINES]), len(lines))
        for sheet, lines in sorted(by_sheet.items(), key=lambda pair: pair[0] != "")
    )


def render_letter(letter: Letter, sender: Sender, press: Press, language: str, form: str) -> str:
    """A letter as a page or as Markdown.

    Args:
        letter: What is told.
        sender: Who tells it.
        press: With the theme, whose templates `letter.html.j2` and `letter.md.j2` come first.
        language: `es` or `en`.
        form: `html` or `md`.

    Raises:
        JobError: A template of the theme is broken.
    """
    words = Words(language)
    values: dict[str, object] = {
        "letter": letter,
        "sender": sender,
        "words": words,
        "t": words.say,
        "heading": words.say(_HEADINGS[letter.cause]),
        "over": sender.over or words.say("Maturity index"),
        "tool": "ctimaturity",
        "contact": sender.contact or press.theme.contact,
        "opening": _opening(letter, words),
        "steps": _steps(letter, sender, words),
        "ranges": words.say(
            "The values of indicators are marked by the reference ranges {name}.", name=sender.ranges
        )
        if sender.ranges
        else "",
    }
    if form == "md":
        return press.text("letter.md.j2", **values)
    return press.page("letter.html.j2", (), "", **values)


_HEADINGS = {
    Cause.REFUSED: "Your questionnaire could not be scored yet",
    Cause.UNREADABLE: "The file you sent could not be read",
    Cause.INCOMPLETE: "Your questionnaire is not complete yet",
}

_FIRST = {
    Cause.REFUSED: (
        "Open the workbook, mend the cells that are named above, and save it as a workbook (.xlsx)."
    ),
    Cause.UNREADABLE: (
        "Do what is said above, or fill the questionnaire anew, and save it as a workbook (.xlsx)."
    ),
    Cause.INCOMPLETE: "Open the workbook, answer what is missing, and save it as a workbook (.xlsx).",
}


def _opening(letter: Letter, words: Words) -> str:
    if letter.cause is Cause.REFUSED:
        return words.count(
            "Thank you for sending the questionnaire. In it, {count} thing cannot be read for certain, so "
            "nothing of it has been scored. None of your answers has been lost or changed.",
            "Thank you for sending the questionnaire. In it, {count} things cannot be read for certain, so "
            "nothing of it has been scored. None of your answers has been lost or changed.",
            letter.errors,
        )
    if letter.cause is Cause.UNREADABLE:
        return words.say(
            "Thank you for writing. The file could not be taken as a filled questionnaire; below is why, and "
            "what to do. Nothing of it has been scored."
        )
    return words.say(
        "Thank you for sending the questionnaire. What you answered was read without trouble, but some "
        "answers are missing."
    )


def _steps(letter: Letter, sender: Sender, words: Words) -> Sequence[str]:
    """What happens next."""
    first = words.say(_FIRST[letter.cause])
    until = words.say("Send it back before {date}.", date=shown(sender.reply_by))
    steps = (
        first,
        until if sender.reply_by else words.say("Send it back."),
        words.say("It is read again as a whole; the answers that are right stay as they are."),
        words.say("Until then the entity stands in the index without a rank."),
    )
    # An entity whose other workbook was read may well have a rank.
    return steps[:-1] if letter.code and letter.cause is Cause.UNREADABLE else steps
