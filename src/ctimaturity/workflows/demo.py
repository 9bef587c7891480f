"""Score the bundled example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.files.installation import data_folder
from ctimaturity.workflows.score import ScoreOptions, score

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ctimaturity.workflows.outcome import Outcome

EXAMPLE_WORKBOOKS = "workbooks"
EXAMPLE_ENTITIES = "entities.csv"
EXAMPLE_RESULTS = "results"
EXAMPLE_ROUND = "Ejemplo"
EXAMPLE_GROUPS = ("categoria", "region")


def demo(
    out: Path,
    *,
    language: str = "es",
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Score the invented entities of the bundled example.

    Args:
        out: Where the results go; new, empty or an earlier result folder, unless `force`.
        language: Of the documents.
        force: Use a folder that holds other files too.
        progress: Told how many workbooks of how many are read.

    Returns:
        What `score` gives; the results are written.

    Raises:
        JobError: The folder cannot be written to.
    """
    folder = data_folder("examples")
    options = ScoreOptions(
        entities=folder / EXAMPLE_ENTITIES,
        groups=EXAMPLE_GROUPS,
        round_label=EXAMPLE_ROUND,
        language=language,
        force=force,
    )
    outcome = score([folder / EXAMPLE_WORKBOOKS], options, progress)
    outcome.write(out)
    return outcome
