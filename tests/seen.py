"""What a person reads on the sheets of a workbook, whatever was done to it; nothing of the reader is used.

A question is its text, the row's id only where no text of a question stands; its answer is what stands on
that row below the header of the answers, the small grey id of the column only where no header stands.
Where that leaves two readings, or an answer where nobody looks for it, the workbook has a fault: it must be
refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Collects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from mangled_book import Book, Box, Leaf, Place

KEY_SHEET = "key"
"""Marker, here only, of the sheet with the statements of a grid."""
DECIDING = ("entity_code", "confirm_blank:capacities")
DECISIVE = re.compile(r"answer|value|value_before|no_data|criterion|own_mark|R[0-9]+|option:.*|dont_know|blank")
LABELLED = re.compile(r"\S+ - \S.*")
UNREADABLE = "?"

Key = tuple[str, str]
Counts = dict[tuple[str, str, str], int]
Spoken = dict[str, str] | None
"""What may be said, with the code that it means; None where a number is."""


@dataclass
class Seen:
    """What is read.

    Attributes:
        answers: By item and column, of agreed answers and indicators; blank ones are left out.
        counts: How many of each segment gave each answer to a statement.
        asked: Items that stand on some sheet.
        segments: Whose sheets of counts are there.
        cover: What stands beside the labels of the cover, by key.
        faults: Why the workbook must be refused.
    """

    answers: dict[Key, str] = field(default_factory=dict)
    counts: Counts = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    segments: set[str] = field(default_factory=set)
    cover: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def shown(value: float) -> str:
    """A number as it is seen."""
    return str(int(value)) if float(value).is_integer() else str(value)


def text_of(box: Box | None) -> str:
    """What a cell shows; a formula shows what nobody here knows."""
    if box is None:
        return ""
    if box.value is None:
        return UNREADABLE
    return " ".join(box.value.split()) if isinstance(box.value, str) else shown(box.value)


@dataclass
class Form:
    """A sheet of answers as the template made it.

    Attributes:
        kind: `answers`, `indicators`, `list`, `grid` or `counts`.
        segment: Of a sheet of counts.
        headers: The visible header of each column, by its id.
        texts: The ids of the items that a text asks.
        spoken: What may be said in a column for an item.
    """

    marker: str
    headers: dict[str, str]
    texts: dict[str, set[str]]
    spoken: dict[Key, Spoken]

    def __post_init__(self) -> None:
        _, _, self.kind, self.segment = [*self.marker.split(":"), ""][:4]
        self.items = dict.fromkeys(sorted({item for items in self.texts.values() for item in items}))
        self.name_of = {text: name for name, text in self.headers.items()}

    @cached_property
    def decisive(self) -> list[str]:
        """The columns of answers."""
        return [name for name in self.headers if DECISIVE.fullmatch(name) or name in self.items]

    def said(self, item: str, column: str, box: Box | None) -> str:
        """The code or number that a cell says; empty for a blank one."""
        text = text_of(box)
        choices = self.spoken[item, column]
        if not text or choices is not None:
            return (choices or {}).get(text, UNREADABLE) if text else ""
        try:
            number = float(text)
        except ValueError:
            return UNREADABLE
        whole = number >= 0 and number.is_integer()
        return shown(number) if whole or self.kind == "indicators" else UNREADABLE

    def looks(self, item: str, box: Box | None) -> bool:
        """Whether a cell holds an answer with its label, wherever it stands."""
        text = "" if box is not None and box.listed else text_of(box)
        known = (self.spoken.get((item, column)) for column in self.decisive)
        return LABELLED.fullmatch(text) is not None and any(text in (spoken or {}) for spoken in known)


class Eyes:
    """Somebody who knows the template of a definition, and reads workbooks of it."""

    def __init__(self, questionnaire: Questionnaire, pristine: Book) -> None:
        self.questionnaire = questionnaire
        self.segments = {segment.label["es"]: segment.id for segment in questionnaire.segments}
        self.forms = {
            leaf.marker: self._form(leaf) for leaf in pristine.leaves if leaf.marker.count(":") > 1
        }
        cover = next(leaf for leaf in pristine.leaves if leaf.marker == "cti:cover")
        keys = {row: str(box.value) for (row, column), box in cover.boxes.items() if column == 1}
        self.labels = {text_of(cover.boxes.get((row, 2))): key for row, key in keys.items()}
        self.no_entry = {
            *(text_of(box) for (_, column), box in cover.boxes.items() if column == 4),  # noqa: PLR2004  (the helps)
            *self.labels,
            *keys.values(),
        }

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
                for key, value in _Sheet(leaf, form, seen).answers():
                    values.setdefault(key, set()).add(value)
            elif form is not None:
                counts = self._survey(_Sheet(leaf, form, seen))
                if counts and counts not in surveys.setdefault(form.segment, []):
                    surveys[form.segment].append(counts)
        for key, found in values.items():
            answer = _only(found, f"{key}", seen.faults)
            if answer:
                seen.answers[key] = answer
        for segment, different in surveys.items():
            if len(different) > 1:
                seen.faults.append(f"two surveys {segment}")
            seen.counts |= different[0] if different else {}
        return seen

    def _survey(self, sheet: _Sheet) -> Counts:
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
        """What stands right of a label; left of it where the labels were moved behind the entries."""
        for (row, column), box in leaf.boxes.items():
            key = self.labels.get(text_of(box), "")
            if key not in DECIDING:
                continue
            right = sorted(c for r, c in leaf.boxes if r == row and c > column)
            left = sorted((c for r, c in leaf.boxes if r == row and 1 < c < column), reverse=True)
            texts = [text_of(leaf.boxes[row, c]) for c in (*right, *left) if not leaf.boxes[row, c].listed]
            said = next((text for text in texts if text not in self.no_entry), "")
            if seen.cover.setdefault(key, said) != said:
                seen.faults.append(f"{key} is {said} and {seen.cover[key]}")


def _only(found: set[str], of: str, faults: list[str]) -> str:
    """The one thing that is said, blanks aside."""
    said = sorted(found - {""})
    if UNREADABLE in said or len(said) > 1:
        faults.append(f"{of}: {said}")
    return said[0] if said else ""


@dataclass
class Person:
    """A respondent."""

    segment: str
    marks: dict[str, str]


class _Sheet:
    """One sheet being read."""

    def __init__(self, leaf: Leaf, form: Form, seen: Seen) -> None:
        self.leaf, self.form, self.seen = leaf, form, seen
        self.rows: dict[int, dict[int, Box]] = {}
        for (row, column), box in sorted(leaf.boxes.items(), key=_by_place):
            self.rows.setdefault(row, {})[column] = box
        marked = (row for row, cells in self.rows.items() if form.marker in map(text_of, cells.values()))
        self.ids = next(marked, 0) or self._row_of(form.headers, but=0, least=3)
        self.head = self._row_of(form.name_of, but=self.ids, least=1)
        self.columns = self._found()

    def _row_of(self, texts: Mapping[str, object], *, but: int, least: int) -> int:
        """The row that holds most of some texts."""
        counts = {
            row: len({text_of(box) for box in cells.values()} & texts.keys())
            for row, cells in self.rows.items()
            if row != but
        }
        best = max(counts, key=lambda row: counts[row], default=0)
        return best if counts.get(best, 0) >= least else 0

    def _found(self) -> dict[str, list[int]]:
        """The columns by their id: by header, else by id, else by a header that stands elsewhere on top."""
        names = {"item" if name == self.form.marker else name: name for name in self.form.headers}
        names[self.form.marker] = "item"
        tops = [row for row in self.rows if row not in {self.head, self.ids} and not self._asks(row)]
        found: dict[str, list[int]] = {}
        taken: set[int] = set()
        for row, known in ((self.head, self.form.name_of), (self.ids, names), *((r, self.form.name_of) for r in tops)):
            new: dict[str, list[int]] = {}
            for column, box in self.rows.get(row, {}).items():
                name = known.get(text_of(box))
                if name and name not in found and column not in taken and not box.listed:
                    new.setdefault(name, []).append(column)
            found |= new
            taken |= {column for columns in new.values() for column in columns}
        return found

    def _asks(self, row: int) -> bool:
        texts = {text_of(box) for box in self.rows[row].values()}
        return bool(texts & (self.form.texts.keys() | self.form.items.keys())) and self.form.kind != "grid"

    def _fault(self, said: str) -> None:
        self.seen.faults.append(f"{self.leaf.name}: {said}")

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Each row with the item that a person sees asked on it; empty where there is none."""
        texts = self.columns.get("text") or self._fullest(self.form.texts)
        ids = self.columns.get("item") or self._fullest(self.form.items)
        for row, cells in self.rows.items():
            if row in {self.ids, self.head}:
                continue
            named = [text for c in ids if (text := text_of(cells.get(c))) in self.form.items]
            asked = [items for c in texts if (items := self.form.texts.get(text_of(cells.get(c))))]
            item = next((one for one in named if any(one in items for items in asked)), "")
            item = item or (min(asked[0]) if asked else named[0] if named else "")
            if item:
                self.seen.asked.add(item)
            yield row, item

    def _fullest(self, wanted: Mapping[str, object]) -> list[int]:
        """The column that holds most of some texts."""
        found = Counter(c for cells in self.rows.values() for c, box in cells.items() if text_of(box) in wanted)
        return [found.most_common(1)[0][0]] if found else []

    def _values(self, row: int, item: str) -> dict[str, str]:
        """What stands in the columns of answers on a row."""
        cells = self.rows[row]
        return {
            name: _only(
                {self.form.said(item, name, cells.get(c)) for c in self.columns.get(name, [])},
                f"{self.leaf.name}: row {row}, {item}, {name}",
                self.seen.faults,
            )
            for name in self.form.decisive
        }

    def _own(self) -> set[int]:
        """The columns of answers."""
        return {c for name in self.form.decisive for c in self.columns.get(name, [])}

    def answers(self) -> Iterator[tuple[Key, str]]:
        """What is agreed, by item and column."""
        for row, item in self._lines():
            if not item:
                self._orphan(row)
                continue
            values = self._values(row, item)
            if not any(values.values()):
                self._beside(row, item)
            elif values.get("value_before") and not values["value"]:
                self._fault(f"row {row}, {item}: a value of the base year alone")
            values.pop("value_before", None)  # of what is not a growth it says nothing
            yield from (((item, name), value) for name, value in values.items())

    def _orphan(self, row: int) -> None:
        """An answer below its header on a row that asks nothing."""
        item = next(iter(self.form.items))
        if row > self.head and any(self.form.looks(item, self.rows[row].get(c)) for c in self._own()):
            self._fault(f"row {row}: an answer to nothing")

    def _beside(self, row: int, item: str) -> None:
        """An answer in a column that is not for answers, where those that are for them are blank."""
        own = self._own() | self.leaf.hidden_columns
        for c, box in self.rows[row].items():
            if c not in own and self.form.looks(item, box):
                self._fault(f"row {row}, {item}: an answer in column {c}")

    def columns_of_people(self) -> Iterator[Person]:
        """The respondents of a list."""
        for name in self.form.decisive:
            filled = [c for c in self.columns.get(name, []) if self._is_filled(c)]
            if len(filled) > 1:
                self._fault(f"{name} twice")
            self.columns[name] = filled[:1]
        marks: dict[str, dict[str, set[str]]] = {name: {} for name in self.form.decisive}
        segments: dict[str, set[str]] = {name: set() for name in self.form.decisive}
        for row, item in self._lines():
            if self._is_segment_row(row):
                for name, found in segments.items():
                    found |= {text_of(self.rows[row].get(c)) for c in self.columns[name]}
            elif item:
                values = self._values(row, item)
                for name, value in values.items():
                    marks[name].setdefault(item, set()).add(value)
                if any(self.columns[name] and not value for name, value in values.items()):
                    self._beside(row, item)
            else:
                self._orphan(row)
        for name, given in marks.items():
            said = {item: _only(found, f"{name}, {item}", self.seen.faults) for item, found in given.items()}
            yield Person(_only(segments[name], name, self.seen.faults), said)

    def _is_filled(self, column: int) -> bool:
        return any(text_of(cells.get(column)) for row, cells in self.rows.items() if row > self.head)

    def _is_segment_row(self, row: int) -> bool:
        names = (c for name in ("text", "item") for c in self.columns.get(name, []))
        texts = {text_of(self.rows[row].get(c)) for c in names}
        return bool(texts & {"Segmento de cada persona", "segment"}) and not texts & self.form.texts.keys()

    def rows_of_people(self) -> Iterator[Person]:
        """The respondents of a grid."""
        top = min(filter(None, (self.head, self.ids)), default=0)
        self.seen.asked |= self.form.items.keys() & self.columns.keys()
        for row, cells in self.rows.items():
            if row > top and not any(text_of(cells.get(c)) in self.form.headers for c in self._own()):
                marks = {item: self._values_of_grid(row, item) for item in self.form.items}
                found = {text_of(cells.get(c)) for c in self.columns.get("segment", [])}
                yield Person(_only(found, f"row {row}, segment", self.seen.faults), marks)

    def _values_of_grid(self, row: int, item: str) -> str:
        found = {self.form.said(item, item, self.rows[row].get(c)) for c in self.columns.get(item, [])}
        return _only(found, f"{self.leaf.name}: row {row}, {item}", self.seen.faults)

    def tallies(self, segment: str) -> Counts:
        """The counts of a sheet; what a statement lacks of the largest total is blank."""
        rows: dict[Key, set[str]] = {}
        for row, item in self._lines():
            values = self._values(row, item) if item else {}
            for name, value in values.items() if any(values.values()) else ():
                rows.setdefault((item, name), set()).add(value or "0")
        counts: Counter[tuple[str, str, str]] = Counter()
        for (item, name), found in rows.items():
            value = _only(found, f"{self.leaf.name}: {item}, {name}", self.seen.faults)
            if value != UNREADABLE:
                counts[segment, item, name.removeprefix("option:")] = int(value)
        totals = Counter({item: 0 for item in self.form.items})
        for (_, item, _), number in counts.items():
            totals[item] += number
        for item, total in totals.items():
            counts[segment, item, "blank"] += max(totals.values()) - total
        return {key: number for key, number in counts.items() if number}


def _by_place(pair: tuple[Place, Box]) -> Place:
    return pair[0]
