"""Who a workbook is from: the user's list and DIVIPOLA together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.codes import entities as codes
from ctimaturity.diagnostics.diagnostic import Diagnostic, Parameter
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.indicators.divipola import ALCALDIA, GOBERNACION, divipola, normalise, same_name
from ctimaturity.indicators.entity_list import EntityList, entity_type
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.entity import Entity

_SPELT = {ALCALDIA: "alcaldía", GOBERNACION: "gobernación"}
"""Types as people write them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a workbook says it is from, each with the cell that says it.

    Attributes:
        code, name, kind: As written on the cover; empty where nothing is.
        issued: The code that the workbook was made for; empty without one.
        file, sheet: Where the cover is.
        code_cell, name_cell, kind_cell: Cells of the cover.
    """

    code: str = ""
    name: str = ""
    kind: str = ""
    issued: str = ""
    file: str = ""
    sheet: str = ""
    code_cell: str = ""
    name_cell: str = ""
    kind_cell: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entity, or None where nobody can tell, and what was found on the way."""

    entity: Entity | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class EntityRegister:
    """All entities that may answer: those of the list first, then those of DIVIPOLA.

    Attributes:
        listed: The user's list; empty without one.
    """

    listed: EntityList = field(default_factory=EntityList)

    def resolve(self, claim: Claim) -> Resolved:
        """Tell who a workbook is from; the code decides, the name is only checked."""
        return _Resolution(self, claim).result()

    def entity(self, code: str) -> Entity | None:
        """The entity of a code as a list or DIVIPOLA writes it."""
        if code in self.listed.entities:
            return self.listed.entities[code]
        place = divipola().find(code)
        return place.as_entity() if place is not None and place.governed else None

    def offer(self, name: str) -> tuple[Entity, ...]:
        """The entities that a name may mean."""
        names = {entity.name for entity in self.listed.entities.values()}
        near = nearest(name, names)
        own = [
            entity for entity in self.listed.entities.values() if near and folded(entity.name) == folded(near)
        ]
        return tuple(own) or tuple(place.as_entity() for place in divipola().named(name))


class _Resolution:
    """One claim on its way to an entity."""

    def __init__(self, register: EntityRegister, claim: Claim) -> None:
        self.register = register
        self.claim = claim
        self.diagnostics: list[Diagnostic] = []

    def result(self) -> Resolved:
        written = self.claim.code or self.claim.issued
        if not written:
            self.report(codes.ENTITY_CODE_MISSING, self.claim.code_cell, offer=self.offer())
            return self.nobody()
        code = self.code(written)
        entity = self.register.entity(code) if code else None
        if code and entity is None:
            self.refuse(code)
        if entity is None:
            return self.nobody()
        return Resolved(self.checked(entity), tuple(self.diagnostics))

    def code(self, written: str) -> str:
        listed = self.register.listed.entities
        if written in listed:
            return written
        # A spreadsheet turns the code 007 of a list into the number 7.
        bare = written.removesuffix(".0").lstrip("0")
        alike = [code for code in listed if code.lstrip("0") == bare and bare]
        if len(alike) == 1:
            self.report(codes.ENTITY_CODE_COMPLETED, self.claim.code_cell, item=alike[0], entity=alike[0])
            return alike[0]
        normalised = normalise(written)
        if normalised.problem is not None:
            self.report(normalised.problem, self.claim.code_cell)
        elif normalised.changed and (normalised.code in listed or divipola().find(normalised.code)):
            self.report(
                codes.ENTITY_CODE_COMPLETED,
                self.claim.code_cell,
                item=normalised.code,
                entity=normalised.code,
            )
        return normalised.code

    def refuse(self, code: str) -> None:
        place = divipola().find(code)
        if place is None:
            self.report(
                codes.ENTITY_CODE_UNKNOWN, self.claim.code_cell, item=code, entity=code, offer=self.offer()
            )
        else:
            self.report(
                codes.ENTITY_NOT_GOVERNED,
                self.claim.code_cell,
                item=code,
                entity=code,
                name=place.name,
                department=code[:2],
            )

    def checked(self, entity: Entity) -> Entity:
        """The entity, after what else the cover says has been compared with it."""
        claim = self.claim
        about = {"item": entity.code, "entity": entity.code}
        if claim.name and not same_name(claim.name, entity.name):
            self.report(
                codes.ENTITY_NAME_DIFFERS,
                claim.name_cell,
                **about,
                name=entity.name,
                offer=self.offer(entity),
            )
        if claim.code and claim.issued and self.code_of(claim.issued) != entity.code:
            self.report(
                codes.ENTITY_CODES_DISAGREE, claim.code_cell, **about, issued=visible(claim.issued[:20])
            )
        if self.register.listed.entities and not entity.listed:
            self.report(codes.ENTITY_NOT_LISTED, claim.code_cell, **about, name=entity.name)
        kind = entity_type(claim.kind)
        if kind and entity.code in self.register.listed.untyped:
            return replace(entity, type=kind)
        if claim.kind and kind != entity.type:
            spelt = _SPELT.get(entity.type, entity.type)
            self.report(codes.ENTITY_TYPE_DIFFERS, claim.kind_cell, **about, type=spelt)
        return entity

    def code_of(self, written: str) -> str:
        return written if written in self.register.listed.entities else normalise(written).code

    def offer(self, beside: Entity | None = None) -> str:
        """` (did you mean …)` with the entities that the name on the cover may mean."""
        offers = [entity for entity in self.register.offer(self.claim.name) if entity != beside]
        named = "; ".join(f"{entity.code} {entity.name}" for entity in offers)
        return f" ({named}?)" if named else ""

    def report(self, code: Code, cell: str, item: str = "", **parameters: Parameter) -> None:
        location = Location(file=self.claim.file, sheet=self.claim.sheet, cell=cell, item=item)
        self.diagnostics.append(Diagnostic(code, location, parameters))

    def nobody(self) -> Resolved:
        return Resolved(None, tuple(self.diagnostics))


def expected(register: EntityRegister, present: Sequence[str]) -> tuple[str, ...]:
    """Codes of the list that are not among those present, in the list's order."""
    return tuple(code for code in register.listed.entities if code not in set(present))
