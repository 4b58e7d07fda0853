"""The invented office's collection points and wordings, entered through their services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from privdesk.core.categories import Separate
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import ago, forms
from privdesk.registers.consenting import main_box
from privdesk.registers.desk import Desk

_DAYS = ("since", "until")
_SHOWN = ("ways", "size", "body_size", "required")


@dataclass(frozen=True)
class Told:
    """Which wordings the boxes of a purpose had: references by the day each came into force."""

    by_box: Mapping[tuple[str, str], Sequence[tuple[date, str]]]

    def on(self, purpose: str, day: date, box: str = "") -> str:
        """Return the reference of what a box told on a day, or nothing; without one its main."""
        boxes = {Separate(of) for key, of in self.by_box if key == purpose}
        versions = self.by_box.get((purpose, box or main_box(boxes).value), ())
        found = [ref for since, ref in versions if since <= day]
        return found[-1] if found else ""


def enter(desk: Desk, named: Named) -> Told:
    """Enter points, what they collect, and every wording with its older versions."""
    points = {one["key"]: _point(desk, named, one) for one in forms()["points"]}
    drafts = [_draft(desk, named, points, one) for one in forms()["wordings"]]
    made: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for ref, one in zip(drafts, forms()["wordings"], strict=True):
        made.setdefault((one["purpose"], one["box"]), []).extend(_versions(desk, ref, one))
    return Told({asked: sorted(found) for asked, found in made.items()})


def _draft(desk: Desk, named: Named, points: Mapping[str, str], one: Mapping[str, Any]) -> str:
    service, purpose = desk.service("wordings"), named.purposes[one["purpose"]]
    values = {"point": points.get(one["point"], ""), "purpose": purpose, "box": one["box"]}
    ref = str(service.create({**values, **_shown(one)}).ref)
    service.act("fill", [ref], {})
    service.update(ref, one["texts"])
    return ref


def _versions(desk: Desk, ref: str, one: Mapping[str, Any]) -> Iterator[tuple[date, str]]:
    """Put a wording in force, then the version after it, and leave one as a draft."""
    service, today = desk.service("wordings"), desk.today()
    service.act("use", [ref], {"on": ago(today, one["since"])})
    yield ago(today, one["since"]), ref
    for name in ("next", "draft"):
        if name in one:
            more = one[name]
            ref = service.act("new-version", [ref], {}).refs[0]
            service.update(ref, {**_shown(more), **more["texts"]})
            if "since" in more:
                service.act("use", [ref], {"on": ago(today, more["since"])})
                yield ago(today, more["since"]), ref


def _shown(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in _SHOWN if name in one}


def point_items(desk: Desk, purpose: str, optional: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the items of a purpose as a point collects them: all, or fewer optional ones."""
    (row,) = desk.service("purposes").rows([desk.service("purposes").called(purpose)[0]])
    free = row.values["optional_items"] if optional is None else tuple(optional)
    return {"required_items": row.values["required_items"], "optional_items": free}


def _point(desk: Desk, named: Named, one: Mapping[str, Any]) -> str:
    values = {k: v for k, v in one.items() if k not in ("key", "collects")}
    values |= {name: ago(desk.today(), one[name]) for name in _DAYS if name in one}
    values["place"] = named.places[one["place"]]
    ref = str(desk.service("collection-points").create(values).ref)
    for line in one["collects"]:
        purpose = named.purposes[line["purpose"]]
        items = point_items(desk, purpose, line.get("optional"))
        desk.service("point-items").create({"point": ref, "purpose": purpose, **items})
    return ref
