"""`cti explain` and `cti explain-code`."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import NOT_DONE, say
from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.assessment import Assessment


PathArgument = Annotated[
    Path, typer.Argument(metavar="PATH", help=_("A returned workbook, a folder of them, or a result folder."))
]
NodeArgument = Annotated[
    str | None, typer.Argument(metavar="NODE", help=_("Id of a node or item; the whole index without one."))
]
EntityOption = Annotated[
    str | None,
    typer.Option("--entity", metavar="CODE", help=_("Which entity, where there are several.")),
]
FormatOption = Annotated[
    shared.TextOrJson, typer.Option("--format", "-f", help=_("How the tree is written."))
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="ITEM[.PART]=ANSWER",
        help=_("What if this item had this answer (C-07-b=1, R-HAB-03.value=3.2); repeatable."),
    ),
]
DepthOption = Annotated[
    int | None, typer.Option("--depth", min=0, metavar="N", help=_("How many floors below the top to show."))
]


def explain(
    path: PathArgument,
    node: NodeArgument = None,
    entity: EntityOption = None,
    questionnaire: shared.QuestionnaireOption = None,
    entities: shared.EntitiesOption = None,
    measurements: shared.MeasurementsOption = None,
    results_basis: shared.BasisOption = None,
    reference: shared.ReferenceOption = None,
    statistics: shared.StatisticsOption = None,
    round_label: shared.RoundOption = None,
    keep: shared.KeepOption = None,
    rulings: shared.RulingsOption = None,
    survey: shared.SurveyOption = None,
    exclude: shared.ExcludeOption = None,
    seconds: shared.SecondsOption = shared.SECONDS,
    settings: SetOption = None,
    depth: DepthOption = None,
    output_format: FormatOption = "text",
    language: shared.LanguageOption = None,
    jobs: shared.JobsOption = None,
    limit: shared.LimitOption = None,
) -> None:
    """Show the tree of one entity's score, every number with its rule, weight, coverage and bounds."""
    from ctimaturity.reporting.explanation_text import render_tree
    from ctimaturity.workflows.explain import explained
    from ctimaturity.workflows.options import ScoreOptions
    from ctimaturity.workflows.score import load_or_score

    job = Job(language)
    options = chosen(ScoreOptions, locals())
    with job.work():
        # What if is told with the rank that it would give, for which everybody is needed.
        assessment = load_or_score(path, options, None if settings else entity)
    code = _chosen(assessment, entity)
    words = job.language_of(output_format)
    with job.work():
        explanation, found = explained(assessment, code, node, words, settings or ())
    if explanation is None or not explanation.branches:
        _refuse_node(assessment, node)
    job.tell(found)
    typer.echo(render_tree(explanation, output_format, words, depth), nl=False)
    job.end()


def _chosen(assessment: Assessment, wanted: str | None) -> str:
    from ctimaturity.workflows.explain import chosen_entity

    code = chosen_entity(assessment, wanted)
    if code is not None:
        return code
    codes = ", ".join(row.entity.code for row in assessment.index.rows)
    if wanted is None:
        said = _("There are several entities; name one with --entity: {codes}")
    else:
        said = _("There is no entity {code} here; there are: {codes}")
    say(said.format(code=wanted, codes=codes))
    raise typer.Exit(NOT_DONE)


def _refuse_node(assessment: Assessment, node: str | None) -> NoReturn:
    known = sorted({place.node for place in assessment.index.table.places})
    _refuse(_("The questionnaire has no node or item {node}.").format(node=node), str(node), known)


def _refuse(said: str, wanted: str, known: Iterable[str]) -> NoReturn:
    """Say that there is no such thing, and what was perhaps meant."""
    say(said)
    if near := get_close_matches(wanted, known, n=3):
        say(_("Did you mean {near}?").format(near=", ".join(near)))
    raise typer.Exit(NOT_DONE)


def explain_code(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A code such as A203, or its name."))],
    language: shared.LanguageOption = None,
) -> None:
    """Print the page of a diagnostic code."""
    from ctimaturity.workflows.code_page import code_named, page

    known = code_named(code)
    if known is None:
        from ctimaturity.diagnostics.catalogue import all_codes

        _refuse(_("There is no code {code}.").format(code=code), code.upper(), all_codes())
    typer.echo(page(known, Job(language).language_of("text")), nl=False)
