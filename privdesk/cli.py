"""The command line: composes the commands and turns refusals into one sentence and exit code 1."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from privdesk import __version__
from privdesk.commands import (
    consenting,
    counting,
    custody,
    destroying,
    duties,
    exchanging,
    keeping,
    offices,
    output,
    papers,
    proving,
    records,
    searching,
    settings,
)
from privdesk.commands.call import Call
from privdesk.commands.language import screen_language
from privdesk.commands.refusals import StoppedError, refusal
from privdesk.commands.speaking import Spoken, SpokenGroup, usage_error
from privdesk.core import i18n
from privdesk.core.i18n import N_, _

DONE, REFUSED, USAGE = 0, 1, 2

COMMANDS: tuple[tuple[str, Callable[..., None], str], ...] = (
    ("new", offices.new, N_("Make a vault; the --officer becomes its first officer.")),
    ("demo", offices.demo, N_("Make an invented office to look around in.")),
    ("import", exchanging.import_, N_("Take a list into a register.")),
    ("export", exchanging.export, N_("Write a register as .csv, .xlsx or .json; needs --reason.")),
    ("list", records.list_, N_("List the records of a register.")),
    ("show", records.show, N_("Show one record with its history.")),
    ("set", records.set_, N_("Enter a new record, or change fields of one.")),
    ("search", searching.search, N_("Find people by part of a name, digits or a reference.")),
    ("due", duties.due, N_("Show who is due for destruction and what else waits.")),
    ("figures", counting.figures, N_("Show what was counted for a month, quarter or year.")),
    ("act", records.act, N_("Do an action on records, such as a legal hold.")),
    ("roll", keeping.roll, N_("Change the epoch secret.")),
    ("print", papers.print_, N_("Issue a paper, or a register’s list, as a PDF.")),
    ("backup", keeping.backup, N_("Write a backup, open it and check it.")),
    ("restore", keeping.restore, N_("Make a vault of a backup.")),
    ("restore-approve", keeping.restore_approve, N_("Approve a declared restore.")),
    ("verify", proving.verify, N_("Prove a vault’s journal and kept files, or a paper.")),
)
GROUPS: dict[str, tuple[str, tuple[tuple[str, Callable[..., None], str], ...]]] = {
    "officers": (
        N_("Who may open a vault."),
        (
            ("list", offices.officers_list, N_("List who can open the vault.")),
            ("add", offices.officers_add, N_("Give a person access.")),
            ("change", offices.officers_change, N_("Another role or a new passphrase.")),
            ("remove", offices.officers_remove, N_("Take a person’s access away.")),
            ("hand-over", offices.officers_hand_over, N_("Put a successor in somebody’s place.")),
            ("kit", offices.officers_kit, N_("Put a new recovery kit in the old one’s place.")),
            ("recover", offices.officers_recover, N_("Enrol an officer with the recovery kit.")),
        ),
    ),
    "settings": (
        N_("The office’s own settings: language of papers, two-officer rule, names in English."),
        (
            ("list", settings.list_, N_("List the settings, what each is and may be.")),
            ("set", settings.set_, N_("Change settings; journalled, privacy officers only.")),
        ),
    ),
    "destroy": (
        N_("Destroy personal data, from the request to the certificate."),
        (
            ("request", destroying.request, N_("Request a destruction; needs --reason.")),
            ("approve", destroying.approve, N_("Sign it as a second officer.")),
            ("execute", destroying.execute, N_("Destroy what was approved; certificate.")),
            ("place", destroying.place, N_("Enter what a place answered.")),
            ("status", destroying.status, N_("Show where a destruction stands.")),
        ),
    ),
    "receipts": (
        N_("Consent receipts after ISO/IEC TS 27560."),
        (
            ("export", consenting.export, N_("Write receipts of a person or of everybody.")),
            ("import", consenting.import_, N_("Take receipts in; checked by the schema.")),
        ),
    ),
    "custody": (
        N_("Custody copies of the epoch secret."),
        (
            ("issue", custody.issue, N_("Write a further custody copy.")),
            ("confirm", custody.confirm, N_("Confirm where a copy is, or that it was destroyed.")),
            ("receive", custody.receive, N_("Take the secret into this account.")),
            ("retire", custody.retire, N_("Overwrite the secret on this account.")),
            ("lost", custody.lost, N_("Declare a copy or a computer lost; two officers do.")),
            ("status", custody.status, N_("List copies and holders.")),
        ),
    ),
}
NAMES = frozenset([*(name for name, _function, _help in COMMANDS), *GROUPS])

ANYWHERE = N_(
    "These may stand anywhere: --officer NAME, --passphrase-file FILE, --json, --lang ko|en,"
    " --reveal, --reason TEXT."
)
_FLAGS = ("--json", "--reveal")
_TAKING = ("--officer", "--passphrase-file", "--reason")


def _version(asked: bool) -> None:
    if asked:
        print(f"privdesk {__version__}")
        raise typer.Exit


def _speak(language: str) -> str:
    """Use the language asked for before help or a refusal is put into words."""
    if language and language not in i18n.LANGUAGES:
        raise typer.BadParameter(_("--lang is ko or en"))
    if language:
        i18n.use(language)
    return language


def root(
    ctx: typer.Context,
    officer: Annotated[str, typer.Option(metavar="NAME", help=N_("Who opens the vault."))] = "",
    passphrase_file: Annotated[
        str, typer.Option(metavar="FILE", help=N_("File with the passphrase; asked for otherwise."))
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=N_("Answer in JSON."))] = False,
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            metavar="ko|en",
            callback=_speak,
            is_eager=True,
            help=N_("Language of what privdesk says and prints."),
        ),
    ] = "",
    reveal: Annotated[
        bool, typer.Option("--reveal", help=N_("Show personal values; needs --reason."))
    ] = False,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Why; the journal keeps it."))
    ] = "",
    _told_version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=N_("Say the version.")),
    ] = False,
) -> None:
    """The desk of a privacy office. Without a command: privdesk [VAULT] opens the desk itself."""
    ctx.obj = Call(officer, passphrase_file, as_json, reveal, reason, lang)


def application() -> typer.Typer:
    """Return the composed command line."""
    plain: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None}
    app = typer.Typer(
        name="privdesk",
        cls=SpokenGroup,
        no_args_is_help=True,
        help=N_("The desk of a privacy office; privdesk [VAULT] opens the desk itself."),
        epilog=ANYWHERE,
        pretty_exceptions_enable=False,
        **plain,
    )
    app.callback()(root)
    for name, function, told in COMMANDS:
        app.command(name, cls=Spoken, help=told, epilog=ANYWHERE)(function)
    for group, (about, members) in GROUPS.items():
        part = typer.Typer(cls=SpokenGroup, no_args_is_help=True, help=about, **plain)
        for name, function, told in members:
            part.command(name, cls=Spoken, help=told, epilog=ANYWHERE)(function)
        app.add_typer(part, name=group)
    return app


def gathered(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the options that may stand anywhere in front, --lang first."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += ["--", *waiting]
            break
        name = argument.partition("=")[0]
        is_command = bool(rest)
        own_language = name == "--lang" and "print" in rest[:1]
        if argument in _FLAGS:
            front.append(argument)
        elif name in _TAKING or (name == "--lang" and not own_language):
            told = [argument]
            if "=" not in argument and waiting:
                told.append(waiting.pop(0))
            front = [*told, *front] if name == "--lang" else [*front, *told]
        elif is_command or not argument.startswith("-"):
            rest.append(argument)
        else:
            front.append(argument)
    return [*front, *rest]


def main(arguments: Sequence[str]) -> int:
    """Run a command; return its exit code: 0 done, 1 refused with a sentence, 2 usage."""
    i18n.use(screen_language())
    output.whole_letters()
    ordered = gathered(arguments)
    try:
        ended = application()(args=ordered, prog_name="privdesk", standalone_mode=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else (USAGE if stop.code else DONE)
    except TyperException as why:
        print(usage_error(why), file=sys.stderr)
        return why.exit_code
    except typer.Abort:
        print(StoppedError().sentence(), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except BaseException as why:  # noqa: BLE001  (the edge: the user reads a sentence)
        print(refusal(why), file=sys.stderr)
        return REFUSED
    return ended if isinstance(ended, int) else DONE


def folder_of(arguments: Sequence[str]) -> Path | None:
    """Return the vault that is to be opened on the desk, or None where a command was given."""
    if len(arguments) != 1 or arguments[0].startswith("-") or arguments[0] in NAMES:
        return None
    path = Path(arguments[0])
    likely = path.suffix == ".privdesk" or os.sep in arguments[0] or path.exists()
    return path if likely else None
