"""The table of the orders that go to places for a request."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Retrieval(Record, Base):
    """An order to one place for one request; without a place it is the vault's own part.

    What is to change, what the place holds and what it sent are sealed with the order's keys.
    """

    __tablename__ = "retrievals"
    __table_args__ = (
        Index("ix_retrievals_request", "request"),
        Index("ix_retrievals_subject", "subject"),
    )

    kind: Mapped[str] = mapped_column(Text)
    request: Mapped[int]
    place: Mapped[int | None]
    subject: Mapped[int]
    files: Mapped[str | None] = mapped_column(Text)
    items: Mapped[str | None] = mapped_column(Text)
    asked_on: Mapped[date] = mapped_column(Date)
    reply_by: Mapped[date] = mapped_column(Date)
    sent_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str | None] = mapped_column(Text)
    differing: Mapped[str | None] = mapped_column(Text)
    destruction: Mapped[int | None]
    data: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[str | None] = mapped_column(Text)
