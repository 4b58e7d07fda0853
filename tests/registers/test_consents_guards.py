"""What an answer can be, and when it may be taken out of use again."""

from __future__ import annotations

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query, Row
from privdesk.registers.consents.findings import judge
from privdesk.registers.consents.refusals import (
    AnsweredLaterError,
    AnswerStandsError,
    FollowedError,
    NothingAgreedError,
)
from privdesk.registers.desk import Desk
from privdesk.registers.records import NotVoidableError
from tests.registers import fillings
from tests.registers.test_consents import answer


@pytest.fixture
def purpose(desk: Desk) -> Row:
    """Return a marketing purpose."""
    row: Row = desk.service("purposes").adopt("newsletter", "en")
    return row


@pytest.fixture
def person(desk: Desk) -> Row:
    """Return a data subject."""
    row: Row = desk.service("subjects").create({"name": "김가나", "email": "gana@example.com"})
    return row


def entered(desk: Desk, person: Row, purpose: Row, at: str, **more: object) -> Row:
    """Enter an answer with everything that is said of it."""
    values = {"subject": person.ref, "purpose": purpose.ref, "kind": "given", "at": at, **more}
    row: Row = desk.service("consents").create(values)
    return row


def test_nobody_has_answered_later_today(desk: Desk, person: Row, purpose: Row) -> None:
    """It is 12:00 in the office; a later time would hide the withdrawal that follows."""
    with pytest.raises(AnsweredLaterError):
        entered(desk, person, purpose, "2026-11-23", time="12:01")
    given = entered(desk, person, purpose, "2026-11-23", time="12:00")
    assert entered(desk, person, purpose, "2026-11-22", time="23:59").state == "past"

    desk.service("consents").act("withdraw", [given.ref], {})
    assert desk.service("consents").get(given.ref).state == "past"


def test_nobody_has_answered_before_2000(desk: Desk, person: Row, purpose: Row) -> None:
    with pytest.raises(InvalidValueError) as caught:
        entered(desk, person, purpose, "1999-12-31")
    assert "2000-01-01" in str(caught.value)
    assert entered(desk, person, purpose, "2000-01-01").state == "given"


@pytest.mark.parametrize("kind", ["withdrawn", "lapsed", "confirmed", "changed"])
def test_nothing_follows_what_was_never_agreed_to(
    desk: Desk, person: Row, purpose: Row, kind: str
) -> None:
    with pytest.raises(NothingAgreedError):
        answer(desk, person, purpose, "2026-05-01", kind)
    answer(desk, person, purpose, "2026-05-02")
    with pytest.raises(NothingAgreedError):
        answer(desk, person, purpose, "2026-05-01", kind)  # the day before
    assert answer(desk, person, purpose, "2026-05-02", kind)


def test_what_is_held_can_be_withdrawn_without_a_record_of_the_consent(
    desk: Desk, person: Row, purpose: Row
) -> None:
    held(desk, person, purpose)

    assert answer(desk, person, purpose, "2026-05-01", "withdrawn").state == "withdrawn"


def held(desk: Desk, person: Row, purpose: Row) -> Row:
    """Have something held of a person for a purpose."""
    within = fillings.file(desk, purpose, fillings.place(desk))
    values = {"subject": person.ref, "file": within.ref, "purpose": purpose.ref,
              "collected_on": "2026-01-05"}  # fmt: skip
    row: Row = desk.service("holdings").create(values)
    return row


def test_what_was_answered_is_neither_rewritten_nor_completed_where_rule_1_rests_on_it(
    desk: Desk, person: Row, purpose: Row
) -> None:
    consents = desk.service("consents")
    row = entered(desk, person, purpose, "2026-05-01", time="10:00", channel="web")
    bare = entered(desk, person, purpose, "2026-04-01")

    for values in (
        *({"channel": "paper"}, {"channel": ""}, {"time": "00:01"}, {"time": ""}),
        {"guardian": True},
    ):
        with pytest.raises((AnswerStandsError, InvalidValueError)):
            consents.update(row.ref, values)
    for values in (
        *({"time": "00:01"}, {"guardian": True}, {"guardian_check": "phone"}),
        *({"guardian_name": "이두리"}, {"guardian_phone": "010-1111-2222"}),
    ):
        with pytest.raises((AnswerStandsError, InvalidValueError)):
            consents.update(bare.ref, values)
    assert consents.update(bare.ref, {"channel": "phone", "note": "x"}).values["channel"] == "phone"


def test_a_guardians_own_name_may_be_corrected(desk: Desk, person: Row, purpose: Row) -> None:
    asked = {"guardian": True, "guardian_check": "phone", "guardian_name": "이두라"}
    row = entered(desk, person, purpose, "2026-05-01", **asked)
    desk.service("consents").update(row.ref, {"guardian_name": "이두리"})
    shown = desk.service("consents").get(row.ref, reveal="looked at")
    assert shown.values["guardian_name"] == "이두리"


def test_a_withdrawal_that_ended_what_is_held_is_not_taken_out_of_use(
    desk: Desk, person: Row, purpose: Row
) -> None:
    consents = desk.service("consents")
    here = held(desk, person, purpose)
    given = answer(desk, person, purpose, "2026-05-01")
    made = consents.act("withdraw", [given.ref], {}).refs[0]

    with pytest.raises(FollowedError):
        consents.void([made], reason="mistake")
    with pytest.raises(NotVoidableError):
        consents.void([given.ref], reason="mistake")  # another answer has followed it

    desk.service("holdings").void([here.ref])
    consents.void([made], reason="mistake")  # nothing came of it
    assert consents.get(given.ref).state == "given"


def test_a_consent_on_which_data_went_out_is_not_taken_out_of_use(desk: Desk, person: Row) -> None:
    common = {"basis": "consent", "retention": "2 years", "refusal": "You may refuse."}
    carried = {"name": "Delivery by others", "required_items": "name", "recipient": "Hanbit",
               "separate_consents": "provision"}  # fmt: skip
    purpose = desk.service("purposes").create({**carried, **common})
    consents = desk.service("consents")
    given = answer(desk, person, purpose, "2026-05-01")
    within = fillings.file(desk, purpose, fillings.place(desk)).ref
    told = {"recipient": "Hanbit", "file": within,
            "ground": "consent", "purpose": purpose.ref, "items": "name",
            "subject": person.ref, "provided_on": "2026-06-01", "approver": "Kim"}  # fmt: skip
    out = desk.service("provisions").create(told)

    with pytest.raises(FollowedError):
        consents.void([given.ref], reason="mistake")
    desk.service("provisions").void([out.ref], reason="mistake")
    consents.void([given.ref], reason="mistake")
    assert consents.get(given.ref).state == "void"


def test_a_marketing_box_is_asked_again_whatever_the_profile_says(
    desk: Desk, person: Row, purpose: Row
) -> None:
    """Given 22 November 2024: two years are over on 23 November 2026 (rule 11)."""
    assert not desk.profile.marketing
    row = answer(desk, person, purpose, "2024-11-22")

    assert [(one.rule, one.ref) for one in judge(desk)] == [("11", row.ref)]
    lapsing = desk.service("consents").find(Query(where={"ask_again": "lapsing"}))
    assert [one.ref for one in lapsing] == [row.ref]
