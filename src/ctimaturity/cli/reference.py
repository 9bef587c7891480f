"""`cti reference new|calibrate|check|show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import tally_line
from ctimaturity.cli.words import _
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.model.rule import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.workflows.reference import ReferenceFile

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=_("A reference file: YAML, CSV or xlsx."))]
OutOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="FILE", help=_("The file to write: YAML, or CSV by its name."))
]
NameOption = Annotated[
    str,
    typer.Option("--id", metavar="ID", help=_("What outputs call it: letters, digits, dots and hyphens.")),
]


@app.command("new", help=_("Write a reference file with a range for each indicator, to be filled in."))
def new(
    out: OutOption = Path("reference.yaml"),
    questionnaire: shared.QuestionnaireOption = None,
    name: NameOption = "ranges",
    language: shared.LanguageOption = None,
    force: shared.ReplaceOption = False,
    quiet: shared.QuietOption = False,
) -> None:
    """Write a reference file to be filled in."""
    from ctimaturity.workflows.reference import new_reference

    job = Job(language, quiet=quiet)
    with job.work():
        new_reference(out, questionnaire=questionnaire, name=name, language=job.language, force=force)
    job.written(out)
    job.end()


@app.command("calibrate", help=_("Make ranges from a baseline sample, or from goals, with a report beside."))
def calibrate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...", help=_("Workbooks or folders of them, or a result folder: the sample.")
        ),
    ] = None,
    method: Annotated[
        Literal["sd", "quantile", "goal"],
        typer.Option("--method", help=_("sd: mean and deviations; quantile: equal parts; goal: --goals.")),
    ] = "quantile",
    out: OutOption = Path("reference.yaml"),
    goals: Annotated[
        Path | None,
        typer.Option("--goals", metavar="FILE", help=_("Table with the columns item, floor and goal.")),
    ] = None,
    by: Annotated[
        str,
        typer.Option("--by", metavar="COLUMN", help=_("Also within this column of the list of entities.")),
    ] = "",
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    keep: shared.KeepOption = None,
    name: NameOption = "ranges",
    version: Annotated[
        str, typer.Option("--version", metavar="N.N.N", help=_("The version of the ranges."))
    ] = "1.0.0",
    language: shared.LanguageOption = None,
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    force: shared.ReplaceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Make ranges from a baseline sample."""
    from ctimaturity.scoring.calibration import CutMethod
    from ctimaturity.workflows.calibration import CalibrationOptions
    from ctimaturity.workflows.calibration import calibrate as make_ranges
    from ctimaturity.workflows.options import ReadingOptions

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    options = CalibrationOptions(
        method=CutMethod(method),
        reading=chosen(ReadingOptions, locals()),
        goals=goals,
        by=by,
        name=name,
        version=version,
        language=job.language,
        force=force,
    )
    if not paths and method != "goal":
        raise typer.BadParameter(_("name the workbooks or the results of the sample"), param_hint="PATH...")
    with job.work(_("Reading workbooks")) as advance:
        made = make_ranges(paths or [], out, options, advance)
    job.tell(made.diagnostics)
    job.written(out, made.report)
    job.end(made.diagnostics)


@app.command("check", help=_("List every mistake of a reference file, and what is doubtful about it."))
def check(
    file: FileArgument,
    questionnaire: shared.QuestionnaireOption = None,
    output_format: shared.FindingsShownOption = "text",
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """List every mistake of a reference file."""
    job = Job(language, output_format, strict=strict, quiet=quiet, no_color=no_color, stderr=False)
    opened = _opened(file, questionnaire, job)
    job.tell(opened.diagnostics)
    job.say(tally_line(opened.diagnostics))
    if opened.reference is not None:
        text = _("{name}: {count} ranges, hash {digest}")
        about = {"name": opened.reference.name, "count": len(opened.reference.ranges)}
        job.say(text.format(**about, digest=opened.reference.digest))
    job.end(opened.diagnostics)


@app.command("show", help=_("Show the ranges of a reference file, or those of one indicator."))
def show(
    file: FileArgument,
    item: Annotated[
        str | None, typer.Argument(metavar="[ITEM]", help=_("Id of an indicator; all without it."))
    ] = None,
    questionnaire: shared.QuestionnaireOption = None,
    output_format: Annotated[
        shared.TextOrJson, typer.Option("--format", "-f", help=_("Lines for people, or the canonical form."))
    ] = "text",
    language: shared.LanguageOption = None,
) -> None:
    """Show the ranges of a reference file."""
    job = Job(language)
    opened = _opened(file, questionnaire, job)
    job.tell(opened.diagnostics)
    if opened.reference is not None:
        if item is not None and not any(range_.item == item for range_ in opened.reference.ranges):
            _refuse_item(item, [range_.item for range_ in opened.reference.ranges])
        if output_format == "json":
            typer.echo(opened.canonical.decode())
        else:
            for line in _lines(opened, item, job.language_of("text")):
                typer.echo(visible(line))
    job.end(opened.diagnostics)


def _refuse_item(item: str, known: list[str]) -> NoReturn:
    from ctimaturity.language.folding import nearest

    near = nearest(item, known)
    text = _("The file has no range for {item}.").format(item=item)
    raise typer.BadParameter(f"{text} {near}?" if near else text, param_hint="ITEM")


def _opened(file: Path, questionnaire: str | None, job: Job) -> ReferenceFile:
    from ctimaturity.workflows.reference import open_reference

    with job.work():
        return open_reference(file, questionnaire)


def _lines(opened: ReferenceFile, item: str | None, language: str) -> Iterator[str]:
    """Each range with the name of its indicator."""
    from ctimaturity.language.catalogue import translate
    from ctimaturity.model.number import decimal_text
    from ctimaturity.model.text import in_language

    if opened.questionnaire is None or opened.reference is None:
        return
    items = opened.questionnaire.item_by_id
    point = "," if language == "es" else "."
    for range_ in opened.reference.ranges:
        if item not in {None, range_.item}:
            continue
        cuts = " | ".join(decimal_text(cut).replace(".", point) for cut in range_.cuts)
        higher = range_.direction is Direction.HIGHER
        facts = (
            f"{range_.grouping} = {range_.group}" if range_.grouping else "",
            translate("higher is better" if higher else "lower is better", language),
            translate("a value on a cut gets the worse mark", language) if range_.worse_on_cut else "",
            f"{range_.source} {range_.year or ''}".strip(),
        )
        text = in_language(items[range_.item].text, language)
        yield f"{range_.item}  {cuts or translate('yes or no', language)}  ({range_.unit})  {text}"
        yield f"    {'; '.join(fact for fact in facts if fact)}"
