"""Other people's trees: the ASEM connectivity index, against what COINr computes from it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import builders as b
from ctimaturity.model.questionnaire import Item, Node, Questionnaire
from ctimaturity.scoring.index import score

ASEM = Path(__file__).parents[3] / "shared" / "reference" / "asem"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ASEM.is_dir(), reason="needs ../shared/reference"),
]


def rows(name: str) -> list[dict[str, str]]:
    with (ASEM / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def definition(rules: dict[int, str], threshold: str = "") -> Questionnaire:
    """The tree of iMeta.csv, a rule by level; a node below the threshold of its children is absent."""
    meta = [row for row in rows("iMeta.csv") if row["Type"] in {"Indicator", "Aggregate"}]
    below = [b.coverage(threshold, "absent", of="count")] if threshold else []

    def build(row: dict[str, str]) -> Node | Item:
        name = row["iCode"]
        if row["Type"] == "Indicator":
            return b.item(name, "index-points", weight=row["Weight"])
        parts = [build(each) for each in meta if each["Parent"] == name]
        rule = rules[int(row["Level"])]
        return b.node(name, *parts, rule=rule, weight=row["Weight"], min_coverage=below)

    root = build(next(row for row in meta if not row["Parent"] and row["iCode"] == "Index"))
    assert isinstance(root, Node)
    return b.questionnaire(
        b.measurement(root, blanks="exclude"),
        scales={"index-points": b.number_scale(1, 100)},
        normalise=None,
    )


@pytest.mark.parametrize(
    ("file", "rules", "threshold"),
    [
        pytest.param("rawnorm_a_amean.csv", dict.fromkeys((2, 3, 4), "mean"), "", id="arithmetic"),
        pytest.param("rawnorm_a_gmean.csv", dict.fromkeys((2, 3, 4), "geometric"), "", id="geometric"),
        pytest.param("rawnorm_a_hmean.csv", dict.fromkeys((2, 3, 4), "harmonic"), "", id="harmonic"),
        pytest.param(
            "rawnorm_amean_gmean_amean_thresh0.9.csv",
            {2: "mean", 3: "geometric", 4: "mean"},
            "0.9",
            id="a-method-per-level-and-a-threshold",
        ),
    ],
)
def test_aggregates_of_others(file: str, rules: dict[int, str], threshold: str) -> None:
    questionnaire = definition(rules, threshold)
    answers = [
        b.answers(
            row["uCode"], {key: b.written(value) for key, value in row.items() if key != "uCode" and value}
        )
        for row in rows("raw_minmax_1_100.csv")
    ]
    index = score(questionnaire, answers)
    expected = {row["uCode"]: row for row in rows(file)}
    assert len(index.rows) == len(expected) == 51
    compared = 0
    for row in index.rows:
        for node in questionnaire.measurements[0].nodes:
            wanted = expected[row.entity.code][node.id]
            found = index.node(row, "Index", node.id).score
            if wanted:
                assert found == pytest.approx(float(wanted), rel=1e-12, abs=0), (row.entity.code, node.id)
                compared += 1
            else:
                assert found is None, (row.entity.code, node.id)
    assert compared > 51 * 8
