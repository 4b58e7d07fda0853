"""The books of custody copies: which was made when, in place of which, and where it goes."""

from __future__ import annotations

from privdesk.flows import keepers
from privdesk.registers.desk import Change, Desk
from privdesk.vault.epoch import EpochSecret

MAKING = "making"  # its file is being written, or was when the program died


def record_custody(
    change: Change,
    secret: EpochSecret,
    kind: str,
    place: str = "",
    keeper: str = "",
    state: str = "held",
) -> int:
    """Enter a new custody copy into the books, with place and keeper; return its number.

    Older copies stay *to be destroyed* until somebody confirms that they were
    (``custody.destroyed``). ``state`` is ``MAKING`` while nobody knows whether its file is there.
    """
    desk = change.desk
    number = next_custody(desk)
    desk.vault.raw.execute(
        "INSERT INTO custody_copies (id, epoch, kind, place, issued_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (number, secret.epoch, kind, place, desk.now().isoformat(), state),
    )
    keepers.put(change, number, keeper)
    return number


def replaced(desk: Desk, epoch: int, kind: str) -> tuple[str, str]:
    """Return number and place of the copy whose place that of a roll to ``epoch`` takes.

    It is the newest one of the epoch before, of the same kind where there is one; a lost
    copy leaves no place. Both are empty where there is none.
    """
    sql = (
        "SELECT id, place FROM custody_copies WHERE epoch = ? AND state <> 'lost'"
        " ORDER BY kind = ? DESC, id DESC LIMIT 1"
    )
    row = desk.vault.raw.execute(sql, (epoch - 1, kind)).fetchone()
    return (f"C-{row[0]}", str(row[1])) if row else ("", "")


def keeper_of(desk: Desk, copy: str) -> str:
    """Return who keeps a copy (``C-3``), empty where nobody was named."""
    return keepers.names(desk).get(int(copy[2:]), "") if copy else ""


def next_custody(desk: Desk) -> int:
    """Return the number the next custody copy will have."""
    row = desk.vault.raw.execute("SELECT max(id) FROM custody_copies").fetchone()
    return int(row[0] or 0) + 1


def outdated(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return number and place of each copy that has to be destroyed, oldest first."""
    sql = "SELECT id, place FROM custody_copies WHERE state = 'to-replace' ORDER BY id"
    rows = desk.vault.raw.execute(sql).fetchall()
    return tuple((f"C-{number}", str(place)) for number, place in rows)
