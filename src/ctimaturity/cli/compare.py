"""`cti compare`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import console
from ctimaturity.cli.words import _, counted, terminal_language
from ctimaturity.language.numbers import MISSING, number
from ctimaturity.model.score import INDEX, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.analysis.change import Comparison, EntityChange
    from ctimaturity.analysis.indicative import IndicativeChange
    from ctimaturity.workflows.compare import Compared

LONGEST = 40
"""Rows that a terminal gets; the rest is in the files."""
WIDE = 100
"""Columns that the terms of the change of rank take; narrower terminals do without them."""
TERMS = 3
"""How many these terms are."""
NARROW = 60
"""Columns that both scores take beside their change; narrower terminals do without them."""


class CompareFormat(StrEnum):
    """What a comparison is written as."""

    CSV = "csv"
    MD = "md"
    HTML = "html"
    XLSX = "xlsx"
    JSON = "json"
    PDF = "pdf"


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
    csv_dialect: shared.BriefDialectOption = shared.Dialect.STANDARD,
    theme: shared.ThemeOption = None,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    measurements: shared.MeasurementsOption = None,
    results_basis: shared.BasisOption = None,
    reference: shared.ReferenceOption = None,
    keep: shared.KeepOption = None,
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = shared.FindingsFormat.TEXT,
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Compare rounds: what changed, and what it comes from."""
    from ctimaturity.workflows.compare import FORMATS, CompareOptions
    from ctimaturity.workflows.compare import compare as compare_rounds
    from ctimaturity.workflows.progress_files import write_comparison
    from ctimaturity.workflows.score import ScoreOptions

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    paths = [before, after, *(later or ())]
    if len(label or ()) > len(paths):
        raise typer.BadParameter(_("there are more names than rounds"), param_hint="--label")
    scoring = chosen(ScoreOptions, locals(), language=job.language)
    with job.work(_("Comparing entities")) as advance:
        found = compare_rounds(paths, CompareOptions(scoring, tuple(label or ()), indicative), advance)
        write_comparison(
            found,
            out,
            formats=tuple(dict.fromkeys(form.value for form in formats)) if formats else FORMATS[:4],
            language=job.language,
            dialect=csv_dialect.value,
            theme=theme,
            force=force,
        )
    job.tell(found.diagnostics)
    if not quiet:
        _summary(found, job)
        job.written(out)
    job.end(found.diagnostics)


def _summary(found: Compared, job: Job) -> None:
    if found.indicative is not None:
        _print_indicative(found, found.indicative, job)
    for comparison in found.comparisons:
        _print_comparison(comparison, job)
    for comparison in found.returns:
        _print_returns(comparison, job)


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


def _print_returns(comparison: Comparison, job: Job) -> None:
    """Those who came back after a gap."""
    _print_progress(comparison, comparison.entities, _("Back after a gap"), job)


def _print_progress(comparison: Comparison, returning: Sequence[EntityChange], title: str, job: Job) -> None:
    headers: tuple[tuple[str, str], ...] = (
        ("#", "number"),
        (_("Code"), "whole"),
        (_("Entity"), "left"),
        (_("Before"), "number"),
        (_("After"), "number"),
        (_("Change"), "number"),
        (_("Rank"), "number"),
        (_("own"), "number"),
        (_("others"), "number"),
        (_("in and out"), "number"),
    )
    columns = [
        column
        for column, (label, _side) in enumerate(headers)
        if not (console().width < WIDE and column >= len(headers) - TERMS)
        and not (console().width < NARROW and label in {_("Before"), _("After")})
    ]
    headers = tuple(headers[column] for column in columns)
    lines = [
        tuple(_line(one)[column] for column in columns)
        for one in sorted(returning, key=_by_progress)[:LONGEST]
    ]
    if lines:
        title = f"{title}: {comparison.before.label} → {comparison.after.label}"
        job.table(title, headers, lines)
    if len(returning) > LONGEST:
        job.say(counted("… and {count} more", "… and {count} more", len(returning) - LONGEST))


def _by_progress(one: EntityChange) -> tuple[int, int, str]:
    return (0, one.progress.rank, one.entity.code) if one.progress else (1, 0, one.entity.code)


def _line(one: EntityChange) -> tuple[str, ...]:
    language = terminal_language()
    pair = [
        None if row is None or row.status is not Status.RANKED else row.index
        for row in (one.before, one.after)
    ]
    change = None if pair[0] is None or pair[1] is None else pair[1] - pair[0]
    rank = one.rank
    place = f"{one.progress.rank}{'=' if one.progress.tied else ''}" if one.progress else MISSING
    return (
        place,
        one.entity.code,
        one.entity.name,
        *(number(each, language) for each in pair),
        signed(change),
        MISSING if rank is None else f"{rank.before} → {rank.after}",
        *((MISSING,) * 3 if rank is None else map(_places, (rank.own, rank.others, rank.membership))),
    )


def signed(change: float | None) -> str:
    """A change with its sign."""
    return ("+" if (change or 0) > 0 else "") + number(change, terminal_language())


def _places(gained: int) -> str:
    return f"{gained:+d}".replace("-", "−") if gained else "0"


def _print_indicative(found: Compared, changes: tuple[IndicativeChange, ...], job: Job) -> None:
    language = terminal_language()
    lines = [
        (
            each.code,
            each.name,
            str(each.items),
            number(each.before, language),
            number(each.after, language),
            signed(each.change),
        )
        for each in changes
        if each.measurement == INDEX
    ][:LONGEST]
    headers = (
        (_("Code"), "left"),
        (_("Entity"), "left"),
        (_("Items"), "right"),
        (_("Before"), "right"),
        (_("After"), "right"),
        (_("Change"), "right"),
    )
    job.table(_("Only an indication: matched items, from 0 to 100"), headers, lines)
    job.say(
        _("{count} items are the same in both editions; nothing else is compared.").format(
            count=found.matched
        ),
    )
