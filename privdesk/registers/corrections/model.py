"""The table of notices of corrections and deletions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Correction(Record, Base):
    """One notice to one recipient, processor or source, from its drawing up to the reply."""

    __tablename__ = "corrections"
    __table_args__ = (
        Index("ix_corrections_subject", "subject"),
        Index("ix_corrections_request", "request"),
    )

    kind: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[int | None]
    request: Mapped[int | None]
    role: Mapped[str | None] = mapped_column(Text)
    recipient: Mapped[str | None] = mapped_column(Text)
    provision: Mapped[int | None]
    place: Mapped[int | None]
    provided_on: Mapped[date | None] = mapped_column(Date)
    items: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None] = mapped_column(Date)
    tell_by: Mapped[date | None] = mapped_column(Date)
    sent_on: Mapped[date | None] = mapped_column(Date)
    reply_by: Mapped[date | None] = mapped_column(Date)
    replied_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[str | None] = mapped_column(Text)
