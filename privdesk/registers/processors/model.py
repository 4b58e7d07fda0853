"""The tables of the processors, of the works consigned to them, and of their papers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Processor(Record, Base):
    """A company that processes for us, or for another processor (``parent``)."""

    __tablename__ = "processors"
    __table_args__ = (
        Index("ix_processors_parent", "parent"),
        Index("ix_processors_check_due", "check_due"),
    )

    name: Mapped[str | None] = mapped_column(Text, index=True)
    name_en: Mapped[str | None] = mapped_column(Text)
    parent: Mapped[int | None]
    registration_no: Mapped[str | None] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text)
    department: Mapped[str | None] = mapped_column(Text)
    since: Mapped[date | None] = mapped_column(Date)
    consent_on: Mapped[date | None] = mapped_column(Date)
    consent_paper: Mapped[str | None] = mapped_column(Text)
    places: Mapped[str | None] = mapped_column(Text)
    checked_on: Mapped[date | None] = mapped_column(Date)
    trained_on: Mapped[date | None] = mapped_column(Date)
    check_due: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    disposal: Mapped[str | None] = mapped_column(Text)
    disposed_on: Mapped[date | None] = mapped_column(Date)
    disposed: Mapped[int | None]


class Consignment(Record, Base):
    """One work consigned to one processor."""

    __tablename__ = "consignments"
    __table_args__ = (
        Index("ix_consignments_processor", "processor"),
        Index("ix_consignments_until", "until"),
    )

    processor: Mapped[int]
    work: Mapped[str | None] = mapped_column(Text)
    work_en: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[int | None]
    items: Mapped[str | None] = mapped_column(Text)
    entire: Mapped[bool | None]
    files: Mapped[str | None] = mapped_column(Text)
    people: Mapped[int | None]
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    contract_no: Mapped[str | None] = mapped_column(Text)
    signed_on: Mapped[date | None] = mapped_column(Date)
    department: Mapped[str | None] = mapped_column(Text)
    marketing: Mapped[bool | None]
    abroad: Mapped[bool | None]
    country: Mapped[str | None] = mapped_column(Text)
    transfer_ground: Mapped[str | None] = mapped_column(Text)
    transfer_how: Mapped[str | None] = mapped_column(Text)
    clauses: Mapped[str | None] = mapped_column(Text)
    ticked_on: Mapped[date | None] = mapped_column(Date)
    ticked_file: Mapped[int | None]
    challenge: Mapped[str | None] = mapped_column(Text)
    challenged_on: Mapped[date | None] = mapped_column(Date)
    notice_way: Mapped[str | None] = mapped_column(Text)
    notified_on: Mapped[date | None] = mapped_column(Date)
    posted_until: Mapped[date | None] = mapped_column(Date)
    notified: Mapped[int | None]
    untold: Mapped[int | None]
    terms_on: Mapped[date | None] = mapped_column(Date)
    changed_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)


class PartnerPaper(Record, Base):
    """A file kept sealed with a processor: contract, evidence, confirmation."""

    __tablename__ = "partner_papers"
    __table_args__ = (
        Index("ix_partner_papers_processor", "processor"),
        Index("ix_partner_papers_consignment", "consignment"),
        Index("ix_partner_papers_inspection", "inspection"),
        Index("ix_partner_papers_publication", "publication"),
    )

    what: Mapped[str] = mapped_column(Text)
    processor: Mapped[int | None]
    consignment: Mapped[int | None]
    inspection: Mapped[int | None]
    publication: Mapped[int | None]
    bytes: Mapped[int]
    added_on: Mapped[date] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(Text)
    file: Mapped[str | None] = mapped_column(Text)
