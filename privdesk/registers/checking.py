"""Values as people type them, turned into what a field holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from privdesk.core import normal, references
from privdesk.core.errors import InvalidValueError, UsageError
from privdesk.core.faults import Fault
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.periods import Period
from privdesk.core.reasons import Reason
from privdesk.core.register import Action, Register, Row
from privdesk.core.residents import FOUND, HIDDEN
from privdesk.exchange.convert import convert_value

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

_POINTS = re.compile("[·/\u318d\u30fb\uff0f]")  # what Korean lists put between names
_QUOTED = 60  # letters of a refused value that are said
MISSING = N_("it must not be empty.")
NO_RECORD = N_("there is no such record among the {register}.")
NONE_OF = N_("there is no “{name}” among the {register}.")
AMBIGUOUS = N_("several records are called that; give the reference.")
UNKNOWN_FIELD = N_("there is no field “{name}”; there are: {known}")
WRONG_STATE = N_("the record is not in a state that allows this.")
NOTHING = N_("nothing")
DESTROYED = N_("it was destroyed.")
COMPUTED = N_("it is worked out and cannot be entered.")


def checked(
    desk: Desk, fields: tuple[Field, ...], values: Mapping[str, Any], *, whole: bool
) -> dict[str, Any]:
    """Return typed values by field name; raise for the first that cannot be used.

    ``whole`` asks for every required field as well.
    """
    by_name = {f.name: f for f in fields}
    for name in values:
        if name not in by_name:
            known = ", ".join(f.name for f in fields if f.enterable)
            raise UsageError(problem=_(UNKNOWN_FIELD).format(name=name, known=known))
        if not by_name[name].enterable:
            refuse(by_name[name], values[name], _(COMPUTED))
    found = {name: value_of(desk, by_name[name], raw) for name, raw in values.items()}
    for field in fields:
        needed = field.required and field.enterable and (whole or field.name in found)
        if needed and found.get(field.name) in (None, "", ()):
            refuse(field, "", _(MISSING))
        if field.check is not None and found.get(field.name) not in (None, ""):
            fault = field.check(found[field.name])
            if fault:
                refuse(field, found[field.name], _(fault))
    return found


def value_of(desk: Desk, field: Field, raw: Any) -> Any:
    """Return the typed value of one field."""
    if raw is None or raw == "":
        return (
            ()
            if field.kind in (Kind.CHOICES, Kind.LINKS)
            else ("" if field.kind in _TEXTS else None)
        )
    if field.kind is Kind.LINK:
        return link(desk, field, raw)
    if field.kind is Kind.LINKS:
        parts = normal.as_list(raw) if isinstance(raw, str) else raw
        return tuple(dict.fromkeys(link(desk, field, p) for p in _apart(desk, field, parts)))
    if not isinstance(raw, str) and isinstance(raw, _TYPED[field.kind]):
        return tuple(raw) if isinstance(raw, list) else raw
    if field.picks and isinstance(raw, str):
        return raw  # a path is the name of a file as the system has it, odd signs and all
    found = convert_value(field, raw)
    if isinstance(found, Fault):
        refuse(field, raw, found.text())
    return found


def _apart(desk: Desk, field: Field, parts: Iterable[str]) -> Iterator[str]:
    """Yield what is linked; “a·b” and “a/b” are two where nothing is called that as a whole."""
    for part in parts:
        several = [one.strip() for one in _POINTS.split(str(part)) if one.strip()]
        whole = len(several) < 2 or desk.service(str(field.links_to)).called(str(part).strip())
        yield from (part,) if whole else several


def link(desk: Desk, field: Field, raw: Any) -> str:
    """Return the reference of a linked record given by reference or by its name."""
    assert field.links_to is not None
    service = desk.service(field.links_to)
    text = str(raw).strip()
    try:
        return desk.ref(field.links_to, service.number(text))
    except (references.UnknownReferenceError, references.WrongCheckDigitError):
        pass
    found = service.called(text)
    if len(found) != 1:
        cause = AMBIGUOUS if found else NO_RECORD
        if field.kind is Kind.LINKS and not found:
            cause = NONE_OF  # several in one cell: which of them
        title = _(service.register.title)
        refuse(field, raw, _(cause).format(register=title, name=_short(raw)))
    return desk.ref(field.links_to, found[0])


def refuse(field: Field, raw: Any, cause: str | Reason) -> NoReturn:
    """Raise the sentence that a value cannot be used; a long one is not said whole."""
    if str(cause) == _(FOUND):  # never the number itself
        raw = HIDDEN
    raise InvalidValueError(value=_short(raw), field=_(field.label), cause=str(cause))


def _short(raw: Any) -> Any:
    """Return the first line of a value, as far as it serves to find it again."""
    if not isinstance(raw, str) or (len(raw) <= _QUOTED and "\n" not in raw):
        return raw
    line = raw.strip().splitlines()[0] if raw.strip() else ""
    return line[:_QUOTED].rstrip() + "…"


_TEXTS = {Kind.TEXT, Kind.NOTE, Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.CHOICE, Kind.LINK}
_TYPED: dict[Kind, tuple[type, ...]] = {
    **dict.fromkeys(_TEXTS, ()),
    Kind.DATE: (date,),
    Kind.MOMENT: (datetime,),
    Kind.INTEGER: (int,),
    Kind.FLAG: (bool,),
    Kind.PERIOD: (Period,),
    Kind.CHOICES: (tuple, list),
    Kind.LINKS: (tuple, list),
}


class NotNowError(InvalidValueError):
    """“{action}” cannot be done to {ref}, which is in the state “{state}”. Nothing was changed;
    possible now: {known}.
    """


class NotForThisError(InvalidValueError):
    """“{action}” is not for a record of the kind of {ref}. Nothing was changed; possible now:
    {known}.
    """


def require_fit(action: Action, rows: Iterable[Row], register: Register, role: str) -> None:
    """Refuse records that are not in a state, or not of a kind, that an action is for.

    Raises:
        NotNowError: the state does not allow it.
        NotForThisError: it is for records of another kind.
    """
    for row in rows:
        if action.fits(row):
            continue
        known = [f"{_(a.label)} ({a.name})" for a in register.actions
                 if role in a.roles and a.fits(row)]  # fmt: skip
        state = register.state(row.state)
        told = {
            "action": _(action.label),
            "ref": row.ref,
            "state": _(state.label) if state else row.state,
            "known": ", ".join(known) or _(NOTHING),
        }
        in_state = not action.states or row.state in action.states
        raise NotForThisError(**told) if in_state else NotNowError(**told)
