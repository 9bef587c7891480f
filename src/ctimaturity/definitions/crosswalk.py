"""Crosswalks: read from YAML, and checked against the two editions they join."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ctimaturity.definitions.document import DefinitionDocument, Listed, Schema
from ctimaturity.definitions.format import validated
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.yaml import bounded_bytes
from ctimaturity.model.crosswalk import Crosswalk, Link, ScaleLink
from ctimaturity.model.questionnaire import Edition
from ctimaturity.model.rule import NodeId
from ctimaturity.model.scale import OptionCode
from ctimaturity.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.files.yaml import Path as YamlPath
    from ctimaturity.files.yaml import Value
    from ctimaturity.model.questionnaire import Questionnaire

FOLDER = "crosswalks"
"""Beside the folders of the editions."""


class PairDocument(DefinitionDocument):
    """Two items, or an item that is near a node."""

    from_: Annotated[NodeId, Field(alias="from")]
    to: NodeId
    note: Text | None = None


class RescalingDocument(DefinitionDocument):
    """How options of one scale read on another."""

    from_: Annotated[NodeId, Field(alias="from")]
    to: NodeId
    options: dict[OptionCode, OptionCode]


class CrosswalkDocument(DefinitionDocument):
    """A crosswalk as people write it; an id alone stands for the same id in both editions.

    Attributes:
        schema: The version of this format: 1.
        id: Of the instrument.
        from: The earlier edition.
        to: The later edition.
        notes: What a reader should know.
        same: Items that are the same construct: answers are compared and carried over.
        near: Items that are like an item or node of the other edition, but not the same.
        scales: How answers on one scale read on another; nothing else is rescaled.
    """

    schema_: Schema
    id: NodeId
    from_: Annotated[Edition, Field(alias="from")]
    to: Edition
    notes: Listed[Text] = ()
    same: Listed[PairDocument] = ()
    near: Listed[PairDocument] = ()
    scales: Listed[RescalingDocument] = ()


def crosswalk_file(folder: Path, old: str, new: str) -> Path:
    """Where the crosswalk between two editions is, in the folder of their instrument."""
    return folder / FOLDER / f"{old}--{new}.yaml"


def load_crosswalk(path: Path) -> Crosswalk:
    """Read a crosswalk.

    Raises:
        JobError: It is missing or has mistakes; all of them are in `diagnostics`.
    """
    source, crosswalk = read_crosswalk(path)
    if crosswalk is None or has_errors(source.diagnostics):
        raise JobError(source.diagnostics)
    return crosswalk


def read_crosswalk(path: Path) -> tuple[YamlSource, Crosswalk | None]:
    """Read a crosswalk; what is wrong with it goes to the source."""
    source = YamlSource(None, path.as_posix())
    data = bounded_bytes(path)
    if data is None:
        source.report(codes.DEFINITION_FILE_MISSING, Location(source.file), {"name": quoted(path.name)})
        return source, None
    if not source.read(data) or not isinstance(source.value, dict):
        return source, None
    source.value = {
        key: _pairs(value) if key in {"same", "near"} else value for key, value in source.value.items()
    }
    written = validated(source, CrosswalkDocument)
    if written is None:
        return source, None
    expected = crosswalk_file(Path(), written.from_, written.to).name
    if path.name != expected:
        source.report(codes.CROSSWALK_NAME, (), {"name": expected})
    return source, _crosswalk(written)


def _pairs(value: Value) -> Value:
    """An id alone stands for a pair of it and itself."""
    if not isinstance(value, list):
        return value
    return [{"from": entry, "to": entry} if isinstance(entry, str) else entry for entry in value]


def _crosswalk(written: CrosswalkDocument) -> Crosswalk:
    return Crosswalk(
        id=written.id,
        old=written.from_,
        new=written.to,
        same=tuple(Link(pair.from_, pair.to, pair.note) for pair in written.same),
        near=tuple(Link(pair.from_, pair.to, pair.note) for pair in written.near),
        scales=tuple(ScaleLink(scale.from_, scale.to, scale.options) for scale in written.scales),
        notes=written.notes,
    )


def check_crosswalk(crosswalk: Crosswalk, old: Questionnaire, new: Questionnaire, source: YamlSource) -> None:
    """Report links to nothing, links that contradict each other, and shared ids without one."""
    nodes = {node.id for measurement in old.measurements for node in measurement.nodes}
    _check_ids(crosswalk, "same", crosswalk.same, set(old.item_by_id), set(new.item_by_id), source)
    _check_ids(crosswalk, "near", crosswalk.near, nodes | set(old.item_by_id), set(new.item_by_id), source)
    _check_contradictions(crosswalk, source)
    for position, link in enumerate(crosswalk.same):
        before, after = old.item_by_id.get(link.old), new.item_by_id.get(link.new)
        if link.old == link.new and before is not None and after is not None and before.text != after.text:
            about = {"id": link.new, "edition": crosswalk.old}
            source.report(codes.SAME_WITH_OTHER_TEXT, ("same", position), about, link.new)
    linked = {link.new for link in (*crosswalk.same, *crosswalk.near)}
    for name in new.item_by_id:
        if name in old.item_by_id and name not in linked:
            source.report(codes.SHARED_ID_NOT_LINKED, (), {"id": name}, name)
    for position, scale in enumerate(crosswalk.scales):
        _check_rescaling(("scales", position), scale, crosswalk, (old, new), source)


def _check_ids(
    crosswalk: Crosswalk,
    key: str,
    links: tuple[Link, ...],
    before: set[str],
    after: set[str],
    source: YamlSource,
) -> None:
    for position, link in enumerate(links):
        for name, edition, known in ((link.old, crosswalk.old, before), (link.new, crosswalk.new, after)):
            if name not in known:
                source.report(codes.LINK_UNKNOWN, (key, position), {"id": name, "edition": edition}, name)


def _check_contradictions(crosswalk: Crosswalk, source: YamlSource) -> None:
    old_seen, new_seen = set[str](), set[str]()
    for position, link in enumerate(crosswalk.same):
        if link.old in old_seen or link.new in new_seen:
            source.report(codes.LINKED_TWICE, ("same", position), {"id": link.new}, link.new)
        old_seen.add(link.old)
        new_seen.add(link.new)
    for position, link in enumerate(crosswalk.near):
        if link.new in new_seen:
            source.report(codes.LINKED_TWICE, ("near", position), {"id": link.new}, link.new)


def _check_rescaling(
    path: YamlPath,
    link: ScaleLink,
    crosswalk: Crosswalk,
    editions: tuple[Questionnaire, Questionnaire],
    source: YamlSource,
) -> None:
    sides: tuple[tuple[str, str, Questionnaire, Mapping[str, str] | set[str]], ...] = (
        (link.old, crosswalk.old, editions[0], link.options),
        (link.new, crosswalk.new, editions[1], set(link.options.values())),
    )
    for name, edition, questionnaire, options in sides:
        scale = questionnaire.scales.get(name)
        unknown = [name] if scale is None else [code for code in options if code not in scale.by_code]
        for code in unknown:
            source.report(codes.RESCALING_UNKNOWN, path, {"id": code, "edition": edition}, code)
