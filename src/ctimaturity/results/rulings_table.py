"""rulings.csv: what reviewers decided, and what came of it; written and read back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.csv import restored
from ctimaturity.model.ruling import Decision, Ruled, Ruling
from ctimaturity.results.table import Column, Row, Table, row_maker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.results.stored_table import StoredTable

COLUMNS: tuple[Column[Ruled], ...] = (
    Column("entity_code", "string", "Code of the entity, as the ruling has it", get="ruling.entity"),
    Column("measurement", "string", "Id of the measurement; empty when there is no such item"),
    Column("item", "string", "Id of the item, as the ruling has it", get="ruling.item"),
    Column("part", "string", "What of the answer was ruled", get="ruling.part"),
    Column(
        "decision",
        "string",
        "What came of the ruling",
        choices=tuple(decision.value for decision in Decision),
        required=True,
    ),
    Column("reported", "string", "The answer as the entity reported it; empty when blank"),
    Column("verified", "string", "The answer that counts; empty when blank"),
    Column("stated", "string", "The answer that the reviewer saw, as written", get="ruling.stated"),
    Column("ruling", "string", "The decision, as written", get="ruling.ruling"),
    Column("reason", "string", "Reason of the decision, as written", get="ruling.reason"),
    Column("by", "string", "Who decided, as written", get="ruling.by"),
    Column("date", "string", "Date of the decision, as written", get="ruling.date"),
    Column("file", "string", "Name of the rulings file"),
    Column("line", "integer", "Line of the rulings file, from 1", required=True, get="ruling.line"),
)
_DECISIONS = frozenset(decision.value for decision in Decision)


def rulings_table(assessment: Assessment) -> Table:
    """All rulings in the order of their file, those too that could not be applied."""

    def rows() -> Iterator[Row]:
        verification = assessment.verification
        if verification is None:
            return iter(())
        file = visible(verification.file)
        columns = [replace(each, get=lambda _: file) if each.name == "file" else each for each in COLUMNS]
        return map(row_maker(columns), verification.rulings)

    return Table("rulings", "What reviewers decided, and what came of it", COLUMNS, ("line",), rows)


def read_rulings(table: StoredTable) -> tuple[Ruled, ...]:
    """The rulings in the order of their file."""
    rulings = []
    for cells in table.records(COLUMNS):
        row = {name: restored(cell) for name, cell in cells.items()}
        if row["decision"] not in _DECISIONS:
            table.refuse(row["decision"], "decision")
            continue
        ruling = Ruling(
            entity=row["entity_code"],
            item=row["item"],
            part=row["part"],
            stated=row["stated"],
            ruling=row["ruling"],
            reason=row["reason"],
            by=row["by"],
            date=row["date"],
            line=table.whole(row["line"], "line") or 0,
        )
        decision = Decision(row["decision"])
        rulings.append(Ruled(ruling, row["measurement"], decision, row["reported"], row["verified"]))
    return tuple(rulings)
