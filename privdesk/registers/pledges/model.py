"""The table of the pledges; names outside the staff and what was written are sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Pledge(Record, Base):
    """One pledge of one person: drawn up, printed, signed."""

    __tablename__ = "pledges"
    __table_args__ = (
        Index("ix_pledges_staff", "staff", "kind"),
        Index("ix_pledges_due", "state", "due_on"),
    )

    staff: Mapped[int | None]
    kind: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str | None] = mapped_column(Text)
    department: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    signed_on: Mapped[date | None] = mapped_column(Date)
    in_time: Mapped[bool | None]
    how: Mapped[str | None] = mapped_column(Text)
    printed_on: Mapped[date | None] = mapped_column(Date)
    sheet: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    template: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(Text)
    file: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int | None]
