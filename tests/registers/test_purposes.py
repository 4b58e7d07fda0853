"""Purposes: complete or draft, ended, kept by another law, changed so that consent is needed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import DomainError, NotFoundError
from privdesk.core.periods import UNTIL_EVENT, years
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.named import NameTakenError, RecordInUseError
from privdesk.registers.purposes import templates
from privdesk.registers.purposes.findings import judge
from privdesk.registers.purposes.service import (
    EndsLaterError,
    ItemTwiceError,
    StatuteMissingError,
    statute_key,
)

TODAY = date(2026, 11, 23)
NEWS = {
    "name": "Newsletter",
    "basis": "consent",
    "required_items": "email",
    "retention": "2 years",
    "refusal": "You may refuse; nothing else changes.",
}


def rules_of(desk: Desk) -> set[tuple[str, str]]:
    """Return the findings that speak of one purpose, by rule and reference."""
    return {(one.rule, one.ref) for one in judge(desk) if one.ref}


def test_without_basis_or_period_a_purpose_is_a_draft(desk: Desk) -> None:
    purposes = desk.service("purposes")

    row = purposes.create({"name": "Newsletter"})
    assert row.state == "draft"
    assert rules_of(desk) == {(rule, row.ref) for rule in ("S1.1", "S1.3", "S2.1")}

    assert purposes.update(row.ref, NEWS).state == "active"
    assert rules_of(desk) == set()


def test_items_are_given_by_name_and_shown_by_name(desk: Desk) -> None:
    row = desk.service("purposes").create(NEWS | {"required_items": "E-mail; 이름"})

    assert row.values["required_items"] == ("I-000002-1", "I-000001-3")
    assert row.titles["required_items"] == "E-mail, Name"


def test_an_item_cannot_be_required_and_optional(desk: Desk) -> None:
    with pytest.raises(ItemTwiceError, match="E-mail"):
        desk.service("purposes").create(NEWS | {"optional_items": "전자우편"})


def test_two_purposes_of_one_name_are_refused(desk: Desk) -> None:
    desk.service("purposes").create(NEWS)

    with pytest.raises(NameTakenError):
        desk.service("purposes").create({"name": "news letter"})


def test_a_law_that_the_program_knows_brings_its_period(desk: Desk) -> None:
    purposes = desk.service("purposes")

    row = purposes.create(NEWS | {"statute": "Records of payments and deliveries"})

    assert row.values["statute_period"] == years(5)
    assert purposes.terms(row.id).law == years(5)
    assert ("13", row.ref) in rules_of(desk)
    with pytest.raises(StatuteMissingError):
        purposes.update(row.ref, {"statute": ""})


def test_a_statutory_period_is_never_shorter_than_the_law(desk: Desk) -> None:
    purposes = desk.service("purposes")
    row = purposes.create(NEWS | {"statute": "payment", "statute_period": "1 year"})

    assert purposes.terms(row.id).law == years(5)
    assert ("16", row.ref) in rules_of(desk)


def test_a_separate_place_answers_the_rule(desk: Desk) -> None:
    apart = desk.service("places").create({"name": "Cold store", "separate": True})
    row = desk.service("purposes").create(
        NEWS | {"statute": "payment", "separate_place": apart.ref}
    )

    assert ("13", row.ref) not in rules_of(desk)


def test_a_statute_is_known_by_key_name_and_korean_name() -> None:
    for text in ("payment", "대금결제 및 재화 등의 공급에 관한 기록"):
        assert statute_key(text, TODAY) == "payment"
    assert statute_key("Income Tax Act, art. 164", TODAY) == "Income Tax Act, art. 164"


def test_ending_and_taking_up_again(desk: Desk) -> None:
    purposes = desk.service("purposes")
    row = purposes.create(NEWS | {"retention": "until the purpose ends"})
    assert row.values["retention"] == UNTIL_EVENT

    purposes.act("end", [row.ref], {"on": "2026-11-01"})
    assert purposes.get(row.ref).state == "ended"
    assert purposes.get(row.ref).values["ended_on"] == date(2026, 11, 1)
    assert purposes.history(row.ref)[0].action == "purpose.ended"

    purposes.act("reopen", [row.ref], {"reason": "entered by mistake"})
    assert purposes.get(row.ref).state == "active"
    assert purposes.history(row.ref)[0].reason == "entered by mistake"


def test_a_purpose_ends_today_unless_told_otherwise(desk: Desk) -> None:
    purposes = desk.service("purposes")
    row = purposes.create(NEWS)

    purposes.act("end", [row.ref], {})

    assert purposes.get(row.ref).values["ended_on"] == TODAY


def test_a_purpose_cannot_have_ended_tomorrow(desk: Desk) -> None:
    purposes = desk.service("purposes")
    row = purposes.create(NEWS)

    with pytest.raises(EndsLaterError):
        purposes.end([row.ref], on=TODAY + timedelta(days=1))
    assert purposes.get(row.ref).state == "active"


def test_a_changed_period_moves_what_is_held(desk: Desk) -> None:
    purposes, holdings = desk.service("purposes"), desk.service("holdings")
    purpose = purposes.create(NEWS)
    file = desk.service("files").create(
        {"name": "Readers", "purpose": purpose.ref, "place": "This vault"}
    )
    person = desk.service("subjects").create({"name": "김가나", "email": "a@example.com"})
    held = holdings.create(
        {
            "subject": person.ref,
            "file": file.ref,
            "purpose": purpose.ref,
            "collected_on": "2025-12-01",
        }
    )
    assert held.values["due_on"] == date(2027, 12, 1)

    purposes.update(purpose.ref, {"retention": "6 months"})
    assert holdings.get(held.ref).values["due_on"] == date(2026, 6, 1)

    with pytest.raises(RecordInUseError):
        purposes.void([purpose.ref])


def test_new_items_call_for_new_consent(desk: Desk) -> None:
    purposes, consents = desk.service("purposes"), desk.service("consents")
    purpose = purposes.create(NEWS)
    person = desk.service("subjects").create({"name": "김가나"})
    consents.create({"subject": person.ref, "purpose": purpose.ref, "at": "2026-01-05"})
    assert consents.may_rely(person.id, purpose.id)

    purposes.update(purpose.ref, {"refusal": "You may refuse."})
    assert purposes.get(purpose.ref).values["renew_from"] is None

    purposes.update(purpose.ref, {"optional_items": "phone"})
    assert purposes.get(purpose.ref).values["renew_from"] == TODAY
    assert ("8", purpose.ref) in rules_of(desk)
    assert not consents.may_rely(person.id, purpose.id)

    consents.create({"subject": person.ref, "purpose": purpose.ref, "at": TODAY})
    assert consents.may_rely(person.id, purpose.id)
    assert ("8", purpose.ref) not in rules_of(desk)


def test_every_template_makes_a_complete_purpose(desk: Desk) -> None:
    purposes = desk.service("purposes")
    keys = [one.key for one in templates.listed("en")]

    rows = [purposes.adopt(key) for key in keys]

    assert len(keys) >= 9
    assert {row.state for row in rows} == {"active"}
    assert {rule for rule, _ref in rules_of(desk)} <= {"13"}  # the places are the office's own
    assert not [one for one in judge(desk) if not one.ref]  # the policy's three are there


@pytest.mark.parametrize("language", ["ko", "en"])
def test_templates_speak_both_languages(desk: Desk, language: str) -> None:
    row = desk.service("purposes").adopt("contract", language)

    assert row.values["name"] == next(
        one.name for one in templates.listed(language) if one.key == "contract"
    )
    assert row.values["name_en"] == "Contracts and payment"
    assert row.values["statute_period"] == years(5)


def test_a_template_is_taken_once(desk: Desk) -> None:
    desk.service("purposes").adopt("cctv")

    with pytest.raises(NameTakenError):
        desk.service("purposes").adopt("cctv")
    with pytest.raises(NotFoundError):
        desk.service("purposes").adopt("horoscopes")


def test_the_policys_own_purposes_are_a_set_up_task(desk: Desk) -> None:
    missing = [one.values["clause"] for one in judge(desk)]
    assert missing == ["S1.3", "S1.4", "S1.5"]

    desk.service("purposes").adopt("counselling")

    assert [one.values["clause"] for one in judge(desk)] == ["S1.3", "S1.5"]


def test_lists_are_narrowed_by_what_people_type(desk: Desk) -> None:
    purposes = desk.service("purposes")
    purposes.adopt("newsletter")
    purposes.adopt("cctv")

    def names(**where: object) -> list[str]:
        return [row.values["name_en"] for row in purposes.find(Query(where=where))]

    assert names(marketing="yes") == ["Newsletter and marketing"]
    assert names(basis="동의") == ["Newsletter and marketing"]
    assert names(basis=("consent", "law")) == names()
    assert names(required_items="email") == ["Newsletter and marketing"]
    assert names(retention="30 days") == ["Safety of the premises and prevention of crime (CCTV)"]
    with pytest.raises(DomainError):
        names(basis="whim")


def test_the_clock_decides_what_today_is(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(days=10))
    purposes = desk.service("purposes")
    row = purposes.create(NEWS)

    purposes.end([row.ref])

    assert purposes.get(row.ref).values["ended_on"] == date(2026, 12, 3)
