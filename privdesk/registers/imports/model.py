"""The table of imports."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Import(Record, Base):
    """One import; its new records have the numbers ``first`` up to, not including, ``stop``."""

    __tablename__ = "imports"

    register: Mapped[str] = mapped_column(Text)
    rows: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    rejected: Mapped[int]
    blocked: Mapped[int]
    first: Mapped[int]
    stop: Mapped[int]
    entry: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(Text)
    mapping: Mapped[str] = mapped_column(Text)
