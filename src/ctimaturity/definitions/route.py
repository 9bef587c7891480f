"""By which way the answers of one definition become answers of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from ctimaturity.model.crosswalk import Why
from ctimaturity.model.rule import Collects

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.scale import Scale

Codes = Mapping[str, str]
"""By the code of an option, the code that means the same on another scale."""


@dataclass(frozen=True)
class Links:
    """Which items of two definitions are one construct.

    Attributes:
        same: By item of the new definition, the item of the old one that is the same.
        near: By item of the new definition, an old item or node that is like it, but not the same.
        rescale: By the ids of an old and a new scale, how options of one read on the other.
    """

    same: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    near: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rescale: Mapping[tuple[str, str], Codes] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ScaleRoute:
    """How answers of one scale are said on another.

    Attributes:
        codes: Options that can be said, by their old codes; those of don't know and not applicable too.
        numbers: Whether numbers may be written as they are.
        rescaled: Whether the crosswalk says how.
    """

    codes: Codes = field(default_factory=lambda: MappingProxyType({}))
    numbers: bool = False
    rescaled: bool = False


NOTHING = ScaleRoute()
"""No answer of the one scale can be said on the other."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one item.

    Attributes:
        item: In the new definition.
        source: The same item in the old one.
        answers: Of its answers; of indicators, of their own marks.
        criterion: Of criterion marks.
        values: Whether values are in the same unit.
        reworded: Whether the words of the question differ.
    """

    item: Item
    source: Item
    answers: ScaleRoute
    criterion: ScaleRoute
    values: bool
    reworded: bool


@dataclass(frozen=True)
class Routes:
    """The ways of all items, from one definition to another.

    Attributes:
        old, new: The definitions.
        by_item: By new item, of those that are the same.
        near: By new item, the old item or node that is like it.
    """

    old: Questionnaire
    new: Questionnaire
    by_item: Mapping[str, Route]
    near: Mapping[str, str]

    def why_not_asked(self, source: str) -> Why:
        """Why an old item has no way."""
        return Why.NEAR if source in self._near_sources else Why.NOT_ASKED

    @cached_property
    def _near_sources(self) -> frozenset[str]:
        """Old items that are near a new one, or below a node that is."""
        named = set(self.near.values())
        nodes = (node for each in self.old.measurements for node in each.nodes if node.id in named)
        return frozenset(named.union(item.id for node in nodes for item in node.all_items()))


def within_edition(old: Questionnaire, new: Questionnaire) -> Links:
    """Within one edition an id names one construct, whatever the version."""
    return Links(same={name: name for name in new.item_by_id if name in old.item_by_id})


def routes(old: Questionnaire, new: Questionnaire, links: Links) -> Routes:
    """The ways from one definition to another.

    Only what is answered the same way has one: the entity's own answers do not become those of
    respondents.
    """
    found: dict[str, Route] = {}
    for name, item in new.item_by_id.items():
        source = old.item_by_id.get(links.same.get(name, ""))
        if source is None:
            continue
        before, after = old.measurement_of_item[source.id], new.measurement_of_item[name]
        if before.collects is after.collects:
            found[name] = _route((old, before, source), (new, after, item), links)
    return Routes(old, new, MappingProxyType(found), links.near)


Place = tuple["Questionnaire", "Measurement", "Item"]


def _route(old: Place, new: Place, links: Links) -> Route:
    (before, old_part, source), (after, new_part, item) = old, new
    criterion = NOTHING
    if old_part.criterion_scale is not None and new_part.criterion_scale is not None:
        criterion = _scale_route(before, old_part.criterion_scale, after, new_part.criterion_scale, links)
    return Route(
        item=item,
        source=source,
        answers=_scale_route(before, source.scale, after, item.scale, links),
        criterion=criterion,
        values=new_part.collects is Collects.INDICATORS and source.unit == item.unit,
        reworded=(source.text, source.definition) != (item.text, item.definition),
    )


def _scale_route(
    before: Questionnaire, old_name: str, after: Questionnaire, new_name: str, links: Links
) -> ScaleRoute:
    """Options that are worth the same between the same ends mean the same; else the crosswalk decides."""
    old, new = before.scales[old_name], after.scales[new_name]
    told = links.rescale.get((old_name, new_name))
    if old.range is not None or new.range is not None:
        same = old.range is not None and new.range is not None and _ends(old) == _ends(new)
        return ScaleRoute(codes=_choices(old, new), numbers=same)
    if _ends(old) == _ends(new):
        codes = {
            code: code
            for code, option in old.by_code.items()
            if code in new.by_code and new.by_code[code].points == option.points
        }
        return ScaleRoute(codes={**codes, **_choices(old, new)})
    if told is None:
        return ScaleRoute(codes=_choices(old, new))
    known = {code: meant for code, meant in told.items() if code in old.by_code and meant in new.by_code}
    return ScaleRoute(codes={**known, **_choices(old, new)}, rescaled=True)


def _ends(scale: Scale) -> tuple[Fraction, Fraction]:
    return scale.minimum, scale.maximum


def _choices(old: Scale, new: Scale) -> dict[str, str]:
    """Don't know and not applicable mean the same on every scale that has them."""
    pairs = ((old.dont_know, new.dont_know), (old.not_applicable, new.not_applicable))
    return {before.code: after.code for before, after in pairs if before is not None and after is not None}
