"""Write what follows from the code: a page per diagnostic code, their list, and the schemas of the format.

`make docs` runs it; a test holds the committed pages equal to what it writes.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ctimaturity.diagnostics.catalogue import all_codes
from ctimaturity.language.catalogue import translate
from ctimaturity.workflows.code_page import page
from ctimaturity.workflows.questionnaire_schema import write_schemas

if TYPE_CHECKING:
    from ctimaturity.diagnostics.code import Code

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "diagnostics"
SCHEMAS = ROOT / "questionnaires" / "schema"
LIST = "README.md"
TONGUES = {"en": "English", "es": "Español"}
PREFACE = """\
A code is the letter of its family and a number. Numbers are never reused, and the severity belongs to the
code. Errors make the exit status 1; warnings and notes leave it 0. `{…}` stands for what a finding fills
in."""
FAMILIES = {
    "Q": "Questionnaire files",
    "F": "Files that are unsafe or cannot be read",
    "W": "Structure of workbooks",
    "A": "Answers",
    "P": "Perception surveys",
    "R": "Reference ranges and statistics",
    "E": "Entities",
    "S": "Scoring",
    "I": "The index",
    "D": "Documents",
    "O": "Output",
}


def code_page(code: Code) -> str:
    """One page with a section per language, the same words that `cti explain-code` prints."""
    parts = [f"# {code.id} {code.name}", f"[All codes]({LIST}). In a terminal: `cti explain-code {code.id}`."]
    for language, tongue in TONGUES.items():
        _, body = page(code, language).split("\n", 1)
        parts += [f"## {tongue}", body.strip()]
    return "\n\n".join(parts) + "\n"


def list_page() -> str:
    """All codes by family, in both languages."""
    parts = ["# Diagnostic codes", PREFACE]
    for letter, codes in groupby(all_codes().values(), key=lambda code: code.id[0]):
        rows = [
            f"| [{code.id}]({code.id}.md) | {code.name} | {code.severity.value} "
            f"| {_cell(code.message)} | {_cell(translate(code.message, 'es'))} |"
            for code in codes
        ]
        head = ["| code | name | severity | what it says | qué dice |", "|---|---|---|---|---|"]
        parts += [f"## {letter}: {FAMILIES[letter]}", "\n".join(head + rows)]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def pages() -> dict[str, str]:
    """Every generated page by its name below `docs/diagnostics`."""
    return {LIST: list_page()} | {f"{code.id}.md": code_page(code) for code in all_codes().values()}


def main() -> None:
    """Write the pages, remove those of codes that are gone, and write the schemas."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for stale in sorted(path for path in FOLDER.glob("*.md") if path.name not in wanted):
        stale.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(wanted)} pages below docs/diagnostics")
    print(f"{len(write_schemas(SCHEMAS))} schemas below questionnaires/schema")


if __name__ == "__main__":
    main()
