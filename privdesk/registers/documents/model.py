"""The table of what was handed out: papers with their sealed copies, and exported lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class IssuedDocument(Record, Base):
    """A paper as it was handed out, or a list that left as a file and of which no copy is kept."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("ix_documents_about", "about"),
        Index("ix_documents_destroy_by", "destroy_by"),
    )

    code: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[date] = mapped_column(Date)
    destroy_by: Mapped[date | None] = mapped_column(Date)
    destroyed_on: Mapped[date | None] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(Text)
    file: Mapped[str | None] = mapped_column(Text)
