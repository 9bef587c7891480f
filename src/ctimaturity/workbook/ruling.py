"""Rulings applied to answers: what counts, what was reported, and which rulings could not be applied."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.codes import rulings as codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.response import Response, Source, State
from ctimaturity.model.rule import Collects
from ctimaturity.model.ruling import PARTS, Decision, Part, Ruled
from ctimaturity.workbook.answer import ChoiceReader, read_in_range, read_number
from ctimaturity.workbook.choice import scale_choices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.ruling import Ruling
    from ctimaturity.workbook.choice import Choice

ORIGIN = "ruling"
"""What the source of an answer says that a ruling has changed."""
STANDS = frozenset(
    map(folded, ("stands", "se mantiene", "se confirma", "confirmada", "confirmed", "aceptada", "accepted"))
)
SET_ASIDE = frozenset(
    map(folded, ("blank", "en blanco", "se anula", "anulada", "set aside", "rechazada", "rejected"))
)
MARKS = (Part.CRITERION, Part.OWN_MARK)
OF_INDICATORS = (Part.VALUE, Part.VALUE_BEFORE, *MARKS)
NOTHING = "–"


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


def said(response: Response | None, part: str, not_applicable: str = "") -> str:
    """What an answer, or one entry of an indicator, says: a code, a number, or nothing."""
    if response is None:
        return ""
    numbers: dict[str, Decimal | None] = {
        Part.ANSWER: response.number,
        Part.VALUE: response.value,
        Part.VALUE_BEFORE: response.value_before,
    }
    number = numbers.get(part)
    if number is not None:
        return format(number.normalize() + 0, "f")
    if part == Part.ANSWER and response.state is State.NOT_APPLICABLE:
        return not_applicable
    options = {
        Part.ANSWER: response.option,
        Part.CRITERION: response.criterion,
        Part.OWN_MARK: response.own_mark,
    }
    return options.get(Part(part), "")


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
    bench = _Bench(questionnaire, Verified(dict(answers)), file, language)
    bench.hear(rulings)
    return bench.verified


class _Bench:
    """Applies the rulings of one file."""

    def __init__(self, questionnaire: Questionnaire, verified: Verified, file: str, language: str) -> None:
        self.questionnaire = questionnaire
        self.verified = verified
        self.file = file
        self.language = language
        self.changed: dict[str, dict[str, Response]] = {}

    def hear(self, rulings: Sequence[Ruling]) -> None:
        cases = [_Case(self, ruling) for ruling in rulings]
        times = Counter(case.key for case in cases)
        first: dict[tuple[str, str, str], int] = {}
        for case in cases:
            if times[case.key] > 1:
                line = first.setdefault(case.key, case.ruling.line)
                if line != case.ruling.line:
                    self.report(codes.RULING_TWICE, case.ruling, first=line)
                self.verified.rulings.append(case.closed(Decision.NOT_APPLIED))
            else:
                self.verified.rulings.append(case.decided())
        for code, responses in self.changed.items():
            mine = self.verified.answers[code]
            self.verified.answers[code] = replace(mine, responses={**mine.responses, **responses})

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


class _Case:
    """One ruling and the answer it is about."""

    def __init__(self, bench: _Bench, ruling: Ruling) -> None:
        self.bench = bench
        self.ruling = ruling
        self.answers = bench.verified.answers.get(ruling.entity)
        self.item: Item | None = bench.questionnaire.item_by_id.get(ruling.item)
        self.measurement: Measurement | None = bench.questionnaire.measurement_of_item.get(ruling.item)
        self.part = self._part()

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for rulings on one answer."""
        return (self.ruling.entity, self.ruling.item, self.part)

    def _part(self) -> str:
        shown = folded(self.ruling.part)
        written = next((part for part in Part if shown in {part, folded(PARTS[part])}), shown)
        if self.measurement is None or self.measurement.collects is not Collects.INDICATORS:
            return written or Part.ANSWER
        if written in {"", Part.ANSWER}:
            return Part.CRITERION if self.measurement.criterion_scale else Part.OWN_MARK
        return written

    def closed(self, decision: Decision, reported: str = "", verified: str = "") -> Ruled:
        measurement = self.measurement.id if self.measurement else ""
        ruling = replace(self.ruling, part=str(self.part))
        return Ruled(ruling, measurement, decision, reported, verified)

    def decided(self) -> Ruled:
        """What comes of the ruling; what stands in its way is a finding."""
        problem = self._problem()
        if problem is not None:
            code, parameters = problem
            self.bench.report(code, self.ruling, **parameters)
            return self.closed(Decision.NOT_APPLIED, self._present())
        told = {"why": self.ruling.reason, "by whom": self.ruling.by, "when": self.ruling.date}
        missing = [translate(name, self.bench.language) for name, text in told.items() if not text]
        if missing:
            self.bench.report(codes.RULING_UNACCOUNTED, self.ruling, missing=", ".join(missing))
        return self._applied()

    def _problem(self) -> tuple[Code, dict[str, str | int]] | None:
        if self.answers is None:
            return codes.RULING_WITHOUT_ENTITY, {}
        entity = self.answers.entity
        if (
            self.item is None
            or self.measurement is None
            or not self.bench.questionnaire.applies(self.item, entity.type, entity.code)
        ):
            near = nearest(self.ruling.item, self.bench.questionnaire.item_by_id)
            return codes.RULING_WITHOUT_ITEM, {"offer": f" ({near}?)" if near != self.ruling.item else ""}
        if self.measurement.collects is Collects.RESPONDENTS:
            return codes.RULING_ON_SURVEY, {}
        if self.part not in self._parts():
            return codes.RULING_PART_UNKNOWN, {
                "part": quoted(self.ruling.part),
                "parts": ", ".join(self._parts()),
            }
        return self._doubt()

    def _doubt(self) -> tuple[Code, dict[str, str | int]] | None:
        """Whether the ruling can be read, and is about the answer that stands."""
        word = folded(self.ruling.ruling)
        if word not in STANDS | SET_ASIDE and not self._read(self.ruling.ruling):
            return codes.RULING_UNREADABLE, {"options": self._options()}
        present, stated = self._present(), self.ruling.stated
        if stated:
            known = Response(State.BLANK) if folded(stated) in SET_ASIDE else self._read(stated)
            outdated = known is None or said(known, self.part, self._na) != present
        else:
            nothing = self._response() is None or self._response() == Response(State.BLANK)
            outdated = word in STANDS | SET_ASIDE and nothing
        if not outdated:
            return None
        return codes.RULING_OUTDATED, {"stated": quoted(stated) or NOTHING, "present": present or NOTHING}

    def _parts(self) -> tuple[Part, ...]:
        if self.measurement is None or self.measurement.collects is not Collects.INDICATORS:
            return (Part.ANSWER,)
        scales = {Part.CRITERION: self.measurement.criterion_scale, Part.OWN_MARK: self._range_scale()}
        return tuple(part for part in OF_INDICATORS if part not in MARKS or scales[part])

    def _range_scale(self) -> str:
        return (self.measurement.range_scale if self.measurement else None) or ""

    def _response(self) -> Response | None:
        return self.bench.response(self.ruling.entity, self.ruling.item) if self.answers else None

    def _present(self) -> str:
        return said(self._response(), self.part, self._na) if self.part in set(Part) else ""

    @property
    def _na(self) -> str:
        choice = self.bench.questionnaire.scales[self.item.scale].not_applicable if self.item else None
        return choice.code if choice else ""

    def _scale(self) -> str:
        if self.part == Part.CRITERION and self.measurement:
            return self.measurement.criterion_scale or ""
        return self._range_scale() if self.part == Part.OWN_MARK else self.item.scale if self.item else ""

    def _options(self) -> str:
        if self.part in {Part.VALUE, Part.VALUE_BEFORE}:
            return translate("a number", self.bench.language)
        scale = self.bench.questionnaire.scales[self._scale()]
        if scale.range is not None:
            return f"{scale.range.minimum:f} {NOTHING} {scale.range.maximum:f}"
        return ChoiceReader(scale_choices(scale), self.bench.language).options

    def _read(self, text: str) -> Response | None:
        """An answer with only the part that a text says; None where it cannot be read."""
        cell = Cell(CellKind.TEXT, text, text)
        answered = Response(State.ANSWERED)
        if self.part in {Part.VALUE, Part.VALUE_BEFORE}:
            number = read_number(cell).value
            return None if number is None else _with(answered, self.part, number)
        scale = self.bench.questionnaire.scales[self._scale()]
        if self.part == Part.ANSWER and scale.range is not None:
            number = read_in_range(cell, scale.range).value
            return None if number is None else replace(answered, number=number)
        choice = ChoiceReader(scale_choices(scale), self.bench.language).read(cell).value
        return None if choice is None else self._chosen(choice)

    def _chosen(self, choice: Choice) -> Response:
        if self.part != Part.ANSWER:
            return _with(Response(State.ANSWERED), self.part, choice.code)
        if choice.not_applicable:
            return Response(State.NOT_APPLICABLE)
        state = State.DONT_KNOW if choice.dont_know else State.ANSWERED
        return Response(state, option=choice.code)

    def _applied(self) -> Ruled:
        present, word = self._present(), folded(self.ruling.ruling)
        if word in STANDS:
            return self.closed(Decision.STANDS, present, present)
        before = self._response() or Response(State.BLANK)
        given = None if word in SET_ASIDE else self._read(self.ruling.ruling)
        after = self._after(before, given)
        verified = said(after, self.part, self._na)
        if given is not None and verified == present:
            return self.closed(Decision.STANDS, present, present)
        self.bench.put(self.ruling.entity, self.ruling.item, after)
        decision = Decision.BLANK if given is None else Decision.CHANGED
        return self.closed(decision, present, verified)

    def _after(self, before: Response, given: Response | None) -> Response:
        """The answer that counts, with what stands beside it."""
        if self.part == Part.ANSWER:
            new = given or Response(State.BLANK)
            return replace(before, state=new.state, option=new.option, number=new.number, reason="")
        parts = OF_INDICATORS if given is None and not self.ruling.part else (Part(self.part),)
        after = replace(before, reason="")
        for part in parts:
            after = _with(after, part, _entry(given, part))
        filled = any(_entry(after, part) not in {None, ""} for part in OF_INDICATORS)
        return replace(after, state=State.ANSWERED if filled else State.BLANK)


def _entry(response: Response | None, part: str) -> Decimal | str | None:
    entries = {} if response is None else dict(_entries(response))
    return entries.get(part)


def _entries(response: Response) -> Iterator[tuple[str, Decimal | str | None]]:
    yield Part.VALUE, response.value
    yield Part.VALUE_BEFORE, response.value_before
    yield Part.CRITERION, response.criterion
    yield Part.OWN_MARK, response.own_mark


def _with(response: Response, part: str, entry: Decimal | str | None) -> Response:
    """The answer with another entry; an empty one where there is none."""
    number = None if entry is None or isinstance(entry, str) else entry
    text = entry if isinstance(entry, str) else ""
    if part == Part.VALUE:
        return replace(response, value=number)
    if part == Part.VALUE_BEFORE:
        return replace(response, value_before=number)
    return replace(response, criterion=text) if part == Part.CRITERION else replace(response, own_mark=text)
