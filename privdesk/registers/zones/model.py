"""The tables of zones, of who may enter them, of reviews, and of the logs that were drawn up."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Zone(Record, Base):
    """A room, or part of one, that only those on its list enter."""

    __tablename__ = "zones"

    name: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    location: Mapped[str | None] = mapped_column(Text)
    manager: Mapped[int | None]
    places: Mapped[str | None] = mapped_column(Text)
    since: Mapped[date | None] = mapped_column(Date)
    review_months: Mapped[str | None] = mapped_column(Text)
    keep_years: Mapped[str | None] = mapped_column(Text)
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)


class ZonePermit(Record, Base):
    """One person on the list of one zone, from one day to another; names are sealed."""

    __tablename__ = "zone_permits"
    __table_args__ = (
        Index("ix_zone_permits_zone", "zone", "since"),
        Index("ix_zone_permits_staff", "staff"),
    )

    zone: Mapped[int]
    staff: Mapped[int | None]
    organisation: Mapped[str | None] = mapped_column(Text)
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    ended_for: Mapped[str | None] = mapped_column(Text)
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    keep_until: Mapped[date | None] = mapped_column(Date)


class ZoneReview(Record, Base):
    """One review of the list of one zone: never overwritten by the next."""

    __tablename__ = "zone_reviews"
    __table_args__ = (Index("ix_zone_reviews_zone", "zone", "on"),)

    zone: Mapped[int]
    on: Mapped[date] = mapped_column(Date)
    listed: Mapped[int]
    kept: Mapped[int]
    ended: Mapped[int]


class ZoneLog(Record, Base):
    """The visit log of one zone for a span of days, as it was drawn up to be printed (D19)."""

    __tablename__ = "zone_logs"
    __table_args__ = (Index("ix_zone_logs_zone", "zone", "last"),)

    zone: Mapped[int]
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    drawn_on: Mapped[date] = mapped_column(Date)
    entries: Mapped[int]
    keep_until: Mapped[date | None] = mapped_column(Date)  # of a scan
    scan: Mapped[str | None] = mapped_column(Text)
