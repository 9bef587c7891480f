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
        _sentence(list(reasons), questionnaire, words)
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


def _sentence(reasons: list[Reason], questionnaire: Questionnaire, words: Words) -> str:
    first = reasons[0]
    measurement = questionnaire.measurement_by_id.get(first.measurement)
    title = words.text(measurement.title) if measurement else first.measurement
    return _SENTENCES[first.rule](reasons, title, questionnaire, words)


def _refused(_reasons: list[Reason], _title: str, _questionnaire: Questionnaire, words: Words) -> str:
    return words.say(
        "The workbook holds something that cannot be read for certain, so nothing of it was scored."
    )


def _missing(_reasons: list[Reason], title: str, _questionnaire: Questionnaire, words: Words) -> str:
    return words.say("{measurement}: no answers arrived from which a score could be made.", measurement=title)


def _coverage(reasons: list[Reason], title: str, questionnaire: Questionnaire, words: Words) -> str:
    if _whole(reasons):
        value, threshold = _apart(reasons[0], words)
        return words.say(
            "{measurement}: {value} answered, less than the {threshold} asked for.",
            measurement=title,
            value=value,
            threshold=threshold,
        )
    return words.say(
        "{measurement}: less than {threshold} answered in {places}.",
        measurement=title,
        threshold=words.percent(reasons[0].threshold),
        places=_places(reasons, questionnaire, words, lambda reason: _apart(reason, words)[0]),
    )


def _excluded(reasons: list[Reason], title: str, questionnaire: Questionnaire, words: Words) -> str:
    if _whole(reasons):
        value, threshold = _apart(reasons[0], words)
        return words.say(
            "{measurement}: {value} without data or not applicable, more than the {threshold} allowed.",
            measurement=title,
            value=value,
            threshold=threshold,
        )
    return words.say(
        "{measurement}: more than {threshold} without data or not applicable in {places}.",
        measurement=title,
        threshold=words.percent(reasons[0].threshold),
        places=_places(reasons, questionnaire, words, lambda reason: _apart(reason, words)[0]),
    )


def _respondents(reasons: list[Reason], title: str, _questionnaire: Questionnaire, words: Words) -> str:
    return words.count(
        "{measurement}: {count} respondent, fewer than the {threshold} asked for.",
        "{measurement}: {count} respondents, fewer than the {threshold} asked for.",
        _counted(reasons[0].value),
        measurement=title,
        threshold=_counted(reasons[0].threshold),
    )


def _per_segment(reasons: list[Reason], title: str, questionnaire: Questionnaire, words: Words) -> str:
    return words.say(
        "{measurement}: fewer than {threshold} respondents in {places}.",
        measurement=title,
        threshold=_counted(reasons[0].threshold),
        places=_places(reasons, questionnaire, words, lambda reason: str(_counted(reason.value))),
    )


def _segment_share(reasons: list[Reason], title: str, questionnaire: Questionnaire, words: Words) -> str:
    return words.say(
        "{measurement}: more than {threshold} of the respondents belong to {places}.",
        measurement=title,
        threshold=words.percent(reasons[0].threshold),
        places=_places(reasons, questionnaire, words, lambda reason: _apart(reason, words)[0]),
    )


def _answers(reasons: list[Reason], title: str, _questionnaire: Questionnaire, words: Words) -> str:
    if _whole(reasons):
        return words.say(
            "{measurement}: no statement has the {threshold} answers asked for (the most: {most}).",
            measurement=title,
            threshold=_counted(reasons[0].threshold),
            most=_counted(reasons[0].value),
        )
    return words.count(
        "{measurement}: {count} statement has fewer than {threshold} answers (the fewest: {least}).",
        "{measurement}: {count} statements have fewer than {threshold} answers (the fewest: {least}).",
        len(reasons),
        measurement=title,
        threshold=_counted(reasons[0].threshold),
        least=min(_counted(reason.value) for reason in reasons),
    )


_SENTENCES: dict[str, Callable[[list[Reason], str, Questionnaire, Words], str]] = {
    "refused": _refused,
    "missing": _missing,
    "min_coverage": _coverage,
    "max_excluded": _excluded,
    "min_respondents": _respondents,
    "min_per_segment": _per_segment,
    "max_segment_share": _segment_share,
    "min_answers": _answers,
}


def _whole(reasons: Sequence[Reason]) -> bool:
    return reasons[0].node in {"", reasons[0].measurement}


def _counted(value: float) -> int:
    return 0 if math.isnan(value) else int(value)


def _apart(reason: Reason, words: Words) -> tuple[str, str]:
    """Value and threshold as percentages, with as many digits as it takes to tell them apart."""
    value = None if math.isnan(reason.value) else reason.value
    digits = 0
    while digits < 6 and words.percent(value, digits) == words.percent(reason.threshold, digits):  # noqa: PLR2004
        digits += 1
    return words.percent(value, digits), words.percent(reason.threshold)


def _places(
    reasons: Sequence[Reason], questionnaire: Questionnaire, words: Words, figure: Callable[[Reason], str]
) -> str:
    """The nodes, items or segments that fall short, each with its figure."""
    return words.listed([f"{_place(reason, questionnaire, words)} ({figure(reason)})" for reason in reasons])


def _place(reason: Reason, questionnaire: Questionnaire, words: Words) -> str:
    measurement = questionnaire.measurement_by_id.get(reason.measurement)
    titles = {segment.id: segment.label for segment in questionnaire.segments}
    if measurement is not None:
        titles |= {node.id: node.title for node in measurement.nodes}
    return words.text(titles.get(reason.node)) or reason.node
