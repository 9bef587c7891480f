from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING

from answered import answered, survey
from builders import answers as entity_answers
from builders import mini, tallies
from ctimaturity.model.response import Covariance
from ctimaturity.results.survey_tables import covariances_table, tallies_table

if TYPE_CHECKING:
    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.response import Tallies


def with_survey(found: Tallies) -> Assessment:
    assessment = answered()
    entity = assessment.index.rows[0].entity
    return replace(assessment, answers={entity.code: entity_answers(entity, {}, [found])})


def test_the_columns_are_those_promised_in_their_order() -> None:
    assert tallies_table(answered()).header == ("entity_code", "segment", "item", "option", "count")
    assert covariances_table(answered()).header[:6] == (
        "entity_code",
        "segment",
        "node_a",
        "node_b",
        "n",
        "covariance",
    )


def test_counts_that_are_zero_are_left_out() -> None:
    counts = {"academia": {"P-1": {"4": 3, "blank": 1}, "P-2": {"dont_know": 4}}, "sociedad-civil": {}}
    assert list(tallies_table(with_survey(tallies(mini(), counts))).rows()) == [
        ("90001", "academia", "P-1", "4", 3),
        ("90001", "academia", "P-1", "blank", 1),
        ("90001", "academia", "P-2", "dont_know", 4),
    ]


def test_each_statement_counts_every_respondent() -> None:
    found = survey(mini(), 1, unknown=True)
    sums: Counter[tuple[object, object]] = Counter()
    for _, segment, item, _, count in tallies_table(with_survey(found)).rows():
        assert isinstance(count, int)
        sums[segment, item] += count
    respondents = dict(zip(found.segments, found.respondents.tolist(), strict=True))
    assert respondents == {
        "academia": 6,
        "sector-publico": 6,
        "sector-privado": 6,
        "sociedad-civil": 5,
        "unknown": 1,
    }
    assert sums == {(segment, item): n for segment, n in respondents.items() for item in found.items}


def test_covariances_that_cannot_be_given_are_empty() -> None:
    pairs = (Covariance("all", "P-1", "P-1", 1, nan), Covariance("all", "P-2", "P-2", 9, 0.1))
    found = replace(survey(mini(), 1), covariances=pairs)
    assert list(covariances_table(with_survey(found)).rows()) == [
        ("90001", "all", "P-1", "P-1", 1, None, "perception"),
        ("90001", "all", "P-2", "P-2", 9, 0.1, "perception"),
    ]
