"""The review of the access log in the invented office: looked through, explained, signed."""

from __future__ import annotations

from typing import Any

from privdesk.flows.sample.texts import read
from privdesk.registers.desk import Desk


def review(desk: Desk) -> str:
    """Look through this month so far and sign; return the review's reference."""
    told: dict[str, Any] = read("log-review")
    reviews, marks = desk.service("log-reviews"), desk.service("log-marks")
    today = desk.today()
    ref = str(reviews.create({"first": today.replace(day=1), "last": today}).ref)
    for row in marks.rows(marks.of_review(reviews.number(ref))):
        explanation = told["explained"][row.values["kind"]]
        marks.act("explain", [row.ref], {"explanation": explanation})
    values = {"outcome": "explained", "words": told["words"]}
    reviews.act("conclude", [ref], values)
    return ref
