"""Definitions as users name them: where they are, which is meant, and what two of them share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.definitions.load import MAIN_FILE
from ctimaturity.definitions.route import Links, within_edition
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.installation import data_folder
from ctimaturity.files.yaml import bounded_bytes

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire

_REFERENCE = re.compile(r"([A-Za-z][\w-]*)@([\w.-]+)")
_DEFINITION = re.compile(rb"^schema:", re.MULTILINE)
_DEEPEST = 8
"""Folders below the one that was named: an end where somebody names the root of a disk."""


def place_of(reference: str) -> Path:
    """The folder or file a reference names: a path, else the folder of the bundled `id@edition`."""
    path = Path(reference)
    bundled = _REFERENCE.fullmatch(reference)
    if bundled is None or path.exists():
        return path
    folder = data_folder("questionnaires") / bundled[1] / bundled[2]
    return folder if folder.is_dir() else path


def definitions_in(folder: Path) -> tuple[Path, ...]:
    """The `questionnaire.yaml` of a folder, else those of all folders below it and single-file definitions.

    Hidden folders and links are passed over.
    """
    return tuple(_below(folder, 0))


def _below(folder: Path, depth: int) -> list[Path]:
    if (folder / MAIN_FILE).is_file():
        return [folder / MAIN_FILE]
    files: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir() and depth < _DEEPEST:
            files += _below(entry, depth + 1)
        elif entry.suffix in {".yaml", ".yml"} and _is_definition(entry):
            files.append(entry)
    return files


def _is_definition(path: Path) -> bool:
    """Whether a YAML file says of itself that it is a definition: it has a schema and measurements."""
    data = bounded_bytes(path) or b""
    return bool(_DEFINITION.search(data)) and b"\nmeasurements:" in data


def chosen_questionnaire(reference: str | None, library: Library | None = None) -> Questionnaire:
    """The questionnaire that a reference names; without one, the only one there is.

    Raises:
        JobError: There is none of that name, or several to choose from.
    """
    library = library or Library()
    if reference:
        return library.find(reference)
    if len(library.keys) != 1:
        choice = {"questionnaires": ", ".join(library.keys)}
        raise JobError([Diagnostic(codes.QUESTIONNAIRE_NOT_CHOSEN, parameters=choice)])
    return library.find(library.keys[0])


def links_between(library: Library, old: Questionnaire, new: Questionnaire) -> Links | None:
    """By their ids within one edition, else by a crosswalk, in whichever direction it is written.

    How answers are rescaled holds only in the direction in which it is written.

    Args:
        library: Where crosswalks are.
        old: What was answered.
        new: What the answers are taken over to.

    Returns:
        None where nothing says which items are the same.

    Raises:
        JobError: The crosswalk has mistakes.
    """
    if old.id != new.id:
        return None
    if old.edition == new.edition:
        return within_edition(old, new)
    crosswalk = library.crosswalk(new.id, old.edition, new.edition)
    if crosswalk is not None:
        return Links(
            same={link.new: link.old for link in crosswalk.same},
            near={link.new: link.old for link in crosswalk.near},
            rescale={(each.old, each.new): each.options for each in crosswalk.scales},
        )
    backwards = library.crosswalk(new.id, new.edition, old.edition)
    if backwards is None:
        return None
    return Links(
        same={link.old: link.new for link in backwards.same},
        near={link.old: link.new for link in backwards.near},
    )
