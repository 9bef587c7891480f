"""Send the survey out where people answer."""

from __future__ import annotations

from pathlib import Path

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.files.atomic import write_file
from ctimaturity.model.canonical import definition_hash
from ctimaturity.survey.form import FormOptions, microsoft_forms, paper_sheet
from ctimaturity.survey.xlsform import xlsform_bytes
from ctimaturity.workflows.definitions import chosen_questionnaire
from ctimaturity.workflows.documents import in_the_way
from ctimaturity.workflows.reading import entity_register

SUFFIXES = {"xlsform": ".xlsx", "msforms": ".txt", "paper": ".html"}
"""By the name of a form."""


def export_survey(
    out: Path | None,
    form: str,
    *,
    questionnaire: str | None = None,
    entities: Path | None = None,
    language: str = "es",
    force: bool = False,
) -> Path:
    """Write a form.

    Args:
        out: The file; `<id>-<edition>` with the form's ending without one.
        form: `xlsform`, `msforms` or `paper`.
        questionnaire: `id@edition` or a path; needed where there are several.
        entities: A list of entities to choose from.
        language: That the form opens in, or is written in.
        force: An existing file may be replaced.

    Returns:
        The file.

    Raises:
        JobError: It cannot be written, and why.
    """
    chosen = chosen_questionnaire(questionnaire)
    problems = []
    if not chosen.surveys:
        problems.append(Diagnostic(codes.SURVEY_NOT_ASKED, parameters={"questionnaire": chosen.key}))
    if language not in chosen.languages:
        languages = {"language": language, "languages": ", ".join(chosen.languages)}
        problems.append(Diagnostic(codes.TEMPLATE_LANGUAGE_MISSING, parameters=languages))
    path = out or Path(f"{chosen.id}-{chosen.edition}{SUFFIXES[form]}")
    problems += in_the_way(path, force=force)
    if problems:
        raise JobError(problems)
    listed = entity_register(entities).under(chosen).listed
    options = FormOptions(definition_hash(chosen), language, tuple(listed.entities.values()))
    if form == "xlsform":
        write_file(path, xlsform_bytes(chosen, options))
    else:
        text = paper_sheet(chosen, options) if form == "paper" else microsoft_forms(chosen, options)
        write_file(path, text.encode())
    return path
