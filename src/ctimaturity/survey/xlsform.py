"""The survey as an XLSForm, for KoboToolbox, ODK and whatever else reads one."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import words
from ctimaturity.model.text import in_language
from ctimaturity.survey.columns import DEFINITION_FIELD
from ctimaturity.survey.form import (
    consent,
    entity_question,
    form_identity,
    form_pages,
    form_version,
    segment_question,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.survey.form import FormOptions

_LANGUAGES = {"es": "Español (es)", "en": "English (en)"}
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001  (the same archive whenever it is made)

Row = dict[str, str]


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
        form.row("select_one yes_no", "consent", consent(), required="yes"),
        form.row(
            "note",
            "closing",
            words("Thank you. Without your consent there is nothing more to answer."),
            relevant="${consent} = 'no'",
        ),
        form.group("opening", questionnaire.title, "field-list"),
        form.row("select_one segment", "segment", segment_question(), required="yes"),
        form.entity(),
        {"type": "end_group"},
    ]
    for page in form_pages(questionnaire):
        survey.append(form.group(page.id, page.title, "table-list"))
        survey += [form.row(f"select_one {page.scale}", item.id, item.text) for item in page.items]
        survey.append({"type": "end_group"})
    return {"survey": survey, "choices": form.choices(), "settings": [form.settings()]}


class _Form:
    def __init__(self, questionnaire: Questionnaire, options: FormOptions) -> None:
        self._questionnaire = questionnaire
        self._options = options
        self._languages = {code: _LANGUAGES.get(code, f"{code} ({code})") for code in questionnaire.languages}

    def labels(self, text: Mapping[str, str], column: str = "label") -> Row:
        """A text in the column of each language."""
        return {
            f"{column}::{name}": in_language(dict(text), language)
            for language, name in self._languages.items()
        }

    def row(self, kind: str, name: str, text: Mapping[str, str], **more: str) -> Row:
        """A question or note."""
        return {"type": kind, "name": name, **self.labels(text), **more}

    def group(self, name: str, text: Mapping[str, str], appearance: str) -> Row:
        """The begin of a page, which only who agrees to take part sees."""
        return self.row("begin_group", name, text, appearance=appearance, relevant="${consent} = 'yes'")

    def entity(self) -> Row:
        """The question about the entity: a list, or a field for its code."""
        if self._options.entities:
            return self.row("select_one entity", "entity_code", entity_question(), required="yes")
        hint = self.labels(words("The code of the entity, such as 05001."), "hint")
        return self.row("text", "entity_code", entity_question(), required="yes") | hint

    def choices(self) -> list[Row]:
        """All closed answers."""
        listed = [("yes_no", "yes", words("Yes")), ("yes_no", "no", words("No"))]
        listed += [("segment", segment.id, segment.label) for segment in self._questionnaire.segments]
        listed += [
            ("entity", entity.code, dict.fromkeys(self._languages, f"{entity.code} {entity.name}"))
            for entity in self._options.entities
        ]
        for scale_id in dict.fromkeys(page.scale for page in form_pages(self._questionnaire)):
            scale = self._questionnaire.scales[scale_id]
            listed += [(scale_id, answer.code, answer.label) for answer in scale.offered]
        return [{"list_name": name, "name": code, **self.labels(label)} for name, code, label in listed]

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
