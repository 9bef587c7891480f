"""The definitions there are: bundled ones, frozen releases, and those a user gives.

Reading YAML is imported only where a definition is no release: most runs need none of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.installation import data_folder
from ctimaturity.language.folding import nearest
from ctimaturity.model.canonical import definition_hash, read_canonical
from ctimaturity.model.questionnaire import Edition, Questionnaire, Version
from ctimaturity.model.rule import NodeId

if TYPE_CHECKING:
    from ctimaturity.model.crosswalk import Crosswalk

LOCK = "lock.json"


class Release(BaseModel):
    """A frozen version of a definition, as the lock lists it.

    Attributes:
        definition_hash: SHA-256 of the file, which is canonical JSON.
        scoring_hash: Equal for all that may be ranked together.
        file: Below the folder of the lock, with `/` between its parts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: NodeId
    edition: Edition
    version: Version
    definition_hash: str = Field(pattern="^[0-9a-f]{64}$")
    scoring_hash: str = Field(pattern="^[0-9a-f]{64}$")
    file: str

    @property
    def key(self) -> str:
        """`id@edition`, as `-q` takes it."""
        return f"{self.id}@{self.edition}"

    @property
    def order(self) -> tuple[str, str, tuple[int, ...]]:
        """By id, edition, then version as numbers."""
        return (self.id, self.edition, version_numbers(self.version))


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, by which versions are in order."""
    return tuple(map(int, version.split(".")))


class Lock(BaseModel):
    """The list of releases."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    releases: tuple[Release, ...]


@dataclass
class Library:
    """Finds definitions by reference, by hash, or by id, edition and version.

    Attributes:
        given: Definitions of the user: folders, YAML files or canonical JSON files.
        folder: Where the bundled ones are.
    """

    given: tuple[Path, ...] = ()
    folder: Path = field(default_factory=lambda: data_folder("questionnaires"))
    _loaded: dict[str, Questionnaire] = field(default_factory=dict)

    def find(self, reference: str) -> Questionnaire:
        """The definition a user names.

        Args:
            reference: `id@edition` (its newest release, else the YAML), `id@edition@version`, or a path.

        Raises:
            JobError: There is none, or it has mistakes.
        """
        path = Path(reference)
        if (reference and path.is_dir()) or path.suffix in {".yaml", ".yml", ".json"}:
            return read_definition(path)
        name, _, rest = reference.partition("@")
        edition, _, version = rest.partition("@")
        questionnaire = self.by_version(name, edition, version) if version else self.newest(name, edition)
        if questionnaire is None:
            raise JobError([self._unknown(reference)])
        return questionnaire

    def newest(self, name: str, edition: str) -> Questionnaire | None:
        """The given one of that id and edition, else its newest release, else the bundled YAML."""
        for questionnaire in self._given:
            if (questionnaire.id, questionnaire.edition) == (name, edition):
                return questionnaire
        if releases := self.releases(name, edition):
            return self.load(releases[-1])
        unreleased = self._unreleased.get(f"{name}@{edition}")
        return None if unreleased is None else self._load_yaml(unreleased)

    def by_version(self, name: str, edition: str, version: str) -> Questionnaire | None:
        """The definition of that id, edition and version, if there is one."""
        for release in self.releases(name, edition):
            if release.version == version:
                return self.load(release)
        wanted = (name, edition, version)
        unfrozen = self._unfrozen()
        return next((each for each in unfrozen if (each.id, each.edition, each.version) == wanted), None)

    def by_hash(self, digest: str) -> Questionnaire | None:
        """The definition with that `definition_hash`, or with a hash that begins so (12 digits at least).

        Releases are looked up in the lock; given definitions and the bundled YAML are computed.
        """
        if len(digest) < 12:  # noqa: PLR2004  (as many as the cover of a workbook shows)
            return None
        for release in self.all_releases:
            if release.definition_hash.startswith(digest):
                return self.load(release)
        return next((each for each in self._unfrozen() if definition_hash(each).startswith(digest)), None)

    def releases(self, name: str, edition: str) -> tuple[Release, ...]:
        """The releases of an edition, oldest first."""
        return tuple(
            release for release in self.all_releases if (release.id, release.edition) == (name, edition)
        )

    @cached_property
    def all_releases(self) -> tuple[Release, ...]:
        """Every release of the bundled lock and of those of given definitions, in order.

        Raises:
            JobError: A lock is damaged.
        """
        return tuple(sorted(self._roots, key=lambda release: release.order))

    @cached_property
    def _roots(self) -> dict[Release, Path]:
        """The folder of the lock that lists each release; those of given definitions first."""
        beside = [root for path in self.given if (root := _root(path)) is not None]
        found: dict[Release, Path] = {}
        for root in (*beside, self.folder):
            for release in _listed(root):
                found.setdefault(release, root)
        return found

    def crosswalk(self, name: str, old: str, new: str) -> Crosswalk | None:
        """The crosswalk between two editions of an instrument, if there is one.

        It stands in the folder `crosswalks` of the instrument, beside its editions.

        Raises:
            JobError: It has mistakes.
        """
        from ctimaturity.definitions.crosswalk import crosswalk_file, load_crosswalk

        folders = [*(path.parent for path in self.given), self.folder / name]
        files = (crosswalk_file(folder, old, new) for folder in folders)
        return next((load_crosswalk(file) for file in files if file.is_file()), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """What `-q` can name: `id@edition` of all there are."""
        given = {questionnaire.key for questionnaire in self._given}
        return tuple(sorted({release.key for release in self.all_releases} | set(self._unreleased) | given))

    def load(self, release: Release) -> Questionnaire:
        """The frozen definition of a release.

        Raises:
            JobError: Its file is missing or is not what the lock says.
        """
        if release.definition_hash not in self._loaded:
            try:
                data = (self._roots[release] / release.file).read_bytes()
            except OSError as error:
                raise JobError([_missing(release.file, release.file)]) from error
            if hashlib.sha256(data).hexdigest() != release.definition_hash:
                changed = {"key": release.key, "version": release.version}
                raise JobError([Diagnostic(codes.RELEASE_CHANGED, Location(release.file), changed)])
            self._loaded[release.definition_hash] = read_canonical(data, release.file)
        return self._loaded[release.definition_hash]

    def _load_yaml(self, folder: Path) -> Questionnaire:
        name = folder.as_posix()
        if name not in self._loaded:
            self._loaded[name] = read_definition(folder)
        return self._loaded[name]

    def _unfrozen(self) -> Iterator[Questionnaire]:
        yield from self._given
        for folder in self._unreleased.values():
            # No workbook was made from a definition that cannot be loaded; asked for by name it is reported.
            with suppress(JobError):
                yield self._load_yaml(folder)

    @cached_property
    def _given(self) -> tuple[Questionnaire, ...]:
        return tuple(read_definition(path) for path in self.given)

    @cached_property
    def _unreleased(self) -> dict[str, Path]:
        """Folders of the bundled YAML by id and edition."""
        from ctimaturity.definitions.load import MAIN_FILE

        return {
            f"{main.parent.parent.name}@{main.parent.name}": main.parent
            for main in sorted(self.folder.glob(f"*/*/{MAIN_FILE}"))
        }

    def _unknown(self, reference: str) -> Diagnostic:
        about = {"reference": quoted(reference)}
        if closest := nearest(reference, self.keys):
            return Diagnostic(codes.MISSPELT_DEFINITION, parameters=about | {"closest": closest})
        return Diagnostic(codes.UNKNOWN_DEFINITION, parameters=about | {"allowed": ", ".join(self.keys)})


def read_definition(path: Path) -> Questionnaire:
    """A definition from a folder, a YAML file, or its canonical JSON (`definition.json` of a result folder).

    Raises:
        JobError: It is missing or has mistakes.
    """
    from ctimaturity.definitions.load import load_questionnaire
    from ctimaturity.files.yaml import bounded_bytes

    if path.suffix != ".json":
        return load_questionnaire(path)
    name = path.as_posix()
    data = bounded_bytes(path)
    if data is None:
        raise JobError([_missing(name, quoted(path.name))])
    return read_canonical(data, name)


def _missing(file: str, name: str) -> Diagnostic:
    return Diagnostic(codes.DEFINITION_FILE_MISSING, Location(file), {"name": name})


def _root(path: Path) -> Path | None:
    """The folder of a given definition's lock: its own, or the one above the editions of all instruments."""
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    return next((root for root in (folder, folder.parent.parent) if (root / LOCK).is_file()), None)


def _listed(root: Path) -> tuple[Release, ...]:
    try:
        return Lock.model_validate_json((root / LOCK).read_bytes()).releases
    except FileNotFoundError:
        return ()
    except ValidationError as error:
        raise JobError([Diagnostic(codes.LOCK_DAMAGED, Location(LOCK))]) from error


def lock_bytes(releases: Iterable[Release]) -> bytes:
    """The lock as it is written: one release after the other, in order."""
    listed = [release.model_dump() for release in sorted(releases, key=lambda release: release.order)]
    return (json.dumps({"releases": listed}, indent=2, ensure_ascii=False) + "\n").encode()
