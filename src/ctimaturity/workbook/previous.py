"""What was answered the round before, as the grey cells beside the empty ones show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import translate
from ctimaturity.model.number import decimal_text
from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.choice import scale_choices
from ctimaturity.workbook.column import ANSWER, CRITERION, OWN_MARK, VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    shown = _Shown(questionnaire, language)
    return {
        item.id: dict(shown.entries(measurement, item, answers.responses.get(item.id)))
        for measurement in questionnaire.measurements
        if measurement.collects is not Collects.RESPONDENTS
        for item in measurement.items
        if questionnaire.applies(item, answers.entity.type, answers.entity.code)
    }


class _Shown:
    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.language = language
        self.labels = {
            name: {choice.code: choice.shown(language) for choice in scale_choices(scale)}
            for name, scale in questionnaire.scales.items()
        }
        self.not_applicable = {
            name: scale.not_applicable.code
            for name, scale in questionnaire.scales.items()
            if scale.not_applicable is not None
        }
        self.reasons = {
            reason.id: in_language(reason.label, language) for reason in questionnaire.no_data_reasons
        }

    def entries(
        self, measurement: Measurement, item: Item, response: Response | None
    ) -> Iterator[tuple[str, str]]:
        indicator = measurement.collects is Collects.INDICATORS
        if response is None or response.state is State.BLANK:
            yield (VALUE if indicator else ANSWER), translate("not answered", self.language)
        elif not indicator:
            yield ANSWER, self._answer(item, response)
        else:
            yield VALUE, self._value(response)
            for name, scale, mark in (
                (CRITERION, measurement.criterion_scale, response.criterion),
                (OWN_MARK, measurement.range_scale, response.own_mark),
            ):
                yield name, self.labels.get(scale or "", {}).get(mark, mark)

    def _answer(self, item: Item, response: Response) -> str:
        if response.state is State.NOT_APPLICABLE:
            code = self.not_applicable.get(item.scale, "")
            return self._with_reason(self.labels[item.scale].get(code, code), response)
        if response.number is not None:
            return self._number(response.number)
        return self.labels[item.scale].get(response.option, response.option)

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
