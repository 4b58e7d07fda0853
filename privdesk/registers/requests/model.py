"""The tables of the requests and of what is enclosed with them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Request(Record, Base):
    """One case. Moments are UTC in ISO form; who asks and what stands sealed in its payload."""

    __tablename__ = "requests"
    __table_args__ = (
        Index("ix_requests_subject", "subject"),
        Index("ix_requests_due", "state", "due_on"),
        Index("ix_requests_source_no", "source_no"),
    )

    kind: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[int | None]
    channel: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[str | None] = mapped_column(Text)
    place: Mapped[int | None]
    source_no: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    by_agent: Mapped[bool | None]
    mandate: Mapped[bool | None]
    items: Mapped[str | None] = mapped_column(Text)
    purposes: Mapped[str | None] = mapped_column(Text)
    proposal_on: Mapped[date | None] = mapped_column(Date)
    handler: Mapped[int | None]
    cost: Mapped[int | None]
    fee: Mapped[int | None]
    our_fault: Mapped[bool | None]
    fee_paid: Mapped[date | None] = mapped_column(Date)
    identity_method: Mapped[str | None] = mapped_column(Text)
    identified_at: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    due_at: Mapped[str | None] = mapped_column(Text)
    due_first: Mapped[date | None] = mapped_column(Date)
    extended_until: Mapped[date | None] = mapped_column(Date)
    extensions: Mapped[int | None]
    result: Mapped[str | None] = mapped_column(Text)
    refusal: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[str | None] = mapped_column(Text)
    keep_until: Mapped[date | None] = mapped_column(Date)


class Enclosure(Record, Base):
    """A file on a case, sealed with the case's own keys; its name stands in its own payload."""

    __tablename__ = "request_files"

    request: Mapped[int | None] = mapped_column(index=True)
    what: Mapped[str | None] = mapped_column(Text)
    bytes: Mapped[int | None]
    added_at: Mapped[str | None] = mapped_column(Text)
    file: Mapped[str | None] = mapped_column(Text)
