"""What every register's table has."""

from __future__ import annotations

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column


class Record:
    """Mixin: a number out of the vault's one sequence, a state, when it was made and changed.

    The number is the owner of the record's keys and payload too.
    """

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-10)
    state: Mapped[str] = mapped_column(Text, default="active", index=True)
    created_at: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[str] = mapped_column(Text)
