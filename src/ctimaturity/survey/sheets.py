"""The survey as a document: a sheet to print, and a text to paste into Microsoft Forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.model.text import in_language
from ctimaturity.survey import words
from ctimaturity.survey.identity import form_identity
from ctimaturity.survey.sections import sections

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.scale import Scale
    from ctimaturity.survey.xlsform import FormOptions

_TEMPLATES = Path(__file__).with_name("templates")


def paper_sheet(questionnaire: Questionnaire, options: FormOptions) -> str:
    """A printable page (HTML); each statement with its id, so that answers can be typed in by it."""
    return _rendered("paper.html.j2", questionnaire, options, coded=True)


def microsoft_forms(questionnaire: Questionnaire, options: FormOptions) -> str:
    """A text with one question after the other; statements exactly as exports will have them."""
    return _rendered("msforms.txt.j2", questionnaire, options, coded=False)


def _rendered(template: str, questionnaire: Questionnaire, options: FormOptions, *, coded: bool) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=coded,  # noqa: S701  (the other one is plain text, where nothing is escaped)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    language = options.language
    return environment.get_template(template).render(
        language=language,
        title=in_language(questionnaire.title, language),
        identity=form_identity(questionnaire, options.definition_hash),
        consent=words.consent()[language],
        yes=words.words("Yes")[language],
        no=words.words("No")[language],
        segment_question=words.segment_question()[language],
        segments=[in_language(segment.label, language) for segment in questionnaire.segments],
        entity_question=words.entity_question()[language],
        choose_one=words.words("Mark one answer in each row.")[language],
        sections=[
            {
                "title": section.title[language],
                "answers": _options(questionnaire.scales[section.scale], language, coded=coded),
                "statements": [
                    {"id": item.id, "text": in_language(item.text, language)} for item in section.items
                ],
            }
            for section in sections(questionnaire)
        ],
    )


def _options(scale: Scale, language: str, *, coded: bool) -> list[str]:
    choices = [(option.code, option.label) for option in scale.options]
    if scale.dont_know is not None:
        choices.append((scale.dont_know.code, scale.dont_know.label))
    labels = [(code, in_language(label, language)) for code, label in choices]
    return [f"{code} - {label}" if coded else label for code, label in labels]
