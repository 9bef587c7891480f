"""What a workbook says it is: on its `_cti` sheet, on its cover and in its properties."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ctimaturity.workbook.marker import WORKBOOK_KIND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.workbook.layout import Layout

SHOWN_DIGITS = 12
"""Digits of hashes that people see."""

SHEET = "sheet:"
"""Before a sheet's marker, on `_cti`: the name of that sheet."""

PROPERTY = "cti_"
"""Before the keys of `_cti` in the custom properties."""


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
