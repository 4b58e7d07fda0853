"""Orders to places for a request, and what comes back: late, otherwise, with a file, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.documents.preview import page_texts
from privdesk.flows import answering, issuing
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.requests import rules as case_rules
from privdesk.registers.retrievals import rules
from privdesk.registers.subjects.fields import SLOT_SOURCES
from privdesk.registers.subjects.lines import pack_sources
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE
from tests.copies import open_as
from tests.flows.asked import (
    EMAIL,
    NAME,
    NEW_EMAIL,
    TODAY,
    Office,
    act,
    office,
    orders,
    ref,
    reply,
    request,
    written,
)


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk with one person in two files."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def findings(desk: Desk, on: date) -> list[tuple[str, str, date | None]]:
    found = desk_findings(desk, on)
    return [(f.ref, f.what, f.due) for f in found if f.register == "retrievals"]


def test_every_place_that_holds_the_person_gets_one_order(at: Office) -> None:
    number = request(at, "access")
    outcome = act(at, number, "orders")

    found = orders(at, number)
    assert set(found) == {"Web shop", "Call centre", "Archive"}
    assert {row.values["kind"] for row in found.values()} == {"retrieval"}
    assert {row.values["reply_by"] for row in found.values()} == {date(2026, 11, 30)}
    assert len(outcome.refs) == 3
    assert at.desk.service("requests").get(ref(at, number)).state == "working"


def test_an_item_narrows_the_orders_to_the_files_that_need_it(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders", items="email")

    assert set(orders(at, number)) == {"Web shop", "Call centre"}


def test_a_place_is_not_asked_twice_for_the_same(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")

    with pytest.raises(answering.AllOrderedError):
        act(at, number, "orders")
    assert len(at.desk.service("retrievals").of_request(number)) == 3


def test_nothing_is_drawn_up_before_the_identity_is_checked(at: Office) -> None:
    number = request(at, "access", identified=False)

    with pytest.raises(InvalidValueError):
        act(at, number, "orders")
    with pytest.raises(case_rules.NotIdentifiedError), at.desk.change() as change:
        answering.orders(change, number)
    assert orders(at, number) == {}


def test_the_printed_order_counts_as_sent_and_names_nobody(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    order = orders(at, number)["Web shop"]
    assert order.state == "open"

    draft = issuing.draft(at.desk, "retrieval", order.ref, "en")
    assert orders(at, number)["Web shop"].state == "open"
    issued = issuing.issue(at.desk, "retrieval", order.ref, "en")

    text = " ".join(page_texts(issued.data))
    for wanted in (order.ref, ref(at, number), "Web shop", "IT team", "30 November 2026",
                   "Reply to order", at.person.ref, "Readers"):  # fmt: skip
        assert wanted in text, wanted
    assert NAME not in text
    assert EMAIL not in text
    assert draft.number in " ".join(page_texts(draft.data))
    sent = orders(at, number)["Web shop"]
    assert (sent.state, sent.values["sent_on"]) == ("sent", TODAY)


@pytest.mark.parametrize(
    ("kind", "ground"),
    [("system", "internal management plan"), ("processor", "processing contract")],
)
def test_an_order_cites_what_binds_the_place(at: Office, kind: str, ground: str) -> None:
    shop = at.shop.ref
    at.desk.service("places").update(shop, {"kind": kind, "processor": "Sample Ltd"})
    number = request(at, "access")
    act(at, number, "orders")

    text = words_of(at, orders(at, number)["Web shop"].ref)
    assert ground in text
    assert ("processing contract" in text) == (kind == "processor")


def test_no_number_of_ours_is_called_one_of_the_place(at: Office) -> None:
    with at.desk.change() as change:
        known = pack_sources({at.shop.ref: "W-77"})
        at.desk.vault.payloads.put(PEOPLE, at.number, {SLOT_SOURCES: known})
        change.note("record.changed", "subjects", at.number, fields=("source_ids",))
    number = request(at, "access")
    act(at, number, "orders")

    shop = words_of(at, orders(at, number)["Web shop"].ref)
    assert "Number of the person at your place" in shop
    assert "W-77" in shop
    assert at.person.ref not in shop
    centre = words_of(at, orders(at, number)["Call centre"].ref)
    assert "Number of the person at your place" not in centre
    assert "W-77 at Web shop" in centre
    assert f"{at.person.ref} (our number; ask us who it is)" in centre


def words_of(at: Office, order: str) -> str:
    """Return the words of the draft of an order."""
    data = issuing.draft(at.desk, "retrieval", order, "en").data
    return " ".join(" ".join(page_texts(data)).split())


def test_the_look_for_an_order_is_journalled_with_the_request(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    order = orders(at, number)["Web shop"]
    issuing.draft(at.desk, "retrieval", order.ref, "ko")

    looks = [e for e in at.desk.service("retrievals").history(order.ref) if "looked" in e.action]
    assert ref(at, number) in [e.reason for e in looks]


def test_a_reply_with_the_known_values_closes_the_order(at: Office, tmp_path: Path) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    order = orders(at, number)["Web shop"]
    file = written(tmp_path / "sent.csv", f"{NAME},{EMAIL}\n")

    state = reply(at, order, holds=f"E-mail: {EMAIL}\nremarks: vip", data=file)

    row = orders(at, number)["Web shop"]
    assert (state, row.state, row.values["differing"]) == ("answered", "answered", ())
    kept = attachments.read(at.desk.vault, str(row.values["data"]))
    assert kept.decode() == f"{NAME},{EMAIL}\n"


def test_another_value_than_the_vault_knows_waits_for_a_reason(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    order = orders(at, number)["Call centre"]

    assert reply(at, order, holds=f"email = {NEW_EMAIL}") == "differs"
    row = orders(at, number)["Call centre"]
    assert row.titles["differing"] == "E-mail"
    with pytest.raises(InvalidValueError):
        at.desk.service("retrievals").act("accept", [order.ref], {"reason": ""})

    at.desk.service("retrievals").act("accept", [order.ref], {"reason": "typed by hand there"})
    (row,) = at.desk.service("retrievals").rows([order.id], reveal=True)
    assert (row.state, row.values["why"]) == ("accepted", "typed by hand there")


def test_a_place_that_holds_nothing_against_the_register_is_asked_why(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")

    assert reply(at, orders(at, number)["Archive"], "nothing") == "differs"


def test_a_closed_order_takes_no_second_reply(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    order = orders(at, number)["Web shop"]
    reply(at, order)

    with pytest.raises(rules.OrderStateError):
        reply(at, order)


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (date(2026, 11, 22), answering.RepliedEarlierError),  # a day before it was drawn up
        (date(2026, 11, 24), answering.RepliedLaterError),  # tomorrow
    ],
)
def test_the_day_of_a_reply_lies_between_order_and_today(
    at: Office, day: date, error: type[Exception]
) -> None:
    number = request(at, "access")
    act(at, number, "orders")

    with pytest.raises(error):
        reply(at, orders(at, number)["Web shop"], on=day)
    assert reply(at, orders(at, number)["Web shop"], on=TODAY) == "answered"


def test_a_late_place_is_chased_from_the_day_after(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    order = orders(at, number)["Web shop"]
    for other in ("Call centre", "Archive"):
        reply(at, orders(at, number)[other])
    issuing.issue(at.desk, "retrieval", order.ref, "en")

    ((_ref, on_the_day, due),) = findings(at.desk, date(2026, 11, 30))
    assert "has still to reply" in on_the_day
    assert due == date(2026, 11, 30)
    ((_ref, after, _due),) = findings(at.desk, date(2026, 12, 1))
    assert "days late" in after

    at.desk.clock = FixedClock(datetime(2026, 12, 2, 1, tzinfo=UTC))
    assert reply(at, order) == "answered"
    assert findings(at.desk, date(2026, 12, 3)) == []


def test_cancelled_orders_are_not_chased(at: Office) -> None:
    number = request(at, "access")
    act(at, number, "orders")
    refs = [row.ref for row in orders(at, number).values()]
    at.desk.service("retrievals").act("cancel", refs, {"reason": "taken back"})

    assert {row.state for row in orders(at, number).values()} == {"cancelled"}
    assert findings(at.desk, date(2026, 12, 24)) == []
