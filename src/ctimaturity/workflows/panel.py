"""Panels: put the results of a round beside those of other years."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.results.index_table import index_table
from ctimaturity.results.panel import add_round
from ctimaturity.results.scores_table import scores_table
from ctimaturity.workflows.documents import file_names
from ctimaturity.workflows.score import load

if TYPE_CHECKING:
    from pathlib import Path


def add_to_panel(
    panel: Path, folder: Path, label: str = "", language: str = "es", *, overwrite: bool = False
) -> str:
    """Add a result folder to a panel.

    Args:
        panel: The folder of the panel; made where there is none.
        folder: A result folder.
        label: Name of the round; without it what the result folder says, else its own name.
        language: Of labels in the tables.
        overwrite: Whether a round of that name may be replaced.

    Returns:
        The name of the round.

    Raises:
        JobError: The result folder is damaged, the round is there already, or DuckDB is missing.
    """
    assessment = load(folder)
    name = label or str(assessment.options.get("round") or "") or folder.resolve().name
    named = replace(assessment, options=MappingProxyType({**assessment.options, "round": name}))
    tables = (index_table(named, language), scores_table(named))
    add_round(panel, file_names([name])[name], name, tables, replace=overwrite)
    return name
