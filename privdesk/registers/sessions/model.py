"""The table of the sessions; who teaches is sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Session(Record, Base):
    """One session of a course, planned or held."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_course", "course", "on"),
        Index("ix_sessions_on", "on"),
    )

    course: Mapped[int]
    on: Mapped[date] = mapped_column(Date)
    starts: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    minutes: Mapped[int | None]
    makes_up: Mapped[int | None]
    closed_on: Mapped[date | None] = mapped_column(Date)
    held_name: Mapped[str | None] = mapped_column(Text)
    held_name_en: Mapped[str | None] = mapped_column(Text)
    held_topics: Mapped[str | None] = mapped_column(Text)
    held_test: Mapped[bool | None]
    held_mark: Mapped[int | None]
    reopened_on: Mapped[date | None] = mapped_column(Date)
    file: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int | None]
