"""What if: one entity scored again with some answers set otherwise, among everybody else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.analysis.what_if import ORIGIN, changed, value_worth
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, in_order
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects, ResultsBasis
from ctimaturity.model.ruling import RuledPart
from ctimaturity.reporting.entity import BASIS_LABELS
from ctimaturity.reporting.explanation import Setting
from ctimaturity.reporting.rulings import PARTS
from ctimaturity.scoring.index import score
from ctimaturity.scoring.marks import Marks
from ctimaturity.workbook.entry import SET_ASIDE, AnswerPart, named_part, said
from ctimaturity.workflows.what_if_statement import StatementCase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.model.reference import ReferenceRange

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


@dataclass(frozen=True)
class WhatIf:
    """An assessment as it is, and as it would be.

    Attributes:
        entity: Code of the entity whose answers were set otherwise.
        settings: What was set, in the order given.
        before: The assessment as it is.
        after: With the answers set otherwise, everybody ranked again.
        diagnostics: What is set and moves nothing.
    """

    entity: str
    settings: tuple[Setting, ...]
    before: Assessment
    after: Assessment
    diagnostics: tuple[Diagnostic, ...] = ()


def what_if(assessment: Assessment, entity: str, settings: Sequence[str], language: str = "es") -> WhatIf:
    """Set answers of one entity otherwise and score again.

    With rulings it is the answers that count, the verified ones, that are set otherwise.

    Args:
        assessment: What was scored.
        entity: Code of an entity of it.
        settings: Each `ITEM=ANSWER`, or `ITEM.PART=ANSWER` for one part of an indicator.
        language: Of what findings show.

    Raises:
        JobError: Some setting cannot be read or does not fit, each with its reason.
    """
    desk = Desk(assessment, entity, language)
    made = desk.settings(settings)
    if any(finding.code is not codes.SETTING_UNREAD for finding in desk.found):
        raise JobError(in_order(desk.found))
    answers = {**assessment.answers, entity: desk.answers}
    rescore = partial(
        score,
        assessment.questionnaire,
        measurements=assessment.index.measurements,
        results_basis=assessment.index.results_basis or None,
        groupings=assessment.index.groupings,
        reference=assessment.reference,
    )
    after = replace(assessment, answers=answers, index=rescore(list(answers.values())), verification=None)
    return WhatIf(entity, made, assessment, after, in_order(desk.found))


class Desk:
    """Reads the settings one by one and keeps the answers that they make."""

    def __init__(self, assessment: Assessment, entity: str, language: str) -> None:
        self.questionnaire = assessment.questionnaire
        self.assessment = assessment
        self.answers = assessment.answers[entity]
        self.entity = self.answers.entity
        self.language = language
        self.found: list[Diagnostic] = []

    def report(self, code: Code, item: str, **parameters: Parameter) -> None:
        """Keep a finding on an item."""
        about: dict[str, Parameter] = {"item": quoted(item), "entity": quoted(self.entity.code), **parameters}
        self.found.append(Diagnostic(code, Location(item=quoted(item)), about))

    def settings(self, written: Sequence[str]) -> tuple[Setting, ...]:
        """What is set, in the order given; what cannot be is among the findings."""
        if self.answers.refused:
            self.report(codes.SETTING_OF_REFUSED, self.entity.code)
            return ()
        cases = [case for text in written if (case := self._case(text)) is not None]
        times = Counter(case.key for case in cases)
        twice = {item for (item, _), count in times.items() if count > 1}
        # The mean of a statement over everybody says what it is in every segment.
        whole = {case.key[0] for case in cases if isinstance(case, StatementCase) and not case.segment}
        twice |= {item for item in whole if sum(case.key[0] == item for case in cases) > 1}
        for item in sorted(twice):
            self.report(codes.SETTING_TWICE, item)
        return tuple(setting for case in cases if (setting := case.settled()) is not None)

    def _case(self, written: str) -> _Case | StatementCase | None:
        name, equals, text = written.partition("=")
        item_id, point, part = (piece.strip() for piece in name.partition("."))
        if not equals or not item_id or (point and not part):
            self.report(codes.SETTING_UNREADABLE, item_id, setting=quoted(written))
            return None
        item = self.questionnaire.item_by_id.get(item_id)
        if item is None or not self._is_scored(item):
            near = nearest(item_id, self.questionnaire.item_by_id)
            offer = f" ({near}?)" if near not in {"", item_id} else ""
            self.report(codes.SETTING_WITHOUT_ITEM, item_id, offer=offer)
            return None
        if self.questionnaire.measurement_of_item[item_id].collects is Collects.RESPONDENTS:
            return StatementCase(self, item, part, text.strip())
        case = _Case(self, item, part, text.strip())
        parts = case.entry.parts
        if case.part not in parts:
            self.report(codes.SETTING_PART_UNKNOWN, item_id, part=quoted(part), parts=", ".join(parts))
            return None
        return case

    def _is_scored(self, item: Item) -> bool:
        measurement = self.questionnaire.measurement_of_item[item.id].id
        applies = self.questionnaire.applies(item, self.entity.type, self.entity.code)
        return applies and measurement in self.assessment.index.measurements

    def marks(self, item: Item) -> Marks | None:
        """How an indicator is read; None of any other item."""
        measurement = self.questionnaire.measurement_of_item[item.id]
        if measurement.collects is not Collects.INDICATORS:
            return None
        asked = self.assessment.index.results_basis
        basis = ResultsBasis(asked) if asked else None
        return Marks(self.questionnaire, measurement, basis, self.assessment.reference)


class _Case:
    """One setting of an item that there is."""

    def __init__(self, desk: Desk, item: Item, part: str, text: str) -> None:
        self.desk = desk
        self.item = item
        self.text = text
        self.whole = not part
        self.marks = desk.marks(item)
        measurement = desk.questionnaire.measurement_of_item[item.id]
        basis = self._basis(self.response) if self.marks else None
        if self.whole and basis in {ResultsBasis.RANGE, ResultsBasis.SELF}:
            self.part: str = RuledPart.OWN_MARK
        else:
            self.part = named_part(measurement, part)
        self.entry = AnswerPart(desk.questionnaire, item, self.part, desk.language)

    @property
    def key(self) -> tuple[str, str]:
        """Equal for settings of one answer."""
        return (self.item.id, RuledPart.VALUE if self.whole and self._covered() else self.part)

    @property
    def response(self) -> Response:
        """The answer as the settings so far have it."""
        return self.desk.answers.responses.get(self.item.id, Response(State.BLANK))

    def _basis(self, response: Response) -> ResultsBasis | None:
        return self.marks.of(self.item, response, self.desk.entity).basis if self.marks else None

    def settled(self) -> Setting | None:
        """Puts the answer among those of the entity; None when it cannot be."""
        if self.whole and self.marks is not None and folded(self.text) in WITHOUT_DATA:
            return self._without_data()
        blank = folded(self.text) in SET_ASIDE | {""}
        given = None if blank else self.entry.read(self.text)
        if given is None and not blank:
            self.desk.report(
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
            self.desk.report(codes.SETTING_UNREACHABLE, self.item.id, mark=quoted(self.text))
            return None
        if given is not None:
            self._doubt(part, after)
        if self._told(before, part) != self._told(after, part) or before.state is not after.state:
            after = replace(after, confirmed=False, source=Source(origin=ORIGIN))
            self.desk.answers = changed(self.desk.questionnaire, self.desk.answers, {self.item.id: after})
        mark = given.own_mark if given is not None and part is RuledPart.VALUE else ""
        return Setting(self.item.id, part, self._told(before, part), self._told(after, part), mark)

    def _without_data(self) -> Setting:
        """The indicator without data, for the reason that stands for any other."""
        before = self.response
        named = translate("no data", self.desk.language)
        if before.state is State.NO_DATA:
            return Setting(self.item.id, self.part, named, named)
        after = replace(
            before, state=State.NO_DATA, reason=self.desk.questionnaire.other_reason,
            value=None, value_before=None, criterion="", own_mark="",
            confirmed=False, source=Source(origin=ORIGIN),
        )  # fmt: skip
        told = self._told(before, RuledPart.VALUE if self._covered() else self.part)
        self.desk.answers = changed(self.desk.questionnaire, self.desk.answers, {self.item.id: after})
        return Setting(self.item.id, self.part, told, named)

    def _told(self, response: Response, part: str) -> str:
        choice = self.desk.questionnaire.scales[self.item.scale].not_applicable
        return said(response, part, choice.code if choice else "")

    def _covered(self) -> ReferenceRange | None:
        """The range whose value makes the score; None where something else does."""
        reference = self.desk.assessment.reference
        if reference is None or self._basis(self.response) is not ResultsBasis.RANGE:
            return None
        return reference.range_for(self.item.id, self.desk.entity)

    def _worth(self, covered: ReferenceRange, before: Response, mark: str) -> Response | None:
        """The answer with the nearest value that is worth a mark; None where there is none."""
        if self.marks is None:
            return None
        scale = self.marks.scale(self.item, ResultsBasis.RANGE)
        codes_in_order = [option.code for option in sorted(scale.options, key=lambda each: each.points)]
        present, number = self.marks.value(self.item, before), codes_in_order.index(mark)
        if present is not None and covered.mark(present, len(codes_in_order)) == number:
            return before
        plausible = self.desk.questionnaire.plausible(self.item)
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
            self.desk.report(
                codes.SETTING_UNREAD,
                self.item.id,
                part=translate(PARTS[RuledPart(part)], self.desk.language),
                basis=translate(BASIS_LABELS[basis.value], self.desk.language),
            )
