"""The tables of collection points and of what they collect."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class CollectionPoint(Record, Base):
    """A form, page or conversation that collects personal data."""

    __tablename__ = "collection_points"

    name: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str | None] = mapped_column(Text)
    rights: Mapped[str | None] = mapped_column(Text)
    place: Mapped[int | None]
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    children: Mapped[bool | None]
    age_asked: Mapped[str | None] = mapped_column(Text)
    min_age: Mapped[int | None]


class PointItems(Record, Base):
    """What one point collects for one purpose."""

    __tablename__ = "point_items"
    __table_args__ = (
        Index("ix_point_items_point", "point", "purpose"),
        Index("ix_point_items_purpose", "purpose"),
    )

    point: Mapped[int]
    purpose: Mapped[int]
    required_items: Mapped[str | None] = mapped_column(Text)
    optional_items: Mapped[str | None] = mapped_column(Text)
