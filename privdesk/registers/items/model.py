"""The table of items."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class Item(Record, Base):
    """An item of personal data that the company collects."""

    __tablename__ = "items"

    name: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    statute: Mapped[str | None] = mapped_column(Text)
    in_policy: Mapped[bool | None]
    age_check: Mapped[bool | None]
    aliases: Mapped[str | None] = mapped_column(Text)
