"""The table of consents."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Consent(Record, Base):
    """One answer of one person to one box of one purpose (PIPA 22(1)).

    The newest answer of person, purpose and box carries the state.
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_subject", "subject", "purpose", "box"),
        Index("ix_consents_purpose", "purpose", "state", "at", "box", "subject", "kind"),
    )

    subject: Mapped[int | None]
    purpose: Mapped[int | None]
    box: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    at: Mapped[date | None] = mapped_column(Date)
    time: Mapped[str | None] = mapped_column(Text)  # HH:MM of the office, where it is known
    wording: Mapped[int | None] = mapped_column(index=True)
    channel: Mapped[str | None] = mapped_column(Text)
    guardian: Mapped[bool | None]
    guardian_check: Mapped[str | None] = mapped_column(Text)
    agreed_on: Mapped[date | None] = mapped_column(Date)
    evidence: Mapped[str | None] = mapped_column(Text)  # name of the sealed file
    settled_on: Mapped[date | None] = mapped_column(Date)
    keep_until: Mapped[date | None] = mapped_column(Date)  # proof of a person who is gone


class Receipt(Base):
    """A receipt that came from elsewhere, known again by the keyed hash of its number.

    ``consent`` is the first event of it; what the receipt says beyond the fields is sealed
    with that event. HMAC-SHA256, first 16 bytes, under the matching key of keys-people.db.
    """

    __tablename__ = "consent_receipts"
    __table_args__ = (Index("ix_consent_receipts_consent", "consent"), {"sqlite_with_rowid": False})

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    consent: Mapped[int] = mapped_column(Integer)
