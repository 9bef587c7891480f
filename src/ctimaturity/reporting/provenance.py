"""Where a document's numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctimaturity.reporting.entity import BASIS_LABELS
from ctimaturity.reporting.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.model.assessment import Assessment
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.model.score import Index
    from ctimaturity.reporting.columns import ScoreColumns
    from ctimaturity.reporting.words import Words


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a document says of its making beyond what the assessment carries: no clock, no user, no machine.

    Attributes:
        tool_version: Version of this package.
        definition_hash: 64 hexadecimal digits.
        scoring_hash: 64 hexadecimal digits.
        round: Label of the round; empty without.
        reference: What the reference ranges are called, with their version and hash; empty without.
        example: Whether those ranges are an example, so that their marks mean nothing.
    """

    tool_version: str
    definition_hash: str
    scoring_hash: str
    round: str = ""
    reference: str = ""
    example: bool = False


def subtitle(questionnaire: Questionnaire, provenance: Provenance, words: Words) -> str:
    """Model, edition and round."""
    parts = [
        words.text(questionnaire.title),
        words.say("edition {edition}", edition=questionnaire.edition),
        *([words.say("round {round}", round=shown(provenance.round))] if provenance.round else []),
    ]
    return " · ".join(parts)


def provenance_lines(
    assessment: Assessment,
    provenance: Provenance,
    columns: ScoreColumns,
    words: Words,
    *,
    public: bool = False,
) -> Iterable[tuple[str, str]]:
    """Label and value of what a document says of its making."""
    questionnaire = assessment.questionnaire
    yield words.say("Made with"), f"ctimaturity {provenance.tool_version}"
    yield (
        words.say("Definition"),
        words.say("{key}, version {version}", key=questionnaire.key, version=questionnaire.version),
    )
    yield words.say("Hash of the definition"), provenance.definition_hash
    yield words.say("Hash of its rules"), provenance.scoring_hash
    yield words.say("Measurements"), ", ".join(column.title for column in columns.measurements)
    if assessment.index.results_basis:
        yield words.say("Basis of the indicators"), _basis(assessment.index, words)
    if provenance.reference:
        yield words.say("Reference ranges"), ranges_cited(provenance, words)
    if provenance.round:
        yield words.say("Round"), shown(provenance.round)
    yield words.say("Input files"), str(len(assessment.inputs))
    yield words.say("To repeat it"), words.say(_OPEN if public else _WHOLE)


def ranges_cited(provenance: Provenance, words: Words) -> str:
    """The reference ranges that marked indicators, and whether they are an example; empty without."""
    name = shown(provenance.reference)
    return words.say("{name}: an example, its marks mean nothing", name=name) if provenance.example else name


_WHOLE = (
    "manifest.json, beside this document, has the SHA-256 of every input and output and all options; "
    "definition.json has every text, weight, threshold and level."
)
_OPEN = (
    "definition.json, beside this document, has every text, weight, threshold and level; index.csv and"
    " scores.csv have every number. The answers stay with whoever published it."
)


def _basis(index: Index, words: Words) -> str:
    """What was asked for, and what it came to."""
    asked = words.say(BASIS_LABELS[index.results_basis])
    used = sorted({basis for row in index.rows for basis in row.results_basis.split(";") if basis})
    if not used or used == [index.results_basis]:
        return asked
    names = words.listed([words.say(BASIS_LABELS[basis]) for basis in used])
    return words.say("{asked} (in fact: {used})", asked=asked, used=names)
