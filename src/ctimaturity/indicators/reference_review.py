"""A reference file held against its questionnaire: what it marks, and what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.indicators.reference_record import WORSE, digest_of
from ctimaturity.language.folding import nearest
from ctimaturity.model.number import decimal_text
from ctimaturity.model.questionnaire import YES_NO
from ctimaturity.model.reference import Calibrated, Reference, ReferenceRange
from ctimaturity.model.rule import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.files.yaml import Path as Keys
    from ctimaturity.indicators.reference_document import ReferenceDocument
    from ctimaturity.indicators.reference_record import RangeRecord, ReferenceRecord
    from ctimaturity.model.questionnaire import Item, Questionnaire

FEW = 30
"""Ranges calibrated on fewer entities are marked [choice]."""
_NAMED = 8
"""How many indicators a finding names."""


@dataclass(frozen=True, slots=True)
class ReferenceReading:
    """What came of a reference file.

    Attributes:
        reference: The ranges that mark; None when something is wrong with the file.
        diagnostics: Every finding, in order.
    """

    reference: Reference | None
    diagnostics: tuple[Diagnostic, ...]


def reviewed(document: ReferenceDocument, questionnaire: Questionnaire) -> ReferenceReading:
    """The ranges of a file for the indicators of a questionnaire.

    Ranges without cuts, or of which nothing says which way the indicator improves, mark nothing and
    are left out.
    """
    if document.record is None:
        return ReferenceReading(None, document.diagnostics)
    review = _Review(document, questionnaire)
    ranges = review.ranges(document.record)
    found = in_order((*document.diagnostics, *review.diagnostics))
    if has_errors(found):
        return ReferenceReading(None, found)
    return ReferenceReading(reference_of(document.record, ranges), found)


def reference_of(record: ReferenceRecord, ranges: Sequence[ReferenceRange]) -> Reference:
    """The reference of a file and its ranges, in the order of the canonical form."""
    made = record.calibration
    return Reference(
        ranges=tuple(sorted(ranges, key=lambda one: (one.item, one.grouping, one.group))),
        id=record.id,
        version=record.version,
        questionnaire=record.questionnaire,
        example=record.example,
        title=MappingProxyType(record.title),
        note=MappingProxyType(record.note),
        calibration=Calibrated(made.method, made.entities, MappingProxyType(made.inputs)) if made else None,
        digest=digest_of(record),
    )


def named(items: Sequence[str]) -> str:
    """The first few of some ids."""
    first = ", ".join(dict.fromkeys(items[:_NAMED]))
    return f"{first}, …" if len(items) > _NAMED else first


class _Review:
    def __init__(self, document: ReferenceDocument, questionnaire: Questionnaire) -> None:
        self.document = document
        self.questionnaire = questionnaire
        self.diagnostics: list[Diagnostic] = []

    def ranges(self, record: ReferenceRecord) -> list[ReferenceRange]:
        if record.questionnaire != self.questionnaire.key:
            about = {"stated": record.questionnaire, "questionnaire": self.questionnaire.key}
            self.report(codes.REFERENCE_OF_ANOTHER, ("questionnaire",), **about)
            return []
        if record.example:
            self.report(codes.REFERENCE_EXAMPLE, ("example",), name=f"{record.id} {record.version}")
        self.twice(record.ranges)
        found = [self.range(number, one) for number, one in enumerate(record.ranges)]
        self.together(record.ranges)
        return [each for each in found if each is not None]

    def twice(self, ranges: Sequence[RangeRecord]) -> None:
        first: dict[tuple[str, str, str], int] = {}
        for number, one in enumerate(ranges):
            other = first.setdefault((one.item, one.grouping, one.group), number)
            if other != number:
                line = self.document.place(("ranges", other)).line or 0
                self.report(
                    codes.REFERENCE_RANGE_TWICE, ("ranges", number), one.item, item=one.item, line=line
                )

    def together(self, ranges: Sequence[RangeRecord]) -> None:
        """What is said once for many ranges."""
        unsourced = [one.item for one in ranges if one.cuts and not (one.source and one.year)]
        unfilled = [
            one.item for one in ranges if not one.cuts and self.known(one) and not self.is_yes_no(one.item)
        ]
        few = [one.item for one in ranges if one.sample is not None and one.sample < FEW]
        for code, items in (
            (codes.REFERENCE_SOURCE_MISSING, unsourced),
            (codes.REFERENCE_UNFILLED, unfilled),
            (codes.REFERENCE_SAMPLE_SMALL, few),
        ):
            if items:
                self.report(code, (), count=len(items), items=named(items), wanted=FEW)

    def known(self, one: RangeRecord) -> bool:
        return one.item in self.questionnaire.indicators

    def is_yes_no(self, item: str) -> bool:
        return self.questionnaire.item_by_id[item].unit == YES_NO

    def range(self, number: int, one: RangeRecord) -> ReferenceRange | None:
        keys: Keys = ("ranges", number)
        if not self.known(one):
            near = nearest(one.item, self.questionnaire.indicators)
            about = {"item": quoted(one.item), "offer": f" ({near}?)" if near else ""}
            self.report(codes.REFERENCE_ITEM_UNKNOWN, (*keys, "item"), one.item, **about)
            return None
        item = self.questionnaire.item_by_id[one.item]
        for missing, given in (("grouping", one.group), ("group", one.grouping)):
            if given and not getattr(one, missing):
                self.report(codes.REFERENCE_KEY_MISSING, keys, one.item, key=missing)
        self.unit(keys, one, item)
        self.cuts(keys, one, item)
        direction = self.direction(keys, one, item)
        yes_no = item.unit == YES_NO
        if direction is Direction.AMBIGUOUS or not (one.cuts or yes_no):
            return None
        return ReferenceRange(
            item=one.item,
            direction=direction,
            cuts=one.cuts,
            worse_on_cut=one.side == WORSE,
            yes_no=yes_no,
            grouping=one.grouping,
            group=one.group,
            unit=one.unit or item.unit or "",
            source=one.source,
            year=one.year,
            sample=one.sample,
        )

    def unit(self, keys: Keys, one: RangeRecord, item: Item) -> None:
        if one.unit and one.unit != item.unit:
            about = {"item": one.item, "stated": quoted(one.unit), "unit": item.unit or "–"}
            self.report(codes.REFERENCE_UNIT_DIFFERS, (*keys, "unit"), one.item, **about)

    def direction(self, keys: Keys, one: RangeRecord, item: Item) -> Direction:
        own = item.direction or Direction.AMBIGUOUS
        direction = one.direction or own
        if direction is Direction.AMBIGUOUS:
            if one.cuts:
                self.report(codes.REFERENCE_DIRECTION_OPEN, keys, one.item, item=one.item)
        elif own not in {direction, Direction.AMBIGUOUS}:
            about = {"item": one.item, "stated": direction.value, "direction": own.value}
            self.report(codes.REFERENCE_DIRECTION_DIFFERS, (*keys, "direction"), one.item, **about)
        return direction

    def cuts(self, keys: Keys, one: RangeRecord, item: Item) -> None:
        measurement = self.questionnaire.measurement_of_item[item.id]
        marks = len(self.questionnaire.scales[measurement.range_scale or item.scale].options)
        wanted = 0 if item.unit == YES_NO else marks - 1
        where = (*keys, "cuts")
        if one.cuts and len(one.cuts) != wanted:
            about: dict[str, str | int] = {"count": len(one.cuts), "marks": marks, "wanted": wanted}
            self.report(codes.REFERENCE_CUTS_COUNT, where, one.item, item=one.item, **about)
            return
        for number, (cut, following) in enumerate(zip(one.cuts, one.cuts[1:], strict=False), 1):
            texts = {"first": decimal_text(cut), "second": decimal_text(following)}
            if following < cut:
                self.report(codes.REFERENCE_CUTS_ORDER, (*where, number), one.item, item=one.item, **texts)
            elif following == cut:
                self.report(
                    codes.REFERENCE_CUTS_EQUAL, (*where, number), one.item, item=one.item, cut=texts["first"]
                )
        bounds = self.questionnaire.plausible(item)
        for number, cut in enumerate(one.cuts):
            if bounds is not None and not bounds.admits(cut):
                about = {"item": one.item, "cut": decimal_text(cut)}
                self.report(codes.REFERENCE_CUT_IMPLAUSIBLE, (*where, number), one.item, **about)

    def report(self, code: Code, keys: Keys, about: str = "", **parameters: str | int) -> None:
        self.diagnostics.append(Diagnostic(code, self.document.place(keys, about), parameters))
