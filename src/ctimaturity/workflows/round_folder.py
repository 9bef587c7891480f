"""The folder of a round: what lies where, in Spanish or in English."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

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
