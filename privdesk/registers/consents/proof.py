"""The evidence of a consent: one sealed file, with keys of the consent itself."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from privdesk.core.errors import DomainError
from privdesk.registers import incoming
from privdesk.registers.desk import Change
from privdesk.registers.expiring import destroy_sealed, require_over
from privdesk.vault import attachments
from privdesk.vault.payloads import FILE_SLOTS, PEOPLE, unpack_keys
from privdesk.vault.session import Vault


class OneConsentError(DomainError):
    """A file is the evidence of one consent. Nothing was changed; choose a single consent."""


class NoEvidenceError(DomainError):
    """No evidence is attached to {ref}. Nothing was changed; attach the scan first."""


def store(vault: Vault, consent: int, path: Path) -> str:
    """Seal a file as the evidence of a consent in the open transaction; return its name.

    Raises ``NoSheetError`` for what is no PDF, PNG or JPG.
    """
    found = incoming.read_sheet(path)
    return attachments.store(vault, PEOPLE, consent, found.data, found.media_type)


def expunge(change: Change, number: int) -> None:
    """Destroy the proof of a consent whose own day has come; purpose, answer and day stay.

    Raises:
        KeptStillError: its own period is not over.
    """
    service = change.desk.service("consents")
    (row,) = service.rows([number])
    require_over(change, row.ref, row.values["keep_until"])
    destroy_sealed(change, "consents", number)
    t = service.table
    gone = dict.fromkeys(("time", "channel", "wording", "guardian", "guardian_check", "evidence"))
    change.sql.execute(update(t).where(t.c.id == number).values(state="destroyed", **gone))
    change.note("consent.expunged", "consents", number)


def forget(vault: Vault, consent: int) -> list[str]:
    """Drop the evidence of a consent with its keys; return the files to unlink after the commit."""
    row = vault.raw.execute(f"SELECT body FROM {PEOPLE}.keys WHERE id = ?", (consent,)).fetchone()
    slots = [slot for slot in unpack_keys(row[0]) if slot in FILE_SLOTS] if row else []
    names = attachments.forget(vault, consent)
    vault.payloads.drop(PEOPLE, consent, slots)
    return names
