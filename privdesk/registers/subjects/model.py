"""Tables of the data subjects. What is known about a person exists only sealed."""

from __future__ import annotations

from sqlalchemy import Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base

_GONE = "state IN ('destroyed', 'void')"


class Subject(Record, Base):
    """A person, or the tombstone of one: then only number, state and certificate are left."""

    __tablename__ = "subjects"
    # Only who is gone: how many are left is then counted without reading a million rows.
    __table_args__ = (Index("ix_subjects_gone", "state", sqlite_where=text(_GONE)),)

    state: Mapped[str] = mapped_column(Text, default="living")  # lists read it in search.db
    language: Mapped[str | None] = mapped_column(Text)
    certificate: Mapped[str | None] = mapped_column(Text)


class SourceId(Base):
    """A keyed hash by which the same person is known again in an import.

    ``place`` is the place whose own number was hashed; 0 where a source gives no number
    and the person's values were hashed instead. HMAC-SHA256, first 16 bytes, under the
    matching key of keys-people.db.
    """

    __tablename__ = "source_ids"
    __table_args__ = (Index("ix_source_ids_subject", "subject"), {"sqlite_with_rowid": False})

    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    subject: Mapped[int] = mapped_column(Integer)


class BlockedId(Base):
    """A source's number that must not come back: its person was destroyed or objected."""

    __tablename__ = "blocked_ids"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    why: Mapped[str] = mapped_column(Text)  # destroyed, objected
    certificate: Mapped[str] = mapped_column(Text, default="")
