"""A reference file held against its questionnaire: what it marks, and what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.indicators.reference_record import WORSE, digest_of
from ctimaturity.language.folding import offer
from ctimaturity.model.attribute import attributes
from ctimaturity.model.number import decimal_text
from ctimaturity.model.questionnaire import YES_NO
from ctimaturity.model.reference import Reference, ReferenceRange
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
"""How many indicators a finding names; a new file has all of them unfilled."""


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
    diagnostics = in_order((*document.diagnostics, *review.diagnostics))
    if has_errors(diagnostics):
        return ReferenceReading(None, diagnostics)
    return ReferenceReading(reference_of(document.record, ranges), diagnostics)


def reference_of(record: ReferenceRecord, ranges: Sequence[ReferenceRange]) -> Reference:
    """The reference of a file and its ranges, in the order of the canonical form."""
    return Reference(
        ranges=tuple(sorted(ranges, key=attrgetter("item", "grouping", "group"))),
        **attributes(record, "id", "version", "example"),
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
        ranges = [self.range(number, row) for number, row in enumerate(record.ranges)]
        self.together(record.ranges)
        return [marking for marking in ranges if marking is not None]

    def twice(self, ranges: Sequence[RangeRecord]) -> None:
        first: dict[tuple[str, str, str], int] = {}
        for number, row in enumerate(ranges):
            other = first.setdefault((row.item, row.grouping, row.group), number)
            if other != number:
                keys, line = ("ranges", number), self.document.place(("ranges", other)).line or 0
                self.report(codes.REFERENCE_RANGE_TWICE, keys, row.item, item=row.item, line=line)

    def together(self, ranges: Sequence[RangeRecord]) -> None:
        """What is said once for many ranges."""
        unsourced = [row.item for row in ranges if row.cuts and not (row.source and row.year)]
        units = {item: self.questionnaire.item_by_id[item].unit for item in self.questionnaire.indicators}
        unfilled = [row.item for row in ranges if not row.cuts and units.get(row.item, YES_NO) != YES_NO]
        few = [row.item for row in ranges if row.sample is not None and row.sample < FEW]
        for code, items in (
            (codes.REFERENCE_SOURCE_MISSING, unsourced),
            (codes.REFERENCE_UNFILLED, unfilled),
            (codes.REFERENCE_SAMPLE_SMALL, few),
        ):
            if items:
                self.report(code, (), count=len(items), items=named(items), wanted=FEW)

    def range(self, number: int, row: RangeRecord) -> ReferenceRange | None:
        keys: Keys = ("ranges", number)
        if row.item not in self.questionnaire.indicators:
            about = {"item": quoted(row.item), "offer": offer(row.item, self.questionnaire.indicators)}
            self.report(codes.REFERENCE_ITEM_UNKNOWN, (*keys, "item"), row.item, **about)
            return None
        item = self.questionnaire.item_by_id[row.item]
        for missing, given in (("grouping", row.group), ("group", row.grouping)):
            if given and not getattr(row, missing):
                self.report(codes.REFERENCE_KEY_MISSING, keys, row.item, key=missing)
        self.unit(keys, row, item)
        self.cuts(keys, row, item)
        direction = self.direction(keys, row, item)
        yes_no = item.unit == YES_NO
        if direction is Direction.AMBIGUOUS or not (row.cuts or yes_no):
            return None
        return ReferenceRange(
            direction=direction,
            worse_on_cut=row.side == WORSE,
            yes_no=yes_no,
            unit=row.unit or item.unit or "",
            **attributes(row, "item", "cuts", "grouping", "group", "source", "year", "sample"),
        )

    def unit(self, keys: Keys, row: RangeRecord, item: Item) -> None:
        if row.unit and row.unit != item.unit:
            about = {"item": row.item, "stated": quoted(row.unit), "unit": item.unit or "–"}
            self.report(codes.REFERENCE_UNIT_DIFFERS, (*keys, "unit"), row.item, **about)

    def direction(self, keys: Keys, row: RangeRecord, item: Item) -> Direction:
        own = item.direction or Direction.AMBIGUOUS
        direction = row.direction or own
        if direction is Direction.AMBIGUOUS:
            if row.cuts:
                self.report(codes.REFERENCE_DIRECTION_OPEN, keys, row.item, item=row.item)
        elif own not in {direction, Direction.AMBIGUOUS}:
            about = {"item": row.item, "stated": direction.value, "direction": own.value}
            self.report(codes.REFERENCE_DIRECTION_DIFFERS, (*keys, "direction"), row.item, **about)
        return direction

    def cuts(self, keys: Keys, row: RangeRecord, item: Item) -> None:
        measurement = self.questionnaire.measurement_of_item[item.id]
        marks = len(self.questionnaire.scales[measurement.range_scale or item.scale].options)
        wanted = 0 if item.unit == YES_NO else marks - 1
        where = (*keys, "cuts")
        if row.cuts and len(row.cuts) != wanted:
            count = {"count": len(row.cuts), "marks": marks, "wanted": wanted}
            self.report(codes.REFERENCE_CUTS_COUNT, where, row.item, item=row.item, **count)
            return
        for number, (cut, following) in enumerate(zip(row.cuts, row.cuts[1:], strict=False), 1):
            about = {"item": row.item}
            if following < cut:
                about |= {"first": decimal_text(cut), "second": decimal_text(following)}
                self.report(codes.REFERENCE_CUTS_ORDER, (*where, number), row.item, **about)
            elif following == cut:
                about |= {"cut": decimal_text(cut)}
                self.report(codes.REFERENCE_CUTS_EQUAL, (*where, number), row.item, **about)
        bounds = self.questionnaire.plausible(item)
        for number, cut in enumerate(row.cuts):
            if bounds is not None and not bounds.admits(cut):
                about = {"item": row.item, "cut": decimal_text(cut)}
                self.report(codes.REFERENCE_CUT_IMPLAUSIBLE, (*where, number), row.item, **about)

    def report(self, code: Code, keys: Keys, item: str = "", /, **parameters: str | int) -> None:
        self.diagnostics.append(Diagnostic(code, self.document.place(keys, item), parameters))
