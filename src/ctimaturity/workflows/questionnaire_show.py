"""Show a definition: its tree with weights, and the booklet for those who review its wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.definitions.library import Library
from ctimaturity.files.atomic import write_file
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.reporting.booklet import render_booklet
from ctimaturity.reporting.definition_tree import Definition
from ctimaturity.scoring.nominal import nominal_shares
from ctimaturity.scoring.plan import compile_plan

if TYPE_CHECKING:
    from pathlib import Path


def definition_of(reference: str) -> Definition:
    """The definition a user names, with hashes and shares of the index.

    Raises:
        JobError: There is none, or it has mistakes.
    """
    questionnaire = Library().find(reference)
    plan = compile_plan(questionnaire)
    shares = {
        (plan.places[column].measurement, plan.places[column].node): share
        for column, share in nominal_shares(plan).items()
    }
    return Definition(questionnaire, definition_hash(questionnaire), scoring_hash(questionnaire), shares)


def write_booklet(definition: Definition, file: Path, language: str) -> None:
    """Write the booklet as Markdown (`.md`) or as a page (any other suffix).

    Raises:
        JobError: It cannot be written.
    """
    form = "md" if file.suffix == ".md" else "html"
    text = render_booklet(definition.questionnaire, definition.definition_hash, form, language)
    write_file(file, text.encode())
