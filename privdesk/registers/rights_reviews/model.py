"""The tables of the reviews of access rights; who reviewed is sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class RightsReview(Record, Base):
    """One review of the rights in one system."""

    __tablename__ = "rights_reviews"
    __table_args__ = (Index("ix_rights_reviews_place", "place"),)

    place: Mapped[int]
    begun_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    next_due: Mapped[date | None] = mapped_column(Date)


class ReviewedRight(Record, Base):
    """What was decided on one right; whose it is stands at the right alone."""

    __tablename__ = "reviewed_rights"
    __table_args__ = (
        Index("ix_reviewed_rights_review", "review", "state"),
        Index("ix_reviewed_rights_access", "access"),
    )

    review: Mapped[int]
    access: Mapped[int]
    level: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None] = mapped_column(Date)
