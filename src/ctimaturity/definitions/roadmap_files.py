"""Files about roadmaps: the frame that lies beside an edition, and the efforts of a user."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import Field, StringConstraints

from ctimaturity.definitions.document import DefinitionDocument, Listed, Schema
from ctimaturity.definitions.format import validated
from ctimaturity.definitions.source import YamlSource
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted, visible
from ctimaturity.files.installation import data_folder
from ctimaturity.files.yaml import bounded_bytes
from ctimaturity.language.folding import nearest
from ctimaturity.model.number import Whole
from ctimaturity.model.roadmap import CheckEntry, Effort, Frame, RouteStep
from ctimaturity.model.rule import Collects, NodeId
from ctimaturity.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.questionnaire import Questionnaire

FOLDER = "roadmap"
"""Beside the folders of the editions of an instrument."""
FRAME, CHECKLIST = "roadmap.yaml", "checklist.yaml"
SHOWN = 6
"""Ids that a finding names, of all that would have been known."""
_LARGEST_EFFORT = 999
_Written = TypeVar("_Written", bound=DefinitionDocument)
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class EffortDocument(DefinitionDocument):
    """Efforts of actions.

    Attributes:
        levels: By level of the item.
        items: By id of the item; these come before the levels.
        owners: A suggested owner by id of the item.
    """

    levels: dict[Whole, Whole] = Field(default_factory=dict)
    items: dict[NodeId, Whole] = Field(default_factory=dict)
    owners: dict[NodeId, Words] = Field(default_factory=dict)


class EffortFileDocument(EffortDocument):
    """A file of efforts.

    Attributes:
        schema: The version of this format: 1.
    """

    schema_: Schema


class RouteStepDocument(DefinitionDocument):
    """One step of the route of an edition."""

    step: Whole
    part: (
        Annotated[str, StringConstraints(pattern=r"^(dimensions|initiatives|actions|follow-up)$")] | None
    ) = None
    name: Text
    text: Text


class FrameDocument(DefinitionDocument):
    """The frame of roadmaps under an edition.

    Attributes:
        schema: The version of this format: 1.
        horizon: Ends of the phases, in months.
        effort: By level.
        route: The steps of applying the model.
    """

    schema_: Schema
    horizon: Listed[Whole] = ()
    effort: EffortDocument = EffortDocument()
    route: Listed[RouteStepDocument] = ()


class CheckEntryDocument(DefinitionDocument):
    """One entry of the technical checklist."""

    id: NodeId
    node: NodeId
    name: Text
    text: Text
    standards: Words | None = None


class ChecklistDocument(DefinitionDocument):
    """The technical checklist of an edition.

    Attributes:
        schema: The version of this format: 1.
        checklist: In the order in which it is read.
    """

    schema_: Schema
    checklist: Listed[CheckEntryDocument] = ()


def load_frame(questionnaire: Questionnaire, given: Path | None = None) -> Frame:
    """The frame of roadmaps under an edition; an empty one where it has none.

    Args:
        questionnaire: The definition. Its frame is bundled below its id and edition.
        given: The folder of a definition of the user's own: its frame lies in `roadmap` beside it.

    Raises:
        JobError: It has mistakes.
    """
    folders = [given.resolve().parent] if given is not None else []
    folders.append(data_folder("questionnaires") / questionnaire.id)
    for folder in folders:
        place = folder / FOLDER / questionnaire.edition
        if (place / FRAME).is_file():
            return _frame(place)
    return Frame()


def _frame(place: Path) -> Frame:
    _, written = read_model(place / FRAME, FrameDocument)
    checklist: tuple[CheckEntry, ...] = ()
    if (place / CHECKLIST).is_file():
        _, entries = read_model(place / CHECKLIST, ChecklistDocument)
        checklist = tuple(
            CheckEntry(each.id, each.node, each.name, each.text, each.standards or "")
            for each in entries.checklist
        )
    return Frame(
        effort=_effort(written.effort, Effort()),
        horizon=written.horizon,
        route=tuple(RouteStep(each.step, each.name, each.text, each.part or "") for each in written.route),
        checklist=checklist,
    )


def read_model(path: Path, model: type[_Written]) -> tuple[YamlSource, _Written]:
    """A file as its model.

    Raises:
        JobError: It is missing or has mistakes; all of them, with their lines.
    """
    source = YamlSource(None, path.as_posix())
    data = bounded_bytes(path)
    if data is None:
        code = codes.PATH_NOT_A_REGULAR_FILE if path.exists() else codes.PATH_MISSING
        raise JobError([Diagnostic(code, Location(visible(source.file)))])
    written = validated(source, model) if source.read(data) else None
    if written is None or has_errors(source.diagnostics):
        raise JobError(source.diagnostics)
    return source, written


def read_effort(path: Path, questionnaire: Questionnaire, usual: Effort) -> Effort:
    """A file of efforts, laid over the usual ones.

    Raises:
        JobError: It is missing or has mistakes; all of them, with their lines.
    """
    source, written = read_model(path, EffortFileDocument)
    own = [
        item.id
        for measurement in questionnaire.measurements
        if measurement.collects is Collects.ANSWERS
        for item in measurement.items
    ]
    for key, names in (("items", written.items), ("owners", written.owners)):
        for name in names:
            if name not in own:
                about = {
                    "item": quoted(name),
                    "questionnaire": questionnaire.key,
                    "known": nearest(name, own) or ", ".join(own[:SHOWN]) or "–",
                }
                source.report(codes.EFFORT_ITEM_UNKNOWN, source.at_key((key, name)), about, name)
    known = _effort_levels(questionnaire)
    for number in written.levels:
        if number not in known:
            about = {"level": str(number), "questionnaire": questionnaire.key, "known": _wholes(known)}
            source.report(codes.EFFORT_LEVEL_UNKNOWN, source.at_key(("levels", str(number))), about)
    for number, effort in written.levels.items():
        _check_effort(source, ("levels", str(number)), str(number), effort)
    for name, effort in written.items.items():
        _check_effort(source, ("items", name), name, effort)
    if has_errors(source.diagnostics):
        raise JobError(source.diagnostics)
    return _effort(written, usual)


def _effort_levels(questionnaire: Questionnaire) -> set[int]:
    """The levels of items that the entity answers itself; of items without one, the positions of options."""
    found: set[int] = set()
    for measurement in questionnaire.measurements:
        if measurement.collects is Collects.ANSWERS:
            for item in measurement.items:
                options = len(questionnaire.scales[item.scale].options) or 1
                found |= {item.level} if item.level else set(range(1, options + 1))
    return found


def _wholes(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def _check_effort(source: YamlSource, path: tuple[str, str], name: str, effort: int) -> None:
    if not 1 <= effort <= _LARGEST_EFFORT:
        source.report(codes.EFFORT_NOT_POSITIVE, path, {"item": quoted(name), "effort": effort}, name)


def _effort(written: EffortDocument, usual: Effort) -> Effort:
    return Effort({**usual.levels, **written.levels}, {**usual.items, **written.items}, written.owners)
