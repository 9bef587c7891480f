"""`cti compare`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import TerminalColumn, console
from ctimaturity.cli.words import _, terminal_language
from ctimaturity.language.numbers import MISSING, number, rank_text
from ctimaturity.model.score import INDEX, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange
    from ctimaturity.analysis.indicative import IndicativeChange
    from ctimaturity.model.score import IndexRow
    from ctimaturity.workflows.compare import Compared

LONGEST = 40
"""Rows that a terminal gets; the rest is in the files."""
WIDE = 100
"""Columns that the terms of the change of rank take; narrower terminals do without them."""
NARROW = 60
"""Columns that both scores take beside their change; narrower terminals do without them."""


CompareFormat = StrEnum("CompareFormat", ("csv", "md", "html", "xlsx", "json", "pdf"))

BeforeArgument = Annotated[
    Path, typer.Argument(metavar="BEFORE", help=_("The earlier round: a result folder, or workbooks."))
]
AfterArgument = Annotated[
    Path, typer.Argument(metavar="AFTER", help=_("The later round: a result folder, or workbooks."))
]
MoreArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="[LATER]...", help=_("Rounds after that, in order."))
]
OutOption = Annotated[
    Path,
    typer.Option(
        "--out", "-o", metavar="DIR", help=_("Folder of the comparison: new, empty or one of ours.")
    ),
]
FormatOption = Annotated[
    list[CompareFormat] | None,
    typer.Option(
        "--format", "-f", help=_("csv, md, html, xlsx (all four unless said otherwise), json, pdf.")
    ),
]
LabelOption = Annotated[
    list[str] | None,
    typer.Option(
        "--label", metavar="NAME", help=_("Name of a round, in their order; repeatable, one per round.")
    ),
]
IndicativeOption = Annotated[
    bool,
    typer.Option(
        "--indicative",
        help=_("Across editions: compare the items that are the same, as an indication and no score."),
    ),
]


def compare(
    before: BeforeArgument,
    after: AfterArgument,
    later: MoreArgument = None,
    out: OutOption = Path("cti-compare"),
    formats: FormatOption = None,
    label: LabelOption = None,
    indicative: IndicativeOption = False,
    csv_dialect: shared.BriefDialectOption = "standard",
    theme: shared.ThemeOption = None,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    measurements: shared.MeasurementsOption = None,
    results_basis: shared.BasisOption = None,
    reference: shared.ReferenceOption = None,
    keep: shared.KeepOption = None,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Compare rounds: what changed, and what it comes from."""
    from ctimaturity.workflows.compare import CompareOptions
    from ctimaturity.workflows.compare import compare as compare_rounds
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.progress_files import write_comparison

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    paths = [before, after, *(later or ())]
    if len(label or ()) > len(paths):
        raise typer.BadParameter(_("there are more names than rounds"), param_hint="--label")
    scoring = chosen(ScoreOptions, locals(), language=job.language)
    with job.work(_("Comparing entities")) as advance:
        compared = compare_rounds(paths, CompareOptions(scoring, tuple(label or ()), indicative), advance)
        write_comparison(compared, out, scoring)
    job.tell(compared.diagnostics)
    if not quiet:
        _summary(compared, job)
        job.written(out)
    job.end(compared.diagnostics)


def _summary(compared: Compared, job: Job) -> None:
    if compared.indicative is not None:
        _print_indicative(compared, compared.indicative, job)
    for comparison in compared.comparisons:
        _print_comparison(comparison, job)
    for comparison in compared.returns:
        _print_progress(comparison, comparison.entities, _("Back after a gap"), job)


def _print_comparison(comparison: Comparison, job: Job) -> None:
    """Who advanced, the most first; then those without a place in that ranking, then who is new and gone."""
    from ctimaturity.analysis.change import Presence

    returning = comparison.of(Presence.RETURNING)
    _print_progress(comparison, returning, _("Progress"), job)
    new, gone = len(comparison.of(Presence.NEW)), len(comparison.of(Presence.GONE))
    job.say(
        _("Returning: {returning}. New: {new}. Gone: {gone}.").format(
            returning=len(returning), new=new, gone=gone
        ),
    )


def _print_progress(comparison: Comparison, returning: Sequence[EntityChange], title: str, job: Job) -> None:
    language = terminal_language()
    before_and_after: tuple[TerminalColumn[EntityChange], ...] = (
        (_("Before"), "number", lambda change: number(_index(change.before), language)),
        (_("After"), "number", lambda change: number(_index(change.after), language)),
    )
    terms: tuple[TerminalColumn[EntityChange], ...] = (
        (_("own"), "number", lambda change: _places(change, "own")),
        (_("others"), "number", lambda change: _places(change, "others")),
        (_("in and out"), "number", lambda change: _places(change, "membership")),
    )
    columns: tuple[TerminalColumn[EntityChange], ...] = (
        ("#", "number", _place),
        (_("Code"), "whole", lambda change: change.entity.code),
        (_("Entity"), "left", lambda change: change.entity.name),
        *(before_and_after if console().width >= NARROW else ()),
        (_("Change"), "number", lambda change: _signed(_difference(change))),
        (_("Rank"), "number", _ranks),
        *(terms if console().width >= WIDE else ()),
    )
    if returning:
        title = f"{title}: {comparison.before.label} → {comparison.after.label}"
        job.table(title, sorted(returning, key=_by_progress), columns, most=LONGEST)


def _by_progress(change: EntityChange) -> tuple[int, int, str]:
    return (0, change.progress.rank, change.entity.code) if change.progress else (1, 0, change.entity.code)


def _place(change: EntityChange) -> str:
    return rank_text(change.progress.rank, tied=change.progress.tied) if change.progress else MISSING


def _ranks(change: EntityChange) -> str:
    return MISSING if change.rank is None else f"{change.rank.before} → {change.rank.after}"


def _index(row: IndexRow | None) -> float | None:
    return None if row is None or row.status is not Status.RANKED else row.index


def _difference(change: EntityChange) -> float | None:
    before, after = _index(change.before), _index(change.after)
    return None if before is None or after is None else after - before


def _signed(change: float | None) -> str:
    """A change with its sign."""
    return ("+" if (change or 0) > 0 else "") + number(change, terminal_language())


def _places(change: EntityChange, term: Literal["own", "others", "membership"]) -> str:
    """What a term of the change of rank has gained."""
    if change.rank is None:
        return MISSING
    gained: int = getattr(change.rank, term)
    return f"{gained:+d}".replace("-", "−") if gained else "0"


def _print_indicative(compared: Compared, changes: tuple[IndicativeChange, ...], job: Job) -> None:
    language = terminal_language()
    columns = (
        (_("Code"), "left", lambda change: change.code),
        (_("Entity"), "left", lambda change: change.name),
        (_("Items"), "right", lambda change: str(change.items)),
        (_("Before"), "right", lambda change: number(change.before, language)),
        (_("After"), "right", lambda change: number(change.after, language)),
        (_("Change"), "right", lambda change: _signed(change.change)),
    )
    indices = [change for change in changes if change.measurement == INDEX]
    job.table(_("Only an indication: matched items, from 0 to 100"), indices[:LONGEST], columns)
    job.say(
        _("{count} items are the same in both editions; nothing else is compared.").format(
            count=compared.matched
        ),
    )
