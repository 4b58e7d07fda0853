"""The tables of log reviews and of what each found unusual; names and notes are sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class LogReview(Record, Base):
    """One look through the access log of a span of days."""

    __tablename__ = "log_reviews"
    __table_args__ = (Index("ix_log_reviews_last", "last", "state"),)

    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    reviewer: Mapped[str | None] = mapped_column(Text)  # the person's number in the vault's head
    countersigner: Mapped[str | None] = mapped_column(Text)
    looks: Mapped[int | None]
    searches: Mapped[int | None]
    exports: Mapped[int | None]
    prints: Mapped[int | None]
    refused: Mapped[int | None]
    people: Mapped[int | None]
    unusual: Mapped[int | None]
    alone: Mapped[bool | None] = mapped_column(Boolean)
    upto: Mapped[int | None]
    faults: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[int | None]
    due: Mapped[date | None] = mapped_column(Date)
    concluded_on: Mapped[date | None] = mapped_column(Date)
    countersigned_on: Mapped[date | None] = mapped_column(Date)
    settled_on: Mapped[date | None] = mapped_column(Date)


class LogMark(Record, Base):
    """Something unusual: of which kind, by whom, on which day, and the entries that show it."""

    __tablename__ = "log_marks"
    __table_args__ = (Index("ix_log_marks_review", "review", "state"),)

    review: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    on: Mapped[date] = mapped_column(Date)
    person: Mapped[int]
    count: Mapped[int]
    entries: Mapped[str] = mapped_column(Text)
