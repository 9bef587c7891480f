"""Settings of a what-if: the answers that they set otherwise, one by one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.analysis.what_if import ORIGIN, mean_of, points_of, shifted, value_worth
from ctimaturity.analysis.what_if import changed as with_responses
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded
from ctimaturity.model.number import Expected
from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.model.ruling import RuledPart
from ctimaturity.reporting.entity import BASIS_LABELS
from ctimaturity.reporting.explanation import Setting
from ctimaturity.reporting.rulings import PARTS
from ctimaturity.scoring.marks import Marks
from ctimaturity.scoring.tallies import design_weights
from ctimaturity.workbook.answer import read_number
from ctimaturity.workbook.entry import SET_ASIDE, AnswerPart, named_part, said

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.reference import ReferenceRange
    from ctimaturity.model.response import EntityAnswers, Tallies

WITHOUT_DATA = frozenset(
    map(folded, ("na", "n/a", "nd", "n/d", "s/d", "no data", "no_data", "no-data", "sin datos", "sin dato"))
)
"""What says that the figure of an indicator is not to be had."""
_READ_ON = MappingProxyType(
    {
        RuledPart.VALUE: ResultsBasis.RANGE,
        RuledPart.VALUE_BEFORE: ResultsBasis.RANGE,
        RuledPart.CRITERION: ResultsBasis.CRITERION,
        RuledPart.OWN_MARK: ResultsBasis.SELF,
    }
)
"""The basis that reads each part of an indicator."""
_DIGITS = 4
"""Decimals of a mean, as it is told."""


class ChangedAnswers:
    """The answers of an entity as the settings so far have them, and what is found about these."""

    def __init__(self, assessment: Assessment, entity: str, language: str) -> None:
        self.questionnaire = assessment.questionnaire
        self.assessment = assessment
        self.answers = assessment.answers[entity]
        self.entity = self.answers.entity
        self.language = language
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: Code, item: str, **parameters: Parameter) -> None:
        """Keep a finding on an item."""
        about: dict[str, Parameter] = {"item": quoted(item), "entity": quoted(self.entity.code), **parameters}
        self.diagnostics.append(Diagnostic(code, Location(item=quoted(item)), about))

    def put(self, item: Item, response: Response) -> None:
        """Set the answer of an item."""
        self.answers = with_responses(self.questionnaire, self.answers, {item.id: response})

    def marks(self, item: Item) -> Marks | None:
        """How an indicator is read; None of any other item."""
        measurement = self.questionnaire.measurement_of_item[item.id]
        if measurement.collects is not Collects.INDICATORS:
            return None
        asked = self.assessment.index.results_basis
        basis = ResultsBasis(asked) if asked else None
        return Marks(self.questionnaire, measurement, basis, self.assessment.reference)


class ItemSetting:
    """An answer of an item that the entity answers itself, or one part of it.

    Args:
        changed: The answers of the entity.
        item: The item.
        part: What of it, as written; empty for the whole.
        text: The answer that is wanted.
    """

    def __init__(self, changed: ChangedAnswers, item: Item, part: str, text: str) -> None:
        self.changed = changed
        self.item = item
        self.text = text
        self.whole = not part
        self.marks = changed.marks(item)
        measurement = changed.questionnaire.measurement_of_item[item.id]
        basis = self._basis(self.response) if self.marks else None
        if self.whole and basis in {ResultsBasis.RANGE, ResultsBasis.SELF}:
            self.part: str = RuledPart.OWN_MARK
        else:
            self.part = named_part(measurement, part)
        self.entry = AnswerPart(changed.questionnaire, item, self.part, changed.language)

    @property
    def key(self) -> tuple[str, str]:
        """Equal for settings of one answer."""
        return (self.item.id, RuledPart.VALUE if self.whole and self._covered() else self.part)

    @property
    def response(self) -> Response:
        """The answer as the settings so far have it."""
        return self.changed.answers.responses.get(self.item.id, Response(State.BLANK))

    def _basis(self, response: Response) -> ResultsBasis | None:
        return self.marks.of(self.item, response, self.changed.entity).basis if self.marks else None

    def settled(self) -> Setting | None:
        """Puts the answer among those of the entity; None when it cannot be."""
        if self.whole and self.marks is not None and folded(self.text) in WITHOUT_DATA:
            return self._without_data()
        blank = folded(self.text) in SET_ASIDE | {""}
        given = None if blank else self.entry.read(self.text)
        if given is None and not blank:
            self.changed.report(
                codes.SETTING_OUT_OF_SCALE,
                self.item.id,
                answer=quoted(self.text),
                options=self.entry.options,
            )
            return None
        before = self.response
        covered = self._covered() if self.whole and given is not None else None
        part: str = self.part if covered is None else RuledPart.VALUE
        after = (
            self.entry.put(before, given, all_parts=blank and self.whole)
            if covered is None or given is None
            else self._worth(covered, before, given.own_mark)
        )
        if after is None:
            self.changed.report(codes.SETTING_UNREACHABLE, self.item.id, mark=quoted(self.text))
            return None
        if given is not None:
            self._doubt(part, after)
        if self._told(before, part) != self._told(after, part) or before.state is not after.state:
            after = replace(after, confirmed=False, source=Source(origin=ORIGIN))
            self.changed.put(self.item, after)
        mark = given.own_mark if given is not None and part is RuledPart.VALUE else ""
        return Setting(self.item.id, part, self._told(before, part), self._told(after, part), mark)

    def _without_data(self) -> Setting:
        """The indicator without data, for the reason that stands for any other."""
        before = self.response
        named = translate("no data", self.changed.language)
        if before.state is State.NO_DATA:
            return Setting(self.item.id, self.part, named, named)
        after = replace(
            before, state=State.NO_DATA, reason=self.changed.questionnaire.other_reason,
            value=None, value_before=None, criterion="", own_mark="",
            confirmed=False, source=Source(origin=ORIGIN),
        )  # fmt: skip
        told = self._told(before, RuledPart.VALUE if self._covered() else self.part)
        self.changed.put(self.item, after)
        return Setting(self.item.id, self.part, told, named)

    def _told(self, response: Response, part: str) -> str:
        choice = self.changed.questionnaire.scales[self.item.scale].not_applicable
        return said(response, part, choice.code if choice else "")

    def _covered(self) -> ReferenceRange | None:
        """The range whose value makes the score; None where something else does."""
        reference = self.changed.assessment.reference
        if reference is None or self._basis(self.response) is not ResultsBasis.RANGE:
            return None
        return reference.range_for(self.item.id, self.changed.entity)

    def _worth(self, covered: ReferenceRange, before: Response, mark: str) -> Response | None:
        """The answer with the nearest value that is worth a mark; None where there is none."""
        if self.marks is None:
            return None
        scale = self.marks.scale(self.item, ResultsBasis.RANGE)
        codes_in_order = [option.code for option in sorted(scale.options, key=lambda each: each.points)]
        present, number = self.marks.value(self.item, before), codes_in_order.index(mark)
        if present is not None and covered.mark(present, len(codes_in_order)) == number:
            return before
        plausible = self.changed.questionnaire.plausible(self.item)
        ends = (plausible.minimum, plausible.maximum) if plausible else ()
        value = value_worth(
            covered, number, len(codes_in_order), present, [end for end in ends if end is not None]
        )
        if value is None:
            return None
        return replace(before, state=State.ANSWERED, value=value, value_before=None, reason="")

    def _doubt(self, part: str, after: Response) -> None:
        """Whether what was set is what counts."""
        basis = self._basis(after)
        if basis is not None and _READ_ON[RuledPart(part)] is not basis:
            self.changed.report(
                codes.SETTING_UNREAD,
                self.item.id,
                part=translate(PARTS[RuledPart(part)], self.changed.language),
                basis=translate(BASIS_LABELS[basis.value], self.changed.language),
            )


class StatementSetting:
    """The mean of a statement, over everybody or in one segment.

    Args:
        changed: The answers of the entity.
        item: The statement.
        segment: Id of a segment; empty for all of them.
        text: The mean that is wanted.
    """

    def __init__(self, changed: ChangedAnswers, item: Item, segment: str, text: str) -> None:
        self.changed, self.item, self.segment, self.text = changed, item, folded(segment), text
        self.measurement = changed.questionnaire.measurement_of_item[item.id]
        tallies = self._tallies
        scale = changed.questionnaire.scales[item.scale]
        self.points = {} if tallies is None else points_of(tallies, item, scale)

    @property
    def key(self) -> tuple[str, str]:
        """Equal for settings of one answer."""
        return (self.item.id, self.segment)

    @property
    def _tallies(self) -> Tallies | None:
        return self.changed.answers.tallies.get(self.measurement.id)

    def settled(self) -> Setting | None:
        """Moves the answers of the entity; None when they cannot be."""
        tallies = self._tallies
        answered = [] if tallies is None else self._answered(tallies)
        if tallies is None or not answered:
            self.changed.report(codes.SETTING_WITHOUT_SURVEY, self.item.id)
            return None
        known = {folded(tallies.segments[row]): row for row in answered}
        if self.segment and self.segment not in known:
            parts = ", ".join(tallies.segments[row] for row in answered)
            self.changed.report(
                codes.SETTING_PART_UNKNOWN, self.item.id, part=quoted(self.segment), parts=parts
            )
            return None
        low, high = min(self.points.values()), max(self.points.values())
        least, most = (Decimal(end.numerator) / end.denominator for end in (low, high))
        expected = Expected(least, most)
        wanted = read_number(Cell(CellKind.TEXT, self.text, self.text), expected).value
        if wanted is None or not low <= Fraction(wanted) <= high:
            self.changed.report(
                codes.SETTING_OUT_OF_SCALE,
                self.item.id,
                answer=quoted(self.text),
                options=f"{float(low):g} – {float(high):g}",
            )
            return None
        rows = [known[self.segment]] if self.segment else answered
        before = self._mean(self.changed.answers, tallies, rows)
        moved = shifted(tallies, self.item.id, rows, Fraction(wanted), self.points)
        after = self._mean(self.changed.answers, moved, rows)
        if before != after:
            tallied = {**self.changed.answers.tallies, self.measurement.id: moved}
            self.changed.answers = replace(self.changed.answers, tallies=tallied)
        name = tallies.segments[rows[0]] if self.segment else ""
        asked = "" if after == Fraction(wanted) else _told(Fraction(wanted))
        return Setting(self.item.id, RuledPart.ANSWER, _told(before), _told(after), segment=name, asked=asked)

    def _answered(self, tallies: Tallies) -> list[int]:
        """The segments in which somebody answered the statement."""
        if self.item.id not in tallies.items:
            return []
        return [
            row
            for row in range(len(tallies.segments))
            if mean_of(tallies, self.item.id, row, self.points) is not None
        ]

    def _mean(self, answers: EntityAnswers, tallies: Tallies, rows: list[int]) -> Fraction:
        """Over some segments, with the population of each where it counts."""
        place = tallies.items.index(self.item.id)
        people = design_weights(answers, tallies)
        weights = {
            row: people.get(row, 0)
            if people
            else sum(int(tallies.counts[row, place, at]) for at in self.points)
            for row in rows
        }
        if len(rows) == 1 or not any(weights.values()):
            weights = dict.fromkeys(rows, 1)
        means = {row: mean_of(tallies, self.item.id, row, self.points) or Fraction(0) for row in rows}
        total = sum(weights[row] * means[row] for row in rows)
        return Fraction(total) / sum(weights.values())


def _told(mean: Fraction) -> str:
    return f"{float(round(mean, _DIGITS)):.{_DIGITS}f}".rstrip("0").rstrip(".")
