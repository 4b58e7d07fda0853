"""Help and usage errors in the language of the screen; the texts of typer itself included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from privdesk.core.i18n import N_, _

_MORE = re.compile(r"\[([^\[\]]*)\]$")
_TYPE = re.compile(r" <(\w+)[^<>]*>$")
_TYPES = {"path": " FILE", "int": " N", "str": " TEXT"}


class InWords:
    """What commands and groups share: their help is in the language of the screen."""

    help: str | None
    follows = ""  # a message id: what stands behind the options

    def get_help(self, ctx: Any) -> str:
        """Return the help in words."""
        _speak(self, ctx)
        return str(super().get_help(ctx))  # type: ignore[misc]

    def get_short_help_str(self, limit: int = 80) -> str:
        """Return the line of the overview."""
        return _(self.help or "")

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how it is called."""
        _write_usage(self, ctx, formatter, _(self.follows))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        _write_parameters(self, ctx, formatter)


class Spoken(InWords, TyperCommand):
    """A command."""


class SpokenGroup(InWords, TyperGroup):
    """A group of commands."""

    follows = N_("COMMAND [ARGUMENTS]…")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write options and commands."""
        super().format_options(ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, c.get_short_help_str()) for name, c in commands if c])


def _speak(command: Any, ctx: Any) -> None:
    command.help = _(command.help or "")
    command.epilog = _(command.epilog or "")
    command.get_help_option(ctx).help = N_("Show this help.")
    for parameter in command.get_params(ctx):
        told = getattr(parameter, "help", None)
        if told:
            parameter.help = _(told)


def _write_usage(command: Any, ctx: Any, formatter: Any, more: str) -> None:
    pieces = [_("[OPTIONS]"), *_arguments(command, ctx), *([more] if more else [])]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))


def _arguments(command: Any, ctx: Any) -> Iterator[str]:
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            name = parameter.metavar or parameter.name.upper()
            yield name if parameter.required or name.startswith("[") else f"[{name}]"


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    sections: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None:
            kind = parameter.param_type_name
            name = _TYPE.sub(_of_type if kind == "option" else "", record[0])
            sections[kind].append((name, _MORE.sub(_more, record[1])))
    for heading, rows in zip((_("Arguments"), _("Options")), sections.values(), strict=True):
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _more(found: re.Match[str]) -> str:
    """Return in words what typer adds to a text: whether it is required, what is the default."""
    parts = []
    for part in found[1].split("; "):
        before, colon, value = part.partition(": ")
        if before == "default" and colon:
            part = _("{value} where left out").format(value=value)
        parts.append(_("required") if part == "required" else part)
    return f"[{'; '.join(parts)}]"


def _of_type(found: re.Match[str]) -> str:
    """Return what stands for the value of an option that does not say so itself."""
    return _TYPES.get(found[1], "")


# Usage errors ------------------------------------------------------------------------------

_ERRORS = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (
            r"No such command '(?P<name>.*)'\. Did you mean '(?P<near>[^']*)'.*",
            N_("There is no command “{name}”. Was “{near}” meant?"),
        ),
        (r"No such command '(?P<name>.*)'\.", N_("There is no command “{name}”.")),
        (r"Missing command\.", N_("The command is missing.")),
        (
            r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.*)\)",
            N_("There is no option {name}. Was {near} meant?"),
        ),
        (r"No such option: (?P<name>\S+)", N_("There is no option {name}.")),
        (r"Missing (?:argument|option) '(?P<name>.*)'\.", N_("{name} is missing.")),
        (r"Option '(?P<name>.*)' requires an argument\.", N_("The option {name} needs a value.")),
        (r"Option '(?P<name>.*)' does not take a value\.", N_("The option {name} takes no value.")),
        (
            r"Got unexpected extra argument\(s\) \((?P<name>.*)\)",
            N_("“{name}” is more than this command takes."),
        ),
        (
            r"Invalid value for '(?P<name>.*)': Input should be a valid integer.*",
            N_("{name} must be a whole number."),
        ),
        (
            r"Invalid value for '(?P<name>.*)': Input should be greater than or equal to (?P<n>.*)",
            N_("{name} must be {n} or more."),
        ),
        (r"Invalid value: (?P<cause>.*)", "{cause}"),
    )
)


def usage_error(why: TyperException) -> str:
    """Return what is told of a command line that was not understood, a line for each matter."""
    ctx = getattr(why, "ctx", None)
    if ctx is None:
        return _("Error: {cause}").format(cause=_worded(why.format_message()))
    if type(why).__name__ == "NoArgsIsHelpError":
        return str(ctx.get_help())
    hint = _("“{command} --help” tells more.").format(command=ctx.command_path)
    error = _("Error: {cause}").format(cause=_worded(why.format_message()))
    return f"{ctx.get_usage()}\n{hint}\n\n{error}"


def _worded(told: str) -> str:
    """Return a sentence of typer in our words; one that is not known comes as it is."""
    for pattern, sentence in _ERRORS:
        found = pattern.fullmatch(told.strip())
        if found:
            return _(sentence).format(**found.groupdict())
    return told
