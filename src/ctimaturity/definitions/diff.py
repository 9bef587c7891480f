"""What changed between two definitions, in the words of the method.

Every difference of their canonical JSON is one of the changes, and changes are cosmetic, all of them, if
and only if the two have one `scoring_hash`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ctimaturity.definitions.bump import version_step
from ctimaturity.definitions.fields import FieldChange, field_changes
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.model.difference import Change, ChangeClass, ChangeKind, DefinitionName, Difference, Subject

if TYPE_CHECKING:
    from pydantic import BaseModel, JsonValue

    from ctimaturity.model.questionnaire import Item, Measurement, Node, Questionnaire
    from ctimaturity.model.scale import Scale

_KINDS = {
    "weight": ChangeKind.WEIGHT,
    "weights": ChangeKind.WEIGHT,
    "scale": ChangeKind.SCALE,
    "points": ChangeKind.SCALE,
    "range": ChangeKind.SCALE,
    "range_scale": ChangeKind.SCALE,
    "criterion_scale": ChangeKind.SCALE,
    "reverse": ChangeKind.SCALE,
    "dont_know": ChangeKind.SCALE,
    "not_applicable": ChangeKind.SCALE,
    "levels": ChangeKind.BANDS,
    "min_coverage": ChangeKind.THRESHOLD,
    "max_excluded": ChangeKind.THRESHOLD,
    "respondents": ChangeKind.THRESHOLD,
    "max_age": ChangeKind.THRESHOLD,
    "plausible": ChangeKind.THRESHOLD,
    "applies_to": ChangeKind.SCOPE,
    "every_type": ChangeKind.SCOPE,
    "entity_codes": ChangeKind.SCOPE,
    "id": ChangeKind.EDITION,
    "edition": ChangeKind.EDITION,
}
"""What a change of a key is called; anything else is a rule."""

_CHOICES = ("dont_know", "not_applicable")
_TABLES = (Subject.SEGMENT, Subject.REASON, Subject.ENTITY_TYPE, Subject.UNIT)


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


def difference(old: Questionnaire, new: Questionnaire) -> Difference:
    """Compare two definitions.

    Things are matched by their ids, wherever they stand. The version itself is no change.
    """
    comparison = _Comparison(old, new)
    comparison.run()
    order = list(ChangeKind)
    changes = sorted(comparison.changes, key=lambda change: (-change.grade.rank, order.index(change.kind)))
    grade = max((change.grade for change in changes), key=lambda each: each.rank, default=None)
    same_line = (old.id, old.edition) == (new.id, new.edition)
    return Difference(
        old=_side(old),
        new=_side(new),
        changes=tuple(changes),
        step=version_step(old, new, grade) if same_line else None,
    )


def _side(questionnaire: Questionnaire) -> DefinitionName:
    return DefinitionName(
        key=questionnaire.key,
        version=questionnaire.version,
        definition_hash=definition_hash(questionnaire),
        scoring_hash=scoring_hash(questionnaire),
    )


def _part_ids(node: Node) -> list[str]:
    return [*(child.id for child in node.children), *(item.id for item in node.items)]


@dataclass
class _Comparison:
    old: Questionnaire
    new: Questionnaire
    changes: list[Change] = field(default_factory=list)

    def run(self) -> None:
        shared = {"id", "edition", "title", "description", "source", "notes", "languages"}
        others = set(type(self.new).model_fields) - shared - {"every_type", "entity_codes"}
        self.fields(Subject.QUESTIONNAIRE, self.new.id, self.old, self.new, skip=others)
        self.measurements()
        self.trees(outline(self.old), outline(self.new))
        self.scales()
        self.tables()
        self.profile()
        self.index()

    def note(
        self,
        kind: ChangeKind,
        subject: Subject,
        name: str,
        grade: ChangeClass = ChangeClass.BREAKING,
        *,
        measurement: str = "",
        key: str = "",
        before: JsonValue = None,
        after: JsonValue = None,
    ) -> None:
        self.changes.append(Change(kind, subject, name, grade, measurement, key, before, after))

    def fields(
        self,
        subject: Subject,
        name: str,
        old: BaseModel,
        new: BaseModel,
        *,
        measurement: str = "",
        skip: Iterable[str] = (),
    ) -> None:
        """Note the fields that differ."""
        for change in field_changes(old, new, frozenset(skip)):
            self.field(subject, name, change, measurement)

    def field(self, subject: Subject, name: str, change: FieldChange, measurement: str = "") -> None:
        words = change.only_words or change.key == "languages"
        kind = ChangeKind.WORDING if words else _KINDS.get(change.key, ChangeKind.RULE)
        if subject is Subject.MEASUREMENT and change.key == "not_applicable":
            kind = ChangeKind.RULE
        offered = subject is Subject.SCALE and change.key in _CHOICES and change.before is None
        grade = ChangeClass.COSMETIC if words else ChangeClass.ADDITIVE if offered else ChangeClass.BREAKING
        self.note(
            kind,
            subject,
            name,
            grade,
            measurement=measurement,
            key=change.key,
            before=change.before,
            after=change.after,
        )

    def came_and_went(
        self, subject: Subject, old: Mapping[str, object], new: Mapping[str, object], measurement: str = ""
    ) -> list[str]:
        """Note what was added and removed.

        Returns:
            The ids that both have, in the order of the new one.
        """
        for name in old:
            if name not in new:
                self.note(ChangeKind.REMOVED, subject, name, measurement=measurement)
        for name in new:
            if name not in old:
                self.note(ChangeKind.ADDED, subject, name, ChangeClass.ADDITIVE, measurement=measurement)
        return [name for name in new if name in old]

    def order(
        self, subject: Subject, name: str, old: Sequence[str], new: Sequence[str], measurement: str = ""
    ) -> None:
        """Note that what both have stands in another order, which is that of sums and of sheets."""
        before = [each for each in old if each in set(new)]
        after = [each for each in new if each in set(old)]
        if before != after:
            self.note(
                ChangeKind.ORDER,
                subject,
                name,
                measurement=measurement,
                before=list(before),
                after=list(after),
            )

    def measurements(self) -> None:
        old, new = self.old.measurement_by_id, self.new.measurement_by_id
        for name in self.came_and_went(Subject.MEASUREMENT, old, new):
            self.fields(
                Subject.MEASUREMENT, name, old[name], new[name], measurement=name, skip={"id", "root"}
            )
        self.order(Subject.QUESTIONNAIRE, self.new.id, list(old), list(new))

    def trees(self, old: Outline, new: Outline) -> None:
        both = self.old.measurement_by_id.keys() & self.new.measurement_by_id.keys()
        for place in old.nodes:
            if place not in new.nodes and place[0] in both:
                self.note(ChangeKind.REMOVED, Subject.NODE, place[1], measurement=place[0])
        for place, node in new.nodes.items():
            measurement, name = place
            if place not in old.nodes:
                if measurement in both:
                    self.note(
                        ChangeKind.ADDED, Subject.NODE, name, ChangeClass.ADDITIVE, measurement=measurement
                    )
                continue
            self.moved(Subject.NODE, name, measurement, old.parents[place], new.parents[place])
            subject = Subject.MEASUREMENT if name == measurement else Subject.NODE
            before = old.nodes[place]
            self.fields(
                subject, name, before, node, measurement=measurement, skip={"id", "children", "items"}
            )
            self.order(subject, name, _part_ids(before), _part_ids(node), measurement)
        self.items(old, new)

    def items(self, old: Outline, new: Outline) -> None:
        for name in old.items:
            if name not in new.items:
                self.note(ChangeKind.REMOVED, Subject.ITEM, name, measurement=old.homes[name][0])
        for name, item in new.items.items():
            measurement, parent = new.homes[name]
            if name not in old.items:
                self.note(ChangeKind.ADDED, Subject.ITEM, name, ChangeClass.ADDITIVE, measurement=measurement)
                continue
            was = old.homes[name]
            before = was[1] if was[0] == measurement else "/".join(was)
            self.moved(Subject.ITEM, name, measurement, before, parent)
            self.fields(Subject.ITEM, name, old.items[name], item, measurement=measurement)

    def moved(self, subject: Subject, name: str, measurement: str, before: str, after: str) -> None:
        if before != after:
            self.note(ChangeKind.MOVED, subject, name, measurement=measurement, before=before, after=after)

    def scales(self) -> None:
        old, new = self.old.scales, self.new.scales
        for name in self.came_and_went(Subject.SCALE, old, new):
            self.scale(name, old[name], new[name])

    def scale(self, name: str, old: Scale, new: Scale) -> None:
        """Options one by one; a new one between the ends leaves the others what they were."""
        self.fields(Subject.SCALE, name, old, new, skip={"options"})
        same_ends = bool(old.options and new.options) and (old.minimum, old.maximum) == (
            new.minimum,
            new.maximum,
        )
        for code in old.by_code:
            if code not in new.by_code:
                self.note(ChangeKind.REMOVED, Subject.OPTION, f"{name}/{code}")
        for code, option in new.by_code.items():
            if code not in old.by_code:
                grade = ChangeClass.ADDITIVE if same_ends else ChangeClass.BREAKING
                points = format(option.points, "f")
                self.note(ChangeKind.ADDED, Subject.OPTION, f"{name}/{code}", grade, after=points)
            else:
                self.fields(Subject.OPTION, f"{name}/{code}", old.by_code[code], option, skip={"code"})
        self.order(Subject.SCALE, name, list(old.by_code), list(new.by_code))

    def tables(self) -> None:
        pairs: Iterable[tuple[Sequence[_WithId], Sequence[_WithId]]] = (
            (self.old.segments, self.new.segments),
            (self.old.no_data_reasons, self.new.no_data_reasons),
            (self.old.entity_types, self.new.entity_types),
            (self.old.units, self.new.units),
        )
        for subject, (before, after) in zip(_TABLES, pairs, strict=True):
            old, new = {each.id: each for each in before}, {each.id: each for each in after}
            for name in self.came_and_went(subject, old, new):
                self.fields(subject, name, old[name], new[name])  # type: ignore[arg-type]
            self.order(subject, "", list(old), list(new))

    def profile(self) -> None:
        old, new = self.old.profile, self.new.profile
        if old is not None and new is not None:
            self.fields(Subject.PROFILE, "profile", old, new)
        elif old is not None or new is not None:
            kind = ChangeKind.REMOVED if new is None else ChangeKind.ADDED
            grade = ChangeClass.BREAKING if new is None else ChangeClass.ADDITIVE
            self.note(kind, Subject.PROFILE, "profile", grade)

    def index(self) -> None:
        """The index; the weight of a measurement that came or went belongs to that."""
        old, new = self.old.index, self.new.index
        self.fields(Subject.INDEX, "index", old, new, skip={"weights"})
        for name in new.weights:
            before, after = old.weights.get(name), new.weights[name]
            if before is not None and before != after:
                self.note(
                    ChangeKind.WEIGHT,
                    Subject.MEASUREMENT,
                    name,
                    measurement=name,
                    key="weight in the index",
                    before=format(before, "f"),
                    after=format(after, "f"),
                )


@dataclass
class Outline:
    """Everything of a questionnaire that has an id in its trees.

    Attributes:
        nodes: By measurement and id, in the order of the file, roots first.
        parents: Id of the node above a node, by measurement and id; empty for a root.
        items: By id.
        homes: Measurement and id of the node above, by item id.
    """

    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    homes: dict[str, tuple[str, str]] = field(default_factory=dict)


def outline(questionnaire: Questionnaire) -> Outline:
    """The outline of all measurements."""
    found = Outline()
    for measurement in questionnaire.measurements:
        _lay_flat(measurement, measurement.root, "", found)
    return found


def _lay_flat(measurement: Measurement, node: Node, parent: str, found: Outline) -> None:
    found.nodes[measurement.id, node.id] = node
    found.parents[measurement.id, node.id] = parent
    for child in node.children:
        _lay_flat(measurement, child, node.id, found)
    for item in node.items:
        found.items[item.id] = item
        found.homes[item.id] = (measurement.id, node.id)
