"""The table of the reports; what each said is sealed in its payload."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Report(Record, Base):
    """One report about one span, to the head or to the board."""

    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_span", "span", "kind"),)

    kind: Mapped[str] = mapped_column(Text)
    span: Mapped[str] = mapped_column(Text)
    told_on: Mapped[date | None] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    reported_to: Mapped[str | None] = mapped_column(Text)
