"""The table of issued documents; their files are sealed attachments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class IssuedDocument(Record, Base):
    """A document as it was handed out."""

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_about", "about"),)

    code: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[date] = mapped_column(Date)
    destroy_by: Mapped[date | None] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(Text)
    file: Mapped[str | None] = mapped_column(Text)
