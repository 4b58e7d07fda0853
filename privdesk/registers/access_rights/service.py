"""Access rights: applied for, granted, changed, reviewed, revoked; the history is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select, update

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.fields import Kind
from privdesk.core.i18n import ngettext
from privdesk.core.register import Outcome, Row
from privdesk.core.values import to_column
from privdesk.registers import expiring
from privdesk.registers.access_rights import accounts, rules, taken
from privdesk.registers.access_rights.fields import SLOT_ACCOUNT, SLOT_APPROVER, SLOT_ENDED_BY
from privdesk.registers.access_rights.rules import Holder, RightFacts, State, Why
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.sworn import sworn
from privdesk.registers.trained import standing
from privdesk.vault.payloads import OFFICE

_LEDGER = ("approver", "reason", "applicant", "requested_on", "requested_at", "approved_at")
"""What D18 says of how a right came about."""
_DAYS = ("requested_on", "requested_at", "approved_at")
"""Not even filled in afterwards."""
_ENDED = (State.CHANGED.value, State.REVOKED.value)


class AccessRights(Records):
    """Service of the access rights."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Work out the state of a new right by its days; later only actions move it."""
        if before is not None:
            self._amended(values, before)
            return {}
        today = self.desk.today()
        granted, revoked = values.get("granted_on"), values.get("revoked_on")
        approved = _day(values.get("approved_at"))
        granted = granted or approved
        requested = _day(values.get("requested_at")) or values.get("requested_on")
        requested = requested or approved or granted or today
        rules.check_days(requested, granted, revoked, today, approved)
        if granted is not None and not str(values.get("account") or "").strip():
            raise rules.AccountMissingError
        if granted is not None:
            self._check_entered(values, granted, revoked)
        if granted is not None and revoked is None:
            taken.refuse_granted(self, values)
        state = State.REVOKED if revoked else State.GRANTED if granted else State.REQUESTED
        if state is State.REQUESTED:
            taken.refuse_applied(self, values)
        ended: dict[str, Any] = {"keep_until": rules.keep_until(revoked)} if revoked else {}
        stored = {"requested_on": requested, "granted_on": granted, "state": state.value, **ended}
        if state is State.REQUESTED and requested == today and not values.get("requested_at"):
            stored["requested_at"] = self.desk.now()
        return stored

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return whether a right is one of the office's from before this vault."""
        granted = values.get("granted_on")
        return {"taken_over": granted is not None and granted <= self._first_day}

    @cached_property
    def _first_day(self) -> date:
        return self.desk.first_day()

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Keep the mark of the account of a right in force."""
        if "account" in values:
            (row,) = self.rows([number])
            if row.state == State.GRANTED.value:
                accounts.mark(
                    self.vault,
                    references.number(row.values["place"]),
                    str(row.values["account"] or ""),
                    number,
                )

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the rights of an import with the marks of their accounts."""
        accounts.forget(self.vault, first, stop)
        super().unmake(change, first, stop)

    # -- actions

    def grant(
        self, refs: Sequence[str], *, approver: str, account: str = "", on: date | None = None
    ) -> Outcome:
        """Put rights in force that somebody else approved (rules 43 and 46, S8.2①)."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.REQUESTED)
                rules.check_days(row.values["requested_on"], day, None, self.desk.today())
                self._allow(row, approver, day)
                own = account or str(row.values["account"] or "")
                self._own_account(row, own)
                accounts.mark(self.vault, references.number(row.values["place"]), own, row.id)
                told = {SLOT_APPROVER: approver}
                if account:
                    told[SLOT_ACCOUNT] = account
                self.vault.payloads.put(OFFICE, row.id, told)
                stored = {"granted_on": day, "approved_at": self._now_if(day)}
                self._put(change, row.id, state=State.GRANTED.value, **stored)
                change.note("access.granted", self.register.name, row.id)
        message = ngettext("{n} right granted", "{n} rights granted", len(refs))
        return Outcome(f"{message}{self._untrained(refs)}", tuple(refs))

    def refuse(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Close applications that were not approved."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.REQUESTED)
                until = rules.keep_until(self.desk.today())
                self._put(change, row.id, state=State.REFUSED.value, keep_until=until)
                change.note("access.refused", self.register.name, row.id, reason=reason)
        return Outcome(
            ngettext("{n} right not approved", "{n} rights not approved", len(refs)), tuple(refs)
        )

    def change(
        self,
        refs: Sequence[str],
        *,
        level: str,
        reason: str,
        approver: str,
        role: str = "",
        on: date | None = None,
    ) -> Outcome:
        """Put a changed right in the place of the one until now; both stay in the ledger."""
        day, made = on or self.desk.today(), []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.GRANTED)
                rules.check_days(row.values["granted_on"], day, None, self.desk.today())
                self._allow(row, approver, day)
                self._end(change, row, day, Why.CHANGED, "", State.CHANGED)
                number = self.insert(
                    change,
                    {
                        "staff": row.values["staff"],
                        "place": row.values["place"],
                        "account": row.values["account"],
                        "level": level,
                        "role": role or row.values["role"],
                        "reason": reason,
                        "approver": approver,
                        "granted_on": day,
                        "approved_at": self._now_if(day),
                    },
                )
                self._put(change, number, before=row.id)
                change.note("access.changed", self.register.name, number, reason=reason)
                made.append(self.desk.ref(self.register.name, number))
        return Outcome(ngettext("{n} right changed", "{n} rights changed", len(made)), tuple(made))

    def confirm(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Record that rights were looked at and are still needed (half-yearly, or after a move)."""
        day, today = on or self.desk.today(), self.desk.today()
        rows = self.rows([self.number(ref) for ref in refs])
        holders = self.holders([references.number(row.values["staff"]) for row in rows], today)
        with self.desk.change() as change:
            for row in rows:
                rules.require_state(row.ref, State(row.state), State.GRANTED)
                rules.check_days(row.values["granted_on"], day, None, today)
                holder = holders[references.number(row.values["staff"])]
                if holder.left is not None and holder.left < today:
                    raise rules.HolderLeftError(name=holder.name, ref=row.ref)
                again = row.values["recheck_on"]
                done = again is None or day >= again
                self._put(change, row.id, reviewed_on=day, recheck_on=None if done else again)
                change.note("access.reviewed", self.register.name, row.id)
                self._settle(change, row.id, "kept", day)
        return Outcome(
            ngettext("{n} right confirmed", "{n} rights confirmed", len(refs)), tuple(refs)
        )

    def revoke(
        self, refs: Sequence[str], *, why: str = "", by: str = "", on: date | None = None
    ) -> Outcome:
        """End rights that the systems no longer give."""
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                self.ended(change, number, on, Why(why) if why else self._why(number), by)
        return Outcome(ngettext("{n} right revoked", "{n} rights revoked", len(refs)), tuple(refs))

    def _why(self, number: int) -> Why:
        """Return why a right ends of which nobody said it: its holder leaves, or needs it not."""
        sql = 'SELECT s."left" FROM access_rights r JOIN staff s ON s.id = r.staff WHERE r.id = ?'
        row = self.vault.raw.execute(sql, (number,)).fetchone()
        return Why.LEFT if row is not None and row[0] else Why.NEEDLESS

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy what ended rights say of a person, once their history need not be kept."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                expiring.require_over(change, row.ref, _after(row.values["keep_until"]))
                expiring.destroy_sealed(change, self.register.name, row.id)
                self._put(change, row.id, staff=None, before=None, state="destroyed")
                change.note("access.expunged", self.register.name, row.id)
        return Outcome(
            ngettext("{n} history destroyed", "{n} histories destroyed", len(refs)), tuple(refs)
        )

    # -- for flows, findings and papers

    def ended(self, change: Change, number: int, on: date | None, why: Why, by: str = "") -> None:
        """End one right inside the caller's transaction."""
        (row,) = self.rows([number])
        day = on or self.desk.today()
        rules.require_state(row.ref, State(row.state), State.GRANTED)
        rules.check_days(row.values["granted_on"], day, None, self.desk.today())
        self._end(change, row, day, why, by, State.REVOKED)
        change.note("access.revoked", self.register.name, number, reason=why.value)

    def moved(self, change: Change, staff: int, day: date) -> None:
        """Have somebody's rights looked at again: the work has changed (rule 44)."""
        for number in self.in_force(staff):
            self._put(change, number, recheck_on=day)
            change.note("access.recheck", self.register.name, number)

    def in_force(self, staff: int | None = None) -> list[int]:
        """Return the rights in force, of one person or of everybody, oldest first."""
        t = self.table
        wanted = select(t.c.id).where(t.c.state == State.GRANTED.value)
        if staff is not None:
            wanted = wanted.where(t.c.staff == staff)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted.order_by(t.c.place, t.c.id)).scalars())

    def counts(self, staff: Sequence[int]) -> dict[int, int]:
        """Return how many rights in force some people have; who has none is left out."""
        found: dict[int, int] = {}
        for start in range(0, len(staff), 900):
            part = tuple(staff[start : start + 900])
            sql = (
                "SELECT staff, count(*) FROM access_rights WHERE state = 'granted'"
                f" AND staff IN ({', '.join('?' * len(part))}) GROUP BY staff"
            )
            found.update(self.vault.raw.execute(sql, part).fetchall())
        return found

    def every(self) -> list[int]:
        """Return the rights that were ever granted and are still told of, in that order."""
        t = self.table
        wanted = select(t.c.id).where(t.c.state.in_((State.GRANTED.value, *_ENDED)))
        with self.vault.reading() as sql:
            return list(sql.execute(wanted.order_by(t.c.granted_on, t.c.id)).scalars())

    def facts(self, rows: Iterable[Row]) -> list[RightFacts]:
        """Return what the rules need of rights, with their holders."""
        found, today = list(rows), self.desk.today()
        holders = self.holders(
            sorted({references.number(row.values["staff"]) for row in found}), today
        )
        return [
            RightFacts(
                ref=row.ref,
                place=row.titles.get("place", ""),
                holder=holders.get(references.number(row.values["staff"]), Holder("–")),
                state=State(row.state),
                account=str(row.values["account"] or ""),
                granted_on=row.values["granted_on"],
                reviewed_on=row.values["reviewed_on"],
                recheck_on=row.values["recheck_on"],
                keep_until=row.values["keep_until"],
            )
            for row in found
        ]

    def holders(self, staff: Sequence[int], on: date) -> dict[int, Holder]:
        """Return who these members of staff are, by number."""
        signed = sworn(self.desk, staff, on)
        names = ("name", "joined", "left", "category")
        rows: list[Row] = self.desk.service("staff").glimpses(staff, names)
        return {
            row.id: Holder(
                name=str(row.values["name"] or ""),
                joined=row.values["joined"],
                left=row.values["left"],
                category=str(row.values["category"] or ""),
                sworn=signed.get(row.id),
                staff=row.id,
            )
            for row in rows
        }

    # -- inside

    def _amended(self, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """Refuse days that only actions set, and an account that somebody else has."""
        for name in ("granted_on", "revoked_on"):
            if values.get(name) != before.get(name):
                raise rules.ByActionError
        ended = ("account",) if before.get("revoked_on") else ()
        for name in (*_LEDGER, *ended) if before.get("granted_on") else ():
            stands = before.get(name) or name in (*_DAYS, *ended)
            if stands and (before.get(name) or None) != (values.get(name) or None):
                raise rules.LedgerStandsError
        in_force = values.get("granted_on") and not values.get("revoked_on")
        if in_force and values.get("account") != before.get("account"):
            if not str(values.get("account") or "").strip():
                raise rules.AccountMissingError
            rules.check_account(str(values["account"]))
            taken.refuse_others(self, values)

    def _check_entered(
        self, values: Mapping[str, Any], granted: date, revoked: date | None
    ) -> None:
        """Check a right entered as granted: like the act, unless it is an old one taken over.

        The office's rights of before the vault's first day were given without the program; what
        is granted since, or to who joined since, has pledge and category or is no right.
        """
        staff, approver = references.number(values["staff"]), str(values.get("approver") or "")
        holder = self.holders([staff], granted)[staff]
        first = self._first_day
        old = granted <= first and (holder.joined is None or holder.joined < first)
        (rules.check_entered if old or revoked else rules.check_grant)(holder, approver, granted)
        rules.check_account(str(values.get("account") or ""))

    def _untrained(self, refs: Sequence[str]) -> str:
        """Return how many of the holders are not trained yet, in words; nothing if all are."""
        rows = self.rows([self.number(ref) for ref in refs])
        staff = sorted({references.number(row.values["staff"]) for row in rows})
        today = self.desk.today()
        lacking = [one for one in standing(self.desk, today, staff) if not one.current(today)]
        if not lacking:
            return ""
        told = ngettext("{n} of the people is not trained yet",
                        "{n} of the people are not trained yet", len(lacking))  # fmt: skip
        return f" · {told}"

    def _now_if(self, day: date) -> datetime | None:
        """Return the moment of an approval that is entered on its own day, else nothing."""
        return self.desk.now() if day == self.desk.today() else None

    def _allow(self, row: Row, approver: str, day: date) -> None:
        number = references.number(row.values["staff"])
        holder = self.holders([number], day)[number]
        rules.check_grant(holder, approver, day)

    def _own_account(self, row: Row, account: str) -> None:
        if not account.strip():
            raise rules.AccountMissingError
        rules.check_account(account)
        taken.refuse_granted(self, {**row.values, "account": account})

    def _settle(self, change: Change, number: int, decided: str, day: date) -> None:
        """Have the review of the system that is under way, if there is one, know of it."""
        self.desk.service("reviewed-rights").settle(change, number, decided, day)

    def _end(self, change: Change, row: Row, day: date, why: Why, by: str, state: State) -> None:
        self.vault.payloads.put(OFFICE, row.id, {SLOT_ENDED_BY: by or self.vault.person.name})
        accounts.mark(self.vault, 0, "", row.id)
        self._put(
            change,
            row.id,
            revoked_on=day,
            ended_for=why.value,
            recheck_on=None,
            keep_until=rules.keep_until(day),
            state=state.value,
        )
        self._settle(change, row.id, state.value, day)

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        if isinstance(values.get("approved_at"), datetime):
            values["approved_at"] = to_column(Kind.MOMENT, values["approved_at"])
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else office_date(moment)


def _after(day: date | None) -> date | None:
    """Return the day after the last one on which a history is kept."""
    return None if day is None else date.fromordinal(day.toordinal() + 1)
