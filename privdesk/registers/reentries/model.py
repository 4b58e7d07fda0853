"""The table of what has to be entered again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Reentry(Record, Base):
    """Something that happened after a backup was made, and that the restored vault lacks."""

    __tablename__ = "reentries"

    kind: Mapped[str | None] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)  # a reference, where one is known
    register: Mapped[str | None] = mapped_column(Text)
    count: Mapped[int | None]
    backup_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
