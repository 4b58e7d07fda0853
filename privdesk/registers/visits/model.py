"""The table of visits; who came, and everything said of it, is sealed with keys of its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Visit(Record, Base):
    """One entry into one zone; ``entered`` and ``left_at`` are HH:MM of the office."""

    __tablename__ = "visits"
    __table_args__ = (
        Index("ix_visits_zone", "zone", "on"),
        Index("ix_visits_on", "on"),
        Index("ix_visits_keep_until", "keep_until"),
        Index("ix_visits_escort", "escort"),
    )

    zone: Mapped[int]
    on: Mapped[date | None] = mapped_column(Date)
    entered: Mapped[str | None] = mapped_column(Text)
    left_on: Mapped[date | None] = mapped_column(Date)
    left_at: Mapped[str | None] = mapped_column(Text)
    staff: Mapped[int | None]
    escort: Mapped[int | None]
    permit: Mapped[int | None]
    allowed: Mapped[str | None] = mapped_column(Text)
    signed: Mapped[str | None] = mapped_column(Text)
    unapproved: Mapped[bool | None]
    settled_on: Mapped[date | None] = mapped_column(Date)
    keep_until: Mapped[date | None] = mapped_column(Date)
    destroyed_on: Mapped[date | None] = mapped_column(Date)
