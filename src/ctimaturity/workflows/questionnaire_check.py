"""Check definitions, their crosswalks and their releases; release what has no mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.definitions.check import check_definition
from ctimaturity.definitions.crosswalk import FOLDER as CROSSWALKS
from ctimaturity.definitions.crosswalk import check_crosswalk, crosswalk_file, read_crosswalk
from ctimaturity.definitions.library import LOCK
from ctimaturity.definitions.load import MAIN_FILE, load_questionnaire, read_source
from ctimaturity.definitions.release import check_releases, check_unlisted, release, release_place
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.workflows.definitions import definitions_in, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ctimaturity.definitions.acceptance import Accepted
    from ctimaturity.definitions.library import Release
    from ctimaturity.model.questionnaire import Questionnaire


@dataclass(frozen=True)
class Check:
    """What was found.

    Attributes:
        definitions: `questionnaire.yaml` and single files that were looked at, and what each says.
        diagnostics: Every finding that stands, in order.
        accepted: Warnings that the definitions accept with a reason.
    """

    definitions: tuple[tuple[Path, Questionnaire | None], ...]
    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...]


def check(references: Sequence[str]) -> Check:
    """Look at everything that is named.

    Args:
        references: Folders with `questionnaire.yaml`, folders of such folders, YAML files, a file of a
            folder (which stands for the folder), crosswalks, locks, or `id@edition` of a bundled one.

    Raises:
        JobError: Something named does not exist, or holds no definition.
    """
    named = _References()
    for reference in dict.fromkeys(references):
        named.add(reference)
    if named.missing:
        raise JobError(named.missing)
    diagnostics: list[Diagnostic] = []
    accepted: list[Accepted] = []
    definitions: list[tuple[Path, Questionnaire | None]] = []
    for main in named.mains:
        checked = check_definition(main)
        diagnostics += checked.diagnostics
        accepted += checked.accepted
        definitions.append((main, checked.questionnaire))
        if checked.questionnaire is not None:
            diagnostics += check_releases(main, checked.questionnaire)
            diagnostics += _among_editions(main, checked.questionnaire)
    for path in named.crosswalks:
        diagnostics += _of_crosswalk(path)
    for root in named.roots:
        diagnostics += check_unlisted(root)
    return Check(tuple(definitions), in_order(diagnostics), tuple(accepted))


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
    checked = check([reference])
    if has_errors(checked.diagnostics):
        raise JobError(checked.diagnostics)
    readable = [
        (main, questionnaire) for main, questionnaire in checked.definitions if questionnaire is not None
    ]
    if len(readable) != 1:
        raise JobError([Diagnostic(codes.NO_DEFINITION_HERE, Location(reference))])
    main, questionnaire = readable[0]
    made, notes = release(main, questionnaire)
    return Released(
        made, release_place(main, questionnaire).root / made.file, in_order([*checked.diagnostics, *notes])
    )


class _References:
    """What the references stand for, each thing once."""

    def __init__(self) -> None:
        self.mains: dict[Path, None] = {}
        self.crosswalks: dict[Path, None] = {}
        self.roots: dict[Path, None] = {}
        self.missing: list[Diagnostic] = []

    def add(self, reference: str) -> None:
        """Take what a reference names."""
        path = place_of(reference)
        if path.is_dir():
            self._folder(path)
        elif not path.is_file():
            name = {"name": quoted(path.name)}
            self.missing.append(Diagnostic(codes.DEFINITION_FILE_MISSING, Location(path.as_posix()), name))
        elif path.name == LOCK:
            self.roots[path.parent] = None
        elif path.parent.name == CROSSWALKS:
            self.crosswalks[path] = None
        else:
            self.mains[_main_of(path)] = None

    def _folder(self, folder: Path) -> None:
        mains = definitions_in(folder)
        self.mains |= dict.fromkeys(mains)
        crosswalks: list[Path] = []
        if not (folder / MAIN_FILE).is_file():
            crosswalks = sorted(folder.glob(f"**/{CROSSWALKS}/*--*.yaml"))
            self.crosswalks |= dict.fromkeys(crosswalks)
            if (folder / LOCK).is_file():
                self.roots[folder] = None
        if not mains and not crosswalks:
            place = Location(folder.as_posix())
            self.missing.append(Diagnostic(codes.NO_DEFINITION_HERE, place))


def _main_of(path: Path) -> Path:
    """The definition that a file belongs to: the one beside it that names it, else it is one itself."""
    main = path.parent / MAIN_FILE
    if path.name == MAIN_FILE or not main.is_file():
        return path
    source = read_source(main)
    files = {source.at(("measurements", position, "id")).file for position in range(_count(source.value))}
    return main if path.as_posix() in files else path


def _count(value: object) -> int:
    measurements = value.get("measurements") if isinstance(value, dict) else None
    return len(measurements) if isinstance(measurements, list) else 0


def _among_editions(main: Path, questionnaire: Questionnaire) -> Iterator[Diagnostic]:
    """Ids that stand for something else in another edition of the instrument."""
    instrument = main.resolve().parent.parent
    if main.name != MAIN_FILE or instrument.name != questionnaire.id:
        return
    for other_main in sorted(instrument.glob(f"*/{MAIN_FILE}")):
        other = _loaded(other_main)
        if other is None or other.id != questionnaire.id or other.edition == questionnaire.edition:
            continue
        pair = (questionnaire.edition, other.edition)
        files = [crosswalk_file(main.parent.parent, *each) for each in (pair, pair[::-1])]
        crosswalk = next((file for file in files if file.is_file()), None)
        if crosswalk is not None:
            yield from _of_crosswalk(crosswalk)
            continue
        for name, item in questionnaire.item_by_id.items():
            known = other.item_by_id.get(name)
            if known is not None and known.text != item.text:
                about = {"id": name, "edition": other.edition}
                place = Location(main.as_posix(), item=name)
                yield Diagnostic(codes.REWORDED_WITHOUT_CROSSWALK, place, about)


def _of_crosswalk(path: Path) -> Sequence[Diagnostic]:
    source, crosswalk = read_crosswalk(path)
    if crosswalk is None:
        return source.diagnostics
    folder = path.parent.parent
    old, new = (_loaded(folder / edition / MAIN_FILE) for edition in (crosswalk.old, crosswalk.new))
    for edition, questionnaire in ((crosswalk.old, old), (crosswalk.new, new)):
        if questionnaire is None:
            reference = {"reference": f"{crosswalk.id}@{edition}", "allowed": folder.as_posix()}
            source.report(codes.UNKNOWN_DEFINITION, (), reference)
    if old is not None and new is not None:
        check_crosswalk(crosswalk, old, new, source)
    return source.diagnostics


def _loaded(main: Path) -> Questionnaire | None:
    """A definition; None where it is missing or has mistakes, which its own check reports."""
    try:
        return load_questionnaire(main)
    except JobError:
        return None
