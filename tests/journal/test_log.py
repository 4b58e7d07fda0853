"""Entries: every change has one, never earlier than the last, with names of fields, not values."""

from __future__ import annotations

from datetime import timedelta

import pytest

from privdesk.core.clock import FixedClock
from privdesk.journal.actions import ACTIONS, UnregisteredActionError
from privdesk.journal.log import row_digest
from privdesk.registers.desk import Desk, UnjournalledChangeError
from tests.copies import MANAGER, open_as, switch_to
from tests.desks import NOON

NAME = "문가람"


def size(desk: Desk) -> int:
    return desk.journal.frontier().size


def test_a_change_without_a_note_is_taken_back(desk: Desk) -> None:
    before = size(desk)

    def silent() -> None:
        with desk.change():
            desk.vault.set_meta("x", "1")

    with pytest.raises(UnjournalledChangeError):
        silent()
    assert desk.vault.meta("x") is None
    assert size(desk) == before


def test_an_unregistered_action_raises_and_takes_the_change_back(desk: Desk) -> None:
    before = size(desk)

    def unheard() -> None:
        with desk.change() as change:
            desk.vault.set_meta("x", "1")
            change.note("record.borrowed", "places")

    with pytest.raises(UnregisteredActionError, match="borrowed"):
        unheard()
    assert desk.vault.meta("x") is None
    assert size(desk) == before
    assert "record.borrowed" not in ACTIONS


def test_an_entry_names_fields_never_values(desk: Desk) -> None:
    row = desk.service("subjects").create({"name": NAME, "phone": "010-4821-7733"})
    entry = desk.journal.newest(1)[0]

    assert entry.action == "record.created"
    assert set(entry.fields) >= {"name", "phone"}
    assert entry.ref == row.ref
    assert NAME not in entry.canonical().decode()
    assert "4821" not in entry.canonical().decode()


def test_a_look_at_a_person_is_an_entry_with_its_reason(desk: Desk) -> None:
    row = desk.service("subjects").create({"name": NAME})
    desk.service("subjects").get(row.ref, reveal="a call from her")
    entry = desk.journal.newest(1)[0]

    assert entry.action == "record.looked"
    assert desk.journal.details(entry) == {"reason": "a call from her"}
    assert "a call" not in entry.canonical().decode()


def test_the_reason_is_sealed_but_open_to_the_office(desk: Desk) -> None:
    row = desk.service("subjects").create({"name": NAME})
    desk.service("subjects").get(row.ref, reveal="a call from her")
    desk = switch_to(desk, MANAGER)
    looked = next(e for e in desk.journal.newest(5) if e.action == "record.looked")

    assert desk.journal.details(looked) == {"reason": "a call from her"}
    desk.vault.close()


def test_a_masked_page_is_no_look(desk: Desk) -> None:
    row = desk.service("subjects").create({"name": NAME})
    before = size(desk)
    desk.service("subjects").get(row.ref)

    assert size(desk) == before


def clock_of(desk: Desk) -> FixedClock:
    assert isinstance(desk.clock, FixedClock)
    return desk.clock


def test_an_entry_is_never_earlier_than_the_one_before_it(desk: Desk) -> None:
    clock_of(desk).advance(timedelta(days=-30))
    desk.set_setting("x", 1)
    entries = desk.journal.newest(10)

    assert [e.at for e in entries] == sorted((e.at for e in entries), reverse=True)
    assert desk.today() == (NOON + timedelta(hours=9)).date()
    assert desk.now() == desk.journal.last_at()


def test_a_clock_set_back_is_itself_an_entry_once_for_each_step_back(desk: Desk) -> None:
    clock_of(desk).advance(timedelta(hours=-5))
    desk.set_setting("x", 1)
    desk.set_setting("x", 2)
    clock_of(desk).advance(timedelta(hours=-1))
    desk.set_setting("x", 3)
    actions = [e.action for e in desk.journal.newest(5)][::-1]

    assert actions == ["vault.clock", "vault.setting", "vault.setting", "vault.clock",
                       "vault.setting"]  # fmt: skip


def test_a_clock_set_back_while_the_vault_was_closed_is_an_entry_too(desk: Desk) -> None:
    folder = desk.vault.folder
    desk.vault.close()
    desk = open_as(folder, clock=FixedClock(NOON - timedelta(days=3)))
    entries = {e.action: e for e in desk.journal.newest(3)}

    assert desk.journal.details(entries["vault.clock"]) == {"reason": "259200 s"}
    desk.vault.close()


def test_a_clock_that_goes_on_is_no_entry(desk: Desk) -> None:
    clock_of(desk).advance(timedelta(days=3))
    desk.set_setting("x", 1)

    assert [e.action for e in desk.journal.newest(1)] == ["vault.setting"]
    assert desk.journal.last_at() == NOON + timedelta(days=3)


def test_one_transaction_is_signed_once_however_many_entries_it_has(desk: Desk) -> None:
    heads = "SELECT count(*) FROM journal_heads"
    before = desk.vault.raw.execute(heads).fetchone()[0]
    with desk.change() as change:
        for _ in range(5):
            change.note("record.changed", "places")

    assert desk.vault.raw.execute(heads).fetchone()[0] == before + 1


def test_the_history_of_a_record_is_its_own_newest_first(desk: Desk) -> None:
    places = desk.service("places")
    shop = places.create({"name": "Web shop", "kind": "system", "medium": "electronic"})
    places.create({"name": "Archive", "kind": "archive", "medium": "paper"})
    places.update(shop.ref, {"name": "Shop on the web"})

    actions = [event.action for event in places.history(shop.ref)]
    assert actions == ["record.changed", "record.created"]


def test_bulk_work_folds_in_a_hash_of_each_row() -> None:
    rows = [b"one", b"two", b"three"]

    assert row_digest(rows) != row_digest(rows[::-1])
    assert row_digest(rows) != row_digest([b"one", b"twothree"])
    assert row_digest(rows) == row_digest(iter(rows))
