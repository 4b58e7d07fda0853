"""The table of the attendances; who it was is a link to the staff."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Attendance(Record, Base):
    """One person at one session."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index("ix_attendances_session", "session", "state"),
        Index("ix_attendances_staff", "staff", "session"),
        Index("ix_attendances_trained", "state", "staff", "topics", "on"),
        Index("ix_attendances_on", "on", "state", "ended_as", "staff"),
    )

    session: Mapped[int]
    staff: Mapped[int | None]
    course: Mapped[int]
    department: Mapped[str | None] = mapped_column(Text)
    on: Mapped[date] = mapped_column(Date)
    topics: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    score: Mapped[int | None]
    certificate: Mapped[str | None] = mapped_column(Text)
    certified_on: Mapped[date | None] = mapped_column(Date)
    ended_as: Mapped[str | None] = mapped_column(Text)  # the state it was destroyed in
