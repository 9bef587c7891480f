"""What was answered the round before, as the grey cells beside the empty ones show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate
from ctimaturity.model.number import decimal_text
from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.choice import scale_choices
from ctimaturity.workbook.column import ANSWER, CRITERION, OWN_MARK, VALUE, mark_scales

if TYPE_CHECKING:
    from decimal import Decimal

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers, Response


def previous_answers(
    questionnaire: Questionnaire, answers: EntityAnswers, language: str
) -> dict[str, dict[str, str]]:
    """The answers of an entity in words: by item id and id of the entry that they were written into.

    Args:
        questionnaire: The definition that was answered, which may be an earlier version.
        answers: The answers that counted.
        language: Of labels and numbers.
    """
    shown = _Wording(questionnaire, language)
    return {
        item.id: shown.entries(measurement, item, answers.responses.get(item.id))
        for measurement in questionnaire.measurements
        if measurement.collects is not Collects.RESPONDENTS
        for item in measurement.items
        if questionnaire.applies(item, answers.entity.type, answers.entity.code)
    }


class _Wording:
    """How the answers of a questionnaire are said."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.language = language
        self.choices = {
            name: {choice.code: choice for choice in scale_choices(scale)}
            for name, scale in questionnaire.scales.items()
        }
        self.reasons = {
            reason.id: in_language(reason.label, language) for reason in questionnaire.no_data_reasons
        }

    def entries(self, measurement: Measurement, item: Item, response: Response | None) -> dict[str, str]:
        """What was written, by the id of the entry."""
        indicator = measurement.collects is Collects.INDICATORS
        if response is None or response.state is State.BLANK:
            return {VALUE if indicator else ANSWER: translate("not answered", self.language)}
        if not indicator:
            return {ANSWER: self._answer(item, response)}
        marks = {CRITERION: response.criterion, OWN_MARK: response.own_mark}
        scales = mark_scales(measurement)
        return {
            VALUE: self._value(response),
            **{mark: self._label(scales.get(mark, ""), code) for mark, code in marks.items()},
        }

    def _label(self, scale: str, code: str) -> str:
        choice = self.choices.get(scale, {}).get(code)
        return choice.shown(self.language) if choice else code

    def _answer(self, item: Item, response: Response) -> str:
        if response.state is State.NOT_APPLICABLE:
            codes = (code for code, choice in self.choices[item.scale].items() if choice.not_applicable)
            return self._with_reason(self._label(item.scale, next(codes, "")), response)
        if response.number is not None:
            return self._number(response.number)
        return self._label(item.scale, response.option)

    def _value(self, response: Response) -> str:
        if response.state is State.NO_DATA:
            return self._with_reason(translate("no data", self.language), response)
        if response.value is None:
            return ""
        years = [] if response.value_before is None else [self._number(response.value_before)]
        value = " → ".join([*years, self._number(response.value)])
        return f"{value} ({response.year})" if response.year is not None else value

    def _with_reason(self, text: str, response: Response) -> str:
        reason = self.reasons.get(response.reason, response.reason)
        return f"{text}: {reason}" if reason else text

    def _number(self, value: Decimal) -> str:
        text = decimal_text(value)
        return text.replace(".", ",") if self.language == "es" else text
