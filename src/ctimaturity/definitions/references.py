"""Ids and what names them, checked on the text as it was written.

So the findings stand beside those of the single values, also where a part of the definition has
mistakes of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ctimaturity.definitions.resolve import ROOT_KIND
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.yaml import Path, Value

Found = tuple[str, Path]
"""An id and where it is written."""

_TABLES = ("segments", "no_data_reasons", "entity_types", "units")
_LISTS = ("languages", "every_type")
_RESERVED_MEASUREMENTS = ("index", "profile", "all")
_RESERVED_SEGMENTS = ("all",)
_RESERVED_OPTIONS = ("blank", "dont_know")


def check_references(source: YamlSource) -> bool:
    """Report ids that are used twice, and names of things that are not defined.

    Returns:
        Whether there was nothing to report.
    """
    before = len(source.diagnostics)
    checker = _Checker(source)
    checker.tables()
    for path, measurement in _mappings(source.value, ("measurements",)):
        checker.measurement(measurement, path)
    checker.profile_and_index()
    return len(source.diagnostics) == before


def _get(value: Value, *steps: str) -> Value:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _mappings(
    value: Value, steps: tuple[str, ...], prefix: Path = ()
) -> Iterator[tuple[Path, dict[str, Value]]]:
    """The mappings of a list, with their paths."""
    entries = _get(value, *steps)
    if isinstance(entries, list):
        for position, entry in enumerate(entries):
            if isinstance(entry, dict):
                yield (*prefix, *steps, position), entry


def _words(value: Value, path: Path) -> Iterator[Found]:
    """The texts of a list, with their paths."""
    if isinstance(value, list):
        for position, entry in enumerate(value):
            if isinstance(entry, str):
                yield entry, (*path, position)


def _ids(value: Value, *steps: str) -> dict[str, None]:
    """The ids of a table in their order, whether a list of entries with ids or a mapping by id."""
    entries = _get(value, *steps)
    if isinstance(entries, dict):
        return dict.fromkeys(entries)
    names = (entry.get("id") for _, entry in _mappings(value, steps))
    return {name: None for name in names if isinstance(name, str)}


@dataclass
class _Checker:
    source: YamlSource
    _items: dict[str, Path] = field(default_factory=dict)
    _known: dict[str, dict[str, None]] = field(init=False)

    def __post_init__(self) -> None:
        tables = ("scales", "units", "entity_types", "measurements")
        self._known = {table: _ids(self.source.value, table) for table in tables}

    def tables(self) -> None:
        value = self.source.value
        for table in (*_TABLES, "measurements"):
            self._unique(
                (name, (*path, "id"))
                for path, entry in _mappings(value, (table,))
                if isinstance(name := entry.get("id"), str)
            )
        for table in _LISTS:
            self._unique(_words(_get(value, table), (table,)))
        self._reserved("measurements", _RESERVED_MEASUREMENTS)
        self._reserved("segments", _RESERVED_SEGMENTS)
        for name in self._known["scales"]:
            for path, option in _mappings(value, ("scales", name, "options")):
                if option.get("code") in _RESERVED_OPTIONS:
                    self.source.report(codes.RESERVED_ID, (*path, "code"), {"id": str(option["code"])})

    def measurement(self, measurement: dict[str, Value], path: Path) -> None:
        kinds = dict.fromkeys([ROOT_KIND, *_ids(measurement, "kinds")])
        self._unique(
            (name, (*at, "id"))
            for at, entry in _mappings(measurement, ("kinds",), path)
            if isinstance(name := entry.get("id"), str)
        )
        for key in ("range_scale", "criterion_scale"):
            self._names(measurement.get(key), (*path, key), key, self._known["scales"])
        self._item_references(_get(measurement, "item_defaults"), (*path, "item_defaults"))
        own = {str(measurement.get("id")): (*path, "id")}
        places: list[Found] = []
        for at, node in self._nodes(measurement, path):
            name = node.get("id")
            if isinstance(name, str):
                places.append((name, (*at, "id")))
            self._names(node.get("kind"), (*at, "kind"), "kind", kinds, str(name))
        self._unique(places, own)
        self._all_items(measurement, path, own | dict(places))

    def _all_items(self, measurement: dict[str, Value], path: Path, nodes: dict[str, Path]) -> None:
        for at, node in ((path, measurement), *self._nodes(measurement, path)):
            for item_path, item in _mappings(node, ("items",), at):
                name = item.get("id")
                if not isinstance(name, str):
                    continue
                first = self._items.get(name) or nodes.get(name)
                if first is not None:
                    self._duplicate(name, (*item_path, "id"), first)
                self._items.setdefault(name, (*item_path, "id"))
                self._item_references(item, item_path, name)

    def _nodes(self, node: dict[str, Value], path: Path) -> Iterator[tuple[Path, dict[str, Value]]]:
        for key in ("tree", "children"):
            for at, child in _mappings(node, (key,), path):
                yield at, child
                yield from self._nodes(child, at)

    def _item_references(self, item: Value, path: Path, name: str = "") -> None:
        self._names(_get(item, "scale"), (*path, "scale"), "scale", self._known["scales"], name)
        self._names(_get(item, "unit"), (*path, "unit"), "unit", self._known["units"], name)
        for word, at in _words(_get(item, "applies_to"), (*path, "applies_to")):
            self._names(word, at, "applies_to", self._known["entity_types"], name)

    def profile_and_index(self) -> None:
        if any(path[:1] == ("measurements",) for path in self.source.unread):
            return
        value = self.source.value
        measurements = self._known["measurements"]
        for word, path in _words(_get(value, "profile", "measurements"), ("profile", "measurements")):
            self._names(word, path, "measurements", measurements)
        weights = _get(value, "index", "weights")
        if isinstance(weights, dict):
            for name in weights:
                if name not in measurements:
                    at = self.source.at_key(("index", "weights", name))
                    self._unknown(name, at, "weights", measurements)
            for name in measurements:
                if name not in weights:
                    self.source.report(codes.MISSING_KEY, ("index", "weights"), {"key": name}, name)

    def _names(self, word: Value, path: Path, key: str, allowed: dict[str, None], item: str = "") -> None:
        if isinstance(word, str) and word not in allowed:
            self._unknown(word, path, key, allowed, item)

    def _unknown(
        self, word: str, where: Path | Location, key: str, allowed: dict[str, None], item: str = ""
    ) -> None:
        pair = (codes.UNKNOWN_REFERENCE, codes.MISSPELT_REFERENCE)
        self.source.report_choice(pair, where, word, allowed, {"key": key, "id": quoted(word)}, item)

    def _unique(self, found: Iterable[Found], known: dict[str, Path] | None = None) -> None:
        first = dict(known or {})
        for name, path in found:
            if name in first:
                self._duplicate(name, path, first[name])
            first.setdefault(name, path)

    def _duplicate(self, name: str, path: Path, first: Path) -> None:
        place = self.source.at(first)
        where = str(Location(place.file, line=place.line))
        self.source.report(codes.DUPLICATE_ID, path, {"id": quoted(name), "first": where}, name)

    def _reserved(self, table: str, reserved: tuple[str, ...]) -> None:
        for path, entry in _mappings(self.source.value, (table,)):
            name = entry.get("id")
            if name in reserved:
                self.source.report(codes.RESERVED_ID, (*path, "id"), {"id": str(name)}, str(name))
