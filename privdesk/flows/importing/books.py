"""The books of the imports: what came in, mappings remembered, the way back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import ngettext
from privdesk.core.register import Outcome
from privdesk.exchange.mapping import Mapping, fingerprint, from_json
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.registers.consents.answers import settle
from privdesk.registers.desk import Change, Desk
from privdesk.registers.imports.fields import SLOT_FILE
from privdesk.registers.imports.model import Import
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import table
from privdesk.vault.search import index

_MANY = ("subjects", "holdings")
OWNED = (
    *("subjects", "holdings", "items", "purposes", "places", "files", "staff", "consents"),
    *("collection-points", "point-items", "wordings"),
    *("safeguards", "audit-findings"),
)


class NothingToUndoError(DomainError):
    """The last import cannot be taken back: something has been built on it, or there is none.
    Nothing was changed; correct the records themselves, or import a corrected list.
    """


def expected(source: Source) -> int:
    """Return about how many rows a list has, from its size."""
    return max(len(source.sample), source.size // 60)


def enter(
    change: Change,
    register: str,
    source: Source,
    mapping: Mapping,
    report: Report,
    first: int,
    stop: int,
) -> int:
    """Enter an import into the books and the journal."""
    desk = change.desk
    number = desk.vault.new_ids()[0]
    change.sql.execute(
        insert(table(Import)).values(
            id=number,
            state="done",
            register=register,
            rows=report.rows,
            new=report.new,
            changed=report.changed,
            rejected=report.rejected,
            blocked=report.blocked,
            first=first,
            stop=stop,
            entry=desk.journal.frontier().size + len(change.notes) + 1,
            fingerprint=fingerprint(source.header),
            mapping=mapping.to_json(),
        )
    )
    desk.vault.payloads.put(OFFICE, number, {SLOT_FILE: source.name})
    reason = f"{source.name}"
    change.note("import.made", "imports", number, reason=reason, count=report.rows)
    if report.rejects_file:
        change.note("export.made", register, reason=reason, count=report.rejected + report.blocked)
    return number


def remembered(desk: Desk, register: str, header: Sequence[str]) -> Mapping | None:
    """Return the mapping last used for a list with these columns."""
    t = table(Import)
    statement = (
        select(t.c.mapping)
        .where(t.c.register == register, t.c.fingerprint == fingerprint(header))
        .order_by(t.c.id.desc())
        .limit(1)
    )
    with desk.vault.reading() as sql:
        found = sql.execute(statement).scalar_one_or_none()
    return from_json(found) if found else None


def undoable(desk: Desk) -> int | None:
    """Return the number of the last import if nothing has been built on it."""
    t = table(Import)
    statement = select(t).order_by(t.c.id.desc()).limit(1)
    with desk.vault.reading() as sql:
        row = sql.execute(statement).mappings().one_or_none()
    if row is None or row["state"] != "done" or row["changed"] or row["stop"] <= row["first"]:
        return None
    sql_text = (
        "SELECT 1 FROM journal WHERE number > ? AND record >= ? AND record < ?"
        " AND action NOT IN ('record.looked', 'record.searched') LIMIT 1"
    )
    raw = desk.vault.raw
    touched = raw.execute(sql_text, (row["entry"], row["first"], row["stop"])).fetchone()
    built = touched or _linked(desk, row["first"], row["stop"])
    return None if built else int(row["id"])


def _linked(desk: Desk, first: int, stop: int) -> bool:
    """Return whether a record from elsewhere names one that the import made."""
    outside = "(id < ? OR id >= ?)"
    checks: list[tuple[str, tuple[int, ...]]] = [
        ("SELECT 1 FROM destruction_holdings WHERE {} >= ? AND {} < ?".format(*[name] * 2), ())
        for name in ("holding", "subject")
    ]
    for register in desk.registers.values():
        for field in register.fields:
            if field.links_to is None or field.sealed or field.computed:
                continue
            of = f"SELECT 1 FROM {desk.service(register.name).table.name} WHERE {outside} AND"
            for span, ref in _made(desk, field.links_to, first, stop):
                if field.kind is Kind.LINK:
                    checks.append((f"{of} {field.name} >= ? AND {field.name} < ?", span))
                elif field.kind is Kind.LINKS and ref:
                    checks.append((f"{of} {field.name} LIKE '%{ref}%'", ()))
    raw = desk.vault.raw
    return any(
        raw.execute(f"{sql} LIMIT 1", (first, stop, *more)).fetchone() for sql, more in checks
    )


def _made(desk: Desk, register: str, first: int, stop: int) -> list[tuple[tuple[int, int], str]]:
    """Return the ranges of a register's new records with their references: people in one range."""
    if register in _MANY:
        return [((first, stop), "")]
    sql = f"SELECT id FROM {desk.service(register).table.name} WHERE id >= ? AND id < ?"
    rows = desk.vault.raw.execute(sql, (first, stop)).fetchall()
    return [((n, n + 1), desk.ref(register, n)) for (n,) in rows]


def undo(desk: Desk) -> Outcome:
    """Take the last import back: its records, keys and lines go as if it had not been."""
    desk.require("officer")
    number = undoable(desk)
    if number is None:
        raise NothingToUndoError
    t = table(Import)
    raw = desk.vault.raw
    with desk.change() as change:
        row = change.sql.execute(select(t).where(t.c.id == number)).mappings().one()
        span = (row["first"], row["stop"])
        numbers = [
            r[0]
            for r in raw.execute(
                "SELECT id FROM subjects WHERE id >= ? AND id < ?", span
            ).fetchall()
        ]
        index.delete_lines(raw, numbers)
        raw.execute("DELETE FROM source_ids WHERE subject >= ? AND subject < ?", span)
        answered = raw.execute(
            "SELECT DISTINCT subject FROM consents WHERE id >= ? AND id < ?", span
        ).fetchall()
        for name in OWNED:
            raw.execute(
                f"DELETE FROM {desk.service(name).table.name} WHERE id >= ? AND id < ?", span
            )
        for keys in ("keys_people.keys", "keys_office.keys", "main.payloads"):
            raw.execute(f"DELETE FROM {keys} WHERE id >= ? AND id < ?", span)
        settle(change.sql, desk.service("consents").table, [row[0] for row in answered])
        desk.service("audits").settle_all(change)
        change.sql.execute(update(t).where(t.c.id == number).values(state="undone"))
        desk.vault.keys_wait(desk.now().isoformat())
        change.note("import.undone", "imports", number, count=len(numbers))
    message = ngettext("{n} person taken back", "{n} people taken back", len(numbers))
    return Outcome(message, (desk.ref("imports", number),))
