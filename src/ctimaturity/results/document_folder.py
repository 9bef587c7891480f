"""A folder of documents: allowed, written aside and put in place as a whole, like a folder of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.atomic import folder_aside
from ctimaturity.files.results import MANIFEST, is_result_folder
from ctimaturity.results.folder import refusals
from ctimaturity.results.manifest import TOOL, json_bytes, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


def write_documents(
    folder: Path,
    kind: str,
    record: Mapping[str, object],
    add: Callable[[Path], None],
    *,
    inputs: Sequence[Path] = (),
    force: bool = False,
) -> None:
    """Write a folder that is made from results and cannot be read back.

    Args:
        folder: New, empty or one of ours, unless forced.
        kind: What it holds, such as `report`.
        record: What its manifest says beside the tool and the sums of its files.
        add: Writes the files into the folder that it is given.
        inputs: What the job reads; the folder may be none of it, nor lie in results.
        force: Files of someone else are no reason to refuse; they stay.

    Raises:
        JobError: The folder cannot be written to; nothing was changed.
    """
    problems = [*_overlaps(folder, inputs), *refusals(folder, force=force)]
    if problems:
        raise JobError(problems)
    with folder_aside(folder) as aside:
        add(aside)
        files = sorted(path for path in aside.rglob("*") if path.is_file())
        manifest = {
            **record,
            "tool": TOOL,
            "schema": 1,
            "kind": kind,
            "tool_version": __version__,
            "outputs": {path.relative_to(aside).as_posix(): sha256_of(path) for path in files},
        }
        (aside / MANIFEST).write_bytes(json_bytes(manifest))


def _overlaps(folder: Path, inputs: Sequence[Path]) -> Iterator[Diagnostic]:
    """The folder that is read and would be replaced, or the results that the documents would lie in."""
    target = folder.resolve()
    for path in inputs:
        source = path.resolve()
        if source == target or (source in target.parents and is_result_folder(source)):
            place = Location(visible(folder.as_posix()))
            yield Diagnostic(codes.OUTPUT_IS_INPUT, place, {"path": visible(path.as_posix())})
