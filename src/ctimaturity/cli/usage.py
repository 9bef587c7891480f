"""What the command-line library says about a wrong call and in its help, in the language of the terminal.

The library words these things in English only, and names the types of Python where a user needs none.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import typer

from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    # Private names, here alone and for the type checker alone: the library has no public ones for these
    # types. None is imported when the tool runs.
    from typer._click import core, exceptions, formatting

    AnyContext = core.Context
    Command = core.Command
    HelpFormatter = formatting.HelpFormatter
    UsageError = exceptions.UsageError
else:
    # By their public descendants: the modules they are in are the library's own affair.
    HelpFormatter = typer.Context.formatter_class
    UsageError = typer.BadParameter.__mro__[1]

_TYPE_OF_ARGUMENT = re.compile(r" <[^<>|]*>$")
_LIST_OF = re.compile(r"<list\[([^<>]*)\]>")

_PROBLEMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"No such option: (?P<name>.+)", re.DOTALL), _("There is no option {name}.")),
    (re.compile(r"Option '(?P<name>[^']+)' requires an argument\."), _("The option {name} needs a value.")),
    (re.compile(r"Option '(?P<name>[^']+)' does not take a value\."), _("The option {name} takes no value.")),
    (
        re.compile(r"Got unexpected extra argument\(s\) \((?P<name>.+)\)", re.DOTALL),
        _("Not expected here: {name}."),
    ),
    (
        re.compile(r"(?P<name>.+) is not one of (?P<choices>.+?)\.?", re.DOTALL),
        _("{name} is not one of {choices}."),
    ),
    (re.compile(r"Input should be a valid integer.*", re.DOTALL), _("it is not a whole number.")),
    (re.compile(r"Input should be a valid number.*", re.DOTALL), _("it is not a number.")),
    (re.compile(r"Input should be greater than or equal to (?P<name>\S+)"), _("it must be {name} or more.")),
    (re.compile(r"Input should be less than or equal to (?P<name>\S+)"), _("it must be {name} or less.")),
    (re.compile(r"Input should be greater than (?P<name>\S+)"), _("it must be more than {name}.")),
    (re.compile(r"Input should be less than (?P<name>\S+)"), _("it must be less than {name}.")),
)
"""What the library says, and how we say it."""


class Formatter(HelpFormatter):
    """Help with our word for usage and without the types of arguments."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        said = args.replace("[OPTIONS]", _("[OPTIONS]")).replace("COMMAND [ARGS]...", _("COMMAND [ARGS]..."))
        super().write_usage(prog, said, prefix or _("Usage: "))

    def write_dl(
        self,
        rows: Sequence[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = 2,
    ) -> None:
        """Write a list of terms with what they mean; an argument is called by its name alone."""
        plain = [(_plain_term(term), _(meaning)) for term, meaning in rows]
        super().write_dl(plain, col_max=col_max, col_spacing=col_spacing)


class HelpContext(typer.Context):
    """The context of every command, for the sake of its help."""

    formatter_class = Formatter


def in_our_words(command: Command) -> None:
    """Let a command and those below it write their help with `Formatter`."""
    command.context_class = HelpContext
    command.short_help = command.short_help or (command.help or "").split("\n\n")[0]
    for below in getattr(command, "commands", {}).values():
        in_our_words(below)


def show_usage_error(error: UsageError) -> None:
    """Write to standard error how the command is called, and what is wrong with this call."""
    context = error.ctx
    if context is not None:
        if error.message.startswith(context.get_usage()):  # a group called alone: its help, nothing else
            sys.stderr.write(error.message + "\n")
            return
        sys.stderr.write(context.get_usage() + "\n")
        command = f"{context.command_path} {context.help_option_names[0]}"
        sys.stderr.write(_("More help: {command}").format(command=command) + "\n\n")
    sys.stderr.write(_("Error: {message}").format(message=_problem(error)) + "\n")


def _problem(error: UsageError) -> str:
    place = ""
    if isinstance(error, typer.BadParameter):
        hint = error.param_hint or (_called(error.param) if error.param is not None else "")
        place = hint if isinstance(hint, str) else " / ".join(hint)
    if hasattr(error, "param_type"):
        return _("{name} is missing.").format(name=place.replace("'", ""))
    said = _reworded(error.message.removeprefix("Value error, "))
    if possible := getattr(error, "possibilities", None):
        said += " " + _("Did you mean {near}?").format(near=", ".join(sorted(possible)))
    return f"{place.replace(chr(39), '')}: {said}" if place else said


def _called(parameter: core.Parameter) -> str:
    """What people call an option or an argument; Typer's own hint takes other arguments in each version."""
    options = [name for name in parameter.opts if name.startswith("-")]
    return " / ".join(options) or getattr(parameter, "metavar", None) or parameter.name or ""


def _reworded(message: str) -> str:
    for pattern, words in _PROBLEMS:
        if found := pattern.fullmatch(message):
            return words.format(**found.groupdict())
    return message


def _plain_term(term: str) -> str:
    return _LIST_OF.sub(r"<\1>", term) if term.startswith("-") else _TYPE_OF_ARGUMENT.sub("", term)
