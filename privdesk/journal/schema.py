"""The journal's tables in register.db."""

from __future__ import annotations

from sqlalchemy import Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.vault.schema import Base


class JournalEntry(Base):
    """One entry; ``leaf`` is the RFC 6962 hash of its canonical bytes."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_register_record", "register", "record"),
        Index("ix_journal_access", "action", "person", "register", "count"),
        Index("ix_journal_case_ref", "case_ref"),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    person: Mapped[int]
    workstation: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    register: Mapped[str] = mapped_column(Text)
    record: Mapped[int | None]
    ref: Mapped[str] = mapped_column(Text)
    case: Mapped[str] = mapped_column("case_ref", Text)
    fields: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    rows_digest: Mapped[str] = mapped_column(Text)
    details: Mapped[int | None]
    details_digest: Mapped[str] = mapped_column(Text)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)


class JournalHead(Base):
    """The signed head after each transaction."""

    __tablename__ = "journal_heads"

    size: Mapped[int] = mapped_column(Integer, primary_key=True)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    person: Mapped[int]
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class JournalFrontier(Base):
    """The Merkle frontier, so that appending needs no reading of the whole journal."""

    __tablename__ = "journal_frontier"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
