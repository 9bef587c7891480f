"""Releases: frozen versions of a definition, listed in a lock, that never change."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import LOCK, Library, Release, lock_bytes, version_numbers
from ctimaturity.definitions.load import MAIN_FILE
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.files.atomic import write_file
from ctimaturity.language.folding import folded
from ctimaturity.model.canonical import canonical_json, definition_hash, read_canonical, scoring_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.questionnaire import Item, Questionnaire

FOLDER = "released"
_WORD = re.compile(r"\w{4,}")
"""A word of weight: articles and prepositions, which any two texts share, are shorter."""


@dataclass(frozen=True)
class ReleasePlace:
    """Where the releases of a definition are.

    Attributes:
        root: The folder of the lock.
        file: Of a release, below the root, with `{version}` in it.
    """

    root: Path
    file: str

    @property
    def lock(self) -> Path:
        """The list of releases."""
        return self.root / LOCK


def release_place(main: Path, questionnaire: Questionnaire) -> ReleasePlace:
    """Where releases go: beside the YAML, the lock above the editions of all instruments.

    In a folder `<root>/<id>/<edition>` the lock is in the root, as for the bundled ones; elsewhere it
    stands beside the definition.
    """
    folder = main.resolve().parent
    names = (questionnaire.id, questionnaire.edition)
    if main.name != MAIN_FILE:
        return ReleasePlace(main.parent, f"{FOLDER}/{'-'.join(names)}-{{version}}.json")
    if (folder.parent.name, folder.name) == names:
        root = main.parent.parent.parent if len(main.parts) > len(names) + 1 else folder.parent.parent
        return ReleasePlace(root, f"{'/'.join(names)}/{FOLDER}/{{version}}.json")
    return ReleasePlace(main.parent, f"{FOLDER}/{{version}}.json")


def check_releases(main: Path, questionnaire: Questionnaire) -> Iterator[Diagnostic]:
    """Report releases that are not what they were, and a definition that is not what it says it is."""
    place = release_place(main, questionnaire)
    try:
        releases = Library(folder=place.root).releases(questionnaire.id, questionnaire.edition)
    except JobError as error:
        yield from (finding.in_file(place.lock.as_posix()) for finding in error.diagnostics)
        return
    here = Location(main.as_posix())
    for release in releases:
        yield from check_file(place.root, release)
    about = {"key": questionnaire.key, "version": questionnaire.version}
    for release in releases:
        if release.version == questionnaire.version:
            if release.definition_hash != definition_hash(questionnaire):
                yield Diagnostic(codes.VERSION_TAKEN, here, about)
            return
    if releases:
        newest = releases[-1]
        if version_numbers(newest.version) > version_numbers(questionnaire.version):
            yield Diagnostic(codes.VERSION_BEHIND, here, {**about, "newest": newest.version})
        yield from _changed_meanings(place, newest, questionnaire, here)


def check_file(root: Path, release: Release) -> Iterator[Diagnostic]:
    """Report the file of a release that is missing or changed."""
    file = root / release.file
    location = Location(file.as_posix())
    if not file.is_file():
        yield Diagnostic(codes.DEFINITION_FILE_MISSING, location, {"name": release.file})
    elif hashlib.sha256(file.read_bytes()).hexdigest() != release.definition_hash:
        about = {"key": release.key, "version": release.version}
        yield Diagnostic(codes.RELEASE_CHANGED, location, about)


def check_unlisted(root: Path) -> Iterator[Diagnostic]:
    """Report released files that the lock does not list, and listed ones that changed or are gone."""
    try:
        releases = Library(folder=root).all_releases
    except JobError as error:
        yield from (finding.in_file((root / LOCK).as_posix()) for finding in error.diagnostics)
        return
    for release in releases:
        yield from check_file(root, release)
    listed = {release.file for release in releases}
    for pattern in (f"{FOLDER}/*.json", f"*/*/{FOLDER}/*.json"):
        for file in sorted(root.glob(pattern)):
            if file.relative_to(root).as_posix() not in listed:
                yield Diagnostic(codes.RELEASE_NOT_LISTED, Location(file.as_posix()))


def release(main: Path, questionnaire: Questionnaire) -> tuple[Release, tuple[Diagnostic, ...]]:
    """Freeze a definition as canonical JSON and add it to the lock.

    Args:
        main: Its `questionnaire.yaml` or single file.
        questionnaire: What it says, checked.

    Returns:
        The release, and a note where it was there already.

    Raises:
        JobError: The version is taken by something else or is behind, an earlier release has changed,
            or the files cannot be written.
    """
    problems = tuple(check_releases(main, questionnaire))
    if problems:
        raise JobError(problems)
    place = release_place(main, questionnaire)
    every = Library(folder=place.root).all_releases
    for known in every:
        if (known.key, known.version) == (questionnaire.key, questionnaire.version):
            about = {"key": known.key, "version": known.version}
            return known, (Diagnostic(codes.RELEASED_ALREADY, Location(main.as_posix()), about),)
    made = Release(
        id=questionnaire.id,
        edition=questionnaire.edition,
        version=questionnaire.version,
        definition_hash=definition_hash(questionnaire),
        scoring_hash=scoring_hash(questionnaire),
        file=place.file.format(version=questionnaire.version),
    )
    write_file(place.root / made.file, canonical_json(questionnaire))
    write_file(place.lock, lock_bytes([*every, made]))
    return made, ()


def _changed_meanings(
    place: ReleasePlace, newest: Release, questionnaire: Questionnaire, here: Location
) -> Iterator[Diagnostic]:
    """Items that have nothing in common with the released one of the same id."""
    try:
        before = read_canonical((place.root / newest.file).read_bytes())
    except (OSError, JobError):
        return  # reported as a changed or missing release
    for name, item in questionnaire.item_by_id.items():
        old = before.item_by_id.get(name)
        if old is not None and _unlike(old, item):
            about = {"id": name, "first": f"{newest.key} {newest.version}"}
            yield Diagnostic(codes.MEANING_DIFFERS, Location(here.file, item=name), about)


def _unlike(old: Item, new: Item) -> bool:
    """Whether two texts share no word of weight in any language."""
    languages = old.text.keys() & new.text.keys()
    pairs = [(_words(old.text[language]), _words(new.text[language])) for language in languages]
    return any(before for before, _ in pairs) and all(before.isdisjoint(after) for before, after in pairs)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(folded(text)))
