"""Answers that are readable and still doubtful: nothing is refused for them."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.analysis.likeness import likenesses, numbered
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.model.response import State
from ctimaturity.model.rule import Collects
from ctimaturity.model.text import in_language
from ctimaturity.workbook.copies import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers

_FEW = 10
"""Fewer answers than this may well be the same by chance."""
_MANY = 40
"""Answers from which nearly all of them being those of the round before is no chance."""
_NEARLY = 0.95
"""Share of them from which it is said."""
_RETURNING = 10
"""Entities that came back, from which it is known how much stays as it was among them."""
_UNLIKE = 3.0
"""Standard deviations by which more than among them must have stayed."""
_LONG_TEXT = 25
"""Characters of an evidence or observation that two do not write alike; `Acta 34 de 2025` is shorter."""
_TEXTS = 5
"""Different long texts that two entities must share."""
_COMMON = 0.1
"""Share of the entities that may have a text at one item before it is a phrase that goes round."""
_STATEMENTS = 20
_ONE_HAND = 0.6
"""Share of the variance that lies between statements; of real surveys it is a tenth to a third."""

Pattern = dict[str, object]


def suspicions(
    questionnaire: Questionnaire,
    answers: Iterable[EntityAnswers],
    language: str,
    before: Mapping[str, EntityAnswers] | None = None,
) -> list[Diagnostic]:
    """Measurements in which answers are the same, or those of another entity or round.

    Args:
        questionnaire: The definition.
        answers: Of all entities.
        language: Of the names of measurements in findings.
        before: By entity code, what was answered in the round before; None when it is not known.
    """
    diagnostics: list[Diagnostic] = []
    everyone = sorted(answers, key=lambda given: given.entity.code)
    for measurement in questionnaire.measurements:
        measured = _MeasurementAnswers(
            questionnaire, measurement, everyone, in_language(measurement.title, language)
        )
        diagnostics += measured.alone(before or {})
        diagnostics += measured.alike()
    return diagnostics


class _MeasurementAnswers:
    """One measurement of all entities."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        measurement: Measurement,
        everyone: Sequence[EntityAnswers],
        title: str,
    ) -> None:
        self.questionnaire, self.measurement, self.title = questionnaire, measurement, title
        patterns = [(answers, _pattern(measurement, answers)) for answers in everyone]
        self.given = [(answers, pattern) for answers, pattern in patterns if len(pattern) >= _FEW]

    def _say(self, code: Code, answers: EntityAnswers, **about: Parameter) -> Diagnostic:
        where = Location(file=answers.files[0] if answers.files else "", item=self.measurement.id)
        return Diagnostic(code, where, {**about, "measurement": self.title})

    def _say_of_two(
        self, code: Code, answers: EntityAnswers, other: EntityAnswers, **about: Parameter
    ) -> Diagnostic:
        return self._say(code, answers, entity=answers.entity.code, other=other.entity.code, **about)

    def alone(self, before: Mapping[str, EntityAnswers]) -> Iterator[Diagnostic]:
        """What an entity's own answers say, and whether they are wholly those of another or of before."""
        known: dict[tuple[tuple[str, object], ...], str] = {}
        for answers, pattern in self.given:
            key = tuple(pattern.items())
            if _constant(pattern):
                yield self._say(codes.ALL_ANSWERS_EQUAL, answers, count=len(pattern))
            elif key in known:
                yield self._say(codes.SAME_AS_ANOTHER_ENTITY, answers, other=known[key])
            else:
                yield from self._people(answers)
            known.setdefault(key, answers.entity.code)
        yield from self._as_before(before)

    def _as_before(self, before: Mapping[str, EntityAnswers]) -> Iterator[Diagnostic]:
        """Whose answers are those of the round before: all, or more than among those who came back."""
        kept: list[tuple[EntityAnswers, int, int]] = []
        for answers, pattern in self.given:
            if answers.entity.code in before:
                earlier = _pattern(self.measurement, before[answers.entity.code])
                same = sum(earlier.get(item) == given for item, given in pattern.items())
                kept.append((answers, same, len(pattern.keys() | earlier.keys())))
        usual = median(same / count for _, same, count in kept) if len(kept) >= _RETURNING else 0.0
        for answers, same, count in kept:
            unlike = same - usual * count >= _UNLIKE * sqrt(usual * (1 - usual) * count)
            if same == count:
                yield self._say(codes.SAME_AS_BEFORE, answers, count=count)
            elif count >= _MANY and same >= _NEARLY * count and unlike:
                yield self._say(codes.NEARLY_AS_BEFORE, answers, same=same, count=count)

    def _people(self, answers: EntityAnswers) -> Iterator[Diagnostic]:
        """Statements on which all respondents agree, or differ less than the statements do."""
        tallies = answers.tallies.get(self.measurement.id)
        if tallies is None:
            return
        options = tallies.counts[:, :, :-2].sum(axis=0)
        answered = options.sum(axis=1)
        asked = int((answered >= _FEW).sum())
        alike = int(((options.max(axis=1) == answered) & (answered >= _FEW)).sum())
        if alike >= _FEW and alike * 2 >= asked:
            yield self._say(codes.ANSWERS_WITHOUT_VARIANCE, answers, count=alike, asked=asked)
            return
        share = self._between(options[answered >= _FEW], tallies.options[:-2])
        if share is not None and share >= _ONE_HAND:
            yield self._say(codes.ONE_HAND, answers, share=round(100 * share), count=asked)

    def _between(self, options: NDArray[np.int64], names: Sequence[str]) -> float | None:
        """The share of the variance of marks that lies between statements; None where it says nothing."""
        scales = {item.scale for item in self.measurement.items}
        if len(options) < _STATEMENTS or len(scales) > 1:
            return None
        by_code = self.questionnaire.scales[scales.pop()].by_code
        points = np.array([float(by_code[name].points) if name in by_code else 0.0 for name in names])
        count = options.sum(axis=1)
        means = options @ points / count
        within = float(((options @ points**2 / count - means**2) * count).sum())
        between = float((((means - means.mean()) ** 2) * count).sum())
        return between / (between + within) if between + within else None

    def alike(self) -> Iterator[Diagnostic]:
        """Pairs that agree more than two of their like, in what they marked or in what they wrote."""
        varied = [(answers, pattern) for answers, pattern in self.given if not _constant(pattern)]
        items = [item.id for item in self.measurement.items]
        marks = numbered([[_told(answers, pattern, item) for item in items] for answers, pattern in varied])
        heights = np.array([self._height(answers) for answers, _ in varied])
        for pair in likenesses(marks, heights) if varied else ():
            answers, other = varied[pair.second][0], varied[pair.first][0]
            if pair.same == len(varied[pair.second][1]) == len(varied[pair.first][1]):
                continue  # said already
            about = {"same": pair.same, "count": pair.count, "usual": round(pair.usual), "run": pair.run}
            yield self._say_of_two(codes.PARTLY_AS_ANOTHER_ENTITY, answers, other, **about)
        yield from self._same_texts()

    def _height(self, answers: EntityAnswers) -> float:
        """Where an entity stands in the measurement: the mean of its marks, each as a share of its scale."""
        shares = []
        for item, response in ((item, answers.responses.get(item.id)) for item in self.measurement.items):
            if response is None:
                continue
            low, width, points = self._ends[item.scale]
            mark = points.get(response.option or response.criterion or response.own_mark, response.number)
            if mark is not None:
                shares.append((float(mark) - low) / width)
        return sum(shares) / len(shares) if shares else 0.0

    @cached_property
    def _ends(self) -> dict[str, tuple[float, float, dict[str, float]]]:
        """By scale: its lowest end, its width, and the points of its options."""
        return {
            name: (
                float(scale.minimum),
                float(scale.maximum - scale.minimum) or 1.0,
                {option.code: float(option.points) for option in scale.options},
            )
            for name, scale in self.questionnaire.scales.items()
        }

    def _same_texts(self) -> Iterator[Diagnostic]:
        """Entities that wrote the same long texts beside the same items."""
        there: dict[tuple[str, str], list[int]] = {}
        for number, (answers, _) in enumerate(self.given):
            for item in self.measurement.items:
                response = answers.responses.get(item.id)
                texts = {response.evidence, response.observation} if response is not None else set()
                for text in {" ".join(text.casefold().split()) for text in texts if len(text) >= _LONG_TEXT}:
                    there.setdefault((item.id, text), []).append(number)
        shared: dict[tuple[int, int], list[tuple[str, str]]] = {}
        most = max(2, int(_COMMON * len(self.given)))
        for key, numbers in there.items():
            if 1 < len(numbers) <= most:
                for pair in combinations(numbers, 2):
                    shared.setdefault(pair, []).append(key)
        for (first, second), keys in sorted(shared.items()):
            if len({text for _, text in keys}) >= _TEXTS:
                answers, other = self.given[second][0], self.given[first][0]
                yield self._say_of_two(codes.TEXTS_OF_ANOTHER_ENTITY, answers, other, count=len(keys))


def _told(answers: EntityAnswers, pattern: Pattern, item: str) -> object:
    """What two entities are compared by: the figure of an indicator, else all of the answer."""
    response = answers.responses.get(item)
    if response is None or response.value is None:
        return pattern.get(item)
    return response.value, response.value_before


def _constant(pattern: Pattern) -> bool:
    return len(set(pattern.values())) == 1


def _pattern(measurement: Measurement, answers: EntityAnswers) -> Pattern:
    """What was answered to each item; blanks that the cover confirms are answers too."""
    if measurement.collects is not Collects.RESPONDENTS:
        return {
            item.id: content(answers.responses[item.id])
            for item in measurement.items
            if item.id in answers.responses and answers.responses[item.id].state is not State.BLANK
        }
    tallies = answers.tallies.get(measurement.id)
    if tallies is None:
        return {}
    counts = tallies.counts.sum(axis=0)
    return {item: row.tobytes() for item, row in zip(tallies.items, counts, strict=True) if row[:-2].any()}
