"""When a pledge is missing, late or due again: each rule on both sides of its border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from privdesk.core.findings import Severity
from privdesk.registers.pledges import rules
from privdesk.registers.pledges.rules import Stand
from privdesk.registers.sworn import FREE, LATE, MISSING, SIGNED, Oath, in_time, must_sign

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
HANDLER = Oath(7, "handler", "Sales", joined=date(2026, 11, 2))


def stand(*oaths: Oath, every: int = 0, since: date | None = date(2020, 1, 1)) -> Stand:
    return Stand(oaths, TODAY, every, since=since, names={one.staff: "Kim" for one in oaths})


def found(*oaths: Oath, **more: object) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in rules.judge(stand(*oaths, **more))]  # type: ignore[arg-type]


def test_signed_on_the_day_of_joining_is_in_time_and_the_day_after_is_not() -> None:
    joined = date(2026, 11, 2)

    assert in_time(joined, joined)
    assert in_time(joined - DAY, joined)
    assert not in_time(joined + DAY, joined)
    assert in_time(joined, None)


@pytest.mark.parametrize(
    ("duty", "needed"),
    [("handler", True), ("cpo", True), ("manager", True), ("none", False), ("", False)],
)
def test_whoever_has_a_duty_in_privacy_must_sign(duty: str, needed: bool) -> None:
    assert must_sign(duty) is needed


def test_how_somebody_stands_in_a_word() -> None:
    joined = date(2026, 11, 2)

    assert replace(HANDLER, first=joined).word() == SIGNED
    assert replace(HANDLER, first=joined + DAY).word() == LATE
    assert HANDLER.word() == MISSING
    assert replace(HANDLER, duty="none").word() == FREE


def test_access_without_a_pledge_is_a_breach_from_the_first_day_of_work() -> None:
    breach = [("43", Severity.BREACH)]

    assert found(replace(HANDLER, joined=TODAY)) == breach
    assert found(replace(HANDLER, joined=None)) == breach
    assert found(replace(HANDLER, joined=TODAY + DAY)) == [("43", Severity.WARNING)]
    assert found(replace(HANDLER, first=TODAY)) == []
    assert found(replace(HANDLER, duty="none")) == []
    (one,) = rules.judge(stand(HANDLER))
    assert one.due == HANDLER.joined


def test_who_joins_is_asked_a_fortnight_before() -> None:
    assert found(replace(HANDLER, joined=TODAY + rules.AHEAD)) == [("43", Severity.WARNING)]
    assert found(replace(HANDLER, joined=TODAY + rules.AHEAD + DAY)) == []


def test_who_leaves_pledges_by_the_last_day() -> None:
    signed = replace(HANDLER, first=HANDLER.joined)
    left = [("S8.2④", Severity.BREACH)]

    assert found(replace(signed, left=TODAY)) == left
    assert found(replace(signed, left=TODAY + DAY)) == []
    assert found(replace(signed, left=TODAY, leaving=TODAY)) == []
    assert found(replace(signed, left=TODAY - DAY), since=TODAY - DAY) == left
    assert found(replace(signed, left=TODAY - DAY), since=TODAY) == []  # before the register


def test_the_pledge_is_renewed_only_where_the_office_wishes_it() -> None:
    a_year_ago = replace(HANDLER, first=date(2025, 11, 23), newest=date(2025, 11, 23))

    assert found(a_year_ago, every=12) == [("S8.2③", Severity.WARNING)]
    assert found(a_year_ago, every=0) == []
    assert found(replace(a_year_ago, newest=date(2025, 11, 24)), every=12) == []
    assert found(replace(a_year_ago, left=TODAY - DAY, leaving=TODAY), every=12) == []


def test_a_renewal_is_never_due_before_the_office_began_to_want_it() -> None:
    signed = replace(HANDLER, newest=date(2019, 3, 4))

    assert rules.renewal(signed, 12) == date(2020, 3, 4)
    assert rules.renewal(signed, 12, TODAY) == TODAY
    assert rules.renewal(signed, 12, date(2020, 1, 1)) == date(2020, 3, 4)
    assert rules.renewal(signed, 0, TODAY) is None


def test_an_office_that_has_no_pledges_yet_is_to_set_up_not_in_breach() -> None:
    assert found(HANDLER, replace(HANDLER, staff=8), since=None) == [("43", Severity.SETUP)]
    assert found(replace(HANDLER, duty="none"), since=None) == []


def test_people_of_other_companies_sign_by_their_own_day() -> None:
    def told(*days: date) -> list[str]:
        people = [rules.Outside(n, "Nora", "Example IT", day) for n, day in enumerate(days)]
        found = rules.judge(replace(stand(), outside=people))
        return [f"{one.rule} {one.ref} {one.count}" for one in found]

    assert told(TODAY + DAY) == []
    assert told(TODAY) == ["43 0 1"]
    assert told(*[TODAY] * (rules.EACH + 2))[-1] == "43  2"


def many(count: int) -> Sequence[Oath]:
    return [replace(HANDLER, staff=n) for n in range(count)]


def test_many_people_are_one_finding_that_counts_them() -> None:
    assert len(rules.judge(stand(*many(rules.EACH)))) == rules.EACH
    (one,) = rules.judge(stand(*many(rules.EACH + 1)))

    assert one.count == rules.EACH + 1
    assert one.values["step"] == "unsigned"
    assert "7" in one.what_text()


def test_a_finding_leads_to_the_sheet_that_is_drawn_up_else_to_the_person() -> None:
    drawn = rules.judge(stand(replace(HANDLER, drawn={"joining": 12})))[0]
    none = rules.judge(stand(HANDLER))[0]

    assert (drawn.register, drawn.ref) == ("pledges", "12")
    assert (none.register, none.ref) == ("staff", "7")


def test_the_day_by_which_a_pledge_is_signed() -> None:
    joined, left = date(2026, 12, 1), date(2026, 12, 31)

    assert rules.due_day("joining", joined, left, TODAY) == joined
    assert rules.due_day("leaving", joined, left, TODAY) == left
    assert rules.due_day("yearly", joined, left, TODAY) == TODAY
    assert rules.due_day("joining", None, None, TODAY) == TODAY


def test_pledges_kept_too_long_are_one_finding() -> None:
    left = date(2023, 11, 23)
    gone = replace(
        HANDLER, joined=date(2020, 1, 1), first=date(2020, 1, 1), leaving=left, kept=True
    )

    assert found(replace(gone, left=left)) == []
    assert found(replace(gone, left=left - DAY), since=TODAY) == [("S2.1", Severity.WARNING)]
    assert found(replace(gone, left=left - DAY, kept=False), since=TODAY) == []


def test_a_tally_counts_who_works_here() -> None:
    first = date(2026, 11, 2)
    signed, late = (replace(HANDLER, first=first + n * DAY) for n in (0, 1))
    told = rules.tally(stand(signed, late, HANDLER, replace(HANDLER, joined=TODAY + DAY)))

    assert (told.needed, told.signed, told.late, told.missing, told.coming) == (3, 2, 1, 1, 1)


def test_a_pledge_is_kept_three_years_after_the_end_of_employment() -> None:
    assert rules.kept_until(date(2026, 11, 23)) == date(2029, 11, 23)
    assert rules.kept_until(None) is None
