"""Sealed papers beside records: contracts, evidence, proof. Each is kept with its hash.

A register of such papers names which of its columns points to which register; all else, from
reading the file to destroying it, is alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import insert, select, update

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.filekinds import media_type
from privdesk.core.i18n import N_, _
from privdesk.core.register import Action, Outcome, Row, Shown, State
from privdesk.registers import incoming
from privdesk.registers.desk import Change
from privdesk.registers.pieces import REASON
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE

SLOT_NAME = 1
STATES = (
    State("active", N_("On file"), "kept"),
    State("destroyed", N_("Destroyed"), "destroyed"),
)
ACTIONS = (
    Action("show", N_("Show"), "show", states=("active",)),
    Action(
        "take-out",
        N_("Take out"),
        "take_out",
        asks=(Field("file", N_("Save as"), required=True, picks="save"),),
        states=("active",),
    ),
    Action(
        "remove",
        N_("Remove"),
        "remove",
        asks=(REASON,),
        states=("active",),
        danger=True,
        help=N_("The file is destroyed; that it was there stays in the journal."),
    ),
)


class OnePaperError(DomainError):
    """Papers are shown and taken out one by one. Nothing was written; choose one."""


def attach_action(what: tuple[Choice, ...], default: str = "evidence") -> Action:
    """Return the action that attaches a file to a record, as one of these kinds."""
    return Action(
        "attach",
        N_("Attach a file"),
        "attach",
        asks=(
            Field(
                "what", N_("What it is"), Kind.CHOICE, choices=what, required=True, default=default
            ),
            Field("file", N_("File"), required=True, picks="open"),
        ),
        help=N_("Kept sealed in the vault; the file you chose stays where it is."),
    )


def filed_fields(what: tuple[Choice, ...], *links: Field) -> tuple[Field, ...]:
    """Return the fields of a register of papers: its kinds, and the links to what they prove."""
    return (
        Field("what", N_("What it is"), Kind.CHOICE, choices=what, computed=True, in_form=False,
              width=160),
        Field("name", N_("File name"), audience=Audience.OFFICE, slot=SLOT_NAME, computed=True,
              in_form=False, width=240),
        *links,
        Field("bytes", N_("Bytes"), Kind.INTEGER, computed=True, in_form=False, in_table=False),
        Field("added_on", N_("Added"), Kind.DATE, computed=True, in_form=False, width=105),
        Field("digest", N_("SHA-256"), computed=True, in_form=False, in_table=False),
    )  # fmt: skip


def link(name: str, label: str, to: str, width: int = 150) -> Field:
    """Return the field of a record that a paper belongs to."""
    return Field(name, label, Kind.LINK, links_to=to, computed=True, in_form=False, width=width)


class Filed(Records):
    """Service of sealed papers."""

    LINKS: ClassVar[Mapping[str, str]]  # the column that names a record of a register
    ATTACHED: ClassVar[str]  # what the journal calls it
    TAKEN_OUT: ClassVar[str]

    def attach(
        self, change: Change, register: str, number: int, file: str, what: str, **also: int
    ) -> int:
        """Seal a file, 50 MiB at most, with a record of a register; return the paper's number.

        ``also`` names further columns and the records they point to.
        """
        found = incoming.read(file)
        return self.keep(change, register, number, found.data, found.name, what, **also)

    def keep(
        self,
        change: Change,
        register: str,
        number: int,
        data: bytes,
        name: str,
        what: str,
        **also: int,
    ) -> int:
        """Seal data under a file's name with a record of a register."""
        paper: int = self.vault.new_ids()[0]
        stored: dict[str, Any] = {
            **{column: at for column, at in also.items() if at},
            self.LINKS[register]: number,
        }
        change.sql.execute(
            insert(self.table).values(
                id=paper,
                state="active",
                what=what,
                bytes=len(data),
                added_on=self.desk.today(),
                digest=sha256(data).hexdigest(),
                file=attachments.store(self.vault, OFFICE, paper, data, media_type(name, data)),
                **stored,
            )
        )
        self.vault.payloads.put(OFFICE, paper, {SLOT_NAME: name})
        change.note("record.created", self.register.name, paper)
        change.note(self.ATTACHED, register, number, details={"what": what})
        return paper

    def of(self, register: str, number: int, *what: str) -> list[Row]:
        """Return the papers on file with a record, oldest first; of some kinds or of all."""
        t = self.table
        wanted = select(t.c.id).where(t.c[self.LINKS[register]] == number, t.c.state == "active")
        if what:
            wanted = wanted.where(t.c.what.in_(what))
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(t.c.id)).scalars()))

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the names of the files; what they belong to is not looked at."""
        found = self.vault.payloads.read_many(OFFICE, list(numbers))
        return {number: found.get(number, {}).get(SLOT_NAME, "") for number in numbers}

    def content(self, ref: str) -> tuple[str, bytes]:
        """Return name and content of a paper."""
        (row,) = self.rows([self.number(ref)])
        return str(row.values["name"]), attachments.read(self.vault, self._file(row.id))

    def show(self, refs: Sequence[str]) -> Outcome:
        """Return a paper as it was attached."""
        if len(refs) != 1:
            raise OnePaperError
        name, data = self.content(refs[0])
        return Outcome(name, tuple(refs), Shown(name, name, data))

    def take_out(self, refs: Sequence[str], *, file: str) -> Outcome:
        """Write a paper out of the vault."""
        if len(refs) != 1:
            raise OnePaperError
        path = Path(file).expanduser().absolute()
        system.refuse_inside_vault(path)
        name, data = self.content(refs[0])
        with self.desk.change() as change:
            change.note(self.TAKEN_OUT, self.register.name, self.number(refs[0]))
            with system.explained(path):
                system.atomic_write(path, data, 0o600)
        return Outcome(_(N_("{name} written to {path}")).format(name=name, path=path), tuple(refs))

    def remove(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Destroy papers that do not belong here."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self.require_removable(row)
                names = attachments.forget(self.vault, row.id)
                self.vault.payloads.drop(OFFICE, row.id)
                t = self.table
                gone = update(t).where(t.c.id == row.id).values(state="destroyed", file=None)
                change.sql.execute(gone)
                change.note("record.voided", self.register.name, row.id, reason=reason)
                if names:
                    change.afterwards.add(lambda: attachments.sweep(self.vault))
        return Outcome(_(N_("File destroyed")), tuple(refs))

    def require_removable(self, row: Row) -> None:
        """Refuse to destroy a paper that something stands on."""

    def _file(self, number: int) -> str:
        sql = f"SELECT file FROM {self.table.name} WHERE id = ?"
        return str(self.vault.raw.execute(sql, (number,)).fetchone()[0] or "")
