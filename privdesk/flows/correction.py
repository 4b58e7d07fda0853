"""A dispute from the freeze to the notices: what the flows of requests and answers call."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from privdesk.registers.desk import Change
from privdesk.registers.freezes.rules import Result

FREEZES, CORRECTIONS = "freezes", "corrections"


def freeze(
    change: Change,
    subject: int,
    items: Sequence[int],
    request: int | None,
    reason: str,
    *,
    keep: bool = False,
) -> int:
    """Freeze items of a person (none given: everything) until a request is decided.

    ``keep`` is for a disputed deletion: then nothing of the person is destroyed either.
    Return the number of the freeze.
    """
    desk = change.desk
    values: dict[str, Any] = {
        "subject": desk.ref("subjects", subject),
        "items": tuple(desk.ref("items", item) for item in items),
        "reason": reason,
        "keep": keep,
    }
    if request is not None:
        values["request"] = desk.ref("requests", request)
    made: int = desk.service(FREEZES).insert(change, values)
    return made


def release(
    change: Change,
    freeze: int,
    result: str = Result.CORRECTED.value,
    outcome: str = "",
    *,
    tell: bool = False,
) -> list[int]:
    """Release a freeze with its result: corrected, deleted, unchanged or withdrawn.

    With ``tell`` whoever received what changed gets a notice; return the notices' numbers.
    """
    service = change.desk.service(FREEZES)
    service.release_one(change, freeze, Result(result), outcome)
    told: list[int] = []
    if tell and Result(result) in (Result.CORRECTED, Result.DELETED):
        told = service.tell(change, freeze, Result(result))
    return told


def tell_recipients(
    change: Change,
    subject: int,
    items: Sequence[int],
    request: int | None,
    what: str | Mapping[int, tuple[str, str]],
    *,
    processors: bool = True,
    named: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> list[int]:
    """Draw up a notice to each past recipient and processor of these items, and to the source.

    ``what`` is ``correction``, ``deletion``, or by item number the value before and after;
    without values those of the request's freeze and of today are taken. No items given means
    all. ``named`` are third parties that a consent names, with the items, whether or not a
    provision stands in the ledger. ``processors=False`` leaves the processors out, where they
    get an order anyway. Whoever waits for a notice of the same request gets no second one.
    Return the numbers.
    """
    made: list[int] = change.desk.service(CORRECTIONS).draw_up(
        change, subject, items, request, what, processors=processors, named=named
    )
    return made


def forget(change: Change, gone: Sequence[int]) -> list[str]:
    """Drop what freezes, notices and provisions tell of people who are being destroyed.

    A notice that has not gone out keeps its content until it was answered. Return the files
    to unlink after the commit.
    """
    desk = change.desk
    desk.service(FREEZES).forget(change, gone)
    desk.service("provisions").forget(gone)
    files: list[str] = desk.service(CORRECTIONS).forget(change, gone)
    return files
