"""Which respondents of a survey are left out, as options say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from ctimaturity.survey.quality import QualityRules

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
SECONDS = 2.0

ExcludeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="KIND",
        help=_(
            "Whom of a survey to leave out beside repeated submissions: same-person, duplicates, "
            "straight-lining, too-fast; none leaves nobody out; repeatable."
        ),
    ),
]
SecondsOption = Annotated[
    float,
    typer.Option(
        "--seconds", min=0, metavar="N", help=_("Less than this for each answer of a survey is too fast.")
    ),
]


def quality_rules(exclude: list[str] | None, seconds: float) -> QualityRules:
    """Who stands out, and who is left out.

    A submission that is repeated is one respondent, so it counts once unless `none` was asked for.

    Raises:
        typer.BadParameter: A kind that there is not.
    """
    from ctimaturity.survey.quality import QualityRules, Suspicion

    asked = [kind.strip() for text in exclude or () for kind in text.split(",")]
    unknown = next((kind for kind in asked if kind not in _KINDS), None)
    if unknown is not None:
        message = _("{text} is none of {options}").format(text=unknown, options=", ".join(_KINDS))
        raise typer.BadParameter(message, param_hint="--exclude")
    chosen = set().union(*(_KINDS[kind] for kind in asked), set() if _NOBODY in asked else {_SUBMISSION})
    return QualityRules(exclude=frozenset(map(Suspicion, chosen)), seconds=seconds)
