"""Letters to those whose workbook was refused, could not be read, or lacks answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Severity
from ctimaturity.model.rule import Collects
from ctimaturity.model.score import Status
from ctimaturity.model.text import in_language
from ctimaturity.reporting.letters import FORMATS, Cause, Letter, Sender, Unanswered, places, render_letter
from ctimaturity.reporting.reasons import sentences
from ctimaturity.reporting.words import Words, shown
from ctimaturity.workbook.completion import completeness
from ctimaturity.workflows.documents import file_names, theme_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import IndexRow
    from ctimaturity.reporting.provenance import Provenance
    from ctimaturity.workflows.identification import ReadFile

NOT_TOLD = frozenset(
    {
        codes.ALL_ANSWERS_EQUAL,
        codes.SAME_AS_ANOTHER_ENTITY,
        codes.SAME_AS_BEFORE,
        codes.ROWS_REPEATED,
        codes.ROWS_WITHOUT_VARIANCE,
        codes.ANSWERS_WITHOUT_VARIANCE,
        codes.PARTLY_AS_ANOTHER_ENTITY,
        codes.TEXTS_OF_ANOTHER_ENTITY,
        codes.NEARLY_AS_BEFORE,
        codes.ROWS_NEARLY_REPEATED,
        codes.ROWS_IN_SEQUENCE,
        codes.ONE_HAND,
        codes.ROW_WITHOUT_VARIANCE,
    }
)
"""Suspicions are for the ministry: some name another entity, and none is a fault to mend."""
_BASIS = "S"
"""Family of findings that the reasons of a row say already."""


@dataclass(frozen=True)
class Correspondence:
    """How letters are written.

    Attributes:
        language: Of all texts.
        theme: Folder of a theme: logo, contact, templates of one's own.
        contact: How to reach the sender; the theme's without.
        reply_by: Until when an answer is expected.
        round_label: Name of the round.
    """

    language: str = "es"
    theme: Path | None = None
    contact: str = ""
    reply_by: str = ""
    round_label: str = ""


def letters_of(
    united: Iterable[tuple[Questionnaire, Mapping[str, EntityAnswers]]],
    files: Sequence[ReadFile],
    diagnostics: Sequence[Diagnostic],
    language: str,
    rows: Mapping[str, IndexRow] | None = None,
) -> tuple[Letter, ...]:
    """The letters to entities, by their codes, then those about files of which nobody else is told.

    Args:
        united: Of each definition what each entity has answered, by its code.
        files: What was read.
        diagnostics: All findings.
        language: Of all texts.
        rows: Of the index, by code; None where nothing was scored: then whoever lacks an answer gets one.
    """
    to_entities = [
        letter
        for questionnaire, answers in united
        for letter in _to_entities(questionnaire, answers, files, diagnostics, language, rows)
    ]
    told_of = {name for letter in to_entities for name in letter.files}
    return (*to_entities, *_on_files(files, diagnostics, language, told_of))


def _to_entities(
    questionnaire: Questionnaire,
    answers: Mapping[str, EntityAnswers],
    files: Sequence[ReadFile],
    diagnostics: Sequence[Diagnostic],
    language: str,
    rows: Mapping[str, IndexRow] | None,
) -> Iterator[Letter]:
    for code, entity_answers in answers.items():
        parts = tuple(_parts(questionnaire, entity_answers, files, language))
        row = rows.get(code) if rows is not None else None
        lacking = any(part.missing for part in parts)
        incomplete = row.status is Status.INCOMPLETE if row is not None else lacking
        if not entity_answers.refused and not incomplete:
            continue
        told = [d for d in diagnostics if d.location.file in entity_answers.files and d.code not in NOT_TOLD]
        scored = row if not entity_answers.refused else None
        reasons = sentences(scored, questionnaire, Words(language)) if scored is not None else ()
        yield Letter(
            code=shown(code),
            name=shown(entity_answers.entity.name),
            files=tuple(map(shown, entity_answers.files)),
            cause=Cause.REFUSED if entity_answers.refused else Cause.INCOMPLETE,
            parts=tuple(part for part in parts if part.missing),
            reasons=reasons,
            faults=places(told, Severity.ERROR, language),
            doubts=places((d for d in told if d.code.id[0] != _BASIS), Severity.WARNING, language),
        )


def _on_files(
    files: Sequence[ReadFile], diagnostics: Sequence[Diagnostic], language: str, told_of: Collection[str]
) -> Iterator[Letter]:
    """The letters about single files, by their names.

    Of some nobody can tell who they are from: the letter goes to whom they most probably come from.
    Others cannot be read, beside a workbook of the same entity that can.
    """
    for file in files:
        told = [d for d in diagnostics if d.location.file == file.name]
        faults = places(told, Severity.ERROR, language)
        if shown(file.name) not in told_of and not file.copy_of and faults:
            doubts = places(told, Severity.WARNING, language)
            addressed = file.entity or file.likely
            code, name = (addressed.code, addressed.name) if addressed else ("", "")
            about = (shown(file.name),)
            yield Letter(shown(code), shown(name), about, Cause.UNREADABLE, faults=faults, doubts=doubts)


def write_letters(
    folder: Path,
    letters: Sequence[Letter],
    title: dict[str, str] | None,
    about: Correspondence,
    provenance: Provenance | None = None,
) -> None:
    """Write letters into a folder, each as a page and as Markdown.

    Args:
        folder: Is made where it is not there.
        letters: What to write.
        title: Of the questionnaire; None where there are several.
        about: How.
        provenance: Of the scoring, which says by what ranges indicators were marked; None without one.

    Raises:
        JobError: The theme is broken.
    """
    from ctimaturity.reporting.page_templates import PageTemplates
    from ctimaturity.reporting.provenance import ranges_cited

    templates = PageTemplates(theme_in(about.theme))
    words = Words(about.language)
    round_label = words.say("round {round}", round=shown(about.round_label)) if about.round_label else ""
    over = " · ".join(part for part in (words.text(title), round_label) if part)
    ranges = ranges_cited(provenance, words) if provenance and provenance.reference else ""
    sender = Sender(over, about.contact, about.reply_by, ranges)
    names = file_names([_name(letter) for letter in letters])
    folder.mkdir(parents=True, exist_ok=True)
    for letter in letters:
        for form in FORMATS:
            text = render_letter(letter, sender, templates, about.language, form)
            (folder / f"{names[_name(letter)]}.{form}").write_text(text, encoding="utf-8", newline="\n")


def _name(letter: Letter) -> str:
    return f"file-{letter.files[0]}" if letter.cause is Cause.UNREADABLE else letter.code


def _parts(
    questionnaire: Questionnaire, answers: EntityAnswers, files: Sequence[ReadFile], language: str
) -> Iterator[Unanswered]:
    """How much of each measurement is answered; nothing where nothing could be read."""
    books = [
        file.returned for file in files if file.entity is not None and file.entity.code == answers.entity.code
    ]
    issued = {name for book in books if book is not None for name in (*book.issued, *book.lines)}
    done = completeness(questionnaire, answers.entity, answers.responses, answers.tallies.values())
    if answers.refused and not any(each.answered for each in done.values()):
        return
    for measurement in questionnaire.measurements:
        # A survey may come as a file of its own; what the entity answers itself is wanted from it.
        if not issued or measurement.id in issued or measurement.collects is not Collects.RESPONDENTS:
            each = done[measurement.id]
            yield Unanswered(in_language(measurement.title, language), each.answered, each.asked)
