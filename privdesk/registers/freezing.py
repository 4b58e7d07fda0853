"""What of whom stands under a freeze: disputed, so neither used nor given until the result.

A freeze (S6.5; PIPA 73(1)1) is no legal hold: it stops use, export, print and provision of the
disputed items, the request's own papers aside; a hold stops destruction. Only where the
person disputes a deletion does a freeze keep from destruction too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _
from privdesk.core.values import from_column
from privdesk.registers.desk import Desk

EVERYTHING: frozenset[int] = frozenset()
EXPORT, PRINT, PROVISION, USE = "export", "print", "provision", "use"
USES: Mapping[str, str] = {
    EXPORT: N_("export"),
    PRINT: N_("print"),
    PROVISION: N_("provision"),
    USE: N_("use"),
}
ALL = N_("everything")
FROZEN = N_("frozen")
"""The word that stands on screen and paper where a value is left out."""
_TOLD = 5
_REGISTER = "freezes"
Frozen = Mapping[int, frozenset[int]]


class FrozenError(DomainError):
    """What is disputed stays untouched until the request is decided ({use}): {frozen}. Nothing was
    changed; release the freeze with its result first, or leave these people or items out.
    """


def frozen(
    desk: Desk, subjects: Iterable[int], by: date | None = None
) -> dict[int, frozenset[int]]:
    """Return the frozen items of those of these people who have any.

    By the person's number the numbers of the items; an empty set is everything.
    """
    found = everybody(desk, by)
    if not found:
        return {}
    wanted = subjects if isinstance(subjects, set | frozenset | range) else set(subjects)
    return {number: items for number, items in found.items() if number in wanted}


def everybody(desk: Desk, by: date | None = None) -> dict[int, frozenset[int]]:
    """Return the frozen items of everybody who has any; there are never many at a time.

    With ``by`` only what was frozen on that day or before.
    """
    rows = desk.vault.raw.execute(
        "SELECT subject, items FROM freezes WHERE state = 'frozen'"
        " AND since <= coalesce(?, since) ORDER BY id",
        (by.isoformat() if by else None,),
    ).fetchall()
    found: dict[int, frozenset[int]] = {}
    for subject, items in rows:
        here, before = numbers_in(items), found.get(subject)
        whole = not here or before == EVERYTHING
        found[subject] = EVERYTHING if whole else here | (before or EVERYTHING)
    return found


def freed_by(desk: Desk, reason: str) -> set[int]:
    """Return the people whose frozen values may be seen for a reason.

    That is the request for which they are frozen, or the freeze itself: whoever decides the
    dispute has to see what is disputed.
    """
    try:
        prefix, number = references.parse(reason.strip())
    except DomainError:
        return set()
    column = {"R": "request", desk.register(_REGISTER).prefix: "id"}.get(prefix)
    if column is None:
        return set()
    sql = f"SELECT subject FROM freezes WHERE state = 'frozen' AND {column} = ?"
    return {row[0] for row in desk.vault.raw.execute(sql, (number,)).fetchall()}


def undeletable(desk: Desk) -> set[int]:
    """Return the people who dispute a deletion: a freeze keeps them from destruction."""
    sql = "SELECT subject FROM freezes WHERE state = 'frozen' AND keep"
    return {row[0] for row in desk.vault.raw.execute(sql).fetchall()}


def covers(here: frozenset[int], items: Collection[int]) -> bool:
    """Whether a freeze of these items touches one of ``items``; none given means any."""
    return not here or not items or not here.isdisjoint(items)


def touched(
    desk: Desk, subjects: Iterable[int], items: Collection[int], by: date | None = None
) -> dict[int, frozenset[int]]:
    """Return those people of whom one of these items is frozen (none given: any item)."""
    found = frozen(desk, subjects, by)
    return {n: here for n, here in found.items() if covers(here, items)}


def require_free(
    desk: Desk,
    subjects: Sequence[int],
    use: str,
    items: Collection[int] = (),
    by: date | None = None,
) -> None:
    """Refuse a use of people of whom one of these items is frozen (rule 23).

    ``by`` is the day of a use that is entered afterwards.

    Raises:
        FrozenError: naming the first few people and what of them is frozen.
    """
    found = touched(desk, subjects, items, by)
    if found:
        raise FrozenError(use=_(USES.get(use, use)), frozen=spoken(desk, found))


def of_case(desk: Desk, subject: int, reason: str) -> bool:
    """Whether a reason is the very request by which all that is frozen of a person was frozen."""
    sql = "SELECT request FROM freezes WHERE subject = ? AND state = 'frozen'"
    asked = {row[0] for row in desk.vault.raw.execute(sql, (subject,)).fetchall()}
    told = {desk.ref("requests", one) if one is not None else "" for one in asked}
    return told == {reason.strip()} != {""}


def spoken(desk: Desk, found: Frozen) -> str:
    """Return who is frozen and what of them, the first few by reference."""
    told = [
        f"{references.make('S', number)} ({labels(desk, items)})"
        for number, items in sorted(found.items())[:_TOLD]
    ]
    return ", ".join(told) + (", …" if len(found) > _TOLD else "")


def labels(desk: Desk, items: frozenset[int]) -> str:
    """Return what the frozen items are called; an empty set is everything."""
    if not items:
        return _(ALL)
    names = desk.service("items").titles(sorted(items))
    return ", ".join(names[number] for number in sorted(names))


def numbers_in(column: str | None) -> frozenset[int]:
    """Return the record numbers that a column of several links holds."""
    refs = from_column(Kind.LINKS, column)
    return frozenset(references.number(ref) for ref in refs)
