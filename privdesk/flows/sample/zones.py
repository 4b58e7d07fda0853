"""Protected zones of the invented office: lists, reviews, visits in every state, places apart."""

from __future__ import annotations

from typing import Any

from privdesk.core.strokes import Strokes
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import ago, read
from privdesk.registers.desk import Desk

_DAYS = ("since", "until", "on")
_SIGNATURE: Strokes = (
    ((0.18, 0.12), (0.30, 0.05), (0.26, 0.18), (0.22, 0.20)),
    ((0.36, 0.06), (0.36, 0.20), (0.48, 0.08), (0.44, 0.21)),
    ((0.56, 0.16), (0.66, 0.06), (0.62, 0.20), (0.80, 0.09)),
)


def enter(desk: Desk, named: Named) -> None:
    """Enter zones, who may enter, reviews and visits; some visits are destroyed already."""
    told: dict[str, Any] = read("zones")
    zones = {one["key"]: _zone(desk, named, one) for one in told["zones"]}
    dropped = [_permit(desk, zones, told["approver"], one) for one in told["permits"]]
    for one in told["reviews"]:
        gone = tuple(ref for of, ref in filter(None, dropped) if of == one["zone"])
        day = ago(desk.today(), one["on"])
        values = {"by": one["by"], "note": one["note"], "on": day, "ended": gone}
        desk.service("zones").act("review", [zones[one["zone"]]], values)
    for one in told["expired"]:
        _visit(desk, zones, one)
    desk.service("zones").act("destroy", [zones["archive"]], {})
    for one in told["visits"]:
        _visit(desk, zones, one)
    first = ago(desk.today(), "45d")
    desk.service("zones").act("log", [zones["server"]], {"first": first})
    for one in told["apart"]:
        places = desk.service("places")
        ref = desk.ref("places", places.called(named.places[one["place"]])[0])
        values = {name: one[name] for name in ("result", "by", "note")}
        places.act("inspect", [ref], {**values, "on": ago(desk.today(), one["on"])})


def _zone(desk: Desk, named: Named, one: dict[str, Any]) -> str:
    values = _dated(desk, one, "key")
    values["places"] = tuple(named.places[key] for key in one.get("places", ()))
    return str(desk.service("zones").create(values).ref)


def _permit(
    desk: Desk, zones: dict[str, str], approver: str, one: dict[str, Any]
) -> tuple[str, str] | None:
    """Enter a permit; return zone and reference of one that a review will end."""
    values = _dated(desk, one, "dropped", "asked") | {"zone": zones[one["zone"]]}
    if "asked" not in one:
        values["approver"] = approver
    ref = str(desk.service("zone-permits").create(values).ref)
    return (one["zone"], ref) if "dropped" in one else None


def _visit(desk: Desk, zones: dict[str, str], one: dict[str, Any]) -> None:
    service = desk.service("visits")
    values = _dated(desk, one, "paper", "drawn") | {"zone": zones[one["zone"]]}
    ref = service.create(values).ref
    if "paper" in one:
        service.act("paper", [ref], {})
    if "drawn" in one:
        service.sign(ref, _SIGNATURE)


def _dated(desk: Desk, one: dict[str, Any], *without: str) -> dict[str, Any]:
    """Return the values of a record, its periods turned into days."""
    values = {name: value for name, value in one.items() if name not in without}
    return values | {name: ago(desk.today(), one[name]) for name in _DAYS if name in one}
