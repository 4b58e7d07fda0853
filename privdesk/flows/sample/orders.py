"""Orders for requests in the invented office: asked, printed, answered, answered otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from privdesk.core.register import Row
from privdesk.flows import answering, changes, correcting, issuing, reaching, requests
from privdesk.registers.desk import Change, Desk
from privdesk.registers.retrievals.rules import Result

HELD = "계약·상담 기록 2건"
ACCEPTED = "야간 백업은 다음 날 작업부터 이용 중지가 적용됨을 확인함"
MOST = 40  # people looked at
LATE = 3  # orders it takes to have one that is late and one that differs
_NUMBER = "010-0000-{n:04}"
_BEGUN = 9  # days ago: the request whose last place is late with its reply


_ASKED = {
    "access": "상담 기록을 포함해 제 정보를 모두 보고 싶습니다.",
    "correction": "전화번호를 바꾸었으니 새 번호로 고쳐 주세요.",
    "suspension": "당분간 제 정보를 이용하지 말아 주세요.",
}


def take_in(desk: Desk, subjects: Sequence[int]) -> list[int]:
    """Take in an access, a correction and a suspension and have places answer some of it.

    ``subjects`` are living people, by number; those without a place outside are passed over.
    Return the numbers of the requests.
    """
    outside = {n: reaching.outside(desk, changes.files_of(desk, n)) for n in subjects[:MOST]}
    found = sorted(filter(outside.get, outside), key=lambda n: -len(outside[n]))[:3]
    made: list[int] = []
    with desk.change() as change:
        for kind, subject in zip(("access", "correction", "suspension"), found, strict=False):
            number = _received(change, kind, subject)
            made.append(number)
            if kind == "access":
                _replied(change, answering.orders(change, number))
            elif kind == "suspension":
                _own, *places = correcting.suspend(change, number)
                _suspended(change, places[-1:])
            else:
                _corrected(change, number)
    return made


def _received(change: Change, kind: str, subject: int) -> int:
    desk, days = change.desk, _BEGUN if kind == "access" else 0
    told: dict[str, Any] = {"kind": kind, "channel": "phone", "asked": _ASKED[kind]}
    told["subject"] = desk.ref("subjects", subject)
    told["received_at"] = desk.now() - timedelta(days=days)
    number = requests.receive(change, told)
    requests.identify(change, number, "callback")
    return number


def _replied(change: Change, orders: Sequence[int]) -> None:
    """Hand all orders over; one place finds nothing, others answer, the last is late."""
    for order in orders:
        _print(change.desk, order)
    _begun_earlier(change, orders)
    for at, order in enumerate(orders[:-1]):
        found = at or len(orders) < LATE
        _reply(change, order, Result.DONE if found else Result.NOTHING, HELD if found else "")


def _suspended(change: Change, orders: Sequence[int]) -> None:
    """Have a place suspend only from the next day on, which the officer accepts."""
    desk = change.desk
    for order in orders[:1]:
        _print(desk, order)
        _reply(change, order, Result.PARTLY)
        answering.accept(desk, [desk.ref("retrievals", order)], reason=ACCEPTED)


def _print(desk: Desk, order: int) -> None:
    issuing.issue(desk, "retrieval", desk.ref("retrievals", order), "ko")


def _reply(change: Change, order: int, result: Result, holds: str = "") -> None:
    """Enter a reply of today, by whoever looks after the place."""
    desk = change.desk
    (row,) = desk.service("retrievals").rows([order])
    place = desk.service("places").get(str(row.values["place"])).values
    by = str(place.get("contact") or place["name"])
    answering.reply(change, order, by=by, on=desk.today(), result=result.value, holds=holds)


def _begun_earlier(change: Change, orders: Sequence[int]) -> None:
    """Move the days of orders back, so that the time for the reply is over."""
    desk = change.desk
    t, today = desk.service("retrievals").table, desk.today()
    begun, reply_by = today - timedelta(days=_BEGUN), today - timedelta(days=1)
    days = {"asked_on": begun, "sent_on": begun, "reply_by": reply_by}
    change.sql.execute(update(t).where(t.c.id.in_(orders)).values(**days))


def _corrected(change: Change, number: int) -> None:
    """Order a new telephone number; the vault follows, the places have still to answer."""
    field = _telephone(change.desk)
    if field is None:
        return
    correcting.begin(change, number, f"{field}: {_NUMBER.format(n=number % 10_000)}")
    correcting.amend(change, number)


def _telephone(desk: Desk) -> str | None:
    rows: list[Row] = desk.service("items").rows(list(desk.service("subjects").fields_of_items()))
    return next((str(row.values["key"]) for row in rows if row.values["kind"] == "phone"), None)
