"""The table of demands of authorities."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Demand(Record, Base):
    """An authority's demand for personal data, from its receipt to the answer."""

    __tablename__ = "demands"

    authority: Mapped[str | None] = mapped_column(Text)
    document_no: Mapped[str | None] = mapped_column(Text)
    document_on: Mapped[date | None] = mapped_column(Date)
    received_on: Mapped[date | None] = mapped_column(Date)
    law: Mapped[str | None] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(Text)
    items: Mapped[str | None] = mapped_column(Text)
    persons: Mapped[str | None] = mapped_column(Text)
    answer_by: Mapped[date | None] = mapped_column(Date)
    decision: Mapped[str | None] = mapped_column(Text)
    ground_law: Mapped[str | None] = mapped_column(Text)
    ground_article: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    keep_until: Mapped[date | None] = mapped_column(Date)
