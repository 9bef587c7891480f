"""A panel: many rounds in one folder, one folder of Parquet files for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.files.atomic import folder_aside
from ctimaturity.language.folding import nearest
from ctimaturity.results.tables import in_memory, write_parquet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from ctimaturity.results.table import Table

INDEX_FILE, SCORES_FILE = "index.parquet", "scores.parquet"
_OF_INDEX = """
    SELECT entity_code, entity_name, questionnaire, status, rank, "index", level FROM read_parquet($file)
    WHERE $entity = '' OR entity_code = $entity ORDER BY rank NULLS LAST, entity_code
"""
_OF_NODE = """
    SELECT i.entity_code, i.entity_name, i.questionnaire, i.status, NULL, s.score, s.level
    FROM read_parquet($file) AS i JOIN read_parquet($scores) AS s
    ON s.entity_code = i.entity_code AND s.measurement = $measurement AND s.node = $node
    WHERE $entity = '' OR i.entity_code = $entity ORDER BY i.rank NULLS LAST, i.entity_code
"""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One entity in one round of a panel.

    Attributes:
        round: Name of the round.
        code: Of the entity.
        name: Of the entity.
        questionnaire: The edition; scores of different editions are not comparable.
        status: In that round.
        rank: Of the index; None of another node, or unless ranked.
        score: Of the index or of the node asked for.
        level: The same.
    """

    round: str
    code: str
    name: str
    questionnaire: str
    status: str
    rank: int | None
    score: float | None
    level: int | None


def add_round(panel: Path, name: str, label: str, tables: Sequence[Table], *, replace: bool) -> None:
    """Write the tables of a round into a panel, as a whole.

    Args:
        panel: The folder; made where there is none.
        name: Of the folder of the round, safe on every system.
        label: What the round is called.
        tables: The index and the scores.
        replace: Whether a round of that name may be replaced.

    Raises:
        JobError: The round is there already, the folder holds other things or cannot be written to, or DuckDB
            is missing.
    """
    place = Location(visible(panel.as_posix()))
    if panel.exists() and not panel.is_dir():
        raise JobError([Diagnostic(codes.OUTPUT_NOT_A_FOLDER, place)])
    others = _occupants(panel)
    if others:
        raise JobError([Diagnostic(codes.PANEL_OCCUPIED, place, {"names": others})])
    folder = panel / name
    if folder.exists() and not replace:
        raise JobError([Diagnostic(codes.PANEL_ROUND_TAKEN, place, {"label": visible(label)})])
    in_memory().close()
    with folder_aside(folder) as aside:
        write_parquet(aside, tables)


def _occupants(panel: Path) -> str:
    """The first things in a folder that is no panel; nothing of a panel, or where there is none yet."""
    if not panel.is_dir() or any(panel.glob(f"*/{INDEX_FILE}")):
        return ""
    return ", ".join(sorted(visible(each.name) for each in panel.iterdir())[:3])


def read_panel(panel: Path, *, entity: str = "", node: tuple[str, str] | None = None) -> tuple[PanelRow, ...]:
    """What a panel says of every entity in every round, by round.

    Args:
        panel: The folder.
        entity: Code of the only entity wanted; all when empty.
        node: Measurement and node wanted; the index without.

    Raises:
        JobError: It is no panel, it has no such entity or node, a file of it cannot be read, or DuckDB is
            missing.
    """
    place = Location(visible(panel.as_posix()))
    folders = sorted(file.parent for file in panel.glob(f"*/{INDEX_FILE}"))
    if not folders:
        raise JobError([Diagnostic(codes.PANEL_EMPTY, place)])
    panel_rows: list[PanelRow] = []
    with in_memory() as connection:
        from duckdb import Error

        for folder in folders:
            given: dict[str, object] = {"file": _literal(folder / INDEX_FILE), "entity": entity}
            query = _OF_INDEX
            if node is not None:
                scores = _literal(folder / SCORES_FILE)
                given |= {"scores": scores, "measurement": node[0], "node": node[1]}
                query = _OF_NODE
            try:
                first = connection.execute("SELECT round FROM read_parquet(?) LIMIT 1", [given["file"]])
                label = first.fetchone()
                rows = connection.execute(query, given).fetchall()
            except Error as error:
                reason = visible(str(error).splitlines()[0])
                about = {"round": visible(folder.name), "reason": reason}
                raise JobError([Diagnostic(codes.PANEL_BROKEN, place, about)]) from error
            panel_rows += [
                PanelRow(str(label[0]) if label and label[0] else folder.name, *row) for row in rows
            ]
        if not panel_rows:
            wanted, known = _missing(connection, folders, entity, node)
            about = {"name": visible(wanted), "closest": nearest(wanted, known) or ", ".join(known[:5])}
            raise JobError([Diagnostic(codes.PANEL_WITHOUT, place, about)])
    return tuple(panel_rows)


def _literal(path: Path) -> str:
    """The path where a pattern is expected: its own stars and brackets are no pattern."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in path.as_posix())


def _missing(
    connection: DuckDBPyConnection, folders: Sequence[Path], entity: str, node: tuple[str, str] | None
) -> tuple[str, list[str]]:
    """What was asked for in vain, and what there is: entities, or where that one is there, nodes."""

    def listed(columns: str, file: str) -> list[str]:
        query = f"SELECT DISTINCT {columns} FROM read_parquet(?, union_by_name = true) ORDER BY 1"  # noqa: S608  (no input in it)
        files = [_literal(folder / file) for folder in folders]
        return [str(row[0]) for row in connection.execute(query, [files]).fetchall()]

    entities = listed("entity_code", INDEX_FILE)
    if node is None or (entity and entity not in entities):
        return entity, entities
    return ":".join(node), listed("measurement || ':' || node", SCORES_FILE)
