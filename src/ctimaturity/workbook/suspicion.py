"""Answers that are readable and still doubtful: nothing is refused for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.codes import answers as codes
from ctimaturity.diagnostics.codes.suspicions import ANSWERS_WITHOUT_VARIANCE, SAME_AS_BEFORE
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.copies import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers

_FEW = 10
"""Fewer answers than this may well be the same by chance."""

Pattern = tuple[object, ...]


def suspicions(
    questionnaire: Questionnaire,
    answers: Iterable[EntityAnswers],
    language: str,
    before: Mapping[str, EntityAnswers] | None = None,
) -> list[Diagnostic]:
    """Measurements in which all answers are the same, or all are those of another entity or round.

    Args:
        questionnaire: The definition.
        answers: Of all entities.
        language: Of the names of measurements in findings.
        before: By entity code, what was answered in the round before; None when it is not known.
    """
    found = []
    everyone = sorted(answers, key=lambda one: one.entity.code)
    for measurement in questionnaire.measurements:
        title = in_language(measurement.title, language)
        known: dict[Pattern, str] = {}
        for one in everyone:
            pattern = _pattern(measurement, one)
            if len(pattern) < _FEW:
                continue
            where = Location(file=one.files[0] if one.files else "", item=measurement.id)
            if len({mark for _, mark in pattern}) == 1:
                about: dict[str, Parameter] = {"count": len(pattern), "measurement": title}
                found.append(Diagnostic(codes.ALL_ANSWERS_EQUAL, where, about))
            elif pattern in known:
                other: dict[str, Parameter] = {"other": known[pattern], "measurement": title}
                found.append(Diagnostic(codes.SAME_AS_ANOTHER, where, other))
            else:
                found.extend(_without_variance(measurement, one, where, title))
            earlier = (before or {}).get(one.entity.code)
            if earlier is not None and _pattern(measurement, earlier) == pattern:
                same: dict[str, Parameter] = {"count": len(pattern), "measurement": title}
                found.append(Diagnostic(SAME_AS_BEFORE, where, same))
            known.setdefault(pattern, one.entity.code)
    return found


def _without_variance(
    measurement: Measurement, one: EntityAnswers, where: Location, title: str
) -> list[Diagnostic]:
    """Statements on which all respondents agree to the letter."""
    tallies = one.tallies.get(measurement.id)
    if tallies is None:
        return []
    options = tallies.counts[:, :, :-2].sum(axis=0)
    answered = options.sum(axis=1)
    asked = int((answered >= _FEW).sum())
    alike = int(((options.max(axis=1) == answered) & (answered >= _FEW)).sum())
    if alike < _FEW or alike * 2 < asked:
        return []
    about: dict[str, Parameter] = {"count": alike, "asked": asked, "measurement": title}
    return [Diagnostic(ANSWERS_WITHOUT_VARIANCE, where, about)]


def _pattern(measurement: Measurement, one: EntityAnswers) -> tuple[tuple[str, object], ...]:
    """What was answered to each item; blanks that the cover confirms are answers too."""
    if measurement.collects is not Collects.RESPONDENTS:
        return tuple(
            (item.id, content(one.responses[item.id]))
            for item in measurement.items
            if item.id in one.responses and one.responses[item.id].state is not State.BLANK
        )
    tallies = one.tallies.get(measurement.id)
    if tallies is None:
        return ()
    counts = tallies.counts.sum(axis=0)
    return tuple(
        (item, row.tobytes()) for item, row in zip(tallies.items, counts, strict=True) if row[:-2].any()
    )
