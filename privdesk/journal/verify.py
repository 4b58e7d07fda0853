"""Proving the journal: every leaf, every signed head, the frontier, and a printed checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from privdesk.core.i18n import N_
from privdesk.journal.checkpoint import Checkpoint, body
from privdesk.journal.log import COLUMNS, Journal, read_entry
from privdesk.journal.merkle import Frontier, leaf_hash
from privdesk.vault import crypto
from privdesk.vault.session import Vault


@dataclass(frozen=True)
class Fault:
    """Something that does not fit: the entry's number and what is wrong (a message id)."""

    entry: int
    what: str


@dataclass(frozen=True)
class Verified:
    """What verification found; ``faults`` is empty when the journal is whole."""

    entries: int
    heads: int
    faults: tuple[Fault, ...]
    contains_checkpoint: bool | None = None


ALTERED = N_("it was altered")
DETAILS = N_("its sealed details were altered")
EARLIER = N_("it is earlier than the entry before it")
FOREIGN = N_("it names another person than the one who signed it")
FRONTIER = N_("the stored frontier does not fit")
MISSING = N_("an entry before it is missing or doubled")
UNSIGNED = N_("the end of the journal is cut off or not signed")
SIGNATURE = N_("the signature over the journal does not hold")


def verify(vault: Vault, printed: Checkpoint | None = None) -> Verified:
    """Recompute the whole journal; needs no key but REGISTER."""
    walk = _Walk(vault, printed.size if printed else -1)
    names = ", ".join(f"j.{name.strip()}" for name in COLUMNS.split(","))
    sql = f"SELECT {names}, p.body FROM journal j LEFT JOIN payloads p ON p.id = j.details"
    for row in vault.raw.execute(f"{sql} ORDER BY j.number"):
        if not walk.take(row[:15], row[15]):
            break
    walk.end()
    contains = None
    if printed is not None:
        contains = printed.vault == vault.id and walk.root == printed.root
        contains = contains and _signature_holds(vault, printed)
    return Verified(walk.frontier.size, len(walk.heads), tuple(walk.faults), contains)


class _Walk:
    """One pass over all entries; ``root`` is the root at the size that was asked for."""

    def __init__(self, vault: Vault, wanted: int) -> None:
        self.vault = vault
        self.frontier = Frontier()
        self.faults: list[Fault] = []
        self.heads = _heads(vault)
        self.root: bytes | None = None
        self._wanted = wanted
        self._last = ""
        self._signed = 0
        self._persons: set[int] = set()  # of the entries since the last signed head

    def take(self, row: Sequence[Any], details: bytes | None) -> bool:
        """Check the next entry; return whether the rest can still be followed."""
        number = int(row[0])
        try:
            entry = read_entry(row)
            leaf = leaf_hash(entry.canonical())
        except (ValueError, TypeError):
            self._fault(number, ALTERED)
            return False
        self.frontier.add(leaf)
        if number != self.frontier.size:
            self._fault(number, MISSING)
            return False
        if leaf != row[14]:
            self._fault(number, ALTERED)
        if entry.at < self._last:
            self._fault(number, EARLIER)
        if details is not None and sha256(details).hexdigest() != entry.details_digest:
            self._fault(number, DETAILS)
        self._last = entry.at
        self._persons.add(entry.person)
        self._check_head(number)
        if self.frontier.size == self._wanted:
            self.root = self.frontier.root()
        return True

    def end(self) -> None:
        """Check that the newest entry is signed and that the next one will fit."""
        if self._signed != self.frontier.size or max(self.heads, default=0) != self.frontier.size:
            self._fault(self.frontier.size, UNSIGNED)
        elif _stored_root(self.vault) != self.frontier.root():
            self._fault(self.frontier.size, FRONTIER)

    def _check_head(self, number: int) -> None:
        head = self.heads.get(self.frontier.size)
        if head is None:
            return
        self._signed = self.frontier.size
        if not _head_holds(self.vault, self.frontier, head):
            self._fault(number, SIGNATURE)
        if self._persons != {head.person}:
            self._fault(number, FOREIGN)
        self._persons = set()

    def _fault(self, number: int, what: str) -> None:
        self.faults.append(Fault(number, what))


def _stored_root(vault: Vault) -> bytes | None:
    try:
        return Journal(vault).frontier().root()
    except ValueError:
        return None


def _heads(vault: Vault) -> dict[int, Checkpoint]:
    rows = vault.raw.execute("SELECT size, root, person, signature FROM journal_heads")
    return {size: Checkpoint(vault.id, size, root, who, sig) for size, root, who, sig in rows}


def _head_holds(vault: Vault, frontier: Frontier, head: Checkpoint) -> bool:
    return frontier.root() == head.root and _signature_holds(vault, head)


def _signature_holds(vault: Vault, head: Checkpoint) -> bool:
    person = vault.header.by_id(head.person)
    message = body(head.vault, head.size, head.root)
    return person is not None and crypto.signed(person.signing, head.signature, message)
