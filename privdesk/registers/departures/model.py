"""The table of those who leave; what was handed back is sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Departure(Record, Base):
    """One person's leaving, from its first day up to the last step."""

    __tablename__ = "departures"
    __table_args__ = (Index("ix_departures_staff", "staff"),)

    staff: Mapped[int | None]
    begun_on: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    moved_from: Mapped[date | None] = mapped_column(Date)
    devices_on: Mapped[date | None] = mapped_column(Date)
    pledge_on: Mapped[date | None] = mapped_column(Date)
    waived: Mapped[str | None] = mapped_column(Text)
    done_on: Mapped[date | None] = mapped_column(Date)
