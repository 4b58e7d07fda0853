"""The destroying transaction: keys, payloads, lines and attachments go, tombstones stay.

An item's key dies with the last living holding that needs the item; a person without any
living holding becomes a tombstone that says nothing but number, state and certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privdesk.core import references
from privdesk.flows import consentends, correction, forgetting, orders
from privdesk.flows.choosing import Line, judged, lives
from privdesk.flows.verifying import Traces
from privdesk.journal.log import row_digest
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import rules
from privdesk.registers.destructions.service import LATER
from privdesk.registers.documents.fields import OF_MANY
from privdesk.ui.progress import Progress
from privdesk.vault.payloads import OFFICE, PEOPLE
from privdesk.vault.search import index

BATCH = 10_000
_LIVING = "('active', 'held', 'law')"
_TOLD = (  # whose reasons in the journal go with the people
    ("subjects", "SELECT id FROM temp.gone"),
    ("holdings", "SELECT id FROM holdings WHERE subject IN (SELECT id FROM temp.gone)"),
    ("consents", "SELECT id FROM consents WHERE subject IN (SELECT id FROM temp.gone)"),
    ("retrievals", "SELECT id FROM retrievals WHERE subject IN (SELECT id FROM temp.gone)"),
    ("corrections", "SELECT id FROM corrections WHERE subject IN (SELECT id FROM temp.gone)"),
    ("freezes", "SELECT id FROM freezes WHERE subject IN (SELECT id FROM temp.gone)"),
    ("provisions", "SELECT id FROM provisions WHERE subject IN (SELECT id FROM temp.gone)"),
)


@dataclass(frozen=True)
class Result:
    """What was destroyed: people who are tombstones now, files to unlink after the commit.

    ``traces`` are the destroyed values, in memory only, for the look that follows.
    """

    people: int
    files: list[str]
    traces: Traces


def recheck(change: Change, number: int, progress: Progress) -> list[Line]:
    """Return what may still be destroyed of what was approved; a hold set since keeps a person.

    Raises Cancelled where somebody pressed Cancel meanwhile.
    """
    desk = change.desk
    approved = desk.service("destructions").chosen(number)
    living = _still_living(desk, [holding for holding, _, _ in approved], progress)
    rows = [living[holding] for holding, _, _ in approved if holding in living]
    lines = judged(desk, rows, besides=number)
    taken = [line for line in lines if not line.why]
    rules.require_approved(
        {holding for holding, _, _ in approved}, (line.holding for line in taken)
    )
    for line in lines:
        progress.check()
        if line.why:
            change.sql.exec_driver_sql(
                "UPDATE destruction_holdings SET why = ? WHERE destruction = ? AND holding = ?",
                (LATER + line.why, number, line.holding),
            )
    gone = len(approved) - len(rows)
    if gone or len(taken) < len(lines):
        change.note(
            "destruction.state", "destructions", number, count=len(lines) - len(taken) + gone
        )
    return taken


def destroy(change: Change, number: int, lines: Sequence[Line]) -> Result:
    """Drop keys, values, lines and attachments of ``lines`` in the open transaction."""
    desk = change.desk
    raw = desk.vault.raw
    ref = desk.ref("destructions", number)
    raw.execute("CREATE TEMP TABLE going (holding INTEGER PRIMARY KEY, subject INTEGER)")
    raw.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)")
    try:
        raw.executemany(
            "INSERT INTO temp.going VALUES (?, ?)", [(li.holding, li.subject) for li in lines]
        )
        raw.execute(
            "INSERT INTO temp.gone SELECT DISTINCT g.subject FROM temp.going g WHERE NOT EXISTS"
            " (SELECT 1 FROM holdings h WHERE h.subject = g.subject"
            f" AND h.state IN {_LIVING} AND h.id NOT IN (SELECT holding FROM temp.going))"
        )
        traces = _traces(desk)
        files = _narrow(change, traces)
        consentends.settle(change)
        files += _bury(change, ref)
        files += correction.forget(change, _gone(desk))
        _end_holdings(change, number, ref)
        files += orders.drop_ids(change, number)
        people = int(raw.execute("SELECT count(*) FROM temp.gone").fetchone()[0])
    finally:
        raw.execute("DROP TABLE temp.going")
        raw.execute("DROP TABLE temp.gone")
    for start in range(0, len(lines), BATCH):
        part = lines[start : start + BATCH]
        digest = row_digest(f"{li.holding}|{li.subject}".encode() for li in part)
        change.note("destruction.rows", "destructions", number, count=len(part), rows_digest=digest)
    return Result(people, files, traces)


def entomb(change: Change, subjects: Sequence[int], certificates: Mapping[int, str]) -> list[str]:
    """Make tombstones of people whose keys are gone already, as after a restored backup.

    Return the files to unlink after the commit. ``certificates`` says by person on which
    certificate the destruction stands, where that is known.
    """
    raw = change.desk.vault.raw
    raw.execute("CREATE TEMP TABLE going (holding INTEGER PRIMARY KEY, subject INTEGER)")
    raw.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)")
    try:
        raw.executemany("INSERT INTO temp.gone VALUES (?)", [(number,) for number in subjects])
        raw.execute(
            "INSERT INTO temp.going SELECT id, subject FROM holdings WHERE subject IN"
            f" (SELECT id FROM temp.gone) AND state IN {_LIVING}"
        )
        consentends.settle(change)
        files = _bury(change, "")
        files += correction.forget(change, list(subjects))
        _end_holdings(change, 0, "")
    finally:
        raw.execute("DROP TABLE temp.going")
        raw.execute("DROP TABLE temp.gone")
    known = [(certificates[n], n) for n in subjects if n in certificates]
    raw.executemany("UPDATE subjects SET certificate = ? WHERE id = ?", known)
    raw.executemany("UPDATE holdings SET certificate = ? WHERE subject = ?", known)
    return files


def _traces(desk: Desk) -> Traces:
    traces = Traces()
    numbers = _gone(desk)
    for start in range(0, len(numbers), BATCH):
        part = numbers[start : start + BATCH]
        traces.gather(desk.vault.payloads.read_many(PEOPLE, part).values())
    return traces


def _gone(desk: Desk) -> list[int]:
    return [row[0] for row in desk.vault.raw.execute("SELECT id FROM temp.gone").fetchall()]


def items_of(desk: Desk, purposes: Iterable[int]) -> set[int]:
    """Return the record numbers of the items that these purposes need."""
    service = desk.service("purposes")
    found: set[int] = set()
    for row in service.rows([p for p in purposes if p]):
        refs = (*row.values["required_items"], *row.values["optional_items"])
        found.update(references.number(ref) for ref in refs)
    return found


def _narrow(change: Change, traces: Traces) -> list[str]:
    """Drop the items of people who stay that no living holding of theirs needs any more.

    What was answered to them with these items goes too; return the files to unlink.
    """
    desk = change.desk
    raw = desk.vault.raw
    left: dict[int, set[int]] = {}
    for subject, purpose in raw.execute(
        "SELECT h.subject, h.purpose FROM holdings h WHERE h.subject IN"
        " (SELECT subject FROM temp.going) AND h.subject NOT IN (SELECT id FROM temp.gone)"
        f" AND +h.state IN {_LIVING} AND h.id NOT IN (SELECT holding FROM temp.going)"
    ).fetchall():
        left.setdefault(subject, set()).add(purpose)
    slots = desk.service("subjects").slots()
    needed: dict[frozenset[int], set[int]] = {}
    narrowed: list[int] = []
    for subject, purposes in left.items():
        key = frozenset(purposes)
        if key not in needed:
            needed[key] = {slots[item] for item in items_of(desk, key) if item in slots}
        unneeded = set(slots.values()) - needed[key]
        if needed[key] and unneeded:
            values = desk.vault.payloads.read(PEOPLE, subject)
            traces.gather([{slot: values[slot] for slot in unneeded & values.keys()}])
            desk.vault.payloads.drop(PEOPLE, subject, unneeded)
            narrowed += [subject] if unneeded & values.keys() else []
        change.relist("subjects", subject)
    return forgetting.answers_of(change, narrowed, closed=True)


def _bury(change: Change, ref: str) -> list[str]:
    """Make tombstones of the people without any living holding; return their files."""
    desk = change.desk
    raw = desk.vault.raw
    gone = _gone(desk)
    files = _forget_files(desk)
    files += forgetting.answers_of(change, gone)
    index.delete_lines(raw, gone, rolled=True)
    if desk.setting("block_reimport", True):
        raw.execute(
            "INSERT OR IGNORE INTO blocked_ids (place, digest, why, certificate)"
            " SELECT place, digest, 'destroyed', ? FROM source_ids"
            " WHERE subject IN (SELECT id FROM temp.gone)",
            (ref,),
        )
    raw.execute("DELETE FROM source_ids WHERE subject IN (SELECT id FROM temp.gone)")
    raw.execute(
        "UPDATE subjects SET state = 'destroyed', certificate = ?, language = NULL"
        " WHERE id IN (SELECT id FROM temp.gone)",
        (ref,),
    )
    consentends.keep_proof(change)
    for register, records in _TOLD:
        _drop_owned(
            desk,
            "SELECT details FROM journal WHERE details IS NOT NULL"
            f" AND register = '{register}' AND record IN ({records})",
        )
    return files


def _end_holdings(change: Change, number: int, ref: str) -> None:
    raw = change.desk.vault.raw
    _drop_owned(change.desk, "SELECT holding FROM temp.going")
    raw.execute(
        "UPDATE holdings SET state = 'destroyed', certificate = ?, due_on = NULL"
        " WHERE id IN (SELECT holding FROM temp.going)",
        (ref,),
    )
    raw.execute(
        "UPDATE destruction_holdings SET done = 1 WHERE destruction = ?"
        " AND holding IN (SELECT holding FROM temp.going)",
        (number,),
    )


def _forget_files(desk: Desk) -> list[str]:
    """Drop the books and keys of files and personal papers about the people who go.

    Any kept list with people on it goes too: who is on it is not known, and those who stay
    can be listed again.
    """
    raw = desk.vault.raw
    refs = [
        (desk.ref("subjects", row[0]),)
        for row in raw.execute("SELECT id FROM temp.gone").fetchall()
    ]
    raw.execute("CREATE TEMP TABLE about (ref TEXT PRIMARY KEY)")
    try:
        refs += [(ref,) for ref in consentends.papers_about(desk)]
        raw.executemany("INSERT INTO temp.about VALUES (?)", refs)
        papers = (
            "SELECT id FROM documents WHERE about IN (SELECT ref FROM temp.about) OR"
            f" code IN {OF_MANY} AND file IN (SELECT name FROM attachments WHERE keys = '{PEOPLE}')"
        )
        raw.execute(f"CREATE TEMP TABLE papers AS {papers}")
        owners = "SELECT id FROM temp.gone UNION SELECT id FROM temp.papers"
        names = raw.execute(f"SELECT name FROM attachments WHERE owner IN ({owners})").fetchall()
        raw.execute(f"DELETE FROM attachments WHERE owner IN ({owners})")
        _drop_owned(desk, owners)
        raw.execute(
            "UPDATE documents SET state = 'dropped', file = NULL"
            " WHERE id IN (SELECT id FROM temp.papers)"
        )
        consentends.forget(desk)
    finally:
        raw.execute("DROP TABLE IF EXISTS temp.papers")
        raw.execute("DROP TABLE temp.about")
    return [row[0] for row in names]


def _drop_owned(desk: Desk, owners: str) -> None:
    """Drop keys and sealed values of the owners a query gives."""
    raw = desk.vault.raw
    for table in (f"{PEOPLE}.keys", f"{OFFICE}.keys", "main.payloads"):
        raw.execute(f"DELETE FROM {table} WHERE id IN ({owners})")


def _still_living(
    desk: Desk, holdings: Sequence[int], progress: Progress
) -> dict[int, tuple[object, ...]]:
    found: dict[int, tuple[object, ...]] = {}
    for start in range(0, len(holdings), 900):
        progress.check()
        part = holdings[start : start + 900]
        marks = ",".join("?" * len(part))
        sql = (
            "SELECT id, subject, file, purpose, state, kept_until FROM holdings"
            f" WHERE id IN ({marks}) AND +state IN {_LIVING}"
        )
        found.update((row[0], row) for row in desk.vault.raw.execute(sql, part).fetchall())
    for holding in holdings:
        if holding < 0 and lives(desk, -holding):
            found[holding] = (holding, -holding, 0, 0, "active", None)
    return found
