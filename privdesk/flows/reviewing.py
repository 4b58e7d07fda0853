"""The record of an access review: from the review and its rights to the paper."""

from __future__ import annotations

from privdesk.core import references
from privdesk.core.i18n import Words, words
from privdesk.core.register import Register, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import review_record
from privdesk.documents.papers.common import ApprovalLine
from privdesk.documents.papers.review_record import DecidedLine
from privdesk.registers.desk import Desk


def record(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """What was decided on each right of a review, as it stands."""
    service, lines = desk.service("rights-reviews"), desk.service("reviewed-rights")
    (row,) = service.rows([service.number(str(ref))])
    told = row.values
    data = review_record.ReviewRecord(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        system=row.titles["place"],
        reviewer=str(told["reviewer"] or ""),
        begun_on=told["begun_on"],
        done_on=told["done_on"],
        next_due=told["next_due"],
        kept=told["kept"],
        changed=told["changed"],
        revoked=told["revoked"],
        undecided=told["undecided"],
        note=str(told["note"] or ""),
        lines=_lines(desk, lines.rows(lines.of(row.id)), words(language)),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return review_record.record(data, language)


def printable_rights_reviewed(desk: Desk) -> int | None:
    """Return the newest review."""
    sql = "SELECT max(id) FROM rights_reviews WHERE state <> 'void'"
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)


def _lines(desk: Desk, rows: list[Row], say: Words) -> list[DecidedLine]:
    held = [references.number(row.values["access"]) for row in rows]
    rights = {row.ref: row for row in desk.service("access-rights").rows(held)}
    whose = {ref: str(row.values["staff"] or "") for ref, row in rights.items()}
    numbers = sorted({references.number(ref) for ref in whose.values() if ref})
    glimpsed = desk.service("staff").glimpses(numbers, ("department",))
    teams = {row.ref: str(row.values["department"] or "") for row in glimpsed}
    register = desk.register("reviewed-rights")
    return [
        DecidedLine(
            number=str(row.values["access"]),
            name=str(row.values["who"]),
            department=teams.get(whose.get(str(row.values["access"]), ""), ""),
            account=str(row.values["account"]),
            right=_level(say, register, row),
            result="" if row.state == register.states[0].key else _state(say, register, row),
            decided_on=row.values["decided_on"],
        )
        for row in rows
    ]


def _level(say: Words, register: Register, row: Row) -> str:
    field = register.field("level")
    choice = field.choice(str(row.values["level"])) if field is not None else None
    return say(choice.label) if choice is not None else ""


def _state(say: Words, register: Register, row: Row) -> str:
    state = register.state(row.state)
    return say(state.label) if state is not None else ""
