"""Typer's own words, and the help of every command, in the reader's language.

In: a command line. Out: the language that it, `DZ_LANG` or the locale asks for, in use before
anything is printed; help and errors of usage from the catalogue. Typer keeps no catalogue itself:
the words that it prints are set anew, which is all that is done to it.
"""

from __future__ import annotations

import inspect
import os
from typing import Any, NoReturn

import typer
from typer import rich_utils
from typer._click.exceptions import BadParameter, MissingParameter, NoSuchOption, UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

from dz_analysis.language import SOURCE, language, pick_language, say, translate, use_language
from dz_analysis.language.messages import VARIABLE

OPTION = "--lang"
ORDER = ("corpora", "runs", "pages", "answers", "checks")  # as a newcomer meets the commands


def take_language(words: list[str]) -> tuple[str, list[str]]:
    """Return the language that a command line asks for, and the line without it.

    Examples
    --------
    >>> take_language(["run", "dezhou", "--lang", "zh"]), take_language(["--lang=en", "doctor"])
    (('zh', ['run', 'dezhou']), ('en', ['doctor']))
    >>> take_language(["extract", "--", "--lang"])
    ('', ['extract', '--', '--lang'])
    """
    asked, left = "", list(words)
    last = left.index("--") if "--" in left else len(left)
    for at in reversed(range(last)):
        name, sign, value = left[at].partition("=")
        if name == OPTION and sign:
            asked = asked or value
            del left[at]
        elif name == OPTION and at + 1 < last:
            asked = asked or left[at + 1]
            del left[at : at + 2]
    return asked, left


class Formatter(HelpFormatter):
    """Help whose first word is in the language in use."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, args, prefix or say("Usage: "))


class Place(typer.Context):
    """What a command is called with."""

    formatter_class = Formatter


class Application(TyperGroup):
    """The application: it finds out the language before it does anything else."""

    def list_commands(self, ctx: Any) -> list[str]:
        """List the commands by subject, as a newcomer meets them."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: ORDER.index(_subject(self.commands[name])))

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Choose the language, then read the line."""
        asked, left = take_language(args)
        use_language(asked or pick_language())
        os.environ[VARIABLE] = language()  # what this process starts speaks it too
        self._translate()
        try:
            return super().make_context(info_name, left, parent, **extra)
        except UsageError as error:
            _tell(error)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the line names."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _tell(error)

    def _translate(self) -> None:
        """Put the help of all commands, and the words round it, into the language in use."""
        rich_utils.ARGUMENTS_PANEL_TITLE = say("Arguments")
        rich_utils.OPTIONS_PANEL_TITLE = say("Options")
        rich_utils.COMMANDS_PANEL_TITLE = say("Commands")
        rich_utils.ERRORS_PANEL_TITLE = say("Error")
        rich_utils.ABORTED_TEXT = say("Aborted.")
        rich_utils.DEFAULT_STRING = say("[default: {}]")
        rich_utils.REQUIRED_LONG_STRING = say("[required]")
        rich_utils.RICH_HELP = say("Try [blue]'{command_path} {help_option}'[/] for help.")
        for command in (self, *self.commands.values()):
            command.context_class = Place
            shown = command.get_help_option(Place(command))
            if shown is not None:
                shown.help = say("Show this message and exit.")
            command.help = translate(inspect.cleandoc(command.help or ""))
            for parameter in command.params:
                if told := getattr(parameter, "help", None):
                    parameter.help = translate(told)  # type: ignore[attr-defined]


def _subject(command: Any) -> str:
    """Return the module that a command stands in."""
    return str(command.callback.__module__).rpartition(".")[2]


def _tell(error: UsageError) -> NoReturn:
    """Raise an error of usage again, in the language in use."""
    if language() == SOURCE or type(error).__name__ == "NoArgsIsHelpError":
        raise error
    if isinstance(error, NoSuchOption):
        told = say("There is no option {name}.", name=error.option_name)
    elif isinstance(error, MissingParameter):
        told = say("{name} is missing.", name=_name(error))
    elif isinstance(error, BadParameter):
        told = say("The value of {name} is not one that it takes.", name=_name(error))
    else:
        told = say("The command line is not one that dz reads.")
    raise UsageError(told, error.ctx) from error


def _name(error: BadParameter) -> str:
    """Return how the parameter that an error is about is typed."""
    parameter = error.param
    return parameter.get_error_hint() if parameter is not None else ""
