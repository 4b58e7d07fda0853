"""Audits, safeguards and emergency updates of the invented office."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from privdesk.flows.sample.papers import pdf
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import ago, read
from privdesk.registers.desk import Desk


@cache
def told() -> dict[str, Any]:
    """Return what was audited, checked and updated."""
    found: dict[str, Any] = read("safety")
    return found


def enter(desk: Desk, named: Named) -> None:
    """Enter how systems guard their log-ins, the safeguards, the alerts and the audits."""
    with tempfile.TemporaryDirectory() as folder, desk.change():
        at = Path(folder)
        for key, values in told()["systems"].items():
            desk.service("places").update(_place(desk, named, key), values)
        _safeguards(desk, named, at)
        for one in told()["alerts"]:
            _alert(desk, named, one, at)
        _questions(desk)
        for one in told()["audits"]:
            _audit(desk, one, at)
        one = dict(told()["planned"])
        first = desk.today() + timedelta(days=one.pop("plus"))
        last = first + timedelta(days=one.pop("days"))
        desk.service("audits").create({**one, "planned_on": first, "planned_until": last})


def _safeguards(desk: Desk, named: Named, folder: Path) -> None:
    """Take the shipped list over, give each its owner and places, and check some of it."""
    service = desk.service("safeguards")
    known: dict[str, str] = {}
    for row in service.rows([service.number(ref) for ref in service.take_over("ko").refs]):
        area = str(row.values["area"])
        places = tuple(_place(desk, named, key) for key in told()["where"].get(area, ()))
        given: dict[str, Any] = {"owner": _who(desk, told()["owner"][area]), "places": places}
        service.update(row.ref, given)
        known[str(row.values["name"])] = row.ref
    for one in told()["checks"]:
        on = ago(desk.today(), one["on"])
        values: dict[str, Any] = {"result": one["result"], "seen": one["seen"], "on": on}
        if "fix" in one:
            values["fix_by"] = desk.today() + timedelta(days=one["fix"])
        service.act("check", [known[name] for name in one["safeguards"]], values)
    plan = told()["plan"]
    path = pdf(desk, folder / plan["file"], plan["title"], plan["lines"])
    service.act("attach", [known[plan["safeguard"]]], {"what": "plan", "file": path})


def _alert(desk: Desk, named: Named, one: Mapping[str, Any], folder: Path) -> None:
    """Enter an emergency bulletin and what was done on it, so many hours ago."""
    service, now = desk.service("virus-alerts"), desk.now()
    values = {name: one[name] for name in ("name", "bulletin", "issuer", "what")}
    values["places"] = tuple(_place(desk, named, key) for key in one["places"])
    values["received_at"] = now - timedelta(hours=one["hours"])
    ref = str(service.create(values).ref)
    for places, hours, how in one["updates"]:
        refs = tuple(_place(desk, named, key) for key in places)
        at = now - timedelta(hours=hours)
        service.act("updated", [ref], {"places": refs, "at": at, "how": how})
    if "file" in one:
        path = pdf(desk, folder / one["file"], one["name"], one["lines"])
        service.act("attach", [ref], {"what": "bulletin", "file": path})


def _questions(desk: Desk) -> None:
    """Put the shipped questions in force, and leave a draft of the version after them."""
    service = desk.service("audit-questions")
    ref = str(service.create({}).ref)
    service.act("use", [ref], {})
    service.act("new-version", [ref], {})


def _audit(desk: Desk, one: Mapping[str, Any], folder: Path) -> None:
    """Hold an audit: what was found, the rest in order, the report."""
    service, answers = desk.service("audits"), desk.service("audit-answers")
    first = ago(desk.today(), one["on"])
    last = first + timedelta(days=one["days"])
    values = {name: one[name] for name in ("name", "scope", "department")}
    values |= {n: _who(desk, one[n]) for n in ("auditor", "responsible") if n in one}
    values |= {"kind": one.get("kind", "regular"), "held_on": first}
    ref = str(service.create({**values, "planned_on": first, "planned_until": last}).ref)
    asked = {row.values["no"]: row.ref for row in answers.of(service.number(ref))}
    for no, found in one["no"].items():
        answers.act("no", [asked[int(no)]], {
            **{name: found[name] for name in ("finding", "severity")},
            "owner": _who(desk, found["owner"]),
            "due": first + timedelta(days=found["plus"]),
        })  # fmt: skip
    service.act("all-yes", [ref], {"evidence": told()["evidence"]})
    report = pdf(desk, folder / f"{ref}.pdf", one["name"], [one["opinion"]])
    service.act("attach", [ref], {"what": "report", "file": report})
    service.act("finish", [ref], {"on": last, "opinion": one["opinion"]})
    rows = desk.service("audit-findings").of_audit(service.number(ref))
    for row, found in zip(rows, one["no"].values(), strict=True):
        _settle(desk, row.ref, found, folder)


def _settle(desk: Desk, ref: str, found: Mapping[str, Any], folder: Path) -> None:
    """Put a finding right, or have its risk accepted, as far as that went."""
    service = desk.service("audit-findings")
    if "wanted" in found:
        service.update(ref, {"wanted": found["wanted"]})
    if "accept" in found:
        on = ago(desk.today(), found["accepted"])
        values = {"reason": found["accept"], "paper": found["paper"], "on": on}
        service.act("accept", [ref], values)
    if "action" not in found:
        return
    on = ago(desk.today(), found["done"])
    values = {"action": found["action"], "on": on}
    if "file" in found:
        values["file"] = pdf(desk, folder / found["file"], found["action"], [found["action"]])
    service.act("done", [ref], values)
    if "file" not in found:  # of what has its proof already seen
        service.act("verify", [ref], {**told()["verified"], "on": on + timedelta(days=3)})


def _place(desk: Desk, named: Named, key: str) -> str:
    return desk.ref("places", desk.service("places").called(named.places[key])[0])


def _who(desk: Desk, name: str) -> str:
    return desk.ref("staff", desk.service("staff").called(name)[0])
