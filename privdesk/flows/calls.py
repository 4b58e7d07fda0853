"""Calls: a request begun on the telephone, found again by its number, connected to a person.

The one place where the desk's screen and search meet the register and the flow of requests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Choice, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Query, Row
from privdesk.flows import identifying, openwork, requests
from privdesk.registers.desk import CASES, Desk
from privdesk.ui.case.ports import CaseFacts, CaseOffer, NewCase, Waiting

OPEN = ("received", "identified", "working", "extended")
UNIDENTIFIED = "received"
PERSON, AGENT = "person", "agent"
ASKERS = (Choice(PERSON, N_("The person")), Choice(AGENT, N_("An agent")))
_SAID = (Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.DATE)  # what people say first
_NUMBER = re.compile(r"([A-Za-z]{1,4})[-\s]?([0-9]{1,18})[-\s]?([0-9]?)")


class CallerUnknownError(DomainError):
    """Nothing says who called. Nothing was saved; choose the person, or write the caller’s name or
    call-back number.
    """


def offer(desk: Desk) -> CaseOffer:
    """Return what a new request can be, by the register's own declaration."""
    return CaseOffer(
        _choices(desk, "kind"),
        _choices(desk, "channel"),
        ASKERS,
        _methods(desk),
        *_items(desk),
        _concerned(desk),
    )


def _choices(desk: Desk, name: str) -> tuple[Choice, ...]:
    field = desk.register(CASES).field(name)
    return field.choices if field is not None else ()


def _methods(desk: Desk) -> tuple[Choice, ...]:
    action = desk.register(CASES).action("identify")
    asked = action.asks if action is not None else ()
    return next((field.choices for field in asked if field.choices), ())


def _items(desk: Desk) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return what a caller is asked for first, and what else can be: items, numbers at places."""
    subjects = desk.service("subjects")
    known = (*subjects.item_fields(), subjects.field("source_ids"))
    first = tuple(Choice(f.name, f.label) for f in known if f.kind in _SAID)
    return first, tuple(Choice(f.name, f.label) for f in known if f.kind not in _SAID)


def _concerned(desk: Desk) -> tuple[Choice, ...]:
    """Return the items that a request can be about, by reference."""
    rows = desk.service("items").find(Query(sort="id"))
    return tuple(Choice(row.ref, str(row.values["name"])) for row in rows if row.state != "void")


def begin(desk: Desk, case: NewCase) -> CaseFacts:
    """Enter a request at once; return it.

    Raises:
        CallerUnknownError: neither a person nor a name nor a number was given.
    """
    if not (case.person or case.caller.strip() or case.call_back.strip()):
        raise CallerUnknownError
    told = {
        "kind": case.kind,
        "channel": case.channel,
        "subject": case.person,
        "by_agent": case.by == AGENT,
        "asked": case.asked.strip(),
        "items": case.items,
        **_caller(case),
    }
    with desk.change() as change:
        number = requests.receive(
            change, {n: v for n, v in told.items() if v not in ("", None, ())}
        )
    return look(desk, desk.ref(CASES, number))


def _caller(case: NewCase) -> dict[str, str]:
    """Return who called, by the fields of the register: an agent, or somebody not known yet."""
    name, phone = case.caller.strip(), case.call_back.strip()
    if case.by == AGENT:
        return {"agent": name, "agent_phone": phone}
    return {"caller": name, "caller_phone": phone}


def look(desk: Desk, ref: str) -> CaseFacts:
    """Return a request as the case at hand, masked."""
    service = desk.service(CASES)
    with desk.vault.reading():
        (row,) = service.rows([service.number(ref)])
        waits = tuple(Waiting(one.text, one.register, one.ref) for one in openwork.of(desk, row))
        return replace(facts(desk, row), waits=waits)


def facts(desk: Desk, row: Row) -> CaseFacts:
    """Return a row of the requests as the case at hand."""
    register = desk.register(CASES)
    state = register.state(row.state)
    due = row.values.get("due_on")
    return CaseFacts(
        row.ref,
        _label(desk, "kind", row),
        _label(desk, "channel", row),
        state.label if state else row.state,
        state.tone if state else "plain",
        due if isinstance(due, date) else None,
        str(row.values.get("subject") or ""),
        row.titles.get("subject", ""),
        row.state != UNIDENTIFIED,
        row.state in OPEN,
    )


def _label(desk: Desk, name: str, row: Row) -> str:
    field = desk.register(CASES).field(name)
    chosen = field.choice(str(row.values.get(name) or "")) if field is not None else None
    return chosen.label if chosen is not None else ""


def compare(desk: Desk, ref: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return, by item, whether what the caller says is on file; nothing on file is shown."""
    found = identifying.compare(desk, desk.service(CASES).number(ref), _lines(said))
    return {one.key: one.answer for one in found}


def identify(
    desk: Desk,
    ref: str,
    method: str,
    said: Mapping[str, str] = MappingProxyType({}),
    note: str = "",
) -> CaseFacts:
    """Record that identity was checked, comparing what was said; return the request then."""
    number = desk.service(CASES).number(ref)
    identifying.identify(desk, number, method, note, said=_lines(said))
    return look(desk, ref)


def _lines(said: Mapping[str, str]) -> str:
    told = ((name, " ".join(text.split())) for name, text in said.items())
    return "\n".join(f"{name}: {text}" for name, text in told if text)


def connect(desk: Desk, ref: str, person: str) -> CaseFacts:
    """Record which person an unknown caller is."""
    desk.service(CASES).update(ref, {"subject": person})
    return look(desk, ref)


def numbered(desk: Desk, typed: str, limit: int = 5) -> list[Row]:
    """Return the requests that a number means, said with or without its check digit."""
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        return []
    if found[1].upper() != desk.register(CASES).prefix:
        return []
    service = desk.service(CASES)
    with desk.vault.reading():
        rows: list[Row] = service.rows(sorted(_meant(found[2], found[3]))[:limit])
    return rows


def _meant(digits: str, check: str) -> set[int]:
    """Return the numbers that digits can mean: all of them, or all but a check digit."""
    whole = digits + check
    meant = {int(whole)}
    if len(whole) > 1 and references.check_digit(int(whole[:-1])) == int(whole[-1]):
        meant.add(int(whole[:-1]))
    return meant - {0}
