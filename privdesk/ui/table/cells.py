"""Values as short text: what a table cell, a chip, a detail line and a copied table show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from privdesk.core.clock import office_time
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _, current
from privdesk.core.periods import Period, format_period
from privdesk.core.register import Register, Row, State


def cell_text(field: Field, value: object) -> str:
    """Return a value on one line, in the language of the screen."""
    if value is None or value == "" or value == ():
        return ""
    return _BY_KIND.get(field.kind, _plain)(field, value)


VOID = State("void", N_("Out of use"), "destroyed")
"""The state of records taken out of use, for registers that do not declare it."""


def state_of(register: Register, row: Row) -> State | None:
    """Return the state a row is in."""
    return register.state(row.state) or (VOID if row.state == VOID.key else None)


def state_words(state: State) -> str:
    """Return a state as a chip says it: with a capital, as it stands alone there."""
    words = _(state.label)
    return words[:1].upper() + words[1:]


def value_text(field: Field, row: Row) -> str:
    """Return what a row has in a field; links are called by their titles."""
    return row.titles.get(field.name) or cell_text(field, row.values.get(field.name))


def shown_text(field: Field, row: Row) -> str:
    """Return what a list or a heading says of a field; a name in English where it has one.

    A field with an English twin (``name_en`` of ``name``) is called by it on an English screen
    and paper; forms and details show both as they were entered.
    """
    twin = row.values.get(f"{field.name}_en") if current() == "en" else None
    if field.kind is Kind.TEXT and isinstance(twin, str) and twin:
        return " ".join(twin.split())
    return value_text(field, row)


def _plain(field: Field, value: object) -> str:
    return " ".join(str(value).split())


def _date(field: Field, value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(field: Field, value: object) -> str:
    if not isinstance(value, datetime):
        return str(value)
    return office_time(value).strftime("%Y-%m-%d %H:%M")


def _integer(field: Field, value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _choice(field: Field, value: object) -> str:
    choice = field.choice(str(value))
    return _(choice.label) if choice else str(value)


def _choices(field: Field, value: object) -> str:
    keys = value if isinstance(value, list | tuple | frozenset | set) else (value,)
    return ", ".join(_choice(field, key) for key in keys)


def _flag(field: Field, value: object) -> str:
    if not isinstance(value, bool):
        return str(value)
    return _("Yes") if value else _("No")


def _period(field: Field, value: object) -> str:
    return format_period(value) if isinstance(value, Period) else str(value)


def _links(field: Field, value: object) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)


_BY_KIND: dict[Kind, Callable[[Field, object], str]] = {
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.INTEGER: _integer,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.FLAG: _flag,
    Kind.PERIOD: _period,
    Kind.LINKS: _links,
}


def noun(label: str) -> str:
    """Return a label as it stands within a sentence: English ones begin small."""
    words = _(label)
    acronym = words[:2].isupper()
    return words if acronym or current() != "en" else words[:1].lower() + words[1:]


def new_words(register: Register) -> str:
    """Return what the button says that begins a record."""
    return _(register.begin) or _("New {record}").format(record=noun(register.singular))


def d_day(due: date, today: date) -> str:
    """Return the days left as offices write them: D-3, D-Day, D+2 when it is past."""
    days = (due - today).days
    if days == 0:
        return _("D-Day")
    return f"D-{days:,}" if days > 0 else f"D+{-days:,}"


def due_tone(due: date, today: date, soon: int = 14) -> str:
    """Return the tone of a due date's chip: overdue, soon or plain."""
    days = (due - today).days
    if days < 0:
        return "overdue"
    return "soon" if days <= soon else "plain"


def spoken_row(register: Register, row: Row) -> str:
    """Return a row as a screen reader says it: reference, name and state."""
    state = state_of(register, row)
    called = row_title(register, row)
    name = called if called != row.ref else ""
    parts = [_(register.singular), row.ref, name, state_words(state) if state else ""]
    return ", ".join(p for p in parts if p)


def row_title(register: Register, row: Row, fields: Sequence[Field] = ()) -> str:
    """Return what a record is called on its page: by its title field or a name, else its number.

    ``fields`` are those of the service, where the office's data adds some.
    """
    linked = _linked(fields or register.fields, row)
    return name_of(register, row, fields) or " · ".join(linked[:2]) or row.ref


def name_of(register: Register, row: Row, fields: Sequence[Field] = ()) -> str:
    """Return the name a record has of its own, or that of whom it is about; empty without one."""
    known = {f.name: f for f in (*register.fields, *fields)}
    if not register.title_field:  # by whom and what it is about, never by somebody else named in it
        about = [row.titles[name] for name in ("subject", "purpose") if row.titles.get(name)]
        if about:
            return " · ".join(about)
    first = next((f.name for f in known.values() if f.kind is Kind.NAME), "")
    field = known.get(register.title_field or first)
    if field is None:
        return ""
    until = row.values.get(field.ends)
    begun = shown_text(field, row)
    return f"{begun} – {_date(field, until)}" if field.ends and until else begun


def _linked(fields: Iterable[Field], row: Row) -> list[str]:
    """Return what the records are called that a row names in its list, in the fields' order."""
    links = (f for f in fields if f.kind is Kind.LINK and f.in_table)
    return [row.titles[f.name] for f in links if row.titles.get(f.name)]
