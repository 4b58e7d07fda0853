"""The table of wordings; their texts are sealed in the payload."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Wording(Record, Base):
    """One version of what a box of a form tells, and the day from which it counts."""

    __tablename__ = "wordings"
    __table_args__ = (
        Index("ix_wordings_purpose", "purpose", "box", "point", "version"),
        Index("ix_wordings_point", "point"),
        Index("ix_wordings_digest", "digest"),
    )

    point: Mapped[int | None]
    purpose: Mapped[int]
    box: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    required: Mapped[bool | None]
    ways: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int | None]
    body_size: Mapped[int | None]
    effective: Mapped[date | None] = mapped_column(Date)
    ended: Mapped[date | None] = mapped_column(Date)
    digest: Mapped[str | None] = mapped_column(Text)
