"""One sheet as a person reads it: which row asks what, which column answers, and what stands there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mangled_book import Box, Leaf, Place

DECISIVE = re.compile(
    r"answer|value|value_before|no_data|criterion|own_mark|R[0-9]+|option:.*|dont_know|blank"
)
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


def only(found: set[str], of: str, faults: list[str]) -> str:
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


class Sheet:
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
        for row, known in (
            (self.head, self.form.name_of),
            (self.ids, names),
            *((r, self.form.name_of) for r in tops),
        ):
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
        found = Counter(
            c for cells in self.rows.values() for c, box in cells.items() if text_of(box) in wanted
        )
        return [found.most_common(1)[0][0]] if found else []

    def _values(self, row: int, item: str) -> dict[str, str]:
        """What stands in the columns of answers on a row."""
        cells = self.rows[row]
        return {
            name: only(
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
            said = {item: only(found, f"{name}, {item}", self.seen.faults) for item, found in given.items()}
            yield Person(only(segments[name], name, self.seen.faults), said)

    def _is_filled(self, column: int) -> bool:
        return any(text_of(cells.get(column)) for row, cells in self.rows.items() if row > self.head)

    def _is_segment_row(self, row: int) -> bool:
        """Where its text stands, else its id; not below a statement's text with marks beside it."""
        cells = self.rows[row]
        names = (c for name in ("text", "item") for c in self.columns.get(name, []))
        texts = {text_of(cells.get(c)) for c in names}
        item = next(iter(self.form.items))
        said = {
            self.form.said(item, name, cells.get(c))
            for name in self.form.decisive
            for c in self.columns[name]
        }
        asks = texts & self.form.texts.keys() and said - {"", UNREADABLE}
        return bool(texts & {"Segmento de cada persona", "segment"}) and not asks

    def rows_of_people(self) -> Iterator[Person]:
        """The respondents of a grid."""
        top = min(filter(None, (self.head, self.ids)), default=0)
        self.seen.asked |= self.form.items.keys() & self.columns.keys()
        for row, cells in self.rows.items():
            if row > top and not any(text_of(cells.get(c)) in self.form.headers for c in self._own()):
                marks = {item: self._values_of_grid(row, item) for item in self.form.items}
                found = {text_of(cells.get(c)) for c in self.columns.get("segment", [])}
                yield Person(only(found, f"row {row}, segment", self.seen.faults), marks)

    def _values_of_grid(self, row: int, item: str) -> str:
        found = {self.form.said(item, item, self.rows[row].get(c)) for c in self.columns.get(item, [])}
        return only(found, f"{self.leaf.name}: row {row}, {item}", self.seen.faults)

    def tallies(self, segment: str) -> Counts:
        """The counts of a sheet; what a statement lacks of the largest total is blank."""
        rows: dict[Key, set[str]] = {}
        for row, item in self._lines():
            values = self._values(row, item) if item else {}
            for name, value in values.items() if any(values.values()) else ():
                rows.setdefault((item, name), set()).add(value or "0")
        counts: Counter[tuple[str, str, str]] = Counter()
        for (item, name), found in rows.items():
            value = only(found, f"{self.leaf.name}: {item}, {name}", self.seen.faults)
            if value != UNREADABLE:
                counts[segment, item, name.removeprefix("option:")] = int(value)
        totals = Counter(dict.fromkeys(self.form.items, 0))
        for (_, item, _), number in counts.items():
            totals[item] += number
        for item, total in totals.items():
            counts[segment, item, "blank"] += max(totals.values()) - total
        return {key: number for key, number in counts.items() if number}


def _by_place(pair: tuple[Place, Box]) -> Place:
    return pair[0]
