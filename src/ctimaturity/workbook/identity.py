"""What a workbook says it is, written and read back: its hidden sheet, its cover, its properties."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ctimaturity.files.cell import CellKind, reference
from ctimaturity.workbook import cover as keys
from ctimaturity.workbook.answer import plain
from ctimaturity.workbook.marker import IDENTITY_SHEET, WORKBOOK_KIND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.cover import CoverEntries
    from ctimaturity.workbook.layout import Layout

SHOWN_DIGITS = 12
"""Digits of hashes that people see."""

SHEET = "sheet:"
"""Before a sheet's marker, on `_cti`: the name of that sheet."""

PROPERTY = "cti_"
"""Before the keys of `_cti` in the custom properties."""

COVER = "cover"
PROPERTIES = "properties"
IDS = "ids"

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
# The cover shows 12 digits of it, `_cti` all 64.
_HASH = re.compile(r"[0-9a-f]{12,64}")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says it is.

    Attributes:
        kind: `questionnaire`, or what else of ours it is; empty when nothing says it.
        questionnaire, edition, version: Of its definition; empty where not known.
        definition_hash: The whole hash, or its first 12 digits from the cover.
        language: Of its texts.
        entity_code: Whom it was made for; empty when for anyone.
        round: Label of the round.
        by: What says so: `_cti`, `cover`, `properties`, or `ids` when nothing does.
        sheets: Name of each sheet in the template, by its marker.
        ids: Texts that may be ids of items, to tell the definition by when nothing else does.
    """

    kind: str = ""
    questionnaire: str = ""
    edition: str = ""
    version: str = ""
    definition_hash: str = ""
    language: str = "es"
    entity_code: str = ""
    round: str = ""
    by: str = IDS
    sheets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ids: frozenset[str] = frozenset()

    @property
    def definition(self) -> str:
        """`mmmctic@2020-04@1.0.0`, as far as it is known."""
        return "@".join(part for part in (self.questionnaire, self.edition, self.version) if part)


@dataclass(frozen=True, slots=True)
class FoundDefinition:
    """The definition of a workbook, or None, and what there is to say about it (without the file)."""

    questionnaire: Questionnaire | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_identity(workbook: Workbook, cover: CoverEntries) -> Identity:
    """What a workbook says it is.

    Args:
        workbook: The workbook.
        cover: Its cover.
    """
    hidden = next((pairs for _, pairs in hidden_sheets(workbook)), {})
    if hidden:
        return _identity(hidden, IDENTITY_SHEET, workbook)
    shown = _of_cover(cover)
    printed = _of_properties(workbook)
    if shown.get("questionnaire"):
        return _identity({**printed, **shown}, COVER, workbook)
    return _identity(printed, PROPERTIES if printed.get("questionnaire") else IDS, workbook)


def _identity(said: Mapping[str, str], by: str, workbook: Workbook) -> Identity:
    digest = said.get("definition_hash", "").lower()
    sheets = {key.removeprefix(SHEET): name for key, name in said.items() if key.startswith(SHEET)}
    texts = ("kind", "questionnaire", "edition", "version", "language", "entity_code", "round")
    return Identity(
        **{name: said[name] for name in texts if name in said},
        definition_hash=digest if _HASH.fullmatch(digest) else "",
        by=by,
        sheets=MappingProxyType(sheets),
        ids=frozenset(_ids(workbook)),
    )


def hidden_sheets(workbook: Workbook) -> Iterator[tuple[Sheet, dict[str, str]]]:
    """Each hidden sheet, which may have been shown, renamed or moved, with its keys and values.

    There is one, unless somebody has put two workbooks together.
    """
    named = [sheet for sheet in workbook.sheets if sheet.name == IDENTITY_SHEET]
    others = [sheet for sheet in workbook.sheets if sheet.name != IDENTITY_SHEET]
    for sheet in [*named, *others]:
        said = _pairs(sheet)
        if "kind" in said and ("definition_hash" in said or said["kind"] != WORKBOOK_KIND):
            yield sheet, said


def place_of(sheet: Sheet, key: str) -> str:
    """The cell of a hidden sheet that says the value of a key; empty without one."""
    row, column = _key_cell(sheet, key)
    return reference(row, column + 1) if row else ""


def _key_cell(sheet: Sheet, key: str) -> tuple[int, int]:
    """Row and column of a key; zeros without it."""
    texts = (at for at, cell in sheet.cells.items() if cell.kind is CellKind.TEXT and cell.text == key)
    return next(texts, (0, 0))


def _pairs(sheet: Sheet) -> dict[str, str]:
    """Texts in the column of the key `kind`, with what stands right of each."""
    _, column = _key_cell(sheet, "kind")
    keyed = {row: plain(cell) for (row, at), cell in sheet.cells.items() if at == column}
    values = {row: sheet.cells.get((row, column + 1)) for row in keyed}
    return {keyed[row]: plain(value) for row, value in values.items() if value is not None}


def _of_cover(cover: CoverEntries) -> dict[str, str]:
    name, _, edition = cover.text(keys.QUESTIONNAIRE).partition("@")
    said = {
        "questionnaire": name if edition else "",
        "edition": edition,
        "version": cover.text(keys.VERSION),
        "definition_hash": cover.text(keys.DEFINITION),
        "language": cover.text(keys.LANGUAGE),
    }
    return {key: value for key, value in said.items() if value}


def _of_properties(workbook: Workbook) -> dict[str, str]:
    """The custom properties, else the keywords, which more programs keep."""
    start = f"custom:{PROPERTY}"
    custom = {
        key.removeprefix(start): value for key, value in workbook.properties.items() if key.startswith(start)
    }
    return {**read_keywords(workbook.properties.get("core:keywords", "")), **custom}


def _ids(workbook: Workbook) -> set[str]:
    return {
        cell.text
        for sheet in workbook.sheets
        for cell in sheet.cells.values()
        if cell.kind is CellKind.TEXT and _ID.fullmatch(cell.text)
    }


def issue_id(definition_hash: str, entity_code: str, round_: str) -> str:
    """Which template was issued to whom: 12 digits of the SHA-256 of definition, entity and round."""
    text = f"{definition_hash}\n{entity_code}\n{round_}"
    return hashlib.sha256(text.encode()).hexdigest()[:SHOWN_DIGITS]


def identity_of(layout: Layout, definition_hash: str) -> dict[str, str]:
    """The identity by key, as `_cti` lists it; what is not known is left out.

    Args:
        layout: The workbook's.
        definition_hash: Of the definition, 64 hexadecimal digits.
    """
    questionnaire, options = layout.questionnaire, layout.options
    code = options.entity.code if options.entity else ""
    identity = {
        "kind": WORKBOOK_KIND,
        "questionnaire": questionnaire.id,
        "edition": questionnaire.edition,
        "version": questionnaire.version,
        "definition_hash": definition_hash,
        "language": options.language,
        "entity_code": code,
        "round": options.round,
        "issue_id": issue_id(definition_hash, code, options.round),
    }
    return {key: value for key, value in identity.items() if value}


def keywords(identity: Mapping[str, str]) -> str:
    """The identity in one line, for the keywords of the document.

    Office suites change what stands between keywords, and blanks are all that is sure to be left:
    so there are none inside a value.
    """
    return " ".join(f"{key}={quote(value, safe='@')}" for key, value in identity.items())


def read_keywords(text: str) -> dict[str, str]:
    """The identity that keywords say, whatever stands between them now."""
    pairs = (word.partition("=") for word in re.split(r"[\s;,]+", text))
    return {key: unquote(value) for key, _, value in pairs if value}
