"""Release a definition: check it, freeze it, list it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.release import release, release_place
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.workflows.questionnaire_check import check

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.definitions.library import Release


@dataclass(frozen=True)
class Released:
    """A frozen version.

    Attributes:
        release: As the lock lists it.
        file: Where it is.
        diagnostics: Warnings of the check, and a note where it had been released before.
    """

    release: Release
    file: Path
    diagnostics: tuple[Diagnostic, ...]


def release_definition(reference: str) -> Released:
    """Freeze the version that a definition says it is.

    Args:
        reference: Its folder or file.

    Raises:
        JobError: It has errors, its version is taken or behind, or there is not exactly one definition.
    """
    found = check([reference])
    if has_errors(found.diagnostics):
        raise JobError(found.diagnostics)
    readable = [
        (main, questionnaire) for main, questionnaire in found.definitions if questionnaire is not None
    ]
    if len(readable) != 1:
        raise JobError([Diagnostic(codes.NO_DEFINITION_HERE, Location(reference))])
    main, questionnaire = readable[0]
    made, notes = release(main, questionnaire)
    file = release_place(main, questionnaire).root / made.file
    return Released(made, file, in_order([*found.diagnostics, *notes]))
