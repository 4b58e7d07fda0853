"""The table of holdings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Holding(Record, Base):
    """One person in one file for one purpose; ``due_on`` follows from the rest."""

    __tablename__ = "holdings"
    __table_args__ = (
        Index("ix_holdings_due", "state", "due_on", "file", "purpose"),
        Index("ix_holdings_subject", "subject"),
        Index("ix_holdings_file", "file", "subject", "state"),
        Index("ix_holdings_purpose", "purpose", "state"),
    )

    state: Mapped[str] = mapped_column(Text, default="active")  # ix_holdings_due begins with it
    subject: Mapped[int]
    file: Mapped[int]
    purpose: Mapped[int]
    collected_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    law_from: Mapped[date | None] = mapped_column(Date)
    law_event: Mapped[str | None] = mapped_column(Text)
    hold: Mapped[bool | None]
    kept_until: Mapped[date | None] = mapped_column(Date)
    kept_law: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    certificate: Mapped[str | None] = mapped_column(Text)
