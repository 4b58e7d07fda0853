"""The table of consents."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Consent(Record, Base):
    """One answer of one person to one purpose; the newest of a pair carries its state."""

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_subject", "subject", "purpose"),
        Index("ix_consents_purpose", "purpose", "state", "at"),
    )

    subject: Mapped[int | None]
    purpose: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(Text)
    at: Mapped[date | None] = mapped_column(Date)
    wording: Mapped[int | None] = mapped_column(index=True)
    channel: Mapped[str | None] = mapped_column(Text)
    guardian: Mapped[bool | None]
    guardian_check: Mapped[str | None] = mapped_column(Text)
