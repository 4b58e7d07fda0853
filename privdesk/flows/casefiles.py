"""The lines of a destruction's papers that tell of a file, its items, and a place's answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from privdesk.core import references
from privdesk.core.i18n import N_, Words
from privdesk.core.periods import Period, format_period
from privdesk.flows.verifying import SOURCE, Verification
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.rules import MEDIUM_LABELS, Medium

Counts = tuple[int, int, str, str, str | None]  # records, people, collected from, until, due


def line(
    desk: Desk, say: Words, language: str, file: int, purpose: int, counts: Counts, due_by: Any
) -> dict[str, Any]:
    """Return a file's part in a destruction; no person is named."""
    records, people, since, until, due = counts
    row = desk.service("files").rows([file])[0]
    why = desk.service("purposes").rows([purpose])[0].values
    period = row.values.get("retention") or why.get("retention")
    english = language == "en" and why.get("name_en")
    items = [references.number(r) for r in (*why["required_items"], *why["optional_items"])]
    return {
        "ref": row.ref,
        "name": str(row.values["name"]),
        "owner": str(row.values.get("owner") or ""),
        "purpose": str(english or why["name"]),
        "present": int(row.values.get("people") or 0),
        "people": people,
        "records": records,
        "created": since if since == until else f"{since} –\n{until}",
        "due": date.fromisoformat(due) if due else due_by,
        "medium": _medium_of(desk, row.values),
        "retention": format_period(period, say) if isinstance(period, Period) else "",
        "item_numbers": items,
        "items": _names(desk, items, language),
    }


def held(
    desk: Desk, say: Words, file: Mapping[str, Any], language: str, found: Verification | None
) -> tuple[str, ...]:
    """Return the items of a file of which values were destroyed.

    Where that is not known, as of a file that is only counted, they are those of its purpose.
    """
    if found is None or not found.items:
        names: tuple[str, ...] = file["items"]
        return names
    numbers = [number for number in file["item_numbers"] if number in found.items]
    source = desk.service("subjects").field("source_ids").label
    return (*_names(desk, numbers, language), *([say(source)] if SOURCE in found.items else []))


def evidence(say: Words, told: Mapping[str, Any]) -> str:
    """Return what proves a place's answer, and what is wrong with it."""
    parts = [say(N_("Evidence on file"))] if told["evidence"] else []
    if told["state"] == "answered" and not told["evidence"]:
        parts.append(say(N_("No evidence on file")))
    if told["state"] == "answered" and not told["printed"]:
        parts.append(say(N_("no order was printed")))
    if told["state"] == "differs":
        message = say(N_("ordered {expected}, answered {count}"))
        parts.append(message.format(expected=told["expected"], count=told["count"]))
    return "; ".join(parts)


def medium(told: Mapping[str, Any]) -> str:
    """Return what a place or file keeps people on, as a message id."""
    return MEDIUM_LABELS[Medium(told["medium"] or Medium.ELECTRONIC.value)]


def _medium_of(desk: Desk, file: Mapping[str, Any]) -> str:
    """Return the medium of a file: its own, else that of its place."""
    place = desk.service("places").get(str(file["place"])) if file.get("place") else None
    there = place.values.get("medium") if place else ""
    return medium({"medium": file.get("medium") or there})


def _names(desk: Desk, numbers: list[int], language: str) -> tuple[str, ...]:
    name = "name_en" if language == "en" else "name"
    rows = desk.service("items").rows(numbers)
    return tuple(str(r.values.get(name) or r.values["name"]) for r in rows)
