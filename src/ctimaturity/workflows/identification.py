"""Who each returned workbook is from, and which are held apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.diagnostic import in_order
from ctimaturity.indicators.register import Claim, EntityRegister, Resolved
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.completion import applicable
from ctimaturity.workbook.reading.contradictions import HOLDING, SETTLED

if TYPE_CHECKING:
    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.returned import ReturnedWorkbook
    from ctimaturity.workflows.returned_files import ReadFile


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
        found = tuple(_settled(each) for each in returned.diagnostics) if is_kept else returned.diagnostics
        returned = replace(returned, diagnostics=found)
        resolved = self._resolved(read, returned, is_kept=is_kept)
        held = any(each.code in HOLDING for each in found)
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


def _settled(finding: Diagnostic) -> Diagnostic:
    """What holds a workbook apart is a warning where the user says that it counts."""
    return replace(finding, code=SETTLED.get(finding.code, finding.code))
