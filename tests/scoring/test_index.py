"""From answers to the ranked index."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import builders as b
from ctimaturity.model.rule import ResultsBasis
from ctimaturity.model.score import Status
from ctimaturity.scoring.index import score

MINI = b.mini()


def test_rows_stand_by_status_then_rank_then_code() -> None:
    index = score(
        MINI,
        [
            replace(b.mini_answers("05001", 6), refused=True),
            replace(b.mini_answers("05002", 6), tallies={}),
            b.mini_answers("05009", 3),
            b.mini_answers("05003", 3),
            b.mini_answers("05005", 5),
            replace(b.mini_answers("05004", 6), tallies={"perception": few()}),
        ],
    )
    assert [(row.entity.code, row.status, row.rank, row.tied) for row in index.rows] == [
        ("05005", Status.RANKED, 1, False),
        ("05003", Status.RANKED, 2, True),
        ("05009", Status.RANKED, 2, True),
        ("05004", Status.PROVISIONAL, None, False),
        ("05002", Status.INCOMPLETE, None, False),
        ("05001", Status.REFUSED, None, False),
    ]


def few():  # type: ignore[no-untyped-def]  # noqa: ANN201
    return b.everyone(MINI, {f"P-{n}": 6 for n in range(1, 5)}, each=5)


def test_provisional_has_an_index_and_incomplete_has_none() -> None:
    provisional = score(MINI, [replace(b.mini_answers("05004", 6), tallies={"perception": few()})]).rows[0]
    # Capacities are 3, the other two 6: 15 / 3.
    assert (provisional.index, provisional.level, provisional.rank) == (5.0, 5, None)
    incomplete = score(MINI, [replace(b.mini_answers("05002", 6), tallies={})]).rows[0]
    assert (incomplete.index, incomplete.level, incomplete.index_harmonised) == (None, None, None)


def test_row_points_at_its_numbers() -> None:
    index = score(MINI, [b.mini_answers("05001", 3), b.mini_answers("05002", 5)])
    for row in index.rows:
        assert index.table.at(row.row, 0).score == row.index


def test_weights_of_the_measurements() -> None:
    """Weights 1, 2, 1 on 3, 4, 4: (3 + 8 + 4) / 4; harmonised (50 + 2 * 60 + 60) / 4."""
    weights = {"capacities": b.number(1), "perception": b.number(2), "results": b.number(1)}
    definition = b.mini()
    weighted = definition.model_copy(
        update={"index": definition.index.model_copy(update={"weights": weights})}
    )
    row = score(weighted, [b.mini_answers()]).rows[0]
    assert (row.index, row.index_harmonised) == (3.75, 57.5)


@pytest.mark.parametrize("basis", [None, "criterion", ResultsBasis.SELF])
def test_basis_is_said(basis: str | None) -> None:
    index = score(MINI, [b.mini_answers()], results_basis=basis)
    assert index.results_basis == (basis or "auto")
    assert index.rows[0].results_basis == (basis or "criterion")


def test_no_basis_where_no_indicators_are_scored() -> None:
    index = score(MINI, [b.mini_answers()], measurements=["capacities"])
    assert (index.results_basis, index.rows[0].results_basis) == ("", "")
    assert index.rows[0].index == 3.0


def test_nobody() -> None:
    assert score(MINI, []).rows == ()


def test_entity_given_twice_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        score(MINI, [b.mini_answers(), b.mini_answers()])


def test_hash_seed_and_locale_change_no_bit() -> None:
    script = (
        "import builders as b; from ctimaturity.scoring.index import score\n"
        "answers = [b.mini_answers(f'0500{n}', n, met='ac') for n in range(1, 6)]\n"
        "index = score(b.mini(), answers, groupings=('region',))\n"
        "print(index.rows, index.table.score.tobytes(), index.table.low.tobytes(), index.table.state)"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={
                **os.environ,
                **settings,
                "PYTHONPATH": os.pathsep.join((str(Path(b.__file__).parent), *sys.path)),
            },
            check=True,
            capture_output=True,
        ).stdout
        for settings in (
            {"PYTHONHASHSEED": "1", "LANG": "C"},
            {"PYTHONHASHSEED": "2", "LANG": "es_CO.UTF-8", "TZ": "America/Bogota"},
        )
    }
    assert len(printed) == 1
