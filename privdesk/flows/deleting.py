"""Deletion on request: what may go is destroyed, what another law keeps stays apart and marked.

PIPA 36(1): whoever looked at their data may have it deleted, unless another law names it as to
be collected; such a request is refused with that law named (36(4), 38(5)).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from privdesk.core import laws, references
from privdesk.core.categories import Basis
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind as FieldKind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.flows import answering, changes, correcting, destruction, forgetting
from privdesk.flows.revealing import revealed
from privdesk.registers.desk import Change, Desk
from privdesk.registers.holdings.rules import law_keeps
from privdesk.registers.requests.stays import Stay, serial, spoken
from privdesk.registers.retrievals.rules import Kind
from privdesk.vault import attachments

GROUND = "deletion_law"
"""The ground of a refusal: another law names the data as to be collected (PIPA 36(1))."""
HELD = N_("“{purpose}” is under a legal hold.")


class DeletionHeldError(DomainError):
    """Everything asked for is under a legal hold, so nothing can be deleted now ({held}). Nothing
    was changed; release the hold first, or extend the request with that reason.
    """


class NothingHeldError(DomainError):
    """Nothing of this person is held that could be deleted. Nothing was changed; answer that
    nothing is held.
    """


@dataclass(frozen=True)
class Kept:
    """A holding that stays: its purpose, under which law, its last day where the law counts one,
    and whether it has to be marked as kept apart still. Without a law a legal hold keeps it.
    """

    holding: int
    purpose: int
    law: str = ""
    until: date | None = None
    marked: bool = False

    @property
    def stay(self) -> Stay:
        """What the law keeps, as it is stored and told."""
        return Stay(self.purpose, self.law, self.until)


@dataclass(frozen=True)
class Plan:
    """What of a person goes and what stays; numbers of holdings."""

    goes: tuple[int, ...]
    kept: tuple[Kept, ...]

    @property
    def lawful(self) -> tuple[Kept, ...]:
        """What stays because another law says so."""
        return tuple(one for one in self.kept if one.law)


@dataclass(frozen=True)
class Deleted:
    """What came of it: the destruction's reference or none, the orders, what stays.

    ``refused`` is whether the request was refused because another law keeps everything;
    ``files`` are to be unlinked after the commit.
    """

    destruction: str
    orders: tuple[int, ...]
    kept: tuple[Kept, ...]
    refused: bool = False
    files: tuple[str, ...] = ()


def plan(desk: Desk, subject: int, items: Collection[int] = ()) -> Plan:
    """Return what of a person (of the holdings that need these items) may go today."""
    goes: list[int] = []
    kept: list[Kept] = []
    for row in changes.holdings_of(desk, subject, items):
        found = _kept(desk, row)
        if found is None:
            goes.append(row.id)
        else:
            kept.append(found)
    return Plan(tuple(goes), tuple(kept))


def delete(change: Change, request: int, items: Collection[int] = ()) -> Deleted:
    """Have deleted what may go; refuse the request where another law keeps all of it.

    Without items exactly the person's holdings that may go are put into an ordinary
    destruction request, which another officer approves. Items alone are emptied in the vault
    and ordered to be deleted in the places, except those that a kept holding needs.
    """
    desk = change.desk
    row, person = answering.asked(desk, request)
    narrowed = set(items) or changes.items_asked(row)
    found = plan(desk, person.id, narrowed)
    if not found.goes and not found.kept and not narrowed:
        raise NothingHeldError
    free = _free_items(desk, found, narrowed)
    if not (free if narrowed else found.goes):
        return _refused(change, row, person, found)
    if narrowed:
        return _empty(change, row, person, free, found)
    _keep_apart(desk, found)
    return _destroy(change, row, person, found)


# -- inside --------------------------------------------------------------------------------


def _kept(desk: Desk, row: Row) -> Kept | None:
    """Return why a holding stays, or None where it may go."""
    values, today = row.values, desk.today()
    purpose, file = (references.number(values[name]) for name in ("purpose", "file"))
    if values.get("hold"):
        return Kept(row.id, purpose)
    until = values.get("kept_until")
    if until is not None and until >= today:
        return Kept(row.id, purpose, str(values.get("kept_law") or ""), until, marked=True)
    last = law_keeps(desk.service("holdings").terms(purpose, file), values, today)
    if last is not None and last >= today and row.state != "due":
        statute = desk.service("purposes").terms(purpose).statute
        law = laws.told(statute, str(desk.setting("language", "ko")))
        return Kept(row.id, purpose, law, last)
    (why,) = desk.service("purposes").rows([purpose])
    if why.values.get("basis") == Basis.LAW.value and why.state != "ended":
        return Kept(row.id, purpose, str(why.values.get("article") or ""), marked=True)
    return None


def why(desk: Desk, kept: Iterable[Kept]) -> str:
    """Return in words why something stays."""
    told = []
    for one in kept:
        if one.law:
            told.append(spoken(desk, [one.stay]))
        else:
            title = desk.service("purposes").titles([one.purpose]).get(one.purpose, "")
            told.append(_(HELD).format(purpose=title))
    return " ".join(told)


def _free_items(desk: Desk, found: Plan, items: Collection[int]) -> list[int]:
    """Return the items asked for that no kept holding needs."""
    service = desk.service("holdings")
    needed: set[int] = set()
    for row in service.rows([one.holding for one in found.kept]):
        needed |= changes.items_of(desk, row)
    return sorted(set(items) - needed)


def _keep_apart(desk: Desk, found: Plan) -> None:
    """Mark what from now on only another law keeps, until its last day (PIPA 21(3), 36(1)).

    What was still running ends with it; an earlier end stays the one that the law counts from.
    """
    service = desk.service("holdings")
    for one in found.lawful:
        if not one.marked and one.until is not None:
            refs = [desk.ref("holdings", one.holding)]
            if service.get(refs[0]).values["ended_on"] is None:
                service.end(refs, on=desk.today())
            service.keep(refs, law=one.law, until=one.until)


def _destroy(change: Change, row: Row, person: Row, found: Plan) -> Deleted:
    desk = change.desk
    refs = [desk.ref("holdings", number) for number in found.goes]
    ref = destruction.request(desk, refs=refs, reason=row.ref)
    own = follow(change, row, person, ref, whole=not found.kept)
    return Deleted(ref, (own,), found.kept)


def follow(change: Change, row: Row, person: Row, ref: str, *, whole: bool) -> int:
    """Enter the vault's own part of a request, which is done once a destruction is executed.

    Where nothing of the person stays (``whole``), the case keeps the name, so that the letter
    with the result can still be addressed; it goes with the file of the case.
    """
    desk = change.desk
    if whole and not row.values["caller"]:
        _keep_name(change, row, person)
    own = correcting.own_part(change, row, person, Kind.DELETION, ())
    t = desk.service("retrievals").table
    number = desk.service("destructions").number(ref)
    change.sql.execute(update(t).where(t.c.id == own).values(destruction=number))
    return own


def _keep_name(change: Change, row: Row, person: Row) -> None:
    desk = change.desk
    names = [f.name for f in desk.service("subjects").item_fields() if f.kind is FieldKind.NAME]
    (clear,) = revealed(desk, "subjects", [person.id], row.ref, names)
    called = next((str(clear.values[n]) for n in names if clear.values.get(n)), "")
    if called:
        desk.service("requests").put(change, row.id, caller=called)
        change.note("record.changed", "requests", row.id, fields=("caller",))


def _empty(change: Change, row: Row, person: Row, free: Sequence[int], found: Plan) -> Deleted:
    """Empty single items: here at once, in the places by order."""
    files = forgetting.answers_of(change, [person.id], closed=True)
    wanted = dict.fromkeys(free, ("", ""))  # what goes is written down nowhere
    own = correcting.own_part(change, row, person, Kind.DELETION, free, wanted)
    places = answering.orders(change, row.id, Kind.DELETION.value, items=free)
    correcting.amend(change, row.id)
    return Deleted("", (own, *places), found.kept, files=tuple(files))


def _refused(change: Change, row: Row, person: Row, found: Plan) -> Deleted:
    from privdesk.flows import requests

    desk = change.desk
    if not found.lawful:
        raise DeletionHeldError(held=why(desk, found.kept))
    _keep_apart(desk, found)
    requests.refuse(change, row.id, GROUND, serial(one.stay for one in found.lawful))
    return Deleted("", (), found.kept, refused=True)


# -- action of the requests -----------------------------------------------------------------

REFUSED = N_("Refused: another law keeps all of it. {why} Print the notice of refusal.")
REQUESTED = N_("Destruction {ref} requested; another officer approves it.")
EMPTIED = N_("Emptied in the vault; orders to places: {n}.")
STAYS = N_("Kept apart: {why} Answer in part, with that law.")


def act(desk: Desk, refs: Sequence[str], *, items: Sequence[str] = ()) -> Outcome:
    """Delete on request what may go; the outcome says what stays, and why."""
    numbers = {references.number(ref) for ref in items or ()}
    told: list[str] = []
    made: list[str] = []
    for ref in refs:
        with desk.change() as change:
            done = delete(change, desk.service("requests").number(ref), numbers)
        attachments.unlink(desk.vault, list(done.files))
        stays = why(desk, done.kept)
        if done.refused:
            told.append(_(REFUSED).format(why=stays))
            continue
        told.append(
            _(REQUESTED).format(ref=done.destruction)
            if done.destruction
            else _(EMPTIED).format(n=len(done.orders) - 1)
        )
        told += [_(STAYS).format(why=stays)] if stays else []
        made += [done.destruction] if done.destruction else []
        made += [desk.ref("retrievals", number) for number in done.orders]
    return Outcome(" ".join(told), tuple(made))
