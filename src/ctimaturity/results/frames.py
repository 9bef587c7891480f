"""The tables as pandas data frames, for people who program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.results.answers_table import answers_table
from ctimaturity.results.findings_table import findings_table
from ctimaturity.results.index_table import index_table
from ctimaturity.results.scores_table import scores_table
from ctimaturity.results.survey_tables import covariances_table, tallies_table
from ctimaturity.results.table import YES

if TYPE_CHECKING:
    import pandas as pd

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.results.table import Kind, Table

_DTYPES: dict[Kind, str] = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def index_frame(assessment: Assessment, language: str = "es") -> pd.DataFrame:
    """The ranked index, with the columns of index.csv."""
    return frame(index_table(assessment, language))


def scores_frame(assessment: Assessment) -> pd.DataFrame:
    """Every node and item of every entity, with the columns of scores.csv."""
    return frame(scores_table(assessment))


def answers_frame(assessment: Assessment) -> pd.DataFrame:
    """Every answer as read, with the columns of answers.csv; values are doubles."""
    return frame(answers_table(assessment))


def tallies_frame(assessment: Assessment) -> pd.DataFrame:
    """The counts of surveys, with the columns of tallies.csv."""
    return frame(tallies_table(assessment))


def covariances_frame(assessment: Assessment) -> pd.DataFrame:
    """The covariances of survey means, with the columns of covariances.csv."""
    return frame(covariances_table(assessment))


def findings_frame(assessment: Assessment, language: str = "es") -> pd.DataFrame:
    """Every finding, with the columns of findings.csv."""
    return frame(findings_table(assessment, language))


def frame(table: Table) -> pd.DataFrame:
    """A table as a data frame: nullable types, so that whole numbers stay whole beside missing ones."""
    import pandas as pd

    rows = ([None if cell == "" else cell for cell in row] for row in table.rows())
    whole = pd.DataFrame(rows, columns=list(table.header), dtype=object)
    yes_or_no = [column.name for column in table.columns if column.kind == "boolean"]
    whole[yes_or_no] = whole[yes_or_no] == YES
    return whole.astype({column.name: _DTYPES[column.kind] for column in table.columns})
