"""The table of access rights; accounts, reasons and names are sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class AccessRight(Record, Base):
    """One right of one person in one system, as it was from one day to another."""

    __tablename__ = "access_rights"
    __table_args__ = (
        Index("ix_access_rights_staff", "staff"),
        Index("ix_access_rights_place", "place"),
    )

    staff: Mapped[int | None]
    place: Mapped[int | None]
    level: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(Text)
    requested_on: Mapped[date | None] = mapped_column(Date)
    requested_at: Mapped[str | None] = mapped_column(Text)
    approved_at: Mapped[str | None] = mapped_column(Text)
    granted_on: Mapped[date | None] = mapped_column(Date)
    revoked_on: Mapped[date | None] = mapped_column(Date)
    ended_for: Mapped[str | None] = mapped_column(Text)
    before: Mapped[int | None]
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    recheck_on: Mapped[date | None] = mapped_column(Date)
    keep_until: Mapped[date | None] = mapped_column(Date)


class AccessAccount(Base):
    """A keyed hash of the account of a right in force, so that a shared one is found at once.

    HMAC-SHA256 of place and account, first 16 bytes; the account itself is only sealed.
    """

    __tablename__ = "access_accounts"
    __table_args__ = (Index("ix_access_accounts_record", "record"), {"sqlite_with_rowid": False})

    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    record: Mapped[int] = mapped_column(Integer, primary_key=True)
