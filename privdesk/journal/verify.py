"""Proving the journal: every leaf, every signed head, the frontier, and a printed checkpoint.

Each fault names the entry it is about: altered, missing, doubled, moved to another place,
signed by somebody else, cut off at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from privdesk.core.i18n import N_
from privdesk.journal.checkpoint import Checkpoint, body
from privdesk.journal.log import COLUMNS, Entry, Journal, read_entry
from privdesk.journal.merkle import Frontier, leaf_hash
from privdesk.vault import crypto, lineage
from privdesk.vault.session import Vault

_NEAR = 64  # places before and behind where an entry that was moved is looked for
_SEARCHES = 200  # faulty entries for which that is done


@dataclass(frozen=True)
class Fault:
    """Something that does not fit: the entry's number and what is wrong (a message id).

    ``last`` is the last number where several entries one after another are meant, ``about`` names
    what else than an entry does not fit.
    """

    entry: int
    what: str
    last: int = 0
    about: str = ""

    @property
    def numbers(self) -> str:
        """The number of the entry, or the first and the last; or what else it is about."""
        if self.about:
            return self.about
        return f"{self.entry:,}–{self.last:,}" if self.last > self.entry else f"{self.entry:,}"


@dataclass(frozen=True)
class Verified:
    """What verification found; ``faults`` is empty when the journal is whole.

    ``missing`` says what of a printed checkpoint the journal does not hold any more.
    """

    entries: int
    heads: int
    faults: tuple[Fault, ...]
    contains_checkpoint: bool | None = None
    missing: Fault | None = None


ALTERED = N_("it was altered")
DETAILS = N_("its sealed details were altered")
DOUBLED = N_("it is the entry before it once more")
EARLIER = N_("it is earlier than the entry before it")
FOREIGN = N_("it names another person than the one who signed it")
FRONTIER = N_("the stored frontier does not fit")
MISSING = N_("it is missing")
MOVED = N_("it stands in another place than where it was written")
UNSIGNED = N_("the end of the journal is not signed")
CUT = N_("it was cut off the end of the journal")
SIGNATURE = N_("the signature over the journal does not hold")
OTHER_VAULT = N_("the checkpoint belongs to another vault")
REWRITTEN = N_("at least one of them was altered, left out or added since the paper was printed")
RESTORED = N_(
    "from it on the history is another: the vault was made of an older backup there, and the paper"
    " was printed in the history that was replaced; the entry names backup and replaced head"
)
NOT_SIGNED = N_("the checkpoint itself is not signed by anybody of this vault")


def verify(vault: Vault, printed: Checkpoint | None = None) -> Verified:
    """Recompute the whole journal; needs no key but REGISTER."""
    walk = _Walk(vault, printed.size if printed else -1)
    names = ", ".join(f"j.{name.strip()}" for name in COLUMNS.split(","))
    sql = f"SELECT {names}, p.body FROM journal j LEFT JOIN payloads p ON p.id = j.details"
    for row in vault.raw.execute(f"{sql} ORDER BY j.number"):
        walk.take(row[:15], row[15])
    walk.end()
    found = Verified(walk.last, len(walk.heads), tuple(walk.faults))
    if printed is None:
        return found
    missing = _missing(vault, printed, walk)
    return replace(found, contains_checkpoint=missing is None, missing=missing)


def _missing(vault: Vault, printed: Checkpoint, walk: _Walk) -> Fault | None:
    """Return what of a checkpoint is not there: entries behind the end, or one among all."""
    if printed.vault != vault.id:
        return Fault(printed.size, OTHER_VAULT)
    first = next((f for f in walk.faults if f.entry <= printed.size), None)
    whole = first is None and (printed.size > walk.last or walk.root != printed.root)
    restored = _restored(vault, printed.size) if whole else None
    if restored is not None:
        return Fault(restored, RESTORED)
    if printed.size > walk.last:
        return Fault(walk.last + 1, CUT, printed.size)
    if walk.root != printed.root:
        return first or Fault(1, REWRITTEN, printed.size)
    if not _signature_holds(vault, printed):
        return Fault(printed.size, NOT_SIGNED)
    return None


def _restored(vault: Vault, size: int) -> int | None:
    """Return the last restore up to an entry: what a paper proves behind it may be replaced."""
    sql = "SELECT max(number) FROM journal WHERE action = 'vault.restored' AND number <= ?"
    number = vault.raw.execute(sql, (size,)).fetchone()[0]
    return None if number is None else int(number)


class _Walk:
    """One pass over all entries; ``root`` is the root at the size that was asked for.

    Behind a gap no root can be computed any more; the entries are still looked at one by one.
    """

    def __init__(self, vault: Vault, wanted: int) -> None:
        self.vault = vault
        self.frontier = Frontier()
        self.faults: list[Fault] = []
        self.heads = _heads(vault)
        self.root: bytes | None = None
        self.last = 0
        self._torn = False
        self._at = ""
        self._wanted = wanted
        self._shift = 0  # how far entries were moved up when a gap was closed
        self._searched = 0
        self._signed = 0
        self._persons: set[int] = set()  # of the entries since the last signed head

    def take(self, row: Sequence[Any], details: bytes | None) -> None:
        """Check the next entry."""
        number = int(row[0])
        if number > self.last + 1:
            self._fault(self.last + 1, MISSING, number - 1)
            self._torn = True
        self.last = number
        try:
            entry = read_entry(row)
            leaf = leaf_hash(entry.canonical())
        except (ValueError, TypeError):
            self._fault(number, ALTERED)
            self._torn = True
            return
        self.frontier.add(leaf)
        self._check_leaf(entry, leaf, bytes(row[14]))
        self._check_entry(entry, details)
        self._check_head(number)
        if number == self._wanted and not self._torn:
            self.root = self.frontier.root()

    def end(self) -> None:
        """Check that the newest entry is signed and that the next one will fit."""
        promised = max(self.heads, default=0)
        if promised > self.last:
            self._fault(self.last + 1, CUT, promised)
        elif self._signed != self.last:
            self._fault(self.last, UNSIGNED)
        elif not self._torn and _stored_root(self.vault) != self.frontier.root():
            self._fault(self.last, FRONTIER)

    def _check_leaf(self, entry: Entry, leaf: bytes, stored: bytes) -> None:
        if leaf != stored:
            self._explain(entry, stored)

    def _explain(self, entry: Entry, stored: bytes) -> None:
        """Say of an entry whose leaf does not fit whether it was written in another place."""
        number = entry.number
        if self._written(entry, number + self._shift, stored):
            return  # the gap before was told of already
        self._searched += 1
        near = range(-_NEAR, _NEAR + 1) if self._searched <= _SEARCHES else ()
        place = next((n + number for n in near if self._written(entry, n + number, stored)), None)
        if place is None:
            self._fault(number, ALTERED)
        elif self._stands_before(number, stored):
            self._fault(number, DOUBLED)
            self._shift = place - number
        elif place > number + self._shift and self._closed_up(number, place):
            self._fault(number + self._shift, MISSING, place - 1)
            self._shift = place - number
        else:
            self._fault(number, MOVED)

    def _closed_up(self, number: int, place: int) -> bool:
        """Whether the next entry was moved up as far as this one: a gap that was closed."""
        sql = f"SELECT {COLUMNS} FROM journal WHERE number = ?"
        row = self.vault.raw.execute(sql, (number + 1,)).fetchone()
        if row is None:
            return True
        try:
            return self._written(read_entry(row), place + 1, bytes(row[14]))
        except (ValueError, TypeError):
            return False

    def _stands_before(self, number: int, leaf: bytes) -> bool:
        sql = "SELECT 1 FROM journal WHERE number BETWEEN ? AND ? AND leaf = ?"
        near = (number - _NEAR, number - 1, leaf)
        return self.vault.raw.execute(sql, near).fetchone() is not None

    def _written(self, entry: Entry, number: int, stored: bytes) -> bool:
        return leaf_hash(replace(entry, number=number).canonical()) == stored

    def _check_entry(self, entry: Entry, details: bytes | None) -> None:
        if entry.at < self._at:
            self._fault(entry.number, EARLIER)
        if details is not None and sha256(details).hexdigest() != entry.details_digest:
            self._fault(entry.number, DETAILS)
        self._at = entry.at
        self._persons.add(entry.person)

    def _check_head(self, number: int) -> None:
        head = self.heads.get(number)
        if head is None:
            return
        self._signed = number
        fits = self._torn or self.frontier.root() == head.root
        if not (fits and _signature_holds(self.vault, head)):
            self._fault(number, SIGNATURE)
        if self._persons != {head.person}:
            self._fault(number, FOREIGN)
        self._persons = set()

    def _fault(self, number: int, what: str, last: int = 0) -> None:
        self.faults.append(Fault(number, what, last if last > number else 0))


def _stored_root(vault: Vault) -> bytes | None:
    try:
        return Journal(vault).frontier().root()
    except ValueError:
        return None


def _heads(vault: Vault) -> dict[int, Checkpoint]:
    rows = vault.raw.execute("SELECT size, root, person, signature FROM journal_heads")
    return {size: Checkpoint(vault.id, size, root, who, sig) for size, root, who, sig in rows}


def _signature_holds(vault: Vault, head: Checkpoint) -> bool:
    person = vault.header.by_id(head.person)
    message = body(head.vault, head.size, head.root)
    if person is None or not lineage.signs(vault.header, person):
        return False
    return crypto.signed(person.signing, head.signature, message)
