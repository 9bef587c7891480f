"""Where a document's numbers come from."""

from __future__ import annotations

from dataclasses import dataclass


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
