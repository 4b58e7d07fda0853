"""What people decided about findings: given to, put off, excepted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.vault.schema import Base


class FindingMark(Base):
    """A decision about the findings of one key; its reason is sealed under its number.

    ``since`` and ``through`` bound the due days it speaks of where a key covers many;
    ``count`` is how many people they concerned then. ``person`` is who has the task, or
    who asked for the exception; ``approver`` is who decided on it.
    """

    __tablename__ = "finding_marks"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(Text, index=True)
    state: Mapped[str] = mapped_column(Text, index=True)  # given, put-off, asked, excepted, ended
    since: Mapped[date | None] = mapped_column(Date)
    through: Mapped[date | None] = mapped_column(Date)
    count: Mapped[int]
    until: Mapped[date | None] = mapped_column(Date)
    person: Mapped[int]
    approver: Mapped[int | None]
    made_at: Mapped[str] = mapped_column(Text)
