"""What goes out after a validation: annotated copies, letters, the sheet for a reviewer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.results.folder import new_folder
from ctimaturity.workflows.annotation import annotate
from ctimaturity.workflows.bounds import bounds
from ctimaturity.workflows.letters import Correspondence, letters_of, letters_on_files, write_letters
from ctimaturity.workflows.validate import write_review

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.reporting.letters import Letter
    from ctimaturity.workflows.validate import Validation


@dataclass(frozen=True)
class Replies:
    """What is to be written.

    Attributes:
        annotate: Folder of annotated copies; None writes none.
        letters: Folder of letters; new, empty or an earlier one of letters; None writes none.
        review: File of the sheet that a reviewer fills; None writes none.
        about: How letters are written, and the language of all.
        jobs: How many copies are made at once.
        limits: What a workbook may ask for, where not the usual: each `NAME=NUMBER`.
    """

    annotate: Path | None = None
    letters: Path | None = None
    review: Path | None = None
    about: Correspondence = field(default_factory=Correspondence)
    jobs: int | None = None
    limits: tuple[str, ...] = ()


def write_replies(validation: Validation, replies: Replies) -> tuple[Diagnostic, ...]:
    """Write what is asked for.

    Returns:
        A finding for each workbook of which no annotated copy could be made.

    Raises:
        JobError: Something cannot be written, or the theme is broken.
    """
    found: tuple[Diagnostic, ...] = ()
    language = replies.about.language
    if replies.annotate is not None:
        files, told = validation.files, validation.diagnostics
        found = annotate(replies.annotate, files, told, language, replies.jobs, bounds(replies.limits).limits)
    if replies.letters is not None:
        letters = _letters(validation, language)
        titles = [definition.title for definition, _ in validation.united]
        title = titles[0] if len(titles) == 1 else None
        with new_folder(replies.letters, "letters", {"language": language}) as folder:
            write_letters(folder, letters, title, replies.about)
    if replies.review is not None:
        write_review(replies.review, validation, language)
    return found


def _letters(validation: Validation, language: str) -> list[Letter]:
    told = validation.diagnostics
    letters = [
        letter
        for definition, answers in validation.united
        for letter in letters_of(definition, answers.values(), validation.files, told, language)
    ]
    about = [name for letter in letters for name in letter.files]
    return [*letters, *letters_on_files(validation.files, told, language, about)]
