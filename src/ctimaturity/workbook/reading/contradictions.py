"""What a workbook says of itself in two ways: two entities, two editions, two rounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import visible
from ctimaturity.language.catalogue import LANGUAGES
from ctimaturity.language.folding import folded
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.cover import CoverEntries
from ctimaturity.workbook.identity import hidden_sheets, place_of
from ctimaturity.workbook.marker import IDENTITY_SHEET
from ctimaturity.workbook.round import told_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.workbook.identity import Identity
    from ctimaturity.workbook.reading.findings import Findings

_VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
_DIGITS = re.compile(r"[0-9a-f]{12}")
_PROPERTIES = "docProps"
_SHOWN = 40  # characters of a name that a finding repeats: enough to know it by

HOLDING = frozenset({codes.TWO_ENTITIES, codes.IDENTITY_CONTRADICTS, codes.OTHER_ROUND})
"""What keeps a workbook apart: it counts for nobody."""
SETTLED = {codes.IDENTITY_CONTRADICTS: codes.IDENTITY_KEPT, codes.OTHER_ROUND: codes.ROUND_KEPT}
"""What becomes of it where the user says that the workbook counts."""


def note_contradictions(
    findings: Findings,
    workbook: Workbook,
    covers: Sequence[CoverEntries],
    identity: Identity,
    asked_round: str,
) -> None:
    """Report what a workbook says of itself in two ways.

    Args:
        findings: Takes them.
        workbook: The workbook.
        covers: Its cover, and copies of it behind.
        identity: What it was made as.
        asked_round: The round that was asked for; empty when any will do.
    """
    _two_entities(findings, workbook, covers)
    for cover in covers:
        if _other_identity(findings, workbook, cover, identity):
            break
    _other_round(findings, covers, identity, asked_round)


def _two_entities(findings: Findings, workbook: Workbook, covers: Sequence[CoverEntries]) -> None:
    """Two covers, or two hidden sheets, of different entities: somebody put two workbooks together."""
    said = [(cover.text(keys.ENTITY_CODE), cover.sheet, cover.cell(keys.ENTITY_CODE)) for cover in covers]
    made = [
        (pairs.get("entity_code", ""), sheet.name, place_of(sheet, "entity_code"))
        for sheet, pairs in hidden_sheets(workbook)
    ]
    for codings in (said, made):
        named = [coding for coding in codings if coding[0]]
        for code, sheet, cell in named[1:]:
            if _bare(code) != _bare(named[0][0]):
                other = str(Location(sheet=named[0][1], cell=named[0][2]))
                findings.add(codes.TWO_ENTITIES, sheet, cell, other=other)
                return


def _bare(code: str) -> str:
    """A code without what spreadsheets do to it: 05001 is 5001."""
    return folded(code).removesuffix(".0").lstrip("0")


def _other_identity(findings: Findings, workbook: Workbook, cover: CoverEntries, identity: Identity) -> bool:
    """Whether a cover belongs to another edition, version or language: it was pasted from there."""
    hidden = next(iter(hidden_sheets(workbook)), None) if identity.by == IDENTITY_SHEET else None
    shown = cover.text(keys.QUESTIONNAIRE)
    said = (
        (keys.QUESTIONNAIRE, "edition", shown if "@" in shown else "", _edition(identity)),
        (keys.VERSION, "version", _if(_VERSION, cover.text(keys.VERSION)), identity.version),
        (
            keys.DEFINITION,
            "definition_hash",
            _if(_DIGITS, cover.text(keys.DEFINITION)),
            identity.definition_hash,
        ),
        (keys.LANGUAGE, "language", _language(cover), identity.language if hidden else ""),
        (keys.ROUND, "round", cover.text(keys.ROUND), identity.round),
    )
    for key, name, written, made in said:
        if not written or not made or not _differ(key, written, made):
            continue
        place = str(Location(sheet=hidden[0].name, cell=place_of(hidden[0], name))) if hidden else _PROPERTIES
        about = {"said": visible(written[:_SHOWN]), "made": visible(made[:_SHOWN]), "other": place}
        findings.add(codes.IDENTITY_CONTRADICTS, cover.sheet, cover.cell(key), **about)
        return True
    return False


def _differ(key: str, written: str, made: str) -> bool:
    if key == keys.ROUND:
        return told_apart(written, made)
    if key == keys.DEFINITION:
        return not made.startswith(written)
    return folded(written) != folded(made)


def _edition(identity: Identity) -> str:
    return f"{identity.questionnaire}@{identity.edition}" if identity.edition else ""


def _if(pattern: re.Pattern[str], text: str) -> str:
    """A text of its form, or nothing: what somebody has spoilt says nothing."""
    return text if pattern.fullmatch(text) else ""


def _language(cover: CoverEntries) -> str:
    written = folded(cover.text(keys.LANGUAGE))
    return written if written in LANGUAGES else ""


def _other_round(
    findings: Findings, covers: Sequence[CoverEntries], identity: Identity, asked_round: str
) -> None:
    """A workbook that was made for another round than was asked for, or whose cover says another one."""
    cover = next((cover for cover in covers if cover.text(keys.ROUND)), CoverEntries())
    # What was typed by hand is told with care: only what the workbook was made for holds it apart.
    named = ((codes.OTHER_ROUND, identity.round), (codes.ROUND_DIFFERS, cover.text(keys.ROUND)))
    for code, name in named if asked_round else ():
        if name and told_apart(name, asked_round):
            about = {"said": visible(name[:_SHOWN]), "wanted": visible(asked_round[:_SHOWN])}
            findings.add(code, cover.sheet, cover.cell(keys.ROUND), **about)
            return
