"""The table of the requests."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Request(Record, Base):
    """One request; ``received_at`` is a moment in UTC."""

    __tablename__ = "requests"
    __table_args__ = (Index("ix_requests_subject", "subject"),)

    kind: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[int | None]
    channel: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    method: Mapped[str | None] = mapped_column(Text)
