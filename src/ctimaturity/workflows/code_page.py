"""The page of a diagnostic code, from its texts in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.language.catalogue import translate
from ctimaturity.language.findings import texts

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code


def code_named(text: str) -> Code | None:
    """The code with an id such as `A203` (in any case) or a name such as `answer-out-of-scale`."""
    wanted = text.strip()
    codes = all_codes()
    by_name = {code.name: code for code in codes.values()}
    return codes.get(wanted.upper()) or by_name.get(wanted.lower())


def page(code: Code, language: str) -> str:
    """The page in Markdown: what it says, what to do, why it matters."""
    said = texts(code, language)
    parts = [
        f"# {code.id} {code.name}",
        f"*{translate(code.severity.value, language)}*",
        f"**{translate('What it says', language)}**: {said.message}",
    ]
    if said.hint:
        parts.append(f"**{translate('What to do', language)}**: {said.hint}")
    parts.append(said.explanation)
    return "\n\n".join(parts) + "\n"
