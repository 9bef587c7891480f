"""Every command has its page, and the pages show only what exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from ctimaturity.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "commands"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GROUP = get_command(app)
assert isinstance(GROUP, TyperGroup)
BY_NAME = GROUP.commands
NAMES = sorted(BY_NAME)
COMMANDS = [(name, BY_NAME[name]) for name in NAMES]


def shown_commands(document: Path) -> list[list[str]]:
    """The `cti` commands of a document's shell blocks, as words after `cti`; continued lines are one."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    words = [shlex.split(line, comments=True) for line in lines]
    return [command[1:] for command in words if command[:1] == ["cti"]]


def test_there_is_a_page_for_every_command_and_for_nothing_else() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == NAMES


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=NAMES)
class TestEveryCommand:
    def test_its_page_names_all_its_options(self, name: str, command: TyperCommand) -> None:
        text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
        named = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", text))
        options = {option for parameter in command.params for option in parameter.opts if option[0] == "-"}
        assert options - named == set()

    def test_its_page_begins_with_its_name_and_says_how_it_ends(
        self, name: str, command: TyperCommand
    ) -> None:
        text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
        assert text.startswith(f"# cti {name}\n"), command
        assert "## Exit status" in text

    def test_its_page_shows_it_used(self, name: str, command: TyperCommand) -> None:
        assert command.name in {words[0] for words in shown_commands(PAGES / f"{name}.md")}

    def test_its_help_is_one_sentence(self, name: str, command: TyperCommand) -> None:
        assert command.help, name
        assert command.help.endswith(".")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_that_a_document_shows_parses(document: Path) -> None:
    for words in shown_commands(document):
        context = GROUP.make_context("cti", list(words))
        if words[0] in NAMES:
            BY_NAME[words[0]].make_context(words[0], words[1:], parent=context)
