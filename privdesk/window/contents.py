"""What a set takes and leaves out, counted and shown by a few masked lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from privdesk.core import references
from privdesk.core.i18n import N_, _, current
from privdesk.flows import choosing, destroying, orders
from privdesk.flows.choosing import Line, Set
from privdesk.flows.unexpected import Days, counted_early, days_of, is_early, lines_of
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.commands import Content, Lot, Planned, Sample, Scope
from privdesk.registers.destructions.lists import people_in

Told = Mapping[str, Any]
COPY = N_("Custody copy {number}")
ACCOUNT = N_("Account {account} on {station}")
_TAKEN, _LEFT = 8, 4  # sample lines
_COLUMNS = "id, subject, file, purpose, state, kept_until"
_LIVING = "state IN ('active', 'held', 'law')"


def found(desk: Desk, scope: Scope) -> Set:
    """Return the set of a scope; one without anything to destroy still tells what stays."""
    try:
        return choosing.choose(
            desk,
            due_on=scope.due_on,
            refs=scope.refs,
            file=scope.file or None,
            part=scope.part,
        )
    except choosing.NothingToDestroyError:
        return Set("none", tuple(choosing.judged(desk, _staying(desk, scope), scope.due_on)))


def _staying(desk: Desk, scope: Scope) -> list[Any]:
    """Return the holdings that were looked at and cannot go."""
    raw = desk.vault.raw
    if scope.file:
        sql, value = f"file = ? AND {_LIVING}", references.number(scope.file)
        return list(raw.execute(f"SELECT {_COLUMNS} FROM holdings WHERE {sql}", (value,)))
    rows: dict[int, Any] = {}
    for ref in scope.refs:
        prefix, number = references.parse(ref)
        column = "subject" if prefix == "S" else "id"
        sql = f"SELECT {_COLUMNS} FROM holdings WHERE {column} = ? AND {_LIVING}"
        rows.update((row[0], row) for row in raw.execute(sql, (number,)))
    return list(rows.values())


def planned(desk: Desk, chosen: Set) -> tuple[Planned, ...]:
    """Return the orders that a request would draw up."""
    goals = orders.destinations(desk, chosen)
    titles = _titles(desk, "files", [file for files in goals.values() for file in files])
    places = _titles(desk, "places", list(goals))
    return tuple(
        Planned(
            places.get(place, ""),
            ", ".join(titles.get(file, "") for file in files),
            people_in(files) or chosen.counted,
        )
        for place, files in goals.items()
    )


def of_set(desk: Desk, chosen: Set) -> Content:
    """Return what a set that was just chosen holds."""
    return _content(desk, chosen.lines, chosen.file, chosen.counted)


def of_destruction(desk: Desk, number: int) -> Content:
    """Return what a destruction's set holds, before and after it was executed."""
    values = desk.service("destructions").rows([number])[0].values
    file = references.number(values["file"]) if values.get("file") else None
    return _content(desk, lines_of(desk, number), file, orders.counted(desk, number))


def closings(desk: Desk) -> tuple[str, ...]:
    """Return the custody copies and accounts that still open an older epoch."""
    raw = desk.vault.raw
    copies = raw.execute("SELECT id FROM custody_copies WHERE state = 'to-replace' ORDER BY id")
    epoch = int(desk.vault.meta("epoch") or 1)
    holders = raw.execute(
        "SELECT workstation, account FROM holders WHERE epoch < ? AND state = 'held' ORDER BY id",
        (epoch,),
    )
    named = [_(COPY).format(number=f"C-{row[0]}") for row in copies.fetchall()]
    named += [_(ACCOUNT).format(account=row[1], station=row[0]) for row in holders.fetchall()]
    return tuple(named)


def _content(desk: Desk, lines: Sequence[Line], file: int | None, counted: int) -> Content:
    taken = [line for line in lines if not line.why]
    left: dict[str, set[int]] = {}
    for line in lines:
        if line.why:
            left.setdefault(line.why, set()).add(line.subject)
    people = len({line.subject for line in taken}) + counted
    purposes = {line.purpose for line in taken if line.purpose}
    early_counted = counted_early(desk, file) if counted and file is not None else []
    if counted and file is not None:
        row = desk.service("files").rows([file])[0]
        purposes.add(references.number(row.values["purpose"]))
    days = days_of(desk, taken)
    today = desk.today()
    early = {line.holding for line in taken if is_early(days, line, today)}
    shown = [*taken[:_TAKEN], *[li for li in lines if li.why][:_LEFT]]
    return Content(
        people=people,
        holdings=len(taken),
        items=_items(desk, purposes),
        lots=_lots(desk, taken, days, file, counted),
        left_out=tuple((why, len(people)) for why, people in sorted(left.items())),
        samples=_samples(desk, shown, early),
        early=len({line.subject for line in taken if line.holding in early})
        + sum(one.people for one in early_counted),
    )


def _items(desk: Desk, purposes: Iterable[int]) -> tuple[str, ...]:
    numbers = sorted(destroying.items_of(desk, purposes))
    english = current() == "en"
    rows = desk.service("items").rows(numbers)
    return tuple(str((english and row.values.get("name_en")) or row.values["name"]) for row in rows)


def _lots(
    desk: Desk, taken: Sequence[Line], days: Days, file: int | None, counted: int
) -> tuple[Lot, ...]:
    grouped: dict[tuple[int, int], list[Line]] = {}
    for line in taken:
        grouped.setdefault((line.file, line.purpose), []).append(line)
    files = _titles(desk, "files", [f for f, _p in grouped if f] + ([file] if file else []))
    purposes = _titles(desk, "purposes", [p for _f, p in grouped if p])
    found_lots = [
        Lot(
            files.get(key[0], ""),
            purposes.get(key[1], ""),
            len({line.subject for line in lines}),
            len(lines),
            min((day for li in lines if (day := days.get(li.holding))), default=None),
        )
        for key, lines in sorted(grouped.items())
    ]
    if counted and file is not None:
        row = desk.service("files").rows([file])[0]
        purpose = row.titles.get("purpose", "")
        found_lots.append(Lot(files[file], purpose, counted, counted, row.values.get("due_on")))
    return tuple(found_lots)


def _samples(desk: Desk, lines: Sequence[Line], early: Collection[int]) -> tuple[Sample, ...]:
    people = _titles(desk, "subjects", [line.subject for line in lines])
    files = _titles(desk, "files", [line.file for line in lines if line.file])
    purposes = _titles(desk, "purposes", [line.purpose for line in lines if line.purpose])
    held = desk.service("holdings").rows([line.holding for line in lines if line.holding > 0])
    due = {row.id: row.values.get("due_on") for row in held}
    return tuple(
        Sample(
            references.make("S", line.subject),
            people.get(line.subject, ""),
            files.get(line.file, ""),
            purposes.get(line.purpose, ""),
            due.get(line.holding),
            line.why,
            line.holding in early,
        )
        for line in lines
    )


def _titles(desk: Desk, register: str, numbers: Sequence[int]) -> dict[int, str]:
    told: dict[int, str] = desk.service(register).titles(sorted(set(numbers)))
    return told
