"""Requests of every kind in the invented office, taken through the same steps as real ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

from privdesk.core.resources import resource
from privdesk.flows import requests
from privdesk.registers.desk import Change, Desk

_BESIDE = ("hours", "person", "steps")  # what of an example is no field


@cache
def examples() -> tuple[Mapping[str, Any], ...]:
    """Return the examples: fields, how many hours ago, whose, and the steps taken since."""
    text = resource("sample", "requests.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


def take_in(desk: Desk, subjects: Sequence[int]) -> list[int]:
    """Take the examples in and move them on; return their numbers.

    ``subjects`` are living people, by number; an example names its person by place.
    """
    made = []
    with desk.change() as change:
        for one in examples():
            number = requests.receive(change, _values(desk, one, subjects))
            for step, *told in one["steps"]:
                _STEPS[step](change, number, *told)
            made.append(number)
    return made


def _values(desk: Desk, one: Mapping[str, Any], subjects: Sequence[int]) -> dict[str, Any]:
    values = {name: value for name, value in one.items() if name not in _BESIDE}
    values["received_at"] = desk.now() - timedelta(hours=one["hours"])
    if "person" in one and subjects:
        values["subject"] = desk.ref("subjects", subjects[one["person"] % len(subjects)])
    return values


def _identify(change: Change, number: int, method: str, note: str) -> None:
    requests.identify(change, number, method, note=note)


def _extend(change: Change, number: int, days: int, reason: str) -> None:
    until = change.desk.calendar.next_business_day(change.desk.today() + timedelta(days=days - 10))
    requests.extend(change, number, until, reason)


def _answer(
    change: Change, number: int, result: str, text: str, code: str = "", reason: str = ""
) -> None:
    requests.answer(change, number, result, text=text, code=code, reason=reason)


def _attach(change: Change, number: int, name: str, what: str, text: str) -> None:
    requests.attach(change, number, _scan(text), name, what)


def _scan(text: str) -> bytes:
    """Return a page with a line of text, as a scanned paper would be: a PDF."""
    from reportlab.pdfgen.canvas import Canvas

    page = BytesIO()
    canvas = Canvas(page, invariant=1)
    canvas.drawString(72, 760, text)
    canvas.save()
    return page.getvalue()


_STEPS: Mapping[str, Callable[..., object]] = {
    "identify": _identify,
    "start": requests.start,
    "extend": _extend,
    "answer": _answer,
    "refuse": requests.refuse,
    "attach": _attach,
    "withdraw": requests.withdraw,
    "close": requests.close,
}
