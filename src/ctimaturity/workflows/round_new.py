"""Begin a round: its folder, its list, and a workbook for each entity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.atomic import folder_aside
from ctimaturity.reporting.round_guide import round_guide
from ctimaturity.results.folder import refusals
from ctimaturity.workbook.template import Perception
from ctimaturity.workflows.template import make_templates

if TYPE_CHECKING:
    from pathlib import Path

    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.workflows.template import TemplateRequest


_NAMES = MappingProxyType(
    {
        "templates": ("plantillas", "templates"),
        "returned": ("devueltos", "returned"),
        "surveys": ("encuestas", "surveys"),
        "letters": ("cartas", "letters"),
        "results": ("resultados", "results"),
        "report": ("informe", "report"),
        "progress": ("avances", "progress"),
        "roadmap": ("hoja-de-ruta", "roadmap"),
    }
)
_LISTS = ("entidades", "entities")
_LIST_FORMS = (".csv", ".xlsx")
_GUIDES = ("LEAME.md", "README.md")
_LANGUAGES = ("es", "en")


@dataclass(frozen=True, slots=True)
class RoundFolder:
    """Where the things of a round are; by convention alone, nothing says so but the names.

    Attributes:
        root: The folder.
        language: Of the names that it is made with; what is there already may have those of either.
    """

    root: Path
    language: str = "es"

    @property
    def templates(self) -> Path:
        """The workbooks that go out."""
        return self._folder("templates")

    @property
    def returned(self) -> Path:
        """The workbooks that came back."""
        return self._folder("returned")

    @property
    def surveys(self) -> Path:
        """The exports of surveys."""
        return self._folder("surveys")

    @property
    def letters(self) -> Path:
        """Letters to whoever has to correct or complete something."""
        return self._folder("letters")

    @property
    def results(self) -> Path:
        """The ranked index: OUT of `cti score`."""
        return self._folder("results")

    @property
    def report(self) -> Path:
        """The page of the index and the dossiers."""
        return self._folder("report")

    @property
    def progress(self) -> Path:
        """The comparison with the round before."""
        return self._folder("progress")

    @property
    def roadmap(self) -> Path:
        """What to do next."""
        return self._folder("roadmap")

    @property
    def guide(self) -> Path:
        """The steps of the round, with their commands."""
        return self.root / self._named(_GUIDES)

    def entities(self, suffix: str = ".csv") -> Path:
        """The list of entities; where there is none yet, the one to be made."""
        there = (self.root / f"{name}{form}" for name in _LISTS for form in _LIST_FORMS)
        return next((path for path in there if path.is_file()), self.root / f"{self._named(_LISTS)}{suffix}")

    def survey_files(self) -> tuple[Path, ...]:
        """What lies among the surveys, in order."""
        if not self.surveys.is_dir():
            return ()
        return tuple(
            path
            for path in sorted(self.surveys.iterdir())
            if not path.name.startswith((".", "~")) and (path.is_dir() or path.suffix.lower() in _LIST_FORMS)
        )

    def _folder(self, part: str) -> Path:
        there = (self.root / name for name in _NAMES[part])
        return next((path for path in there if path.is_dir()), self.root / self._named(_NAMES[part]))

    def _named(self, names: tuple[str, str]) -> str:
        return names[_LANGUAGES.index(self.language)]


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
