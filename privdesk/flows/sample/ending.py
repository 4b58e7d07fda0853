"""Destructions in every state, with the answers of the places."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from privdesk.documents.paper import Company, Entry, Form, Gap, Paper, Statement, Text
from privdesk.documents.rendering import render
from privdesk.flows import afterwards, custody, destruction, issuing
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import office
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import rules
from privdesk.registers.destructions.rules import OrderState, OrderStep

# In this order, so that the newest order to a place is one that waits for its answer.
GROUPS = ("cancelled", "requested", "approved", "complete", "differs", "outstanding")
EXECUTED = ("counted", "complete", "differs", "outstanding")

Refs = Mapping[str, str]  # the destructions by what becomes of them


def request(desk: Desk, named: Named, labels: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Request the destructions as the first officer; give one up again."""
    told = office()["destructions"]
    number = desk.service("files").called(named.files["prize"])[0]
    prize = desk.ref("files", number)
    made = {"counted": destruction.request(desk, file=prize, reason=told["counted"])}
    for label in GROUPS:
        refs = [desk.ref("subjects", number) for number in labels[label]]
        made[label] = destruction.request(desk, refs=refs, reason=told[label])
    _cancel(desk, made["cancelled"])
    return made


def approve(desk: Desk, made: Refs) -> None:
    """Approve what is to be executed, and one more, as the second officer."""
    for label in ("approved", *EXECUTED):
        destruction.approve(desk, made[label])


def answer(desk: Desk, made: Refs) -> None:
    """Enter what the places answered to the orders of what was executed."""
    for copy in custody.copies(desk):
        if copy["state"] == "to-replace":
            custody.destroyed(desk, str(copy["ref"]), desk.vault.person.name)
    for order in _orders(desk, made["complete"]):
        _confirm(desk, made["complete"], order)
    paper, _lost = _orders(desk, made["counted"])
    _confirm(desk, made["counted"], paper, method="shred")
    lose(desk, made)
    archive, _not_told = _orders(desk, made["differs"])
    _confirm(desk, made["differs"], archive, count=archive["expected"] - 1, method="shred")
    first, second = _orders(desk, made["outstanding"])
    _confirm(desk, made["outstanding"], first)
    issuing.issue(desk, "order", str(second["order"]), "ko")


def lose(desk: Desk, made: Refs) -> None:
    """Declare a place's copy lost, as one of the two officers whom it takes."""
    _paper, lost = _orders(desk, made["counted"])
    why = office()["destructions"]["why_lost"]
    desk.service("orders").act("declare-lost", [str(lost["order"])], {"reason": why})
    afterwards.move_on(desk)


def _cancel(desk: Desk, ref: str) -> None:
    why = office()["destructions"]["why_cancelled"]
    desk.service("destructions").act("cancel", [ref], {"reason": why})
    for order in _orders(desk, ref):
        if order["state"] != OrderState.CANCELLED.value:
            _settle(desk, str(order["order"]), OrderStep.CANCEL, why)


def _orders(desk: Desk, ref: str) -> list[Mapping[str, Any]]:
    (found,) = destruction.status(desk, ref)
    return list(found["places"])


def _confirm(
    desk: Desk, ref: str, order: Mapping[str, Any], count: int | None = None, method: str = ""
) -> None:
    """Print the order and enter its answer, with a confirmation as evidence."""
    issuing.issue(desk, "order", str(order["order"]), "ko")
    place = desk.service("places").get(str(order["place"])).values
    by = str(place.get("contact") or place["name"])
    number = int(order["expected"] if count is None else count)
    with tempfile.TemporaryDirectory() as folder:
        evidence = Path(folder) / "evidence.pdf"
        evidence.write_bytes(_evidence(desk, order, str(place["name"]), by, number))
        destruction.place(
            desk,
            ref,
            str(order["place"]),
            by=by,
            on=desk.today(),
            count=number,
            method=method,
            evidence=evidence,
        )


def _evidence(desk: Desk, order: Mapping[str, Any], place: str, by: str, count: int) -> bytes:
    """Return the confirmation that a place sent back; it names nobody who was destroyed."""
    told, today = office()["evidence"], desk.today()
    body = (
        Text(told["to"], bold=True),
        Gap(12),
        Form(
            (
                Entry("지시 번호", str(order["order"])),
                Entry("보유 장소", place),
                Entry("파기 인원", f"{count:,}명"),
                Entry("파기 일자", today.isoformat()),
                Entry("확인자", by, wide=True),
            )
        ),
        Gap(24),
        Statement(told["text"], today.isoformat(), place),
    )
    paper = Paper("evidence", str(order["order"]), told["title"], "ko", today, body)
    return render(paper, checkpoint=None, company=Company(place))


def _settle(desk: Desk, ref: str, step: OrderStep, why: str) -> None:
    """Move an order on by a step that no answer of the place brings about."""
    service = desk.service("orders")
    row = service.get(ref)
    with desk.change() as change:
        service.set_state(change, row.id, rules.next_order_state(OrderState(row.state), step).value)
        change.note("record.changed", "orders", row.id, fields=("state",), reason=why)
