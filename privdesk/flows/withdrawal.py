"""A withdrawn consent, as one procedure: what goes, what a law keeps, who is told, the request.

What is held on the consent is destroyed like everything else: the withdrawal asks for a
destruction of exactly these holdings, which a second officer approves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from privdesk.core import laws, references
from privdesk.core.categories import Separate
from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.i18n import _, current, words
from privdesk.core.register import Row
from privdesk.flows import answering, choosing, correction, destruction, grounds, orders
from privdesk.flows.choosing import Set
from privdesk.flows.consentfacts import asked_of
from privdesk.flows.destroying import items_of
from privdesk.registers.checking import WRONG_STATE
from privdesk.registers.consents.beside import items_lost
from privdesk.registers.desk import Change, Desk
from privdesk.registers.holdings.rules import law_keeps
from privdesk.registers.retrievals.rules import Kind

GOES, LAW, HELD, BUSY = "goes", "law", "held", "busy"
PLACE, PROCESSOR, RECIPIENT = "place", "processor", "recipient"
Boxes = Mapping[int, Collection[str]]  # of these purposes only these boxes
_LIVING = ("active", "due", "held", "law")


class NothingToWithdrawError(DomainError):
    """{person} has no consent in force to withdraw for this. Nothing was changed; look at the
    consents of the person.
    """


@dataclass(frozen=True)
class Fate:
    """What becomes of one holding: it goes, or a law, a legal hold or a running case keeps it.

    ``law`` is in the words of the office, ``until`` the last day it commands.
    """

    holding: int
    ref: str
    file: str
    purpose: str
    what: str
    law: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Told:
    """Who is told: a place of the company, a processor, or a third party that received data."""

    kind: str
    name: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a withdrawal would do.

    ``consents`` are the answers that end; ``items`` the items of which the values go,
    ``staying`` those that another purpose still needs. ``emptied`` are the items, by record
    number, that go because the box of their own ends while the purpose goes on; ``loses``
    is what they are called, ``beside`` the places that hold them and need an order.
    ``person_goes`` is whether nothing of the person is left.
    """

    subject: int
    purposes: tuple[int, ...]
    on: date
    consents: tuple[str, ...]
    fates: tuple[Fate, ...]
    items: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    person_goes: bool = False
    names: tuple[str, ...] = ()  # of the purposes
    partly: Boxes = field(default_factory=dict)
    emptied: tuple[int, ...] = ()
    loses: tuple[str, ...] = ()
    beside: tuple[Told, ...] = ()

    def of(self, what: str) -> tuple[Fate, ...]:
        """Return the holdings with this fate."""
        return tuple(fate for fate in self.fates if fate.what == what)


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal did: the answers entered, and the destruction it asked for, if any."""

    refs: tuple[str, ...]
    plan: Plan
    destruction: str = ""
    notices: tuple[int, ...] = ()
    request: str = ""  # the one that it answers


def plan(
    desk: Desk,
    subject: int,
    purposes: Sequence[int],
    on: date | None = None,
    *,
    boxes: Boxes | None = None,
) -> Plan:
    """Return what withdrawing the consents to some purposes would do; changes nothing.

    ``boxes`` says of which purposes only some boxes are withdrawn. Where the one on which
    everything held stands is among them, the others of the purpose end with it.
    """
    on = on or desk.today()
    with desk.vault.reading():
        partly = _partly(desk, boxes or {})
        held = _holdings(desk, subject)
        whole = set(purposes) - set(partly)
        ends = [row for row in held if references.number(row.values["purpose"]) in whole]
        fates = _fates(desk, ends, on)
        going = [fate.holding for fate in fates if fate.what == GOES]
        left = [row for row in held if row.id not in going]
        gone, staying = _items(desk, [row for row in held if row.id in going], left)
        standing = _standing(desk, subject, purposes, partly)
        lost = _lost(desk, standing, partly, going)
        titles = desk.service("purposes").titles(list(purposes))
        return Plan(
            subject=subject,
            purposes=tuple(purposes),
            on=on,
            consents=tuple(row.ref for row in standing),
            fates=fates,
            items=gone,
            staying=staying,
            told=(
                *_places(desk, subject, going),
                *_recipients(desk, subject, _passed(purposes, partly)),
            ),
            person_goes=bool(going) and not left,
            names=tuple(titles.get(number, "") for number in purposes),
            partly=partly,
            emptied=tuple(lost),
            loses=_names(desk, lost),
            beside=tuple(_places(desk, subject, [r.id for r in left if _of(r) in partly and lost])),
        )


def withdraw(
    desk: Desk,
    subject: int,
    purposes: Sequence[int],
    on: date | None = None,
    channel: str = "",
    request: int | None = None,
    *,
    time: str = "",
    boxes: Boxes | None = None,
) -> Withdrawn:
    """Enter the withdrawal, end what is held on it, and ask for its destruction.

    What another law keeps is marked with its article and the last day. ``request`` is the
    number of the request that it answers. One transaction.

    Raises:
        NothingToWithdrawError: no consent is in force, and nothing is held on consent.
    """
    desk.require("officer")
    with desk.change() as change:
        told = plan(desk, subject, purposes, on, boxes=boxes)
        refs = _enter(change, told, on, time, channel)
        for fate in told.of(LAW):
            _keep(desk, fate)
        asked = _ask(desk, told, refs, request)
        _settle(change, told, refs, request)
        notices = _tell(change, told, request)
        reason = desk.ref("requests", request) if request is not None else asked
        for ref in refs:
            change.note("consent.withdrawn", "consents", references.number(ref), reason=reason)
    return Withdrawn(refs, told, asked, notices)


def by_person(desk: Desk, refs: Iterable[str]) -> dict[int, dict[int, list[str]]]:
    """Return purposes and boxes of consents by person; raises where one is not in force."""
    service = desk.service("consents")
    found: dict[int, dict[int, list[str]]] = {}
    for row in service.rows([service.number(ref) for ref in refs]):
        if row.state != "given":
            label = service.register.action("withdraw").label
            raise InvalidValueError(value=row.ref, field=_(label), cause=_(WRONG_STATE))
        of = found.setdefault(references.number(row.values["subject"]), {})
        of.setdefault(references.number(row.values["purpose"]), []).append(str(row.values["box"]))
    return found


# -- what is there


def _holdings(desk: Desk, subject: int) -> list[Row]:
    service = desk.service("holdings")
    numbers = service.of_subjects([subject]).get(subject, [])
    return [row for row in service.rows(sorted(numbers)) if row.state in _LIVING]


def _partly(desk: Desk, boxes: Boxes) -> dict[int, tuple[str, ...]]:
    """Return of which purposes only boxes beside the main one end."""
    main = desk.service("purposes").main_box
    return {of: tuple(told) for of, told in boxes.items() if main(of).value not in told}


def _passed(purposes: Sequence[int], partly: Boxes) -> list[int]:
    """Return the purposes whose third parties have to hear of it."""
    heard = Separate.PROVISION.value
    return [of for of in purposes if of not in partly or heard in partly[of]]


def _standing(desk: Desk, subject: int, purposes: Sequence[int], partly: Boxes) -> list[Row]:
    service = desk.service("consents")
    numbers = service.of_subjects([subject]).get(subject, [])
    found = []
    for row in service.rows(numbers):
        purpose = references.number(row.values["purpose"])
        ends = purpose in purposes and row.values["box"] in partly.get(purpose, [row.values["box"]])
        if row.state == "given" and ends:
            found.append(row)
    return found


def _lost(desk: Desk, rows: Sequence[Row], partly: Boxes, going: Sequence[int]) -> list[int]:
    """Return the items that had a box of their own which ends while the purpose goes on."""
    asked = [asked_of(row) for row in rows if references.number(row.values["purpose"]) in partly]
    return sorted({item for one in asked for item in items_lost(desk, one, going)})


def _fates(desk: Desk, rows: Sequence[Row], on: date) -> tuple[Fate, ...]:
    columns = [(r.id, references.number(r.values["subject"]), 0, 0, r.state, None) for r in rows]
    busy = {line.holding for line in choosing.judged(desk, columns) if line.why == choosing.RUNNING}
    return tuple(_fate(desk, row, on, busy=row.id in busy) for row in rows)


def _fate(desk: Desk, row: Row, on: date, *, busy: bool) -> Fate:
    names = (row.id, row.ref, row.titles.get("file", ""), row.titles.get("purpose", ""))
    if row.state == "held":
        return Fate(*names, HELD)
    law, until = _law(desk, row, on)
    if until is not None and until >= desk.today():
        return Fate(*names, LAW, law, until)
    return Fate(*names, BUSY if busy else GOES)


def _law(desk: Desk, row: Row, on: date) -> tuple[str, date | None]:
    """Return which law keeps a holding, and the last day: its own, or that of its purpose."""
    own: date | None = row.values.get("kept_until")
    numbers = [references.number(row.values[name]) for name in ("purpose", "file")]
    statutory = law_keeps(desk.service("holdings").terms(*numbers), row.values, on)
    if statutory is None or (own is not None and own >= statutory):
        return str(row.values.get("kept_law") or ""), own
    statute = desk.service("purposes").terms(numbers[0]).statute
    return laws.told(statute, str(desk.setting("language", "ko"))), statutory


def _items(
    desk: Desk, going: Sequence[Row], left: Sequence[Row]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the items that go, and those that what is left still needs."""
    needed = items_of(desk, {references.number(row.values["purpose"]) for row in left})
    asked = items_of(desk, {references.number(row.values["purpose"]) for row in going})
    return _names(desk, asked - needed), _names(desk, asked & needed)


def _names(desk: Desk, items: Iterable[int]) -> tuple[str, ...]:
    english = current() == "en"
    rows = desk.service("items").rows(sorted(items))
    return tuple(str((english and row.values.get("name_en")) or row.values["name"]) for row in rows)


def _places(desk: Desk, subject: int, holdings: Sequence[int]) -> list[Told]:
    """Return the places that get an order, processors by the name of the company."""
    if not holdings:
        return []
    files = {row.id: row.values["file"] for row in desk.service("holdings").rows(list(holdings))}
    lines = [choosing.Line(n, subject, references.number(file), 0) for n, file in files.items()]
    found = []
    for number, of in orders.destinations(desk, Set("people", tuple(lines))).items():
        values = desk.service("places").rows([number])[0].values
        outside = values.get("kind") == "processor"
        name = str(values["name"])
        if outside and values.get("processor"):
            name = f"{values['processor']} ({name})"
        titles = desk.service("files").titles(sorted(of))
        found.append(Told(PROCESSOR if outside else PLACE, name, tuple(titles.values())))
    return found


def _recipients(desk: Desk, subject: int, purposes: Sequence[int]) -> list[Told]:
    """Return the third parties: those that the purposes name, and those of past provisions."""
    rows = desk.service("purposes").rows(list(purposes))
    names = [str(row.values.get("recipient") or "") for row in rows]
    past = desk.service("provisions").given_to(subject)
    names += [str(row.values["recipient"]) for row in past]
    return [Told(RECIPIENT, name) for name in dict.fromkeys(filter(None, names))]


# -- what is done


def _enter(change: Change, told: Plan, on: date | None, time: str, channel: str) -> tuple[str, ...]:
    """Enter the answers; where only holdings on consent are known, the answer is the first."""
    desk = change.desk
    service = desk.service("consents")
    refs: list[str] = []
    if told.consents:
        refs += service.withdraw(told.consents, on=on, time=time, channel=channel).refs
    covered = {
        references.number(row.values["purpose"])
        for row in service.rows(list(map(references.number, refs)))
    }
    held = {references.number(row.values["purpose"]) for row in _holdings(desk, told.subject)}
    for row in desk.service("purposes").rows(list(told.purposes)):
        if row.id in held - covered - set(told.partly) and row.values.get("basis") == "consent":
            given = {"subject": desk.ref("subjects", told.subject), "purpose": row.ref}
            given |= {"kind": "withdrawn", "at": told.on, "time": time, "channel": channel}
            refs.append(desk.ref("consents", service.insert(change, given)))
    if not refs:
        raise NothingToWithdrawError(person=desk.ref("subjects", told.subject))
    return tuple(refs)


def _settle(change: Change, told: Plan, refs: Sequence[str], request: int | None) -> None:
    """Note on answers whose own items were emptied that it is done; have the places follow.

    The items went with the entry of the answer. Places are told by the orders of a request.
    """
    if not told.emptied:
        return
    desk = change.desk
    t = desk.service("consents").table
    for row in desk.service("consents").rows(list(map(references.number, refs))):
        if references.number(row.values["purpose"]) in told.partly:
            today = {"settled_on": desk.today()}
            change.sql.execute(t.update().where(t.c.id == row.id).values(today))
    if request is not None:
        answering.orders(change, request, Kind.DELETION.value, items=told.emptied)


def _keep(desk: Desk, fate: Fate) -> None:
    """State the exception: which law keeps a holding, and until when (Art. 21 (3))."""
    desk.service("holdings").keep([fate.ref], law=fate.law, until=fate.until)


def _ask(desk: Desk, told: Plan, refs: Sequence[str], request: int | None) -> str:
    """Ask for the destruction of what goes; return its reference, or nothing."""
    going = [fate.ref for fate in told.of(GOES)]
    if not going:
        return ""
    named = [*refs, *([desk.ref("requests", request)] if request is not None else [])]
    say = words(str(desk.setting("language", "ko")))
    reason = say(grounds.WITHDRAWN).format(consents=", ".join(named))
    return destruction.request(desk, refs=going, reason=reason)


def _tell(change: Change, told: Plan, request: int | None) -> tuple[int, ...]:
    """Draw up the notices to past recipients, and to those whom the consents name.

    Processors get an order anyway.
    """
    heard = _passed(told.purposes, told.partly)
    items = sorted(items_of(change.desk, heard))
    named: dict[str, set[int]] = {}
    for row in change.desk.service("purposes").rows(heard):
        if row.values.get("recipient"):
            of = named.setdefault(str(row.values["recipient"]), set())
            of |= items_of(change.desk, {row.id})
    drawn = correction.tell_recipients(
        change, told.subject, items, request, "deletion", processors=False, named=named
    )
    return tuple(drawn)


def _of(row: Row) -> int:
    return references.number(row.values["purpose"])
