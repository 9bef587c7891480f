"""Begin a round: its folder, its list, and a workbook for each entity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.atomic import folder_aside
from ctimaturity.reporting.round_guide import round_guide
from ctimaturity.results.folder import refusals
from ctimaturity.workbook.template import Perception
from ctimaturity.workflows.round_folder import RoundFolder
from ctimaturity.workflows.template import make_templates

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.workflows.template import TemplateRequest


@dataclass(frozen=True, slots=True)
class NewRound:
    """What was made.

    Attributes:
        folder: The folder of the round.
        files: The workbooks to send, in the order of the entities.
        diagnostics: What was found on the way.
    """

    folder: RoundFolder
    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def new_round(
    folder: Path,
    request: TemplateRequest,
    *,
    force: bool = False,
    advance: Progress | None = None,
) -> NewRound:
    """Make the folder of a round: the list, a workbook for each entity, and the steps to come.

    It does nothing that `cti template` and a copy of the list would not do.

    Args:
        folder: New or empty, unless forced.
        request: The workbooks that are wanted; its options have the name of the round. It needs a list
            of entities.
        force: The folder may hold something; it stays, but for workbooks to send of the same name.
        advance: Told how many of how many workbooks are written.

    Raises:
        JobError: The folder is occupied, or no workbook could be written; nothing was changed.
        ValueError: There is no list of entities.
    """
    listed = request.entities
    if listed is None:
        raise ValueError("a round needs a list of entities")
    problems = refusals(folder, force=force)
    if problems:
        raise JobError(problems)
    language = request.options.language
    there = RoundFolder(folder, language)
    with folder_aside(folder) as aside:
        made = RoundFolder(aside, language)
        templates = make_templates(made.templates, replace(request, force=True), advance)
        for path in (made.returned, made.surveys):
            path.mkdir()
        suffix = listed.suffix.lower()
        made.entities(suffix).write_bytes(listed.read_bytes())
        text = _steps(there, request, suffix)
        made.guide.write_text(text, encoding="utf-8", newline="\n")
        files = tuple(path.relative_to(aside) for path in templates.files)
    return NewRound(there, tuple(folder / path for path in files), templates.diagnostics)


def _steps(there: RoundFolder, request: TemplateRequest, suffix: str) -> str:
    return round_guide(
        request.options.round,
        {
            "round": there.root.as_posix(),
            "entities": there.entities(suffix).as_posix(),
            "templates": there.templates.as_posix(),
            "returned": there.returned.as_posix(),
            "surveys": there.surveys.as_posix(),
            "letters": there.letters.as_posix(),
            "results": there.results.as_posix(),
            "report": there.report.as_posix(),
            "progress": there.progress.as_posix(),
            "roadmap": there.roadmap.as_posix(),
            "previous": request.previous.as_posix() if request.previous else "",
        },
        request.options.language,
        with_survey=request.options.perception is Perception.NONE,
    )
