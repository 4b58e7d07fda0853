"""The tables of places, and of the inspections whether their data is kept apart."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Place(Record, Base):
    """A system, archive, processor's copy or backup that keeps personal data."""

    __tablename__ = "places"

    name: Mapped[str | None] = mapped_column(Text, index=True)
    kind: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(Text)
    processor: Mapped[str | None] = mapped_column(Text)
    medium: Mapped[str | None] = mapped_column(Text)
    separate: Mapped[bool | None]
    apart: Mapped[str | None] = mapped_column(Text)
    apart_on: Mapped[date | None] = mapped_column(Date)
    password_length: Mapped[int | None]
    password_kinds: Mapped[int | None]
    password_history: Mapped[int | None]
    lockout: Mapped[int | None]
    password_stored: Mapped[str | None] = mapped_column(Text)
    idle_minutes: Mapped[int | None]
    outside: Mapped[str | None] = mapped_column(Text)
    subjects_log_in: Mapped[bool | None]
    logged: Mapped[str | None] = mapped_column(Text)
    log_months: Mapped[int | None]


class PlaceInspection(Record, Base):
    """One look at whether users' data lies apart from other data; the next never overwrites it."""

    __tablename__ = "place_inspections"
    __table_args__ = (Index("ix_place_inspections_place", "place", "on"),)

    place: Mapped[int]
    on: Mapped[date] = mapped_column(Date)
    result: Mapped[str] = mapped_column(Text)
