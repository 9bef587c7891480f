"""What changed between two definitions, in the words of the method.

Every difference of their canonical JSON is one of the changes, and changes are cosmetic, all of them, if
and only if the two have one `scoring_hash`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from ctimaturity.definitions.library import version_numbers
from ctimaturity.model.canonical import definition_hash, scoring_hash, without_texts
from ctimaturity.model.difference import (
    Bump,
    Change,
    ChangeClass,
    ChangeKind,
    DefinitionName,
    Difference,
    Subject,
    VersionStep,
)
from ctimaturity.model.text import are_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel, JsonValue

    from ctimaturity.model.questionnaire import Item, Measurement, Named, Node, Questionnaire, Unit
    from ctimaturity.model.scale import Scale

_Key = TypeVar("_Key", str, tuple[str, str])

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
_TABLES = {
    "segments": Subject.SEGMENT,
    "no_data_reasons": Subject.REASON,
    "entity_types": Subject.ENTITY_TYPE,
    "units": Subject.UNIT,
}
_STEPS = {
    ChangeClass.BREAKING: Bump.MAJOR,
    ChangeClass.ADDITIVE: Bump.MINOR,
    ChangeClass.COSMETIC: Bump.PATCH,
}
"""What semantic versioning asks for after a change, from the first number of a version to the last."""


def difference(old: Questionnaire, new: Questionnaire) -> Difference:
    """Compare two definitions.

    Things are matched by their ids, wherever they stand. The version itself is no change.
    """
    comparison = _DefinitionComparison(old, new)
    comparison.run()
    order = list(ChangeKind)
    changes = sorted(comparison.changes, key=lambda change: (-change.grade.rank, order.index(change.kind)))
    grade = max(
        (change.grade for change in changes), key=lambda change_class: change_class.rank, default=None
    )
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
class _DefinitionComparison:
    old: Questionnaire
    new: Questionnaire
    changes: list[Change] = field(default_factory=list)

    def run(self) -> None:
        old, new = self.old, self.new
        told = {"id", "edition", "title", "description", "source", "notes", "languages"}
        others = set(type(new).model_fields) - told - {"every_type", "entity_codes"}
        self.fields(Subject.QUESTIONNAIRE, new.id, old, new, skip=others)
        self.measurements()
        self.trees(outline(old), outline(new))
        for name in self.came_and_went(Subject.SCALE, old.scales, new.scales):
            self.scale(name, old.scales[name], new.scales[name])
        for table, subject in _TABLES.items():
            self.table(subject, getattr(old, table), getattr(new, table))
        self.profile()
        self.index()

    def note(
        self,
        kind: ChangeKind,
        subject: Subject,
        name: str,
        grade: ChangeClass = ChangeClass.BREAKING,
        **about: Any,
    ) -> None:
        self.changes.append(Change(kind, subject, name, grade, **about))

    def fields(
        self,
        subject: Subject,
        name: str,
        old: BaseModel,
        new: BaseModel,
        *,
        measurement: str = "",
        skip: Collection[str] = (),
    ) -> None:
        """Note the fields that differ."""
        for key, before, after, only_words in field_changes(old, new, skip):
            words = only_words or key == "languages"
            kind = ChangeKind.WORDING if words else _KINDS.get(key, ChangeKind.RULE)
            if subject is Subject.MEASUREMENT and key == "not_applicable":
                kind = ChangeKind.RULE
            offered = subject is Subject.SCALE and key in _CHOICES and before is None
            grade = (
                ChangeClass.COSMETIC if words else ChangeClass.ADDITIVE if offered else ChangeClass.BREAKING
            )
            self.note(
                kind, subject, name, grade, measurement=measurement, key=key, before=before, after=after
            )

    def came_and_went(
        self,
        subject: Subject,
        old: Mapping[_Key, object],
        new: Mapping[_Key, object],
        named: Callable[[_Key], tuple[str, str]] = lambda key: ("", str(key)),
    ) -> list[_Key]:
        """Note what was added and removed.

        Args:
            subject: What it is.
            old: By what it is matched by.
            new: The same.
            named: The measurement it belongs to and its id.

        Returns:
            What both have, in the order of the new one.
        """
        for key in old:
            if key not in new:
                measurement, name = named(key)
                self.note(ChangeKind.REMOVED, subject, name, measurement=measurement)
        for key in new:
            if key not in old:
                measurement, name = named(key)
                self.note(ChangeKind.ADDED, subject, name, ChangeClass.ADDITIVE, measurement=measurement)
        return [key for key in new if key in old]

    def order(
        self, subject: Subject, name: str, old: Collection[str], new: Collection[str], measurement: str = ""
    ) -> None:
        """Note that what both have stands in another order, which is that of sums and of sheets."""
        before = [part for part in old if part in new]
        after = [part for part in new if part in old]
        if before != after:
            self.note(ChangeKind.ORDER, subject, name, measurement=measurement, before=before, after=after)

    def measurements(self) -> None:
        old, new = self.old.measurement_by_id, self.new.measurement_by_id
        for name in self.came_and_went(Subject.MEASUREMENT, old, new):
            self.fields(
                Subject.MEASUREMENT, name, old[name], new[name], measurement=name, skip={"id", "root"}
            )
        self.order(Subject.QUESTIONNAIRE, self.new.id, old, new)

    def trees(self, old: Outline, new: Outline) -> None:
        both = self.old.measurement_by_id.keys() & self.new.measurement_by_id.keys()
        before, after = (
            {key: node for key, node in each.nodes.items() if key[0] in both} for each in (old, new)
        )
        for key in self.came_and_went(Subject.NODE, before, after, lambda key: key):
            measurement, name = key
            self.moved(Subject.NODE, name, measurement, old.parents[key], new.parents[key])
            subject = Subject.MEASUREMENT if name == measurement else Subject.NODE
            was, node = before[key], after[key]
            self.fields(subject, name, was, node, measurement=measurement, skip={"id", "children", "items"})
            self.order(subject, name, _part_ids(was), _part_ids(node), measurement)
        homes = {**old.homes, **new.homes}
        for name in self.came_and_went(
            Subject.ITEM, old.items, new.items, lambda name: (homes[name][0], name)
        ):
            measurement, parent = new.homes[name]
            home = old.homes[name]
            self.moved(
                Subject.ITEM, name, measurement, home[1] if home[0] == measurement else "/".join(home), parent
            )
            self.fields(Subject.ITEM, name, old.items[name], new.items[name], measurement=measurement)

    def moved(self, subject: Subject, name: str, measurement: str, before: str, after: str) -> None:
        if before != after:
            self.note(ChangeKind.MOVED, subject, name, measurement=measurement, before=before, after=after)

    def scale(self, name: str, old: Scale, new: Scale) -> None:
        """Options one by one; a new one between the ends leaves the others what they were."""
        self.fields(Subject.SCALE, name, old, new, skip={"options"})
        both = bool(old.options) and bool(new.options)
        same_ends = both and (old.minimum, old.maximum) == (new.minimum, new.maximum)
        grade = ChangeClass.ADDITIVE if same_ends else ChangeClass.BREAKING
        for code in old.by_code:
            if code not in new.by_code:
                self.note(ChangeKind.REMOVED, Subject.OPTION, f"{name}/{code}")
        for code, option in new.by_code.items():
            if code in old.by_code:
                self.fields(Subject.OPTION, f"{name}/{code}", old.by_code[code], option, skip={"code"})
            else:
                points = format(option.points, "f")
                self.note(ChangeKind.ADDED, Subject.OPTION, f"{name}/{code}", grade, after=points)
        self.order(Subject.SCALE, name, old.by_code, new.by_code)

    def table(self, subject: Subject, before: Sequence[Named | Unit], after: Sequence[Named | Unit]) -> None:
        old, new = {entry.id: entry for entry in before}, {entry.id: entry for entry in after}
        for name in self.came_and_went(subject, old, new):
            self.fields(subject, name, old[name], new[name])
        self.order(subject, "", old, new)

    def profile(self) -> None:
        old, new = self.old.profile, self.new.profile
        if old is not None and new is not None:
            self.fields(Subject.PROFILE, "profile", old, new)
        elif old is not None:
            self.note(ChangeKind.REMOVED, Subject.PROFILE, "profile")
        elif new is not None:
            self.note(ChangeKind.ADDED, Subject.PROFILE, "profile", ChangeClass.ADDITIVE)

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


def field_changes(
    old: BaseModel, new: BaseModel, skip: Collection[str] = ()
) -> Iterator[tuple[str, JsonValue, JsonValue, bool]]:
    """The fields of two parts of one type that differ, in the order of the format.

    Args:
        old: A part.
        new: Another of its type.
        skip: Names of fields that are compared elsewhere.

    Yields:
        The key in the definition, its values as canonical JSON has them, and whether everything but texts is
        the same.
    """
    for name, field_info in type(new).model_fields.items():
        if name in skip:
            continue
        before, after = _written(old, name), _written(new, name)
        if before != after:
            bare = without_texts(getattr(old, name), before), without_texts(getattr(new, name), after)
            words = are_texts(field_info.annotation) or bare[0] == bare[1]
            yield field_info.alias or name, before, after, words


def _written(part: BaseModel, name: str) -> JsonValue:
    """A field as canonical JSON has it; None where it is unsaid."""
    written: JsonValue = part.model_dump(mode="json", by_alias=False, include={name}).get(name)
    return written


def version_step(old: Questionnaire, new: Questionnaire, grade: ChangeClass | None) -> VersionStep:
    """The step between two versions of one edition, and the least that semantic versioning asks for.

    Before 1.0.0 nothing is promised yet: a new minor version is enough for whatever changes.

    Args:
        old: The earlier definition.
        new: The later one, of the same edition.
        grade: The gravest class of the changes between them; None without changes.
    """
    before, after = version_numbers(old.version), version_numbers(new.version)
    asked = Bump.NONE if grade is None else _STEPS[grade]
    if before[0] == 0 and asked is Bump.MAJOR:
        asked = Bump.MINOR
    steps = zip(_STEPS.values(), before, after, strict=True)
    made = next((bump for bump, earlier, later in steps if earlier != later), Bump.NONE)
    return VersionStep(asked=asked, made=Bump.NONE if after < before else made, backwards=after < before)


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
