"""What of a case may still be changed, and what a change undoes.

Whose case it is and what is asked decide who has to be identified and by when; so they do not
change behind an identity check, an order or a term that the person was told (rules 17 to 22).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.register import Row
from privdesk.registers.desk import Change, Desk
from privdesk.registers.requests import rules

WHO = ("subject", "customer_no", "by_agent", "agent")
ASKED = ("kind", "received_at", "proposal_on")
AFTER_CLOSING = {"fee_paid", "note"}
FIXED_ONCE_TOLD = (*WHO, *ASKED, "asked", "items", "purposes")


class AnsweredAlreadyError(DomainError):
    """{ref} has been answered, so what was asked stays as it is. Nothing was changed; take in a new
    request.
    """


class ActedOnError(DomainError):
    """Something was ordered or frozen already in {ref} for this person and this kind of request, so
    both stay. Nothing was changed; let the person take it back and take in a new request.
    """


class ClosedError(DomainError):
    """{ref} is closed, so it stays as it is; only a fee that comes in is still noted. Nothing was
    changed; take in a new request.
    """


class PaidLaterError(DomainError):
    """A fee cannot have been paid on {day}, which is still to come. Nothing was changed; check the
    day.
    """


class TakenInAlreadyError(DomainError):
    """The case of the number {source} is here already: {ref}. Nothing was changed; go on with that
    one, or leave the number empty.
    """


class NobodyAnyMoreError(DomainError):
    """{person} was taken out of use, so nothing can be asked for that record. Nothing was changed;
    link the record that stands, or nobody.
    """


class TermToldError(DomainError):
    """The term of {ref} was extended, and the person is told so; kind and receipt stay as they are.
    Nothing was changed; take in a new request.
    """


def require(desk: Desk, row: Row, typed: Mapping[str, Any]) -> None:
    """Refuse changes of what has been answered, acted on or extended.

    ``row`` is the case in the clear as it stands, ``typed`` the new values.
    """
    held = row.values
    changed = {name for name, value in typed.items() if (held.get(name) or None) != (value or None)}
    if row.state not in (*_OPEN, "void") and changed.intersection(FIXED_ONCE_TOLD):
        raise AnsweredAlreadyError(ref=row.ref)
    if row.state == rules.State.CLOSED.value and changed - AFTER_CLOSING:
        raise ClosedError(ref=row.ref)
    if changed.intersection(("kind", "subject")) and _acted_on(desk, row.id):
        raise ActedOnError(ref=row.ref)
    if changed.intersection(ASKED) and held.get("extensions"):
        raise TermToldError(ref=row.ref)


def require_sound(desk: Desk, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
    """Refuse a fee paid in days to come, a case taken in twice, a person out of use."""
    paid = values.get("fee_paid")
    if paid is not None and paid > desk.today():
        raise PaidLaterError(day=paid)
    old = before or {}
    subject = str(values.get("subject") or "")
    if subject and subject != old.get("subject"):
        (person,) = desk.service("subjects").rows([references.number(subject)])
        if person.state == "void":
            raise NobodyAnyMoreError(person=subject)
    same = all((values.get(n) or "") == (old.get(n) or "") for n in ("source_no", "place"))
    if values.get("source_no") and not same:
        _require_once(desk, str(values["source_no"]), str(values.get("place") or ""))


def _require_once(desk: Desk, source: str, place: str) -> None:
    """Refuse a second case under the number of one system."""
    number = references.number(place) if place else None
    found = desk.vault.raw.execute(
        "SELECT id FROM requests WHERE source_no = ? AND place IS ? AND state <> 'void' LIMIT 1",
        (source, number),
    ).fetchone()
    if found is not None:
        raise TakenInAlreadyError(source=source, ref=desk.ref("requests", found[0]))


def lapse(change: Change, number: int, before: Row) -> None:
    """Let an identity check go that was one of somebody else, or send a case back for its own.

    What is frozen for it gets its result by the day on which the answer is due now.

    A case waits for its check again when the person or the agent changed after it, and when
    its kind now needs a check that nobody made (rule 21; Decree 46(1)).
    """
    service = change.desk.service("requests")
    (row,) = service.rows([number])
    if row.values["due_on"] and before.values["due_on"]:
        days = (before.values["due_on"], row.values["due_on"])
        change.desk.service("freezes").follow(change, number, *days)
    if row.state not in _OPEN:
        return
    other = before.values["identified_at"] is not None and any(
        row.values[name] != before.values[name] for name in ("subject", "by_agent")
    )
    if other:
        service.put(
            change,
            number,
            state=rules.State.RECEIVED.value,
            identity_method=None,
            identified_at=None,
            identified_by="",
            identity_note="",
        )
        change.note("request.identity-lapsed", rules.REGISTER, number, fields=("identified_at",))
    elif (
        rules.needs_identity(str(row.values["kind"]))
        and row.values["identified_at"] is None
        and row.state != rules.State.RECEIVED.value
    ):
        service.put(change, number, state=rules.State.RECEIVED.value)


_OPEN = tuple(state.value for state in rules.OPEN)


def _acted_on(desk: Desk, number: int) -> bool:
    raw = desk.vault.raw
    return any(
        raw.execute(f"SELECT 1 FROM {table} WHERE request = ? LIMIT 1", (number,)).fetchone()
        for table in ("retrievals", "freezes", "corrections")
    )
