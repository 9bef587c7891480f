"""Why an entity is not ranked, in sentences."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

from ctimaturity.model.score import IndexRow, Reason, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.reporting.words import Words

_BY_BADNESS = list(Status)


def sentences(row: IndexRow, questionnaire: Questionnaire, words: Words) -> tuple[str, ...]:
    """The reasons of a row: those that decide its status first, what falls short in many places said once."""
    decisive_first = sorted(_worst_of_each(row.reasons), key=lambda reason: _BY_BADNESS.index(reason.status))
    return tuple(
        _Shortfall(list(reasons), questionnaire, words).sentence()
        for _, reasons in groupby(decisive_first, key=_said_together)
    )


def _said_together(reason: Reason) -> tuple[object, ...]:
    return (
        reason.status,
        reason.rule,
        reason.measurement,
        not reason.node or reason.node == reason.measurement,
    )


def _worst_of_each(reasons: Sequence[Reason]) -> list[Reason]:
    """A place below the lower of two thresholds is below the higher one too: the lower one says it all."""
    worst: dict[tuple[str, str, str], Reason] = {}
    for reason in reasons:
        key = (reason.rule, reason.measurement, reason.node)
        if key not in worst or _BY_BADNESS.index(reason.status) < _BY_BADNESS.index(worst[key].status):
            worst[key] = reason
    return sorted(worst.values(), key=lambda reason: (reason.rule, reason.measurement))


class _Shortfall:
    """Reasons that are one sentence: of one status, rule and measurement."""

    def __init__(self, reasons: Sequence[Reason], questionnaire: Questionnaire, words: Words) -> None:
        self._reasons, self._first, self._words = reasons, reasons[0], words
        self._whole = self._first.node in {"", self._first.measurement}
        measurement = questionnaire.measurement_by_id.get(self._first.measurement)
        self._title = words.text(measurement.title) if measurement else self._first.measurement
        self._titles = {segment.id: segment.label for segment in questionnaire.segments}
        if measurement is not None:
            self._titles |= {node.id: node.title for node in measurement.nodes}

    def sentence(self) -> str:
        """What falls short, where, and of what."""
        rule = self._first.rule
        if rule in _SHARES:
            return self._shares(*_SHARES[rule])
        return {
            "refused": self._refused,
            "missing": self._missing,
            "min_respondents": self._respondents,
            "min_per_segment": self._per_segment,
            "min_answers": self._answers,
        }[rule]()

    def _shares(self, whole: str, in_places: str) -> str:
        """Of a measurement as a whole, or of places of it."""
        if whole and self._whole:
            value, threshold = self._apart(self._first)
            return self._words.say(whole, measurement=self._title, value=value, threshold=threshold)
        return self._words.say(
            in_places,
            measurement=self._title,
            threshold=self._words.percent(self._first.threshold),
            places=self._places(lambda reason: self._apart(reason)[0]),
        )

    def _refused(self) -> str:
        return self._words.say(
            "The workbook holds something that cannot be read for certain, so nothing of it was scored."
        )

    def _missing(self) -> str:
        return self._words.say(
            "{measurement}: no answers arrived from which a score could be made.", measurement=self._title
        )

    def _respondents(self) -> str:
        return self._words.count(
            "{measurement}: {count} respondent, fewer than the {threshold} asked for.",
            "{measurement}: {count} respondents, fewer than the {threshold} asked for.",
            _counted(self._first.value),
            measurement=self._title,
            threshold=_counted(self._first.threshold),
        )

    def _per_segment(self) -> str:
        return self._words.say(
            "{measurement}: fewer than {threshold} respondents in {places}.",
            measurement=self._title,
            threshold=_counted(self._first.threshold),
            places=self._places(lambda reason: str(_counted(reason.value))),
        )

    def _answers(self) -> str:
        threshold = _counted(self._first.threshold)
        if self._whole:
            return self._words.say(
                "{measurement}: no statement has the {threshold} answers asked for (the most: {most}).",
                measurement=self._title,
                threshold=threshold,
                most=_counted(self._first.value),
            )
        return self._words.count(
            "{measurement}: {count} statement has fewer than {threshold} answers (the fewest: {least}).",
            "{measurement}: {count} statements have fewer than {threshold} answers (the fewest: {least}).",
            len(self._reasons),
            measurement=self._title,
            threshold=threshold,
            least=min(_counted(reason.value) for reason in self._reasons),
        )

    def _apart(self, reason: Reason) -> tuple[str, str]:
        """Value and threshold as percentages, with as many digits as it takes to tell them apart."""
        percent, digits = self._words.percent, 0
        value = None if math.isnan(reason.value) else reason.value
        while digits < _FINEST and percent(value, digits) == percent(reason.threshold, digits):
            digits += 1
        return percent(value, digits), percent(reason.threshold)

    def _places(self, figure: Callable[[Reason], str]) -> str:
        """The nodes, items or segments that fall short, each with its figure."""
        return self._words.listed(
            [
                f"{self._words.text(self._titles.get(reason.node)) or reason.node} ({figure(reason)})"
                for reason in self._reasons
            ]
        )


_SHARES = {
    "min_coverage": (
        "{measurement}: {value} answered, less than the {threshold} asked for.",
        "{measurement}: less than {threshold} answered in {places}.",
    ),
    "max_excluded": (
        "{measurement}: {value} without data or not applicable, more than the {threshold} allowed.",
        "{measurement}: more than {threshold} without data or not applicable in {places}.",
    ),
    "max_segment_share": (
        "",
        "{measurement}: more than {threshold} of the respondents belong to {places}.",
    ),
}
"""Rules about shares: of a measurement as a whole, and of places of it."""
_FINEST = 6
"""Digits after which two percentages are taken for the same."""


def _counted(value: float) -> int:
    return 0 if math.isnan(value) else int(value)
