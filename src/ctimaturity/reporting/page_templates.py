"""Templates made into pages: one environment for the house's look and for a theme's own templates."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity._version import __version__
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.reporting import geometry
from ctimaturity.reporting.theme import Theme
from ctimaturity.reporting.words import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from ctimaturity.reporting.columns import ScoreColumn

TEMPLATES = Path(__file__).parent / "templates"


class PageTemplates:
    """Makes pages of one look.

    Args:
        theme: The look; its own templates come before the house's.
        paper: Whether the page is for PDF: charts carry their colours with them, nothing can be opened.
    """

    def __init__(self, theme: Theme | None = None, *, paper: bool = False) -> None:
        self.theme = theme or Theme()
        self.paper = paper
        self._environment = _environment(self.theme.templates)
        self._styles: dict[frozenset[int], tuple[str, str]] = {}

    def page(self, template: str, columns: Iterable[ScoreColumn], script: str = "", **values: object) -> str:
        """One page.

        Args:
            template: Name of the template.
            columns: Whose levels have colours on it.
            script: Name of the script that it may run; none runs without.
            values: What the template shows.

        Raises:
            JobError: A template of the theme is broken; with its file and line.
        """
        css, ink = self._style(frozenset(column.levels for column in columns if column.levels))
        program = "" if self.paper or not script else (TEMPLATES / script).read_text(encoding="utf-8")
        return self._rendered(
            template,
            theme=self.theme,
            paper=self.paper,
            css=css,
            css_hash=_digest(css),
            tool=f"ctimaturity {__version__}",
            ink_css=ink,
            script=program,
            script_hash=_digest(program) if program else "",
            **values,
        )

    def text(self, template: str, **values: object) -> str:
        """A document without a style, such as Markdown.

        Raises:
            JobError: A template of the theme is broken; with its file and line.
        """
        return self._rendered(template, theme=self.theme, paper=self.paper, **values)

    def _style(self, levels: frozenset[int]) -> tuple[str, str]:
        """The style of the page, and that of charts on paper."""
        if levels not in self._styles:
            palette = self.theme.light
            colours = dict(palette.colours)
            for count in levels:
                for level, swatch in enumerate(palette.levels(count)):
                    colours |= {f"l{count}-{level}": swatch.fill, f"i{count}-{level}": swatch.ink}
            counts = sorted(levels)
            css = self._rendered(
                "theme.css.j2",
                theme=self.theme,
                level_counts=counts,
                paint=lambda name: f"var(--{name})",
                paper=self.paper,
            )
            ink = ""
            if self.paper:
                ink = self._rendered("charts.css.j2", level_counts=counts, paint=colours.__getitem__)
            self._styles[levels] = (css, ink)
        return self._styles[levels]

    def _rendered(self, template: str, **values: object) -> str:
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            return self._environment.get_template(template).render(**values)
        except TemplateSyntaxError as error:
            raise self._broken(error.filename, error.lineno, error.message, error) from error
        except TemplateError as error:
            file, line = _place(error, self.theme.templates)
            raise self._broken(file, line, error.message, error) from error
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            # A template of one's own may call anything with anything; the house's own never fails.
            file, line = _place(error, self.theme.templates)
            if not file:
                raise
            raise self._broken(file, line, f"{type(error).__name__}: {error}", error) from error

    def _broken(self, file: str | None, line: int | None, reason: str | None, error: Exception) -> JobError:
        said = visible(reason or type(error).__name__)
        return JobError(
            [Diagnostic(codes.TEMPLATE_BROKEN, Location(file or "", line=line), {"reason": said})]
        )


def _place(error: BaseException, templates: Path | None) -> tuple[str, int | None]:
    """The last line of a template of the theme that an error went through."""
    last: tuple[str, int | None] = ("", None)
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if templates is not None and Path(name).is_relative_to(templates):
            last = (Path(name).as_posix(), trace.tb_lineno)
        trace = trace.tb_next
    return last


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


@cache
def _environment(templates: Path | None) -> Environment:
    """The house's templates; those of a theme before them, in a sandbox."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from ctimaturity.reporting.markdown import document_markdown, escaped

    made = Environment if templates is None else ImmutableSandboxedEnvironment
    environment = made(
        loader=FileSystemLoader([TEMPLATES] if templates is None else [templates, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escaped
    environment.filters["markdown"] = document_markdown
    environment.filters["lines"] = geometry.title_lines
    environment.filters["along"] = geometry.along
    environment.filters["pixels"] = geometry.pixels
    environment.filters["shortened"] = shortened
    environment.globals.update(
        apart=geometry.apart,
        polygon=geometry.polygon,
        share_of=geometry.share_of,
        spoke=geometry.spoke,
        stretch=geometry.stretch,
        ticks=geometry.ticks,
    )
    return environment
