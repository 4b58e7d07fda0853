"""The table of freezes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Freeze(Record, Base):
    """What of one person may not be used or given until the request is decided."""

    __tablename__ = "freezes"
    __table_args__ = (
        Index("ix_freezes_subject", "subject"),
        Index("ix_freezes_request", "request"),
    )

    subject: Mapped[int | None]
    items: Mapped[str | None] = mapped_column(Text)
    request: Mapped[int | None]
    keep: Mapped[bool | None]
    since: Mapped[date | None] = mapped_column(Date)
    result_by: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str | None] = mapped_column(Text)
    released_on: Mapped[date | None] = mapped_column(Date)
