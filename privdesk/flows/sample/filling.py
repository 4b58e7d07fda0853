"""The registers that do not name data subjects: staff, items, purposes, places, files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import ago, office
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService

_DAYS = ("joined", "left", "appointed", "relieved", "collected_from", "collected_to")
_LINKS = ("required_items", "optional_items")


def settings(desk: Desk) -> None:
    """Say what kind of company it is."""
    told = office()
    desk.set_setting("sample", value=True)
    desk.set_setting("begun", "2000-01-01")  # it looks like an office that has worked for years
    desk.set_setting("contact", told["contact"])
    for name, text in told["english"].items():
        desk.set_setting(name, text)
    desk.set_setting("profile", told["profile"])
    closure = ago(desk.today(), "-9d")
    desk.set_setting("closures", {closure.isoformat(): told["closure"]})
    FindingsService(desk).confirm_epoch_folder()


def staff(desk: Desk) -> None:
    """Enter the office's people, those who left and one whose access was forgotten."""
    told = office()
    service = desk.service("staff")
    with desk.change() as change:
        for one in [*told["people"], told["forgotten"]]:
            values = _dated(one, desk.today())
            if "role" in one:
                values["login"] = one["name"]
            service.insert(change, {k: v for k, v in values.items() if k != "role"})


def policy(desk: Desk) -> Named:
    """Enter items, purposes, places and files; return what they are called."""
    with desk.change():
        _items(desk)
        places = _places(desk)
        purposes = _purposes(desk)
        files = _files(desk, purposes, places)
    purpose_of = {one["key"]: one["purpose"] for one in office()["files"]}
    return Named(purposes, places, files, purpose_of)


def end_purposes(desk: Desk, named: Named) -> None:
    """End the purposes that are over."""
    service = desk.service("purposes")
    for one in office()["purposes"]:
        if "ended" in one:
            number = service.called(named.purposes[one["key"]])[0]
            day = ago(desk.today(), one["ended"])
            service.act("end", [desk.ref("purposes", number)], {"on": day})


def change_purpose(desk: Desk, named: Named) -> None:
    """Ask more for the reduced rent than people agreed to (rule 8)."""
    service = desk.service("purposes")
    number = service.called(named.purposes["discount"])[0]
    address = desk.ref("items", desk.service("items").by_key("address"))
    service.update(desk.ref("purposes", number), {"optional_items": (address,)})


def _items(desk: Desk) -> None:
    service = desk.service("items")
    for key in ("birth_date", "address"):
        service.adopt(key)
    for one in office()["items"]:
        service.create(one)


def _purposes(desk: Desk) -> dict[str, str]:
    service, named = desk.service("purposes"), {}
    for one in office()["purposes"]:
        values = {k: v for k, v in one.items() if k not in ("template", "key", "ended")}
        values |= {name: _item_refs(desk, one[name]) for name in _LINKS if name in one}
        if "template" in one:
            row = service.adopt(one["template"], "ko")
            if values:
                row = service.update(row.ref, values)
        else:
            row = service.create(values)
        named[one.get("template") or one["key"]] = str(row.values["name"])
    return named


def _places(desk: Desk) -> dict[str, str]:
    for one in office()["places"]:
        desk.service("places").create({k: v for k, v in one.items() if k != "key"})
    return {one["key"]: one["name"] for one in office()["places"]}


def _files(desk: Desk, purposes: Mapping[str, str], places: Mapping[str, str]) -> dict[str, str]:
    for one in office()["files"]:
        values = _dated(one, desk.today())
        values["purpose"] = purposes[one["purpose"]]
        values["place"] = places[one["place"]]
        values["copies"] = tuple(places[key] for key in one.get("copies", ()))
        desk.service("files").create(values)
    return {one["key"]: one["name"] for one in office()["files"]}


def _item_refs(desk: Desk, keys: list[str]) -> tuple[str, ...]:
    items = desk.service("items")
    return tuple(desk.ref("items", items.adopt(key)) for key in keys)


def _dated(one: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the values of a record, its periods turned into days."""
    values = {k: v for k, v in one.items() if k != "key"}
    return values | {name: ago(today, one[name]) for name in _DAYS if name in one}
