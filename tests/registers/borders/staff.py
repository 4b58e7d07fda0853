"""Pledges, training, access rights and leaving: rules 42 to 46 and 48."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.clock import office_date
from privdesk.core.findings import Finding
from privdesk.registers.access_rights import judging as rights
from privdesk.registers.access_rights import rules as grants
from privdesk.registers.access_rights.rules import Holder, Passwords, RightFacts
from privdesk.registers.attendances import rules as training
from privdesk.registers.departures import rules as leaving
from privdesk.registers.handovers import rules as handing
from privdesk.registers.pledges import rules as pledging
from privdesk.registers.rosters import rules as comparing
from privdesk.registers.sessions import rules as planning
from privdesk.registers.staff import rules as roster
from privdesk.registers.sworn import Oath
from privdesk.registers.trained import DUTY, SECURITY, Learner
from tests.registers.borders.border import (
    AFTER_LEAP,
    BEFORE_MIDNIGHT,
    FIRST,
    LEAP,
    MIDNIGHT,
    MONDAY,
    MONTHS_END,
    SETUP,
    SUNDAY,
    TUESDAY,
    WARNING,
    Border,
)

LONG_AGO = date(2010, 1, 23)
HOLDER = Holder("Kim", joined=date(2020, 1, 2), category="a", sworn=date(2020, 1, 2), staff=7)
RIGHT = RightFacts("A-1", "Shop", HOLDER, grants.State.GRANTED, "kim", date(2026, 11, 2))
HANDLER = Oath(7, "handler", "Sales", joined=date(2026, 11, 2))


def sworn(today: date, **values: Any) -> list[Finding]:
    """Judge the pledges of one person."""
    oath = replace(HANDLER, **values)
    return pledging.judge(pledging.Stand([oath], today, since=date(2020, 1, 1)))


def outsider(today: date) -> list[Finding]:
    """Judge the pledge of somebody of another company, due on 1 December."""
    told = pledging.Outside(3, "Lee", "Dasom", FIRST)
    return pledging.judge(pledging.Stand([], today, since=date(2020, 1, 1), outside=[told]))


def right(today: date, holder: Holder = HOLDER, **values: Any) -> tuple[Finding, ...]:
    """Judge one right."""
    return rights.judge(replace(RIGHT, holder=holder, **values), today)


def granted(sworn_on: date) -> list[Finding]:
    """Grant a right on Monday to somebody who signed on a day."""
    grants.check_grant(replace(HOLDER, sworn=sworn_on), "Hwang", MONDAY)
    return []


def given(sworn_on: date | None) -> tuple[Finding, ...]:
    """Judge a right of Monday whose holder signed on a day."""
    holder = replace(HOLDER, sworn=sworn_on)
    return rights.judge_sworn([replace(RIGHT, holder=holder, granted_on=MONDAY)], TUESDAY)


def ended(when: date) -> Callable[[date], tuple[Finding, ...]]:
    """Return how the history of a right that ended on a day is judged."""
    until = grants.keep_until(when)
    return lambda today: right(today, state=grants.State.REVOKED, keep_until=until)


def shared(people: int) -> tuple[Finding, ...]:
    """Judge an account with so many people, all of the same name."""
    holders = [replace(HOLDER, staff=number) for number in range(people)]
    return rights.judge_accounts([replace(RIGHT, holder=one) for one in holders])


def trained(today: date, security: date | None, duty: date | None, **more: Any) -> list[Finding]:
    """Judge the training of one person."""
    days = {t: d for t, d in ((SECURITY, security), (DUTY, duty)) if d is not None}
    learner = Learner(7, "handler", "Sales", days=days, **more)
    return training.judge(training.Stand([learner], today, names={7: "Kim"}))


def passwords(length: int, kinds: int, history: int = 3) -> tuple[Finding, ...]:
    """Judge what a system asks of its passwords."""
    return rights.judge_passwords({"L-1": ("Shop", Passwords(length, kinds, history))}, MONDAY)


_TRAINING = (
    Border("42", "twelve months after a month's end",
           lambda today: trained(today, date(2025, 11, 30), date(2025, 11, 30)),
           MONTHS_END, FIRST, WARNING),
    Border("42", "twelve months after 29 February",
           lambda today: trained(today, date(2024, 2, 29), date(2024, 2, 29)),
           date(2025, 2, 28), date(2025, 3, 1), WARNING),
    Border("42", "the older of the two topics decides",
           lambda today: trained(today, MONDAY, date(2025, 11, 30)), MONTHS_END, FIRST, WARNING),
    Border("42", "a newcomer has thirty days",
           lambda today: trained(today, None, None, joined=date(2026, 10, 31)),
           MONTHS_END, FIRST, WARNING),
    Border("42", "whoever is taken over when the office begins has thirty days",
           lambda today: trained(today, None, None, joined=LONG_AGO, since=date(2026, 10, 31)),
           MONTHS_END, FIRST, WARNING),
    Border("42", "told thirty days before",
           lambda today: trained(today, date(2025, 12, 31), date(2025, 12, 31)),
           MONTHS_END, FIRST, None, WARNING),
    Border("42", "training over at midnight in Seoul",
           lambda at: trained(office_date(at), date(2025, 11, 30), MONDAY),
           BEFORE_MIDNIGHT, MIDNIGHT, WARNING),
    Border("S8.2②", "attendance is entered within a week",
           lambda today: planning.judge(
               planning.Plan(today, [planning.Held(1, MONDAY, "Course")], 1, 1)
           ),
           MONTHS_END, FIRST, WARNING),
)  # fmt: skip
_PLEDGES = (
    Border("43", "no pledge on the first day of work",
           lambda today: sworn(today, joined=FIRST), MONTHS_END, FIRST, WARNING),
    Border("43", "whoever is taken over when the office begins has thirty days",
           lambda today: sworn(today, joined=LONG_AGO, since=date(2026, 10, 31)),
           MONTHS_END, FIRST, SETUP),
    Border("43", "asked for a fortnight before joining",
           lambda today: sworn(today, joined=date(2026, 12, 15)),
           MONTHS_END, FIRST, None, WARNING),
    Border("43", "outside staff by their own day", outsider, MONTHS_END, FIRST),
    Border("43", "access is granted on the day of the pledge, not before",
           granted, MONDAY, TUESDAY, None, grants.NotSwornError),
    Border("43", "the pledge came a day after the access", given, MONDAY, TUESDAY, None, WARNING),
    Border("43", "access, and no pledge", given, MONDAY, None),
    Border("43", "no pledge at midnight in Seoul",
           lambda at: sworn(office_date(at), joined=FIRST), BEFORE_MIDNIGHT, MIDNIGHT, WARNING),
    Border("S8.2③", "renewed after twelve months",
           lambda today: pledging.judge(pledging.Stand(
               [replace(HANDLER, first=date(2025, 12, 1), newest=date(2025, 12, 1))],
               today, 12, since=date(2020, 1, 1),
           )),
           MONTHS_END, FIRST, None, WARNING),
    Border("S8.2④", "the leaver's pledge on the last day",
           lambda today: sworn(today, first=MONDAY, left=FIRST), MONTHS_END, FIRST),
)  # fmt: skip
_RIGHTS = (
    Border("44", "access on the last day of work and after it",
           lambda today: right(today, replace(HOLDER, left=MONTHS_END)),
           MONTHS_END, FIRST, WARNING),
    Border("44", "access at midnight after the last day",
           lambda at: right(office_date(at), replace(HOLDER, left=MONTHS_END)),
           BEFORE_MIDNIGHT, MIDNIGHT, WARNING),
    Border("44", "access on the day of a move and after it",
           lambda today: right(today, recheck_on=SUNDAY), SUNDAY, MONDAY, WARNING),
    Border("44", "access on 29 February, the last day",
           lambda today: right(today, replace(HOLDER, left=LEAP)), LEAP, AFTER_LEAP, WARNING),
    Border("44", "a log-in to the vault after the last day",
           lambda today: roster.judge(
               roster.StaffFacts("M-1", "Kim", until=MONTHS_END, role="officer"), today
           ),
           MONTHS_END, FIRST),
    Border("45", "three years after a right ended",
           ended(date(2023, 11, 30)), MONTHS_END, FIRST, None, WARNING),
    Border("45", "three years after 29 February",
           ended(date(2024, 2, 29)), date(2027, 2, 28), date(2027, 3, 1), None, WARNING),
    Border("46", "one person, or two of the same name", shared, 1, 2),
    Border("46", "two people with one log-in to the vault",
           lambda people: roster.judge_all(
               [roster.StaffFacts(f"M-{n}", "Kim", duty=roster.Duty.CPO, officer="alice")
                for n in range(people)], MONDAY,
           ),
           1, 2),
    Border("48", "eight characters of three kinds", lambda n: passwords(n, 3), 8, 7, None, WARNING),
    Border("48", "ten characters of two kinds", lambda n: passwords(n, 2), 10, 9, None, WARNING),
    Border("48", "kinds of characters", lambda n: passwords(8, n), 3, 2, None, WARNING),
    Border("48", "passwords not used again", lambda n: passwords(8, 3, n), 3, 2, None, WARNING),
    Border("S8.2①", "rights are reviewed after six months",
           lambda today: rights.judge_reviews(
               [replace(RIGHT, granted_on=date(2026, 5, 30))], {"Shop": "L-1"}, today
           ),
           MONTHS_END, FIRST, WARNING),
    Border("S8.2①", "six months after 31 August",
           lambda today: rights.judge_reviews(
               [replace(RIGHT, granted_on=date(2027, 8, 31))], {"Shop": "L-1"}, today
           ),
           LEAP, AFTER_LEAP, WARNING),
    Border("S8.2①", "the duty of people taken over is decided within thirty days",
           lambda today: roster.judge_all(
               [roster.StaffFacts("M-1", "Kim", since=LONG_AGO, counted=date(2026, 10, 31),
                                  undecided=True)], today,
           ),
           MONTHS_END, FIRST, SETUP, WARNING),
    Border("S8.2①", "the staff is compared after a month",
           lambda today: comparing.judge(date(2026, 11, 1), today),
           MONTHS_END, FIRST, None, WARNING),
    Border("S8.2④", "work is handed over within three days",
           lambda today: handing.judge("GH-1", date(2026, 11, 27), today, OfficeCalendar()),
           MONTHS_END, FIRST, WARNING),
    Border("S8.2④", "the steps of leaving are done by the last day",
           lambda today: leaving.judge(
               leaving.LeavingFacts("GL-1", "Kim", MONTHS_END, rights=1), today
           ),
           MONTHS_END, FIRST, WARNING),
)  # fmt: skip

BORDERS: tuple[Border, ...] = (*_TRAINING, *_PLEDGES, *_RIGHTS)
