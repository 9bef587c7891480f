"""Every command has its page, and the pages show only what exists."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from ctimaturity.cli.commands import COMMANDS as ENTRIES
from ctimaturity.cli.commands import loaded
from ctimaturity.cli.usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "commands"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TOP = {name: loaded(name, entry) for name, entry in ENTRIES.items()}


def leaves(
    commands: Mapping[str, object], above: tuple[str, ...] = ()
) -> dict[tuple[str, ...], TyperCommand]:
    """The commands that do something, by their names from `cti` downwards."""
    found: dict[tuple[str, ...], TyperCommand] = {}
    for name, command in commands.items():
        if isinstance(command, TyperGroup):
            found |= leaves(command.commands, (*above, name))
        elif isinstance(command, TyperCommand):
            found[*above, name] = command
    return found


COMMANDS = sorted(leaves(TOP).items())


def page_of(names: tuple[str, ...]) -> Path:
    """A command of a group may have a page of its own or stand on that of its group."""
    own = PAGES / f"{'-'.join(names)}.md"
    return own if own.exists() else PAGES / f"{names[0]}.md"


def shown_commands(document: Path) -> list[list[str]]:
    """The `cti` commands of a document's shell blocks, as words after `cti`; continued lines are one."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    words = [shlex.split(line, comments=True) for line in lines]
    return [command[1:] for command in words if command[:1] == ["cti"]]


def with_default(words: list[str]) -> list[str]:
    """The words with the command that its group takes where none is named."""
    group = TOP.get(words[0])
    default = getattr(group, "default", None)
    if default is None or not isinstance(group, TyperGroup) or words[1] in group.commands:
        return words
    return [words[0], default, *words[1:]]


def test_the_smoke_runs_every_command_and_nothing_else() -> None:
    """`make floors` runs `scripts/smoke.py` with the lowest versions: a new command is added there too."""
    script = runpy.run_path(str(ROOT / "scripts" / "smoke.py"))
    known, run = dict(COMMANDS), set()
    for given in (words for stage in script["commands"]() for words in stage):
        words = given[given[0] in script["FAILING"] :]
        names = next(names for names in known if tuple(words[: len(names)]) == names)
        if given[0] != "!!":
            known[names].make_context(" ".join(names), words[len(names) :])
        run.add(names)
    assert run == set(known)


def test_there_is_a_page_for_every_command_and_for_nothing_else() -> None:
    pages = set(PAGES.glob("*.md"))
    assert pages == {page_of(names) for names, _ in COMMANDS}


def wrong_with(names: tuple[str, ...], command: TyperCommand) -> Iterator[str]:
    """What is wrong with the page of a command, or with its help."""
    page = page_of(names)
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", text))
    options = {option for parameter in command.params for option in parameter.opts if option[0] == "-"}
    if options - named:
        yield f"does not name {sorted(options - named)}"
    title = " ".join(names) if page.stem == "-".join(names) else names[0]
    if not text.startswith(f"# cti {title}\n"):
        yield "is not headed by its name"
    if "## Exit status" not in text:
        yield "does not say its exit status"
    if names not in [tuple(with_default(words)[: len(names)]) for words in shown_commands(page)]:
        yield "does not show it used"
    if not (command.help or "").endswith("."):
        yield "has a help that is no sentence"


def test_the_page_of_every_command_is_whole() -> None:
    wrong = [
        f"{' '.join(names)}: {said}" for names, command in COMMANDS for said in wrong_with(names, command)
    ]
    assert wrong == []


def unparsed(given: list[str]) -> str:
    """Why a command that a document shows cannot be run; empty when it can."""
    known = dict(COMMANDS)
    words = with_default(given)
    names = next((names for names in known if tuple(words[: len(names)]) == names), None)
    if names is None:
        return "" if words[0].startswith("-") else "there is no such command"
    try:
        known[names].make_context(" ".join(names), words[len(names) :])
    except UsageError as error:
        return error.format_message()
    return ""


def test_every_command_that_a_document_shows_parses() -> None:
    wrong = [
        f"{document.relative_to(ROOT)}: cti {shlex.join(given)}: {said}"
        for document in DOCUMENTS
        for given in shown_commands(document)
        if (said := unparsed(given))
    ]
    assert wrong == []
