"""Letters to those whose workbook could not be scored: what is wrong, what is missing, what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.findings import wording
from ctimaturity.language.numbers import MISSING
from ctimaturity.reporting.document import (
    Bullets,
    Document,
    DocumentTable,
    Either,
    Paragraph,
    Part,
    Phrase,
    Prose,
    RichCell,
    Section,
)
from ctimaturity.reporting.words import Words, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ctimaturity.diagnostics.code import Severity
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.reporting.document import Block
    from ctimaturity.reporting.page_templates import PageTemplates

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
class Unanswered:
    """How much of a measurement is answered."""

    title: str
    answered: int
    asked: int

    @property
    def missing(self) -> int:
        """Items without an answer."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: the cell, what is wrong there, what to do, and what stands there."""

    cell: str
    message: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class SheetFindings:
    """The findings of one sheet.

    Attributes:
        sheet: Its name; empty for the whole workbook.
        lines: The first of them.
        count: How many there are.
    """

    sheet: str
    lines: tuple[Fault, ...]
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
    parts: tuple[Unanswered, ...] = ()
    reasons: tuple[str, ...] = ()
    faults: tuple[SheetFindings, ...] = ()
    doubts: tuple[SheetFindings, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings refuse the workbook."""
        return sum(sheet.count for sheet in self.faults)


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


def places(findings: Iterable[Diagnostic], severity: Severity, language: str) -> tuple[SheetFindings, ...]:
    """Findings of one severity by sheet, those of the whole workbook first."""
    by_sheet: dict[str, list[Fault]] = {}
    for finding in findings:
        if finding.severity is severity:
            words, where = wording(finding, language), finding.location
            line = Fault(where.cell, visible(words.message), visible(words.hint), finding.value)
            by_sheet.setdefault(where.sheet, []).append(line)
    return tuple(
        SheetFindings(shown(sheet), tuple(lines[:MOST_LINES]), len(lines))
        for sheet, lines in sorted(by_sheet.items(), key=lambda pair: pair[0] != "")
    )


def render_letter(letter: Letter, sender: Sender, templates: PageTemplates, language: str, form: str) -> str:
    """A letter as a page or as Markdown.

    Args:
        letter: What is told.
        sender: Who tells it.
        templates: With the theme, whose templates `letter.html.j2` and `letter.md.j2` come first.
        language: `es` or `en`.
        form: `html` or `md`.

    Raises:
        JobError: A template of the theme is broken.
    """
    words = Words(language)
    contact = sender.contact or templates.theme.contact
    document = letter_document(letter, sender, contact, words)
    values = {
        "document": document,
        "letter": letter,
        "sender": sender,
        "words": words,
        "t": words.say,
        "heading": document.heading,
        "over": document.over,
        "contact": contact,
        "opening": _opening(letter, words),
        "steps": _steps(letter, sender, words),
        "ranges": _ranges(sender, words),
    }
    if form == "md":
        return templates.text("letter.md.j2", **values)
    return templates.page("letter.html.j2", (), "", **values)


def letter_document(letter: Letter, sender: Sender, contact: str, words: Words) -> Document:
    """Everything that a letter says; `contact` is how to reach the sender."""
    t = words.say
    who = f"{letter.name} ({letter.code})" if letter.code else letter.name
    files = words.count("File: {files}", "Files: {files}", len(letter.files), files=", ".join(letter.files))
    return Document(
        heading=t(_HEADINGS[letter.cause]),
        over=sender.over or t("Maturity index"),
        lead=(
            Paragraph(Phrase("", lead=who.strip() or t("To whoever sent this file")), "lead"),
            Paragraph(files),
            Prose((_opening(letter, words),), "prose one"),
        ),
        sections=tuple(_sections(letter, sender, contact, words)),
        contents=False,
        upright=True,
    )


def _sections(letter: Letter, sender: Sender, contact: str, words: Words) -> Iterator[Section]:
    t = words.say
    if letter.faults:
        blocks: Iterable[Block] = (_listing(sheet, words) for sheet in letter.faults)
        yield Section("faults", t("What has to be mended"), tuple(blocks))
    if letter.parts or letter.reasons:
        missing = (
            words.count(
                "{title}: {count} of {asked} is missing",
                "{title}: {count} of {asked} are missing",
                part.missing,
                title=part.title,
                asked=part.asked,
            )
            for part in letter.parts
        )
        blocks = (*([Bullets(tuple(missing))] if letter.parts else []), *letter.reasons)
        yield Section("missing", t("What is missing"), tuple(blocks))
    if letter.doubts:
        said = t("Nothing is refused for it, but it may be a slip.")
        blocks = (_listing(sheet, words) for sheet in letter.doubts)
        yield Section("doubts", t("Please look at this too"), (said, *blocks))
    yield Section(
        "next", t("What happens next"), (Bullets(tuple(_steps(letter, sender, words)), numbered=True),)
    )
    ranges = _ranges(sender, words)
    reach = contact or t("Answer the message with which this letter came.")
    yield Section("reach", t("How to reach us"), (reach, *([Paragraph(ranges)] if ranges else [])))


def _listing(sheet: SheetFindings, words: Words) -> Part:
    """The findings of one sheet."""
    t = words.say
    count = words.count("{count} finding", "{count} findings", sheet.count)
    rows = tuple(
        (
            RichCell(line.cell or MISSING, look="code"),
            RichCell(line.message, t("There stands: {value}", value=line.value) if line.value else ""),
            line.hint,
        )
        for line in sheet.lines
    )
    headers = (t("Cell"), t("What is wrong"), t("What to do"))
    table = DocumentTable(count, headers, rows, look="", looks=("", "free", "free"), most=0, titled=False)
    more = words.count(
        "{count} more of this sheet is not listed here.",
        "{count} more of this sheet are not listed here.",
        sheet.more,
    )
    blocks: list[Block] = [Either(words=(count,)), table]
    if sheet.more:
        blocks.append(Paragraph(more))
    return Part(
        t("Sheet {name}", name=sheet.sheet) if sheet.sheet else t("The whole workbook"), tuple(blocks)
    )


def _ranges(sender: Sender, words: Words) -> str:
    if not sender.ranges:
        return ""
    return words.say(
        "The values of indicators are marked by the reference ranges {name}.", name=sender.ranges
    )


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
