"""Numbers as people write them in text: taken when they can be read in one way, doubted otherwise."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}|[+-]?[0-9]+(?:[.,'\s][0-9]+){2,}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_PERCENT = re.compile(r"-?[0-9.,\s]+%")


class Doubt(Enum):
    """Why a text is not taken for a number."""

    THOUSANDS = "thousands"
    """A mark that may divide thousands or decimals: `1.234`, `1,234.5`."""
    PERCENTAGE = "percentage"
    UNREADABLE = "unreadable"


def written_number(text: str, mark: str = "") -> Decimal | Doubt:
    """The number that a text says.

    Args:
        text: Without space around it.
        mark: The decimal mark of the column it stands in, where that is known (`decimal_mark`):
            then `1.234` is a number under `.` and in doubt under `,`.
    """
    if _THOUSANDS.fullmatch(text) and not (mark and text.count(mark) == 1 and _NUMBER.fullmatch(text)):
        return Doubt.THOUSANDS
    if _PERCENT.fullmatch(text):
        return Doubt.PERCENTAGE
    if _NUMBER.fullmatch(text) is None:
        return Doubt.UNREADABLE
    return Decimal(text.replace(",", "."))


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark of a column: the one that its numbers show for certain.

    Returns:
        `.` or `,`; empty when no number shows it, or when they contradict each other.
    """
    marks = {
        mark
        for text in texts
        for mark in ".,"
        if mark in text and _NUMBER.fullmatch(text) and not _THOUSANDS.fullmatch(text)
    }
    return marks.pop() if len(marks) == 1 else ""
