"""The table of the published lists; what each said is sealed in its payload."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Publication(Record, Base):
    """One version of the public list of processors."""

    __tablename__ = "publications"

    version: Mapped[int]
    issued_on: Mapped[date | None] = mapped_column(Date)
    works: Mapped[int | None]
    added: Mapped[int | None]
    removed: Mapped[int | None]
    changed: Mapped[int | None]
    before: Mapped[int | None]
    posted_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    address: Mapped[str | None] = mapped_column(Text)
    proved: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(Text)
