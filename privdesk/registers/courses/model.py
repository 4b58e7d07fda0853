"""The table of the courses; what they teach is sealed."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Course(Record, Base):
    """A course that is held again and again."""

    __tablename__ = "courses"

    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    topics: Mapped[str | None] = mapped_column(Text)
    way: Mapped[str | None] = mapped_column(Text)
    provider: Mapped[str | None] = mapped_column(Text)
    audience: Mapped[str | None] = mapped_column(Text)
    minutes: Mapped[int | None]
    test: Mapped[bool | None]
    pass_mark: Mapped[int | None]
    months: Mapped[str | None] = mapped_column(Text)
