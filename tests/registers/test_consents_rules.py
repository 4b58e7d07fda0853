"""What was agreed to, with dates worked by hand (November 2026: Fri 20, Mon 23)."""

import random
from datetime import UTC, date, datetime

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.categories import Part, Separate
from privdesk.core.findings import Severity
from privdesk.registers.consenting import (
    Box,
    BundledConsentError,
    harder_routes,
    missing_boxes,
    missing_parts,
    require_separate,
)
from privdesk.registers.consents.rules import (
    BornLaterError,
    ConsentEvent,
    ConsentFacts,
    ConsentState,
    Event,
    GuardianNeededError,
    act_by,
    age_on,
    gate_warns,
    guardian_data_by,
    guardian_needed,
    judge,
    latest,
    may_rely,
    require_guardian,
    state_of,
)

TODAY = date(2026, 11, 23)
CALENDAR = OfficeCalendar()


def event(kind: Event, on: str, wording: int = 1, number: int = 0) -> ConsentEvent:
    return ConsentEvent(
        kind, datetime.fromisoformat(f"{on}T03:00").replace(tzinfo=UTC), number, wording
    )


def consent(*events: ConsentEvent, needed: int = 1, marketing: bool = False) -> ConsentFacts:
    return ConsentFacts("C-1", events, wording_needed=needed, marketing=marketing)


GIVEN = event(Event.GIVEN, "2026-01-10")


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], ConsentState.NONE),
        ([GIVEN], ConsentState.GIVEN),
        ([event(Event.REFUSED, "2026-01-10")], ConsentState.REFUSED),
        ([GIVEN, event(Event.WITHDRAWN, "2026-02-10")], ConsentState.WITHDRAWN),
        ([GIVEN, event(Event.REFUSED, "2026-02-10")], ConsentState.REFUSED),
        (
            [GIVEN, event(Event.WITHDRAWN, "2026-02-10"), event(Event.GIVEN, "2026-03-10")],
            ConsentState.GIVEN,
        ),
        ([event(Event.CONFIRMED, "2026-02-10")], ConsentState.NONE),
        (
            [GIVEN, event(Event.WITHDRAWN, "2026-02-10"), event(Event.CONFIRMED, "2026-03-10")],
            ConsentState.WITHDRAWN,
        ),
        ([event(Event.GIVEN, "2026-01-10", wording=0)], ConsentState.OUTDATED),
    ],
)
def test_the_last_event_decides(events: list[ConsentEvent], state: ConsentState) -> None:
    random.Random(7).shuffle(events)
    facts = consent(*events)

    assert state_of(facts, TODAY) is state
    assert may_rely(facts, TODAY) is (state is ConsentState.GIVEN)


def test_events_of_the_same_moment_are_ordered_by_number() -> None:
    first, second = event(Event.GIVEN, "2026-01-10"), event(Event.WITHDRAWN, "2026-01-10", number=1)
    assert latest([second, first]) is second


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-11-20", ConsentState.GIVEN),
        ("2026-11-21", ConsentState.UNCONFIRMED),
    ],
)
def test_a_marketing_consent_is_confirmed_by_its_second_anniversary(
    today: str, state: ConsentState
) -> None:
    facts = consent(event(Event.GIVEN, "2024-11-20"), marketing=True)

    assert state_of(facts, date.fromisoformat(today)) is state
    assert state_of(consent(*facts.events), date.fromisoformat(today)) is ConsentState.GIVEN


def test_a_confirmation_starts_the_two_years_again_and_keeps_the_wording() -> None:
    events = (event(Event.GIVEN, "2022-11-20"), event(Event.CONFIRMED, "2024-11-23", wording=0))

    assert state_of(consent(*events, marketing=True), TODAY) is ConsentState.GIVEN
    assert state_of(consent(*events, needed=2, marketing=True), TODAY) is ConsentState.OUTDATED


def test_a_withdrawal_is_acted_on_within_five_days() -> None:
    assert act_by(date(2026, 11, 16), TODAY, CALENDAR) == date(2026, 11, 23)  # Saturday 21
    assert act_by(date(2026, 11, 15), TODAY, CALENDAR) == date(2026, 11, 20)

    withdrawn = consent(GIVEN, event(Event.WITHDRAWN, "2026-11-16"))
    (found,) = judge(withdrawn, TODAY, CALENDAR)
    assert (found.rule, found.due) == ("10", date(2026, 11, 23))

    done = ConsentFacts("C-1", withdrawn.events, acted_on=date(2026, 11, 17))
    assert judge(done, TODAY, CALENDAR) == ()


@pytest.mark.parametrize(
    ("given", "severity"),
    [
        ("2024-11-22", Severity.BREACH),  # ran out yesterday
        ("2024-11-23", Severity.WARNING),
        ("2024-12-23", Severity.WARNING),  # thirty days ahead
        ("2024-12-24", None),
    ],
)
def test_a_marketing_consent_is_announced_thirty_days_ahead(
    given: str, severity: Severity | None
) -> None:
    found = judge(consent(event(Event.GIVEN, given), marketing=True), TODAY, CALENDAR)

    assert [f.severity for f in found] == ([severity] if severity else [])
    assert all(f.rule == "11" for f in found)


def test_a_wording_tells_four_parts_and_five_for_a_provision() -> None:
    four = {Part.PURPOSE, Part.ITEMS, Part.PERIOD, Part.REFUSAL}

    assert missing_parts(four) == ()
    assert missing_parts(four - {Part.REFUSAL}) == (Part.REFUSAL,)
    assert missing_parts(four, provision=True) == (Part.RECIPIENT,)
    assert missing_parts(set(Part), provision=True) == ()


USE, MARKETING = Separate.USE, Separate.MARKETING


def test_one_box_never_stands_for_two_consents() -> None:
    require_separate([Box(frozenset({USE})), Box(frozenset({MARKETING}))])
    with pytest.raises(BundledConsentError):
        require_separate([Box(frozenset({USE, MARKETING}))])


def test_a_bundled_box_counts_for_nothing() -> None:
    bundled = Box(frozenset({USE, MARKETING}))

    assert missing_boxes([bundled], {USE, MARKETING}) == {USE, MARKETING}
    assert missing_boxes([bundled, Box(frozenset({USE}))], {USE, MARKETING}) == {MARKETING}
    assert missing_boxes([Box(frozenset({USE}))], {USE}) == frozenset()


def test_withdrawing_is_not_harder_than_giving() -> None:
    assert harder_routes({"web", "call"}, {"web", "call", "letter"}) == frozenset()
    assert harder_routes({"web", "call"}, {"call"}) == {"web"}


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2012-11-23", "2026-11-22", 13),
        ("2012-11-23", "2026-11-23", 14),
        ("2012-02-29", "2026-02-28", 13),
        ("2012-02-29", "2026-03-01", 14),
        ("2012-02-29", "2028-02-29", 16),
        ("2026-11-23", "2026-11-23", 0),
    ],
)
def test_age_counts_the_day_of_birth(born: str, on: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(on)) == age


def test_nobody_is_born_tomorrow() -> None:
    with pytest.raises(BornLaterError):
        age_on(date(2026, 11, 24), TODAY)


def test_the_law_says_under_14_and_the_policy_14_or_below() -> None:
    thirteen, fourteen, fifteen = date(2012, 11, 24), date(2012, 11, 23), date(2011, 11, 23)

    assert [guardian_needed(born, TODAY) for born in (thirteen, fourteen)] == [True, False]
    assert [gate_warns(born, TODAY) for born in (fourteen, fifteen)] == [True, False]


def test_a_child_needs_the_guardians_verified_consent() -> None:
    child, grown = date(2012, 11, 24), date(2012, 11, 23)

    require_guardian(child, TODAY, verified=True)
    require_guardian(grown, TODAY, verified=False)
    with pytest.raises(GuardianNeededError, match="under 14"):
        require_guardian(child, TODAY, verified=False)


def test_an_unconfirmed_guardians_data_goes_after_five_days() -> None:
    assert guardian_data_by(date(2026, 11, 16), TODAY, CALENDAR) == date(2026, 11, 23)
    assert guardian_data_by(date(2026, 11, 18), TODAY, CALENDAR) == date(2026, 11, 23)
    assert guardian_data_by(date(2026, 11, 19), TODAY, CALENDAR) == date(2026, 11, 24)
