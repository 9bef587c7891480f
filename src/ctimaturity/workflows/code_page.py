"""The page of a diagnostic code, from its texts in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.language.catalogue import translate

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
    parts = [
        f"# {code.id} {code.name}",
        f"*{translate(code.severity.value, language)}*",
        f"**{translate('What it says', language)}**: {translate(code.message, language)}",
    ]
    if code.hint:
        parts.append(f"**{translate('What to do', language)}**: {translate(code.hint, language)}")
    parts.append(translate(code.explanation, language))
    return "\n\n".join(parts) + "\n"
