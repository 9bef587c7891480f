"""How much a returned workbook may ask for, where the user says otherwise."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.batch.pool import Allowance
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.limits import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may hold, and what reading it may cost.

    Attributes:
        limits: Of the file.
        allowance: Of the worker that reads it.
    """

    limits: Limits = LIMITS
    allowance: Allowance = field(default_factory=Allowance)


def bounds(given: Iterable[str]) -> Bounds:
    """The bounds with what the user gave for some of them.

    Args:
        given: Each `NAME=NUMBER`: a field of `Limits` or `Allowance`, and a whole number from 1.

    Raises:
        JobError: There is no such limit, or that is no such number.
    """
    usual = Bounds()
    of_file, of_worker = asdict(usual.limits), asdict(usual.allowance)
    problems = []
    for text in given:
        name, _, number = (part.strip() for part in text.partition("="))
        table = next((table for table in (of_file, of_worker) if name in table), None)
        if table is None or not (number.isascii() and number.isdigit() and int(number[:20])):
            known = ", ".join(sorted({*of_file, *of_worker}))
            problems.append(
                Diagnostic(codes.LIMIT_UNREADABLE, parameters={"limit": quoted(text), "known": known})
            )
        else:
            table[name] = int(number)
    if problems:
        raise JobError(problems)
    return Bounds(replace(usual.limits, **of_file), replace(usual.allowance, **of_worker))
