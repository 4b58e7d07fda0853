"""Proof: the journal is whole, it holds a printed checkpoint, and a paper is as it was issued."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.filekinds import is_pdf
from privdesk.core.i18n import N_, _
from privdesk.documents.inspection import Inspection, inspect_pdf
from privdesk.flows import losing
from privdesk.flows.opening import SearchMendedError, rebuild_search
from privdesk.journal.checkpoint import ORIGIN, Checkpoint
from privdesk.journal.checkpoint import parse as parse_checkpoint
from privdesk.journal.log import row_digest
from privdesk.journal.verify import Fault, Verified, verify
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import signatures
from privdesk.registers.documents.model import IssuedDocument
from privdesk.vault import engine
from privdesk.vault.errors import DamagedFileError
from privdesk.vault.header import Person
from privdesk.vault.schema import table

READ_ONLY = N_(
    "All papers and evidence kept in it are there; none was opened. The vault cannot be written"
    " here, so that this proof is written down nowhere."
)
_LONGEST_SIZE = 18  # digits; SQLite has no larger numbers
MAX_FILE = 256 * 1024 * 1024
_FOOT = re.compile(
    re.escape(ORIGIN) + r"([0-9a-f]{32})\s*·\s*([0-9,.\s]+?)\s*·\s*((?:[0-9a-f]\s*){16,64})",
    re.IGNORECASE,
)


class CheckpointFormError(DomainError):
    """What was given is no checkpoint of privdesk. Nothing was checked; give the text of the QR
    code, the line at the foot of a paper, or the paper’s file.
    """


@dataclass(frozen=True)
class Proof:
    """What is known of a paper; ``issued`` is None where no vault was asked.

    ``by`` is who issued it, as the journal tells, and ``role`` what she is or was.
    """

    found: Inspection
    issued: bool | None = None
    ref: str = ""
    by: str = ""
    role: str = ""
    checkpoint: bool | None = None
    office: bool | None = None  # the certificate is the vault's own

    @property
    def holds(self) -> bool:
        """Whether the paper is genuine as far as it was checked."""
        if self.found.intact is False or not self.found.ours:
            return False
        if self.issued is None:
            return self.found.intact is True
        return self.issued and self.checkpoint is not False and self.office is not False


def prove_journal(desk: Desk, told: str = "") -> Verified:
    """Check every page of the files and recompute the journal.

    With a checkpoint (text, or the name of a file) look for that too. That it was checked, and
    how many faults there were, is an entry itself, where the vault can be written. What was signed
    beside the journal is checked too: who declared what lost, who answers for what was destroyed.
    A damaged search index is made anew, and said so.
    """
    for schema in engine.attached(desk.vault.raw):
        if engine.check_pages(desk.vault.raw, schema):
            if schema == "search":
                rebuild_search(desk)
                raise SearchMendedError
            raise DamagedFileError(file=engine.FILES[schema])
    found = verify(desk.vault, _stamped(desk, checkpoint_text(told)) if told else None)
    found = replace(found, faults=(*found.faults, *_unsigned(desk)))
    if desk.vault.reads_only:
        return found
    with desk.change() as change:
        details = {"faults": str(len(found.faults))}
        change.note("journal.checked", count=found.entries, details=details)
    return found


def _unsigned(desk: Desk) -> Iterator[Fault]:
    """Yield what the office signed beside the journal and does not hold."""
    for about, what in (*losing.unproved(desk), *signatures.unproved(desk)):
        yield Fault(0, what, about=about)


def fault_in_words(fault: Fault) -> str:
    """Return what is wrong with which entry, or entries, or with what else was signed."""
    if fault.about:
        return f"{fault.about}: {_(fault.what)}"
    told = _("Entries {numbers}: {what}") if fault.last else _("Entry {numbers}: {what}")
    return told.format(numbers=fault.numbers, what=_(fault.what))


def checkpoint_text(told: str) -> str:
    """Return the text of a checkpoint that was given as itself, as a text file or as a paper."""
    path = Path(told) if len(told) < 1024 and "\n" not in told else None
    if path is None or not path.is_file():
        return told
    data = system.read_bytes(path, MAX_FILE)
    if is_pdf(data):
        return inspect_pdf(data).checkpoint
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise CheckpointFormError from why


def prove_paper(data: bytes, desk: Desk | None = None) -> Proof:
    """Check a paper's signature and, with its vault, that it was issued there."""
    found = inspect_pdf(data)
    if desk is None or not found.ours:
        return Proof(found)
    t = table(IssuedDocument)
    with desk.vault.reading() as sql:
        wanted = select(t.c.id).where(
            t.c.digest == found.file_digest, t.c.number == found.document_number
        )
        number = sql.execute(wanted).scalar_one_or_none()
    issuer = _issuer(desk, data)
    held = None
    if found.checkpoint:
        held = verify(desk.vault, _stamped(desk, found.checkpoint)).contains_checkpoint
    return Proof(
        found,
        issued=number is not None and issuer is not None,
        ref=desk.ref("documents", number) if number is not None else "",
        by=issuer.name if issuer else "",
        role=issuer.role if issuer else "",
        checkpoint=held,
        office=_own_certificate(desk, found),
    )


def _issuer(desk: Desk, data: bytes) -> Person | None:
    """Return who issued this very file, by the journal: the list of papers is a list like others.

    Whoever has REGISTER can write a row into that list, but an entry only in her own name.
    """
    sql = "SELECT person FROM journal WHERE action = 'document.issued' AND rows_digest = ?"
    row = desk.vault.raw.execute(sql, (row_digest([data]),)).fetchone()
    return desk.vault.header.by_id(int(row[0])) if row is not None else None


def read_paper(path: Path) -> bytes:
    """Return a paper's bytes."""
    return system.read_bytes(path, MAX_FILE)


def _own_certificate(desk: Desk, found: Inspection) -> bool | None:
    if not found.fingerprint:
        return None
    from hashlib import sha256

    return sha256(desk.vault.header.certificate).hexdigest() == found.fingerprint.lower()


def _stamped(desk: Desk, text: str) -> Checkpoint:
    """Return the checkpoint in a text; the foot of a paper has no signature, but the journal."""
    foot = _FOOT.search(text)
    if foot:
        digits, size = "".join(foot[3].lower().split()), re.sub(r"\D", "", foot[2])
        if len(size) > _LONGEST_SIZE:
            raise CheckpointFormError
        return _signed_here(desk, foot[1].lower(), int(size), digits)
    found = parse_checkpoint(_lines(text))
    if found is None:
        raise CheckpointFormError
    return found


def _lines(text: str) -> str:
    """Return a checkpoint's text in its lines, however a scanner or a shell broke them."""
    words = text.split()
    at = next((n for n, word in enumerate(words) if word.startswith(ORIGIN)), None)
    if at is None or len(words) < at + 6:
        return text
    origin, size, root, _dash, person, mark = words[at : at + 6]
    try:
        base64.b64decode(mark, validate=True)
    except ValueError as why:  # not base64, or not even ASCII
        raise CheckpointFormError from why
    return f"{origin}\n{size}\n{root}\n— {person} {mark}\n"


def _signed_here(desk: Desk, vault: str, size: int, digits: str) -> Checkpoint:
    """Return the journal's own head of this size if its root begins with the printed digits."""
    sql = "SELECT root, person, signature FROM journal_heads WHERE size = ?"
    row = desk.vault.raw.execute(sql, (size,)).fetchone()
    if row is None or not bytes(row[0]).hex().startswith(digits):
        return Checkpoint(vault, size, b"", 0, b"")
    return Checkpoint(vault, size, bytes(row[0]), row[1], bytes(row[2]))
