"""One way through a command: language, options of scoring, progress, findings, exit status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

from ctimaturity.cli.exclusion import quality_rules
from ctimaturity.cli.options import DocumentLanguage
from ctimaturity.cli.show import DONE, ERRORS, NOT_DONE, print_findings, print_table, progress, say
from ctimaturity.cli.words import _, terminal_language
from ctimaturity.diagnostics.severity import Severity

if TYPE_CHECKING:
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.workflows.reading import ReadingOptions

Options = TypeVar("Options", bound="ReadingOptions")


@dataclass(frozen=True)
class Job:
    """What a command was asked for in the options that all share.

    Attributes:
        asked: The language that was asked for; None without.
        form: How findings are written.
        strict: Whether warnings count as errors in the exit status.
        quiet: Neither progress nor summary.
        no_color: No colours.
        stderr: Where findings go; those of a job that could not be done go to standard error always.
    """

    asked: DocumentLanguage | None = None
    form: str = "text"
    strict: bool = False
    quiet: bool = False
    no_color: bool = False
    stderr: bool = True

    @property
    def spoken(self) -> str | None:
        """The language that was asked for, as workflows take it."""
        return self.asked.value if self.asked else None

    @property
    def language(self) -> str:
        """Of documents and files: Spanish unless said otherwise."""
        return self.spoken or "es"

    def language_of(self, form: str) -> str:
        """Of what goes to standard output: people read text in the language of their terminal."""
        return self.spoken or (terminal_language() if form == "text" else "es")

    @contextmanager
    def work(self, label: str = "") -> Iterator[Callable[[int, int], None] | None]:
        """Do the work within; where it cannot be done, say why, a library that is too old first, and exit 2.

        Args:
            label: Of the progress bar; without one there is none.
        """
        from ctimaturity.diagnostics.errors import JobError

        try:
            with progress(label, quiet=self.quiet or not label, no_color=self.no_color) as advance:
                yield advance
        except JobError as error:
            from ctimaturity.files.installation import old_libraries

            print_findings((*old_libraries(), *error.diagnostics), self.form, self.spoken, error.given)
            raise typer.Exit(NOT_DONE) from None

    def tell(
        self,
        diagnostics: Sequence[Diagnostic],
        given: Mapping[str, str] | None = None,
        accepted: Sequence[tuple[Diagnostic, str]] = (),
    ) -> None:
        """Write findings, as `print_findings` does."""
        print_findings(diagnostics, self.form, self.spoken, given, stderr=self.stderr, accepted=accepted)

    def say(self, text: str) -> None:
        """A line for people, unless they want it quiet."""
        if not self.quiet:
            say(text, no_color=self.no_color)

    def table(
        self,
        title: str,
        headers: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[str]],
        *,
        stderr: bool = True,
    ) -> None:
        """A table, as `print_table` makes it."""
        print_table(title, headers, rows, stderr=stderr, no_color=self.no_color)

    def written(self, *paths: Path) -> None:
        """Say what was written."""
        for path in paths:
            self.say(f"{_('Written')}: {path.as_posix()}")

    def end(self, diagnostics: Sequence[Diagnostic] = ()) -> NoReturn:
        """Exit with what was found: 0 without errors, 1 with; `--strict` makes warnings errors."""
        bad = {Severity.ERROR, Severity.WARNING} if self.strict else {Severity.ERROR}
        raise typer.Exit(ERRORS if any(finding.severity in bad for finding in diagnostics) else DONE)


_AS_THEY_ARE = ("questionnaire", "entities", "reference", "statistics", "keep", "rulings", "jobs")


def chosen(kind: type[Options], arguments: Mapping[str, Any], **more: Any) -> Options:
    """What the arguments of a command say about a reading or a scoring.

    A command takes of the options that scoring commands share those that it has a use for, under the names
    that they have here (a test holds it), and hands on its `locals()`.

    Args:
        kind: `ReadingOptions` or `ScoreOptions`.
        arguments: Of the command, by name; those that are not shared are passed over.
        more: What else there is to say.
    """
    asked = arguments.get
    said: dict[str, Any] = {name: asked(name) for name in _AS_THEY_ARE}
    said["surveys"] = tuple(asked("survey") or ())
    said["limits"] = tuple(asked("limit") or ())
    said["round_label"] = asked("round_label") or ""
    if "exclude" in arguments:
        said["survey_rules"] = quality_rules(arguments["exclude"], arguments["seconds"])
    if "measurements" in arguments:
        listed, basis = arguments["measurements"], arguments["results_basis"]
        said["measurements"] = tuple(part.strip() for part in listed.split(",")) if listed else None
        said["results_basis"] = basis.value if basis else None
        said["groups"] = tuple(asked("group") or ())
    return kind(**said, **more)
