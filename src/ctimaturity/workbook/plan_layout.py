"""The plan workbook: one description, which the writer writes and the reader finds."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.model.roadmap import PlanState

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND = "plan"
"""What the workbook says it is, so that nobody scores it by mistake."""
MARKER = "cti:plan"
"""Heads the column of item ids, in the row of column ids."""
OWNER, DUE, STATE, EVIDENCE, OBSERVATION = "owner", "date", "state", "evidence", "observation"


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """One column.

    Attributes:
        id: In the grey row of ids.
        title: English message id.
        width: In characters.
        entry: Whether the entity fills it.
    """

    id: str
    title: str
    width: float
    entry: bool = False


COLUMNS = (
    PlanColumn("text", "Action", 60),
    PlanColumn("node", "Belongs to", 26),
    PlanColumn("to", "To reach", 14),
    PlanColumn("phase", "Phase", 14),
    PlanColumn("effort", "Effort", 9),
    PlanColumn("gain", "Gain", 9),
    PlanColumn("asked", "Evidence that it needs", 34),
    PlanColumn(OWNER, "Owner", 24, entry=True),
    PlanColumn(DUE, "Date", 13, entry=True),
    PlanColumn(STATE, "State", 14, entry=True),
    PlanColumn(EVIDENCE, "Evidence", 30, entry=True),
    PlanColumn(OBSERVATION, "Observation", 30, entry=True),
)
"""What stands right of the ids, in this order; where a column is moved, it is found by its id."""
STATES: Mapping[PlanState, str] = MappingProxyType(
    {
        PlanState.PENDING: "Pending",
        PlanState.UNDER_WAY: "Under way",
        PlanState.DONE: "Done",
        PlanState.DROPPED: "Dropped",
    }
)
"""English message ids of the states."""
OTHER_WORDS: Mapping[PlanState, tuple[str, ...]] = MappingProxyType(
    {
        PlanState.PENDING: ("pendientes", "por hacer", "no iniciada", "no iniciado", "not started", "to do"),
        PlanState.UNDER_WAY: ("en proceso", "en ejecución", "en marcha", "iniciada", "in progress"),
        PlanState.DONE: (
            "hecho", "terminada", "terminado", "finalizada", "finalizado", "completada", "completado",
            "completa", "completo", "realizada", "realizado", "cumplida", "cumplido", "finished", "completed",
        ),
        PlanState.DROPPED: ("descartado", "cancelada", "cancelado", "cancelled", "canceled"),
    }
)  # fmt: skip
"""Other words for the states that can mean nothing else."""
ITEMS = "items"
"""Key of the hidden sheet: the ids of the actions that the plan went out with."""
EXTRA_LINES = 10
"""Empty lines for actions that the entity adds itself."""
