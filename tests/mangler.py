"""What people and programs do to a workbook, each breakage with what must come of it.

A breakage changes a `Work` and says which findings it must call forth, at which cells; whether the workbook
is refused follows from their severity. What it changes of the answers it changes in the expected answers
too. Breakages pick cells that no other has touched, so that any of them stand together.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builders import mini_answers
from mangled_book import DATE, PERCENT, STRUCK, UNSEEN, WORDED, Book, Box, Leaf
from returned import ANSWERS, INDICATORS, LIST, book, who

if TYPE_CHECKING:
    import random

PEOPLE = (
    ("academia", {"P-1": "3", "P-2": "4", "P-3": "5", "P-4": "NS"}),
    ("sociedad-civil", {"P-1": "6", "P-2": "1", "P-3": "2", "P-4": "2"}),
)
SHEETS = (ANSWERS, INDICATORS, LIST)
HEADS = {"answer", "criterion", "own_mark", "R1", "R2"}
"""The columns that hold answers in the workbook that is broken."""


@functools.cache
def whole() -> bytes:
    """A filled workbook of `mini()` for a department, for which every item applies."""
    return book(mini_answers(who("05")), people=PEOPLE)


@functools.cache
def _whole_book() -> Book:
    return Book.of(whole())


@dataclass(eq=False)
class Target:
    """An answer: where it stands, and what it is."""

    leaf: Leaf
    box: Box
    item_box: Box
    item: str
    column: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that must come: one of these codes, at a cell or sheet where there is one."""

    codes: tuple[str, ...]
    leaf: Leaf | None = None
    box: Box | None = None


@dataclass
class Work:
    """A workbook being broken.

    Attributes:
        book: Its cells.
        free: Answers that no breakage has touched.
        blank: Items and columns that are blank now.
        findings: What must be found.
        refused: Whether the workbook must be refused.
        leaves: The sheets of answers by their marker, which they may have lost.
    """

    book: Book
    chance: random.Random
    free: list[Target] = field(default_factory=list)
    blank: set[tuple[str, str]] = field(default_factory=set)
    findings: list[Expected] = field(default_factory=list)
    refused: bool = False
    leaves: dict[str, Leaf] = field(default_factory=dict)

    def take(self, sheets: tuple[str, ...] = SHEETS) -> Target | None:
        """An answer that nobody has touched, on one of these sheets; its whole line is taken."""
        wanted = [target for target in self.free if _marker(target) in sheets]
        if not wanted:
            return None
        chosen = self.chance.choice(wanted)
        self.free = [target for target in self.free if target.item != chosen.item]
        return chosen

    def expect(self, *codes: str, leaf: Leaf | None = None, box: Box | None = None) -> None:
        self.findings.append(Expected(codes, leaf, box))

    def refuse(self, *codes: str, leaf: Leaf | None = None, box: Box | None = None) -> None:
        self.expect(*codes, leaf=leaf, box=box)
        self.refused = True


def _marker(target: Target) -> str:
    return {"C": ANSWERS, "R": INDICATORS, "P": LIST}[target.item[0]]


def work(chance: random.Random) -> Work:
    """A whole workbook, ready to be broken."""
    taken = Work(_whole_book().copy(deep=True), chance)
    for marker in SHEETS:
        leaf = taken.leaves[marker] = taken.book.leaf(marker)
        header, item_column = next(place for place, box in leaf.boxes.items() if box.value == marker)
        columns = {column: str(box.value) for (row, column), box in leaf.boxes.items() if row == header}
        for (row, column), box in leaf.boxes.items():
            item_box = leaf.boxes.get((row, item_column))
            item = str(item_box.value) if item_box else ""
            if columns.get(column) in HEADS and row > header + 1 and item_box and item[1:2] == "-":
                taken.free.append(Target(leaf, box, item_box, item, columns[column]))
    return taken


Break = Callable[[Work], bool]


@dataclass(frozen=True, slots=True)
class Breakage:
    """One thing that happens to workbooks.

    Attributes:
        name: Of the breakage.
        stage: 1 moves things, 2 changes answers, 3 is about the file as a whole.
        group: No two of a group stand together.
        apply: Breaks; False where there is nothing left to break.
    """

    name: str
    stage: int
    group: str
    apply: Break


BREAKAGES: list[Breakage] = []


def breakage(stage: int, group: str = "") -> Callable[[Break], Break]:
    def register(apply: Break) -> Break:
        name = apply.__name__.replace("_", "-")
        BREAKAGES.append(Breakage(name, stage, group or name, apply))
        return apply

    return register


def a_sheet(work: Work) -> Leaf:
    return work.leaves[work.chance.choice([ANSWERS, INDICATORS])]


# 1: things are moved


@breakage(1)
def rows_sorted(work: Work) -> bool:
    leaf = a_sheet(work)
    rows = sorted({row for row, _ in leaf.boxes})
    top = next(row for (row, _), box in leaf.boxes.items() if box.value == "Código")
    below = [row for row in rows if row > top]
    shuffled = work.chance.sample(below, len(below))
    leaf.move(lambda row, column: (dict(zip(below, shuffled, strict=True)).get(row, row), column))
    return True


@breakage(1)
def rows_inserted(work: Work) -> bool:
    leaf = a_sheet(work)
    at = work.chance.randint(7, 12)
    leaf.move(lambda row, column: (row + 3 if row >= at else row, column))
    return True


@breakage(1)
def title_row_added(work: Work) -> bool:
    leaf = work.leaves[work.chance.choice(SHEETS)]
    leaf.move(lambda row, column: (row + 2, column))
    leaf.boxes[1, 2] = Box("Alcaldía de Prueba, oficina TIC, 2020")
    return True


@breakage(1)
def columns_moved(work: Work) -> bool:
    leaf = work.leaves[work.chance.choice(SHEETS)]
    last = max(column for _, column in leaf.boxes)
    moved = dict(enumerate(work.chance.sample(range(1, last + 1), last), 1))
    leaf.move(lambda row, column: (row, moved[column]))
    leaf.hidden_columns = {moved.get(column, column) for column in leaf.hidden_columns}
    return True


@breakage(1)
def heading_rows_deleted(work: Work) -> bool:
    leaf = a_sheet(work)
    headings = {
        row for (row, column), box in leaf.boxes.items() if str(box.value).startswith("título") and row > 5
    }
    boxes = {place for place in leaf.boxes if place[0] in headings}
    answers = {leaf.place(target.box)[0] for target in work.free if target.leaf is leaf}
    leaf.boxes = {
        place: box for place, box in leaf.boxes.items() if place not in boxes or place[0] in answers
    }
    return True


@breakage(1, "names")
def sheet_renamed(work: Work) -> bool:
    leaf = a_sheet(work)
    leaf.name = "Hoja 7"
    if any(other.name == "_cti" for other in work.book.leaves):
        work.expect("sheet-renamed", leaf=leaf)
    return True


@breakage(1, "names")
def sheet_of_identity_renamed(work: Work) -> bool:
    leaf = next((leaf for leaf in work.book.leaves if leaf.name == "_cti"), None)
    if leaf is not None:
        leaf.name, leaf.state = "Hoja1", "visible"
    return leaf is not None


@breakage(1)
def sheets_moved(work: Work) -> bool:
    work.chance.shuffle(work.book.leaves)
    return True


@breakage(1)
def extra_sheet(work: Work) -> bool:
    work.book.leaves.insert(0, Leaf("Borrador", "visible", {(1, 1): Box("apuntes"), (2, 3): Box(7)}))
    return True


@breakage(1, "identity")
def hidden_sheet_gone(work: Work) -> bool:
    work.book.leaves = [
        leaf for leaf in work.book.leaves if "kind" not in {box.value for box in leaf.boxes.values()}
    ]
    work.findings = [one for one in work.findings if one.codes != ("sheet-renamed",)]
    work.expect("definition-by-cover")
    return True


@breakage(1)
def properties_gone(work: Work) -> bool:
    work.book.keywords = ""
    return True


@breakage(1, "headers")
def column_ids_gone(work: Work) -> bool:
    marker = work.chance.choice([ANSWERS, INDICATORS])
    leaf = work.leaves[marker]
    header, item_column = next(place for place, box in leaf.boxes.items() if box.value == marker)
    leaf.boxes = {
        place: box for place, box in leaf.boxes.items() if place[0] != header or place[1] == item_column
    }
    return True


@breakage(1, "headers")
def row_of_column_ids_gone(work: Work) -> bool:
    marker = work.chance.choice([ANSWERS, INDICATORS])
    leaf = work.leaves[marker]
    header = next(row for (row, _), box in leaf.boxes.items() if box.value == marker)
    leaf.move(lambda row, column: None if row == header else (row - (row > header), column))
    work.expect("columns-by-header", leaf=leaf)
    return True


@breakage(1, "headers")
def headers_reworded(work: Work) -> bool:
    marker = work.chance.choice([ANSWERS, INDICATORS])
    leaf = work.leaves[marker]
    header = next(row for (row, _), box in leaf.boxes.items() if box.value == marker)
    for (row, _), box in leaf.boxes.items():
        if row == header + 1 and box.value != "Código":
            box.value = "marque aquí"
    return True


@breakage(1, "cover")
def cover_without_keys(work: Work) -> bool:
    leaf = work.book.leaf("cti:cover")
    leaf.move(lambda row, column: None if column == 1 else (row, column - 1))
    if not any("kind" in {box.value for box in leaf.boxes.values()} for leaf in work.book.leaves):
        work.book.keywords = (
            work.book.keywords or "kind=questionnaire questionnaire=mini edition=1 version=1.0.0"
        )
    return True


@breakage(1, "cover")
def cover_rows_sorted(work: Work) -> bool:
    leaf = work.book.leaf("cti:cover")
    rows = sorted({row for row, _ in leaf.boxes})
    moved = dict(zip(rows, work.chance.sample(rows, len(rows)), strict=True))
    leaf.move(lambda row, column: (moved[row], column))
    return True


@breakage(1, "cover")
def cover_deleted(work: Work) -> bool:
    cover = work.book.leaf("cti:cover")
    work.book.leaves = [leaf for leaf in work.book.leaves if leaf is not cover]
    work.refuse("entity-code-missing")
    return True


@breakage(1, "headers")
def sheet_copied_without_ids_and_filled(work: Work) -> bool:
    """Somebody works on a copy of the sheet, and returns it beside the blank one."""
    marker = work.chance.choice([ANSWERS, INDICATORS])
    leaf = work.leaves[marker]
    header = next((row for (row, _), box in leaf.boxes.items() if box.value == marker), 0)
    if not header or any(
        target.box not in leaf.boxes.values() for target in work.free if target.leaf is leaf
    ):
        return False
    answers = {id(target.box) for target in work.free if target.leaf is leaf}
    blank = {place: box for place, box in leaf.boxes.items() if id(box) not in answers}
    work.book.leaves.append(
        Leaf("Original", "visible", {place: Box(box.value) for place, box in blank.items()})
    )
    leaf.move(lambda row, column: None if row == header else (row, column))
    leaf.name = "Copia"
    work.findings = [one for one in work.findings if one.leaf is not leaf or one.codes != ("sheet-renamed",)]
    work.expect("columns-by-header", leaf=leaf)
    return True


@breakage(1)
def respondent_without_name(work: Work) -> bool:
    leaf = work.leaves[LIST]
    named = {"R1", "Persona 1"}
    places = [place for place, box in leaf.boxes.items() if box.value in named]
    if len(places) != len(named):
        return False
    leaf.boxes = {place: box for place, box in leaf.boxes.items() if place not in places}
    work.free = [target for target in work.free if target.column != "R1"]
    work.refuse("column-unnamed", leaf=leaf)
    return True


@breakage(1, "headers")
def table_pasted_beside_the_table(work: Work) -> bool:
    leaf = work.leaves[ANSWERS]
    column = max(column for _, column in leaf.boxes) + 2
    lines = [target for target in work.free if target.leaf is leaf]
    for target in lines:
        row = leaf.place(target.box)[0]
        leaf.boxes[row, column], leaf.boxes[row, column + 1] = Box(target.item), Box(target.box.value)
    work.refuse("ids-elsewhere", leaf=leaf)
    return True


@breakage(1, "cover")
def second_cover_of_another_entity(work: Work) -> bool:
    cover = work.book.leaf("cti:cover")
    boxes = {place: Box("11" if box.value == "05" else box.value) for place, box in cover.boxes.items()}
    work.book.leaves.insert(work.chance.randint(0, 3), Leaf("Portada 2", "visible", boxes))
    work.refuse("two-entities")
    return True


@breakage(1, "cover")
def second_cover_that_is_blank(work: Work) -> bool:
    cover = work.book.leaf("cti:cover")
    boxes = {place: Box(box.value) for place, box in cover.boxes.items() if place[0] > 9 or place[1] < 3}
    work.book.leaves.insert(work.chance.randint(0, 3), Leaf("Portada 2", "visible", boxes))
    return True


# 2: answers are changed


SAME: dict[str, Callable[[str, str], object]] = {
    "code-as-number": lambda code, _: float(code) if code.isdigit() else code,
    "code-as-text": lambda code, _: code,
    "code-with-decimals": lambda code, _: f"{code}.0" if code.isdigit() else code,
    "code-full-width": lambda code, _: code.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    "label-alone": lambda _, label: label,
    "capitals": lambda code, label: f"{code} - {label}".upper(),
    "no-accents": lambda code, label: f"{code} - {label.replace('ó', 'o')}",
    "no-break-spaces": lambda code, label: f"\u00a0{code}\u00a0-\u00a0{label}  ",
    "long-dash": lambda code, label: f"{code} – {label}",
    "invisible-characters": lambda code, label: f"\u200b{code} - {label}\ufeff",
    "code-in-brackets": lambda code, _: f"({code})",
    "in-quotation-marks": lambda code, label: f'"{code} - {label}"',
    "label-with-a-remark": lambda code, label: f"{code} - {label} (ver anexo)",
    "label-before-its-code": lambda code, label: f"{label} ({code})",
}


def _same(work: Work, change: Callable[[str, str], object]) -> bool:
    target = work.take()
    if target is None:
        return False
    code, _, label = str(target.box.value).partition(" - ")
    target.box.value = change(code, label)  # type: ignore[assignment]
    return True


for _name, _change in SAME.items():
    BREAKAGES.append(Breakage(_name, 2, _name, functools.partial(_same, change=_change)))

REFUSED: dict[str, tuple[Box, tuple[str, ...]]] = {
    "not-available": (Box("#N/A", error=True), ("error-cell",)),
    "broken-reference": (Box("#REF!", error=True), ("error-cell",)),
    "error-of-google": (Box("#ERROR!", error=True), ("error-cell",)),
    "error-as-text": (Box("#ERROR!"), ("answer-out-of-scale", "error-cell")),
    "formula-without-result": (Box(None, formula="1+0"), ("formula-without-value",)),
    "date": (Box(43924, style=DATE), ("date-answer",)),
    "truth": (Box(value=True), ("boolean-answer",)),
    "percentage": (Box(1, style=PERCENT), ("percentage-answer",)),
    "not-whole": (Box(3.9), ("answer-not-whole",)),
    "out-of-scale": (Box(97), ("answer-out-of-scale",)),
    "negative": (Box(-1), ("answer-out-of-scale",)),
    "huge": (Box(1e300), ("answer-out-of-scale",)),
    "words": (Box("casi siempre"), ("answer-out-of-scale",)),
    "two-answers": (Box("0 o 1"), ("answer-out-of-scale", "answer-contradicts-itself")),
    "near-miss": (Box("opcióm 1"), ("answer-nearly",)),
    "contradiction": (Box("1 - opción 2"), ("answer-contradicts-itself", "answer-out-of-scale")),
    "label-reworded": (Box("1 - así lo entiende la oficina"), ("answer-words-unlike",)),
    "label-in-another-language": (Box("1 - we agree on this"), ("answer-words-unlike",)),
    "denied": (Box("1 - No"), ("answer-words-unlike", "answer-contradicts-itself")),
    "month": (Box("1-ene"), ("answer-words-unlike",)),
    "between-two-codes": (Box("0-1 (ver nota)"), ("answer-contradicts-itself", "answer-out-of-scale")),
    "crossed-out": (Box(1, style=STRUCK), ("answer-struck",)),
    "shown-as-another-answer": (Box(1, style=WORDED), ("answer-shown-otherwise",)),
    "shown-as-nothing": (Box(1, style=UNSEEN), ("answer-shown-otherwise",)),
    "markup": (Box("<script>alert(1)</script>"), ("answer-out-of-scale",)),
    "bidirectional": (Box("\u202e1\u202c x"), ("answer-out-of-scale", "answer-words-unlike")),
}


def _refused(work: Work, box: Box, codes: tuple[str, ...]) -> bool:
    target = work.take()
    if target is None:
        return False
    target.box.value, target.box.style = box.value, box.style
    target.box.formula, target.box.error = box.formula, box.error
    if target.item.startswith("C") and box.value == "1 - opción 2":
        target.box.value = "1 - opción 0"
    work.refuse(*codes, leaf=target.leaf, box=target.box)
    return True


for _name, (_box, _codes) in REFUSED.items():
    BREAKAGES.append(Breakage(_name, 2, _name, functools.partial(_refused, box=_box, codes=_codes)))


@breakage(2)
def formula_with_result(work: Work) -> bool:
    target = work.take()
    if target is None:
        return False
    target.box.formula = "Borrador!C4"
    work.expect("formula-answer", leaf=target.leaf, box=target.box)
    return True


@breakage(2)
def answer_erased(work: Work) -> bool:
    target = work.take()
    if target is None:
        return False
    del target.leaf.boxes[target.leaf.place(target.box)]
    work.blank.add((target.item, target.column))
    return True


@breakage(2)
def only_spaces_left(work: Work) -> bool:
    target = work.take()
    if target is None:
        return False
    target.box.value = " \u00a0 "
    work.blank.add((target.item, target.column))
    return True


@breakage(2)
def id_in_other_case(work: Work) -> bool:
    target = work.take()
    if target is not None:
        target.item_box.value = f" {target.item.lower()}\u00a0"
    return target is not None


@breakage(2)
def id_erased(work: Work) -> bool:
    target = work.take((ANSWERS, INDICATORS))
    if target is None:
        return False
    del target.leaf.boxes[target.leaf.place(target.item_box)]
    work.refuse("row-without-item", leaf=target.leaf)
    return True


@breakage(2)
def id_changed(work: Work) -> bool:
    target = work.take((ANSWERS, INDICATORS))
    if target is None:
        return False
    target.item_box.value = f"{target.item}9"
    work.refuse("item-unknown", leaf=target.leaf, box=target.item_box)
    return True


def _copied(work: Work) -> tuple[Target, Box, Box] | None:
    """A line copied below all others: the target, the answer and the id of the copy."""
    target = work.take((ANSWERS,))
    if target is None:
        return None
    leaf, below = target.leaf, max(row for row, _ in target.leaf.boxes) + 2
    answer, item = Box(target.box.value), Box(target.item)
    leaf.boxes[below, leaf.place(target.box)[1]] = answer
    leaf.boxes[below, leaf.place(target.item_box)[1]] = item
    return target, answer, item


@breakage(2, "copy")
def line_copied(work: Work) -> bool:
    copied = _copied(work)
    if copied is not None:
        work.expect("item-repeated", leaf=copied[0].leaf)
    return copied is not None


@breakage(2, "copy")
def line_copied_and_changed(work: Work) -> bool:
    copied = _copied(work)
    if copied is None:
        return False
    target, answer, _ = copied
    answer.value = "0 - opción 0" if str(target.box.value).startswith("1") else "1 - opción 1"
    work.refuse("item-twice", leaf=target.leaf)
    return True


@breakage(2)
def merged_over_answers(work: Work) -> bool:
    target = work.take((INDICATORS,))
    if target is None:
        return False
    row, column = target.leaf.place(target.box)
    line = [place[1] for place, box in target.leaf.boxes.items() if place[0] == row and box is not target.box]
    # the other mark of the line, where columns have not been moved apart
    other = next((near for near in (column - 1, column + 1) if near in line), 0)
    if not other or {column, other} != {11, 12}:
        return False
    target.leaf.merged.append(f"K{row}:L{row}")
    work.refuse("merged-over-answers", leaf=target.leaf)
    return True


@breakage(2)
def row_hidden(work: Work) -> bool:
    target = work.take((ANSWERS, INDICATORS))
    if target is None:
        return False
    target.leaf.hidden_rows.add(target.leaf.place(target.box)[0])
    work.expect("hidden-answers", leaf=target.leaf)
    return True


# 3: the file as a whole


@breakage(3, "code")
def entity_code_as_number(work: Work) -> bool:
    return _code(work, 5, "entity-code-completed")


@breakage(3, "code")
def entity_code_without_zero(work: Work) -> bool:
    return _code(work, "5", "entity-code-completed")


@breakage(3, "code")
def entity_code_with_spaces(work: Work) -> bool:
    return _code(work, " 05\u00a0", "")


@breakage(3, "code")
def entity_code_of_three_digits(work: Work) -> bool:
    if not _code(work, "050", ""):
        return False
    work.refuse("entity-code-unreadable")
    return True


def _code(work: Work, value: str | float, found: str) -> bool:
    boxes = [box for leaf in work.book.leaves for box in leaf.boxes.values() if box.value == "05"]
    if not boxes:
        return False
    boxes[0].value = value
    if found:
        work.expect(found)
    return True


DIALECTS: dict[str, tuple[str, object]] = {
    "strict-vocabulary": ("strict", True),
    "namespace-prefix": ("prefix", "x"),
    "utf-16": ("encoding", "utf-16"),
    "texts-in-the-cells": ("texts", "inline"),
    "texts-as-formula-results": ("texts", "str"),
    "without-references": ("references", False),
    "white-space-between-rows": ("gap", "\n  "),
    "dates-from-1904": ("date1904", True),
}


def _dialect(work: Work, name: str, value: object) -> bool:
    setattr(work.book.dialect, name, value)
    return True


for _name, (_option, _value) in DIALECTS.items():
    _apply = functools.partial(_dialect, name=_option, value=_value)
    BREAKAGES.append(Breakage(_name, 3, _option, _apply))
