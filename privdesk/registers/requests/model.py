"""The table of requests (stand-in)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Request(Record, Base):
    """A request of one person."""

    __tablename__ = "requests"

    kind: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[int | None]
    received_at: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
