"""The tables of checklists, inspections and what was answered to each question."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Checklist(Record, Base):
    """One version of the questions of an inspection; the texts are sealed."""

    __tablename__ = "checklists"

    name: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
    questions: Mapped[int | None]
    effective: Mapped[date | None] = mapped_column(Date)
    ended: Mapped[date | None] = mapped_column(Date)


class Inspection(Record, Base):
    """One inspection, re-inspection or training of one processor."""

    __tablename__ = "inspections"
    __table_args__ = (
        Index("ix_inspections_processor", "processor"),
        Index("ix_inspections_planned_on", "planned_on"),
        Index("ix_inspections_of", "of"),
    )

    processor: Mapped[int]
    kind: Mapped[str | None] = mapped_column(Text)
    year: Mapped[str | None] = mapped_column(Text)
    planned_on: Mapped[date | None] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)
    way: Mapped[str | None] = mapped_column(Text)
    checklist: Mapped[int | None]
    of: Mapped[int | None]
    hours: Mapped[int | None]
    people: Mapped[int | None]
    done_on: Mapped[date | None] = mapped_column(Date)


class Answer(Record, Base):
    """The answer to one question of one inspection, and what became of a finding."""

    __tablename__ = "inspection_answers"
    __table_args__ = (
        Index("ix_inspection_answers_inspection", "inspection", "no"),
        Index("ix_inspection_answers_due", "due"),
    )

    inspection: Mapped[int]
    processor: Mapped[int]
    no: Mapped[int]
    answer: Mapped[str | None] = mapped_column(Text)
    due: Mapped[date | None] = mapped_column(Date)
    fixed_on: Mapped[date | None] = mapped_column(Date)
    earlier: Mapped[int | None]
