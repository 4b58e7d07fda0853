"""Who signed which part of a destruction: each with her own key, over the same digest.

Anybody who opens the vault can write rows into it and has a key to sign with. So a signature counts
only by the key of an officer of the line (``lineage``): of one there is now before anything is
destroyed, of one there was at some time for what is proved later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions.model import Signature
from privdesk.vault import crypto, lineage
from privdesk.vault.header import Header
from privdesk.vault.schema import table

REQUESTER, APPROVER, OPERATOR = "requester", "approver", "operator"
BROKEN = N_("a signature under it does not hold")
NO_OFFICER = N_("it is signed by somebody who is and was no privacy officer")
UNSIGNED = N_("request, approval or execution is not signed by an officer")
ALONE = N_("one officer requested and approved it, while it says that the two-officer rule applied")

Row = Mapping[str, Any]


class SignatureBrokenError(DomainError):
    """A signature under {ref} does not hold, so nobody was destroyed. Have the vault looked at with
    “privdesk verify VAULT”; if it is whole, request the destruction anew.
    """


class SignerGoneError(DomainError):
    """{name}, who signed {ref}, is no privacy officer of this vault now, or has new keys since. So
    nobody was destroyed; cancel {ref} and request the destruction anew.
    """


class OneSignerError(DomainError):
    """The same officer requested and approved {ref}, and the two-officer rule is on. So nobody was
    destroyed; cancel {ref} and request the destruction anew.
    """


def sign(change: Change, number: int, part: str, digest: str = "") -> None:
    """Sign a part of a destruction as the person at the desk; not every part has a digest."""
    desk = change.desk
    told = message(desk.vault.id, number, part, digest)
    change.sql.execute(
        insert(table(Signature)).values(
            destruction=number,
            part=part,
            person=desk.vault.person.id,
            digest=digest,
            signature=crypto.signer(desk.vault.unlocked.keys.signing).sign(told),
            paper="",
            at=desk.now().isoformat(),
        )
    )


def counting(desk: Desk, number: int) -> list[Row]:
    """Return the signatures of a destruction that officers made, oldest first."""
    head = desk.vault.header
    return [
        one
        for one in desk.service("destructions").signatures(number)
        if _holds(head, number, one) and lineage.was_officer(head, head.by_id(one["person"]))
    ]


def of_now(desk: Desk, number: int) -> list[Row]:
    """Return those of them that were made with the keys of officers there are now."""
    head = desk.vault.header
    return [
        one for one in counting(desk, number) if lineage.is_officer(head, head.by_id(one["person"]))
    ]


def require(desk: Desk, number: int, digest: str, parts: Sequence[str], *, two: bool) -> None:
    """Raise unless officers of now signed each part over this digest; with ``two`` different ones.

    Raises:
        SignatureBrokenError, SignerGoneError, OneSignerError: nothing may be destroyed.
    """
    head, ref = desk.vault.header, desk.ref("destructions", number)
    signers: list[list[int]] = []
    for part in parts:
        held = [
            one
            for one in desk.service("destructions").signatures(number)
            if (one["part"], one["digest"]) == (part, digest) and _holds(head, number, one)
        ]
        if not held:
            raise SignatureBrokenError(ref=ref)
        people = [head.by_id(one["person"]) for one in held]
        signers.append([p.id for p in people if p is not None and lineage.is_officer(head, p)])
        if not signers[-1]:
            raise SignerGoneError(name=people[-1].name if people[-1] else "", ref=ref)
    if two and len(signers) > 1 and not different(head, *signers):
        raise OneSignerError(ref=ref)


def different(head: Header, some: Iterable[int], others: Iterable[int]) -> bool:
    """Whether two of them, one of each, are not the same person under whatever keys."""
    others = list(others)
    return any(not head.same(one, other) for one in some for other in others)


def why_unproved(desk: Desk, number: int) -> str:
    """Return why signatures do not prove that a destruction was executed, or nothing.

    Officers signed request and approval over its digest, and execution over that of what was
    executed, which is written in the transaction that destroys. Two of them where it says so.
    """
    head = desk.vault.header
    row = desk.vault.raw.execute(
        "SELECT digest, digest_executed, two_officers FROM destructions WHERE id = ?", (number,)
    ).fetchone()
    signed = [(one["part"], one["digest"], one["person"]) for one in counting(desk, number)]
    parts = ((REQUESTER, row[0]), (APPROVER, row[0]), (OPERATOR, row[1]))
    who = [[p for part, digest, p in signed if digest and (part, digest) == each] for each in parts]
    if not all(who):
        return UNSIGNED
    if row[2] != 0 and not different(head, who[0], who[1]):
        return ALONE
    return ""


def unproved(desk: Desk) -> list[tuple[str, str]]:
    """Return under which destructions a signature made by key does not hold, and why."""
    names = ("destruction", "part", "person", "digest", "signature")
    rows = desk.vault.raw.execute(
        f"SELECT {', '.join(names)} FROM destruction_signatures WHERE paper = '' ORDER BY id"
    ).fetchall()
    head, found = desk.vault.header, []
    for values in rows:
        one = dict(zip(names, values, strict=True))
        number = int(one["destruction"])
        if not _holds(head, number, one):
            found.append((desk.ref("destructions", number), BROKEN))
        elif not lineage.was_officer(head, head.by_id(one["person"])):
            found.append((desk.ref("destructions", number), NO_OFFICER))
    return found


def message(vault: str, number: int, part: str, digest: str) -> bytes:
    """Return the bytes that are signed for a part of a destruction (FORMAT.md, section 11)."""
    return "|".join(filter(None, (f"privdesk {part}", vault, str(number), digest))).encode()


def _holds(head: Header, number: int, one: Row) -> bool:
    """Whether a signature was made with the key of whoever stands beside it."""
    person = head.by_id(one["person"])
    told = message(head.vault, number, one["part"], one["digest"])
    return person is not None and crypto.signed(person.signing, bytes(one["signature"]), told)
