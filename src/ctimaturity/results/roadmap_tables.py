"""The CSV files of roadmaps: targets, actions, sets of least effort, dimensions and what is weak in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.analysis.contrast import Advice, discontents, facings, weaknesses
from ctimaturity.analysis.least_effort import Proof
from ctimaturity.model.questionnaire import YES_NO
from ctimaturity.model.score import Status
from ctimaturity.model.text import in_language
from ctimaturity.results.table import NO, YES, Column, Row, Table, legible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from ctimaturity.analysis.phases import Phase
    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.analysis.standpoint import Standpoint
    from ctimaturity.model.roadmap import Effort, Frame

_CODE = Column("entity_code", "string", "Code of the entity, as text", required=True)
_NAME = Column("entity_name", "string", "Name of the entity")
_MEASUREMENT = Column(
    "measurement", "string", "Id; index for the index, profile for a combined part", required=True
)
_ITEM = Column("item", "string", "Id of the item", required=True)

TARGET_COLUMNS = (
    _CODE,
    _NAME,
    Column("status", "string", "Status of the entity", choices=tuple(Status), required=True),
    _MEASUREMENT,
    Column("node", "string", "Id of the node", required=True),
    Column("score", "number", "Score now", "points"),
    Column("level", "integer", "Level now; 0 is below the lowest"),
    Column("target_level", "integer", "Level aimed for"),
    Column("target_score", "number", "Score aimed for, or where the level begins", "points"),
    Column("more_than", "boolean", "Whether the score has to be more than that, rather than reach it"),
    Column("gap", "number", "What the score is short of", "points"),
    Column("by", "string", "Date of the target"),
    Column("chosen", "boolean", "Whether it was asked for; otherwise it is the next level"),
    Column("reached", "boolean", "Whether it is reached already"),
    Column("planned", "boolean", "Whether the plan is made for it"),
    Column("reachable", "boolean", "Whether actions reach it; empty where none touches it"),
    Column("score_after", "number", "Score after the whole plan", "points"),
    Column(
        "in_time",
        "boolean",
        "Whether the phases of the plan reach it by its date; empty where one of them has no date",
    ),
)
ACTION_COLUMNS = (
    _CODE,
    _MEASUREMENT,
    Column("part", "string", "Id of the axis or other top node", required=True),
    Column("node", "string", "Id of the capacity or other node that the item belongs to", required=True),
    _ITEM,
    Column("text", "string", "What has to be so"),
    Column("level", "integer", "Level of the item"),
    Column("state", "string", "State of the answer now", required=True),
    Column("score", "number", "Score of the item now", "points"),
    Column("step_to", "string", "Answer of the next step", required=True),
    Column("effort", "integer", "Effort of the next step, in units of comparison", required=True),
    Column("gain_node", "number", "What the step adds to the node", "points", required=True),
    Column("gain_part", "number", "What the step adds to the top node", "points", required=True),
    Column("gain_measurement", "number", "What the step adds to the measurement", "points", required=True),
    Column("gain_index", "number", "What the step adds to the index; empty without an index", "points"),
    Column(
        "part_per_effort", "number", "Gain of the top node for each unit of effort", "points", required=True
    ),
    Column(
        "index_per_effort",
        "number",
        "Gain of the index for each unit of effort; empty without an index",
        "points",
    ),
    Column("staged_level", "integer", "Staged level of the node now"),
    Column("staged_level_after", "integer", "Staged level of the node after this step alone"),
    Column("is_next", "boolean", "Belongs to the lowest incomplete level of its node", required=True),
    Column("missing_below", "string", "Items of lower levels of the node that are missing, with ;"),
    Column("payoff_order", "integer", "Place by what it adds, the most first", required=True),
    Column("foundation_order", "integer", "Place by level, the lowest first", required=True),
    Column("in_plan", "boolean", "Whether it is in the set of least effort", required=True),
    Column("plan_to", "string", "Answer that the plan reaches"),
    Column("plan_effort", "integer", "Effort of reaching it"),
    Column("phase", "string", "Phase of the plan, in months; beyond where no phase has room"),
    Column("evidence", "string", "Evidence that it needs"),
    Column("owner", "string", "Who does it: a suggestion, or empty for the entity to fill"),
)
SET_COLUMNS = (
    _CODE,
    Column("set", "integer", "Number of the set; 1 is the plan", required=True),
    Column("effort", "integer", "Effort of the whole set", required=True),
    Column("exact", "boolean", "Whether no set takes less effort", required=True),
    Column("proof", "string", "How that is known, or why not", choices=tuple(Proof), required=True),
    Column("more_sets", "boolean", "Whether there are more sets of the same effort; empty where not known"),
    _ITEM,
    Column("to", "string", "Answer to reach", required=True),
    Column("item_effort", "integer", "Effort of this item", required=True),
)
DIMENSION_COLUMNS = (
    _CODE,
    Column("node", "string", "Id of the dimension", required=True),
    Column("score", "number", "Score of the dimension", "points"),
    Column("level", "integer", "Level; 0 is below the lowest"),
    Column("perception", "number", "Score in perception", "points"),
    Column("results", "number", "Score in results", "points"),
    Column("contrast", "number", "Results less perception", "points"),
    Column("advice", "string", "keep, tell, warn or act", choices=tuple(Advice)),
)
STATEMENT_COLUMNS = (
    _CODE,
    _MEASUREMENT,
    Column("part", "string", "Id of the dimension", required=True),
    _ITEM,
    Column("text", "string", "The statement"),
    Column("mean", "number", "Mean of the answers", "points", required=True),
    Column("n", "integer", "How many answered", "people", required=True),
    Column("low", "number", "Lower end of the 95 % interval; empty where it is not known", "points"),
    Column("high", "number", "Upper end of the 95 % interval; empty where it is not known", "points"),
)
INDICATOR_COLUMNS = (
    _CODE,
    _MEASUREMENT,
    Column("part", "string", "Id of the dimension", required=True),
    _ITEM,
    Column("text", "string", "The indicator"),
    Column("mark", "number", "Mark that counts", "points", required=True),
    Column("basis", "string", "Where the mark comes from", required=True),
    Column("value", "number", "Value of the indicator"),
    Column("unit", "string", "Id of the unit"),
    Column(
        "distance",
        "number",
        "How much the value has to change until the next mark, in its unit; negative to become less",
    ),
    Column("beyond", "boolean", "Whether the value has to go beyond the bound, rather than reach it"),
)
CHECK_COLUMNS = (
    Column("id", "string", "Id of the entry", required=True),
    Column("axis", "string", "Id of the axis", required=True),
    Column("name", "string", "What it is"),
    Column("text", "string", "What it means"),
    Column("standards", "string", "Names of standards"),
)


class RoadmapTables:
    """The tables of the roadmaps of an assessment.

    Args:
        standpoint: Where everybody stands.
        roadmaps: In the order of the index.
        phases: Of the plans.
        effort: Of actions, with suggested owners.
        frame: Of the edition.
        language: Of texts.
        dated: Whether the phases have dates.
    """

    def __init__(
        self,
        standpoint: Standpoint,
        roadmaps: Sequence[Roadmap],
        phases: Sequence[Phase],
        effort: Effort,
        frame: Frame,
        language: str,
        *,
        dated: bool = False,
    ) -> None:
        self._dated = dated
        self._standpoint = standpoint
        self._roadmaps = roadmaps
        self._phases = phases
        self._effort = effort
        self._frame = frame
        self._language = language

    def tables(self) -> tuple[Table, ...]:
        """All of them; without what the definition has not."""
        one = ("entity_code", "item")
        found = [
            Table(
                "targets",
                "What each entity aims for",
                TARGET_COLUMNS,
                ("entity_code", "measurement", "node"),
                self._targets,
            ),
            Table(
                "actions",
                "What each entity can do next, and what it brings",
                ACTION_COLUMNS,
                one,
                self._actions,
            ),
            Table(
                "sets",
                "Sets of actions that reach the targets with the least effort",
                SET_COLUMNS,
                ("entity_code", "set", "item"),
                self._sets,
            ),
        ]
        if self._standpoint.plan.profile:
            found.append(
                Table(
                    "dimensions",
                    "Perception against results",
                    DIMENSION_COLUMNS,
                    ("entity_code", "node"),
                    self._dimensions,
                )
            )
        found += [
            Table(
                "statements",
                "What inhabitants are least content with",
                STATEMENT_COLUMNS,
                one,
                self._statements,
            ),
            Table("indicators", "Indicators and the next mark", INDICATOR_COLUMNS, one, self._indicators),
        ]
        if self._frame.checklist:
            found.append(
                Table(
                    "checklist",
                    "Technical checklist for initiatives; never scored",
                    CHECK_COLUMNS,
                    ("id",),
                    self._checks,
                )
            )
        return tuple(found)

    def _text(self, text: dict[str, str] | None) -> str:
        return legible(in_language(text, self._language))

    def phase_name(self, one: Planned) -> str:
        """`0-6` for the first half year; `beyond` for what no phase has room for; empty without phases."""
        if not self._phases:
            return ""
        if one.phase is None:
            return "beyond"
        phase = self._phases[one.phase]
        return f"{phase.start}-{phase.end}"

    def _targets(self) -> Iterator[Row]:
        for each in self._roadmaps:
            for at, aim in enumerate(each.aims):
                bound = None if aim.need is None or aim.score is None else aim.score + aim.need.missing
                open_ = at in each.planned_for or at in each.out_of_reach
                yield (
                    each.row.entity.code,
                    legible(each.row.entity.name),
                    each.row.status.value,
                    aim.target.measurement,
                    aim.target.node,
                    _number(aim.score),
                    aim.level,
                    aim.target.level,
                    _number(bound),
                    None if aim.need is None else _flag(aim.need.more),
                    None if aim.need is None else max(0.0, float(aim.need.missing)),
                    aim.target.by.isoformat() if aim.target.by else None,
                    _flag(aim.chosen),
                    _flag(aim.reached),
                    _flag(at in each.planned_for),
                    _flag(at in each.planned_for) if open_ else None,
                    _number(each.outcome.scores[at]) if each.outcome else None,
                    self._in_time(each, at),
                )

    def _in_time(self, each: Roadmap, at: int) -> str | None:
        if not self._dated or not self._phases or at not in each.planned_for or not each.aims[at].target.by:
            return None
        return _flag(at not in each.late)

    def _actions(self) -> Iterator[Row]:
        for each in self._roadmaps:
            planned = {one.choice.item: one for one in each.plan}
            for action in each.actions:
                item, opening = action.item, action.opening
                one = planned.get(item.id)
                yield (
                    each.row.entity.code,
                    opening.measurement.id,
                    opening.part.id,
                    opening.node.id,
                    item.id,
                    self._text(item.text),
                    item.level,
                    opening.state.value,
                    float(opening.score),
                    action.step.value,
                    action.step.effort,
                    float(action.gain_node),
                    float(action.gain_part),
                    float(action.gain_measurement),
                    _number(action.gain_index),
                    float(action.part_per_effort),
                    _number(action.index_per_effort),
                    action.staged,
                    action.staged_after,
                    _flag(action.is_next),
                    ";".join(action.below),
                    action.payoff,
                    action.foundation,
                    _flag(one is not None),
                    one.choice.value if one else None,
                    one.choice.effort if one else None,
                    self.phase_name(one) if one else None,
                    self._text(item.evidence),
                    legible(self._effort.owners.get(item.id, "")),
                )

    def _sets(self) -> Iterator[Row]:
        for each in self._roadmaps:
            if each.least is None:
                continue
            more = None if each.least.more is None else _flag(each.least.more)
            for number, chosen in enumerate(each.least.sets, 1):
                for choice in chosen:
                    yield (
                        each.row.entity.code,
                        number,
                        each.least.effort,
                        _flag(each.least.exact),
                        each.least.proof.value,
                        more,
                        choice.item,
                        choice.value,
                        choice.effort,
                    )

    def _codes(self) -> Iterator[str]:
        return (each.row.entity.code for each in self._roadmaps if each.row.status is not Status.REFUSED)

    def _dimensions(self) -> Iterator[Row]:
        for code in self._codes():
            for each in facings(self._standpoint, code):
                pair = (each.perception, each.results)
                perception, results = (None if one is None else one.score for one in pair)
                apart = None if perception is None or results is None else results - perception
                yield (
                    code,
                    each.node,
                    each.combined.score,
                    each.combined.level,
                    perception,
                    results,
                    apart,
                    each.advice.value if each.advice else None,
                )

    def _statements(self) -> Iterator[Row]:
        for code in self._codes():
            for each in discontents(self._standpoint, code):
                yield (
                    code,
                    each.measurement,
                    each.top,
                    each.item.id,
                    self._text(each.item.text),
                    each.mean,
                    each.n,
                    each.low,
                    each.high,
                )

    def _indicators(self) -> Iterator[Row]:
        for code in self._codes():
            for each in weaknesses(self._standpoint, code):
                known = each.distance is not None
                sign = -1 if each.lower else 1
                yield (
                    code,
                    each.measurement,
                    each.top,
                    each.item.id,
                    self._text(each.item.text),
                    each.mark,
                    each.basis,
                    _number(each.value),
                    each.item.unit or ("" if not each.yes else YES_NO),
                    None if each.distance is None else sign * float(each.distance),
                    _flag(each.beyond) if known else None,
                )

    def _checks(self) -> Iterator[Row]:
        for each in self._frame.checklist:
            yield (
                each.id,
                each.node,
                self._text(dict(each.name)),
                self._text(dict(each.text)),
                legible(each.standards),
            )


def _flag(value: bool) -> str:  # noqa: FBT001  (what it writes is the boolean)
    return YES if value else NO


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
