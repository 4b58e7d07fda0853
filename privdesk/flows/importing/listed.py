"""What the offices' own lists say in columns that no record has, and how a record follows from it.

A ledger has staff number and name side by side, a visit's time with its day, “once a month”
instead of a number. Each register's reading takes the values of a row, read by these columns,
and returns those of the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from privdesk.core.errors import InvalidValueError
from privdesk.core.fields import Field, Kind
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.times import as_time
from privdesk.registers.desk import Desk

Values = dict[str, Any]
Read = Callable[[Values], Values]
NO_PERIOD = N_("say it in months, or as “monthly”, “quarterly”, “half-yearly”, “yearly”.")
NO_LENGTH = N_("say it in minutes, or as “2 hours” or “14:00~16:00”.")
EARLIER = N_("Taken over from the earlier ledger.")
_CALLED = Field(
    "called",
    N_("Name of the person"),
    Kind.TEXT,
    aliases=(
        "성명",
        "이름",
        "직원명",
        "사용자명",
        "서약자",
        "서약자명",
        "수강자",
        "취급자",
        "출입자",
        "사번",
    ),
    help=N_("Beside a column of staff numbers."),
)
_FIRM = Field("firm", N_("Company of the person"), aliases=("소속", "업체", "회사", "소속회사"))
_HELD = Field(
    "held_on",
    N_("Day of the session"),
    Kind.DATE,
    aliases=("교육일", "교육일자", "교육일시", "실시일", "이수일", "수료일", "일자"),
    help=N_("Beside a column of courses."),
)
_PERIOD = Field(
    "period",
    N_("How often it is checked"),
    aliases=("점검 주기", "점검주기", "주기", "cycle"),
    help=N_("Months, or words such as “monthly”."),
)
_LASTS = Field(
    "lasts",
    N_("How long"),
    aliases=("교육 시간", "교육시간", "시간", "duration"),
    help=N_("Minutes, or “2 hours”, or “14:00~16:00”."),
)
_MONTHS = (
    (12, ("연1회", "년1회", "매년", "연간", "1년", "yearly", "annually")),
    (6, ("반기", "연2회", "년2회", "halfyearly")),
    (3, ("분기", "연4회", "년4회", "quarterly")),
    (1, ("월1회", "매월", "월간", "monthly")),
    (1, ("매주", "주1회", "수시", "상시", "매일", "일1회", "weekly", "daily")),  # checked oftener
)
_HOURS = re.compile(
    r"(?:(\d{1,2}(?:\.5)?)(?:시간|h|hours?))?(?:(\d{1,4})(?:분|min|minutes?)?)?"
).fullmatch
_FROM_TO = re.compile(r"(\d{1,2}):(\d{2})[~∼～-](\d{1,2}):(\d{2})").fullmatch


def _as_it_is(values: Values) -> Values:
    return values


def _each(read: Callable[[Desk, Values], Values]) -> Callable[[Desk], Read]:
    """Return what begins to read a list, row by row, with nothing to remember between them."""
    return lambda desk: partial(read, desk)


@dataclass(frozen=True)
class Listed:
    """Columns beside the fields, what is meant where nothing is said, how a row is read.

    ``loose`` names fields whose cells are judged only once they are read, ``unsaid`` the
    required ones that a list may lack; ``meant`` fills those.
    """

    fields: tuple[Field, ...] = ()
    loose: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    read: Callable[[Desk], Read] = lambda _desk: _as_it_is
    meant: Callable[[Mapping[str, Any]], Values] = field(default=lambda _said: {})


def months_of(text: str) -> int | None:
    """Return how many months lie between two checks, or None: “월 1회”, “반기”, “12”."""
    key = re.sub(r"[\s()·.]", "", text).casefold()
    number = re.fullmatch(r"(?:매)?(\d{1,2})(?:개월|월|months?)?(?:마다|주기|1회|에1회)?", key)
    if number:
        return int(number[1])
    return next((n for n, words in _MONTHS for word in words if word in key), None)


def minutes_of(text: str) -> int | None:
    """Return how many minutes are meant, or None: “90”, “2시간”, “1시간 30분”, “14:00~16:00”."""
    key = re.sub(r"[\s()]", "", text).casefold()
    if span := _FROM_TO(key):
        first, second, third, fourth = map(int, span.groups())
        return (third * 60 + fourth) - (first * 60 + second) or None
    found = _HOURS(key)
    if not key or found is None:
        return None
    return int(float(found[1] or 0) * 60) + int(found[2] or 0)


def _known(desk: Desk, text: object) -> bool:
    """Whether a link to the staff means somebody: a reference, a number or a name."""
    told = str(text or "")
    return bool(told) and (_is_ref(desk, told) or bool(desk.service("staff").called(told)))


def _is_ref(desk: Desk, text: str) -> bool:
    return bool(re.fullmatch(re.escape(desk.register("staff").prefix) + r"-\d{6,}-\d", text))


def _by_name(desk: Desk, values: Values) -> Values:
    """Take number or name, whichever stands beside the other and means one person here.

    Somebody of that name who has another number is somebody else.
    """
    called, told = values.pop(_CALLED.name, None), values.get("staff")
    if not called or not told:
        return {**values, "staff": told or called}
    staff = desk.service("staff")
    found, others = staff.called(str(told)), staff.called(str(called))
    if len(found) > 1 and len(others) == 1:
        return {**values, "staff": called}  # two of one name: the number says which
    if found or _is_ref(desk, str(told)) or len(others) != 1:
        return values
    (row,) = staff.glimpses(others, ("staff_no",))
    return values if row.values["staff_no"] else {**values, "staff": row.ref}


def _pledge(desk: Desk, values: Values) -> Values:
    firm = values.pop(_FIRM.name, None)
    if values.get("kind") != "outside" or _known(desk, values.get("staff")):
        return _by_name(desk, values)
    name = values.pop(_CALLED.name, None) or values.get("staff")
    told = {"person": values.get("person") or name}
    told |= {"organisation": values.get("organisation") or firm}
    return {**values, **told, "staff": None}


def _permit(desk: Desk, values: Values) -> Values:
    values = _by_name(desk, values)
    name = values.get("staff")
    if not name or values.get("person"):
        return values
    if _known(desk, name):
        return {**values, "organisation": None}  # a list has the department there
    return {**values, "person": name, "staff": None}


class _Attendances:
    """Finds the session of a course and a day; a list has thousands of rows of few sessions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, date], str] = {}

    def __call__(self, values: Values) -> Values:
        on = values.pop(_HELD.name, None)
        values = _by_name(self._desk, values)
        course = values.get("session")
        if on is None or not course:
            return values
        key = (name_key(str(course)), on)
        if key not in self._known:
            self._known[key] = self._session(*key)
        return {**values, "session": self._known[key] or course}

    def _session(self, course: str, on: date) -> str:
        sql = "SELECT id, course FROM sessions WHERE \"on\" = ? AND state <> 'void'"
        held = self._desk.vault.raw.execute(sql, (on.isoformat(),)).fetchall()
        names = self._desk.service("courses").titles(sorted({row[1] for row in held}))
        same = [number for number, of in held if name_key(names.get(of, "")) == course]
        return self._desk.ref("sessions", same[0]) if len(same) == 1 else ""


def _visit(_desk: Desk, values: Values) -> Values:
    found = dict(values)
    for time, day in (("entered", "on"), ("left_at", "left_on")):
        before, _space, rest = str(found.get(time) or "").strip().rpartition(" ")
        if before and as_time(rest):
            found[time] = as_time(rest)
            found[day] = found.get(day) or before
    return found


def _safeguard(_desk: Desk, values: Values) -> Values:
    return _put_into(values, _PERIOD, "months", months_of, NO_PERIOD)


def _lasting(_desk: Desk, values: Values) -> Values:
    return _put_into(values, _LASTS, "minutes", minutes_of, NO_LENGTH)


def _put_into(
    values: Values, aside: Field, name: str, read: Callable[[str], int | None], cause: str
) -> Values:
    """Put what a column says in words into the field that counts it, unless that is filled."""
    said = values.pop(aside.name, None)
    if not said or values.get(name):
        return values
    found = read(str(said))
    if found is None:
        raise InvalidValueError(value=said, field=_(aside.label), cause=cause)
    return {**values, name: found}


def _duty(said: Mapping[str, Any]) -> Values:
    """Whoever has a category handles personal data; of others nobody has decided yet."""
    return {"duty": "handler" if said.get("category") else "undecided"}


LISTED: Mapping[str, Listed] = {
    "staff": Listed(unsaid=("duty",), meant=_duty),
    "courses": Listed((_LASTS,), read=_each(_lasting)),
    "sessions": Listed((_LASTS,), read=_each(_lasting)),
    "pledges": Listed(
        (_CALLED, _FIRM),
        unsaid=("note",),
        read=_each(_pledge),
        meant=lambda said: {"note": _(EARLIER)} if said.get("signed_on") else {},
    ),
    "attendances": Listed((_CALLED, _HELD), read=_Attendances),
    "access-rights": Listed(
        (_CALLED,),
        unsaid=("reason",),
        read=_each(_by_name),
        meant=lambda _said: {"reason": _(EARLIER)},
    ),
    "zone-permits": Listed((_CALLED,), read=_each(_permit)),
    "visits": Listed(loose=("entered", "left_at"), read=_each(_visit)),
    "safeguards": Listed((_PERIOD,), unsaid=("months",), read=_each(_safeguard)),
}
PLAIN = Listed()


def listed(register: str) -> Listed:
    """Return how lists of a register are read beside its fields."""
    return LISTED.get(register, PLAIN)
