"""The table of the staff; names and contacts are sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Member(Record, Base):
    """Somebody who works in the office or handles personal data."""

    __tablename__ = "staff"

    department: Mapped[str | None] = mapped_column(Text)
    position: Mapped[str | None] = mapped_column(Text)
    duty: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    joined: Mapped[date | None] = mapped_column(Date)
    left: Mapped[date | None] = mapped_column(Date)
    appointed: Mapped[date | None] = mapped_column(Date)
    relieved: Mapped[date | None] = mapped_column(Date)
    counted_from: Mapped[date | None] = mapped_column(Date)
