"""Handing over to a successor: keys, open requests, tasks, custody copies, and the old access.

One transaction, so that at no moment two people or nobody have the office's work. The keys the
predecessor held are rotated by the next roll.
"""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, words
from privdesk.core.register import Row
from privdesk.flows import handovers, keepers, people, requests
from privdesk.registers.desk import Change, Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.vault import crypto, passphrases, rotation, slots
from privdesk.vault.crypto import Cost
from privdesk.vault.header import ROLE_KEYS, Header, Person

DUTIES = {
    "officer": N_("Work of a privacy officer with this vault"),
    "manager": N_("Work of a manager with this vault"),
    "auditor": N_("Work of an auditor with this vault"),
    "administrator": N_("Work of an administrator with this vault"),
}


class OwnHandOverError(DomainError):
    """Nobody hands over their own access alone. Nothing was changed; give your successor access
    first, who then hands your work over.
    """


class SameSuccessorError(DomainError):
    """{name} cannot be their own successor. Nothing was changed; name somebody else."""


class SuccessorPassphraseError(DomainError):
    """{name} has no access to the vault yet, so a passphrase is needed. Nothing was changed; let
    the successor choose one.
    """


class SuccessorNotStaffError(DomainError):
    """{name} has {n} open requests, and {to} is not among the staff with this name in the vault.
    Nothing was changed; enter {to} in the register of staff first.
    """


@dataclass(frozen=True)
class HandedOver:
    """What changed hands: the role given, requests and copies by number, how many tasks.

    ``record`` is the handover that the three have to sign (D17), where both are of the staff.
    """

    role: str
    requests: tuple[str, ...]
    tasks: int
    copies: tuple[str, ...]
    record: str = ""


def hand_over(
    desk: Desk, name: str, to: str, passphrase: str = "", cost: Cost | None = None
) -> HandedOver:
    """Put ``to`` in the place of ``name`` and take the access of ``name`` away.

    A successor who is new is enrolled with ``passphrase``; one who is there already keeps hers
    and is given the role where her own opens less.
    """
    desk.require("officer")
    leaver = people.person_of(desk, name)
    if leaver.id == desk.vault.person.id:
        raise OwnHandOverError
    if name_key(to) == name_key(leaver.name):
        raise SameSuccessorError(name=leaver.name)
    head, taker, came = _with_successor(desk, leaver, to, passphrase, cost)
    cases, staff = _open_requests(desk, leaver, taker)
    head = slots.removed(head, leaver)
    with desk.change() as change:
        desk.vault.store_header(head)
        rotation.call_for(desk.vault, ROLE_KEYS[leaver.role])
        desk.vault.keys_wait(desk.now().isoformat())
        if came:
            change.note(came, details={"name": taker.name, "role": taker.role})
        record = _record(change, leaver, taker)
        for case in cases:
            requests.hand_over(change, case.id, staff)
        tasks = FindingsService(desk).pass_on(change, leaver.id, taker.id)
        copies = keepers.pass_on(change, leaver.name, taker.name)
        change.note("people.removed", details={"name": leaver.name, "role": leaver.role})
        _note(change, leaver, taker, [case.ref for case in cases], tasks, copies)
    desk.vault.publish_header()
    refs = tuple(case.ref for case in cases)
    return HandedOver(taker.role, refs, tasks, tuple(copies), record)


def _record(change: Change, leaver: Person, taker: Person) -> str:
    """Begin the handover of the staff that the two and a witness sign (S8.2; D17)."""
    desk = change.desk
    staff = desk.service("staff")
    giver, to = staff.of_login(leaver.name), staff.of_login(taker.name)
    if giver is None or to is None or to.state != "active":
        return ""
    say = words(str(desk.setting("language", "ko")))
    copies = [f"C-{n}" for n in keepers.kept_by(desk, leaver.name)]
    told = {"duties": say(DUTIES[leaver.role])}
    if copies:
        label = say(N_("Custody copy {number}"))
        told["accounts"] = "\n".join(label.format(number=number) for number in copies)
    return handovers.prepare(change, giver, to, told)


def _note(
    change: Change, leaver: Person, taker: Person, cases: list[str], tasks: int, copies: list[str]
) -> None:
    told = {"from": leaver.name, "to": taker.name, "requests": cases, "copies": copies}
    change.note("people.succeeded", details=told | {"tasks": tasks}, count=len(cases) + tasks)


def _with_successor(
    desk: Desk, leaver: Person, to: str, passphrase: str, cost: Cost | None
) -> tuple[Header, Person, str]:
    """Return the header with the successor in it, who that is, and the action to be journalled."""
    head, roles = desk.vault.header, desk.vault.unlocked.roles
    found = head.person(to)
    if found is not None and found.role != "recovery":
        if set(ROLE_KEYS[leaver.role]) <= set(ROLE_KEYS[found.role]):
            return head, found, ""
        found = slots.with_roles(head, found, leaver.role, roles)
        return head.with_person(found), found, "people.changed"
    if not passphrase:
        raise SuccessorPassphraseError(name=to.strip())
    name = people.spoken(to)
    passphrases.check(passphrase, (head.company, name, "privdesk"))
    head = slots.enrolled(head, name, leaver.role, passphrase, roles, cost or crypto.calibrated())
    made = head.person(name)
    assert made is not None
    return head, made, "people.added"


def _open_requests(desk: Desk, leaver: Person, taker: Person) -> tuple[list[Row], str]:
    """Return the open requests in somebody's name, and who of the staff takes them over."""
    staff = desk.service("staff")
    giver = staff.of_login(leaver.name)
    if giver is None:
        return [], ""
    cases: list[Row] = requests.of_handler(desk, giver.id)
    if not cases:
        return [], ""
    row = staff.of_login(taker.name)
    if row is None or row.state != "active":
        raise SuccessorNotStaffError(name=leaver.name, n=len(cases), to=taker.name)
    return cases, row.ref
