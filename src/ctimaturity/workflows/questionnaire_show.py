"""The definitions there are, and what one says: its tree with weights, and the booklet for reviewers."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library, version_numbers
from ctimaturity.definitions.load import MAIN_FILE, load_questionnaire
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.atomic import write_file
from ctimaturity.files.installation import data_folder
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.reporting.booklet import render_booklet
from ctimaturity.reporting.definition_tree import Definition
from ctimaturity.scoring.plan import compile_plan
from ctimaturity.scoring.shares import nominal_shares
from ctimaturity.workflows.definitions import definitions_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctimaturity.definitions.library import Release
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
class DefinitionList:
    """All that were found, in order, and what could not be read."""

    definitions: tuple[Listed, ...]
    diagnostics: tuple[Diagnostic, ...]


def list_definitions(folders: Sequence[Path]) -> DefinitionList:
    """The bundled definitions, then those of folders: released versions, and what is not released yet.

    Raises:
        JobError: A folder does not exist or holds no definition.
    """
    missing = [finding for folder in folders if (finding := _nothing_in(folder)) is not None]
    if missing:
        raise JobError(missing)
    definitions: list[Listed] = []
    diagnostics: list[Diagnostic] = []
    for folder in (None, *dict.fromkeys(folders)):
        definitions += _of_folder(folder, diagnostics)
    return DefinitionList(tuple(definitions), in_order(diagnostics))


def _nothing_in(folder: Path) -> Diagnostic | None:
    place = Location(folder.as_posix())
    if not folder.is_dir():
        return Diagnostic(codes.DEFINITION_FILE_MISSING, place, {"name": quoted(folder.name)})
    return None if definitions_in(folder) else Diagnostic(codes.NO_DEFINITION_HERE, place)


def _of_folder(folder: Path | None, diagnostics: list[Diagnostic]) -> list[Listed]:
    root = folder or data_folder("questionnaires")
    library = Library(folder=root)
    listed: list[Listed] = []
    releases: Sequence[Release] = ()
    with _problems_to(diagnostics):
        releases = library.all_releases
    for release in releases:
        with _problems_to(diagnostics):
            place = BUNDLED if folder is None else (root / release.file).as_posix()
            hashes = release.definition_hash, release.scoring_hash
            listed.append(Listed(library.load(release), *hashes, True, place))
    frozen = {release.definition_hash for release in releases}
    for main in definitions_in(root):
        with _problems_to(diagnostics):
            questionnaire = load_questionnaire(main)
            digest = definition_hash(questionnaire)
            if digest not in frozen:
                path = main.parent if main.name == MAIN_FILE else main
                place = BUNDLED if folder is None else path.as_posix()
                listed.append(Listed(questionnaire, digest, scoring_hash(questionnaire), False, place))
    return sorted(listed, key=_order)


@contextmanager
def _problems_to(diagnostics: list[Diagnostic]) -> Iterator[None]:
    """Keep why a definition cannot be read, and go on with the next."""
    try:
        yield
    except JobError as error:
        diagnostics += error.diagnostics


def _order(listed: Listed) -> tuple[str, str, tuple[int, ...], str]:
    definition = listed.questionnaire
    return (definition.id, definition.edition, version_numbers(definition.version), listed.place)


def definition_of(reference: str) -> Definition:
    """The definition a user names, with hashes and shares of the index.

    Raises:
        JobError: There is none, or it has mistakes.
    """
    questionnaire = Library().find(reference)
    plan = compile_plan(questionnaire)
    shares = {
        (plan.places[column].measurement, plan.places[column].node): share
        for column, share in nominal_shares(plan).items()
    }
    return Definition(questionnaire, definition_hash(questionnaire), scoring_hash(questionnaire), shares)


def write_booklet(definition: Definition, file: Path, language: str) -> None:
    """Write the booklet as Markdown (`.md`) or as a page (any other suffix).

    Raises:
        JobError: It cannot be written.
    """
    form = "md" if file.suffix == ".md" else "html"
    text = render_booklet(definition.questionnaire, definition.definition_hash, form, language)
    write_file(file, text.encode())
