"""Ranks in all and within groups."""

from __future__ import annotations

from dataclasses import replace

import builders as b
from ctimaturity.model.score import GroupRank, Status
from ctimaturity.scoring.index import score
from ctimaturity.scoring.ranks import competition_ranks, group_of


def index_of(marks: dict[str, int], types: dict[str, str] | None = None, **groups: dict[str, str]):  # type: ignore[no-untyped-def]  # noqa: ANN201
    definition = b.tree(b.item("I-1"))
    answers = []
    for code, mark in marks.items():
        own = {name: values[code] for name, values in groups.items() if code in values}
        entity = replace(b.entity(code, **own), type=(types or {}).get(code, "alcaldia"))
        answers.append(b.answers(entity, {"I-1": mark}))
    return score(definition, answers, groupings=tuple(groups))


def test_one_two_two_four() -> None:
    ranks = competition_ranks([[7], [3, 5], [1]])
    assert {entity: (rank.number, rank.tied) for entity, rank in ranks.items()} == {
        7: (1, False),
        3: (2, True),
        5: (2, True),
        1: (4, False),
    }


def test_group_ranks_of_types_and_columns() -> None:
    marks = {"05001": 6, "05002": 5, "05003": 5, "05004": 2, "08": 4, "13": 3}
    types = {"08": "gobernacion", "13": "gobernacion"}
    region = dict.fromkeys(("05001", "05004", "08"), "norte")
    index = index_of(marks, types, region=region)
    by_code = {row.entity.code: row.groups for row in index.rows}
    assert index.groupings == ("entity_type", "region")
    assert list(by_code["05001"]) == ["entity_type", "region"]
    assert by_code["05002"]["entity_type"] == GroupRank("alcaldia", 2, tied=True, size=4)
    assert by_code["05004"]["entity_type"] == GroupRank("alcaldia", 4, tied=False, size=4)
    # Two gobernaciones are no group to be ranked in.
    assert by_code["08"]["entity_type"] == GroupRank("gobernacion", None, tied=False, size=2)
    assert [by_code[code]["region"].rank for code in ("05001", "08", "05004")] == [1, 2, 3]
    assert by_code["05002"]["region"] == GroupRank("", None, tied=False, size=0)


def test_only_ranked_entities_count_in_a_group() -> None:
    definition = b.tree(b.item("I-1"), b.item("I-2"), min_coverage=[b.coverage("0.8", "provisional")])
    full = [b.answers(code, {"I-1": mark, "I-2": mark}) for code, mark in (("1", 5), ("2", 4), ("3", 3))]
    index = score(definition, [*full, b.answers("4", {"I-1": 6})])
    assert [(row.status, row.rank) for row in index.rows] == [
        (Status.RANKED, 1),
        (Status.RANKED, 2),
        (Status.RANKED, 3),
        (Status.PROVISIONAL, None),
    ]
    assert index.rows[3].groups["entity_type"] == GroupRank("alcaldia", None, tied=False, size=3)


def test_grouping_named_twice_or_as_the_type_counts_once() -> None:
    definition = b.tree(b.item("I-1"))
    index = score(definition, [], groupings=("region", "entity_type", "region"))
    assert index.groupings == ("entity_type", "region")


def test_group_of_an_entity() -> None:
    entity = b.entity("05001", region="norte")
    assert [group_of(entity, name) for name in ("entity_type", "region", "category")] == [
        "alcaldia",
        "norte",
        "",
    ]


def test_scores_that_differ_only_by_dust_are_tied() -> None:
    """Thirds, sevenths, ninths and elevenths that sum to one number in two ways."""
    definition = b.tree(
        *(
            b.node(f"n{size}", *(b.item(f"I-{size}-{k}", "met") for k in range(size)))
            for size in (3, 7, 9, 11)
        ),
        scales={"met": b.scale(0, 1)},
    )

    def answers(code: str, met: dict[int, int]) -> object:
        return b.answers(
            code, {f"I-{size}-{k}": int(k < met[size]) for size in (3, 7, 9, 11) for k in range(size)}
        )

    # 1/3 + 3/7 + 4/9 + 5/11 against 2/3 + 3/7 + 1/9 + 5/11: 7/9 on either side.
    one = answers("05001", {3: 1, 7: 3, 9: 4, 11: 5})
    other = answers("05002", {3: 2, 7: 3, 9: 1, 11: 5})
    index = score(definition, [one, other])  # type: ignore[list-item]
    assert [(row.rank, row.tied) for row in index.rows] == [(1, True), (1, True)]
