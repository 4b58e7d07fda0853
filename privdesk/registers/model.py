"""What every register's table has; when a record was made and changed stands in the journal."""

from __future__ import annotations

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column


class Record:
    """Mixin: a number out of the vault's one sequence, and a state.

    The number is the owner of the record's keys and payload too.
    """

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-10)
    state: Mapped[str] = mapped_column(Text, default="active", index=True)
