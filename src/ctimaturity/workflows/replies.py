"""What goes out after a validation: annotated copies, letters, the sheet for a reviewer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.files.atomic import write_file
from ctimaturity.files.csv import table_bytes
from ctimaturity.results.folder import new_folder
from ctimaturity.workbook.review import review_bytes, review_header, review_lines
from ctimaturity.workflows.annotation import annotate
from ctimaturity.workflows.letters import Correspondence, letters_of, write_letters
from ctimaturity.workflows.options import bounds

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.diagnostics.diagnostic import Diagnostic
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
    not_made: tuple[Diagnostic, ...] = ()
    language, files, told = replies.about.language, validation.files, validation.diagnostics
    if replies.annotate is not None:
        limits = bounds(replies.limits).limits
        not_made = annotate(replies.annotate, files, told, language, replies.jobs, limits)
    if replies.letters is not None:
        letters = letters_of(validation.united, files, told, language)
        titles = [definition.title for definition, _ in validation.united]
        with new_folder(replies.letters, "letters", {"language": language}) as folder:
            write_letters(folder, letters, titles[0] if len(titles) == 1 else None, replies.about)
    if replies.review is not None:
        _write_review(replies.review, validation, language)
    return not_made


def _write_review(path: Path, validation: Validation, language: str) -> None:
    """Write the sheet that a reviewer fills: CSV where the name says so, else a workbook.

    Raises:
        JobError: It cannot be written.
    """
    lines = (
        line
        for definition, answers in validation.united
        for line in review_lines(definition, list(answers.values()), language)
    )
    make = table_bytes if path.suffix.lower() == ".csv" else review_bytes
    write_file(path, make(review_header(language), lines))
