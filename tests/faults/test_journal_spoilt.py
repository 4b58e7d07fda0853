"""A journal that somebody wrote into, with all keys of the file: verify names each entry.

Altered, left out, doubled, set in another place, cut off the end, signed anew by another officer:
at random entries, each named by its number; a printed checkpoint says it once more.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.journal import verify
from privdesk.journal.checkpoint import Checkpoint
from privdesk.journal.merkle import Frontier, leaf_hash
from privdesk.registers.desk import Desk
from tests.copies import copy_of, copy_office, open_as, switch_to
from tests.desks import ALICE, BORA
from tests.faults.test_moved_values import undone

SHORT, LONG = 4, 150  # of each kind
ENTRIES = 120
ALTERATIONS = (
    "at = strftime('%Y-%m-%dT%H:%M:%S', at, '-1 day')",
    "person = person + 1",
    "workstation = workstation || 'x'",
    "action = 'record.looked'",
    "register = 'courses'",
    "record = coalesce(record, 0) + 1",
    "ref = ref || '1'",
    "case_ref = case_ref || 'R'",
    'fields = \'["name", "phone"]\'',
    "count = count + 1",
    "details_digest = 'ab'",
)


def _written(folder: Path) -> Desk:
    """Make an office whose two officers wrote by turns, some entries in one transaction."""
    desk = open_as(copy_office(folder))
    for turn in range(ENTRIES // 15):
        for n in range(5):
            with desk.change() as change:
                change.note("record.changed", "places", 7, reason=f"turn {turn}, {n}")
                if n % 2:
                    change.note("record.changed", "purposes", 8)
        desk = switch_to(desk, (BORA, ALICE)[turn % 2])
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the second officer's desk, with a journal of some length."""
    opened = open_as(copy_of(_written, tmp_path), BORA)
    yield opened
    opened.vault.close()


def altered(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Change one column of an entry."""
    change = rng.choice(ALTERATIONS)
    desk.vault.raw.execute(f"UPDATE journal SET {change} WHERE number = ?", (number,))
    return verify.Fault(number, verify.ALTERED)


def left_out(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Take an entry out."""
    desk.vault.raw.execute("DELETE FROM journal WHERE number = ?", (number,))
    return verify.Fault(number, verify.MISSING)


def left_out_and_closed(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Take an entry out and move the others up."""
    left_out(desk, number, rng)
    _shift(desk, number, -1)
    return verify.Fault(number, verify.MISSING)


def doubled(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Put an entry in once more behind itself."""
    raw = desk.vault.raw
    _shift(desk, number, 1)
    columns = [row[1] for row in raw.execute("PRAGMA main.table_info(journal)").fetchall()]
    others = ", ".join(c for c in columns if c != "number")
    raw.execute(
        f"INSERT INTO journal (number, {others}) SELECT number + 1, {others} FROM journal"
        " WHERE number = ?",
        (number,),
    )
    return verify.Fault(number + 1, verify.DOUBLED)


def reordered(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Let two entries change places."""
    for old, new in ((number, -1), (number + 1, number), (-1, number + 1)):
        desk.vault.raw.execute("UPDATE journal SET number = ? WHERE number = ?", (new, old))
    return verify.Fault(number, verify.MOVED)


def cut(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Cut off the end."""
    desk.vault.raw.execute("DELETE FROM journal WHERE number >= ?", (number,))
    return verify.Fault(number, verify.CUT)


def cut_with_care(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Cut off the end, with its signatures; only paper tells."""
    raw = desk.vault.raw
    sql = "SELECT max(size) FROM journal_heads WHERE size < ?"
    (size,) = raw.execute(sql, (number,)).fetchone()
    raw.execute("DELETE FROM journal WHERE number > ?", (size,))
    raw.execute("DELETE FROM journal_heads WHERE size > ?", (size,))
    frontier = Frontier()
    for entry in desk.journal.entries(0, size):
        frontier.add(leaf_hash(entry.canonical()))
    raw.execute("UPDATE journal_frontier SET body = ?", (frontier.to_bytes(),))
    return verify.Fault(size + 1, verify.CUT)


def signed_anew(desk: Desk, number: int, rng: random.Random) -> verify.Fault:
    """Change an entry of the other officer and sign all that follows with one's own key."""
    raw, frontier = desk.vault.raw, Frontier()
    own = desk.vault.person.id
    sql = "SELECT min(number) FROM journal WHERE number >= ? AND person <> ?"
    (number,) = raw.execute(sql, (number, own)).fetchone()
    raw.execute("UPDATE journal SET workstation = 'elsewhere' WHERE number = ?", (number,))
    sql = "SELECT size FROM journal_heads WHERE size >= ? ORDER BY size"
    sizes = [size for (size,) in raw.execute(sql, (number,)).fetchall()]
    raw.execute("DELETE FROM journal_heads WHERE size >= ?", (number,))
    for entry in desk.journal.entries(0, 10_000):
        frontier.add(leaf := leaf_hash(entry.canonical()))
        raw.execute("UPDATE journal SET leaf = ? WHERE number = ?", (leaf, entry.number))
        if entry.number in sizes:
            desk.journal._sign(frontier)
    raw.execute("UPDATE journal_frontier SET body = ?", (frontier.to_bytes(),))
    return verify.Fault(sizes[0], verify.FOREIGN)


KINDS = (
    altered,
    left_out,
    left_out_and_closed,
    doubled,
    reordered,
    cut,
    cut_with_care,
    signed_anew,
)


def _shift(desk: Desk, behind: int, by: int) -> None:
    raw = desk.vault.raw
    raw.execute("UPDATE journal SET number = -number WHERE number > ?", (behind,))
    raw.execute("UPDATE journal SET number = ? - number WHERE number < 0", (by,))


def named(desk: Desk, wanted: verify.Fault, printed: Checkpoint) -> bool:
    """Whether verify names the entry, and that the paper's history is gone."""
    found = verify.verify(desk.vault, printed)
    assert found.contains_checkpoint is False
    assert found.missing is not None
    if wanted.what == verify.CUT and not found.faults:
        return (found.missing.entry, found.missing.what) == (wanted.entry, wanted.what)
    first = found.faults[0]
    return first.entry == wanted.entry and wanted.what in [
        fault.what for fault in found.faults if fault.entry == wanted.entry
    ]


def spoilt(desk: Desk, count: int, seed: int) -> Counter[str]:
    """Spoil the journal at random entries; return how often each kind was named by number."""
    rng, size, found = random.Random(seed), desk.journal.frontier().size, Counter[str]()
    printed = desk.journal.checkpoint()
    for kind in KINDS:
        for _time in range(count):
            number = rng.randrange(size // 4, size - 12)
            with undone(desk):
                wanted = kind(desk, number, rng)
                assert named(desk, wanted, printed), (kind.__name__, wanted)
                found[kind.__name__] += 1
        whole = verify.verify(desk.vault, printed)  # so that it can fail
        assert whole.faults == ()
        assert whole.contains_checkpoint
    return found


def test_each_entry_that_was_spoilt_is_named(desk: Desk) -> None:
    assert set(spoilt(desk, SHORT, 3).values()) == {SHORT}


@pytest.mark.faults
def test_at_full_count_each_entry_that_was_spoilt_is_named(desk: Desk) -> None:
    found = spoilt(desk, LONG, 4)
    print(f"journal spoilt: {found.total()} times in {len(found)} ways, each entry named")
