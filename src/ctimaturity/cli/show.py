"""What the terminal shows: findings, tables, progress. Data reach rich only as Text."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from ctimaturity.cli.words import _, counted, terminal_language
from ctimaturity.diagnostics.code import Severity
from ctimaturity.diagnostics.quoting import visible

if TYPE_CHECKING:
    from rich.console import Console

    from ctimaturity.batch.pool import Progress
    from ctimaturity.diagnostics.diagnostic import Diagnostic

Row = TypeVar("Row")
TerminalColumn = tuple[str, str, Callable[[Row], str]]
"""Label, side (`left`, `right`, `whole`, `number`) and cell of a column on the terminal."""
DONE, ERRORS, NOT_DONE, INTERRUPTED = 0, 1, 2, 130
_NAMED = 5
"""Files that an interruption names; more are counted."""


def console(*, stderr: bool = True, no_color: bool = False) -> Console:
    """A console that neither highlights nor reads markup in data."""
    from rich.console import Console

    plain = no_color or bool(os.environ.get("NO_COLOR"))
    return Console(stderr=stderr, no_color=plain, highlight=False, markup=False, emoji=False, soft_wrap=False)


def print_findings(
    diagnostics: Sequence[Diagnostic],
    form: str,
    language: str | None,
    given: Mapping[str, str] | None = None,
    *,
    stderr: bool = True,
    accepted: Sequence[tuple[Diagnostic, str]] = (),
) -> None:
    """Write findings: text in the language of the terminal unless another was asked for, data in Spanish.

    Files are called as the user gave them (`given`, by their names in findings). Findings that were
    `accepted` where they are, each with its reason, are told where the form has words for it.
    """
    called = given or {}
    diagnostics = [finding.as_given(called) for finding in diagnostics]
    from ctimaturity.reporting.findings import render_findings

    spoken = language or (terminal_language() if form == "text" else "es")
    text = render_findings(diagnostics, form, spoken, accepted)
    stream = sys.stderr if stderr else sys.stdout
    stream.write(text)
    stream.flush()


def show_interruption() -> None:
    """Say after Ctrl-C what is there: files and folders are put in their place as a whole or not at all."""
    from ctimaturity.files.atomic import kept

    lines = [_("Interrupted with Ctrl-C: nothing was written.")]
    if kept:
        lines = [_("Interrupted with Ctrl-C. What was written before is whole and stays:")]
        lines += [f"  {visible(path.as_posix())}" for path in kept[:_NAMED]]
    if len(kept) > _NAMED:
        more = len(kept) - _NAMED
        lines.append("  " + counted("and {count} more file", "and {count} more files", more))
    sys.stderr.write("\n".join(lines) + "\n")


def tally_line(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning, 0 notes`, in the language of the terminal."""
    counts = {
        severity: sum(1 for finding in diagnostics if finding.severity is severity) for severity in Severity
    }
    return ", ".join(
        (
            counted("{count} error", "{count} errors", counts[Severity.ERROR]),
            counted("{count} warning", "{count} warnings", counts[Severity.WARNING]),
            counted("{count} note", "{count} notes", counts[Severity.NOTE]),
        )
    )


@contextmanager
def progress(label: str, *, quiet: bool, no_color: bool) -> Iterator[Progress | None]:
    """A progress bar on a terminal, nothing in a pipe; yields a callback of (done, total)."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    # Without its own thread: workers can then be forked, which is the cheapest way to start them.
    with Progress(*columns, console=console(no_color=no_color), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(label, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, refresh=True)

        yield advance


_LEAST = 8
"""Letters of a column of words that a narrow table shows in a line."""


def print_table(
    title: str,
    rows: Sequence[Row],
    columns: Sequence[TerminalColumn[Row]],
    *,
    stderr: bool = True,
    no_color: bool = False,
) -> None:
    """A table of plain text.

    What is `whole`, on the left, and a `number`, on the right, is never broken. Of what is `left` or `right`
    the first column, that of names and codes, is broken only where it would take half the width; the others
    between words, where there is room for all of them.
    """
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title, style="bold") if title else None, title_justify="left", box=SIMPLE)
    screen = console(stderr=stderr, no_color=no_color)
    cells = [[cell(row) for row in rows] for _label, _side, cell in columns]
    longest = max((len(line) for text in cells[0] for line in text.split("\n")), default=0)
    words = [
        max(len(word) for text in (label, *texts) for word in text.split() or [""])
        for (label, *_), texts in zip(columns, cells, strict=True)
    ]
    least = max(longest, len(columns[0][0])) + sum(words[1:])
    roomy, tight = (least + gap * len(words) + 2 <= screen.width for gap in (3, 2))
    table.collapse_padding = tight and not roomy
    for number, (label, side, _cell) in enumerate(columns):
        table.add_column(
            Text(label),
            justify="right" if side in {"right", "number"} else "left",
            overflow="fold",
            no_wrap=side in {"whole", "number"} or (number == 0 and longest * 2 <= screen.width),
            min_width=words[number] if tight else None,
        )
    for row in zip(*cells, strict=True):
        table.add_row(*(Text("\n".join(visible(line) for line in text.split("\n"))) for text in row))
    table.width = _needed(columns, cells, words, screen.width)
    screen.print(table, soft_wrap=table.width is not None)


def _needed(
    columns: Sequence[TerminalColumn[Row]], cells: Sequence[Sequence[str]], words: Sequence[int], width: int
) -> int | None:
    """How wide a table must be where the screen would cut a number or a code off; None where it does not.

    A terminal breaks the lines then, and what it breaks is whole.
    """
    least = [
        max(map(len, (label, *cells[number]))) if side in {"whole", "number"} else min(words[number], _LEAST)
        for number, (label, side, _cell) in enumerate(columns)
    ]
    needed = sum(least) + 3 * len(least) + 1
    return needed if needed > width else None


def say(text: str, *, no_color: bool = False) -> None:
    """A line for people, on standard error; never wrapped, so that paths can be copied."""
    from rich.text import Text

    console(no_color=no_color).print(Text(visible(text)), soft_wrap=True)
