"""Requests: taken in with their due day, moved by steps, kept until their own day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, current, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers import incoming
from privdesk.registers.conditions import stored
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.requests import (
    amending,
    claims,
    ending,
    expunging,
    fees,
    reasons,
    rules,
    stays,
    steps,
)
from privdesk.registers.requests.kinds import GROUNDS, KIND_LABELS

_SHOWN = 500  # cases that a screen or an export reads at once
_OPEN = tuple(state.value for state in rules.OPEN)
WARNED = N_(
    "Refused. Only the company’s policy knows this ground, the law does not: the person may object,"
    " and the authority will ask for a ground of the law."
)
STANDS = N_(
    "The person is to be told; the law knows no extension here, so {due} stays the day. Answer by"
    " then, in part if need be."
)


class ReceivedLaterError(DomainError):
    """A request cannot have been received at {at}, which is still to come. Nothing was changed;
    check date and time.
    """


class AgentUnnamedError(DomainError):
    """An agent asks, but nobody says who it is. Nothing was changed; enter the agent’s name."""


class ProposalDayError(DomainError):
    """A proposal cannot have come on {day}: the mediation was received on {received}, and today is
    {today}. Nothing was changed; check the day.
    """


class ProposalElsewhereError(DomainError):
    """Only a mediation has a proposal to answer. Nothing was changed; leave that day empty."""


class Requests(Records):
    """Service of the requests."""

    unsaid: Mapping[str, Any] = {"kind": "inquiry"}
    rows_add_texts = False
    _me: tuple[int, str] = (0, "")
    _explains = True  # off while a search reads every case

    # -- what follows from what was entered

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Work out the due day, find the person by the source's number, check agent and fee."""
        if before is not None and values.get("received_at") is None:
            kept = {"received_at": before["received_at"]}
            return {**self.derive({**values, **kept}, before), **kept}
        if values.get("by_agent") and not values.get("agent"):
            raise AgentUnnamedError
        if values.get("proposal_on") and values.get("kind") != "mediation":
            raise ProposalElsewhereError
        amending.require_sound(self.desk, values, before)
        fault = bool(values.get("our_fault"))
        fees.check_fee(values.get("fee"), values.get("cost"), our_fault=fault)
        found: dict[str, Any] = {}
        if before is None:
            found |= {"received_at": self._received(values), "handler": self._handler(values)}
        elif values.get("handler") and values["handler"] != before["handler"]:
            steps.colleague(self.desk, str(values["handler"]))
        if not values.get("subject") and values.get("customer_no"):
            found["subject"] = self.known_by(str(values["customer_no"]), values.get("place"))
        due = self._due({**values, **found}, before)
        return {**found, **due}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change fields as far as the case allows it, see ``amending``."""
        (row,) = self.rows([number], reveal=True)
        amending.require(self.desk, row, self.checked(values, whole=False))
        super().amend(change, number, values)
        if any(name in amending.FIXED_ONCE_TOLD for name in values):
            amending.lapse(change, number, row)

    def _received(self, values: Mapping[str, Any]) -> datetime:
        now = self.desk.now()
        given = values.get("received_at")
        if not isinstance(given, datetime):
            return now
        if given > now:
            raise ReceivedLaterError(at=reasons.spoken(given))
        return given

    def _handler(self, values: Mapping[str, Any]) -> str:
        if values.get("handler"):
            return steps.colleague(self.desk, str(values["handler"]))
        me = self.vault.person
        if self._me[0] != me.id:
            row = self.desk.service("staff").of_login(me.name)
            self._me = (me.id, row.ref if row is not None and row.state == "active" else "")
        return self._me[1]

    def _due(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        if before is not None:
            told = ("kind", "received_at", "proposal_on")
            if all(values.get(n) == before.get(n) for n in told) or before.get("extended_until"):
                return {}
            if values["received_at"] > self.desk.now():
                raise ReceivedLaterError(at=reasons.spoken(values["received_at"]))
        self._check_proposal(values)
        due = self.due_of(values)
        return {"due_on": due.on, "due_at": due.at}

    def _check_proposal(self, values: Mapping[str, Any]) -> None:
        proposal, received = values.get("proposal_on"), office_date(values["received_at"])
        today = self.desk.today()
        if isinstance(proposal, date) and not received <= proposal <= today:
            raise ProposalDayError(day=proposal, received=received, today=today)

    def due_of(self, values: Mapping[str, Any]) -> rules.Due:
        """Return when a request of these values is due, not counting extensions."""
        return rules.due(
            str(values["kind"]),
            values["received_at"],
            self.desk.calendar,
            values.get("proposal_on"),
        )

    def known_by(self, customer: str, place: str | None) -> str:
        """Return the one person known by a source's number, at a place or anywhere; or nothing."""
        subjects = self.desk.service("subjects")
        raw = self.vault.raw
        if place:
            places = [references.number(place)]
        else:
            rows = raw.execute("SELECT DISTINCT place FROM source_ids WHERE place > 0").fetchall()
            places = [row[0] for row in rows]
        found = set()
        for number in places:
            row = raw.execute(
                "SELECT subject FROM source_ids WHERE place = ? AND digest = ?",
                (number, subjects.digest(number, customer)),
            ).fetchone()
            found |= {row[0]} if row else set()
        return self.desk.ref("subjects", found.pop()) if len(found) == 1 else ""

    # -- reading

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return days left, the reasons for the due day, and whether the answer was in time."""
        state, due_on = str(values.get("state") or ""), values.get("due_on")
        if not isinstance(due_on, date) or state in ("destroyed", "void"):
            return {"left": None, "why_due": "", "in_time": None}
        left = (due_on - self.desk.today()).days if state in _OPEN else None
        answered, due_at = values.get("answered_at"), values.get("due_at")
        in_time = None
        if isinstance(answered, datetime) and state != rules.State.WITHDRAWN.value:
            in_time = rules.answered_in_time(due_on, due_at, answered)
        why = ""
        if self._explains:
            told = reasons.of_values(values, self.desk.calendar, current())
            why = "\n".join(one.text() for one in told)
        return {"left": left, "why_due": why, "in_time": in_time}

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return cases; why each is due then is said where a list or a page shows them."""
        self._explains = len(numbers) <= _SHOWN
        try:
            return stays.worded(self.desk, super().rows(numbers, reveal=reveal))
        finally:
            self._explains = True

    def glimpses(self, numbers: Sequence[int], names: Collection[str]) -> list[Row]:
        """Return cases with these fields only; why each is due then only where that is asked."""
        self._explains = "why_due" in names
        try:
            return stays.worded(self.desk, super().glimpses(numbers, names))
        finally:
            self._explains = True

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the kinds by number: nothing about a person."""
        t = self.table
        found: dict[int, str] = {}
        with self.vault.reading() as sql:
            for start in range(0, len(numbers), 900):
                part = t.c.id.in_(numbers[start : start + 900])
                for number, kind in sql.execute(select(t.c.id, t.c.kind).where(part)):
                    found[number] = _(KIND_LABELS.get(kind, ""))
        return found

    def called(self, title: str) -> list[int]:
        """Never by kind: cases of a kind are many."""
        return []

    def language_of(self, row: Row) -> str:
        """Return the language of letters: the case's own, else the person's, else the office's."""
        own = str(row.values.get("language") or "")
        if own:
            return own
        if row.values.get("subject"):
            (person,) = self.desk.service("subjects").rows(
                [references.number(row.values["subject"])]
            )
            own = str(person.values.get("language") or "")
        return own or str(self.desk.setting("language", "ko"))

    def case(self, number: int) -> rules.Case:
        """Return a case as the steps need it."""
        (row,) = self.rows([number])
        values = row.values
        return rules.Case(
            ref=row.ref,
            kind=str(values["kind"]),
            state=rules.State(row.state),
            identified=values["identified_at"] is not None,
            by_agent=bool(values["by_agent"]),
            mandate=bool(values["mandate"]),
        )

    def put(self, change: Change, number: int, **values: Any) -> None:
        """Write typed values of open fields and a state; sealed ones by their fields."""
        opened = {}
        for name, value in values.items():
            field = self.register.field(name)
            if name == "state" or field is None:
                opened[name] = value
            elif not field.sealed:
                opened[name] = stored(field, value)
        if opened:
            change.sql.execute(update(self.table).where(self.table.c.id == number).values(**opened))
        self._seal(number, {n: v for n, v in values.items() if n not in opened})

    # -- actions

    def _each(self, refs: Sequence[str], do: Callable[[Change, int], Any]) -> None:
        with self.desk.change() as change:
            for ref in refs:
                do(change, self.number(ref))

    def start(self, refs: Sequence[str]) -> Outcome:
        """Start the work on cases."""
        self._each(refs, steps.start)
        told = ngettext("{n} case in work", "{n} cases in work", len(refs))
        return Outcome(told, tuple(refs))

    def extend(self, refs: Sequence[str], *, until: date, reason: str) -> Outcome:
        """Extend the term of cases with the reason that the person is told."""
        stands: list[date] = []

        def do(change: Change, number: int) -> None:
            made = steps.extend(change, number, until, reason)
            (row,) = self.rows([number])
            stands.extend([] if made.moves else [row.values["due_on"]])

        self._each(refs, do)
        if stands:
            return Outcome(_(STANDS).format(due=max(stands)), tuple(refs))
        return Outcome(_(N_("Extended until {day}")).format(day=until), tuple(refs))

    def answer(
        self,
        refs: Sequence[str],
        *,
        result: str,
        text: str = "",
        code: str = "",
        reason: str = "",
    ) -> Outcome:
        """Record the answer, whole or in part."""
        self._each(
            refs,
            lambda change, n: steps.answer(change, n, result, text=text, code=code, reason=reason),
        )
        return Outcome(claims.outcome(self.desk, refs, result), tuple(refs))

    def refuse(
        self, refs: Sequence[str], *, code: str, reason: str, objection: str = ""
    ) -> Outcome:
        """Refuse cases on a ground, which the person is told with the reason."""
        self._each(refs, lambda change, n: steps.refuse(change, n, code, reason, objection))
        if not rules.statutory(code):
            return Outcome(_(WARNED), tuple(refs))
        told = _(N_("Refused: {ground}. Print the notice now."))
        return Outcome(told.format(ground=_(GROUNDS[code].label)), tuple(refs))

    def hand_over(self, refs: Sequence[str], *, to: str, reason: str = "") -> Outcome:
        """Give cases to a colleague."""
        self._each(refs, lambda change, n: steps.hand_over(change, n, to, reason))
        name = self.desk.service("staff").titles([references.number(to)])
        told = _(N_("Handed over to {name}")).format(name=next(iter(name.values()), to))
        return Outcome(told, tuple(refs))

    def attach(self, refs: Sequence[str], *, file: str, what: str = "") -> Outcome:
        """Seal a file with the keys of a case."""
        found = incoming.read(file)
        told = found.data, found.name, what or "other"
        self._each(refs, lambda change, n: steps.attach(change, n, *told))
        return Outcome(_(N_("Attached: {name}")).format(name=found.name), tuple(refs))

    def withdraw(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Note that the person takes the request back."""
        self._each(refs, lambda change, n: steps.withdraw(change, n, reason))
        return Outcome(_(N_("Taken back by the person.")), tuple(refs))

    def close(self, refs: Sequence[str]) -> Outcome:
        """Close cases; from then on their files are kept for their own period."""
        self._each(refs, steps.close)
        told = ngettext("{n} case closed", "{n} cases closed", len(refs))
        return Outcome(told, tuple(refs))

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy the files of cases whose own period is over."""
        self._each(refs, expunging.expunge)
        told = ngettext(
            "The file of {n} case destroyed", "The files of {n} cases destroyed", len(refs)
        )
        return Outcome(told, tuple(refs))

    def set_state(self, change: Change, number: int, state: str) -> None:
        """Move a case to another state; one that is taken out of use ends what it left open."""
        super().set_state(change, number, state)
        if state == "void":
            ending.end(change, number, rules.State.WITHDRAWN)

    # -- for the calendar and the papers

    def reckon(self) -> dict[int, tuple[date, rules.Due]]:
        """Return the open cases whose day the calendar gives otherwise: the day kept, the other.

        Days that an extension moved stay.
        """
        t = self.table
        columns = (t.c.id, t.c.kind, t.c.received_at, t.c.proposal_on, t.c.due_on, t.c.due_at)
        fixed = t.c.kind.not_in(rules.POSTPONABLE)
        runs = or_(t.c.extended_until.is_(None), fixed)
        wanted = select(*columns).where(t.c.state.in_(_OPEN), runs)
        with self.vault.reading() as sql:
            rows = sql.execute(wanted).all()
        found = {}
        for row in rows:
            received = datetime.fromisoformat(row.received_at)
            told = {"kind": row.kind, "received_at": received, "proposal_on": row.proposal_on}
            due = self.due_of(told)
            at = datetime.fromisoformat(row.due_at) if row.due_at else None
            if (due.on, due.at) != (row.due_on, at):
                found[row.id] = (row.due_on, due)
        return found

    def recompute(self, change: Change) -> dict[int, tuple[date, date]]:
        """Keep the due days of open cases by the calendar; return what moved: before and after."""
        moved = self.reckon()
        for number, (before, due) in moved.items():
            self.put(change, number, due_on=due.on, due_at=due.at)
            change.note("request.due", "requests", number, fields=("due_on",))
            self.desk.service("freezes").follow(change, number, before, due.on)
        return {number: (before, due.on) for number, (before, due) in moved.items()}

    def due_count(self, on: date) -> int:
        """Return how many open cases are to be answered by a day."""
        t = self.table
        wanted = select(func.count()).where(t.c.state.in_(_OPEN), t.c.due_on <= on)
        with self.vault.reading() as sql:
            return int(sql.execute(wanted).scalar_one())

    def why(self, row: Row, language: str) -> tuple[str, ...]:
        """Return why a case is due then, in a paper's language, with its days in full."""
        return reasons.on_paper(self.desk, row, language)
