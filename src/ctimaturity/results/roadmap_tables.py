"""The CSV files of roadmaps: targets, actions, sets of least effort, dimensions and what is weak in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ctimaturity.analysis.contrast import Advice, dimension_contrasts, discontents, weaknesses
from ctimaturity.analysis.least_effort import EffortProof
from ctimaturity.model.questionnaire import YES_NO
from ctimaturity.model.score import Status
from ctimaturity.results.table import Column, Row, Source, Table, row_maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from ctimaturity.analysis.actions import Action
    from ctimaturity.analysis.contrast import DimensionContrast, Discontent, Weakness
    from ctimaturity.analysis.knapsack import RaisedAnswer
    from ctimaturity.analysis.least_effort import LeastEffort
    from ctimaturity.analysis.phases import Phase
    from ctimaturity.analysis.roadmap import Planned, Roadmap
    from ctimaturity.analysis.round import Round
    from ctimaturity.analysis.targets import EntityTarget
    from ctimaturity.model.roadmap import CheckEntry, Effort, Frame
    from ctimaturity.model.score import IndexRow

_CODE: Column[IndexRow] = Column(
    "entity_code", "string", "Code of the entity, as text", required=True, get="entity.code"
)
_MEASUREMENT = "Id; index for the index, profile for a combined part"


class _Prospect(NamedTuple):
    """What comes of one aim."""

    planned: bool
    reachable: bool | None
    score_after: Fraction | None
    in_time: bool | None


class _Doing(NamedTuple):
    """How an action is done."""

    phase: str | None
    evidence: Mapping[str, str] | None
    owner: str


class _Chosen(NamedTuple):
    """One answer of a set."""

    number: int
    least: LeastEffort
    choice: RaisedAnswer


def _bound(aim: EntityTarget) -> Fraction | None:
    return None if aim.need is None or aim.score is None else aim.score + aim.need.missing


def _apart(contrast: DimensionContrast) -> float | None:
    low, high = (None if score is None else score.score for score in (contrast.perception, contrast.results))
    return None if low is None or high is None else high - low


_ENTITY: tuple[Column[IndexRow], ...] = (
    _CODE,
    Column("entity_name", "string", "Name of the entity", get="entity.name"),
    Column("status", "string", "Status of the entity", choices=tuple(Status), required=True),
)
_AIM: tuple[Column[EntityTarget], ...] = (
    Column("measurement", "string", _MEASUREMENT, required=True, get="target.measurement"),
    Column("node", "string", "Id of the node", required=True, get="target.node"),
    Column("score", "number", "Score now", "points"),
    Column("level", "integer", "Level now; 0 is below the lowest"),
    Column("target_level", "integer", "Level aimed for", get="target.level"),
    Column("target_score", "number", "Score aimed for, or where the level begins", "points", get=_bound),
    Column(
        "more_than",
        "boolean",
        "Whether the score has to be more than that, rather than reach it",
        get="need.more",
    ),
    Column(
        "gap",
        "number",
        "What the score is short of",
        "points",
        get=lambda aim: aim.need and max(0.0, float(aim.need.missing)),
    ),
    Column("by", "string", "Date of the target", get="target.by"),
    Column("chosen", "boolean", "Whether it was asked for; otherwise it is the next level"),
    Column("reached", "boolean", "Whether it is reached already"),
)
_PROSPECT: tuple[Column[_Prospect], ...] = (
    Column("planned", "boolean", "Whether the plan is made for it"),
    Column("reachable", "boolean", "Whether actions reach it; empty where none touches it"),
    Column("score_after", "number", "Score after the whole plan", "points"),
    Column(
        "in_time",
        "boolean",
        "Whether the phases of the plan reach it by its date; empty where one of them has no date",
    ),
)
_ACTION: tuple[Column[Action], ...] = (
    Column("measurement", "string", _MEASUREMENT, required=True, get="opening.measurement.id"),
    Column("part", "string", "Id of the axis or other top node", required=True, get="opening.part.id"),
    Column(
        "node",
        "string",
        "Id of the capacity or other node that the item belongs to",
        required=True,
        get="opening.node.id",
    ),
    Column("item", "string", "Id of the item", required=True, get="item.id"),
    Column("text", "string", "What has to be so", get="item.text"),
    Column("level", "integer", "Level of the item", get="item.level"),
    Column("state", "string", "State of the answer now", required=True, get="opening.state"),
    Column("score", "number", "Score of the item now", "points", get="opening.score"),
    Column("step_to", "string", "Answer of the next step", required=True, get="step.value"),
    Column(
        "effort",
        "integer",
        "Effort of the next step, in units of comparison",
        required=True,
        get="step.effort",
    ),
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
    Column("staged_level", "integer", "Staged level of the node now", get="staged"),
    Column(
        "staged_level_after", "integer", "Staged level of the node after this step alone", get="staged_after"
    ),
    Column("is_next", "boolean", "Belongs to the lowest incomplete level of its node", required=True),
    Column(
        "missing_below",
        "string",
        "Items of lower levels of the node that are missing, with ;",
        get=lambda action: ";".join(action.below),
    ),
    Column("payoff_order", "integer", "Place by what it adds, the most first", required=True, get="payoff"),
    Column(
        "foundation_order", "integer", "Place by level, the lowest first", required=True, get="foundation"
    ),
)
_PLANNED: tuple[Column[Planned | None], ...] = (
    Column(
        "in_plan",
        "boolean",
        "Whether it is in the set of least effort",
        required=True,
        get=lambda planned: planned is not None,
    ),
    Column(
        "plan_to",
        "string",
        "Answer that the plan reaches",
        get=lambda planned: planned and planned.choice.value,
    ),
    Column(
        "plan_effort",
        "integer",
        "Effort of reaching it",
        get=lambda planned: planned and planned.choice.effort,
    ),
)
_DOING: tuple[Column[_Doing], ...] = (
    Column("phase", "string", "Phase of the plan, in months; beyond where no phase has room"),
    Column("evidence", "string", "Evidence that it needs"),
    Column("owner", "string", "Who does it: a suggestion, or empty for the entity to fill"),
)
_SET: tuple[Column[_Chosen], ...] = (
    Column("set", "integer", "Number of the set; 1 is the plan", required=True, get="number"),
    Column("effort", "integer", "Effort of the whole set", required=True, get="least.effort"),
    Column("exact", "boolean", "Whether no set takes less effort", required=True, get="least.exact"),
    Column(
        "proof",
        "string",
        "How that is known, or why not",
        choices=tuple(EffortProof),
        required=True,
        get="least.proof",
    ),
    Column(
        "more_sets",
        "boolean",
        "Whether there are more sets of the same effort; empty where not known",
        get="least.more",
    ),
    Column("item", "string", "Id of the item", required=True, get="choice.item"),
    Column("to", "string", "Answer to reach", required=True, get="choice.value"),
    Column("item_effort", "integer", "Effort of this item", required=True, get="choice.effort"),
)
_DIMENSION: tuple[Column[DimensionContrast], ...] = (
    Column("node", "string", "Id of the dimension", required=True),
    Column("score", "number", "Score of the dimension", "points", get="combined.score"),
    Column("level", "integer", "Level; 0 is below the lowest", get="combined.level"),
    Column("perception", "number", "Score in perception", "points", get="perception.score"),
    Column("results", "number", "Score in results", "points", get="results.score"),
    Column("contrast", "number", "Results less perception", "points", get=_apart),
    Column("advice", "string", "keep, tell, warn or act", choices=tuple(Advice)),
)
_WEAK: tuple[Column[Any], ...] = (
    Column("measurement", "string", _MEASUREMENT, required=True),
    Column("part", "string", "Id of the dimension", required=True, get="top"),
    Column("item", "string", "Id of the item", required=True, get="item.id"),
)
_STATEMENT: tuple[Column[Discontent], ...] = (
    *_WEAK,
    Column("text", "string", "The statement", get="item.text"),
    Column("mean", "number", "Mean of the answers", "points", required=True),
    Column("n", "integer", "How many answered", "people", required=True),
    Column("low", "number", "Lower end of the 95 % interval; empty where it is not known", "points"),
    Column("high", "number", "Upper end of the 95 % interval; empty where it is not known", "points"),
)
_INDICATOR: tuple[Column[Weakness], ...] = (
    *_WEAK,
    Column("text", "string", "The indicator", get="item.text"),
    Column("mark", "number", "Mark that counts", "points", required=True),
    Column("basis", "string", "Where the mark comes from", required=True),
    Column("value", "number", "Value of the indicator"),
    Column(
        "unit",
        "string",
        "Id of the unit",
        get=lambda indicator: indicator.item.unit or (YES_NO if indicator.yes else ""),
    ),
    Column(
        "distance",
        "number",
        "How much the value has to change until the next mark, in its unit; negative to become less",
        get=lambda indicator: (
            None if indicator.distance is None else (-1 if indicator.lower else 1) * float(indicator.distance)
        ),
    ),
    Column(
        "beyond",
        "boolean",
        "Whether the value has to go beyond the bound, rather than reach it",
        get=lambda indicator: None if indicator.distance is None else indicator.beyond,
    ),
)
_CHECK: tuple[Column[CheckEntry], ...] = (
    Column("id", "string", "Id of the entry", required=True),
    Column("axis", "string", "Id of the axis", required=True, get="node"),
    Column("name", "string", "What it is"),
    Column("text", "string", "What it means"),
    Column("standards", "string", "Names of standards"),
)


@dataclass(frozen=True)
class RoadmapTables:
    """The tables of the roadmaps of an assessment.

    Attributes:
        scored: Where everybody stands.
        roadmaps: In the order of the index.
        phases: Of the plans.
        effort: Of actions, with suggested owners.
        frame: Of the edition.
        language: Of texts.
        dated: Whether the phases have dates.
    """

    scored: Round
    roadmaps: Sequence[Roadmap]
    phases: Sequence[Phase]
    effort: Effort
    frame: Frame
    language: str
    dated: bool = field(default=False, kw_only=True)

    def tables(self) -> tuple[Table, ...]:
        """All of them; without what the definition has not."""
        target, action = ("entity_code", "measurement", "node"), ("entity_code", "item")
        targets: tuple[Column, ...] = (*_ENTITY, *_AIM, *_PROSPECT)
        actions: tuple[Column, ...] = (_CODE, *_ACTION, *_PLANNED, *_DOING)
        next_step = "What each entity can do next, and what it brings"
        least = "Sets of actions that reach the targets with the least effort"
        tables = [
            Table("targets", "What each entity aims for", targets, target, self._targets),
            Table("actions", next_step, actions, action, self._actions),
            Table("sets", least, (_CODE, *_SET), ("entity_code", "set", "item"), self._sets),
        ]
        if self.scored.plan.profile:
            title, key = "Perception against results", ("entity_code", "node")
            tables.append(self._table("dimensions", title, _DIMENSION, key, dimension_contrasts))
        title = "What inhabitants are least content with"
        tables.append(self._table("statements", title, _STATEMENT, action, discontents))
        title = "Indicators and the next mark"
        tables.append(self._table("indicators", title, _INDICATOR, action, weaknesses))
        if self.frame.checklist:
            title = "Technical checklist for initiatives; never scored"
            row = row_maker(_CHECK, self.language)
            tables.append(Table("checklist", title, _CHECK, ("id",), lambda: map(row, self.frame.checklist)))
        return tuple(tables)

    def _table(
        self,
        name: str,
        title: str,
        columns: tuple[Column[Source], ...],
        key: tuple[str, ...],
        of_entity: Callable[[Round, str], Iterable[Source]],
    ) -> Table:
        """A table of what there is of each entity that was scored."""
        row = row_maker(columns, self.language)
        codes = [road.row.entity.code for road in self.roadmaps if road.row.status is not Status.REFUSED]

        def rows() -> Iterator[Row]:
            return ((code, *row(record)) for code in codes for record in of_entity(self.scored, code))

        return Table(name, title, (_CODE, *columns), key, rows)

    def _phase_name(self, planned: Planned) -> str:
        """`0-6` for the first half year; `beyond` for what no phase has room for; empty without phases."""
        if not self.phases:
            return ""
        if planned.phase is None:
            return "beyond"
        phase = self.phases[planned.phase]
        return f"{phase.start}-{phase.end}"

    def _targets(self) -> Iterator[Row]:
        entity, aimed, prospect = row_maker(_ENTITY), row_maker(_AIM), row_maker(_PROSPECT)
        for road in self.roadmaps:
            for at, aim in enumerate(road.aims):
                planned = at in road.planned_for
                after = road.outcome.scores[at] if road.outcome else None
                reachable = planned if planned or at in road.out_of_reach else None
                coming = _Prospect(planned, reachable, after, self._in_time(road, at))
                yield (*entity(road.row), *aimed(aim), *prospect(coming))

    def _in_time(self, road: Roadmap, at: int) -> bool | None:
        if not self.dated or not self.phases or at not in road.planned_for or not road.aims[at].target.by:
            return None
        return at not in road.late

    def _actions(self) -> Iterator[Row]:
        step, plan, doing = (row_maker(part, self.language) for part in (_ACTION, _PLANNED, _DOING))
        for road in self.roadmaps:
            plans = {planned.choice.item: planned for planned in road.plan}
            for action in road.actions:
                item = action.item
                planned = plans.get(item.id)
                owner = self.effort.owners.get(item.id, "")
                how = _Doing(self._phase_name(planned) if planned else None, item.evidence, owner)
                yield (road.row.entity.code, *step(action), *plan(planned), *doing(how))

    def _sets(self) -> Iterator[Row]:
        row = row_maker(_SET)
        for road in self.roadmaps:
            if road.least is None:
                continue
            for number, chosen in enumerate(road.least.sets, 1):
                for choice in chosen:
                    yield (road.row.entity.code, *row(_Chosen(number, road.least, choice)))
