"""One way through a command: language, options of scoring, progress, findings, exit status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

from ctimaturity.cli.show import (
    DONE,
    ERRORS,
    NOT_DONE,
    TerminalColumn,
    print_findings,
    print_table,
    progress,
    say,
)
from ctimaturity.cli.words import _, counted, terminal_language
from ctimaturity.diagnostics.code import Severity

if TYPE_CHECKING:
    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.survey.quality import QualityRules
    from ctimaturity.workflows.options import ReadingOptions

Options = TypeVar("Options", bound="ReadingOptions")
Row = TypeVar("Row")


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

    asked: str | None = None
    form: str = "text"
    strict: bool = False
    quiet: bool = False
    no_color: bool = False
    stderr: bool = True

    @property
    def language(self) -> str:
        """Of documents and files: Spanish unless said otherwise."""
        return self.asked or "es"

    def language_of(self, form: str) -> str:
        """Of what goes to standard output: people read text in the language of their terminal."""
        return self.asked or (terminal_language() if form == "text" else "es")

    @contextmanager
    def work(self, label: str = "") -> Iterator[Progress | None]:
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

            print_findings((*old_libraries(), *error.diagnostics), self.form, self.asked, error.given)
            raise typer.Exit(NOT_DONE) from None

    def tell(
        self,
        diagnostics: Sequence[Diagnostic],
        given: Mapping[str, str] | None = None,
        accepted: Sequence[tuple[Diagnostic, str]] = (),
    ) -> None:
        """Write findings, as `print_findings` does."""
        print_findings(diagnostics, self.form, self.asked, given, stderr=self.stderr, accepted=accepted)

    def say(self, text: str) -> None:
        """A line for people, unless they want it quiet."""
        if not self.quiet:
            say(text, no_color=self.no_color)

    def table(
        self,
        title: str,
        rows: Sequence[Row],
        columns: Sequence[TerminalColumn[Row]],
        *,
        most: int | None = None,
        stderr: bool = True,
    ) -> None:
        """A table, as `print_table` makes it; of more rows than `most` the rest is counted."""
        print_table(title, rows[:most], columns, stderr=stderr, no_color=self.no_color)
        if most is not None and len(rows) > most:
            self.say(counted("… and {count} more", "… and {count} more", len(rows) - most))

    def written(self, *paths: Path) -> None:
        """Say what was written."""
        for path in paths:
            self.say(f"{_('Written')}: {path.as_posix()}")

    def end(self, diagnostics: Sequence[Diagnostic] = ()) -> NoReturn:
        """Exit with what was found: 0 without errors, 1 with; `--strict` makes warnings errors."""
        bad = {Severity.ERROR, Severity.WARNING} if self.strict else {Severity.ERROR}
        raise typer.Exit(ERRORS if any(finding.severity in bad for finding in diagnostics) else DONE)


_SAID_OTHERWISE = {"language", "previous", "letters", "formats", "measurements"}
"""Fields of options that a command's argument of that name does not fill as it is."""
_LISTS = {"survey": "surveys", "limit": "limits", "group": "groups", "formats": "formats"}
"""Repeatable arguments, with the fields that take each value once."""


def chosen(kind: type[Options], arguments: Mapping[str, Any], **more: Any) -> Options:
    """What the arguments of a command say about a reading, a scoring or a survey.

    A command takes of the options that such commands share those that it has a use for, under the names
    that they have here (a test holds it), and hands on its `locals()`.

    Args:
        kind: `ReadingOptions` or one of its kinds.
        arguments: Of the command, by name; those that `kind` has no field for are passed over.
        more: What else there is to say.
    """
    known = {field.name for field in fields(kind)}
    said = {name: arguments[name] for name in known - _SAID_OTHERWISE if arguments.get(name) is not None}
    for name, field in _LISTS.items():
        if arguments.get(name):
            said[field] = tuple(dict.fromkeys(map(str, arguments[name])))
    if "exclude" in arguments:
        said["survey_rules"] = quality_rules(arguments["exclude"] or (), arguments["seconds"])
    if arguments.get("measurements"):
        said["measurements"] = tuple(part.strip() for part in arguments["measurements"].split(","))
    return kind(**{name: value for name, value in said.items() if name in known}, **more)


_NOBODY = "none"
_SUBMISSION = "same-submission"
_KINDS = {
    _SUBMISSION: {_SUBMISSION},
    "same-person": {"same-person"},
    "duplicates": {_SUBMISSION, "same-person"},
    "straight-lining": {"straight-lining"},
    "too-fast": {"too-fast"},
    _NOBODY: set[str](),
}


def quality_rules(exclude: Sequence[str], seconds: float) -> QualityRules:
    """Who stands out, and who is left out.

    A submission that is repeated is one respondent, so it counts once unless `none` was asked for.

    Raises:
        typer.BadParameter: A kind that there is not.
    """
    from ctimaturity.survey.quality import QualityRules, Suspicion

    asked = [kind.strip() for text in exclude for kind in text.split(",")]
    unknown = next((kind for kind in asked if kind not in _KINDS), None)
    if unknown is not None:
        message = _("{text} is none of {options}").format(text=unknown, options=", ".join(_KINDS))
        raise typer.BadParameter(message, param_hint="--exclude")
    chosen = set().union(*(_KINDS[kind] for kind in asked), set() if _NOBODY in asked else {_SUBMISSION})
    return QualityRules(exclude=frozenset(map(Suspicion, chosen)), seconds=seconds)
