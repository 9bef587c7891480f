"""`cti survey export|import|check|sample-size`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import tally_line
from ctimaturity.cli.words import _, terminal_language

if TYPE_CHECKING:
    from ctimaturity.scoring.estimates import Estimate
    from ctimaturity.workflows.survey_check import SurveyCheck
    from ctimaturity.workflows.survey_import import SurveyImport

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


FilesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="[CODE=]FILE...", help=_("Exports of the survey; the code of the entity may be given.")
    ),
]
EntityOption = Annotated[
    str | None, typer.Option("--entity", metavar="CODE", help=_("The entity that all files are about."))
]
OutOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help=_("Folder of the import: new, empty or one of ours.")),
]


@app.command("export", help=_("Write the form: for KoboToolbox or ODK, Microsoft Forms, or paper."))
def export(
    form: Annotated[
        Literal["xlsform", "msforms", "paper"],
        typer.Option("--format", "-f", help=_("What the survey goes out as.")),
    ] = "xlsform",
    questionnaire: shared.QuestionnaireOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help=_("The file to write."))
    ] = None,
    entities: shared.EntitiesOption = None,
    language: shared.LanguageOption = None,
    force: shared.ReplaceOption = False,
    quiet: shared.QuietOption = False,
) -> None:
    """Write the form."""
    from ctimaturity.workflows.survey_export import export_survey

    job = Job(language, quiet=quiet)
    with job.work():
        path = export_survey(
            out,
            form,
            questionnaire=questionnaire,
            entities=entities,
            language=job.language,
            force=force,
        )
    job.written(path)
    job.end()


@app.command("import", help=_("Read exports into counts, means with their errors, and findings."))
def import_(
    files: FilesArgument,
    questionnaire: shared.QuestionnaireOption = None,
    out: OutOption = Path("cti-survey"),
    entities: shared.EntitiesOption = None,
    entity: EntityOption = None,
    exclude: shared.ExcludeOption = None,
    seconds: shared.SecondsOption = shared.SECONDS,
    products: Annotated[
        bool, typer.Option("--products", help=_("Also write the sums of products, by which parts merge."))
    ] = False,
    language: shared.LanguageOption = None,
    csv_dialect: shared.DialectOption = "standard",
    findings_format: shared.FindingsOption = "text",
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    force: shared.ForceOption = False,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Read exports into counts, means with their errors, and findings."""
    from ctimaturity.workflows.survey_import import SurveyOptions, import_surveys

    job = Job(language, findings_format, strict=strict, quiet=quiet, no_color=no_color)
    options = chosen(SurveyOptions, locals(), language=job.language)
    with job.work(_("Reading surveys")) as advance:
        read = import_surveys(files, options, advance)
        read.write(out)
    job.tell(read.diagnostics, read.surveys.given)
    if not quiet:
        _print_import(read, job)
        job.say(tally_line(read.diagnostics))
        job.written(out / "tallies.csv")
    job.end(read.diagnostics)


def _print_import(read: SurveyImport, job: Job) -> None:
    from ctimaturity.language.numbers import number

    language = terminal_language()
    wholes = [
        (f"{code} {read.surveys.entities[code].entity.name}", estimate)
        for (code, measurement), estimates in read.estimates.items()
        for estimate in estimates
        if estimate.node == measurement and estimate.segment == "all"
    ]

    def interval(row: tuple[str, Estimate]) -> str:
        low, high = row[1].low, row[1].high
        return "–" if low is None else f"{number(low, language)} – {number(high, language)}"

    columns = (
        (_("Entity"), "left", lambda row: row[0]),
        (_("Respondents"), "right", lambda row: str(row[1].respondents)),
        (_("Mean"), "right", lambda row: number(row[1].mean, language)),
        (_("Standard error"), "right", lambda row: number(row[1].standard_error, language)),
        (_("95 % interval"), "right", interval),
    )
    job.table(_("Surveys"), wholes, columns)


@app.command("check", help=_("Hold the response by segment against what is wanted."))
def check(
    files: FilesArgument,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    entity: EntityOption = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            metavar="[SEGMENT=]N",
            help=_("Respondents wanted of each segment, or of one; repeatable."),
        ),
    ] = None,
    few: Annotated[
        str, typer.Option("--warn-below", metavar="N,N,N", help=_("Respondents below which to warn."))
    ] = "50,70,120",
    exclude: shared.ExcludeOption = None,
    seconds: shared.SecondsOption = shared.SECONDS,
    output_format: shared.FindingsShownOption = "text",
    language: shared.LanguageOption = None,
    strict: shared.StrictOption = False,
    jobs: shared.JobsOption = None,
    quiet: shared.QuietOption = False,
    no_color: shared.NoColorOption = False,
) -> None:
    """Hold the response by segment against what is wanted."""
    from ctimaturity.workflows.survey_check import Expectation, check_surveys
    from ctimaturity.workflows.survey_import import SurveyOptions

    job = Job(language, output_format, strict=strict, quiet=quiet, no_color=no_color, stderr=False)
    options = chosen(SurveyOptions, locals(), language=job.language)
    thresholds = tuple(_whole(part, "--warn-below") for part in few.split(","))
    expectation = Expectation(thresholds, tuple(_pair(each, "--target") for each in target or ()))
    with job.work(_("Reading surveys")) as advance:
        response = check_surveys(files, options, expectation, advance)
    job.tell(response.diagnostics, response.given)
    if not quiet:
        _print_response(response, job)
        job.say(tally_line(response.diagnostics))
    job.end(response.diagnostics)


def _print_response(response: SurveyCheck, job: Job) -> None:
    from ctimaturity.language.numbers import percent

    language = terminal_language()
    # The name once for each entity: beside every segment it would leave no room for the numbers.
    first = {row.entity: row for row in reversed(response.rows)}
    columns = (
        (
            _("Entity"),
            "left",
            lambda row: f"{row.entity}\n{row.name}" if row.name and first[row.entity] is row else row.entity,
        ),
        (_("Segment"), "whole", lambda row: row.segment),
        (_("Respondents"), "right", lambda row: str(row.respondents)),
        (_("Target"), "number", lambda row: "–" if row.target is None else str(row.target)),
        (_("Share"), "number", lambda row: percent(row.share, language)),
        (_("Expected share"), "right", lambda row: percent(row.expected, language)),
    )
    job.table(_("Response"), response.rows, columns)


def _pair(text: str, option: str) -> tuple[str, int]:
    segment, sign, number = text.rpartition("=")
    return (segment.strip() if sign else "", _whole(number, option))


def _whole(text: str, option: str) -> int:
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit():
        raise typer.BadParameter(_("{text} is not a whole number").format(text=plain), param_hint=option)
    return int(plain)


@app.command(
    "sample-size",
    help=_(
        "Answers that a survey needs: n0 = z^2 p (1 - p) / e^2, then n = n0 / (1 + (n0 - 1) / N), "
        "rounded up; z from the confidence, e the margin, p the proportion, N the population."
    ),
)
def sample_size_(
    population: Annotated[
        list[str] | None,
        typer.Option(
            "--population", metavar="[SEGMENT=]N", help=_("People, in all or of a segment; repeatable.")
        ),
    ] = None,
    margin: Annotated[
        float,
        typer.Option("--margin", min=0.0001, max=0.9999, metavar="E", help=_("Half the interval: 0.05.")),
    ] = 0.05,
    confidence: Annotated[
        float, typer.Option("--confidence", min=0.5, max=0.9999, help=_("Of the interval: 0.95."))
    ] = 0.95,
    proportion: Annotated[
        float,
        typer.Option("--proportion", min=0.0001, max=0.9999, help=_("That is expected; 0.5 asks most.")),
    ] = 0.5,
    by_segment: Annotated[
        bool, typer.Option("--by-segment", help=_("The margin holds in each segment, not only in all."))
    ] = False,
    output_format: Annotated[
        shared.TextOrJson, typer.Option("--format", "-f", help=_("How the sizes are written."))
    ] = "text",
) -> None:
    """Say how many answers a survey needs."""
    from ctimaturity.scoring.sample_size import Precision, allocation, sample_size

    precision = Precision(margin, confidence, proportion)
    people = dict(_pair(each, "--population") for each in population or ())
    if not all(people.values()):
        raise typer.BadParameter(_("a population has one person at least"), param_hint="--population")
    segments = {name: count for name, count in people.items() if name}
    everyone = people.get("", sum(segments.values())) or None
    if by_segment and not segments:
        raise typer.BadParameter(_("give the people of each segment"), param_hint="--population")
    if by_segment:
        sizes = {name: sample_size(count, precision) for name, count in segments.items()}
    else:
        total = sample_size(everyone, precision)
        sizes = allocation(total, segments) if segments else {"all": total}
    if len(sizes) > 1:
        sizes["all"] = sum(sizes.values())
    if output_format == "json":
        typer.echo(json.dumps(sizes, ensure_ascii=False))
    else:
        for name, size in sizes.items():
            typer.echo(f"{name}\t{size}")
