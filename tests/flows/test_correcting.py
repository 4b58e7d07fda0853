"""A correction from the request to the last confirmation; a suspension until it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.documents.preview import page_texts
from privdesk.flows import changes, correcting, issuing, requests
from privdesk.registers import REGISTERS
from privdesk.registers.findings.collect import desk_findings
from privdesk.vault.session import KEYS_WAIT
from tests.copies import open_as
from tests.flows.asked import (
    EMAIL,
    NEW_EMAIL,
    TODAY,
    Office,
    act,
    item,
    now,
    office,
    orders,
    ref,
    reply,
    request,
)

FREEZES = any(register.name == "freezes" for register in REGISTERS)
AFTER = f"E-mail: {NEW_EMAIL}"


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk with one person in two files."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def begun(at: Office, text: str = AFTER) -> int:
    """Return a request whose correction was ordered."""
    number = request(at, "correction")
    act(at, number, "correct", after=text)
    return number


def test_the_vault_and_every_place_of_the_item_are_ordered_to_correct(at: Office) -> None:
    number = begun(at)

    found = orders(at, number)
    assert set(found) == {"", "Web shop", "Call centre"}  # the archive holds no address
    assert {row.values["kind"] for row in found.values()} == {"correction"}
    assert {row.state for row in found.values()} == {"open"}
    for row in found.values():
        clear = at.desk.service("retrievals").get(row.ref, reveal="test")
        assert clear.values["change"] == f"E-mail: {EMAIL} → {NEW_EMAIL}"
    assert now(at)["email"] == EMAIL


def test_the_paper_names_the_value_before_and_after(at: Office) -> None:
    number = begun(at)
    issued = issuing.issue(at.desk, "retrieval", orders(at, number)["Web shop"].ref, "ko")

    text = " ".join(page_texts(issued.data))
    assert EMAIL in text
    assert NEW_EMAIL in text
    kept = at.desk.vault.raw.execute(
        "SELECT keys FROM attachments a JOIN documents d ON d.file = a.name WHERE d.number = ?",
        (issued.number,),
    ).fetchall()
    assert kept == [("keys_people",)]


def test_the_vault_is_corrected_under_a_new_key(at: Office) -> None:
    number = begun(at)
    act(at, number, "amend")

    assert now(at)["email"] == NEW_EMAIL
    own = orders(at, number)[""]
    assert (own.state, own.values["answered_on"]) == ("answered", TODAY)
    assert own.values["answered_by"] == at.desk.vault.person.name
    assert at.desk.vault.meta(KEYS_WAIT)  # the old key stands in older copies until the roll
    with pytest.raises(correcting.NothingOrderedError):
        act(at, number, "amend")


def test_a_place_that_answers_with_another_value_differs(at: Office) -> None:
    number = begun(at)
    shop = orders(at, number)["Web shop"]

    assert reply(at, shop, holds="E-mail: han@example.net") == "differs"
    assert orders(at, number)["Web shop"].titles["differing"] == "E-mail"
    assert reply(at, shop, holds="E-mail: hangaram@EXAMPLE.org") == "answered"
    assert orders(at, number)["Web shop"].values["differing"] == ()


def test_a_place_that_does_not_correct_differs_whatever_it_holds(at: Office) -> None:
    number = begun(at)

    assert reply(at, orders(at, number)["Web shop"], "refused", holds=AFTER) == "differs"
    assert reply(at, orders(at, number)["Call centre"], "nothing") == "answered"


def test_the_same_item_is_not_corrected_twice_at_once(at: Office) -> None:
    number = begun(at)

    with pytest.raises(correcting.OrderedAlreadyError):
        act(at, number, "correct", after="email: third@example.com")
    act(at, number, "correct", after="name: 한가온")
    assert orders(at, number)[""].titles["items"] == "Name"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"E-mail: {EMAIL}", changes.NothingNewError),  # as it is already
        ("new@example.com", changes.UnclearLineError),  # which item?
        ("E-mail: nonsense", InvalidValueError),
    ],
)
def test_what_should_change_has_to_be_clear(at: Office, text: str, error: type[Exception]) -> None:
    number = request(at, "correction")

    with pytest.raises(error):
        act(at, number, "correct", after=text)
    assert orders(at, number) == {}


def test_a_correction_is_only_for_a_request_of_that_kind(at: Office) -> None:
    number = request(at, "access")

    with pytest.raises(InvalidValueError):
        act(at, number, "correct", after=AFTER)
    assert orders(at, number) == {}


def test_it_is_settled_once_the_vault_and_all_places_are_done(at: Office) -> None:
    number = begun(at)
    service = at.desk.service("retrievals")

    def open_orders() -> set[str]:
        return {place for place, row in orders(at, number).items() if row.state == "open"}

    reply(at, orders(at, number)["Web shop"], holds=AFTER)
    act(at, number, "amend")
    assert open_orders() == {"Call centre"}
    reply(at, orders(at, number)["Call centre"], "partly")
    (late,) = [row for row in service.outstanding() if row.values["request"] == ref(at, number)]
    service.act("accept", [late.ref], {"reason": "its backup goes on Friday"})
    assert service.outstanding() == []


def test_from_the_call_to_the_closing_with_a_place_that_answers_late(at: Office) -> None:
    number = begun(at)
    issuing.issue(at.desk, "retrieval", orders(at, number)["Call centre"].ref, "ko")
    reply(at, orders(at, number)["Web shop"], holds=AFTER)
    act(at, number, "amend")

    at.desk.clock = FixedClock(datetime(2026, 12, 2, 1, tzinfo=UTC))  # asked for 30 November
    (late,) = [f for f in desk_findings(at.desk) if f.register == "retrievals"]
    assert (late.ref, late.values["late"]) == (orders(at, number)["Call centre"].ref, 2)
    reply(at, orders(at, number)["Call centre"], holds=AFTER)
    assert [f for f in desk_findings(at.desk) if f.register == "retrievals"] == []
    with at.desk.change() as change:
        requests.answer(change, number, "granted")
        requests.close(change, number)
    assert at.desk.service("requests").get(ref(at, number)).state == "closed"
    assert now(at)["email"] == NEW_EMAIL


@pytest.mark.skipif(not FREEZES, reason="the register of freezes is not there")
def test_the_freeze_lasts_until_the_last_place_has_confirmed(at: Office) -> None:
    frozen = import_module("privdesk.registers.freezing").frozen
    number = begun(at)
    held = {at.number: frozenset({item(at.desk, "email")})}
    assert frozen(at.desk, [at.number]) == held
    act(at, number, "amend")
    reply(at, orders(at, number)["Web shop"])
    assert frozen(at.desk, [at.number]) == held
    reply(at, orders(at, number)["Call centre"])
    assert frozen(at.desk, [at.number]) == {}


def test_a_suspension_freezes_the_places_until_it_is_decided(at: Office) -> None:
    number = request(at, "suspension")
    act(at, number, "suspend")

    found = orders(at, number, "freeze")
    assert set(found) == {"", "Web shop", "Call centre", "Archive"}
    assert found[""].state == "answered"
    issuing.issue(at.desk, "retrieval", found["Web shop"].ref, "en")
    reply(at, found["Call centre"])

    act(at, number, "resume", reason="refused: the contract runs")
    frozen = orders(at, number, "freeze")
    assert frozen["Archive"].state == "cancelled"  # nobody had told it yet
    assert set(orders(at, number, "release")) == {"Web shop", "Call centre"}
    with pytest.raises(correcting.NothingFrozenError):
        act(at, request(at, "suspension"), "resume", reason="nothing there")
