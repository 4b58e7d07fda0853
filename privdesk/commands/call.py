"""What every command is told: who calls, how to answer, whether values may be revealed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

_LONGEST = 65_536


class NoOfficerError(DomainError):
    """Nobody was named who opens the vault. Nothing was changed; add --officer NAME."""


class NoPassphraseError(DomainError):
    """There is no passphrase and no keyboard to ask at. Nothing was changed; add {option} FILE (“-”
    reads it from standard input).
    """


class PassphraseFileError(DomainError):
    """The passphrase file {path} cannot be used: {cause} Nothing was changed; check the file."""


class PassphrasesDifferError(DomainError):
    """The two passphrases are not the same. Nothing was changed; try again."""


class RevealReasonError(DomainError):
    """Revealing personal values needs a reason, which the journal keeps. Nothing was shown; add
    --reason TEXT.
    """


class ReasonMissingError(DomainError):
    """This needs a reason, which the journal keeps. Nothing was changed; add --reason TEXT."""


@dataclass
class Call:
    """The options that may stand anywhere on the command line."""

    officer: str = ""
    passphrase_file: str = ""
    as_json: bool = False
    reveal: bool = False
    reason: str = ""
    lang: str = ""  # of what is said, and of a paper that names none of its own

    @property
    def look(self) -> str:
        """The reason for which personal values are shown in the clear; empty for masked."""
        if self.reveal and not self.reason.strip():
            raise RevealReasonError
        return self.reason.strip() if self.reveal else ""

    def required_reason(self) -> str:
        """Return the reason, or refuse where there is none."""
        if not self.reason.strip():
            raise ReasonMissingError
        return self.reason.strip()

    def who(self) -> str:
        """Return who opens the vault; asks where nobody was named."""
        if self.officer.strip():
            return self.officer.strip()
        if not sys.stdin.isatty():
            raise NoOfficerError
        return str(typer.prompt(_("Name"), err=True)).strip()

    def passphrase(self, name: str, *, twice: bool = False) -> str:
        """Return the passphrase from the file named, else from the keyboard."""
        label = _("Passphrase of {name}").format(name=name)
        return read_passphrase(self.passphrase_file, label, twice=twice)

    @contextmanager
    def desk(self, vault: Path) -> Iterator[Desk]:
        """Open a vault for the length of a command."""
        from privdesk.vault import opening

        opening.look(vault)
        name = self.who()
        passphrase = self.passphrase(name)
        from privdesk.flows.opening import ENGINE_ERRORS, mend_search, open_desk

        desk = open_desk(vault, name, passphrase)
        try:
            yield desk
        except ENGINE_ERRORS as why:
            mend_search(desk, why)
            raise
        finally:
            desk.vault.close()

    @contextmanager
    def desk_to_prove(self, vault: Path) -> Iterator[Desk]:
        """Open a vault to prove it or a paper; one that cannot be written is only read."""
        from privdesk.vault import opening, readonly

        opening.look(vault)
        if not readonly.is_read_only(vault):
            with self.desk(vault) as desk:
                yield desk
            return
        name = self.who()
        from privdesk.flows.opening import desk_to_prove

        with desk_to_prove(vault, name, self.passphrase(name)) as desk:
            yield desk


def call_of(ctx: typer.Context) -> Call:
    """Return the options of this call."""
    found = ctx.find_root().obj
    assert isinstance(found, Call)
    return found


def read_passphrase(
    file: str, label: str, *, twice: bool = False, option: str = "--passphrase-file"
) -> str:
    """Return a passphrase from a file (``-`` is standard input), else from the keyboard."""
    if file:
        return _from_file(file)
    if not sys.stdin.isatty():
        raise NoPassphraseError(option=option)
    first = str(typer.prompt(label, hide_input=True, err=True))
    if twice and first != str(typer.prompt(_("Once more"), hide_input=True, err=True)):
        raise PassphrasesDifferError
    return first


def _from_file(file: str) -> str:
    if file == "-":
        data = sys.stdin.buffer.read(_LONGEST)
    else:
        with system.explained(Path(file)):
            path = Path(file)
            data = path.read_bytes()[:_LONGEST]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        cause = _("it is not UTF-8 text.")
        raise PassphraseFileError(path=file, cause=cause) from why
    text = text.removesuffix("\n").removesuffix("\r")
    if not text:
        raise PassphraseFileError(path=file, cause=_("it is empty."))
    return text
