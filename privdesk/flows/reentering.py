"""After a restore: who was destroyed since stays so; what else happened since waits to be entered.

Corrections, withdrawals, freezes and holds made after the backup become findings; the journal gets
an entry that names the head of the journal that was replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module

from privdesk.core import system
from privdesk.core.clock import office_date
from privdesk.flows import destroying
from privdesk.flows.unpacking import Backup
from privdesk.registers import REGISTERS
from privdesk.registers.desk import Change, Desk
from privdesk.registers.reentries.rules import Reason
from privdesk.vault import attachments
from privdesk.vault.engine import Connection
from privdesk.vault.reviving import Revived

_OF_ITSELF = ("journal", "imports", "reentries")  # nobody enters these
_TAKEN = ("destructions", "orders", "documents")  # what was executed and issued, stays so
_BESIDE = ("destruction_holdings", "destruction_signatures")
_LISTED = 1_000  # records of one register that are named one by one
_APART = {"consents": " AND kind <> 'withdrawn'", "freezes": " AND state <> 'frozen'"}
_SINCE = {Reason.WITHDRAWN: "consents", Reason.FROZEN: "freezes", Reason.HELD: "holdings"}
_WHOSE = {
    Reason.WITHDRAWN: "SELECT DISTINCT subject FROM living.consents WHERE kind = 'withdrawn'"
    " AND id NOT IN (SELECT id FROM main.consents)",
    Reason.FROZEN: "SELECT DISTINCT subject FROM living.freezes WHERE state = 'frozen'"
    " AND id NOT IN (SELECT id FROM main.freezes)",
    Reason.HELD: "SELECT DISTINCT l.subject FROM living.holdings l"
    " JOIN main.holdings m ON m.id = l.id WHERE l.state = 'held' AND m.state <> 'held'",
}


@dataclass
class Since:
    """What the living register knows and the backup does not."""

    certificates: dict[int, str] = field(default_factory=dict)
    people: dict[Reason, list[int]] = field(default_factory=dict)  # of withdrawals and the like
    entered: dict[str, int] = field(default_factory=dict)  # by register
    moved: dict[str, list[int]] = field(default_factory=dict)  # by register, what reads otherwise
    head: str = ""  # the checkpoint of the journal that is replaced

    def look(self, both: Connection) -> None:
        """Read ``living`` beside ``main``."""
        sql = "SELECT id, certificate FROM living.subjects WHERE state = 'destroyed'"
        self.certificates = {n: told for n, told in both.execute(sql).fetchall() if told}
        for reason, sql in _WHOSE.items():
            self.people[reason] = [row[0] for row in both.execute(sql).fetchall() if row[0]]
        for register, table in _tables().items():
            if register in _TAKEN:
                _take(both, table)
                continue
            _end_as_living(both, table)
            apart = _APART.get(register, "")
            sql = (
                f"SELECT count(*) FROM living.{table} WHERE state NOT IN ('void', 'destroyed')"
                f" AND id NOT IN (SELECT id FROM main.{table}){apart}"
            )
            self.entered[register] = both.execute(sql).fetchone()[0]
            sql = (
                f"SELECT id FROM (SELECT * FROM living.{table} EXCEPT SELECT * FROM main.{table})"
                f" WHERE id IN (SELECT id FROM main.{table}) AND state <> 'destroyed' ORDER BY id"
            )
            self.moved[register] = [row[0] for row in both.execute(sql).fetchall()]
        for table in _BESIDE:
            both.execute(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM living.{table}")
        both.execute("INSERT OR IGNORE INTO main.blocked_ids SELECT * FROM living.blocked_ids")
        row = both.execute(
            "SELECT size, lower(hex(root)) FROM living.journal_heads ORDER BY size DESC LIMIT 1"
        ).fetchone()
        self.head = f"{row[0]} {row[1]}" if row else ""


def _take(both: Connection, table: str) -> None:
    """Take over all records of a register, with what is sealed of them and their files."""
    both.execute(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM living.{table}")
    for beside, owner in (("payloads", "id"), ("attachments", "owner")):
        both.execute(
            f"INSERT OR REPLACE INTO main.{beside} SELECT * FROM living.{beside}"
            f" WHERE {owner} IN (SELECT id FROM living.{table})"
        )


def _end_as_living(both: Connection, table: str) -> None:
    """Take over the rows of what was destroyed since: what had no value left there has none here.

    People are buried afterwards, with all that hangs on them.
    """
    if table != "subjects":
        both.execute(
            f"INSERT OR REPLACE INTO main.{table} SELECT * FROM living.{table} WHERE state IN"
            f" ('destroyed', 'dropped') AND id IN (SELECT id FROM main.{table})"
        )


def note(change: Change, backup: Backup, head: str = "") -> None:
    """Say in the journal from which backup the vault was made, and what was replaced."""
    name = system.spoken(backup.file)
    details = {"file": name, "sha256": backup.digest, "made": backup.made.isoformat()}
    details |= {"replaced": head} if head else {}
    change.note("vault.restored", reason=name, details=details)


def unknown(change: Change, backup: Backup) -> None:
    """Write down that nobody knows here what happened since."""
    service = change.desk.service("reentries")
    service.add(change, Reason.UNKNOWN, office_date(backup.made))


def settle(desk: Desk, backup: Backup, revived: Revived, since: Since) -> None:
    """Bury who was destroyed since and write down what is to be entered again."""
    raw = desk.vault.raw
    living = [row[0] for row in raw.execute("SELECT id FROM subjects WHERE state = 'living'")]
    gone = [number for number in living if number in revived.destroyed]
    with desk.change() as change:
        note(change, backup, since.head)
        files = destroying.entomb(change, gone, since.certificates)
        if not revived.readable:
            _end_keyless(change, revived)
        _write_down(change, backup, revived, since)
    attachments.unlink(desk.vault, files)


def _end_keyless(change: Change, revived: Revived) -> None:
    """Where nobody knows how they ended: what has no key left counts as destroyed."""
    for register, table in _tables().items():
        if register not in ("subjects", *_TAKEN) and change.desk.register(register).state(
            "destroyed"
        ):
            rows = [(number,) for number in sorted(revived.destroyed)]
            sql = f"UPDATE {table} SET state = 'destroyed' WHERE id = ?"
            change.desk.vault.raw.executemany(sql, rows)


def _write_down(change: Change, backup: Backup, revived: Revived, since: Since) -> None:
    desk, day = change.desk, office_date(backup.made)
    service = desk.service("reentries")
    if not revived.readable:
        unknown(change, backup)
    changed = set(_owners(desk, revived))
    for register, number in sorted(changed):
        about = desk.ref(register, number)
        service.add(change, Reason.CHANGED, day, about=about, register=register)
    told = {number for numbers in since.people.values() for number in numbers}
    for register, numbers in since.moved.items():
        left = [n for n in numbers if (register, n) not in changed and n not in told]
        if len(left) > _LISTED:
            service.add(change, Reason.MOVED, day, register=register, count=len(left))
            continue
        for number in left:
            about = desk.ref(register, number)
            service.add(change, Reason.MOVED, day, about=about, register=register)
    for reason, numbers in since.people.items():
        register = _SINCE[reason]
        for number in numbers:
            if number not in revived.destroyed and number not in revived.newer:
                about = desk.ref("subjects", number)
                service.add(change, reason, day, about=about, register=register)
    for register, count in since.entered.items():
        if count:
            service.add(change, Reason.ENTERED, day, register=register, count=count)


def _owners(desk: Desk, revived: Revived) -> list[tuple[str, int]]:
    """Return register and number of the records of which a value is missing."""
    found = []
    for register, table in _tables().items() if revived.changed else ():
        if register in _TAKEN:
            continue
        for (number,) in desk.vault.raw.execute(f"SELECT id FROM {table}").fetchall():
            if number in revived.changed:
                found.append((register, number))
    return found


def _tables() -> dict[str, str]:
    """Return the tables of the registers in which people enter something."""
    found = {}
    for register in REGISTERS:
        if register.model and register.name not in _OF_ITSELF:
            module, _colon, name = register.model.partition(":")
            found[register.name] = str(getattr(import_module(module), name).__tablename__)
    return found
