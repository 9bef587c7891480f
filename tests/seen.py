"""What a person reads on the sheets of a workbook, whatever was done to it; nothing of the reader is used.

A question is its text, the row's id only where no text of a question stands; its answer is what stands on
that row below the header of the answers, the small grey id of the column only where no header stands.
Where that leaves two readings, or an answer where nobody looks for it, the workbook has a fault: it must be
refused.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Collects
from seen_sheet import UNREADABLE, Form, Seen, Sheet, only, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from mangled_book import Book, Leaf
    from seen_sheet import Counts, Key, Person, Spoken

KEY_SHEET = "key"
"""Marker, here only, of the sheet with the statements of a grid."""
DECIDING = ("entity_code", "confirm_blank:capacities")


class Eyes:
    """Somebody who knows the template of a definition, and reads workbooks of it."""

    def __init__(self, questionnaire: Questionnaire, pristine: Book) -> None:
        self.questionnaire = questionnaire
        self.segments = {segment.label["es"]: segment.id for segment in questionnaire.segments}
        self.forms = {leaf.marker: self._form(leaf) for leaf in pristine.leaves if leaf.marker.count(":") > 1}
        cover = next(leaf for leaf in pristine.leaves if leaf.marker == "cti:cover")
        keys = {row: str(box.value) for (row, column), box in cover.boxes.items() if column == 1}
        self.labels = {text_of(cover.boxes.get((row, 2))): key for row, key in keys.items()}
        self.no_entry = {
            *(text_of(box) for (_, column), box in cover.boxes.items() if column == 4),  # the helps
            *self.labels,
            *keys.values(),
        } - {UNREADABLE}

    def _form(self, leaf: Leaf) -> Form:
        head, first = next(place for place, box in leaf.boxes.items() if box.value == leaf.marker)
        headers = {
            "item" if column == first else str(box.value): text_of(leaf.boxes.get((head + 1, column)))
            for (row, column), box in leaf.boxes.items()
            if row == head
        }
        _, name, kind, *_ = leaf.marker.split(":")
        measurement = self.questionnaire.measurement_by_id[name]
        texts: dict[str, set[str]] = {}
        for item in measurement.items:
            texts.setdefault(" ".join(item.text["es"].split()), set()).add(item.id)
        spoken = {
            (item.id, column): None if kind == "counts" else self._spoken(measurement, item, column)
            for item in measurement.items
            for column in headers
        }
        return Form(leaf.marker, headers, texts, spoken)

    def _spoken(self, measurement: Measurement, item: Item, column: str) -> Spoken:
        scale: str | None = item.scale
        if measurement.collects is Collects.INDICATORS:
            marks = {"criterion": measurement.criterion_scale, "own_mark": measurement.range_scale}
            scale = marks.get(column)
        if column == "no_data":
            reasons = self.questionnaire.no_data_reasons
            return {said: reason.id for reason in reasons for said in (reason.id, reason.label["es"])}
        if scale is None:
            return None
        known = self.questionnaire.scales[scale]
        choices = (*known.options, *filter(None, (known.dont_know, known.not_applicable)))
        labels = {choice.code: choice.label["es"] for choice in choices}
        return {said: code for code, label in labels.items() for said in (code, label, f"{code} - {label}")}

    def read(self, book: Book) -> Seen:
        """All sheets of a workbook; what several of them say is said once."""
        seen = Seen()
        values: dict[Key, set[str]] = {}
        surveys: dict[str, list[Counts]] = {}
        for leaf in book.leaves:
            form = self.forms.get(leaf.marker)
            if leaf.marker == "cti:cover":
                self._cover(leaf, seen)
            elif leaf.marker == KEY_SHEET and any(other.marker.endswith(":grid") for other in book.leaves):
                self._key(leaf, seen)
            elif form is not None and form.kind in {"answers", "indicators"}:
                for key, value in Sheet(leaf, form, seen).answers():
                    values.setdefault(key, set()).add(value)
            elif form is not None:
                counts, known = self._survey(Sheet(leaf, form, seen)), surveys.get(form.segment, [])
                surveys |= {form.segment: [*known, counts]} if counts and counts not in known else {}
        for key, found in values.items():
            seen.answers[key] = only(found, f"{key}", seen.faults)
        seen.answers = {key: answer for key, answer in seen.answers.items() if answer}
        for segment, different in surveys.items():
            seen.faults += [f"two surveys {segment}"] * (len(different) - 1)
            seen.counts |= different[0]
        return seen

    def _survey(self, sheet: Sheet) -> Counts:
        form = sheet.form
        if form.kind == "counts":
            sheet.seen.segments.add(form.segment)
            return sheet.tallies(form.segment)
        people = sheet.columns_of_people() if form.kind == "list" else sheet.rows_of_people()
        return self._tallied(people, list(form.items), sheet.seen)

    def _tallied(self, people: Iterable[Person], items: list[str], seen: Seen) -> Counts:
        """How many gave each answer; who answered nothing but "don't know" is not counted."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for person in people:
            if not any(mark not in {"", "NS"} for mark in person.marks.values()):
                continue
            if person.segment and person.segment not in self.segments:
                seen.faults.append(f"segment {person.segment}")
            segment = self.segments.get(person.segment, "unknown")
            for item in items:
                mark = person.marks.get(item, "")
                counts[segment, item, {"": "blank", "NS": "dont_know"}.get(mark, mark)] += 1
        return dict(counts)

    def _key(self, leaf: Leaf, seen: Seen) -> None:
        """Who answered a grid went by the texts beside its ids."""
        texts = {text: items for form in self.forms.values() for text, items in form.texts.items()}
        ids = {item for items in texts.values() for item in items}
        for (row, column), box in leaf.boxes.items():
            beside = [text for c in range(1, 9) if (text := text_of(leaf.boxes.get((row, c)))) in ids]
            if column > 1 and beside and beside[0] not in texts.get(text_of(box), {beside[0]}):
                seen.faults.append(f"{beside[0]} is explained by {text_of(box)}")

    def _cover(self, leaf: Leaf, seen: Seen) -> None:
        """What stands in the column of the entries: right of most labels, or left where those were moved."""
        labels = {
            place: self.labels[text]
            for place, box in leaf.boxes.items()
            if (text := text_of(box)) in self.labels
        }
        columns: Counter[int] = Counter()
        for row, column in labels:
            near = [c for r, c in leaf.boxes if r == row and c > 1 and self._is_entry(leaf, r, c)]
            columns.update([min(near, key=lambda c: (c < column, abs(c - column)))] if near else [])
        entries = columns.most_common(1)[0][0] if columns else 0
        for (row, _), key in labels.items():
            said = text_of(leaf.boxes.get((row, entries))) if self._is_entry(leaf, row, entries) else ""
            if key in DECIDING and said and seen.cover.get(key, "") not in {"", said}:
                seen.faults.append(f"{key} is {said} and {seen.cover[key]}")
            if key in DECIDING:
                seen.cover[key] = said or seen.cover.get(key, "")

    def _is_entry(self, leaf: Leaf, row: int, column: int) -> bool:
        box = leaf.boxes.get((row, column))
        return box is not None and not box.listed and text_of(box) not in self.no_entry
