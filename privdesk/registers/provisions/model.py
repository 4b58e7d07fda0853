"""Tables of the provisions: the ledger, and the people of those that gave more than one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Provision(Record, Base):
    """What went to one recipient: of one person, of a list of people, or a mere number."""

    __tablename__ = "provisions"
    __table_args__ = (
        Index("ix_provisions_subject", "subject"),
        Index("ix_provisions_file", "file"),
        Index("ix_provisions_demand", "demand"),
    )

    scope: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[int | None]
    persons: Mapped[str | None] = mapped_column(Text)
    file: Mapped[int | None]
    recipient: Mapped[str | None] = mapped_column(Text)
    ground: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[int | None]
    law: Mapped[str | None] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(Text)
    document_no: Mapped[str | None] = mapped_column(Text)
    demand: Mapped[int | None]
    items: Mapped[str | None] = mapped_column(Text)
    provided_on: Mapped[date | None] = mapped_column(Date)
    frequency: Mapped[str | None] = mapped_column(Text)
    until: Mapped[date | None] = mapped_column(Date)
    form: Mapped[str | None] = mapped_column(Text)
    count: Mapped[int | None]
    left_out: Mapped[int | None]
    cpo_paper: Mapped[str | None] = mapped_column(Text)
    requested_on: Mapped[date | None] = mapped_column(Date)
    approved_on: Mapped[date | None] = mapped_column(Date)
    by_cpo: Mapped[bool | None]
    recalled_on: Mapped[date | None] = mapped_column(Date)


class Given(Base):
    """A person of a provision that gave the data of more than one."""

    __tablename__ = "provision_subjects"
    __table_args__ = (
        Index("ix_provision_subjects_subject", "subject"),
        {"sqlite_with_rowid": False},
    )

    provision: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[int] = mapped_column(Integer, primary_key=True)
