"""The commands there are, each imported when it is called: listing them costs none of them."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import typer
from typer.core import TyperGroup

from ctimaturity.cli.show import DONE, ERRORS, INTERRUPTED, NOT_DONE, show_interruption
from ctimaturity.cli.usage import HelpContext, UsageError, in_our_words, show_usage_error
from ctimaturity.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctimaturity.cli.usage import AnyContext, Command, HelpFormatter


class CommandEntry(NamedTuple):
    """Where a command is: a module, and in it a function or a `typer.Typer` with commands of its own."""

    place: str
    help: str


COMMANDS = {
    name: CommandEntry(place, text)
    for name, place, text in (
        ("score", "score.score", _("Score returned workbooks and write the ranked index.")),
        (
            "validate",
            "validate.validate",
            _("List every problem of the workbooks, with its place and its mend."),
        ),
        ("template", "template.template", _("Make a blank workbook, or one per entity of a list.")),
        ("explain", "explain.explain", _("Show the tree of one entity's score, every number with its rule.")),
        ("report", "report.report", _("Write the page of the index and the dossier of each entity.")),
        ("compare", "compare.compare", _("Compare rounds: what changed, and what it comes from.")),
        ("round", "round.app", _("A whole round: begin it, and see who has answered.")),
        ("roadmap", "roadmap.app", _("Plan what to do next and what it brings; read plans that come back.")),
        ("panel", "panel.app", _("Many rounds in one place, as Parquet.")),
        ("questionnaire", "questionnaire.app", _("Definitions of questionnaires: read, check, compare.")),
        ("survey", "survey.app", _("Surveys: forms out, exports in, response, sample size.")),
        ("results", "results.app", _("Result indicators: take official statistics in.")),
        ("reference", "reference.app", _("Reference ranges of indicators: new, calibrate, check, show.")),
        ("verify", "verify.verify", _("Prove that a folder of results is what it says.")),
        ("demo", "score.demo", _("Score the bundled example.")),
        ("explain-code", "explain.explain_code", _("Explain a diagnostic code such as A203.")),
    )
}
"""In the order of the help. A new command is one entry here."""


class LazyGroup(TyperGroup):
    """The group of all commands, which imports the one that is called."""

    context_class = HelpContext

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> object:
        """Run a command; what is wrong with the call is said in our words."""
        try:
            status = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except UsageError as error:
            if not standalone_mode:
                raise
            show_usage_error(error)
            sys.exit(NOT_DONE)
        except typer.Abort:
            if not standalone_mode:
                raise
            sys.stderr.write(_("Aborted!") + "\n")
            sys.exit(ERRORS)
        if status == INTERRUPTED:
            show_interruption()
        if standalone_mode:
            sys.exit(status if isinstance(status, int) else DONE)
        return status

    def list_commands(self, ctx: AnyContext) -> list[str]:  # noqa: ARG002  (the library calls it so)
        """Names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: AnyContext, cmd_name: str) -> Command | None:  # noqa: ARG002
        """The command of a name, imported now; None when there is none."""
        entry = COMMANDS.get(cmd_name)
        if entry is not None:
            return loaded(cmd_name, entry)
        near = get_close_matches(cmd_name, COMMANDS, n=1)
        if near and not cmd_name.startswith("-"):
            sys.stderr.write(_("Did you mean {near}?").format(near=near[0]) + "\n")
        return None

    def format_commands(self, ctx: AnyContext, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, from the table alone."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def loaded(name: str, entry: CommandEntry) -> Command:
    """A command as the library runs it."""
    module, _dot, member = entry.place.partition(".")
    found = getattr(import_module(f"ctimaturity.cli.{module}"), member)
    alone = typer.Typer(
        cls=TyperGroup, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
    )
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name, help=entry.help, no_args_is_help=True, context_settings=CONTEXT)
    else:
        alone.command(name, help=entry.help, context_settings=CONTEXT)(found)
    alone.callback()(lambda: None)
    group = typer.main.get_command(alone)
    command = cast("TyperGroup", group).commands[name]
    in_our_words(command)
    return command


CONTEXT: dict[str, object] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""What every command has in common."""
