"""What people do to ranges of cells, whatever stands in them: cut, paste, sort, fill, insert, delete, clear.

Each operation changes a book by chance and says what it did in the words of a spreadsheet.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hand import Rect, moved, whole_columns, whole_rows
from mangled_book import Box

if TYPE_CHECKING:
    from collections.abc import Callable

    from hand import Hand

    Operation = Callable[[Hand], str]

COVER = "cti:cover"
TYPED = (0, 1, 2, 5, 7, 97, 3.5, "ver acta 12", "pendiente", "NS", "1", "4", "ok", "https://example.org")
"""What somebody types over a range."""


def cut_and_paste(hand: Hand) -> str:
    rect = hand.rect()
    to = moved(rect, *hand.elsewhere(rect))
    cells = hand.taken(rect)
    hand.clear(rect)
    hand.put(to, cells)
    return f"cut {rect}, paste at {to}"


def copy_and_paste(hand: Hand) -> str:
    rect = hand.rect()
    to = moved(rect, *hand.elsewhere(rect))
    hand.put(to, hand.taken(rect))
    return f"copy {rect}, paste at {to}"


def _order(box: Box | None) -> tuple[int, float, str]:
    if box is None or box.value is None:
        return 2, 0, ""
    return (1, 0, box.value) if isinstance(box.value, str) else (0, float(box.value), "")


def sort(hand: Hand) -> str:
    rect = hand.rect()
    if rect.size[0] < 2:
        rect = Rect(min(hand.head + 2, hand.last), rect.left, hand.last, rect.right)
    return _sorted(hand, rect)


def _sorted(hand: Hand, rect: Rect) -> str:
    by, down = hand.chance.randint(rect.left, min(rect.right, hand.wide)), hand.chance.random() < 0.5
    cells = hand.taken(rect)
    lines = [{c: box for (r, c), box in cells.items() if r == row} for row in range(rect.size[0])]
    blank = [line for line in lines if by - rect.left not in line]  # they stay below, whichever way
    lines = [line for line in lines if by - rect.left in line]
    lines.sort(key=lambda line: _order(line.get(by - rect.left)), reverse=down)
    lines += blank
    hand.put(rect, {(row, column): box for row, line in enumerate(lines) for column, box in line.items()})
    return f"sort {rect} by column {by}{' downwards' if down else ''}"


def insert_cells(hand: Hand) -> str:
    rect = hand.rect()
    if hand.chance.random() < 0.5:
        hand.shift(rows=rect.size[0], of=rect)
        return f"insert {rect}, shift down"
    hand.shift(columns=rect.size[1], of=rect)
    return f"insert {rect}, shift right"


def delete_cells(hand: Hand) -> str:
    rect = hand.rect()
    if hand.chance.random() < 0.5:
        hand.shift(rows=-rect.size[0], of=rect)
        return f"delete {rect}, shift up"
    hand.shift(columns=-rect.size[1], of=rect)
    return f"delete {rect}, shift left"


def insert_rows(hand: Hand) -> str:
    top, bottom = hand.rows()
    hand.shift(rows=bottom - top + 1, of=whole_rows(top, bottom))
    return f"insert rows {top}:{bottom}"


def delete_rows(hand: Hand) -> str:
    top, bottom = hand.rows()
    hand.shift(rows=top - bottom - 1, of=whole_rows(top, bottom))
    return f"delete rows {top}:{bottom}"


def insert_columns(hand: Hand) -> str:
    left = hand.column()
    hand.shift(columns=1, of=whole_columns(left, left))
    return f"insert column {left}"


def delete_columns(hand: Hand) -> str:
    left = hand.column()
    right = left + hand.chance.choice([0, 0, 0, 1])
    hand.shift(columns=left - right - 1, of=whole_columns(left, right))
    return f"delete columns {left}:{right}"


def clear(hand: Hand) -> str:
    rect = hand.rect()
    hand.clear(rect)
    return f"clear {rect}"


def type_over(hand: Hand) -> str:
    rect = hand.rect()
    known = [box.value for box in hand.taken(rect).values() if box.value is not None]
    value = hand.chance.choice([*TYPED, *known])
    for row in range(rect.top, rect.bottom + 1):
        for column in range(rect.left, min(rect.right, hand.wide) + 1):
            hand.leaf.boxes[row, column] = Box(value)
    return f"type {value!r} over {rect}"


def fill_down(hand: Hand) -> str:
    rect = hand.rect()
    rect = rect._replace(bottom=max(rect.bottom, min(rect.top + 2, hand.last)))
    first = {column: box for (row, column), box in hand.taken(rect).items() if row == 0}
    hand.put(rect, {(row, column): box for column, box in first.items() for row in range(rect.size[0])})
    return f"fill down {rect}"


def fill_right(hand: Hand) -> str:
    rect = hand.rect()
    rect = rect._replace(right=max(rect.right, rect.left + 1))
    first = {row: box for (row, column), box in hand.taken(rect).items() if column == 0}
    hand.put(rect, {(row, column): box for row, box in first.items() for column in range(rect.size[1])})
    return f"fill right {rect}"


def drag_series(hand: Hand) -> str:
    """Drag the corner of a cell: 1, 2, 3; words that end in a number count up as well."""
    rect = hand.rect()
    rect = rect._replace(right=rect.left, bottom=max(rect.bottom, min(rect.top + 2, hand.last)))
    box = hand.leaf.boxes.get((rect.top, rect.left))
    for step in range(rect.size[0]):
        hand.leaf.boxes[rect.top + step, rect.left] = Box(_next(box, step))
    return f"drag a series over {rect}"


def _next(box: Box | None, step: int) -> str | float:
    if box is None or box.value is None or isinstance(box.value, bool):
        return 1 + step
    if not isinstance(box.value, str):
        return box.value + step
    match = re.fullmatch(r"([^ ]*?)([0-9]+)", box.value)
    if match is None:
        return box.value
    return f"{match[1]}{int(match[2]) + step:0{len(match[2])}}"


def swap_columns(hand: Hand) -> str:
    one, other = hand.column(), hand.column()
    top, bottom = hand.rows()
    if hand.chance.random() < 0.3:
        top, bottom = 1, hand.last
    first, second = Rect(top, one, bottom, one), Rect(top, other, bottom, other)
    cells, others = hand.taken(first), hand.taken(second)
    hand.put(first, others)
    hand.put(second, cells)
    return f"swap {first} and {second}"


def paste_of_another(hand: Hand) -> str:
    """Copy from another entity's workbook, not always from the same rows."""
    rect = hand.rect()
    source = next((leaf for leaf in hand.donor.leaves if leaf.marker == hand.leaf.marker), None)
    if source is None:
        return "nothing to copy"
    rows = hand.chance.choice([0, 0, 1, -1, 2])
    rows = max(rows, 1 - rect.top)
    hand.put(rect, hand.taken(moved(rect, rows, 0), source))
    return f"paste another workbook's {moved(rect, rows, 0)} at {rect}"


def delete_sheet(hand: Hand) -> str:
    hand.book.leaves = [leaf for leaf in hand.book.leaves if leaf is not hand.leaf]
    return "delete the sheet"


def rename_sheet(hand: Hand) -> str:
    hand.leaf.name = f"Hoja {len(hand.book.leaves) + hand.chance.randint(1, 999)}"
    return f"rename the sheet to {hand.leaf.name}"


def copy_sheet(hand: Hand) -> str:
    """Copy the sheet; what is done afterwards is done to the copy or the original."""
    copied = replace(
        hand.leaf,
        name=f"{hand.leaf.name[:26]} (2)",
        boxes=dict(hand.leaf.boxes),
        hidden_columns=set(hand.leaf.hidden_columns),
    )
    if all(leaf.name != copied.name for leaf in hand.book.leaves):
        hand.book.leaves.append(copied)
    return "copy the sheet"


OPERATIONS: tuple[Operation, ...] = (
    *(cut_and_paste, copy_and_paste, sort, sort, insert_cells, delete_cells, insert_rows, delete_rows),
    *(insert_columns, delete_columns, clear, type_over, fill_down, fill_right, drag_series, swap_columns),
    *(paste_of_another, delete_sheet, rename_sheet, copy_sheet),
)


# What changes nothing for a person, and must be read as before


def sort_whole_rows(hand: Hand) -> str:
    rect = Rect(hand.head + 2, 1, hand.last, 99)
    return _sorted(hand, rect)


def insert_blank_row(hand: Hand) -> str:
    top = hand.chance.choice([1, *range(hand.head + 2, hand.last + 1)])
    hand.shift(rows=1, of=whole_rows(top, top))
    return f"insert row {top}"


def insert_blank_column(hand: Hand) -> str:
    return insert_columns(hand)


def move_whole_column(hand: Hand) -> str:
    """Cut a column and insert it elsewhere; on a cover what is asked would stand behind its answer."""
    if hand.leaf.marker == COVER:
        return "nothing"
    one, other = hand.chance.randint(1, hand.wide), hand.chance.randint(1, hand.wide + 1)
    cells = hand.taken(whole_columns(one, one))
    hand.shift(columns=-1, of=whole_columns(one, one))
    other -= other > one
    hand.shift(columns=1, of=whole_columns(other, other))
    hand.put(whole_columns(other, other), cells)
    return f"move column {one} to {other}"


def shuffle_sheets(hand: Hand) -> str:
    hand.chance.shuffle(hand.book.leaves)
    return "move the sheets"


HARMLESS: tuple[Operation, ...] = (
    *(sort_whole_rows, insert_blank_row, insert_blank_column, move_whole_column, rename_sheet),
    *(shuffle_sheets,),
)
