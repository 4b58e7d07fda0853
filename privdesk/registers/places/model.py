"""The table of places."""

from __future__ import annotations

from sqlalchemy import Text
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
    password_length: Mapped[int | None]
    password_kinds: Mapped[int | None]
    password_history: Mapped[int | None]
    lockout: Mapped[int | None]
    password_stored: Mapped[str | None] = mapped_column(Text)
    idle_minutes: Mapped[int | None]
    outside: Mapped[str | None] = mapped_column(Text)
    subjects_log_in: Mapped[bool | None]
