"""The tables of safeguards, their checks, emergency antivirus events, and sealed evidence."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Safeguard(Record, Base):
    """One measure that protects personal data, with the day of its next check."""

    __tablename__ = "safeguards"
    __table_args__ = (Index("ix_safeguards_due", "due"),)

    name: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    area: Mapped[str | None] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[int | None]
    places: Mapped[str | None] = mapped_column(Text)
    months: Mapped[int | None]
    checked_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str | None] = mapped_column(Text)
    fix_by: Mapped[date | None] = mapped_column(Date)
    due: Mapped[date | None] = mapped_column(Date)


class SafeguardCheck(Record, Base):
    """One check of one safeguard; never changed afterwards."""

    __tablename__ = "safeguard_checks"
    __table_args__ = (
        Index("ix_safeguard_checks_safeguard", "safeguard", "on"),
        Index("ix_safeguard_checks_on", "on"),
    )

    safeguard: Mapped[int]
    on: Mapped[date] = mapped_column(Date)
    result: Mapped[str] = mapped_column(Text)
    fix_by: Mapped[date | None] = mapped_column(Date)
    late: Mapped[bool | None]


class VirusAlert(Record, Base):
    """One emergency bulletin, and when the places had the update."""

    __tablename__ = "virus_alerts"
    __table_args__ = (Index("ix_virus_alerts_received_at", "received_at"),)

    name: Mapped[str | None] = mapped_column(Text)
    bulletin: Mapped[str | None] = mapped_column(Text)
    issuer: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[str | None] = mapped_column(Text)
    places: Mapped[str | None] = mapped_column(Text)
    left: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[str | None] = mapped_column(Text)
    hours: Mapped[int | None]


class SafetyPaper(Record, Base):
    """A file kept sealed with an audit, a finding, a safeguard, a check or an alert."""

    __tablename__ = "safety_papers"
    __table_args__ = (
        Index("ix_safety_papers_audit", "audit"),
        Index("ix_safety_papers_finding", "finding"),
        Index("ix_safety_papers_safeguard", "safeguard"),
        Index("ix_safety_papers_alert", "alert"),
    )

    what: Mapped[str] = mapped_column(Text)
    audit: Mapped[int | None]
    finding: Mapped[int | None]
    safeguard: Mapped[int | None]
    alert: Mapped[int | None]
    bytes: Mapped[int]
    added_on: Mapped[date] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(Text)
    file: Mapped[str | None] = mapped_column(Text)
