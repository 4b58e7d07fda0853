"""The table of the office's own texts; heading and text are sealed in the payload."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class OwnText(Record, Base):
    """One version of a text in one language, and the days between which it counts."""

    __tablename__ = "templates"
    __table_args__ = (Index("ix_templates_code", "code", "language", "version"),)

    code: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    effective: Mapped[date | None] = mapped_column(Date)
    ended: Mapped[date | None] = mapped_column(Date)
    digest: Mapped[str | None] = mapped_column(Text)
