"""Tables of the destructions: the case, who signed, what it takes, the orders to places."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Destruction(Record, Base):
    """A destruction from its request to its certificate."""

    __tablename__ = "destructions"

    scope: Mapped[str | None] = mapped_column(Text)
    file: Mapped[int | None]
    due_by: Mapped[date | None] = mapped_column(Date)
    file_due_on: Mapped[date | None] = mapped_column(Date)  # of a counted file, when it goes
    method: Mapped[str | None] = mapped_column(Text)
    people: Mapped[int | None]
    holdings: Mapped[int | None]
    items: Mapped[int | None]
    skipped: Mapped[int | None]
    destroyed: Mapped[int | None]
    tombstones: Mapped[int | None]
    requested_on: Mapped[date | None] = mapped_column(Date)
    approved_on: Mapped[date | None] = mapped_column(Date)
    executed_at: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(Text)
    digest_executed: Mapped[str | None] = mapped_column(Text)
    epoch: Mapped[int | None]
    backup: Mapped[str | None] = mapped_column(Text)
    custody: Mapped[str | None] = mapped_column(Text)
    verified: Mapped[str | None] = mapped_column(Text)
    two_officers: Mapped[bool | None]


class Chosen(Base):
    """A holding that a destruction takes or leaves out; ``why`` is empty where it is taken."""

    __tablename__ = "destruction_holdings"
    __table_args__ = (
        Index("ix_destruction_holdings_holding", "holding"),
        {"sqlite_with_rowid": False},
    )

    destruction: Mapped[int] = mapped_column(Integer, primary_key=True)
    holding: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[int]
    why: Mapped[str] = mapped_column(Text, default="")
    done: Mapped[bool] = mapped_column(default=False)


class Signature(Base):
    """Who signed what: by key (``signature``) or by the number of a signed paper."""

    __tablename__ = "destruction_signatures"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    destruction: Mapped[int] = mapped_column(Integer, index=True)
    part: Mapped[str] = mapped_column(Text)  # requester, approver, operator, witness, confirmer
    person: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    paper: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[str] = mapped_column(Text)


class Order(Record, Base):
    """An order to one place to destroy its copies of what a destruction takes, file by file."""

    __tablename__ = "destruction_orders"
    __table_args__ = (
        Index("ix_destruction_orders_destruction_place", "destruction", "place", unique=True),
    )

    destruction: Mapped[int]
    place: Mapped[int]
    files: Mapped[str] = mapped_column(Text)  # references, as a field of several links holds them
    expected: Mapped[int | None]
    answered_on: Mapped[date | None] = mapped_column(Date)
    count: Mapped[int | None]
    method: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[str | None] = mapped_column(Text)
