"""List the definitions there are: bundled ones, and those of folders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.definitions.load import MAIN_FILE, load_questionnaire
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.installation import data_folder
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.workflows.definition_places import definitions_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctimaturity.model.questionnaire import Questionnaire

BUNDLED = ""
"""Where a bundled definition is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One definition.

    Attributes:
        questionnaire: What it says.
        definition_hash, scoring_hash: 64 hexadecimal digits.
        released: Whether it is frozen, and so never changes.
        place: Its folder or file; `BUNDLED` for those of the package.
    """

    questionnaire: Questionnaire
    definition_hash: str
    scoring_hash: str
    released: bool
    place: str


@dataclass(frozen=True)
class Listing:
    """All that were found, in order, and what could not be read."""

    definitions: tuple[Listed, ...]
    diagnostics: tuple[Diagnostic, ...]


def list_definitions(folders: Sequence[Path]) -> Listing:
    """The bundled definitions, then those of folders: released versions, and what is not released yet.

    Raises:
        JobError: A folder does not exist or holds no definition.
    """
    missing = [finding for folder in folders if (finding := _nothing_in(folder)) is not None]
    if missing:
        raise JobError(missing)
    found: list[Listed] = []
    diagnostics: list[Diagnostic] = []
    for folder in (None, *dict.fromkeys(folders)):
        found += _of_folder(folder, diagnostics)
    return Listing(tuple(found), in_order(diagnostics))


def _nothing_in(folder: Path) -> Diagnostic | None:
    place = Location(folder.as_posix())
    if not folder.is_dir():
        return Diagnostic(codes.DEFINITION_FILE_MISSING, place, {"name": quoted(folder.name)})
    return None if definitions_in(folder) else Diagnostic(codes.NO_DEFINITION_HERE, place)


def _of_folder(folder: Path | None, diagnostics: list[Diagnostic]) -> list[Listed]:
    root = folder or data_folder("questionnaires")
    library = Library(folder=root)
    found: list[Listed] = []
    try:
        releases = library.all_releases
    except JobError as error:
        diagnostics += error.diagnostics
        releases = ()
    for release in releases:
        try:
            questionnaire = library.load(release)
        except JobError as error:
            diagnostics += error.diagnostics
            continue
        place = BUNDLED if folder is None else (root / release.file).as_posix()
        found.append(Listed(questionnaire, release.definition_hash, release.scoring_hash, True, place))
    frozen = {release.definition_hash for release in releases}
    for main, questionnaire in _drafts(root, diagnostics):
        digest = definition_hash(questionnaire)
        if digest not in frozen:
            path = main.parent if main.name == MAIN_FILE else main
            where = BUNDLED if folder is None else path.as_posix()
            found.append(Listed(questionnaire, digest, scoring_hash(questionnaire), False, where))
    return sorted(found, key=_order)


def _drafts(root: Path, diagnostics: list[Diagnostic]) -> Iterator[tuple[Path, Questionnaire]]:
    """Every definition in YAML that can be read."""
    for main in definitions_in(root):
        try:
            yield main, load_questionnaire(main)
        except JobError as error:
            diagnostics += error.diagnostics


def _order(one: Listed) -> tuple[str, str, tuple[int, ...], str]:
    version = tuple(int(part) for part in one.questionnaire.version.split("."))
    return (one.questionnaire.id, one.questionnaire.edition, version, one.place)
