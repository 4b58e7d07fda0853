"""The table of comparisons with the personnel list; the people themselves are sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Roster(Record, Base):
    """One comparison: what it found, and whether it was taken over."""

    __tablename__ = "rosters"

    as_of: Mapped[date | None] = mapped_column(Date)
    people: Mapped[int | None]
    joined: Mapped[int | None]
    moved: Mapped[int | None]
    gone: Mapped[int | None]
    taken_on: Mapped[date | None] = mapped_column(Date)
