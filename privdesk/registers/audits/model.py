"""The tables of audits, their questions, what was answered, and what was found."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from privdesk.registers.model import Record
from privdesk.vault.schema import Base


class AuditQuestions(Record, Base):
    """One version of the questions of an audit; the texts are sealed."""

    __tablename__ = "audit_questions"

    name: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
    questions: Mapped[int | None]
    effective: Mapped[date | None] = mapped_column(Date)
    ended: Mapped[date | None] = mapped_column(Date)


class Audit(Record, Base):
    """One audit, planned or held."""

    __tablename__ = "audits"
    __table_args__ = (
        Index("ix_audits_planned_on", "planned_on"),
        Index("ix_audits_held_until", "held_until"),
    )

    name: Mapped[str | None] = mapped_column(Text)
    year: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    department: Mapped[str | None] = mapped_column(Text)
    responsible: Mapped[int | None]
    auditor: Mapped[int | None]
    planned_on: Mapped[date | None] = mapped_column(Date)
    planned_until: Mapped[date | None] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)
    held_until: Mapped[date | None] = mapped_column(Date)
    questions: Mapped[int | None]


class AuditAnswer(Record, Base):
    """The answer to one question of one audit."""

    __tablename__ = "audit_answers"
    __table_args__ = (Index("ix_audit_answers_audit", "audit", "no"),)

    audit: Mapped[int]
    no: Mapped[int]
    clause: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)


class AuditFinding(Record, Base):
    """What an audit found, and what became of it."""

    __tablename__ = "audit_findings"
    __table_args__ = (
        Index("ix_audit_findings_audit", "audit"),
        Index("ix_audit_findings_answer", "answer"),
        Index("ix_audit_findings_owner", "owner"),
        Index("ix_audit_findings_due", "due"),
    )

    audit: Mapped[int | None]
    answer: Mapped[int | None]
    clause: Mapped[str | None] = mapped_column(Text)
    severity: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[int | None]
    found_on: Mapped[date | None] = mapped_column(Date)
    due: Mapped[date | None] = mapped_column(Date)
    earlier: Mapped[int | None]
    requested_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    verified_on: Mapped[date | None] = mapped_column(Date)
    accepted_on: Mapped[date | None] = mapped_column(Date)
    decision_no: Mapped[str | None] = mapped_column(Text)
