"""Sealed files that are missing or damaged, named by the paper or record they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from privdesk.vault.attachments import Broken
from privdesk.vault.backup import Made

SHOWN = 5
_PAPERS = {"partner-papers": "partner_papers", "safety-papers": "safety_papers"}


class AttachmentsDamagedError(DomainError):
    """Papers or evidence kept in the vault are missing or damaged: {which}. All else is unharmed.
    Keep every older backup: restored under another name, one of the present epoch may still hold
    them.
    """


class BackupLacksError(DomainError):
    """The backup {file} was written and opens, but papers or evidence were missing or damaged in
    the vault already: {which}. All else is in it. Keep the older backups: they may still hold
    them.
    """

    def __init__(self, made: Made, damaged: Sequence[Damaged]) -> None:
        super().__init__(file=made.path.name, which=Listed(damaged))
        self.made, self.damaged = made, damaged


@dataclass(frozen=True)
class Damaged:
    """A sealed file that does not open: the record's reference, a paper's number, what is wrong.

    Neither says anything about a person; the file's own name is told where no record is left.
    """

    ref: str
    number: str
    missing: bool

    def text(self) -> str:
        """Return it in the language of the screen."""
        words = _(N_("{what} (missing)")) if self.missing else _(N_("{what} (damaged)"))
        return words.format(what=self.number or self.ref)


class Listed:
    """The first few damaged files, put into words when they are shown."""

    def __init__(self, damaged: Sequence[Damaged]) -> None:
        self._damaged = damaged

    def __str__(self) -> str:
        told = ", ".join(one.text() for one in self._damaged[:SHOWN])
        more = len(self._damaged) - SHOWN
        return _(N_("{list} and {n} more")).format(list=told, n=more) if more > 0 else told


def damaged(desk: Desk) -> list[Damaged]:
    """Open every sealed file that this person may open, and look whether the others are there."""
    vault = desk.vault
    return named(desk, attachments.broken(vault.raw, vault.id, vault.folder))


def named(desk: Desk, broken: Iterable[Broken]) -> list[Damaged]:
    """Return what is broken by its paper or record."""
    return [_named(desk, one) for one in broken]


def _named(desk: Desk, one: Broken) -> Damaged:
    raw = desk.vault.raw
    paper = raw.execute("SELECT number FROM documents WHERE id = ?", (one.owner,)).fetchone()
    if paper is not None:
        return Damaged(desk.ref("documents", one.owner), str(paper[0]), one.missing)
    for register, table in _PAPERS.items():
        if raw.execute(f"SELECT 1 FROM {table} WHERE id = ?", (one.owner,)).fetchone():
            return Damaged(desk.ref(register, one.owner), "", one.missing)
    order = raw.execute("SELECT 1 FROM destruction_orders WHERE id = ?", (one.owner,)).fetchone()
    ref = desk.ref("orders", one.owner) if order else f"attachments/{one.name}"
    return Damaged(ref, "", one.missing)
