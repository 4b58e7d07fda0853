"""Demands of authorities, from the receipt to the answer, on a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.register import Row
from privdesk.flows import issuing
from privdesk.flows.issuing import CopyGoneError
from privdesk.registers.demands import findings, service
from privdesk.registers.expiring import KeptStillError
from privdesk.registers.provisions.grounds import PublicBodyGroundError
from tests.copies import copy_office, open_as, switch_to
from tests.desks import BORA
from tests.registers.partners import TODAY, Partners


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Partners]:
    made = Partners(open_as(copy_office(tmp_path))).fill()
    yield made
    made.desk.vault.close()


def received(office: Partners, **values: Any) -> Row:
    told = {
        "authority": "Seoul Police",
        "document_no": "2026-441",
        "received_on": TODAY,
        "law": "Criminal Procedure Act",
        "article": "215",
        "asked": "name and telephone number of the sender",
        "items": "name,phone",
        **values,
    }
    found: Row = office.desk.service("demands").create(told)
    return found


def act(office: Partners, action: str, ref: str, **values: object) -> str:
    outcome = office.desk.service("demands").act(action, [ref], values)
    return str(next(iter(outcome.refs)))


def state(office: Partners, ref: str) -> str:
    return str(office.desk.service("demands").get(ref).state)


WARRANT = {"extent": "whole", "reason": "A warrant of the court.", "by": "CPO Example"}


def test_a_demand_is_decided_given_and_answered(office: Partners) -> None:
    person = office.person(agrees=False)
    ref = received(office, persons=person).ref
    assert office.desk.service("demands").get(ref).values["answer_by"] == date(2026, 12, 3)

    act(office, "grant", ref, **WARRANT)
    made = act(office, "provide", ref, file=office.file)
    provision = office.desk.service("provisions").get(made)
    assert (provision.values["subject"], provision.values["ground"]) == (person, "statute")
    assert (provision.values["document_no"], provision.values["demand"]) == ("2026-441", ref)

    office.desk = switch_to(office.desk, BORA)
    office.desk.service("provisions").act("approve", [made], {})
    office.desk.service("provisions").act("provide", [made], {})
    act(office, "answer", ref)
    assert state(office, ref) == "answered"
    from privdesk.registers.provisions import findings as given

    assert given.judge(office.desk) == []  # the CPO decided on the demand
    assert findings.judge(office.desk) == []


def test_what_is_to_be_given_is_not_answered_before_it_stands_in_the_ledger(
    office: Partners,
) -> None:
    ref = received(office).ref
    act(office, "grant", ref, **WARRANT)

    with pytest.raises(service.NotGivenError):
        act(office, "answer", ref)
    act(office, "provide", ref, file=office.file, count=3)
    act(office, "answer", ref)


def test_an_investigation_without_warrant_can_only_be_refused(office: Partners) -> None:
    ref = received(office, law="개인정보 보호법", article="제18조제2항제7호").ref
    with pytest.raises(PublicBodyGroundError):
        act(office, "grant", ref, **WARRANT)
    assert state(office, ref) == "received"

    act(office, "deny", ref, reason="No warrant.", by="CPO Example")
    assert state(office, ref) == "denied"
    act(office, "answer", ref)
    assert state(office, ref) == "answered"


def test_another_law_than_the_one_invoked_may_compel_the_company(office: Partners) -> None:
    ref = received(office, law="개인정보 보호법", article="18(2)7").ref
    compelling = {"law": "Telecommunications Business Act", "article": "83(3)"}
    act(office, "grant", ref, **WARRANT, **compelling)

    made = act(office, "provide", ref, file=office.file, count=1)
    assert office.desk.service("provisions").get(made).values["article"] == "83(3)"


def test_somebody_has_to_have_decided(office: Partners) -> None:
    ref = received(office).ref
    with pytest.raises(service.DeciderMissingError):
        act(office, "deny", ref, reason="No warrant.")

    office.desk.service("staff").create(
        {"name": "Cho Example", "duty": "cpo", "joined": date(2020, 1, 2)}
    )
    act(office, "deny", ref, reason="No warrant.")
    assert office.desk.service("demands").get(ref).values["decided_by"] == "Cho Example"


def test_a_demand_that_was_decided_stays_as_it_is(office: Partners) -> None:
    ref = received(office).ref
    act(office, "deny", ref, reason="No warrant.", by="CPO")

    with pytest.raises(service.DecidedAlreadyError):
        office.desk.service("demands").update(ref, {"article": "9"})
    office.desk.service("demands").update(ref, {"contact": "Inspector Example"})


def test_an_unanswered_demand_is_late_from_the_day_after(office: Partners) -> None:
    received(office, document_no="1", received_on=date(2026, 11, 2))  # ten days: 12 November
    received(office, document_no="2", answer_by=TODAY)

    found = [(one.severity.value, one.due) for one in findings.judge(office.desk)]
    assert found == [("breach", date(2026, 11, 12)), ("warning", TODAY)]


def denied(office: Partners) -> str:
    """Refuse a demand that names a person, and record that the refusal went out."""
    ref = received(office, persons=office.person(), note="Asked by telephone first.").ref
    act(office, "deny", ref, reason="No warrant was shown.", by="CPO Example")
    act(office, "answer", ref)
    return ref


def later(office: Partners, day: date) -> None:
    """Let the office wake up on a day."""
    office.desk.clock = FixedClock(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


@pytest.mark.parametrize(("years", "last"), [(None, date(2029, 11, 23)), (1, date(2027, 11, 23))])
def test_the_file_of_a_demand_goes_by_its_own_day(
    office: Partners, years: int | None, last: date
) -> None:
    if years is not None:
        office.desk.set_setting(service.KEEP_YEARS, years)
    ref = denied(office)
    assert office.desk.service("demands").get(ref).values["keep_until"] == last

    later(office, last - timedelta(days=1))
    assert findings.judge(office.desk) == []
    with pytest.raises(KeptStillError):
        act(office, "expunge", ref)
    later(office, last)
    (one,) = findings.judge(office.desk)
    assert (one.rule, one.due) == ("12", last)
    act(office, "expunge", ref)
    assert findings.judge(office.desk) == []


def test_nothing_that_names_anybody_is_left_of_a_demand(office: Partners) -> None:
    ref = denied(office)
    issued = issuing.issue(office.desk, "deny", ref, "en")
    later(office, date(2030, 1, 1))
    act(office, "expunge", ref)

    desk = office.desk
    (row,) = desk.service("demands").rows([desk.service("demands").number(ref)], reveal=True)
    assert row.state == "destroyed"
    assert (row.values["asked"], row.values["reason"], row.values["note"]) == ("", "", "")
    assert row.values["persons"] == ()
    assert (row.values["document_no"], row.values["article"]) == ("2026-441", "215")
    with pytest.raises(CopyGoneError):
        issuing.reprint(desk, issued.ref)
    assert desk.vault.payloads.read("keys_people", row.id) == {}
    assert "demand.expunged" in [entry.action for entry in desk.journal.newest(3)]


def test_a_demand_taken_out_of_use_has_an_end_too(office: Partners) -> None:
    ref = received(office).ref
    office.desk.service("demands").void([ref], reason="Entered twice.")
    later(office, date(2029, 11, 23))
    (one,) = findings.judge(office.desk)
    assert one.ref == ref
    act(office, "expunge", ref)
    assert state(office, ref) == "destroyed"
