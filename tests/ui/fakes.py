"""Hand-written services for the tests of the desk: registers in lists, and one of a million."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from privdesk.core.conditions import meets
from privdesk.core.errors import DomainError, NotFoundError
from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.register import (
    Action,
    Child,
    Document,
    Event,
    Outcome,
    Query,
    Register,
    Row,
    State,
)

TODAY = date(2026, 11, 23)

STATES = (
    State("active", "Active", "kept"),
    State("due", "Due soon", "soon"),
    State("overdue", "Overdue", "overdue"),
    State("held", "On hold", "held"),
    State("destroyed", "Destroyed", "destroyed"),
)

HOLDINGS = Register(
    name="holdings",
    title="Holdings",
    singular="Holding",
    prefix="H",
    group="life-cycle",
    why="A holding says why you still have somebody's data, and the day it has to go.",
    clause="S2.1",
    fields=(
        Field("subject", "Subject", Kind.NAME, Audience.PERSONAL, required=True, slot=1, width=140),
        Field("phone", "Phone", Kind.PHONE, Audience.PERSONAL, slot=2, width=140),
        Field("email", "E-mail", Kind.EMAIL, Audience.PERSONAL, slot=3, width=180, in_table=False),
        Field("purpose", "Purpose", Kind.LINK, links_to="purposes", required=True, width=120),
        Field(
            "basis",
            "Legal basis",
            Kind.CHOICE,
            choices=(Choice("consent", "Consent"), Choice("contract", "Contract")),
            required=True,
            clause="L 15",
        ),
        Field("people", "People", Kind.INTEGER, width=96),
        Field("collected_on", "Collected on", Kind.DATE, required=True, help="The day it began."),
        Field("expires_on", "Expires on", Kind.DATE, computed=True, width=168),
        Field("exempt", "Kept by law", Kind.FLAG),
        Field("note", "Note", Kind.NOTE, Audience.OFFICE, slot=4, in_table=False),
        Field("state", "State", Kind.CHOICE, computed=True, width=128),
    ),
    states=STATES,
    children=(Child("consents", "Consents", "holding"),),
    actions=(
        Action(
            "hold",
            "Put on hold",
            "hold",
            asks=(Field("reason", "Reason", Kind.NOTE, required=True),),
            states=("active", "due", "overdue"),
            bulk=True,
            key="Ctrl+Shift+H",
        ),
        Action("release", "Release", "release", states=("held",), bulk=True),
        Action("erase", "Erase a field", "erase", states=("active",), danger=True),
    ),
    documents=(
        Document("d2", "Ledger of holdings", "privdesk.none:make", of_list=True),
        Document("d4", "Result notice", "privdesk.none:make"),
    ),
    title_field="subject",
    sort="ref",
)

PURPOSES = Register(
    name="purposes",
    title="Purposes",
    singular="Purpose",
    prefix="P",
    group="life-cycle",
    why="A purpose is what the company may use personal data for.",
    clause="S1.1",
    fields=(Field("name", "Name", required=True), Field("years", "Years", Kind.INTEGER)),
    title_field="name",
)


class InMemory:
    """Settings that last as long as the program."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        return self._kept.get(key)

    def put(self, key: str, value: Any) -> None:
        self._kept[key] = value


class ListView:
    """A snapshot of some rows."""

    def __init__(self, rows: Sequence[Row], total: int) -> None:
        self._rows, self.total, self.count = list(rows), total, len(rows)
        self.asked: list[tuple[int, int]] = []
        self.closed = False

    def rows(self, start: int, stop: int) -> list[Row]:
        self.asked.append((start, stop))
        return self._rows[start:stop]

    def position(self, ref: str) -> int | None:
        return next((i for i, row in enumerate(self._rows) if row.ref == ref), None)

    def close(self) -> None:
        self.closed = True


class ListService:
    """A register kept in a list of clear rows; what is sealed leaves it masked."""

    def __init__(self, register: Register, rows: Sequence[Row] = ()) -> None:
        self.register = register
        self.stored = list(rows)
        self.views: list[ListView] = []
        self.queries: list[Query] = []
        self.reveals: list[tuple[str, str]] = []
        self.acted: list[tuple[str, tuple[str, ...], dict[str, Any]]] = []
        self.updates: list[tuple[str, dict[str, Any]]] = []
        self.refuse: DomainError | None = None

    def fields(self) -> tuple[Field, ...]:
        return self.register.fields

    def open_view(self, query: Query) -> ListView:
        self.queries.append(query)
        self.views.append(ListView(self.find(query), len(self.stored)))
        return self.views[-1]

    def find(self, query: Query, limit: int | None = None) -> list[Row]:
        found = [self._masked(r) for r in self.stored if _matches(r, query)]
        if query.sort:
            found.sort(key=lambda r: _sort_key(r, query.sort), reverse=query.descending)
        return found[:limit]

    def get(self, ref: str, *, reveal: str = "") -> Row:
        row = next((r for r in self.stored if r.ref == ref), None)
        if row is None:
            raise NotFoundError(what=self.register.singular, ref=ref)
        if reveal:
            self.reveals.append((ref, reveal))
            return replace(self._masked(row), values=row.values, masked=frozenset())
        return self._masked(row)

    def create(self, values: Mapping[str, Any]) -> Row:
        self._may()
        number = len(self.stored) + 1
        state = self.register.states[0].key if self.register.states else ""
        row = Row(number, f"{self.register.prefix}-{number:05d}", dict(values), state)
        self.stored.append(row)
        return self._masked(row)

    def update(self, ref: str, values: Mapping[str, Any]) -> Row:
        self._may()
        self.updates.append((ref, dict(values)))
        place = next(i for i, r in enumerate(self.stored) if r.ref == ref)
        row = self.stored[place]
        self.stored[place] = replace(row, values={**row.values, **values})
        return self._masked(self.stored[place])

    def update_all(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        for ref in refs:
            self.update(ref, values)
        return Outcome(f"{len(refs)} records changed", tuple(refs))

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        self.stored = [r for r in self.stored if r.ref not in refs]
        return Outcome(f"{len(refs)} taken out of use.", tuple(refs))

    def history(self, ref: str) -> list[Event]:
        at = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
        return [
            Event(1842, at, "Han Seoyun", "record.changed", ("phone", "note"), "R-00031"),
            Event(911, at - timedelta(days=200), "Oh Minjae", "record.created", ("subject",), ""),
        ]

    def act(self, action: str, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        self._may()
        self.acted.append((action, tuple(refs), dict(values)))
        new = {"hold": "held", "release": "active"}.get(action)
        if new:
            self.stored = [replace(r, state=new) if r.ref in refs else r for r in self.stored]
        return Outcome(f"{action}: {len(refs)}", tuple(refs))

    def _may(self) -> None:
        if self.refuse:
            raise self.refuse

    def _masked(self, row: Row) -> Row:
        hidden = {f.name for f in self.register.fields if f.sealed and row.values.get(f.name)}
        values = {n: mask(str(v)) if n in hidden else v for n, v in row.values.items()}
        if any(f.name == self.register.state_field for f in self.register.fields):
            values[self.register.state_field] = row.state
        titles = {"purpose": PURPOSE_NAMES.get(str(row.values.get("purpose")), "")}
        return replace(row, values=values, masked=frozenset(hidden), titles=titles)


class MillionView:
    """A million rows made when asked for; it writes down which windows were."""

    total = 1_000_000
    count = 1_000_000

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def rows(self, start: int, stop: int) -> list[Row]:
        self.asked.append((start, stop))
        return [holding(i) for i in range(start, stop)]

    def position(self, ref: str) -> int | None:
        return int(ref.split("-")[1]) - 1

    def close(self) -> None:
        """Nothing is held."""


class MillionService(ListService):
    """Holdings by the million."""

    def __init__(self) -> None:
        super().__init__(HOLDINGS)
        self.million = MillionView()

    def open_view(self, query: Query) -> Any:
        self.queries.append(query)
        return self.million


_FAMILY = "김이박최정강조윤장임한오서신권황안송류홍"
_GIVEN = (
    "서연",
    "민준",
    "지우",
    "도윤",
    "하은",
    "예준",
    "수아",
    "시우",
    "지민",
    "현우",
    "유진",
    "건우",
)


def holding(i: int) -> Row:
    """Return an invented holding, the same for the same number."""
    state = ("active", "active", "active", "due", "held", "active", "overdue", "destroyed")[i % 8]
    days = {"active": 90 + i % 900, "due": i % 14, "overdue": -(i % 40) - 1}.get(state, 300)
    gone = state == "destroyed"
    name = _FAMILY[i * 7 % 20] + _GIVEN[i * 5 % 12]
    return Row(
        i + 1,
        f"H-{i + 1:05d}",
        {
            "subject": "" if gone else name,
            "phone": "" if gone else f"010-{2000 + i * 37 % 8000:04d}-{i * 7919 % 10000:04d}",
            "email": "" if gone else f"person{i}@example.org",
            "purpose": ("P-00001", "P-00002", "P-00003")[i % 3],
            "basis": ("consent", "contract")[i % 2],
            "people": 1 + i * 131 % 4000,
            "collected_on": date(2019, 3, 1) + timedelta(days=i * 11 % 2400),
            "expires_on": TODAY + timedelta(days=days),
            "exempt": i % 9 == 0,
            "note": "",
        },
        state,
    )


def holdings(n: int = 60) -> ListService:
    """Return a register of some invented holdings."""
    return ListService(HOLDINGS, [holding(i) for i in range(n)])


PURPOSE_NAMES = {"P-00001": "배송 안내", "P-00002": "고객 상담", "P-00003": "채용 본인 확인"}


def purposes() -> ListService:
    """Return a register of some purposes, to be linked to."""
    names = PURPOSE_NAMES.values()
    rows = [Row(i + 1, f"P-{i + 1:05d}", {"name": n, "years": 3}) for i, n in enumerate(names)]
    return ListService(PURPOSES, rows)


def mask(text: str) -> str:
    """Return a value as those see it who have not revealed it."""
    return text[:1] + "*" * max(1, len(text) - 2) + text[-1:] if len(text) > 1 else "*"


def _matches(row: Row, query: Query) -> bool:
    if query.text and not any(query.text in str(v) for v in (row.ref, *row.values.values())):
        return False
    return all(_meets(row, name, wanted) for name, wanted in query.where.items())


def _meets(row: Row, name: str, wanted: Any) -> bool:
    return meets(row.state if name == "state" else row.values.get(name), wanted)


def _sort_key(row: Row, name: str) -> str:
    value = {"ref": row.ref, "state": row.state}.get(name, row.values.get(name))
    return f"{value:012d}" if isinstance(value, int) else str(value)
