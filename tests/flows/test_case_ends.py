"""What a case left open ends with it, in the same change: orders, freezes, a destruction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.flows import issuing
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.requests.ending import PlacesOpenError
from tests.copies import open_as
from tests.flows.asked import NEW_EMAIL, Office, act, office, orders, ref, reply, request


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk with one person in two files."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def freezes(at: Office) -> list[tuple[str, str]]:
    """Return state and result of each freeze."""
    sql = "SELECT state, coalesce(result, '') FROM freezes ORDER BY id"
    return [tuple(row) for row in at.desk.vault.raw.execute(sql).fetchall()]


def states(at: Office, number: int, *kinds: str) -> dict[str, str]:
    """Return the states of a case's orders by place."""
    return {place: row.state for place, row in orders(at, number, *kinds).items()}


def entries(at: Office, action: str) -> int:
    """Return how often an action stands in the journal."""
    return sum(one.action == action for one in at.desk.journal.newest(1000))


def test_a_refused_correction_leaves_no_order_and_no_freeze(at: Office) -> None:
    number = request(at, "correction")
    act(at, number, "correct", after=f"E-mail: {NEW_EMAIL}")
    act(at, number, "refuse", code="affairs", reason="It was right before.")

    assert set(states(at, number).values()) == {"cancelled"}
    assert freezes(at) == [("released", "unchanged")]
    assert entries(at, "retrieval.closed") == 3  # the vault's own part and two places
    assert [f for f in desk_findings(at.desk, date(2027, 1, 4)) if f.register == "retrievals"] == []
    act(at, number, "close")
    assert at.desk.service("requests").get(ref(at, number)).state == "closed"


def test_a_place_that_froze_is_told_to_release_when_the_person_takes_it_back(at: Office) -> None:
    number = request(at, "suspension")
    act(at, number, "suspend")
    issuing.issue(at.desk, "retrieval", orders(at, number)["Web shop"].ref, "en")
    act(at, number, "withdraw", reason="Changed her mind.")

    assert freezes(at) == [("released", "withdrawn")]
    assert states(at, number, "release") == {"Web shop": "open"}  # nobody else had been told
    assert set(states(at, number, "freeze").values()) == {"answered", "cancelled"}
    with pytest.raises(PlacesOpenError, match="Web shop"):
        act(at, number, "close")
    reply(at, orders(at, number, "release")["Web shop"])
    act(at, number, "close")


def test_a_destruction_nobody_approved_yet_goes_with_a_request_taken_back(at: Office) -> None:
    number = request(at, "deletion")
    act(at, number, "delete")
    act(at, number, "withdraw", reason="Stays a customer.")

    (made,) = at.desk.service("destructions").rows(at.desk.service("destructions").every())
    assert made.state == "cancelled"
    assert states(at, number) == {"": "cancelled"}


def test_an_answered_case_is_closed_only_once_every_place_has_followed(at: Office) -> None:
    number = request(at, "correction")
    act(at, number, "correct", after=f"E-mail: {NEW_EMAIL}")
    act(at, number, "amend")
    reply(at, orders(at, number)["Web shop"])
    act(at, number, "answer", result="granted")
    before = entries(at, "request.closed")

    with pytest.raises(PlacesOpenError, match="Call centre"):
        act(at, number, "close")
    assert entries(at, "request.closed") == before
    reply(at, orders(at, number)["Call centre"])
    act(at, number, "close")
    assert freezes(at) == [("released", "corrected")]


def test_data_that_was_only_asked_for_is_not_waited_for(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    reply(at, orders(at, number)["Web shop"])
    told = act(at, number, "answer", result="granted").message
    assert "Call centre" in told
    assert "Web shop" not in told
    act(at, number, "close")

    assert states(at, number) == {
        "Web shop": "answered",
        "Call centre": "cancelled",
        "Archive": "cancelled",
    }


def test_a_granted_suspension_stays_frozen_as_its_result(at: Office) -> None:
    number = request(at, "suspension")
    act(at, number, "suspend")
    for place in ("Web shop", "Call centre", "Archive"):
        reply(at, orders(at, number)[place])
    act(at, number, "answer", result="granted")
    act(at, number, "close")

    assert freezes(at) == [("frozen", "suspended")]
    late = [f for f in desk_findings(at.desk, date(2027, 1, 4)) if f.register == "freezes"]
    assert late == []  # it has its result, nobody is chased for one
    (freeze,) = at.desk.service("freezes").open_of(at.number)
    told = {"result": "withdrawn"}
    at.desk.service("freezes").act("release", [at.desk.ref("freezes", freeze)], told)
    assert freezes(at) == [("released", "withdrawn")]


def test_a_case_taken_out_of_use_leaves_nothing_open(at: Office) -> None:
    number = request(at, "suspension")
    act(at, number, "suspend")
    at.desk.service("requests").void([ref(at, number)], reason="Entered twice.")

    assert set(states(at, number).values()) == {"answered", "cancelled"}
    assert freezes(at) == [("released", "withdrawn")]
