"""A register's declaration: what the generic page, import, export and command line read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from privdesk.core.fields import Field

GONE = ("void", "destroyed")
"""States of a record that is there no more: nothing is done to it."""


@dataclass(frozen=True)
class State:
    """A state a record can be in; ``tone`` picks icon and colour.

    Tones: ``plain``, ``overdue``, ``soon``, ``held``, ``kept``, ``destroyed``, ``waiting``.
    ``ended`` says that nothing is due any more.
    """

    key: str
    label: str
    tone: str = "plain"
    ended: bool = False


@dataclass(frozen=True)
class Action:
    """Something that can be done to one record (or, with ``bulk``, to many).

    ``asks`` are the fields of the small form shown first. ``method`` is the
    service's method, called as ``method(refs, **values)`` and returning an
    ``Outcome``; or, where it crosses registers, a flow's ``"module:function"``, called
    as ``function(desk, refs, **values)``. With ``paper`` (a document's code) the screen
    shows that paper's preview instead. ``where`` names fields, each with the values that
    a record must have for the action to be offered. With ``plan`` the screen first shows
    what would happen; it names the question that is answered by what is ticked there.
    ``leads`` says like ``where`` when this is the next step, which the screen puts in front;
    empty is always, None never: it is then found behind the dots alone.
    """

    name: str
    label: str
    method: str
    asks: tuple[Field, ...] = ()
    states: tuple[str, ...] = ()  # only in these states; empty = always
    bulk: bool = False
    danger: bool = False
    key: str = ""  # keyboard shortcut
    roles: tuple[str, ...] = ("officer",)
    help: str = ""
    paper: str = ""
    where: tuple[tuple[str, tuple[object, ...]], ...] = ()
    plan: str = ""
    leads: tuple[tuple[str, tuple[object, ...]], ...] | None = ()

    def fits(self, row: Row) -> bool:
        """Whether a record is in a state, and of a kind, that this is for."""
        if not all(_has(row, name, of) for name, of in self.where):
            return False
        return not self.states or row.state in self.states

    def is_next(self, row: Row) -> bool:
        """Whether this is the step that a record it fits waits for; a danger never is."""
        if self.danger or self.leads is None:
            return False
        return all(_has(row, name, of) for name, of in self.leads)


def _has(row: Row, name: str, wanted: tuple[object, ...]) -> bool:
    """Whether a record has one of some values; of several at once, one of them or none, ``()``."""
    value = row.state if name == "state" else row.values.get(name)
    if isinstance(value, tuple):
        return value in wanted or any(one in wanted for one in value)
    return value in wanted


@dataclass(frozen=True)
class Document:
    """A paper a register prints: code of the paper (``d1``), name, one record or the list.

    ``maker`` is ``"module:function"``; loaded when printed, because reportlab is slow
    to load. Called as ``maker(desk, ref_or_None, language, number) -> Paper``. ``personal``
    seals its copy with the people's keys, and looking at a draft of it is journalled. ``where``
    names fields, each with the values that a record must have for the paper to fit it.
    ``by`` names another register, one of whose records narrows a paper of the list.
    """

    code: str
    label: str
    maker: str
    of_list: bool = False
    personal: bool = False
    where: tuple[tuple[str, tuple[object, ...]], ...] = ()
    by: str = ""

    def fits(self, record: Row) -> bool:
        """Whether the paper is one for this record."""
        return all(record.values.get(name) in wanted for name, wanted in self.where)


@dataclass(frozen=True)
class ReadyView:
    """A view of the list that every office has: its name and what it is narrowed by.

    ``where`` names fields (or the state field), each with the values wanted.
    """

    label: str
    where: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Child:
    """Rows that belong to a record of another register, shown in its Children tab."""

    register: str
    label: str
    by: str  # the link field of the child register that names the parent


@dataclass(frozen=True)
class Row:
    """A record as it leaves a service: plain values by field name.

    ``values`` holds masked text for sealed values that were not revealed; their
    names stand in ``masked``. Links are references; ``titles`` holds what the linked
    records are called, by field name.
    """

    id: int
    ref: str
    values: Mapping[str, Any]
    state: str = ""
    masked: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Query:
    """What a table asks for: text searched, conditions by field, order."""

    text: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Event:
    """One line of a record's history, out of the journal; ``told`` is what else it says."""

    number: int
    at: datetime
    person: str
    action: str
    fields: tuple[str, ...]
    reason: str
    told: str = ""


@dataclass(frozen=True)
class Outcome:
    """What an action did, for the flash line and the command line.

    ``once`` is a secret that is shown this one time and kept nowhere. ``paper`` is what is
    printed next: register, code of the paper, reference. ``go`` is what the screen shows next:
    a register and the reference it is opened at.
    """

    message: str
    refs: tuple[str, ...] = ()
    shown: Shown | None = None
    once: str = ""
    paper: tuple[str, str, str] | None = None
    go: tuple[str, str] | None = None


@dataclass(frozen=True)
class Shown:
    """A sealed file that an action hands out: shown on the screen, or written where asked."""

    title: str
    file_name: str
    data: bytes


class Service(Protocol):
    """What the generic page, import, export and command line call.

    One call is one transaction: the change and its journal entry. Everything
    raises ``DomainError`` only.
    """

    register: Register

    def fields(self) -> tuple[Field, ...]:
        """Return the declared fields and those that the office's data adds."""

    def open_view(self, query: Query) -> View:
        """Return a snapshot of the matching records in order, for a table."""

    def find(self, query: Query, limit: int | None = None) -> list[Row]:
        """Return masked rows."""

    def get(self, ref: str, *, reveal: str = "") -> Row:
        """Return one record; with ``reveal`` (the reason, journalled) in the clear."""

    def create(self, values: Mapping[str, Any]) -> Row:
        """Check, seal, store and journal a new record."""

    def update(self, ref: str, values: Mapping[str, Any]) -> Row:
        """Change the given fields only."""

    def update_all(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Change the given fields of many records, of all or of none."""

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Take records out of use; they stay, marked."""

    def history(self, ref: str) -> list[Event]:
        """Return what the journal says of a record, newest first."""

    def act(self, action: str, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Do one of the register's actions."""


class View(Protocol):
    """An ordered snapshot of a register: any window of it in constant time."""

    total: int  # all records of the register
    count: int  # matching ones

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the masked rows of positions ``start`` to ``stop`` (exclusive)."""

    def position(self, ref: str) -> int | None:
        """Return where a record stands, or None."""

    def close(self) -> None:
        """Give the snapshot back."""


@dataclass(frozen=True)
class Register:
    """A register's whole declaration; ``REGISTER`` of each folder in ``registers``."""

    name: str  # plural English, as on the command line
    title: str  # message id
    singular: str  # message id
    prefix: str  # of its references, for example "H"
    group: str  # rail group: people, life-cycle, partners, staff, safety, policy
    why: str  # message id: one sentence for the empty page
    clause: str  # of the policy
    fields: tuple[Field, ...]
    model: str = ""  # "module:Class"
    service: str = "privdesk.registers.records:Records"  # "module:Class"
    page: str = ""  # "module:Class" where the generic page is not enough
    states: tuple[State, ...] = ()
    state_field: str = "state"
    children: tuple[Child, ...] = ()
    actions: tuple[Action, ...] = ()
    documents: tuple[Document, ...] = ()
    views: tuple[ReadyView, ...] = ()
    rules: str = ""  # "module:function" giving this register's findings
    figures: str = ""  # "module:function" giving its figures of a span (core.figures)
    creatable: bool = True
    void_states: tuple[str, ...] | None = None  # where it can be taken out of use; None: anywhere
    struck_states: tuple[str, ...] = ()  # where only as entered by mistake, with a reason in words
    begin: str = ""  # message id of the button that begins a record; else "New" and singular
    importable: bool = True
    aside: bool = False  # its records belong to another's; in the rail only while it is open
    issued: bool = False  # its records are papers; one with a ``file`` can be printed again
    help: str = ""  # page of the help, where it is not called like the register
    title_field: str = ""  # the field that names a record in links
    sort: str = ""
    descending: bool = False  # the last of ``sort`` comes first

    def state(self, key: str) -> State | None:
        """Return the state with this key."""
        return next((s for s in self.states if s.key == key), None)

    def may_void(self, state: str) -> bool:
        """Whether a record in this state can be taken out of use: it never took effect."""
        if self.void_states is None:
            return state not in GONE
        return state in self.void_states

    def may_strike(self, state: str) -> bool:
        """Whether a record in this state is taken out only as entered by mistake."""
        return state in self.struck_states

    def action(self, name: str) -> Action | None:
        """Return the action with this name."""
        return next((a for a in self.actions if a.name == name), None)

    def field(self, name: str) -> Field | None:
        """Return the declared field with this name."""
        return next((f for f in self.fields if f.name == name), None)
