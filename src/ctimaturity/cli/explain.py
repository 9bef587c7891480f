"""`cti explain`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ctimaturity.cli import options as shared
from ctimaturity.cli.exclusion import SECONDS, ExcludeOption, SecondsOption
from ctimaturity.cli.job import Job, chosen
from ctimaturity.cli.show import NOT_DONE, say
from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment


class TreeFormat(StrEnum):
    """How the tree is written."""

    TEXT = "text"
    JSON = "json"


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
FormatOption = Annotated[TreeFormat, typer.Option("--format", "-f", help=_("How the tree is written."))]
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
    exclude: ExcludeOption = None,
    seconds: SecondsOption = SECONDS,
    settings: SetOption = None,
    depth: DepthOption = None,
    output_format: FormatOption = TreeFormat.TEXT,
    language: shared.LanguageOption = None,
    jobs: shared.JobsOption = None,
    limit: shared.LimitOption = None,
) -> None:
    """Show the tree of one entity's score, every number with its rule, weight, coverage and bounds."""
    from ctimaturity.reporting.explanation_text import render_tree
    from ctimaturity.workflows.explain import explained
    from ctimaturity.workflows.score import ScoreOptions, load_or_score

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
    typer.echo(render_tree(explanation, output_format.value, words, depth), nl=False)
    job.end()


def _chosen(assessment: Assessment, wanted: str | None) -> str:
    from ctimaturity.workflows.explain import chosen_entity

    code = chosen_entity(assessment, wanted)
    if code is not None:
        return code
    codes = ", ".join(row.entity.code for row in assessment.index.rows)
    if wanted is None:
        say(_("There are several entities; name one with --entity: {codes}").format(codes=codes))
    else:
        say(_("There is no entity {code} here; there are: {codes}").format(code=wanted, codes=codes))
    raise typer.Exit(NOT_DONE)


def _refuse_node(assessment: Assessment, node: str | None) -> NoReturn:
    from difflib import get_close_matches

    known = sorted({place.node for place in assessment.index.table.places})
    near = get_close_matches(str(node), known, n=3)
    say(_("The questionnaire has no node or item {node}.").format(node=node))
    if near:
        say(_("Did you mean {near}?").format(near=", ".join(near)))
    raise typer.Exit(NOT_DONE)
