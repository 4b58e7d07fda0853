"""The table of handovers; duties and lists are sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class WorkHandover(Record, Base):
    """Work that goes from one member of staff to another, before a witness."""

    __tablename__ = "work_handovers"
    __table_args__ = (Index("ix_work_handovers_giver", "giver"),)

    giver: Mapped[int | None]
    taker: Mapped[int | None]
    witness: Mapped[int | None]
    basis_on: Mapped[date | None] = mapped_column(Date)
    files: Mapped[str | None] = mapped_column(Text)
    cases: Mapped[int | None]
    done_on: Mapped[date | None] = mapped_column(Date)
