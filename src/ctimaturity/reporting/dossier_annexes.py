"""The annexes of a dossier: every score, what was left open and what that does, the evidence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ctimaturity.language.numbers import MISSING
from ctimaturity.model.response import State
from ctimaturity.model.rule import Blanks, Collects
from ctimaturity.reporting.document import DocumentTable, Part, RichCell, chip
from ctimaturity.reporting.figure import node_figure
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.model.questionnaire import Measurement, Node, Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.score import Index, IndexRow
    from ctimaturity.reporting.columns import ScoreColumn, ScoreColumns
    from ctimaturity.reporting.document import Block
    from ctimaturity.reporting.words import Words

STATES = {
    State.BLANK: "blank",
    State.NO_DATA: "no data",
    State.NOT_APPLICABLE: "not applicable",
    State.DONT_KNOW: "don't know",
}
_BLANKS = {
    Blanks.WORST: "counts as the worst answer",
    Blanks.EXCLUDE: "is left out of the mean",
    Blanks.ZERO: "counts as 0",
}
RULED = "ruling"
"""The origin of an answer that a reviewer has ruled on."""


class Annexes:
    """Writes the annexes of one entity.

    Args:
        questionnaire: The definition.
        answers: Of the entity.
        row: As scored.
        index: The ranked index.
        columns: The columns of the document.
        words: The language.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: EntityAnswers,
        row: IndexRow,
        index: Index,
        columns: ScoreColumns,
        words: Words,
    ) -> None:
        self._questionnaire, self._answers, self._row, self._index = questionnaire, answers, row, index
        self._columns, self._words, self._t = columns, words, words.say

    def scores(self) -> Iterator[DocumentTable]:
        """The whole tree above the items, a table for each measurement, parents first."""
        for column in self._columns.measurements:
            headers = {"Part": "who", "Score": "n", "Level": "", "Interval": "n", "Coverage": "n"}
            headers["Share of the index"] = "n"
            if not column.levels:
                del headers["Level"]
            root = self._questionnaire.measurement_by_id[column.measurement].root
            yield DocumentTable(
                column.title,
                tuple(map(self._t, headers)),
                tuple(self._nodes(root, 0, column)),
                look="held",
                looks=tuple(headers.values()),
                most=0,
            )

    def _nodes(self, node: Node, depth: int, whole: ScoreColumn) -> Iterator[tuple[str | RichCell, ...]]:
        column, words = self._columns.of_node(whole.measurement, node), self._words
        numbers = self._index.node(self._row, whole.measurement, node.id)
        figure = node_figure(column, self._row.status, numbers, words)
        # An id that says no more than the name in small letters would only stand there twice.
        code = node.id if node.id.lower() != node.id else ""
        yield (
            RichCell(column.title, code, look=f"d{depth}"),
            figure.text,
            *([chip(figure.level, figure.level_name, whole.levels)] if whole.levels else []),
            words.interval(numbers.low, numbers.high, column.bounds),
            words.percent(numbers.coverage),
            words.percent(numbers.weight_effective, 1),
        )
        for child in node.children:
            yield from self._nodes(child, depth + 1, whole)

    def left_open(self) -> Iterator[Block]:
        """Blanks, missing figures, what does not apply, by measurement; what each of them does."""
        complete = True
        for column in self._columns.measurements:
            measurement = self._questionnaire.measurement_by_id[column.measurement]
            omissions = list(self._omissions(measurement))
            if omissions:
                complete = False
                yield Part(column.title, tuple(self._open_part(column, omissions)))
        if complete:
            yield self._t("Nothing: every item has an answer.")

    def _open_part(
        self, column: ScoreColumn, omissions: list[tuple[str, tuple[str | RichCell, ...]]]
    ) -> Iterator[Block]:
        t, numbers = self._t, self._index.node(self._row, column.measurement, column.node)
        counts = Counter(state for state, _ in omissions)
        between = t(
            "With what is unknown at its worst and at its best the score lies in {interval}.",
            interval=self._words.interval(numbers.low, numbers.high, column.bounds),
        )
        yield f"{'; '.join(f'{state}: {count}' for state, count in counts.items())}. {between}"
        headers = ("Id", "Item", "State", "What it does", "Share of the index")
        rows = tuple(cells for _, cells in omissions)
        looks = ("", "", "", "", "n")
        # Regions of a page that scroll need names of their own, and the table of scores has the title.
        caption = t("{title}: what was left open", title=column.title)
        yield DocumentTable(caption, tuple(map(t, headers)), rows, looks=looks, most=0, titled=False)

    def _omissions(self, measurement: Measurement) -> Iterator[tuple[str, tuple[str | RichCell, ...]]]:
        """State and cells of each item without an answer, in the order of the definition."""
        t, text, percent = self._t, self._words.text, self._words.percent
        reasons = {named.id: text(named.label) for named in self._questionnaire.no_data_reasons}
        for item in measurement.items:
            numbers = self._index.node(self._row, measurement.id, item.id)
            state = _state(measurement, numbers.state, numbers.n)
            if state is State.ANSWERED:
                continue
            response = self._answers.responses.get(item.id)
            reason = response.reason if response else ""
            called = t(STATES[state])
            yield (
                called,
                (
                    RichCell(item.id, look="code"),
                    shown(text(item.text)),
                    RichCell(called, reasons.get(reason) or shown(reason)),
                    t(_effect(measurement, state)),
                    percent(numbers.weight_effective, 2) if numbers.weight_effective else MISSING,
                ),
            )

    def evidence(self) -> Iterator[Block]:
        """What the entity wrote as evidence, never linked, and what of it was verified."""
        t, count = self._t, self._words.count
        rows, answered, verified = [], 0, 0
        for item in (item for measurement in self._questionnaire.measurements for item in measurement.items):
            response = self._answers.responses.get(item.id)
            if response is None:
                continue
            given = response.state is State.ANSWERED or bool(response.criterion or response.own_mark)
            answered += given
            ruled = response.source.origin == RULED
            verified += ruled
            if response.evidence:
                said = shown(self._words.text(item.text))
                checked = t("yes") if ruled else t("no")
                rows.append((RichCell(item.id, look="code"), said, shown(response.evidence), checked))
        comes = count(
            "{count} answer of {all} comes with evidence.",
            "{count} answers of {all} come with evidence.",
            len(rows),
            all=answered,
        )
        reviewed = count(
            "{count} answer was verified by a reviewer.",
            "{count} answers were verified by a reviewer.",
            verified,
        )
        yield f"{comes} {reviewed if verified else t('None was verified by a reviewer.')}"
        if rows:
            headers = (t("Id"), t("Item"), t("Evidence"), t("Verified"))
            looks = ("", "", "free", "")
            yield DocumentTable(
                t("Evidence as the entity wrote it"), headers, tuple(rows), looks=looks, most=0
            )


def _state(measurement: Measurement, state: str, answered: int) -> State:
    if measurement.collects is Collects.RESPONDENTS:
        return State.ANSWERED if answered else State.BLANK
    return State(state) if state else State.BLANK


def _effect(measurement: Measurement, state: State) -> str:
    if state is State.BLANK:
        return _BLANKS[measurement.blanks]
    if state is State.NO_DATA:
        return "is left out of the mean; lowers the coverage"
    if state is State.NOT_APPLICABLE:
        credited = measurement.not_applicable.policy == "credit"
        return "counts as the definition credits it" if credited else "is left out of everything"
    return "is left out of the mean"
