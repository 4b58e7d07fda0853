"""What went to third parties, what authorities asked for, what is disputed: in every state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from privdesk.flows import correction
from privdesk.flows.sample.answers import Labels
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import read
from privdesk.registers.desk import Desk

DISPUTING = "soon"  # people who called the call centre: a processor keeps a copy
AGREED = "card"  # who agreed that a card company receives name and telephone number


@dataclass
class Asked:
    """What the first step made and the next two go on with, by reference."""

    person: int
    provisions: dict[str, str] = field(default_factory=dict)
    demands: dict[str, str] = field(default_factory=dict)


@cache
def told() -> dict[str, Any]:
    """Return the invented recipients, authorities and disputes."""
    found: dict[str, Any] = read("partners")
    return found


def ask(desk: Desk, named: Named, labels: Labels) -> Asked:
    """Ask for provisions, enter past ones and the demands of authorities, as one officer."""
    person = labels[DISPUTING][0]
    made = Asked(person)
    calls, card = (_ref(desk, "files", named.files[key]) for key in ("calls", "card"))
    agreed = [desk.ref("subjects", number) for number in labels[AGREED]]
    purpose = {"purpose": named.purposes["card"]}
    one = {"scope": "person", "subject": desk.ref("subjects", person)}
    number = {"scope": "count", "count": 240}
    rows: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
        "asked": ("card", card, {"subject": agreed[0], **purpose}),
        "allowed": ("card", card, {"subject": agreed[-1], **purpose}),
        "given": ("card", card, {"scope": "list", "persons": agreed, **purpose}),
        "refused": ("institute", calls, {**number, "count": 1200}),
        "confirmed": ("carrier", calls, {**one, **_past(desk, 61)}),
        "recalled": ("institute", calls, {**number, **_past(desk, 140)}),
        "studied": ("institute", calls, {**one, **_past(desk, 48)}),
        "recorded": ("carrier", calls, {**number, "frequency": "daily", **_past(desk, 12)}),
    }
    for key, (kind, file, more) in rows.items():
        made.provisions[key] = _provision(desk, kind, file, more)
    for key, days in (("late", 16), ("given", 9), ("refused", 5), ("waiting", 4)):
        made.demands[key] = _demand(desk, key, days, person)
    return made


def decide(desk: Desk, made: Asked, named: Named) -> None:
    """Approve, refuse, confirm and decide what another officer asked for or entered."""
    provisions, demands, of = desk.service("provisions"), desk.service("demands"), told()
    calls = _ref(desk, "files", named.files["calls"])
    provisions.act("approve", [made.provisions[key] for key in ("given", "allowed")], {})
    provisions.act("refuse", [made.provisions["refused"]], {"reason": of["turned_down"]})
    provisions.act(
        "confirm", [made.provisions[key] for key in ("confirmed", "recalled", "studied")], {}
    )
    granted = {"extent": "whole", "reason": of["grant"]}
    demands.act("grant", [made.demands["given"]], granted)
    demands.act("grant", [made.demands["waiting"]], {**granted, "extent": "part"})
    demands.act("deny", [made.demands["refused"]], {"reason": of["deny"]})
    outcome = demands.act("provide", [made.demands["given"]], {"file": calls})
    made.provisions["court"] = outcome.refs[0]
    provisions.update(outcome.refs[0], of["court"])


def tell(desk: Desk, made: Asked) -> None:
    """Hand over what was approved, answer the court, correct a number and tell recipients."""
    provisions, of = desk.service("provisions"), told()
    provisions.act("approve", [made.provisions["court"]], {})
    provisions.act("provide", [made.provisions[key] for key in ("given", "court")], {})
    provisions.act("recall", [made.provisions["recalled"]], {"reason": of["recalled"]})
    desk.service("demands").act("answer", [made.demands["given"]], {})
    _dispute(desk, made.person)


def open_freeze(desk: Desk, labels: Labels) -> None:
    """Freeze the telephone number of somebody whose request is not decided yet."""
    phone = desk.service("items").by_key("phone")
    with desk.change() as change:
        correction.freeze(change, labels[AGREED][-1], [phone], None, told()["open_dispute"])


def _dispute(desk: Desk, person: int) -> None:
    """Correct a telephone number; one notice stays open, others are sent and replied to."""
    of = told()
    phone = desk.service("items").by_key("phone")
    with desk.change() as change:
        freeze = correction.freeze(change, person, [phone], None, of["dispute"])
        desk.service("subjects").correct(change, person, {"phone": of["new_phone"]})
        notices = correction.release(change, freeze, "corrected", of["outcome"], tell=True)
    service, replies = desk.service("corrections"), of["replies"]
    refs = [desk.ref("corrections", number) for number in notices]
    done, partly, _waiting, *more = (*refs, "", "", "")
    sent = [one for one in (done, partly, *more) if one]
    service.act("send", sent, {})
    service.act("reply", [done], {"by": replies["done"], "result": "done"})
    if partly:
        answer = {"by": replies["partly"], "result": "partly", "note": replies["why"]}
        service.act("reply", [partly], answer)


def _provision(desk: Desk, kind: str, file: str, more: Mapping[str, Any]) -> str:
    values = {**told()[kind], "file": file, **more}
    values["items"] = _items(desk, values["items"])
    row = desk.service("provisions").create(values)
    return str(row.ref)


def _demand(desk: Desk, key: str, days: int, person: int) -> str:
    values = dict(told()["demands"][key])
    values["items"] = _items(desk, values["items"])
    day = desk.today() - timedelta(days=days)
    values |= {"received_on": day, "document_on": day - timedelta(days=2)}
    if key in ("given", "waiting"):
        values["persons"] = (desk.ref("subjects", person),)
    return str(desk.service("demands").create(values).ref)


def _past(desk: Desk, days: int) -> dict[str, Any]:
    day = desk.today() - timedelta(days=days)
    return {"provided_on": day, "approver": told()["approver"]}


def _items(desk: Desk, keys: Sequence[str]) -> tuple[str, ...]:
    items = desk.service("items")
    return tuple(desk.ref("items", items.by_key(key)) for key in keys)


def _ref(desk: Desk, register: str, name: str) -> str:
    return desk.ref(register, desk.service(register).called(name)[0])
