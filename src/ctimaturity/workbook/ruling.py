"""Rulings applied to answers: what counts, what was reported, and which rulings could not be applied."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects
from ctimaturity.model.ruling import Decision, Ruled, RuledPart
from ctimaturity.workbook.entry import NOTHING, SET_ASIDE, AnswerPart, named_part, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.ruling import Ruling

ORIGIN = "ruling"
"""What the source of an answer says that a ruling has changed."""
STANDS = frozenset(
    map(folded, ("stands", "se mantiene", "se confirma", "confirmada", "confirmed", "aceptada", "accepted"))
)


@dataclass
class Verified:
    """What rulings make of answers.

    Attributes:
        answers: By entity code, those that count.
        rulings: Each ruling with what came of it, in the order of the file.
        reported: What was changed, as reported: by entity code and item id.
        diagnostics: Rulings that could not be applied, and those that do not account for themselves.
    """

    answers: dict[str, EntityAnswers]
    rulings: list[Ruled] = field(default_factory=list)
    reported: dict[str, dict[str, Response]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def apply_rulings(
    questionnaire: Questionnaire,
    answers: Mapping[str, EntityAnswers],
    rulings: Sequence[Ruling],
    file: str,
    language: str,
) -> Verified:
    """Apply a reviewer's rulings (method.md section 9).

    Args:
        questionnaire: The definition.
        answers: By entity code.
        rulings: Each with the code of its entity.
        file: Name of the rulings file, for findings and sources.
        language: Of what findings show.
    """
    review = _RulingsReview(questionnaire, Verified(dict(answers)), file, language)
    review.apply(rulings)
    return review.verified


class _RulingsReview:
    """Applies the rulings of one file."""

    def __init__(self, questionnaire: Questionnaire, verified: Verified, file: str, language: str) -> None:
        self.questionnaire = questionnaire
        self.verified = verified
        self.file = file
        self.language = language
        self.changed: dict[str, dict[str, Response]] = {}

    def apply(self, rulings: Sequence[Ruling]) -> None:
        ruled = [_RuledAnswer(self, ruling) for ruling in rulings]
        times = Counter(answer.key for answer in ruled)
        first: dict[tuple[str, str, str], int] = {}
        for answer in ruled:
            if times[answer.key] > 1:
                line = first.setdefault(answer.key, answer.ruling.line)
                if line != answer.ruling.line:
                    self.report(codes.RULING_TWICE, answer.ruling, first=line)
                self.verified.rulings.append(answer.closed(Decision.NOT_APPLIED))
            else:
                self.verified.rulings.append(answer.decided())
        for code, responses in self.changed.items():
            reported = self.verified.answers[code]
            self.verified.answers[code] = replace(reported, responses={**reported.responses, **responses})

    def report(self, code: Code, ruling: Ruling, **parameters: str | int) -> None:
        entity, item = quoted(ruling.entity), quoted(ruling.item)
        where = Location(file=self.file, line=ruling.line, item=item)
        about = {"entity": entity, "item": item, **parameters}
        self.verified.diagnostics.append(Diagnostic(code, where, about))

    def response(self, code: str, item: str) -> Response | None:
        """The answer as the rulings so far have it; parts of one indicator may be ruled line by line."""
        changed = self.changed.get(code, {})
        return changed.get(item) or self.verified.answers[code].responses.get(item)

    def put(self, code: str, item: str, response: Response) -> None:
        reported = self.verified.answers[code].responses.get(item, Response(State.BLANK))
        self.verified.reported.setdefault(code, {}).setdefault(item, reported)
        source = Source(file=self.file, origin=ORIGIN)
        self.changed.setdefault(code, {})[item] = replace(response, source=source, confirmed=False)


class _RuledAnswer:
    """One ruling and the answer it is about."""

    def __init__(self, review: _RulingsReview, ruling: Ruling) -> None:
        self.review, self.ruling = review, ruling
        questionnaire = review.questionnaire
        self.answers = review.verified.answers.get(ruling.entity)
        item = questionnaire.item_by_id.get(ruling.item)
        self.measurement = questionnaire.measurement_of_item.get(ruling.item)
        self.part = named_part(self.measurement, ruling.part)
        self.answer = AnswerPart(questionnaire, item, self.part, review.language) if item else None
        choice = questionnaire.scales[item.scale].not_applicable if item else None
        self._not_applicable = choice.code if choice else ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for rulings on one answer."""
        return (self.ruling.entity, self.ruling.item, self.part)

    def closed(self, decision: Decision, reported: str = "", verified: str = "") -> Ruled:
        measurement = self.measurement.id if self.measurement else ""
        ruling = replace(self.ruling, part=str(self.part))
        return Ruled(ruling, measurement, decision, reported, verified)

    def decided(self) -> Ruled:
        """What comes of the ruling; what stands in its way is a finding."""
        problem = self._problem()
        if problem is not None:
            code, parameters = problem
            self.review.report(code, self.ruling, **parameters)
            return self.closed(Decision.NOT_APPLIED, self._present())
        told = {"why": self.ruling.reason, "by whom": self.ruling.by, "when": self.ruling.date}
        missing = [translate(name, self.review.language) for name, text in told.items() if not text]
        if missing:
            self.review.report(codes.RULING_UNACCOUNTED, self.ruling, missing=", ".join(missing))
        return self._applied(self.answer) if self.answer else self.closed(Decision.NOT_APPLIED)

    def _problem(self) -> tuple[Code, dict[str, str | int]] | None:
        if self.answers is None:
            return codes.RULING_WITHOUT_ENTITY, {}
        entity, questionnaire = self.answers.entity, self.review.questionnaire
        if (
            self.answer is None
            or self.measurement is None
            or not questionnaire.applies(self.answer.item, entity.type, entity.code)
        ):
            near = nearest(self.ruling.item, questionnaire.item_by_id)
            return codes.RULING_WITHOUT_ITEM, {"offer": f" ({near}?)" if near != self.ruling.item else ""}
        if self.measurement.collects is Collects.RESPONDENTS:
            return codes.RULING_ON_SURVEY, {}
        if self.part not in self.answer.parts:
            about = {"part": quoted(self.ruling.part), "parts": ", ".join(self.answer.parts)}
            return codes.RULING_PART_UNKNOWN, {**about}
        return self._doubt(self.answer)

    def _doubt(self, answer: AnswerPart) -> tuple[Code, dict[str, str | int]] | None:
        """Whether the ruling can be read, and is about the answer that stands."""
        word = folded(self.ruling.ruling)
        if word not in STANDS | SET_ASIDE:
            reading = answer.reading(self.ruling.ruling)
            if reading.problem is not None and reading.problem.code is codes.NUMBER_AMBIGUOUS:
                return codes.RULING_AMBIGUOUS, {}
            if reading.value is None:
                return codes.RULING_UNREADABLE, {"options": answer.options}
        present, stated = self._present(), self.ruling.stated
        if stated and stated == present:
            return None
        if stated:
            known = Response(State.BLANK) if folded(stated) in SET_ASIDE else answer.read(stated)
            outdated = known is None or self._said(known) != present
        else:
            nothing = self._response() in (None, Response(State.BLANK))
            outdated = word in STANDS | SET_ASIDE and nothing
        if not outdated:
            return None
        return codes.RULING_OUTDATED, {"stated": quoted(stated) or NOTHING, "present": present or NOTHING}

    def _response(self) -> Response | None:
        return self.review.response(self.ruling.entity, self.ruling.item) if self.answers else None

    def _said(self, response: Response | None) -> str:
        return said(response, self.part, self._not_applicable)

    def _present(self) -> str:
        return self._said(self._response()) if self.part in set(RuledPart) else ""

    def _applied(self, answer: AnswerPart) -> Ruled:
        present, word = self._present(), folded(self.ruling.ruling)
        if word in STANDS:
            return self.closed(Decision.STANDS, present, present)
        before = self._response() or Response(State.BLANK)
        given = None if word in SET_ASIDE else self._given(answer)
        after = answer.put(before, given, all_parts=given is None and not self.ruling.part)
        verified = self._said(after)
        if given is not None and verified == present:
            return self.closed(Decision.STANDS, present, present)
        self.review.put(self.ruling.entity, self.ruling.item, after)
        decision = Decision.BLANK if given is None else Decision.CHANGED
        return self.closed(decision, present, verified)

    def _given(self, answer: AnswerPart) -> Response | None:
        """The answer that the ruling gives; a number that is written oddly is named as it was read."""
        reading = answer.reading(self.ruling.ruling)
        if reading.value is not None and reading.problem is not None:
            shown = self._said(reading.value)
            self.review.report(codes.RULING_DRESSED, self.ruling, answer=shown)
        return reading.value
