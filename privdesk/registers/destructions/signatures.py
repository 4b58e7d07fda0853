"""Who signed which part of a destruction: each with her own key, over the same digest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions.model import Signature
from privdesk.vault import crypto
from privdesk.vault.schema import table

BROKEN = N_("a signature under it does not hold")


class SignatureBrokenError(DomainError):
    """A signature under {ref} does not hold, so nobody was destroyed. Have the vault looked at with
    “privdesk verify VAULT”; if it is whole, request the destruction anew.
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


def require(desk: Desk, number: int, digest: str, parts: Sequence[str]) -> None:
    """Raise unless each part was signed over this digest, by a key the vault knows."""
    found = {one["part"]: one for one in desk.service("destructions").signatures(number)}
    for part in parts:
        one = found.get(part)
        person = desk.vault.header.by_id(one["person"]) if one is not None else None
        if (
            one is None
            or person is None
            or one["digest"] != digest
            or not crypto.signed(
                person.signing, one["signature"], message(desk.vault.id, number, part, digest)
            )
        ):
            raise SignatureBrokenError(ref=desk.ref("destructions", number))


def unproved(desk: Desk) -> list[tuple[str, str]]:
    """Return under which destructions a signature made by key does not hold, and why."""
    rows = desk.vault.raw.execute(
        "SELECT destruction, part, person, digest, signature FROM destruction_signatures"
        " WHERE paper = '' ORDER BY id"
    ).fetchall()
    found = []
    for number, part, person, digest, signature in rows:
        who = desk.vault.header.by_id(person)
        told = message(desk.vault.id, number, part, digest)
        if who is None or not crypto.signed(who.signing, bytes(signature), told):
            found.append((desk.ref("destructions", number), BROKEN))
    return found


def message(vault: str, number: int, part: str, digest: str) -> bytes:
    """Return the bytes that are signed for a part of a destruction (FORMAT.md, section 11)."""
    return "|".join(filter(None, (f"privdesk {part}", vault, str(number), digest))).encode()
