"""What a new definition begins with: the files beside this module, with remarks in one language.

A remark of theirs is a line `#en ...` or `#es ...`, of which those of one language are kept.
"""

from __future__ import annotations

import re
from pathlib import Path

_FILES = Path(__file__).parent / "starter_files"
_REMARK = re.compile(r"^( *)#([a-z]{2}) (.*\n)", re.MULTILINE)
_ID = re.compile(r"^id: my-model$", re.MULTILINE)


def starter_files(name: str, language: str) -> dict[str, str]:
    """The files by their name.

    Args:
        name: Id of the instrument.
        language: Of the remarks.
    """
    found = {}
    for file in sorted(_FILES.glob("*.yaml")):
        text = _REMARK.sub(
            lambda remark: f"{remark[1]}# {remark[3]}" if remark[2] == language else "",
            file.read_text(encoding="utf-8"),
        )
        found[file.name] = _ID.sub(f"id: {name}", text)
    return found
