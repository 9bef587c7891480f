"""A file that was read: who it is from, and whether it is held apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import has_errors, in_order
from ctimaturity.indicators.register import Claim, EntityRegister, Resolved
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.completion import applicable
from ctimaturity.workbook.reading.contradictions import HOLDING, SETTLED

if TYPE_CHECKING:
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.files.discovery import InputFile
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.returned import ReturnedWorkbook


@dataclass(frozen=True)
class ReadFile:
    """A file that was read.

    Attributes:
        name: What outputs call it.
        given: Its path as the user gave it.
        source: Where its bytes are.
        digest: SHA-256 of its bytes; empty when they could not be read.
        returned: What it says; None when it is no workbook that can be read.
        definition: Its definition; None when it has none that is known.
        entity: Who it is from; None when nobody can tell, or it is held apart.
        likely: Whom to ask where there is no entity.
        held: It says that it is from two, or is of another round: it counts for nobody.
        copy_of: The name of the file that it is the same as, byte for byte.
        diagnostics: Every finding on it, in order.
    """

    name: str
    given: str = ""
    source: InputFile | None = None
    digest: str = ""
    returned: ReturnedWorkbook | None = None
    definition: Questionnaire | None = None
    entity: Entity | None = None
    likely: Entity | None = None
    held: bool = False
    copy_of: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something in it cannot be read for certain."""
        return not self.copy_of and (self.definition is None or has_errors(self.diagnostics))


@dataclass
class Identification:
    """Tells of each file who it is from.

    Attributes:
        register: The entities that may answer.
        usual: The questionnaire whose codes count where a workbook's own is not known.
        kept: Name of the file that `--keep` names: it counts as its cover says.
    """

    register: EntityRegister
    usual: Questionnaire | None = None
    kept: str = ""
    _registers: dict[int, EntityRegister] = field(default_factory=dict)

    def of(self, read: ReadFile) -> ReadFile:
        """The file with the entity it is from; answers that cannot exist for it are set aside.

        Raises:
            JobError: The list of entities has mistakes.
        """
        returned = read.returned
        if returned is None or not (returned.cover.sheet or read.definition):
            return read
        is_kept = read.name == self.kept
        if is_kept:
            # What holds a workbook apart is a warning where the user says that it counts.
            settled = (replace(each, code=SETTLED.get(each.code, each.code)) for each in returned.diagnostics)
            returned = replace(returned, diagnostics=tuple(settled))
        resolved = self._resolved(read, returned, is_kept=is_kept)
        held = any(finding.code in HOLDING for finding in returned.diagnostics)
        entity = None if held else resolved.entity
        if entity is not None and read.definition is not None:
            returned = applicable(returned, read.definition, entity)
        return replace(
            read,
            returned=returned,
            entity=entity,
            likely=resolved.likely if resolved.entity is None else resolved.entity,
            held=held or resolved.held,
            diagnostics=in_order((*returned.diagnostics, *resolved.diagnostics)),
        )

    def known(self, questionnaire: Questionnaire | None) -> EntityRegister:
        """The register under a questionnaire, made once for each."""
        meant = questionnaire or self.usual
        if meant is None:
            return self.register
        if id(meant) not in self._registers:
            self._registers[id(meant)] = self.register.under(meant)
        return self._registers[id(meant)]

    def _resolved(self, read: ReadFile, returned: ReturnedWorkbook, *, is_kept: bool) -> Resolved:
        cover = returned.cover
        claim = Claim(
            code=cover.text(keys.ENTITY_CODE),
            name=cover.text(keys.ENTITY_NAME),
            kind=cover.text(keys.ENTITY_TYPE),
            issued=returned.identity.entity_code,
            file=read.name,
            sheet=cover.sheet,
            code_cell=cover.cell(keys.ENTITY_CODE),
            name_cell=cover.cell(keys.ENTITY_NAME),
            kind_cell=cover.cell(keys.ENTITY_TYPE),
            kept=is_kept,
        )
        return self.known(read.definition).resolve(claim)
