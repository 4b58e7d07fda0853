"""Staff: who handles personal data and why, who is chief privacy officer on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.register import Query, Row
from privdesk.registers import sworn, trained
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.staff import rules
from privdesk.registers.staff.naming import Called, Names

_OF_PRIVACY = ("cpo", "privacy_staff")
_STANDS = ("pledge", "training")
"""Fields that say how somebody stands in other registers."""
_STANDING = (
    ("access-rights", "SELECT id FROM access_rights WHERE staff = ? AND state = 'granted'"),
    ("zone-permits", "SELECT id FROM zone_permits WHERE staff = ? AND state = 'granted'"),
    ("departures", "SELECT id FROM departures WHERE staff = ? AND state = 'open'"),
    ("handovers", "SELECT id FROM work_handovers WHERE giver = ? AND state = 'draft'"),
    (
        "audit-findings",
        "SELECT id FROM audit_findings WHERE owner = ? AND state IN ('open', 'done')",
    ),
)
"""What has to end before somebody can be struck out, by register."""


class ReasonMissingError(DomainError):
    """{name} is in category c, so the work that cannot be done without the data has to be named.
    Nothing was changed; enter the reason for access.
    """


class LoginTakenError(DomainError):
    """The account “{login}” belongs to {ref} already; one account is for one person. Nothing was
    changed; enter another name.
    """


class NumberTakenError(DomainError):
    """The staff number {number} belongs to {ref} already. Nothing was changed; correct the number,
    or change that record.
    """


class SecondCpoError(DomainError):
    """{ref} is chief privacy officer at that time. Nothing was changed; enter first until when
    that lasts.
    """


class Staff(Records):
    """Service of the staff."""

    rows_add_texts = False
    _by_step = False  # whether a step of leaving is at work, which alone moves a last day

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Store a person; where neither duty nor category is said, nobody has decided yet."""
        said = bool(values.get("duty") or values.get("category"))
        return super().insert(change, values if said else {**values, "duty": "undecided"})

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse what the policy does not allow; work out category and state."""
        stored: dict[str, Any] = {}
        if values.get("duty") in _OF_PRIVACY and not values.get("category"):
            stored["category"] = rules.Category.PRIVACY.value
        whole = {**values, **stored}
        rules.check(self.facts("", whole))
        if before is not None and not self._by_step:
            self._check_days(whole, before)
        if whole.get("category") == "c" and not str(whole.get("reason") or "").strip():
            raise ReasonMissingError(name=whole.get("name"))
        self._refuse_number(whole, before)
        self._refuse_login(whole, before)
        self._refuse_second_cpo(whole, before)
        stored["counted_from"] = self._counted_from(whole, before)
        left = whole.get("left")
        stored["state"] = "left" if left is not None and left < self.desk.today() else "active"
        return stored

    def last_day(self, change: Change, number: int, day: date | None) -> None:
        """Enter, move or take back somebody's last day: by a step of leaving, which says why."""
        self._by_step = True
        try:
            self.amend(change, number, {"left": day})
        finally:
            self._by_step = False

    def _check_days(self, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """Refuse another last day than the one entered; a step of leaving moves it."""
        known = before.get("left")
        if known is not None and values.get("left") != known:
            raise rules.LastDayError(name=values["name"], day=known)

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return people; one whose last day has passed is shown as having left."""
        today = self.desk.today()
        told = self._stands(numbers)
        granted = self.desk.service("access-rights").counts(numbers)
        found = []
        for row in super().rows(numbers, reveal=reveal):
            stands: dict[str, Any] = {name: word.get(row.id, "") for name, word in told.items()}
            way_in = self._way_in(row, stands, rights=row.id in granted)
            found.append(_shown(row, today, {**stands, "way_in": way_in}))
        return found

    def _counted_from(
        self, values: Mapping[str, Any], before: Mapping[str, Any] | None
    ) -> date | None:
        """Return from when a person’s duties count where that is not the day of joining.

        Who joined before the office kept this register is taken over on the day of entry, or on
        that of a duty nobody had decided yet; whoever gets a duty later has it from that day.
        """
        duty, was = values.get("duty"), before.get("duty") if before is not None else "undecided"
        if before is not None and (duty == was or sworn.must_sign(was)):
            kept: date | None = before.get("counted_from")
            return kept
        joined, today = values.get("joined"), self.desk.today()
        earlier = joined is not None and joined < self.desk.begun
        return today if was == "none" or earlier else None

    def _way_in(self, row: Row, stands: Mapping[str, Any], *, rights: bool) -> tuple[str, ...]:
        """Return the steps that a newcomer still has before the first access."""
        if row.state != "active":
            return ()
        facts, today = self.facts(row.ref, row.values), self.desk.today()
        pledge = stands["pledge"] == sworn.MISSING
        training = stands["training"] in (trained.OVER, trained.ENDING)
        left = rules.joining(facts, today, pledge=pledge, training=training, rights=False)
        if rules.Joining.ACCESS in left and not facts.undecided:
            left = rules.joining(facts, today, pledge=pledge, training=training, rights=rights)
        return tuple(step.value for step in left)

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return names by number; nothing else of the people is read."""
        known = self.names()
        return {number: known[number].name for number in numbers if number in known}

    def names(self) -> Mapping[int, Called]:
        """Return what everybody is called, by number; read once while nobody is changed."""
        return self._names.everybody()

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Names and numbers may have changed."""
        self._names.changed(number)

    def needed_by(self, number: int) -> str:
        """Return what stands on somebody: rights, permits, a leaving, a key to this vault."""
        for name, sql in _STANDING:
            found = self.vault.raw.execute(sql, (number,)).fetchone()
            if found is not None:
                return self.desk.ref(name, found[0])
        login = self.names()[number].login if number in self.names() else ""
        person = self.vault.header.person(login) if login else None
        return _(N_("the access to this vault")) if person and person.active else ""

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the people of an import; names and numbers are read again."""
        super().unmake(change, first, stop)
        self._names.forget()
        change.afterwards.add(self._names.forget)

    def called(self, title: str) -> list[int]:
        """Return the living people of this staff number, else those of this name."""
        return self._names.meant(title)

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a record; where the work is another now, its rights are looked at (rule 44)."""
        before, days = self._work(number), self._days(number)
        super().amend(change, number, values)
        joined = self._days(number)[0]
        if days[0] != joined > self.desk.today().isoformat():
            held = self.desk.service("access-rights").in_force(number)
            if held:
                name, ref = self.names()[number].name, self.desk.ref("access-rights", held[0])
                raise rules.JoinsLaterError(name=name, ref=ref, day=joined)
        if days != self._days(number):
            self.desk.service("pledges").moved(change, number)
        if any(before) and before != self._work(number):
            self.desk.service("access-rights").moved(change, number, self.desk.today())

    # -- for papers and other registers

    def cpo(self, on: date) -> Row | None:
        """Return the chief privacy officer of a day, or None."""
        for row in self.find(Query(where={"duty": "cpo"})):
            if row.state != "void" and _in_duty(row.values, on):
                return row
        return None

    def of_login(self, login: str) -> Row | None:
        """Return the person behind a name in the vault, or None."""
        wanted = name_key(login)
        same = [n for n, one in self.names().items() if wanted and name_key(one.login) == wanted]
        return next((row for row in self.rows(sorted(same)) if row.state != "void"), None)

    def on(self, day: date) -> list[Row]:
        """Return who works here on a day."""
        rows = [row for row in self.find(Query()) if row.state != "void"]
        return [row for row in rows if rules.works_on(self.facts(row.ref, row.values), day)]

    def facts(self, ref: str, values: Mapping[str, Any]) -> rules.StaffFacts:
        """Return what the rules need of a person."""
        duty = str(values.get("duty") or "none")
        known = {one.value for one in rules.Duty}
        login = str(values.get("login") or "")
        person = self.vault.header.person(login) if login else None
        return rules.StaffFacts(
            ref=ref,
            name=str(values.get("name") or ""),
            since=values.get("joined"),
            until=values.get("left"),
            counted=values.get("counted_from"),
            handles=duty == rules.Duty.HANDLER.value,
            category=rules.Category(values["category"]) if values.get("category") else None,
            duty=rules.Duty(duty) if duty in known else rules.Duty.NONE,
            officer=login,
            role=person.role if person else "",
            undecided=duty == "undecided",
        )

    # -- inside

    def _matching(self, query: Query) -> list[int]:
        """Know who has sworn and is trained from those tables, before anybody's record is read."""
        if query.sort in ("name", *_STANDS):
            numbers = self._matching(replace(query, sort=""))
            return self._in_order(numbers, query.sort, descending=query.descending)
        where = dict(query.where)
        asked = {name: where.pop(name) for name in _STANDS if name in where}
        if not asked:
            return super()._matching(query)
        told = self._stands()
        meant: set[int] | None = None
        for name, words in asked.items():
            wanted = (words,) if isinstance(words, str) else tuple(words)
            found = {number for number, word in told[name].items() if word in wanted}
            meant = found if meant is None else meant & found
        return [n for n in super()._matching(replace(query, where=where)) if n in (meant or ())]

    def _in_order(self, numbers: list[int], sort: str, *, descending: bool) -> list[int]:
        """Return people in the order of their names, or of how they stand with something."""
        if sort in _STANDS:
            words = self._stands()[sort]
            return sorted(numbers, key=lambda n: words.get(n, ""), reverse=descending)
        known = self.names()
        return sorted(numbers, key=lambda n: known[n].key, reverse=descending)

    def _stands(self, numbers: Sequence[int] | None = None) -> dict[str, dict[int, str]]:
        """Return how people, or all who are not void, stand with pledge and training, in a word."""
        today = self.desk.today()
        oaths = sworn.standing(self.desk, today, numbers)
        learners = trained.standing(self.desk, today, numbers)
        return {
            "pledge": {one.staff: one.word() for one in oaths},
            "training": {one.staff: one.word(today) for one in learners},
        }

    def _work(self, number: int) -> tuple[str, ...]:
        """Return what says which work somebody does."""
        sql = "SELECT department, duty, category FROM staff WHERE id = ?"
        found = self.vault.raw.execute(sql, (number,)).fetchone() or ()
        return tuple(str(value or "") for value in found)

    def _days(self, number: int) -> tuple[str, ...]:
        """Return the days on which somebody joined and left, and from when duties count."""
        sql = 'SELECT joined, "left", counted_from FROM staff WHERE id = ?'
        found = self.vault.raw.execute(sql, (number,)).fetchone() or ()
        return tuple(str(value or "") for value in found)

    @cached_property
    def _names(self) -> Names:
        return Names(self.desk)

    def _refuse_number(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        """Refuse the number of somebody who has not left; who comes back may have it again."""
        number = name_key(str(values.get("staff_no") or ""))
        if not number or (before is not None and name_key(str(before["staff_no"])) == number):
            return
        since = values.get("joined") or self.desk.today()
        for who in self._names.numbered(number):
            sql = 'SELECT "left" FROM staff WHERE id = ?'
            (left,) = self.vault.raw.execute(sql, (who,)).fetchone()
            if left is None or date.fromisoformat(left) >= since:
                raise NumberTakenError(number=values["staff_no"], ref=self.desk.ref("staff", who))

    def _refuse_login(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        login = name_key(str(values.get("login") or ""))
        if not login or (before is not None and name_key(str(before["login"] or "")) == login):
            return
        other = self.of_login(login)
        if other is not None and other.state == "active":
            raise LoginTakenError(login=values["login"], ref=other.ref)

    def _refuse_second_cpo(
        self, values: Mapping[str, Any], before: Mapping[str, Any] | None
    ) -> None:
        if values.get("duty") != "cpo":
            return
        for row in self.find(Query(where={"duty": "cpo"})):
            same = before is not None and dict(row.values) == dict(before)
            if row.state != "void" and not same and _overlap(row.values, values):
                raise SecondCpoError(ref=row.ref)


def _since(values: Mapping[str, Any]) -> date:
    found = values.get("appointed") or values.get("joined")
    return found if isinstance(found, date) else date.min


def _until(values: Mapping[str, Any]) -> date:
    days = [day for day in (values.get("relieved"), values.get("left")) if isinstance(day, date)]
    return min(days, default=date.max)


def _in_duty(values: Mapping[str, Any], on: date) -> bool:
    return _since(values) <= on <= _until(values)


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two people would be in the duty on the same day; a handover day is shared."""
    return _since(one) < _until(other) and _since(other) < _until(one)


def _shown(row: Row, today: date, told: Mapping[str, Any]) -> Row:
    left = row.values.get("left")
    gone = row.state == "active" and left is not None and left < today
    values = {**row.values, **told}
    return replace(row, values=values, state="left" if gone else row.state)
