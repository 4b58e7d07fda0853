"""The table of purposes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Purpose(Record, Base):
    """What personal data may be used for, on which basis and how long."""

    __tablename__ = "purposes"

    name: Mapped[str | None] = mapped_column(Text, index=True)
    name_en: Mapped[str | None] = mapped_column(Text)
    clause: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(Text)
    required_items: Mapped[str | None] = mapped_column(Text)
    optional_items: Mapped[str | None] = mapped_column(Text)
    retention: Mapped[str | None] = mapped_column(Text)
    event: Mapped[str | None] = mapped_column(Text)
    ended_on: Mapped[date | None] = mapped_column(Date)
    statute: Mapped[str | None] = mapped_column(Text)
    statute_period: Mapped[str | None] = mapped_column(Text)
    separate_place: Mapped[int | None]
    marketing: Mapped[bool | None]
    recipient: Mapped[str | None] = mapped_column(Text)
    refusal: Mapped[str | None] = mapped_column(Text)
    separate_consents: Mapped[str | None] = mapped_column(Text)
    listed_apart: Mapped[bool | None]
    renew_from: Mapped[date | None] = mapped_column(Date)
