"""Provisions on a real vault: ground, consent, freeze, four eyes, batches, import's rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.findings import Finding
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.freezing import FrozenError
from privdesk.registers.provisions import checks, findings, grounds, rules
from privdesk.registers.records import NotVoidableError
from tests.copies import copy_office, open_as, switch_to
from tests.desks import ALICE, BORA
from tests.registers.partners import GIVEN, TODAY, Partners, number


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Partners]:
    desk = open_as(copy_office(tmp_path))
    made = Partners(desk).fill()
    yield made
    made.desk.vault.close()


def be(office: Partners, name: str) -> None:
    office.desk = switch_to(office.desk, name)


def act(office: Partners, action: str, *refs: str, **values: object) -> str:
    return str(office.desk.service("provisions").act(action, refs, values).message)


def row(office: Partners, ref: str) -> Row:
    found: Row = office.desk.service("provisions").get(ref)
    return found


def judged(desk: Desk) -> list[Finding]:
    return findings.judge(desk)


def given(office: Partners, *refs: str) -> None:
    """Have Bora approve and hand over what Alice asked for."""
    be(office, BORA)
    act(office, "approve", *refs)
    for ref in refs:
        act(office, "provide", ref)
    be(office, ALICE)


def test_a_provision_goes_from_the_request_to_the_recall(office: Partners) -> None:
    ref = office.asked(office.person()).ref
    assert (row(office, ref).state, row(office, ref).values["count"]) == ("requested", 1)
    assert row(office, ref).values["requester"] == ALICE

    given(office, ref)
    after = row(office, ref)
    assert after.state == "provided"
    assert (after.values["approver"], after.values["provided_on"]) == (BORA, TODAY)

    act(office, "recall", ref, reason="given back")
    assert row(office, ref).state == "recalled"


def test_nobody_approves_what_they_asked_for_or_changed(office: Partners) -> None:
    ref = office.asked(office.person()).ref
    with pytest.raises(rules.SameApproverError):
        act(office, "approve", ref)

    be(office, BORA)
    office.desk.service("provisions").update(ref, {"article": "9"})
    with pytest.raises(rules.SameApproverError):
        act(office, "approve", ref)
    assert row(office, ref).state == "requested"


def test_without_consent_in_force_nothing_goes(office: Partners) -> None:
    person = office.person(agrees=False)
    with pytest.raises(checks.NoConsentError):
        office.asked(person)

    agreed = office.person(2)
    ref = office.asked(agreed).ref
    withdrawn = {"subject": agreed, "purpose": office.purpose, "kind": "withdrawn", "at": TODAY}
    office.desk.service("consents").create(withdrawn)
    be(office, BORA)
    with pytest.raises(checks.NoConsentError):
        act(office, "approve", ref)


def test_consent_covers_its_recipient_and_its_items_only(office: Partners) -> None:
    person = office.person()
    with pytest.raises(checks.RecipientNotNamedError):
        office.asked(person, recipient="Somebody Else")
    with pytest.raises(checks.ItemsNotAgreedError):
        office.asked(person, items="name,email")
    with pytest.raises(grounds.ConsentPurposeError):
        office.asked(person, purpose=office.sales)


def test_the_ground_of_investigation_is_refused_to_a_company(office: Partners) -> None:
    with pytest.raises(grounds.PublicBodyGroundError):
        office.asked(office.person(), ground="investigation")


def test_a_freeze_refuses_the_disputed_items_only(office: Partners) -> None:
    person = office.person()
    office.frozen(person, "phone")

    with pytest.raises(FrozenError) as caught:
        office.asked(person)
    assert person in caught.value.sentence()
    assert office.asked(person, items="name").state == "requested"


def test_a_freeze_set_meanwhile_stops_the_approval_and_the_handing_over(office: Partners) -> None:
    person = office.person()
    first, second = office.asked(person).ref, office.asked(person).ref
    be(office, BORA)
    act(office, "approve", second)
    office.frozen(person, "phone")

    with pytest.raises(FrozenError):
        act(office, "approve", first)
    with pytest.raises(FrozenError):
        act(office, "provide", second)


def test_a_batch_leaves_out_who_did_not_agree_or_disputes_it(office: Partners) -> None:
    goes, frozen = office.person(1), office.person(2)
    office.person(3, agrees=False)
    office.frozen(frozen, "phone")

    ref = office.asked(scope="file").ref
    service = office.desk.service("provisions")
    assert service.whom(row(office, ref)) == [number(office.desk, goes)]
    assert (row(office, ref).values["count"], row(office, ref).values["left_out"]) == (1, 2)
    assert [r.ref for r in service.given_to(number(office.desk, goes))] == []


def test_who_withdraws_before_a_batch_goes_is_left_out_and_counted(office: Partners) -> None:
    stays, goes = office.person(1), office.person(2)
    ref = office.asked(scope="list", persons=f"{stays},{goes}").ref
    withdrawn = {"subject": stays, "purpose": office.purpose, "kind": "withdrawn", "at": TODAY}
    office.desk.service("consents").create(withdrawn)

    be(office, BORA)
    assert "1 person left out" in act(office, "approve", ref)
    assert row(office, ref).values["count"] == 1
    service = office.desk.service("provisions")
    assert service.whom(row(office, ref)) == [number(office.desk, goes)]


def test_a_batch_without_anybody_left_is_refused(office: Partners) -> None:
    office.person(1, agrees=False)
    with pytest.raises(rules.NobodyLeftError):
        office.asked(scope="file")
    assert office.desk.service("provisions").ledger() == []


def test_a_number_only_needs_the_number(office: Partners) -> None:
    with pytest.raises(InvalidValueError):
        office.asked(scope="count")
    assert office.asked(scope="count", count=120).values["count"] == 120


def test_what_went_out_before_is_entered_and_confirmed_by_another(office: Partners) -> None:
    ref = office.past(office.person()).ref
    assert (row(office, ref).state, row(office, ref).values["approver"]) == ("recorded", "Kim")
    assert [one.count for one in judged(office.desk)] == [1]
    with pytest.raises(rules.SameApproverError):
        act(office, "confirm", ref)

    be(office, BORA)
    act(office, "confirm", ref)
    after = row(office, ref)
    assert (after.state, after.values["approver"], after.values["confirmer"]) == (
        *("provided", "Kim"),
        BORA,
    )
    assert judged(office.desk) == []


def test_a_day_makes_no_way_around_the_approval(office: Partners) -> None:
    person = office.person()
    with pytest.raises(InvalidValueError):
        office.asked(person, provided_on=GIVEN)  # nobody is named who approved it
    with pytest.raises(InvalidValueError):
        office.asked(person, approver="Kim")
    ref = office.asked(person).ref
    with pytest.raises(InvalidValueError):
        office.desk.service("provisions").update(ref, {"provided_on": GIVEN, "approver": "Kim"})
    with pytest.raises(rules.GivenLaterError):
        office.past(person, provided_on=date(2026, 11, 24))


def test_what_was_approved_stays_as_it_is(office: Partners) -> None:
    ref = office.asked(office.person()).ref
    given(office, ref)
    service = office.desk.service("provisions")

    with pytest.raises(rules.ApprovedAlreadyError):
        service.update(ref, {"items": "name"})
    assert service.update(ref, {"contact": "desk 3", "items": "name,phone"}).ref == ref


def test_what_a_law_compels_waits_for_the_cpo_s_decision(office: Partners) -> None:
    law = {"ground": "statute", "law": "Framework Act", "article": "9", "document_no": "2026-1"}
    ref = office.asked(office.person(agrees=False), purpose="", **law).ref
    given(office, ref)

    assert [one.rule for one in judged(office.desk)] == ["S3.2"]
    office.desk.service("provisions").update(ref, {"cpo_paper": "CPO-2026-3"})
    assert judged(office.desk) == []


def test_a_running_provision_is_spoken_of_when_consent_ends(office: Partners) -> None:
    person = office.person()
    ref = office.asked(person, frequency="monthly").ref
    given(office, ref)
    assert judged(office.desk) == []

    office.desk.service("consents").create(
        {"subject": person, "purpose": office.purpose, "kind": "withdrawn", "at": TODAY}
    )
    assert [(one.rule, one.ref) for one in judged(office.desk)] == [("27", ref)]


def test_a_counted_batch_is_thought_to_hold_whoever_was_in_the_file(office: Partners) -> None:
    person = office.person()
    office.past(scope="count", count=500, recipient=RECIPIENT_TOO, ground="other", article="17(4)")
    service = office.desk.service("provisions")

    found = service.given_to(number(office.desk, person))
    assert [r.values["recipient"] for r in found] == [RECIPIENT_TOO]


RECIPIENT_TOO = "Saebom Research"


def test_a_person_s_history_says_that_something_went_out(office: Partners) -> None:
    person = office.person()
    ref = office.asked(person).ref
    given(office, ref)

    events = office.desk.service("subjects").history(person)
    assert ("provision.made", ref) in {(one.action, one.reason) for one in events}


def test_a_manager_enters_nothing(office: Partners) -> None:
    person = office.person()
    be(office, "Mina Manager")
    with pytest.raises(DomainError):
        office.asked(person)


def test_what_went_out_after_a_freeze_is_not_entered_as_if_nothing_were(office: Partners) -> None:
    one, two = office.person(1), office.person(2)
    office.frozen(one, "phone")  # today

    with pytest.raises(FrozenError):
        office.past(one, provided_on=TODAY)
    assert office.past(one).state == "recorded"  # went out in October
    listed = office.past(scope="list", persons=f"{one},{two}", provided_on=TODAY)
    assert (listed.values["count"], listed.values["left_out"]) == (1, 1)
    with pytest.raises(FrozenError):
        office.past(scope="count", count=2, provided_on=TODAY)


def test_what_went_out_before_needs_the_consent_of_its_day(office: Partners) -> None:
    """Rule 27 by hand: consent given 5 January 2026, withdrawn 2 October; GIVEN is 1 October."""
    person, silent = office.person(1), office.person(2, agrees=False)
    office.desk.service("consents").create(
        {"subject": person, "purpose": office.purpose, "kind": "withdrawn", "at": "2026-10-02"}
    )

    for one, day in ((silent, GIVEN), (person, date(2026, 1, 4)), (person, date(2026, 10, 2))):
        with pytest.raises(checks.NoConsentThenError):
            office.past(one, provided_on=day)
    for day in (date(2026, 1, 5), GIVEN):
        assert office.past(person, provided_on=day).state == "recorded"
    listed = office.past(scope="list", persons=f"{person},{silent}")
    assert (listed.values["count"], listed.values["left_out"]) == (1, 1)
    with pytest.raises(rules.NobodyLeftError):
        office.past(scope="list", persons=f"{person},{silent}", provided_on=date(2026, 10, 2))
    compelled = {"ground": "statute", "law": "Criminal Procedure Act", "article": "215",
                 "document_no": "7", "purpose": ""}  # fmt: skip
    assert office.past(silent, **compelled).state == "recorded"  # a law needs no consent


def test_what_became_known_since_stops_the_confirmation(office: Partners) -> None:
    person = office.person()
    ref = office.past(person).ref
    office.desk.service("consents").create(
        {"subject": person, "purpose": office.purpose, "kind": "withdrawn", "at": "2026-09-30"}
    )
    be(office, BORA)
    with pytest.raises(checks.NoConsentThenError):
        act(office, "confirm", ref)


def test_nothing_went_out_before_2000(office: Partners) -> None:
    with pytest.raises(InvalidValueError):
        office.past(scope="count", count=3, provided_on=date(1999, 12, 31))
    ground = {"ground": "statute", "law": "Tax Act", "article": "1", "document_no": "7"}
    oldest = office.past(scope="count", count=3, provided_on=date(2000, 1, 1), **ground)
    assert oldest.state == "recorded"


@pytest.mark.parametrize("count", [-3, 0, 100_000_001])
def test_a_number_of_people_is_one(office: Partners, count: int) -> None:
    with pytest.raises(InvalidValueError):
        office.past(scope="count", count=count)


def test_what_was_approved_ends_sooner_but_not_later(office: Partners) -> None:
    ref = office.asked(office.person(), until=date(2026, 12, 31)).ref
    given(office, ref)
    provisions = office.desk.service("provisions")

    with pytest.raises(rules.ApprovedAlreadyError):
        provisions.update(ref, {"until": date(2099, 1, 1)})
    assert provisions.update(ref, {"until": date(2026, 12, 1)}).values["until"] == date(2026, 12, 1)
    with pytest.raises(NotVoidableError):
        provisions.void([ref], reason="gone")
