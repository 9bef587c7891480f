"""What a person reads on the sheets of a workbook, whatever was done to it; nothing of the reader is used.

A question is its text, the row's id only where no text of a question stands; its answer is what stands on
that row below the header of the answers, the small grey id of the column only where no header stands.
Where that leaves two readings, or hides an answer, the workbook has a fault: it must be refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.model.rule import Collects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.model.questionnaire import Questionnaire
    from mangled_book import Book, Box, Leaf

DECISIVE = re.compile(r"answer|value|value_before|no_data|criterion|own_mark|R[0-9]+|option:.*|dont_know|blank")
PERSON = re.compile(r"R[0-9]+")
LABELLED = re.compile(r"\S+ - \S.*")
DECIDING = {"entity_code", "confirm_blank:capacities"}
UNREADABLE = "?"
Key = tuple[str, str]
Counts = dict[tuple[str, str, str], int]


@dataclass
class Seen:
    """What is read.

    Attributes:
        answers: Of items and columns of agreed answers and indicators; blank ones are left out.
        counts: How many of each segment gave each answer to a statement.
        asked: Items that stand on some sheet.
        segments: Whose sheets of counts are there.
        cover: What stands beside the labels of the cover, by key.
        faults: Why the workbook must be refused.
    """

    answers: dict[Key, str] = field(default_factory=dict)
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    segments: set[str] = field(default_factory=set)
    cover: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def text_of(box: Box | None) -> str:
    """What a cell shows; a formula shows what nobody here knows."""
    if box is None:
        return ""
    if box.value is None:
        return UNREADABLE
    if isinstance(box.value, str):
        return " ".join(box.value.split())
    return str(int(box.value)) if float(box.value).is_integer() else str(box.value)


@dataclass
class Form:
    """A sheet of answers as the template made it.

    Attributes:
        marker: Its marker, `cti:measurement:form` or with a segment.
        headers: The visible header of each column, by its id.
        texts: The ids of the items that a text asks.
        spoken: What may be said in a column for an item, with the code it means; none for numbers.
        title: What stands on top of it.
    """

    marker: str
    headers: dict[str, str]
    texts: dict[str, set[str]]
    spoken: dict[Key, dict[str, str] | None]
    title: str

    @property
    def kind(self) -> str:
        return self.marker.split(":")[2]

    @cached_property
    def items(self) -> dict[str, None]:
        return dict.fromkeys(sorted(item for items in self.texts.values() for item in items))

    @cached_property
    def decisive(self) -> list[str]:
        return [name for name in self.headers if DECISIVE.fullmatch(name) or name in self.items]

    def said(self, item: str, column: str, box: Box | None) -> str:
        """The code or number that a cell says; empty for a blank one."""
        text = text_of(box)
        if not text:
            return ""
        choices = self.spoken[item, column]
        if choices is not None:
            return choices.get(text, UNREADABLE)
        try:
            number = float(text)
        except ValueError:
            return UNREADABLE
        whole = number >= 0 and number.is_integer()
        return text_of_number(number) if whole or self.kind == "indicators" else UNREADABLE

    def looks(self, item: str, box: Box | None) -> bool:
        """Whether a cell holds an answer with its label, wherever it stands."""
        text = "" if box is not None and box.listed else text_of(box)
        return bool(LABELLED.fullmatch(text)) and any(
            text in (self.spoken[item, column] or {})
            for column in self.decisive
            if (item, column) in self.spoken
        )


def text_of_number(number: float) -> str:
    return str(int(number)) if number.is_integer() else str(number)


class Eyes:
    """Somebody who knows the template of a definition, and reads workbooks of it."""

    def __init__(self, questionnaire: Questionnaire, pristine: Book) -> None:
        self.questionnaire = questionnaire
        self.forms = {
            leaf.marker: self._form(leaf)
            for leaf in pristine.leaves
            if leaf.marker.count(":") > 1
        }
        cover = next(leaf for leaf in pristine.leaves if leaf.marker == "cti:cover")
        self.labels = {
            text_of(cover.boxes.get((row, 2))): str(box.value)
            for (row, column), box in cover.boxes.items()
            if column == 1 and not str(box.value).startswith(("cti:", "progress"))
        }
        self.texts_of_cover = {*self.labels, *self.labels.values()}
        self.beside = {text_of(box) for (_, column), box in cover.boxes.items() if column == 4}
        self.segments = {segment.label["es"]: segment.id for segment in questionnaire.segments}

    def _form(self, leaf: Leaf) -> Form:
        head, first = next(place for place, box in leaf.boxes.items() if box.value == leaf.marker)
        measurement = self.questionnaire.measurement_by_id[leaf.marker.split(":")[1]]
        headers = {
            str(box.value): text_of(leaf.boxes.get((head + 1, column)))
            for (row, column), box in leaf.boxes.items()
            if row == head and column != first
        }
        headers["item"] = text_of(leaf.boxes.get((head + 1, first)))
        texts: dict[str, set[str]] = {}
        spoken: dict[Key, dict[str, str] | None] = {}
        for item in measurement.items:
            texts.setdefault(" ".join(item.text["es"].split()), set()).add(item.id)
            for column in (*headers, item.id):
                scale: str | None = item.scale
                if measurement.collects is Collects.INDICATORS:
                    scale = {"criterion": measurement.criterion_scale, "own_mark": measurement.range_scale}.get(column)
                spoken[item.id, column] = self._spoken(scale) if column != "no_data" else self._reasons()
                if leaf.marker.split(":")[2] == "counts":
                    spoken[item.id, column] = None
        return Form(leaf.marker, headers, texts, spoken, text_of(leaf.boxes.get((1, 1))))

    def _spoken(self, scale: str | None) -> dict[str, str] | None:
        if scale is None:
            return None
        known = self.questionnaire.scales[scale]
        choices = [*known.options, *filter(None, (known.dont_know, known.not_applicable))]
        labels = {option.code: option.label["es"] for option in choices}
        return {
            said: code for code, label in labels.items() for said in (code, label, f"{code} - {label}")
        }

    def _reasons(self) -> dict[str, str]:
        return {
            said: reason.id
            for reason in self.questionnaire.no_data_reasons
            for said in (reason.id, reason.label["es"])
        }

    def read(self, book: Book) -> Seen:
        seen = Seen()
        values: dict[Key, set[str]] = {}
        surveys: dict[str, list[Counts]] = {}
        for leaf in book.leaves:
            form = self.forms.get(leaf.marker)
            if form is not None:
                sheet = _Sheet(leaf, form, seen)
                if form.kind in {"answers", "indicators"}:
                    for key, value in sheet.answers():
                        values.setdefault(key, set()).add(value)
                else:
                    segment, counts = self._survey(sheet)
                    if counts and counts not in surveys.setdefault(segment, []):
                        surveys[segment].append(counts)
        for key, found in values.items():
            found.discard("")
            if len(found) > 1:
                seen.faults.append(f"{key} is answered {sorted(found)}")
            elif found:
                seen.answers[key] = found.pop()
        for segment, different in surveys.items():
            if len(different) > 1:
                seen.faults.append(f"two surveys {segment}")
            seen.counts |= different[0] if different else {}
        self._cover(book, seen)
        return seen

    def _survey(self, sheet: _Sheet) -> tuple[str, Counts]:
        if sheet.form.kind != "counts":
            people = sheet.people() if sheet.form.kind == "list" else sheet.rows_of_people()
            return "", _tallied(people, list(sheet.form.items), self.segments, sheet.seen)
        segment = sheet.form.marker.split(":")[3]
        sheet.seen.segments.add(segment)
        return segment, sheet.tallies(segment)

    def _cover(self, book: Book, seen: Seen) -> None:
        for leaf in book.leaves:
            if leaf.marker != "cti:cover":
                continue
            for (row, column), box in leaf.boxes.items():
                key = self.labels.get(text_of(box))
                if key is None:
                    continue
                self._entry(leaf, (row, column), key, seen)

    def _entry(self, leaf: Leaf, place: tuple[int, int], key: str, seen: Seen) -> None:
        """What stands right of a label; left of it where the labels were moved behind the entries."""
        row, column = place
        right = sorted(c for r, c in leaf.boxes if r == row and c > column)
        left = sorted((c for r, c in leaf.boxes if r == row and 1 < c < column), reverse=True)
        texts = [text_of(leaf.boxes[row, c]) for c in (*right, *left) if not leaf.boxes[row, c].listed]
        said = next((text for text in texts if text not in self.beside | self.texts_of_cover), "")
        if seen.cover.setdefault(key, said) != said and key in DECIDING:
            seen.faults.append(f"{key} is {said} and {seen.cover[key]}")


@dataclass
class Person:
    segment: str
    marks: dict[str, str]


def _tallied(people: list[Person], items: list[str], segments: Mapping[str, str], seen: Seen) -> Counts:
    """How many of each segment gave each answer; who answered nothing but "don't know" is not counted."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for person in people:
        if any(mark not in {"", "NS"} for mark in person.marks.values()):
            if person.segment and person.segment not in segments:
                seen.faults.append(f"segment {person.segment}")
                continue
            segment = segments.get(person.segment, "unknown")
            for item in items:
                mark = person.marks.get(item, "")
                counts[segment, item, {"": "blank", "NS": "dont_know"}.get(mark, mark)] += 1
    return dict(counts)


class _Sheet:
    """One sheet being read."""

    def __init__(self, leaf: Leaf, form: Form, seen: Seen) -> None:
        self.leaf, self.form, self.seen = leaf, form, seen
        self.rows: dict[int, dict[int, Box]] = {}
        for (row, column), box in leaf.boxes.items():
            self.rows.setdefault(row, {})[column] = box
        self._find_headers()

    def fault(self, said: str) -> None:
        self.seen.faults.append(f"{self.leaf.name}: {said}")

    def _find_headers(self) -> None:
        ids = {name: row for row in self.rows for name in self.form.headers if self._holds(row, name)}
        self.id_row = next(
            (row for row, cells in self.rows.items() if any(box.value == self.form.marker for box in cells.values())),
            0,
        )
        if not self.id_row and ids:
            row, count = Counter(
                row for row in self.rows for name in self.form.headers if self._holds(row, name)
            ).most_common(1)[0]
            self.id_row = row if count > 2 else 0
        known = {text: name for name, text in self.form.headers.items()}
        shown = Counter(
            row
            for row, cells in self.rows.items()
            for text in {text_of(box) for box in cells.values()} & known.keys()
            if row != self.id_row
        )
        self.header_row = shown.most_common(1)[0][0] if shown else 0
        self.columns: dict[str, list[int]] = {}
        for column, box in sorted(self.rows.get(self.header_row, {}).items()):
            if text_of(box) in known and column not in self.leaf.hidden_columns:
                self.columns.setdefault(known[text_of(box)], []).append(column)
        taken = {column for columns in self.columns.values() for column in columns}
        for column, box in sorted(self.rows.get(self.id_row, {}).items()):
            name = "item" if box.value == self.form.marker else str(box.value)
            if name in self.form.headers and name not in self.columns and column not in taken:
                self.columns[name] = [column]
                taken.add(column)

    def _holds(self, row: int, name: str) -> bool:
        return any(box.value == name for box in self.rows[row].values())

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each row with the item that a person sees asked on it; empty where there is none."""
        texts = self.columns.get("text") or self._fullest(self.form.texts)
        ids = self.columns.get("item") or self._fullest(self.form.items)
        for row, cells in sorted(self.rows.items()):
            if row in {self.id_row, self.header_row}:
                continue
            asked = [self.form.texts[text] for c in texts if (text := text_of(cells.get(c))) in self.form.texts]
            named = [text for c in ids if (text := text_of(cells.get(c))) in self.form.items]
            item = next((one for one in named if any(one in items for items in asked)), "")
            if not item:
                item = next(iter(sorted(asked[0]))) if asked else named[0] if named else ""
            if item:
                self.seen.asked.add(item)
            yield row, item

    def _fullest(self, wanted: Mapping[str, object]) -> list[int]:
        found = Counter(c for cells in self.rows.values() for c, box in cells.items() if text_of(box) in wanted)
        return [found.most_common(1)[0][0]] if found else []

    def _values(self, row: int, item: str, column: str) -> str:
        """What stands in a column on a row."""
        cells = self.rows[row]
        found = {
            said for c in self.columns.get(column, []) if (said := self.form.said(item, column, cells.get(c)))
        }
        if UNREADABLE in found or len(found) > 1:
            self.fault(f"row {row}, {item}, {column}: {sorted(found)}")
        return min(found, default="")

    def answers(self) -> Iterator[tuple[Key, str]]:
        for row, item in self.lines():
            if not item:
                self._orphan(row)
                continue
            values = {column: self._values(row, item, column) for column in self.form.decisive}
            if not any(values.values()):
                self._beside(row, item)
            elif values.get("value_before") and not values["value"]:
                self.fault(f"row {row}, {item}: a value of the base year alone")
            values.pop("value_before", None)  # of what is not a growth it says nothing
            yield from (((item, column), value) for column, value in values.items())

    def _orphan(self, row: int) -> None:
        """An answer below its header on a row that asks nothing."""
        item = next(iter(self.form.items))
        for column in self.form.decisive:
            for c in self.columns.get(column, []):
                if row > self.header_row and self.form.looks(item, self.rows[row].get(c)):
                    self.fault(f"row {row}: an answer to nothing")

    def _beside(self, row: int, item: str) -> None:
        """An answer in a column that is not for answers, where those that are for them are blank."""
        own = self._own()
        for c, box in self.rows[row].items():
            if c not in own and c not in self.leaf.hidden_columns and self.form.looks(item, box):
                self.fault(f"row {row}, {item}: an answer in column {c}")

    def people(self) -> list[Person]:
        """The respondents of a list, a column each."""
        values: dict[str, dict[str, set[str]]] = {}
        segments: dict[str, set[str]] = {}
        people = [name for name in self.form.decisive if PERSON.fullmatch(name)]
        for name in people:
            filled = [
                c
                for c in self.columns.get(name, [])
                if any(text_of(cells.get(c)) for row, cells in self.rows.items() if row > self.header_row)
            ]
            if len(filled) > 1:
                self.fault(f"{name} twice")
            self.columns[name] = filled[:1] if filled else self.columns.get(name, [])[:1]
        for row, item in self.lines():
            cells = self.rows[row]
            if self._is_segment_row(row):
                for name in people:
                    segments.setdefault(name, set()).update(
                        text for c in self.columns.get(name, []) if (text := text_of(cells.get(c)))
                    )
            elif not item:
                self._orphan(row)
            else:
                for name in people:
                    values.setdefault(name, {}).setdefault(item, set()).add(self._values(row, item, name))
                self._beside_list(row, item, people)
        found = []
        for name in people:
            marks = {}
            for item, said in values.get(name, {}).items():
                said.discard("")
                if len(said) > 1:
                    self.fault(f"{name}, {item}: {sorted(said)}")
                marks[item] = min(said, default="")
            own = segments.get(name, set())
            if len(own) > 1:
                self.fault(f"{name}: {own}")
            found.append(Person(min(own, default=""), marks))
        return found

    def _is_segment_row(self, row: int) -> bool:
        shown = {text_of(self.rows[row].get(c)) for name in ("text", "item") for c in self.columns.get(name, [])}
        return bool(shown & {"Segmento de cada persona", "segment"}) and not shown & self.form.texts.keys()

    def _beside_list(self, row: int, item: str, people: list[str]) -> None:
        """A mark outside the columns of the respondents, where one of them lacks a mark on the row."""
        own = {c for name in people for c in self.columns.get(name, [])}
        filled = {c for c in own if any(text_of(cells.get(c)) for r, cells in self.rows.items() if r > self.header_row)}
        lacking = any(not text_of(self.rows[row].get(c)) for c in filled) or not filled
        for c, box in self.rows[row].items():
            if c not in own and c not in self.leaf.hidden_columns and self.form.looks(item, box):
                named = any(c in columns for columns in self.columns.values())
                if lacking or not named:
                    self.fault(f"row {row}, {item}: a mark in column {c}")

    def rows_of_people(self) -> list[Person]:
        """The respondents of a grid, a row each."""
        found = []
        for row, cells in sorted(self.rows.items()):
            above = row <= min(filter(None, (self.header_row, self.id_row)), default=0)
            if above or any(text_of(cells.get(c)) in self.form.headers for c in self._own()):
                continue
            marks = {item: self._values(row, item, item) for item in self.form.items}
            segments = {text for c in self.columns.get("segment", []) if (text := text_of(cells.get(c)))}
            if len(segments) > 1:
                self.fault(f"row {row}: {segments}")
            found.append(Person(min(segments, default=""), marks))
        self.seen.asked |= {item for item in self.form.items if item in self.columns}
        return found

    def _own(self) -> set[int]:
        """The columns of answers."""
        return {c for name in self.form.decisive for c in self.columns.get(name, [])}

    def tallies(self, segment: str) -> Counts:
        """The counts of a sheet; what a statement lacks of the largest total is blank."""
        rows: dict[str, dict[str, set[str]]] = {}
        for row, item in self.lines():
            if not item:
                continue
            values = {column: self._values(row, item, column) for column in self.form.decisive}
            if any(values.values()):
                for column, value in values.items():
                    rows.setdefault(item, {}).setdefault(column, set()).add(value)
        counts: Counter[tuple[str, str, str]] = Counter()
        for item, columns in rows.items():
            for column, said in columns.items():
                if len(said) > 1:
                    self.fault(f"{item}, {column}: {sorted(said)}")
                value = min(said)
                if value not in {"", UNREADABLE}:
                    counts[segment, item, column.removeprefix("option:")] = int(float(value))
        totals = {item: sum(n for (_, one, _), n in counts.items() if one == item) for item in self.form.items}
        for item, total in totals.items():
            counts[segment, item, "blank"] += max(totals.values()) - total
        return {key: n for key, n in counts.items() if n}
