"""Which definition a returned workbook follows."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctimaturity.definitions.library import version_numbers
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.model.canonical import definition_hash, scoring_hash
from ctimaturity.workbook.identity import FoundDefinition

if TYPE_CHECKING:
    from ctimaturity.definitions.library import Library
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.identity import Identity


@dataclass
class DefinitionSearch:
    """Finds the definitions of workbooks in a library.

    Attributes:
        library: The definitions there are.
        asked: The one that was asked for; others are refused. None takes each workbook's own.
        asked_as: How it was asked for: its id and edition, perhaps a version, or a path.
    """

    library: Library
    asked: Questionnaire | None = None
    asked_as: str = ""
    _scoring: dict[int, str] = field(default_factory=dict)
    _digests: dict[int, str] = field(default_factory=dict)
    _by_digest: dict[str, Questionnaire | None] = field(default_factory=dict)

    def find(self, identity: Identity) -> FoundDefinition:
        """The definition of a workbook, or why there is none."""
        found = self._own(identity)
        if found.questionnaire is None or self.asked is None:
            return found
        if self.scoring(found.questionnaire) != self.scoring(self.asked):
            own, wanted = told_apart(found.questionnaire, self.asked)
            about = {"definition": own, "wanted": wanted, "to": shlex.quote(visible(self.asked_as or wanted))}
            return FoundDefinition(None, (Diagnostic(codes.OTHER_DEFINITION, parameters=about),))
        return found

    def scoring(self, questionnaire: Questionnaire) -> str:
        """The scoring hash, worked out once for each definition."""
        key = id(questionnaire)
        if key not in self._scoring:
            self._scoring[key] = scoring_hash(questionnaire)
        return self._scoring[key]

    def digest(self, questionnaire: Questionnaire) -> str:
        """The definition hash, worked out once for each definition."""
        key = id(questionnaire)
        if key not in self._digests:
            self._digests[key] = definition_hash(questionnaire)
        return self._digests[key]

    def by_digest(self, digest: str) -> Questionnaire | None:
        """The definition of a hash, if there is one; looked up once."""
        if digest not in self._by_digest:
            self._by_digest[digest] = self.library.by_hash(digest)
        return self._by_digest[digest]

    def _own(self, identity: Identity) -> FoundDefinition:
        """By hash, else by id, edition and version, else by id and edition, else by the ids of the items."""
        by_hash = self._by_hash(identity)
        if by_hash is not None:
            return FoundDefinition(by_hash, self._newer(by_hash))
        if not identity.questionnaire or not identity.edition:
            return self._by_ids(identity)
        by_version = self._by_version(identity)
        if by_version is not None:
            return FoundDefinition(by_version, (*self._other_hash(identity), *self._newer(by_version)))
        fitting = [definition for definition in self._of_edition(identity) if _fits(definition, identity)]
        if len(fitting) == 1:
            return FoundDefinition(fitting[0], self._other_hash(identity))
        about = {"definition": visible(identity.definition)[:80]}
        return FoundDefinition(None, (Diagnostic(codes.DEFINITION_UNKNOWN, parameters=about),))

    def _by_hash(self, identity: Identity) -> Questionnaire | None:
        return self.by_digest(identity.definition_hash) if identity.definition_hash else None

    def _by_version(self, identity: Identity) -> Questionnaire | None:
        if not identity.version:
            return None
        return self.library.by_version(identity.questionnaire, identity.edition, identity.version)

    def _of_edition(self, identity: Identity) -> list[Questionnaire]:
        releases = self.library.releases(identity.questionnaire, identity.edition)
        newest = self.library.newest(identity.questionnaire, identity.edition)
        loaded = [self.library.load(release) for release in releases]
        return loaded or ([newest] if newest else [])

    def _by_ids(self, identity: Identity) -> FoundDefinition:
        """Nothing says which definition it is: that which was asked for, or the only one that has all ids."""
        if self.asked is not None:
            fits = _fits(self.asked, identity)
            return (
                FoundDefinition(self.asked)
                if fits
                else FoundDefinition(None, (Diagnostic(codes.NOT_A_QUESTIONNAIRE),))
            )
        fitting = []
        for key in self.library.keys:
            name, _, edition = key.partition("@")
            newest = self.library.newest(name, edition)
            if newest is not None and _fits(newest, identity):
                fitting.append(newest)
        # Editions share ids, so a part of them may fit several; all of them together fit one.
        known = identity.ids & {item for definition in fitting for item in definition.item_by_id}
        whole = [definition for definition in fitting if known <= definition.item_by_id.keys()]
        if len(whole) == 1:
            return FoundDefinition(whole[0])
        code = codes.DEFINITION_UNCLEAR if fitting else codes.NOT_A_QUESTIONNAIRE
        return FoundDefinition(None, (Diagnostic(code),))

    def _newer(self, questionnaire: Questionnaire) -> tuple[Diagnostic, ...]:
        releases = self.library.releases(questionnaire.id, questionnaire.edition)
        if not releases or version_numbers(releases[-1].version) <= version_numbers(questionnaire.version):
            return ()
        about = {
            "definition": questionnaire.key,
            "version": questionnaire.version,
            "newest": releases[-1].version,
        }
        return (Diagnostic(codes.OLDER_VERSION, parameters=about),)

    @staticmethod
    def _other_hash(identity: Identity) -> tuple[Diagnostic, ...]:
        """A hash that nobody knows, of a version that is known."""
        if not identity.definition_hash:
            return ()
        about = {"definition": visible(identity.definition)[:80]}
        return (Diagnostic(codes.DEFINITION_BY_VERSION, parameters=about),)


def told_apart(one: Questionnaire, other: Questionnaire) -> tuple[str, str]:
    """What two definitions are called: by id and edition, with their versions where these are equal."""
    if one.key != other.key:
        return one.key, other.key
    return f"{one.key}@{one.version}", f"{other.key}@{other.version}"


def _fits(questionnaire: Questionnaire, identity: Identity) -> bool:
    """Whether ids of its items stand in the workbook: at least half of some measurement's."""
    return any(
        2 * len(identity.ids.intersection(item.id for item in measurement.items)) >= len(measurement.items)
        for measurement in questionnaire.measurements
    )
