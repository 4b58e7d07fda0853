"""Consents: the newest answer counts, a withdrawal ends what was held on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query, Row
from privdesk.registers.consents.findings import judge
from privdesk.registers.consents.rules import ConsentState, GuardianNeededError
from privdesk.registers.consents.service import AnsweredLaterError, PurposeEndedError
from privdesk.registers.desk import Desk

TODAY = date(2026, 11, 23)


@pytest.fixture
def purpose(desk: Desk) -> Row:
    """Return a marketing purpose."""
    row = desk.service("purposes").adopt("newsletter", "en")
    assert isinstance(row, Row)
    return row


@pytest.fixture
def person(desk: Desk) -> Row:
    """Return a data subject."""
    row = desk.service("subjects").create({"name": "김가나", "email": "gana@example.com"})
    assert isinstance(row, Row)
    return row


def answer(desk: Desk, person: Row, purpose: Row, at: str, kind: str = "given") -> Row:
    """Enter an answer of a person to a purpose."""
    values = {"subject": person.ref, "purpose": purpose.ref, "kind": kind, "at": at}
    row = desk.service("consents").create(values)
    assert isinstance(row, Row)
    return row


def states(desk: Desk) -> list[str]:
    """Return the states of all consents in the order they were entered."""
    return [row.state for row in desk.service("consents").find(Query(sort="id"))]


def test_the_newest_answer_counts_whatever_the_order(desk: Desk, person: Row, purpose: Row) -> None:
    answer(desk, person, purpose, "2026-05-01", "refused")
    assert states(desk) == ["refused"]

    answer(desk, person, purpose, "2026-06-01")
    assert states(desk) == ["past", "given"]

    answer(desk, person, purpose, "2025-01-01", "refused")
    assert states(desk) == ["past", "given", "past"]

    consents = desk.service("consents")
    assert consents.standing(person.id, purpose.id) is ConsentState.GIVEN
    assert len(consents.of_subjects([person.id])[person.id]) == 3


def test_a_withdrawal_is_an_answer_of_its_own_and_ends_the_holdings(
    desk: Desk, person: Row, purpose: Row
) -> None:
    file = desk.service("files").create(
        {"name": "Readers", "purpose": purpose.ref, "place": "This vault"}
    )
    held = desk.service("holdings").create(
        {
            "subject": person.ref,
            "file": file.ref,
            "purpose": purpose.ref,
            "collected_on": "2026-05-01",
        }
    )
    given = answer(desk, person, purpose, "2026-05-01")
    consents = desk.service("consents")

    outcome = consents.act("withdraw", [given.ref], {"channel": "phone"})

    assert outcome.message == "1 consent withdrawn"
    new = consents.get(outcome.refs[0])
    assert (new.state, new.values["at"], new.values["channel"]) == ("withdrawn", TODAY, "phone")
    assert states(desk) == ["past", "withdrawn"]
    assert desk.service("holdings").get(held.ref).values["due_on"] == TODAY
    assert [(one.rule, one.count) for one in judge(desk)] == [("10", 1)]
    with pytest.raises(InvalidValueError):
        consents.act("withdraw", [given.ref], {})


def test_what_was_withdrawn_and_is_not_held_is_done(desk: Desk, person: Row, purpose: Row) -> None:
    answer(desk, person, purpose, "2026-04-01")
    answer(desk, person, purpose, "2026-05-01", "withdrawn")

    assert judge(desk) == []


def test_an_answer_is_never_rewritten(desk: Desk, person: Row, purpose: Row) -> None:
    consents = desk.service("consents")
    row = answer(desk, person, purpose, "2026-05-01")

    for values in ({"kind": "refused"}, {"at": "2026-05-02"}):
        with pytest.raises(InvalidValueError):
            consents.update(row.ref, values)
    assert consents.update(row.ref, {"channel": "phone"}).values["channel"] == "phone"
    assert consents.get(row.ref).state == "given"


def test_an_answer_entered_by_mistake_gives_way_to_the_one_before(
    desk: Desk, person: Row, purpose: Row
) -> None:
    answer(desk, person, purpose, "2026-05-01")
    wrong = answer(desk, person, purpose, "2026-06-01", "refused")

    desk.service("consents").void([wrong.ref], reason="another person")

    assert states(desk) == ["given", "void"]


def test_nobody_has_answered_tomorrow(desk: Desk, person: Row, purpose: Row) -> None:
    with pytest.raises(AnsweredLaterError):
        answer(desk, person, purpose, (TODAY + timedelta(days=1)).isoformat())


def test_nobody_agrees_to_a_purpose_that_has_ended(desk: Desk, person: Row, purpose: Row) -> None:
    desk.service("purposes").end([purpose.ref], on=date(2026, 6, 1))

    with pytest.raises(PurposeEndedError):
        answer(desk, person, purpose, "2026-06-02")
    assert answer(desk, person, purpose, "2026-05-30").state == "given"
    assert answer(desk, person, purpose, "2026-06-02", "withdrawn").state == "withdrawn"


def test_below_fourteen_the_guardian_answers(desk: Desk, purpose: Row) -> None:
    desk.service("items").adopt("birth_date")
    child = desk.service("subjects").create({"name": "이하나", "birth_date": "2013-01-01"})
    consents = desk.service("consents")
    values = {"subject": child.ref, "purpose": purpose.ref, "at": TODAY}

    for more in ({}, {"guardian": True}):
        with pytest.raises(GuardianNeededError):
            consents.create(values | more)
    row = consents.create(
        values | {"guardian": True, "guardian_check": "phone", "guardian_name": "이두리"}
    )

    assert row.state == "given"
    assert row.values["guardian_name"] == "이*리"
    grown = desk.service("subjects").create({"name": "박세나", "birth_date": "2001-01-01"})
    assert answer(desk, grown, purpose, "2026-11-23").state == "given"


def test_a_marketing_consent_lapses_unless_confirmed(desk: Desk, person: Row, purpose: Row) -> None:
    desk.set_setting("profile", {"marketing": True})
    consents = desk.service("consents")
    given = answer(desk, person, purpose, "2024-11-22")
    assert consents.standing(person.id, purpose.id) is ConsentState.UNCONFIRMED
    assert [(one.rule, one.ref) for one in judge(desk)] == [("11", given.ref)]

    consents.act("confirm", [given.ref], {"on": "2026-11-20", "channel": "email"})

    assert states(desk) == ["past", "given"]
    assert consents.standing(person.id, purpose.id) is ConsentState.GIVEN
    assert judge(desk) == []


def test_consents_that_lapse_together_are_one_finding(desk: Desk, purpose: Row) -> None:
    desk.set_setting("profile", {"marketing": True})
    for name in ("김가나", "이다라", "박마바"):
        one = desk.service("subjects").create({"name": name})
        answer(desk, one, purpose, "2024-06-01")

    (found,) = judge(desk)

    assert (found.rule, found.count, found.ref) == ("11", 3, "")


def test_consents_to_a_purpose_are_counted_by_day(desk: Desk, person: Row, purpose: Row) -> None:
    answer(desk, person, purpose, "2026-05-01")
    consents = desk.service("consents")

    assert consents.given_before(purpose.id, date(2026, 5, 1)) == 0
    assert consents.given_before(purpose.id, date(2026, 5, 2)) == 1
