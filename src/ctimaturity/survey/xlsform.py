"""The survey as an XLSForm, for KoboToolbox, ODK and whatever else reads one."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ctimaturity.model.text import in_language
from ctimaturity.survey import words
from ctimaturity.survey.columns import DEFINITION_FIELD
from ctimaturity.survey.identity import form_identity, form_version
from ctimaturity.survey.sections import sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire

_LANGUAGES = {"es": "Español (es)", "en": "English (en)"}
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001  (the same archive whenever it is made)

Row = dict[str, str]


@dataclass(frozen=True)
class FormOptions:
    """How a form is made.

    Attributes:
        definition_hash: Of the questionnaire.
        language: That the form opens in.
        entities: Entities to choose from; a text field for the code without any.
    """

    definition_hash: str
    language: str = "es"
    entities: Sequence[Entity] = ()


def xlsform_bytes(questionnaire: Questionnaire, options: FormOptions) -> bytes:
    """The form as a workbook with the sheets survey, choices and settings."""
    import xlsxwriter

    stream = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, settings) as book:
        book.set_properties({"created": _CREATED, "author": "ctimaturity"})
        for name, rows in xlsform(questionnaire, options).items():
            sheet = book.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column)
                for line, row in enumerate(rows, 1):
                    if row.get(column):
                        sheet.write_string(line, at, row[column])
            sheet.freeze_panes(1, 0)
    return stream.getvalue()


def xlsform(questionnaire: Questionnaire, options: FormOptions) -> dict[str, list[Row]]:
    """The rows of the three sheets, by column."""
    form = _Form(questionnaire, options)
    identity = form_identity(questionnaire, options.definition_hash)
    survey: list[Row] = [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        {"type": "calculate", "name": DEFINITION_FIELD, "calculation": f"'{identity}'"},
        form.row("note", "welcome", questionnaire.title),
        form.row("select_one yes_no", "consent", words.consent(), required="yes"),
        form.row(
            "note",
            "closing",
            words.words("Thank you. Without your consent there is nothing more to answer."),
            relevant="${consent} = 'no'",
        ),
        form.group("opening", questionnaire.title, "field-list", relevant="${consent} = 'yes'"),
        form.row("select_one segment", "segment", words.segment_question(), required="yes"),
        form.entity(),
        {"type": "end_group"},
    ]
    for section in sections(questionnaire):
        survey.append(form.group(section.id, section.title, "table-list", relevant="${consent} = 'yes'"))
        survey += [form.row(f"select_one {section.scale}", item.id, item.text) for item in section.items]
        survey.append({"type": "end_group"})
    return {"survey": survey, "choices": form.choices(), "settings": [form.settings()]}


class _Form:
    def __init__(self, questionnaire: Questionnaire, options: FormOptions) -> None:
        self._questionnaire = questionnaire
        self._options = options
        self._languages = {each: _LANGUAGES.get(each, f"{each} ({each})") for each in questionnaire.languages}

    def labels(self, text: Mapping[str, str], column: str = "label") -> Row:
        """A text in the column of each language."""
        return {
            f"{column}::{name}": in_language(dict(text), language)
            for language, name in self._languages.items()
        }

    def row(self, kind: str, name: str, text: Mapping[str, str], **more: str) -> Row:
        """A question or note."""
        return {"type": kind, "name": name, **self.labels(text), **more}

    def group(self, name: str, text: Mapping[str, str], appearance: str, relevant: str) -> Row:
        """The begin of a page."""
        return self.row("begin_group", name, text, appearance=appearance, relevant=relevant)

    def entity(self) -> Row:
        """The question about the entity: a list, or a field for its code."""
        if self._options.entities:
            return self.row("select_one entity", "entity_code", words.entity_question(), required="yes")
        hint = self.labels(words.words("The code of the entity, such as 05001."), "hint")
        return self.row("text", "entity_code", words.entity_question(), required="yes") | hint

    def choices(self) -> list[Row]:
        """All closed answers."""
        found = [("yes_no", "yes", words.words("Yes")), ("yes_no", "no", words.words("No"))]
        found += [("segment", segment.id, segment.label) for segment in self._questionnaire.segments]
        for entity in self._options.entities:
            found.append(
                ("entity", entity.code, dict.fromkeys(self._languages, f"{entity.code} {entity.name}"))
            )
        for scale_id in dict.fromkeys(section.scale for section in sections(self._questionnaire)):
            scale = self._questionnaire.scales[scale_id]
            found += [(scale_id, option.code, option.label) for option in scale.options]
            if scale.dont_know is not None:
                found.append((scale_id, scale.dont_know.code, scale.dont_know.label))
        return [{"list_name": name, "name": code, **self.labels(label)} for name, code, label in found]

    def settings(self) -> Row:
        """Title, id, version and language of the form."""
        questionnaire, options = self._questionnaire, self._options
        return {
            "form_title": in_language(questionnaire.title, options.language),
            "form_id": f"{questionnaire.id}_{questionnaire.edition}".replace("-", "_"),
            "version": form_version(questionnaire, options.definition_hash),
            "default_language": self._languages.get(options.language, next(iter(self._languages.values()))),
            "style": "pages",
        }
