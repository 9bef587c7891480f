"""Who a workbook is from: the user's list and the codes of the questionnaire together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.code import Code
from ctimaturity.diagnostics.diagnostic import Diagnostic, Parameter, has_errors
from ctimaturity.diagnostics.errors import JobError
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.indicators.coding import Coding, coding
from ctimaturity.indicators.divipola import Normalised, Territory, bare_name, divipola, same_name
from ctimaturity.indicators.entity_list import EntityList, entity_type, type_words
from ctimaturity.language.folding import folded, nearest
from ctimaturity.model.entity import ALCALDIA, GOBERNACION, Entity, EntityCodes

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Questionnaire

_SPELT = {ALCALDIA: "alcaldía", GOBERNACION: "gobernación"}
"""Types as people write them."""
_LONGEST_NAME = 80
"""Of a name that only a cover says."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a workbook says it is from, each with the cell that says it.

    Attributes:
        code, name, kind: As written on the cover; empty where nothing is.
        issued: The code that the workbook was made for; empty without one.
        file, sheet: Where the cover is.
        code_cell, name_cell, kind_cell: Cells of the cover.
        of_survey: It is a survey file: its column says the code, and who gave the file what it is for.
        kept: The user says that the code of the cover is right.
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
    of_survey: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who a workbook is from.

    Attributes:
        entity: None where nobody can tell.
        diagnostics: What was found on the way.
        likely: Whom to ask where nobody can tell.
        held: It says that it is from two.
    """

    entity: Entity | None
    diagnostics: tuple[Diagnostic, ...] = ()
    likely: Entity | None = None
    held: bool = False


@dataclass(frozen=True)
class EntityRegister:
    """All entities that may answer: those of the list first, then those that a code says.

    Attributes:
        listed: The user's list; empty without one.
        kind: What the codes are.
        coding: The codes of that kind.
        types: The ids of types of entity, by what people write.
    """

    listed: EntityList = field(default_factory=EntityList)
    kind: EntityCodes = EntityCodes.DIVIPOLA
    coding: Coding = field(default_factory=lambda: coding(EntityCodes.DIVIPOLA))
    types: Mapping[str, str] = field(default_factory=lambda: type_words(None))

    def under(self, questionnaire: Questionnaire) -> EntityRegister:
        """The register for the answers to a questionnaire, which says what its codes are.

        Raises:
            JobError: The list of entities has mistakes.
        """
        register = self.of(questionnaire, self.listed.under(questionnaire))
        if has_errors(register.listed.diagnostics):
            raise JobError(register.listed.diagnostics)
        return register

    @classmethod
    def of(cls, questionnaire: Questionnaire, listed: EntityList) -> EntityRegister:
        """The register of a list that was read for a questionnaire."""
        kind = questionnaire.coding
        return cls(listed, kind, coding(kind, questionnaire.languages[0]), type_words(questionnaire))

    def resolve(self, claim: Claim) -> Resolved:
        """Tell who a workbook is from: the code decides, unless what else it says is of another entity."""
        return _Resolution(self, claim).result()

    def entity(self, code: str) -> Entity | None:
        """The entity of a code as a list or the questionnaire's codes write it."""
        if code in self.listed.entities:
            return self.listed.entities[code]
        # Codes of one's own say nothing, so a list that was given is all there is.
        if self.kind is EntityCodes.OWN and self.listed.entities:
            return None
        return self.coding.entity(code)

    def offer(self, name: str) -> tuple[Entity, ...]:
        """The entities that a name may mean."""
        listed = self.listed.entities.values()
        near = folded(nearest(name, {entity.name for entity in listed}))
        own = [entity for entity in listed if near and folded(entity.name) == near]
        return tuple(own) or self.coding.named(name)

    def exactly(self, name: str) -> dict[str, Entity]:
        """The entities that are called just so, by their codes."""
        if not name:
            return {}
        wanted = bare_name(name)
        own = [entity for entity in self.listed.entities.values() if bare_name(entity.name) == wanted]
        known = [self.listed.entities.get(entity.code, entity) for entity in self.coding.exactly(name)]
        return {entity.code: entity for entity in (*own, *known)}


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
        if self.is_held(entity):
            return replace(self.nobody(), held=True)
        return Resolved(self.checked(entity), tuple(self.diagnostics))

    def read(self, written: str) -> tuple[Normalised, bool]:
        """A code as the list or the questionnaire's codes write it, and whether it was completed to one."""
        listed = self.register.listed.entities
        if written in listed:
            return Normalised(written), False
        # A spreadsheet turns the code 007 of a list, or of one's own, into the number 7.
        bare = written.removesuffix(".0").lstrip("0")
        own = [self.claim.issued] if self.register.kind is EntityCodes.OWN else []
        if not listed and written in own:
            return Normalised(written), False
        alike = [code for code in listed or own if code.lstrip("0") == bare and bare]
        if len(alike) == 1:
            return Normalised(alike[0]), True
        read = self.register.coding.read(written)
        is_known = read.changed and (read.code in listed or self._territory(read.code) is not None)
        return read, is_known

    def code(self, written: str) -> str:
        read, completed = self.read(written)
        if read.problem is not None:
            self.report(read.problem, self.claim.code_cell, offer=self.offer())
        elif completed:
            self.report(codes.ENTITY_CODE_COMPLETED, self.claim.code_cell, read.code)
        return read.code

    def _territory(self, code: str) -> Territory | None:
        return divipola().find(code) if self.register.kind is EntityCodes.DIVIPOLA else None

    def refuse(self, code: str) -> None:
        cell, territory = self.claim.code_cell, self._territory(code)
        if territory is None:
            self.report(codes.ENTITY_CODE_UNKNOWN, cell, code, offer=self.offer())
        else:
            about = {"name": territory.name, "department": code[:2]}
            self.report(codes.ENTITY_NOT_GOVERNED, cell, code, **about)

    def is_held(self, entity: Entity) -> bool:
        """Whether the workbook says that it is from another entity too; who kept it knows better."""
        claim = self.claim
        held = False
        if claim.code and claim.issued and not self._is_issued_for(entity):
            issued = visible(claim.issued[:20])
            held = not claim.kept
            code = codes.SURVEY_OF_ANOTHER if claim.of_survey else codes.ENTITY_OF_ANOTHER_TEMPLATE
            code = code if held else codes.ENTITY_CODES_DISAGREE
            self.report(code, claim.code_cell, entity.code, issued=issued)
        others = self.others(entity)
        if others and not claim.kept:
            held = True
            named = "; ".join(f"{other.code} {other.name}" for other in others[:3])
            about = {"name": entity.name, "other": named}
            self.report(codes.ENTITY_NAME_OF_ANOTHER, claim.name_cell, entity.code, **about)
        return held

    def _is_issued_for(self, entity: Entity) -> bool:
        issued = self.claim.issued
        return entity.code in {issued, self.read(issued)[0].code}

    def others(self, entity: Entity) -> list[Entity]:
        """The entities whose name the cover says, where it is not that of its code's."""
        written = self.claim.name
        exact = self.register.exactly(written)
        if not exact or entity.code in exact:
            return []
        # "San Andrés" may stand for the whole archipelago: part of a name speaks against nobody.
        part = same_name(written, entity.name) and bare_name(written) != bare_name(entity.name)
        return [] if part else list(exact.values())

    def checked(self, entity: Entity) -> Entity:
        """The entity, after what else the cover says has been compared with it."""
        claim = self.claim
        entity = self.named(entity)
        if claim.name and not self._may_be_called_so(entity):
            about = {"name": entity.name, "offer": self.offer(entity)}
            self.report(codes.ENTITY_NAME_DIFFERS, claim.name_cell, entity.code, **about)
        if self.register.listed.entities and not entity.listed:
            self.report(codes.ENTITY_NOT_LISTED, claim.code_cell, entity.code, name=entity.name)
        kind = entity_type(claim.kind, self.register.types)
        if kind and (entity.code in self.register.listed.untyped or self._is_own(entity)):
            return replace(entity, type=kind)
        if claim.kind and kind != entity.type:
            spelt = _SPELT.get(entity.type, entity.type)
            self.report(codes.ENTITY_TYPE_DIFFERS, claim.kind_cell, entity.code, type=spelt)
        return entity

    def named(self, entity: Entity) -> Entity:
        """The entity; where its code is all that is known of it, with the name that the cover says."""
        if self.claim.name and self.register.kind is EntityCodes.OWN and self._is_own(entity):
            return replace(entity, name=visible(self.claim.name[:_LONGEST_NAME]))
        return entity

    def _is_own(self, entity: Entity) -> bool:
        """Whether neither a list nor DIVIPOLA knows its type."""
        return not entity.listed and self.register.kind is not EntityCodes.DIVIPOLA

    def _may_be_called_so(self, entity: Entity) -> bool:
        """Whether the name on the cover may be the entity's, and is not just that of one of its kind."""
        written = self.claim.name
        exact = self.register.exactly(written)
        if entity.code in exact:
            return True
        of_its_kind = any(other.type == entity.type for other in exact.values())
        return same_name(written, entity.name) and not of_its_kind

    def offer(self, beside: Entity | None = None) -> str:
        """` (did you mean …)` with the entities that the name on the cover may mean."""
        offers = [entity for entity in self.register.offer(self.claim.name) if entity != beside]
        named = "; ".join(f"{entity.code} {entity.name}" for entity in offers)
        return f" ({named}?)" if named else ""

    def report(self, code: Code, cell: str, entity: str = "", /, **parameters: Parameter) -> None:
        """Keep a finding, on an entity where one is known."""
        location = Location(file=self.claim.file, sheet=self.claim.sheet, cell=cell, item=entity)
        about = {"entity": entity} if entity else {}
        self.diagnostics.append(Diagnostic(code, location, about | parameters))

    def nobody(self) -> Resolved:
        return Resolved(None, tuple(self.diagnostics), self.likely())

    def likely(self) -> Entity | None:
        """Whom a workbook of nobody most probably comes from.

        Whoever is said most often by the name, the code that it was made for and the code on the cover;
        of as many, in this order: nobody mistypes a whole name, and the hidden code is not typed at all.
        """
        exact = list(self.register.exactly(self.claim.name).values())
        said = exact if len(exact) == 1 else []
        for written in (self.claim.issued, self.claim.code):
            code = self.read(written)[0].code if written else ""
            entity = self.register.entity(code) if code else None
            said += [entity] if entity is not None else []
        votes = Counter(entity.code for entity in said)
        return max(said, key=lambda entity: votes[entity.code], default=None)
