"""What an answer claims, compared with what was done and with what is still held.

A letter that says “done” or “nothing is held” is believed; so the office cannot say it of what
its own records contradict (PIPA 36(2), 37(4), 38(5)).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.requests.kinds import OPEN_TO_ANYBODY

DONE = N_("Answer recorded; print the letter now.")
NOT_YET = N_(
    "Answer recorded before everything is done; not confirmed yet: {places}. The letter says what"
    " is outstanding."
)
NOTHING_DONE = N_(
    "Answer recorded. Nothing was ordered, corrected, frozen or deleted for it here, so the letter"
    " says “granted” and not “done”."
)
_TO_BE_DONE = ("correction", "deletion", "suspension", "objection", "withdrawal")
_SHOWN = 3
_LINKED = (  # records that are made for a request and carry out what it asks
    "SELECT 1 FROM retrievals WHERE request = ? AND kind <> 'retrieval' AND state <> 'cancelled'",
    "SELECT 1 FROM freezes WHERE request = ? AND state <> 'void'",
    "SELECT 1 FROM corrections WHERE request = ? AND state <> 'void'",
)
_WITHDRAWN = (
    "SELECT 1 FROM consents WHERE subject = ? AND kind = 'withdrawn' AND state <> 'void'"
    " AND at >= ?"
)
_UNMOVED = (  # holdings that no destruction requested for the case takes
    "SELECT h.id FROM holdings h WHERE h.subject = ? AND h.state IN ('active', 'held', 'law')"
    " AND NOT EXISTS (SELECT 1 FROM destruction_holdings d JOIN retrievals r"
    " ON r.destruction = d.destruction WHERE d.holding = h.id AND d.why = '' AND r.request = ?)"
    " ORDER BY h.id"
)


class StillHeldError(DomainError):
    """{ref} cannot be answered with “nothing held”: {person} is held for {held}. Nothing was
    changed; answer with what is held, or have it deleted first.
    """


class KeptInPartError(DomainError):
    """{ref} is not granted as a whole: {held} stays. Nothing was changed; answer in part, with the
    law that keeps it and the reason.
    """


def acted(desk: Desk, row: Row) -> bool:
    """Whether anything was ordered, frozen, destroyed, corrected or withdrawn for a case."""
    raw = desk.vault.raw
    if any(raw.execute(f"{sql} LIMIT 1", (row.id,)).fetchone() for sql in _LINKED):
        return True
    if row.values["kind"] != "withdrawal" or not row.values["subject"]:
        return False
    since = office_date(row.values["received_at"]).isoformat()
    return (
        raw.execute(_WITHDRAWN, (references.number(row.values["subject"]), since)).fetchone()
        is not None
    )


def require(desk: Desk, row: Row, result: str) -> None:
    """Refuse an answer that what is held contradicts.

    Raises:
        StillHeldError: “nothing held” while a holding that the case is about stands.
        KeptInPartError: a deletion “granted” of which something stays.
    """
    kind = str(row.values["kind"])
    if not row.values["subject"] or kind in OPEN_TO_ANYBODY:
        return
    if result == "nothing" and kind != "withdrawal":
        held = _of_the_case(desk, row, _held(desk, row))
        if held:
            person = str(row.values["subject"])
            raise StillHeldError(ref=row.ref, person=person, held=_spoken(held))
    if result == "granted" and kind == "deletion":
        kept = _kept(desk, row)
        if kept:
            raise KeptInPartError(ref=row.ref, held=kept)


def outcome(desk: Desk, refs: Sequence[str], result: str) -> str:
    """Return in words what the officer who recorded an answer has to know."""
    numbers = [references.number(ref) for ref in refs]
    orders = desk.service("retrievals")
    waits = {name: None for number in numbers for name in orders.awaited(number)}
    if waits:
        return _(NOT_YET).format(places=", ".join(waits))
    rows = desk.service("requests").rows(numbers)
    asked = [row for row in rows if row.values["kind"] in _TO_BE_DONE]
    if result in ("granted", "partial") and not all(acted(desk, row) for row in asked):
        return _(NOTHING_DONE)
    return _(DONE)


def _held(desk: Desk, row: Row) -> list[Row]:
    """Return the living holdings of the person of a case."""
    service, subject = desk.service("holdings"), references.number(row.values["subject"])
    rows: list[Row] = service.rows(service.of_subjects([subject]).get(subject, []))
    return rows


def _of_the_case(desk: Desk, row: Row, held: Iterable[Row]) -> list[Row]:
    """Return the holdings of the purposes, and of the items, that a case names."""
    purposes, items = set(row.values["purposes"] or ()), set(row.values["items"] or ())
    needs = desk.service("purposes").items_of
    return [
        one
        for one in held
        if (not purposes or one.values["purpose"] in purposes)
        and (not items or items.intersection(needs(references.number(one.values["purpose"]))))
    ]


def _kept(desk: Desk, row: Row) -> str:
    """Return what a deletion leaves; nothing where nobody has begun it and no law keeps any."""
    asked = set(row.values["items"] or ())
    rows = desk.service("retrievals").of_request(row.id, "deletion")
    own = [r for r in rows if not r.values["place"] and r.state != "cancelled"]
    emptied = {item for one in own for item in one.values["items"]}
    if asked and emptied:
        return ", ".join(desk.service("items").called_by(sorted(asked - emptied)))
    subject = references.number(row.values["subject"])
    numbers = desk.vault.raw.execute(_UNMOVED, (subject, row.id)).fetchall()
    left = desk.service("holdings").rows([one[0] for one in numbers])
    if emptied:
        return ""
    if not any(one.values["destruction"] for one in own):
        left = [one for one in left if one.values["kept_until"] is not None]
    return _spoken(_of_the_case(desk, row, left))


def _spoken(held: Iterable[Row]) -> str:
    names = list(dict.fromkeys(f"“{one.titles.get('purpose', one.ref)}”" for one in held))
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
