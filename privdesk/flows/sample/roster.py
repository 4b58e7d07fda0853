"""Who may do what in which system, who leaves, and what is handed over: the invented office's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from privdesk.core.register import Query
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import ago, read
from privdesk.registers.desk import Desk


def enter(desk: Desk, named: Named) -> None:
    """Enter rights in every state, somebody who leaves, and two handovers."""
    told: dict[str, Any] = read("roster")
    places, service = desk.service("places"), desk.service("access-rights")
    for key, (length, kinds, history) in told["passwords"].items():
        ref = desk.ref("places", places.called(named.places[key])[0])
        values = {"password_length": length, "password_kinds": kinds, "password_history": history}
        places.update(ref, values)
    made = [_right(desk, named, told["approver"], one) for one in told["rights"]]
    service.act("change", [made[6]], {**told["changed"], "approver": told["approver"]})
    service.act("confirm", [made[0]], {})
    _review(desk, told["approver"])
    _leave(desk, told)
    _hand_over(desk, told)
    _compare(desk, told)


def _review(desk: Desk, by: str) -> None:
    """Two systems were taken for review: one is through, of the other one right is decided.

    The one that is through has no right of the officer's own, which somebody else would decide on.
    """
    rights, reviews = desk.service("access-rights"), desk.service("rights-reviews")
    rows = rights.rows(rights.in_force())
    me = desk.service("staff").of_login(desk.vault.person.name)
    own = {str(row.values["place"]) for row in rows if me and row.values["staff"] == me.ref}
    places = sorted({str(row.values["place"]) for row in rows}, key=lambda ref: (ref in own, ref))
    first, second = (reviews.create({"place": ref, "reviewer": by}).ref for ref in places[:2])
    reviews.act("keep-rest", [first], {})
    reviews.act("close", [first], {})
    service = desk.service("reviewed-rights")
    lines = service.find(Query(where={"review": second}))
    mine = set(service.own([row.id for row in lines]))
    service.act("keep", [next(row.ref for row in lines if row.id not in mine)], {})


def _leave(desk: Desk, told: dict[str, Any]) -> None:
    """Somebody left two days ago; devices are back, the right and the vault's access are not."""
    who = _member(desk, told["leaving"])
    desk.service("staff").act("leave", [who], {"on": desk.service("staff").get(who).values["left"]})
    (leaving,) = desk.service("departures").find(Query(where={"state": ("open", "late")}))
    desk.service("departures").act("devices", [leaving.ref], {"what": told["devices"]})


def _compare(desk: Desk, told: dict[str, Any]) -> None:
    """This month's personnel list is compared, and waits to be taken over."""
    service = desk.service("staff")
    lines: list[tuple[str, ...]] = [("사번", "성명", "부서", "직위", "입사일")]
    for row in service.on(desk.today()):
        moved = told["moved"].get(str(row.values["name"]))
        values = [str(row.values[name] or "") for name in ("staff_no", "name", "department")]
        lines.append((*values[:2], moved or values[2], str(row.values["position"] or ""), ""))
    lines += [tuple(one) for one in told["joined"]]
    with TemporaryDirectory() as folder:
        path = Path(folder) / told["list"]
        path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
        desk.service("rosters").create({"file": str(path)})


def _hand_over(desk: Desk, told: dict[str, Any]) -> None:
    handovers = desk.service("handovers")
    day = desk.today() - timedelta(days=2)
    _draft, done = (
        handovers.create({**told[key], "basis_on": day}) for key in ("drafted", "handover")
    )
    handovers.act("complete", [done.ref], {"on": day})


def _right(desk: Desk, named: Named, approver: str, one: dict[str, Any]) -> str:
    values = {name: one[name] for name in ("staff", "account", "level", "reason")}
    values |= {"place": named.places[one["place"]], "role": one.get("role", "")}
    if "granted" in one:
        day = ago(desk.today(), one["granted"])
        values |= {"granted_on": day, "requested_on": day - timedelta(days=2)}
        values["approver"] = approver
    if "ended" in one:
        values["revoked_on"] = ago(desk.today(), one["ended"])
    return str(desk.service("access-rights").create(values).ref)


def _member(desk: Desk, name: str) -> str:
    (row,) = desk.service("staff").find(Query(text=name))
    return str(row.ref)
