"""Write what follows from data: the names of codes, a page per family of codes, the schemas of the format.

`make docs` runs it; a test holds the committed files equal to what it writes.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctimaturity.diagnostics.catalogue import FAMILIES, all_codes
from ctimaturity.language.findings import family, texts
from ctimaturity.workflows.code_page import page
from ctimaturity.workflows.questionnaire_new import write_schemas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ctimaturity.diagnostics.code import Code

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "diagnostics"
SCHEMAS = ROOT / "questionnaires" / "schema"
MODULE = ROOT / "src" / "ctimaturity" / "diagnostics" / "codes.py"
LIST = "README.md"
TONGUES = {"en": "English", "es": "Español"}
PREFACE = """\
A code is the letter of its family and a number. Numbers are never used again, and the severity belongs to
the code. Errors make the exit status 1; warnings and notes leave it 0. `{…}` stands for what a finding
fills in."""
TITLES = {
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
HEAD = '''\
"""The codes of findings by name. Written by `make docs` from the files below `families`: change those."""

# fmt: off

from ctimaturity.diagnostics.code import Code, Severity

'''


def module() -> str:
    """The module that gives each code its name in Python."""
    lines = []
    for name in FAMILIES.values():
        entries: dict[str, dict[str, Any]] = family(name)
        for number, entry in entries.items():
            constant = entry["name"].replace("-", "_").upper()
            severity = entry["severity"].upper()
            lines.append(f'{constant} = Code("{number}", "{entry["name"]}", Severity.{severity})')
    return HEAD + "\n".join(lines) + "\n"


def family_page(letter: str, codes: Iterable[Code]) -> str:
    """The codes of a family, each in both languages, in the words that `cti explain-code` prints."""
    parts = [f"# {letter}: {TITLES[letter]}", f"[All codes]({LIST})."]
    for code in codes:
        parts.append(f"## {code.id} {code.name}")
        for language, tongue in TONGUES.items():
            _, body = page(code, language).split("\n", 1)
            parts += [f"### {tongue}", body.strip()]
    return "\n\n".join(parts) + "\n"


def list_page() -> str:
    """All codes by family, in both languages."""
    parts = ["# Diagnostic codes", PREFACE]
    for letter, codes in groupby(all_codes().values(), key=lambda code: code.id[0]):
        rows = [
            f"| [{code.id}]({FAMILIES[letter]}.md#{code.id.lower()}-{code.name}) | {code.name} "
            f"| {code.severity.value} "
            f"| {_cell(texts(code, 'en').message)} | {_cell(texts(code, 'es').message)} |"
            for code in codes
        ]
        head = ["| code | name | severity | what it says | qué dice |", "|---|---|---|---|---|"]
        parts += [f"## {letter}: {TITLES[letter]}", "\n".join(head + rows)]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def pages() -> dict[str, str]:
    """Every generated page by its name below `docs/diagnostics`."""
    families = groupby(all_codes().values(), key=lambda code: code.id[0])
    return {LIST: list_page()} | {
        f"{FAMILIES[letter]}.md": family_page(letter, codes) for letter, codes in families
    }


def main() -> None:
    """Write the module, then the pages that follow from it, and the schemas."""
    written = module()
    if MODULE.read_text(encoding="utf-8") != written:
        MODULE.write_text(written, encoding="utf-8", newline="\n")
        print("the names of the codes have changed: run it once more for their pages")
        return
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
