"""The table of files of personal data."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class File(Record, Base):
    """A collection of personal data: for one purpose, at one place and its copies."""

    __tablename__ = "files"
    __table_args__ = (
        Index("ix_files_purpose", "purpose"),
        Index("ix_files_place", "place"),
        Index("ix_files_due", "state", "due_on"),
    )

    name: Mapped[str | None] = mapped_column(Text, index=True)
    purpose: Mapped[int | None]
    place: Mapped[int | None]
    copies: Mapped[str | None] = mapped_column(Text)
    medium: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(Text)
    holds: Mapped[str | None] = mapped_column(Text)
    people: Mapped[int | None]
    collected_from: Mapped[date | None] = mapped_column(Date)
    collected_to: Mapped[date | None] = mapped_column(Date)
    retention: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    certificate: Mapped[str | None] = mapped_column(Text)
