"""Orders for requests in the invented office: asked, printed, answered, answered otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.register import Row
from privdesk.flows import answering, changes, correcting, issuing, requests
from privdesk.registers.desk import Change, Desk
from privdesk.registers.retrievals.rules import Result

BY = "전산운영팀"
HELD = "온라인 상담 기록 2건"
_NUMBER = "010-0000-{n:04}"


def take_in(desk: Desk, subjects: Sequence[int]) -> list[int]:
    """Take in an access, a correction and a suspension and have places answer some of it.

    ``subjects`` are living people, by number; those without a place outside are passed over.
    Return the numbers of the requests.
    """
    found = [n for n in subjects if changes.files_of(desk, n)][:3]
    made: list[int] = []
    with desk.change() as change:
        for kind, subject in zip(("access", "correction", "suspension"), found, strict=False):
            number = _received(change, kind, subject)
            made.append(number)
            if kind == "access":
                _replied(change, answering.orders(change, number))
            elif kind == "suspension":
                correcting.suspend(change, number)
            else:
                _corrected(change, number)
    return made


def _received(change: Change, kind: str, subject: int) -> int:
    told = {"kind": kind, "subject": change.desk.ref("subjects", subject), "channel": "phone"}
    number = requests.receive(change, told)
    requests.identify(change, number, "callback")
    return number


def _replied(change: Change, orders: Sequence[int]) -> None:
    """Hand all orders over; the first place sends what it holds, the second holds nothing."""
    desk = change.desk
    results = (Result.DONE, Result.NOTHING)
    for order in orders:
        issuing.issue(desk, "retrieval", desk.ref("retrievals", order), "ko")
    for order, result in zip(orders, results, strict=False):
        holds = HELD if result is Result.DONE else ""
        answering.reply(change, order, by=BY, on=desk.today(), result=result.value, holds=holds)


def _corrected(change: Change, number: int) -> None:
    """Order a new telephone number; the vault follows, the places have still to answer."""
    field = _telephone(change.desk)
    if field is None:
        return
    correcting.begin(change, number, f"{field}: {_NUMBER.format(n=number % 10_000)}")
    correcting.amend(change, number)


def _telephone(desk: Desk) -> str | None:
    rows: list[Row] = desk.service("items").rows(list(changes.fields_by_item(desk)))
    return next((str(row.values["key"]) for row in rows if row.values["kind"] == "phone"), None)
