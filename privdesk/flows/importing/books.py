"""The books of the imports: what came in, mappings remembered, the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import insert, or_, select, update

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import ngettext
from privdesk.core.register import Outcome
from privdesk.exchange.mapping import Mapping, fingerprint, from_json
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.registers.desk import LOOKS, Change, Desk
from privdesk.registers.imports.fields import SLOT_FILE
from privdesk.registers.imports.model import Import
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import table

_MANY = ("subjects", "holdings")  # so many that no field names several of them


class NothingToUndoError(DomainError):
    """The last import cannot be taken back: it changed records that were here before, or there is
    none. Nothing was changed; correct the records themselves, or import a corrected list.
    """


class BuiltOnError(NothingToUndoError):
    """The last import cannot be taken back: {what} has been built on it. Nothing was changed;
    correct the records themselves, or import a corrected list.
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
    try:
        return require_undoable(desk)
    except NothingToUndoError:
        return None


def require_undoable(desk: Desk) -> int:
    """Return the number of the last import.

    Raises:
        NothingToUndoError: there is none, or it changed what was here before.
        BuiltOnError: says what has been built on it.
    """
    t = table(Import)
    did = or_(t.c.new > 0, t.c.changed > 0)  # a list that changed nothing hides no earlier one
    statement = select(t).where(did).order_by(t.c.id.desc()).limit(1)
    with desk.vault.reading() as sql:
        row = sql.execute(statement).mappings().one_or_none()
    if row is None or row["state"] != "done" or row["changed"] or row["stop"] <= row["first"]:
        raise NothingToUndoError
    span = (row["first"], row["stop"])
    if _moved_others(desk, row["register"], row["entry"], *span):
        raise NothingToUndoError
    marks = ",".join("?" * len(LOOKS))
    sql_text = (
        "SELECT ref FROM journal WHERE number > ? AND record >= ? AND record < ?"
        f" AND action NOT IN ({marks}) LIMIT 1"
    )
    touched = desk.vault.raw.execute(sql_text, (row["entry"], *span, *LOOKS)).fetchone()
    what = touched[0] if touched else _linked(desk, *span)
    if what:
        raise BuiltOnError(what=what)
    return int(row["id"])


def _moved_others(desk: Desk, register: str, entry: int, first: int, stop: int) -> bool:
    """Return whether an import changed records that were here before and stay as it left them."""
    raw, settles = desk.vault.raw, desk.service(register).settles
    begun = "SELECT coalesce(max(size), 0) FROM journal_heads WHERE size < ?"
    (before,) = raw.execute(begun, (entry,)).fetchone()
    sql = (
        "SELECT register FROM journal WHERE number > ? AND number < ? AND record IS NOT NULL"
        " AND (record < ? OR record >= ?) GROUP BY register"
    )
    found = {name for (name,) in raw.execute(sql, (before, entry, first, stop)).fetchall()}
    return bool(found - set(settles))


def _linked(desk: Desk, first: int, stop: int) -> str:
    """Return a record from elsewhere that names one that the import made, or nothing.

    All records count from one sequence, so a link into the span names one of the import.
    """
    raw, outside, span = desk.vault.raw, "(id < ? OR id >= ?)", (first, stop)
    for register in (one for one in desk.registers.values() if one.model):
        service = desk.service(register.name)
        for field in register.fields:
            if field.links_to is None or field.name not in service.table.c:
                continue
            column = f'"{field.name}"'
            sql = f"SELECT id FROM {service.table.name} WHERE {outside} AND "
            checks: list[tuple[str, tuple[object, ...]]]
            if field.kind is Kind.LINK:
                checks = [(f"{sql} {column} >= ? AND {column} < ?", span)]
            else:
                made = _made(desk, field.links_to, *span)
                checks = [(f"{sql} {column} LIKE ?", (f"%{ref}%",)) for ref in made]
            for asked, values in checks:
                if row := raw.execute(f"{asked} LIMIT 1", (*span, *values)).fetchone():
                    return desk.ref(register.name, row[0])
    return _beside(desk, first, stop)


def _made(desk: Desk, register: str, first: int, stop: int) -> list[str]:
    """Return the references of the records that an import made in a register of few."""
    if register in _MANY:
        return []
    sql = f"SELECT id FROM {desk.service(register).table.name} WHERE id >= ? AND id < ?"
    rows = desk.vault.raw.execute(sql, (first, stop)).fetchall()
    return [desk.ref(register, number) for (number,) in rows]


def _beside(desk: Desk, first: int, stop: int) -> str:
    """Return what names a record of an import without being a link: a destruction, a paper."""
    raw = desk.vault.raw
    for column in ("holding", "subject"):
        sql = f"SELECT destruction FROM destruction_holdings WHERE {column} >= ? AND {column} < ?"
        if row := raw.execute(f"{sql} LIMIT 1", (first, stop)).fetchone():
            return desk.ref("destructions", row[0])
    sql = "SELECT number, about FROM documents WHERE id >= ? AND about <> ''"
    for number, about in raw.execute(sql, (stop,)).fetchall():
        if any(first <= found < stop for found in _numbers(str(about))):
            return str(number)
    return ""


def _numbers(about: str) -> Iterator[int]:
    for word in about.replace(",", " ").split():
        try:
            yield references.number(word)
        except DomainError:
            continue


def undo(desk: Desk) -> Outcome:
    """Take the last import back: its records, keys and lines go as if it had not been."""
    desk.require("officer")
    number = require_undoable(desk)
    t = table(Import)
    raw = desk.vault.raw
    with desk.change() as change:
        row = change.sql.execute(select(t).where(t.c.id == number)).mappings().one()
        span = (row["first"], row["stop"])
        people = raw.execute(
            "SELECT count(*) FROM subjects WHERE id >= ? AND id < ?", span
        ).fetchone()[0]
        for register in desk.registers.values():
            if register.model:
                desk.service(register.name).unmake(change, *span)
        for keys in ("keys_people.keys", "keys_office.keys", "main.payloads"):
            raw.execute(f"DELETE FROM {keys} WHERE id >= ? AND id < ?", span)
        change.sql.execute(update(t).where(t.c.id == number).values(state="undone"))
        desk.vault.keys_wait(desk.now().isoformat())
        change.note("import.undone", "imports", number, count=people or row["new"])
    if people:
        message = ngettext("{n} person taken back", "{n} people taken back", people)
    else:
        message = ngettext("{n} record taken back", "{n} records taken back", row["new"])
    return Outcome(message, (desk.ref("imports", number),))
