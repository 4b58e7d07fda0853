"""The pledges of the invented office: signed, late, missing, waiting, scanned, on the screen."""

from __future__ import annotations

import math
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

from privdesk.core.register import Row
from privdesk.flows import pledgescans, pledging
from privdesk.flows.sample.texts import read
from privdesk.registers.desk import Desk
from privdesk.registers.templating import text_of

_LINE = 375.0  # points above the foot: the line on which the pledger signs
EVERY = 12  # months after which this office wants the pledge again


@cache
def told() -> dict[str, Any]:
    """Return who signed what, and the office's own text."""
    found: dict[str, Any] = read("pledges")
    return found


def enter(desk: Desk) -> None:
    """Enter the office's own text, the ledger of the past, and what is under way."""
    _own_text(desk)
    _ledger(desk)
    _outside(desk)
    pledging.renew_every(desk, EVERY)
    of = told()
    printed = pledging.draw(desk, "yearly", of["printed"]).refs
    pledging.sheets(desk, printed, "ko")
    _scan(desk, pledging.draw(desk, "yearly", of["scanned"]).refs)
    _sign(desk)
    leaver = of["leaver"]
    values = {"staff": _ref(desk, leaver["name"]), "kind": "leaving"}
    desk.service("pledges").create({**values, "returned": leaver["returned"]})


def _own_text(desk: Desk) -> None:
    """Put a text of the office in force, and leave the next version as a draft."""
    service, of, today = desk.service("templates"), told()["text"], desk.today()
    shipped = text_of(desk, of["code"], "ko", today)
    eighth = shipped.text.rindex("\n\n")
    text = f"{shipped.text[:eighth]}\n{of['add']}{shipped.text[eighth:]}"
    row = service.create({"code": of["code"], "heading": shipped.heading, "text": text})
    service.act("use", [row.ref], {"on": today - timedelta(days=31)})
    (draft,) = service.act("new-version", [row.ref], {}).refs
    more = text.replace(of["add"], f"{of['add']}\n{of['draft']}")
    service.update(draft, {"text": more})


def _ledger(desk: Desk) -> None:
    """Enter what was signed on paper before there was this register."""
    service, of, today = desk.service("pledges"), told(), desk.today()
    for one in of["signed"]:
        row = _member(desk, one["name"])
        on = row.values["joined"] + timedelta(days=one.get("after", -1))
        service.create({"staff": row.ref, "signed_on": on})
    for name in of["leaving"]:
        row = _member(desk, name)
        left = {"kind": "leaving", "signed_on": row.values["left"]}
        service.create({"staff": row.ref, **left})
    for name, days in of["renewed"]:
        on = today - timedelta(days=days)
        service.create({"staff": _ref(desk, name), "kind": "yearly", "signed_on": on})


def _outside(desk: Desk) -> None:
    """Enter people of another company; one of them has not signed yet."""
    for one in told()["outside"]:
        values = {"kind": "outside", **{k: v for k, v in one.items() if k != "signed"}}
        if "signed" in one:
            values["signed_on"] = desk.today() - timedelta(days=one["signed"])
        desk.service("pledges").create(values)


def _scan(desk: Desk, refs: tuple[str, ...]) -> None:
    """Print some sheets, and take them in again as if they came from the scanner."""
    run = pledging.sheets(desk, refs, "ko")
    stack = pledgescans.read_files(desk, [("scan.pdf", _signed(run.data))])
    pledgescans.take(desk, stack.seen(stack.unseen()), desk.today(), told()["head"])


def _signed(pdf: bytes) -> bytes:
    """Return sheets with the invented signature drawn on each, where the hand would write."""
    import pikepdf

    lines = []
    for stroke in _hand():
        places = [f"{385 + x * 90:.1f} {_LINE - y * 60:.1f}" for x, y in stroke]
        lines.append(" ".join(f"{p} {'l' if n else 'm'}" for n, p in enumerate(places)) + " S")
    ink = ("q 1.2 w 0.1 0.15 0.4 RG\n" + "\n".join(lines) + "\nQ").encode()
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as sheets:
        for page in sheets.pages:
            page.contents_add(sheets.make_stream(b"q"), prepend=True)
            page.contents_add(sheets.make_stream(b"Q\n" + ink))
        sheets.save(out)
    return out.getvalue()


def _sign(desk: Desk) -> None:
    """Have somebody sign on the screen."""
    values = {"staff": _ref(desk, told()["on_screen"]), "kind": "yearly"}
    made = desk.service("pledges").create(values)
    pledging.sign(desk, made.ref, _hand(), "ko")


def _hand() -> list[list[tuple[float, float]]]:
    """Return an invented signature: two strokes with loops."""
    first = [(0.12 + 0.5 * t / 60, 0.14 - 0.07 * math.sin(t / 4) * (1 - t / 90)) for t in range(61)]
    second = [(0.2 + 0.62 * t / 20, 0.23 - 0.02 * math.sin(t / 3)) for t in range(21)]
    return [first, second]


def _member(desk: Desk, name: str) -> Row:
    service = desk.service("staff")
    (number,) = service.called(name)
    found: Row = service.rows([number])[0]
    return found


def _ref(desk: Desk, name: str) -> str:
    return _member(desk, name).ref
