"""A guardian refuses or never confirms: what was collected of guardian and child goes (rule 3).

Holdings, and a child of whom nothing else is kept, go by a destruction that another officer
approves. What nothing of that stands on goes at once: who the guardian is, and what the
child told for this purpose alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, words
from privdesk.core.register import Outcome, Row
from privdesk.flows import consentends, destruction
from privdesk.flows.consentfacts import asked_of, items_of
from privdesk.registers.consents.rules import guardian_data_by
from privdesk.registers.desk import Change, Desk

REASON = N_("No guardian’s consent: {consents}")
REQUESTED = N_("Destruction {ref} was requested; another officer approves it.")
FORGOTTEN = N_("No holding stands on it; who the guardian is was destroyed at once.")
EMPTIED = N_("Emptied here: {items}.")
STAYS = N_("{holdings} stay: they stand on something else.")


class GuardianAgreedError(DomainError):
    """{ref} neither waits for a guardian nor was refused by one. Nothing was requested; choose
    such a consent.
    """


@dataclass(frozen=True)
class Plan:
    """What becomes of one child's data, and of the guardian's, by the fifth day.

    ``taken`` are the references that a destruction takes: holdings, or the whole person. Where
    it takes nothing, ``emptied`` are the items (record numbers) that only this purpose needed,
    and who the guardian is goes at once. ``stays`` are holdings for other purposes.
    """

    consent: str
    subject: int
    by: date
    waits: bool
    taken: tuple[str, ...] = ()
    emptied: tuple[int, ...] = ()
    stays: tuple[str, ...] = ()


def plan(desk: Desk, refs: Sequence[str]) -> list[Plan]:
    """Return what destroying what was collected for these consents would do; changes nothing.

    Raises:
        GuardianAgreedError: one of them neither waits for a guardian nor was refused by one.
    """
    with desk.vault.reading():
        rows = _silent(desk, refs)
        meant = {row.id for row in rows}
        return [_plan(desk, row, meant) for row in rows]


def destroyable(desk: Desk, refs: Sequence[str]) -> list[str]:
    """Return what a destruction takes: the holdings of these consents, or whole people.

    A child of whom nothing else is held or agreed to goes as a person.
    """
    return list(dict.fromkeys(ref for one in plan(desk, refs) for ref in one.taken))


def destroy(desk: Desk, refs: Sequence[str], reason: str = "") -> Outcome:
    """Ask for the destruction; of what no holding stands on, destroy it at once."""
    desk.require("officer")
    said: list[str] = []
    made: list[str] = []
    with desk.change() as change:
        plans = plan(desk, refs)
        taken = list(dict.fromkeys(ref for one in plans for ref in one.taken))
        if taken:
            say = words(str(desk.setting("language", "ko")))
            named = ", ".join(one.consent for one in plans if one.taken)
            why = reason or say(REASON).format(consents=named)
            made.append(destruction.request(desk, refs=taken, reason=why))
            said.append(_(REQUESTED).format(ref=made[0]))
        at_once = [one for one in plans if not one.taken]
        if at_once:
            said += _at_once(change, at_once)
            made += [one.consent for one in at_once]
    stays = list(dict.fromkeys(ref for one in plans for ref in one.stays))
    if stays:
        said.append(_(STAYS).format(holdings=", ".join(stays)))
    return Outcome(" ".join(said), tuple(made))


def _plan(desk: Desk, row: Row, meant: Collection[int]) -> Plan:
    subject, purpose, box = asked_of(row)
    main = desk.service("purposes").main_box(purpose).value == box
    sql = (
        "SELECT id, purpose FROM holdings WHERE subject = ? AND state IN ('active', 'held', 'law')"
    )
    held = desk.vault.raw.execute(sql, (subject,)).fetchall()
    mine = [number for number, of in held if main and of == purpose]
    taken = [desk.ref("holdings", number) for number in mine]
    others = _standing(desk, subject, meant)
    if not held and not others:
        taken = [desk.ref("subjects", subject)]
    needed = {of for _held, of in held} | others
    return Plan(
        consent=row.ref,
        subject=subject,
        by=guardian_data_by(row.values["at"], desk.today(), desk.calendar),
        waits=row.state == "waiting",
        taken=tuple(taken),
        emptied=() if taken else _only_for(desk, subject, purpose, needed),
        stays=tuple(desk.ref("holdings", n) for n, _purpose in held if n not in mine),
    )


def _at_once(change: Change, plans: Sequence[Plan]) -> list[str]:
    """Forget the guardians, and empty what the children told for this alone."""
    desk = change.desk
    t, service = desk.service("consents").table, desk.service("subjects")
    fields, emptied = service.fields_of_items(), set()
    rows = _silent(desk, [one.consent for one in plans])
    for one, row in zip(plans, rows, strict=True):
        values = {fields[item].name: "" for item in one.emptied}
        if values:
            service.amend(change, one.subject, values)
            emptied |= set(one.emptied)
        change.sql.execute(t.update().where(t.c.id == row.id).values(settled_on=desk.today()))
    silent = [(row.id, asked_of(row), row.state == "waiting") for row in rows]
    consentends.forget_guardians(change, silent)
    names = items_of(desk, [desk.ref("items", item) for item in sorted(emptied)])
    told = [_(EMPTIED).format(items=", ".join(names))] if names else []
    return [*told, _(FORGOTTEN)]


def _only_for(desk: Desk, subject: int, purpose: int, needed: Iterable[int]) -> tuple[int, ...]:
    """Return the items on file of a person that a purpose needs and none of the others does."""
    purposes, service = desk.service("purposes"), desk.service("subjects")
    others = {ref for of in needed if of != purpose for ref in purposes.items_of(of)}
    if purpose in needed:
        others |= set(purposes.items_of(purpose))
    asked = {references.number(ref) for ref in set(purposes.items_of(purpose)) - others}
    (row,) = service.rows([subject])
    fields = service.fields_of_items()
    return tuple(sorted(n for n in asked if n in fields and row.values.get(fields[n].name)))


def _silent(desk: Desk, refs: Sequence[str]) -> list[Row]:
    service = desk.service("consents")
    rows: list[Row] = service.rows([service.number(ref) for ref in refs])
    for row in rows:
        refused = row.state == "refused" and row.values["guardian"]
        if row.state != "waiting" and not refused:
            raise GuardianAgreedError(ref=row.ref)
    return rows


def _standing(desk: Desk, subject: int, meant: Collection[int]) -> set[int]:
    """Return the purposes that a person agreed to, or of which a guardian may still decide."""
    sql = "SELECT id, purpose FROM consents WHERE subject = ? AND state IN ('given', 'waiting')"
    rows = desk.vault.raw.execute(sql, (subject,)).fetchall()
    return {purpose for number, purpose in rows if number not in meant}
