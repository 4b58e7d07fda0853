"""Rules 9, 17 to 22, 25, 26, 57 and 59 to 61, on both sides of their borders.

Dates were worked out by hand. Seollal 2026: 16 to 18 February (Monday to Wednesday); Chuseok
2026: 24 to 26 September (Thursday to Saturday); Chuseok 2025: 5 to 7 October with a substitute
on the 8th, before Hangeul Day on the 9th.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.clock import OFFICE_ZONE
from privdesk.core.i18n import words
from privdesk.core.rulebook import RULES
from privdesk.registers.requests import fees, reasons, rules
from privdesk.registers.requests.kinds import GROUNDS, KINDS, TERMS
from privdesk.registers.requests.rules import Case, State, Step

PLAIN = OfficeCalendar()


def at(text: str) -> datetime:
    """Return a moment given on Korea's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


# kind, received (Korean time), due by hand
DAYS = [
    ("access", "2026-11-23 09:00", "2026-12-03"),  # Monday + 10 = Thursday
    ("access", "2026-11-23 23:59", "2026-12-03"),  # the hour does not matter
    ("access", "2026-11-24 00:00", "2026-12-04"),  # the next day does
    ("copy", "2026-02-05 10:00", "2026-02-19"),  # Sunday 15, then Seollal to Wednesday 18
    ("copy", "2026-02-06 10:00", "2026-02-19"),  # Monday 16 is Seollal
    ("copy", "2026-02-08 10:00", "2026-02-19"),  # Wednesday 18 is Seollal
    ("copy", "2026-02-09 10:00", "2026-02-19"),  # Thursday 19 is none
    ("copy", "2026-02-10 10:00", "2026-02-20"),
    ("correction", "2026-09-14 10:00", "2026-09-28"),  # Thursday 24: Chuseok and a weekend
    ("correction", "2026-09-13 10:00", "2026-09-23"),  # a Sunday's receipt; Wednesday 23
    ("deletion", "2025-09-25 10:00", "2025-10-10"),  # Sunday 5 to Thursday 9 are holidays
    ("deletion", "2025-09-22 10:00", "2025-10-02"),
    ("suspension", "2026-11-21 10:00", "2026-12-01"),  # received on a Saturday
    ("withdrawal", "2026-12-22 10:00", "2027-01-04"),  # New Year's Day is a Friday
    ("withdrawal", "2026-12-21 10:00", "2026-12-31"),
    ("objection", "2026-12-25 10:00", "2027-01-04"),  # received on Christmas Day
    ("transmission", "2026-11-27 10:00", "2026-12-07"),
    ("source", "2026-11-23 10:00", "2026-11-26"),
    ("source", "2026-02-13 10:00", "2026-02-19"),  # 3 days: Monday 16 is Seollal
    ("source", "2026-02-12 10:00", "2026-02-19"),  # Sunday 15
    ("automated", "2026-11-23 10:00", "2026-12-23"),
    ("automated", "2025-12-02 10:00", "2026-01-02"),  # day 30 is New Year's Day, a Thursday
    ("mediation", "2026-11-23 10:00", "2026-12-03"),
]


@pytest.mark.parametrize(("kind", "received", "due"), DAYS)
def test_days_are_counted_by_the_civil_act(kind: str, received: str, due: str) -> None:
    found = rules.due(kind, at(received), PLAIN)

    assert (found.on, found.at) == (date.fromisoformat(due), None)


# received and due, both on Korea's clock; the day the task stands under
HOURS = [
    ("2026-11-23 15:00", "2026-11-24 15:00", "2026-11-24"),
    ("2026-02-13 15:00", "2026-02-19 15:00", "2026-02-19"),  # the Friday before Seollal
    ("2026-02-12 15:00", "2026-02-13 15:00", "2026-02-13"),  # the Thursday before
    ("2026-02-14 10:00", "2026-02-20 00:00", "2026-02-19"),  # Saturday: starts on Thursday at 0:00
    ("2026-02-18 23:59", "2026-02-20 00:00", "2026-02-19"),  # the last day of Seollal
    ("2026-09-23 16:00", "2026-09-28 16:00", "2026-09-28"),  # the Wednesday before Chuseok
    ("2026-12-31 10:00", "2027-01-04 10:00", "2027-01-04"),  # over the end of the year
    ("2026-11-20 00:00", "2026-11-21 00:00", "2026-11-20"),  # a whole Friday
]


@pytest.mark.parametrize(("received", "due", "on"), HOURS)
@pytest.mark.parametrize("kind", ["inquiry", "infringement"])
def test_the_offices_hours_stand_still_on_closed_days(
    kind: str, received: str, due: str, on: str
) -> None:
    found = rules.due(kind, at(received), PLAIN)

    assert found == rules.Due(date.fromisoformat(on), at(due).astimezone(UTC))


def test_an_own_closure_stops_the_hours_but_no_statute() -> None:
    closed = OfficeCalendar(closures={date(2026, 11, 24): "Move", date(2026, 12, 3): "Inventory"})

    assert rules.due("inquiry", at("2026-11-23 15:00"), closed).on == date(2026, 11, 25)
    assert rules.due("access", at("2026-11-23 15:00"), closed).on == date(2026, 12, 3)


def test_a_temporary_holiday_moves_both() -> None:
    extra = OfficeCalendar(extra={date(2026, 12, 3): "Election", date(2026, 11, 24): "Election"})

    assert rules.due("access", at("2026-11-23 15:00"), extra).on == date(2026, 12, 4)
    assert rules.due("inquiry", at("2026-11-23 15:00"), extra).on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("kind", "last", "first"),
    [
        ("access", "2011-09-29", "2011-09-30"),
        ("inquiry", "2005-10-16", "2005-10-17"),
        ("automated", "2024-03-14", "2024-03-15"),
    ],
)
def test_nothing_was_received_before_its_term_was_in_force(
    kind: str, last: str, first: str
) -> None:
    with pytest.raises(rules.ReceivedTooEarlyError) as caught:
        rules.due(kind, at(f"{last} 10:00"), PLAIN)
    assert str(caught.value.details["first"]) == first
    assert rules.due(kind, at(f"{first} 10:00"), PLAIN)


def test_a_proposal_has_a_term_of_its_own() -> None:
    proposal = rules.due("mediation", at("2026-10-01 10:00"), PLAIN, date(2026, 11, 23))

    assert proposal.on == date(2026, 12, 8)  # 15 days


def test_every_kind_has_a_term_and_a_rule() -> None:
    assert set(TERMS) == {kind.key for kind in KINDS}
    assert {term.rule for term in TERMS.values()} <= set(RULES)


def test_it_is_said_why_the_hours_run_until_then() -> None:
    told = reasons.why_due("inquiry", at("2026-02-13 15:00"), PLAIN, language="en")
    text = [one.text(words("en")) for one in told]

    assert text[1] == "The clock begins at 2026-02-13 15:00."
    assert [line[:10] for line in text[2:7]] == [f"2026-02-{n}" for n in range(14, 19)]
    assert text[-1] == "It runs out at 2026-02-19 15:00."


def test_it_is_said_why_the_days_end_then_and_what_an_extension_did() -> None:
    received, until = at("2026-02-06 10:00"), date(2026, 3, 2)
    moved = reasons.why_due("access", received, PLAIN, None, until, moved=True, language="en")
    stands = reasons.why_due("deletion", received, PLAIN, None, until, language="en")

    assert moved[0].text(words("en")) == ("The answer is due within 10 days (Decree 41(4), 41(5)).")
    assert moved[-1].message == reasons.POSTPONED
    assert stands[-1].message == reasons.STANDS


# -- extensions

DUE = date(2026, 12, 3)


def extended(kind: str, until: date, *, times: int = 0, today: date = DUE) -> rules.Extended:
    noon = datetime(today.year, today.month, today.day, 3, tzinfo=UTC)  # 12:00 in Korea
    return rules.extended(rules.Running("R-1", kind, DUE, None, times), until, noon, PLAIN)


@pytest.mark.parametrize(
    ("kind", "moves"),
    [
        ("access", True),
        ("copy", True),
        ("inquiry", True),
        ("objection", True),
        ("correction", False),
        ("deletion", False),
        ("suspension", False),
        ("withdrawal", False),
        ("source", False),
    ],
)
def test_only_some_terms_can_be_moved(kind: str, moves: bool) -> None:
    assert extended(kind, date(2026, 12, 10)).moves is moves


def test_an_extension_is_told_before_the_term_is_over() -> None:
    extended("access", date(2026, 12, 10), today=DUE)
    with pytest.raises(rules.TermOverError):
        extended("access", date(2026, 12, 10), today=date(2026, 12, 4))


def test_an_hour_after_the_clock_ran_out_is_too_late_to_extend() -> None:
    term = rules.Running("R-1", "inquiry", DUE, at("2026-12-03 15:00"))
    last, over = at("2026-12-03 15:00"), at("2026-12-03 15:01")
    assert rules.extended(term, date(2026, 12, 10), last, PLAIN).moves
    with pytest.raises(rules.TermOverError):
        rules.extended(term, date(2026, 12, 10), over, PLAIN)


def test_nobody_is_put_off_for_more_than_ninety_days_at_a_time() -> None:
    assert extended("access", date(2027, 3, 3)).moves  # 3 December + 90 days
    with pytest.raises(rules.ExtendedTooLongError):
        extended("access", date(2027, 3, 4))


def test_an_extension_leads_forward() -> None:
    extended("access", date(2026, 12, 4))
    with pytest.raises(rules.ExtendedBackwardsError):
        extended("access", DUE)


def test_an_automated_decision_is_extended_by_thirty_days_twice() -> None:
    last = date(2027, 1, 4)  # 2 January is a Saturday
    assert extended("automated", last, times=1).moves
    with pytest.raises(rules.ExtendedTooLongError):
        extended("automated", date(2027, 1, 5))
    with pytest.raises(rules.ExtendedTooOftenError):
        extended("automated", last, times=2)


def test_a_mediation_is_never_extended() -> None:
    with pytest.raises(rules.NotExtendableError):
        extended("mediation", date(2026, 12, 10))


# -- steps


def case(kind: str = "access", state: State = State.RECEIVED, **more: bool) -> Case:
    return Case("R-1", kind, state, **more)


@pytest.mark.parametrize("step", [Step.START, Step.ANSWER, Step.EXTEND, Step.REFUSE])
def test_nothing_is_done_before_the_identity_is_checked(step: Step) -> None:
    with pytest.raises(rules.NotIdentifiedError):
        rules.next_state(case(), step, "access_law")
    known = case(state=State.IDENTIFIED, identified=True)
    assert rules.next_state(known, step, "access_law") is not State.RECEIVED


@pytest.mark.parametrize("kind", ["inquiry", "infringement", "mediation"])
def test_an_open_question_needs_no_identity(kind: str) -> None:
    assert rules.next_state(case(kind), Step.ANSWER) is State.ANSWERED


def test_who_cannot_be_identified_can_be_refused_for_that() -> None:
    assert rules.next_state(case(), Step.REFUSE, "identity") is State.REFUSED


@pytest.mark.parametrize("step", [Step.START, Step.ANSWER])
def test_an_agent_waits_for_the_mandate(step: Step) -> None:
    agent = case(state=State.IDENTIFIED, identified=True, by_agent=True)
    with pytest.raises(rules.MandateMissingError):
        rules.next_state(agent, step)
    assert rules.mandate_missing(agent)
    shown = case(state=State.IDENTIFIED, identified=True, by_agent=True, mandate=True)
    assert rules.next_state(shown, step)
    assert not rules.mandate_missing(shown)


@pytest.mark.parametrize("state", [State.ANSWERED, State.REFUSED, State.WITHDRAWN, State.CLOSED])
def test_what_is_told_is_not_told_again(state: State) -> None:
    for step in (Step.IDENTIFY, Step.START, Step.EXTEND, Step.ANSWER, Step.REFUSE, Step.WITHDRAW):
        with pytest.raises(rules.StepRefusedError):
            rules.next_state(case(state=state, identified=True), step)


@pytest.mark.parametrize("state", list(rules.OPEN))
def test_an_open_case_is_not_closed(state: State) -> None:
    with pytest.raises(rules.StepRefusedError):
        rules.next_state(case(state=state, identified=True), Step.CLOSE)


def test_the_way_of_a_case() -> None:
    way, state = [], State.RECEIVED
    for step in (Step.IDENTIFY, Step.START, Step.EXTEND, Step.ANSWER, Step.CLOSE):
        state = rules.next_state(case(state=state, identified=True), step)
        way.append(state.value)

    assert way == ["identified", "working", "extended", "answered", "closed"]


# -- grounds

LAW = {
    "access": {"access_law", "access_harm"},
    "copy": {"access_law", "access_harm"},
    "correction": set(),
    "deletion": {"deletion_law"},
    "suspension": {"stop_law", "stop_harm", "stop_contract"},
    "withdrawal": {"stop_law", "stop_harm", "stop_contract"},
}


@pytest.mark.parametrize("kind", LAW)
def test_the_law_knows_these_grounds(kind: str) -> None:
    found = {ground.key for ground in rules.grounds_for(kind) if ground.basis == "law"}

    assert found == LAW[kind]
    assert "affairs" in {ground.key for ground in rules.grounds_for(kind)}


def test_a_ground_of_another_kind_is_refused() -> None:
    assert (
        rules.ground_for("access", "access_harm").article
        == "Personal Information Protection Act art. 35(4)2"
    )
    with pytest.raises(rules.UnknownGroundError):
        rules.ground_for("deletion", "access_harm")


def test_only_the_policys_own_ground_is_not_statutory() -> None:
    assert [key for key in GROUNDS if not rules.statutory(key)] == ["affairs"]


# -- fees


def test_a_fee_is_at_most_the_actual_cost() -> None:
    fees.check_fee(3000, 3000, our_fault=False)
    fees.check_fee(None, None, our_fault=False)
    with pytest.raises(fees.FeeTooHighError):
        fees.check_fee(3001, 3000, our_fault=False)
    with pytest.raises(fees.FeeTooHighError):
        fees.check_fee(1, None, our_fault=False)


def test_what_the_company_caused_costs_nothing() -> None:
    fees.check_fee(0, 3000, our_fault=True)
    with pytest.raises(fees.FeeForFaultError):
        fees.check_fee(1, 3000, our_fault=True)
    with pytest.raises(fees.NegativeFeeError):
        fees.check_fee(-1, 3000, our_fault=False)


# -- the rest


def test_the_last_day_counts_whole() -> None:
    assert rules.answered_in_time(DUE, None, at("2026-12-03 23:59"))
    assert not rules.answered_in_time(DUE, None, at("2026-12-04 00:00"))
    hour = at("2026-12-03 15:00")
    assert rules.answered_in_time(DUE, hour, hour)
    assert not rules.answered_in_time(DUE, hour, at("2026-12-03 15:01"))


@pytest.mark.parametrize(
    ("kind", "closed", "until"),
    [
        ("access", date(2026, 11, 23), date(2029, 11, 23)),
        ("transmission", date(2026, 11, 23), date(2029, 11, 23)),
        ("access", date(2028, 2, 29), date(2031, 2, 28)),
    ],
)
def test_a_file_is_kept_for_three_years(kind: str, closed: date, until: date) -> None:
    assert rules.keep_until(kind, closed) == until


def test_what_collects_also_takes_requests() -> None:
    everything = ("phone", "email", "fax", "post", "visit", "web")
    assert rules.harder_routes(("app", "paper", *everything), everything) == ()
    assert rules.harder_routes(("app", "phone"), ("phone",)) == ("app",)
    assert rules.harder_routes(("paper",), ("post",)) == ()
    assert rules.harder_routes(("paper",), ("web",)) == ("paper",)


def test_usage_is_notified_once_a_year() -> None:
    today = date(2026, 11, 23)
    assert rules.usage_notice_by(None, today) == today
    assert rules.usage_notice_by(date(2025, 11, 24), today) == date(2026, 11, 24)
