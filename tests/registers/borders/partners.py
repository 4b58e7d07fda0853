"""Processors, their works and the list of them: rules 28 to 32, S4.1, S4.3."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Finding
from privdesk.core.rulebook import Profile, applies
from privdesk.registers.inspections import rules as inspecting
from privdesk.registers.processors import rules as partners
from privdesk.registers.processors.rules import ProcessorFacts, WorkFacts
from privdesk.registers.publications import rules as publishing
from privdesk.registers.publications.rules import Standing
from tests.registers.borders.border import (
    AFTER_LEAP,
    FIRST,
    LEAP,
    MONDAY,
    MONTHS_END,
    SUNDAY,
    TUESDAY,
    WARNING,
    Border,
)

WORK = WorkFacts("BW-1", "Calls", "Dasom", since=date(2026, 1, 5), contract=True, ticked=True)
FIRM = ProcessorFacts("B-1", "Dasom", partners.State.ACTIVE, since=date(2020, 1, 1))
CALENDAR = OfficeCalendar()


def work(today: date = MONDAY, **values: Any) -> list[Finding]:
    """Judge a work of a company that markets."""
    return partners.judge_work(replace(WORK, **values), today, marketing=True)


def firm(today: date, **values: Any) -> list[Finding]:
    """Judge a processor that was inspected and trained just now."""
    facts = replace(FIRM, **{"checked": today, "trained": today, **values})
    return partners.judge_processor(facts, today, CALENDAR)


def checked(kind: str, last: date) -> Callable[[date], list[Finding]]:
    """Return how a processor inspected or trained last on a day is judged."""
    return lambda today: firm(today, **{kind: last})


def posted(lines: int) -> list[Finding]:
    """Judge a posted list from which so many lines differ today."""
    now = "a" if not lines else "b"
    return publishing.judge(Standing(5, now, "a", "BP-1", proved=True, differences=lines))


def told_by_profile(marketing: bool) -> list[Finding]:
    """Judge a work of marketing for a company that markets, or not."""
    meets = applies("30", Profile(marketing=marketing), MONDAY)
    facts = replace(WORK, marketing=True)
    return partners.judge_work(facts, MONDAY, marketing=meets)


def taken_down(until: date) -> list[Finding]:
    """Record until when a posting of 1 October stood."""
    partners.check_posting(date(2026, 10, 1), until)
    return []


_NOTICE = (
    Border("28", "no clause is lacking, or one", lambda n: work(lacking=("damages",) * n), 0, 1),
    Border(
        "28", "no contract on file when the work begins",
        lambda today: work(today, contract=False, since=TUESDAY), MONDAY, TUESDAY, WARNING,
    ),
    Border(
        "28", "a contract runs out at the end of a month",
        lambda today: work(today, until=MONTHS_END), MONTHS_END, FIRST, WARNING,
    ),
    Border(
        "28", "a contract runs out on 29 February",
        lambda today: work(today, until=LEAP), LEAP, AFTER_LEAP, WARNING,
    ),
    Border(
        "28", "the end of a contract is told thirty days before",
        lambda today: work(today, until=date(2026, 12, 31)), MONTHS_END, FIRST, None, WARNING,
    ),
    Border("28", "a contract replaced after it was ticked",
           lambda newer: work(newer_file=newer), False, True, None, WARNING),
    Border("29", "the posted list differs in a line", posted, 0, 1),
    Border(
        "29", "nothing proves the posting",
        lambda lacks: publishing.judge(Standing(5, "a", "a", "BP-1", proved=not lacks)),
        False, True, None, WARNING,
    ),
    Border(
        "30", "nobody was told when the marketing begins",
        lambda today: work(today, marketing=True, since=FIRST), MONTHS_END, FIRST, WARNING,
    ),
    Border(
        "30", "the work changed after people were told",
        lambda day: work(marketing=True, notified_on=SUNDAY, changed_on=day), SUNDAY, MONDAY,
    ),
    Border("30", "a company that markets, or not", told_by_profile, False, True),
    Border(
        "30", "a posting of thirty days is taken down a day early",
        taken_down, date(2026, 10, 31), date(2026, 10, 30), None, partners.PostedTooShortError,
    ),
    Border(
        "31", "agreed to on the first day of the sub-processor, or after it",
        lambda day: firm(MONDAY, sub=True, since=SUNDAY, consent_on=day),
        SUNDAY, MONDAY, None, WARNING,
    ),
    Border(
        "31", "a sub-processor that nobody agreed to",
        lambda sub: firm(MONDAY, sub=sub, consent_on=None), False, True,
    ),
    *(
        border
        for kind in ("checked", "trained")
        for border in (
            Border(
                "32", f"{kind} twelve months ago",
                checked(kind, date(2025, 11, 23)),
                MONDAY, TUESDAY, WARNING,
            ),
            Border(
                "32", f"{kind} on 29 February",
                checked(kind, date(2024, 2, 29)),
                date(2025, 2, 28), date(2025, 3, 1), WARNING,
            ),
            Border(
                "32", f"{kind}: told thirty days before",
                checked(kind, date(2025, 12, 31)),
                MONTHS_END, FIRST, None, WARNING,
            ),
        )
    ),
    Border(
        "32", "what an inspection found is put right by its day",
        lambda today: inspecting.judge_lacking(
            [inspecting.Lacking("QA-1", 3, "Dasom", MONTHS_END)], today
        ),
        MONTHS_END, FIRST, WARNING,
    ),
    Border(
        "28-8", "data abroad without its ground",
        lambda lacks: work(abroad=True, country="Ireland", ground="" if lacks else "contract"),
        False, True,
    ),
    Border(
        "S4.3", "the entire data was questioned a year ago",
        lambda today: work(today, entire=True, challenged_on=date(2025, 11, 24)),
        MONDAY, TUESDAY, None, WARNING,
    ),
)  # fmt: skip


def disposed(today: date) -> list[Finding]:
    """Judge the end of a contract whose fifth day is Saturday 28 November."""
    return firm(today, state=partners.State.ENDING, ended_on=MONDAY)


def _late(found: Iterable[Finding], today: date) -> list[Finding]:
    """Return the findings whose day is over."""
    return [one for one in found if one.due is not None and one.due < today]


_ENDS = (
    Border(
        "S4.1", "the confirmation is due on the business day after a weekend",
        lambda today: _late(disposed(today), today), MONTHS_END, FIRST,
    ),
)  # fmt: skip

BORDERS: tuple[Border, ...] = (*_NOTICE, *_ENDS)
