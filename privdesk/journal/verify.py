"""Proving the journal: every leaf, every signed head, the frontier, and a printed checkpoint."""

from __future__ import annotations

from dataclasses import dataclass

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


def verify(vault: Vault, printed: Checkpoint | None = None) -> Verified:
    """Recompute the whole journal; needs no key but REGISTER."""
    faults: list[Fault] = []
    heads = _heads(vault)
    frontier = Frontier()
    last = ""
    signed_upto = 0
    roots: dict[int, bytes] = {}
    wanted = printed.size if printed else -1
    for row in vault.raw.execute(f"SELECT {COLUMNS} FROM journal ORDER BY number"):
        entry = read_entry(row)
        leaf = leaf_hash(entry.canonical())
        frontier.add(leaf)
        if entry.number != frontier.size:
            faults.append(Fault(entry.number, N_("an entry before it is missing or doubled")))
            break
        if leaf != row[14]:
            faults.append(Fault(entry.number, N_("it was altered")))
        if entry.at < last:
            faults.append(Fault(entry.number, N_("it is earlier than the entry before it")))
        last = entry.at
        head = heads.get(frontier.size)
        if head is not None:
            signed_upto = frontier.size
            if not _head_holds(vault, frontier, head):
                faults.append(
                    Fault(entry.number, N_("the signature over the journal does not hold"))
                )
        if frontier.size == wanted:
            roots[wanted] = frontier.root()
    if signed_upto != frontier.size or max(heads, default=0) != frontier.size:
        faults.append(Fault(frontier.size, N_("the end of the journal is cut off or not signed")))
    elif Journal(vault).frontier().root() != frontier.root():
        faults.append(Fault(frontier.size, N_("the stored frontier does not fit")))
    contains = None
    if printed is not None:
        contains = printed.vault == vault.id and roots.get(printed.size) == printed.root
        contains = contains and _signature_holds(vault, printed)
    return Verified(frontier.size, len(heads), tuple(faults), contains)


def _heads(vault: Vault) -> dict[int, Checkpoint]:
    rows = vault.raw.execute("SELECT size, root, person, signature FROM journal_heads")
    return {size: Checkpoint(vault.id, size, root, who, sig) for size, root, who, sig in rows}


def _head_holds(vault: Vault, frontier: Frontier, head: Checkpoint) -> bool:
    return frontier.root() == head.root and _signature_holds(vault, head)


def _signature_holds(vault: Vault, head: Checkpoint) -> bool:
    person = vault.header.by_id(head.person)
    message = body(head.vault, head.size, head.root)
    return person is not None and crypto.signed(person.signing, head.signature, message)
