"""Executing: what was approved and no more; a person wholly, or an item nobody needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.i18n import words
from privdesk.documents.preview import page_texts
from privdesk.flows import choosing, destroying, destruction, issuing
from privdesk.flows.case import Case
from privdesk.flows.choosing import NothingToDestroyError
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import rules
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault import roll
from privdesk.vault.payloads import unpack_keys
from tests.copies import open_as, switch_to
from tests.desks import BORA
from tests.flows.folk import (
    BOTH,
    BOTH_TOO,
    DUE,
    LIVING,
    answered,
    called,
    destroyed,
    names,
    only_holding,
    purposes,
    request,
    standing,
    take,
    write,
)


@pytest.mark.parametrize("state", ["requested", "cancelled", "complete"])
def test_only_what_is_approved_is_executed(
    filled: Desk, key: Path, vault: Path, state: str
) -> None:
    desk = filled
    if state == "complete":
        desk, done = destroyed(desk, vault, key)
        ref = done.ref
    else:
        ref = request(desk)
    if state == "cancelled":
        desk.service("destructions").cancel([ref], reason="a mistake")
    before = names(desk)

    with pytest.raises((rules.WrongStateError, destruction.ExecutedAlreadyError)):
        destruction.execute(desk, ref, key.with_name("again.key"))
    assert names(desk) == before
    desk.vault.close()


def test_a_hold_set_after_the_approval_keeps_the_person(filled: Desk, key: Path) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    holding = only_holding(desk, DUE[0])
    desk.service("holdings").set_hold([desk.ref("holdings", holding)], reason="a lawsuit")
    destruction.execute(desk, ref, key)
    row = desk.service("destructions").get(ref)

    assert DUE[0].name in names(desk)
    assert called(desk, DUE[0]).values["phone"] == DUE[0].phone
    assert not {p.name for p in DUE[1:]} & names(desk)
    assert row.values["digest"] != row.values["digest_executed"]
    assert (row.values["holdings"], row.values["destroyed"]) == (5, 4)
    number = desk.service("destructions").number(ref)
    executed = [h for h, _s, _w in desk.service("destructions").chosen(number)]
    digest = choosing.digest_of(executed, None, 0)
    assert digest == row.values["digest_executed"]
    desk.vault.close()


def test_a_law_that_keeps_somebody_since_the_approval_keeps_her(filled: Desk, key: Path) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    holding = only_holding(desk, DUE[0])
    desk.service("holdings").keep(
        [desk.ref("holdings", holding)], law="Commercial Act", until=date(2030, 1, 1)
    )
    destruction.execute(desk, ref, key)

    assert DUE[0].name in names(desk)
    desk.vault.close()


def test_when_everybody_is_held_nothing_is_executed(filled: Desk, key: Path) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    holdings = desk.service("holdings")
    everything = [h for each in holdings.of_subjects(range(1, 1000)).values() for h in each]
    holdings.set_hold([desk.ref("holdings", h) for h in everything], reason="a lawsuit")

    with pytest.raises(NothingToDestroyError):
        destruction.execute(desk, ref, key)
    assert standing(desk, ref)["state"] == "approved"
    assert roll.state(desk.vault) == "done"
    desk.vault.close()


def test_nobody_beyond_what_was_approved_is_executed(filled: Desk) -> None:
    desk = filled
    with pytest.raises(rules.NotApprovedError):
        rules.require_approved({1, 2}, [2, 3])
    ref = request(desk)
    number = desk.service("destructions").number(ref)
    take(desk, write(desk.vault.folder.parent / "more.csv", LIVING[0]))

    with desk.change() as change:
        lines = destroying.recheck(change, number, Progress())
        change.note("destruction.state", "destructions", number)
    approved = {h for h, _s, _w in desk.service("destructions").chosen(number)}
    assert {line.holding for line in lines} <= approved


def test_somebody_without_any_holding_can_be_destroyed_by_reference(
    filled: Desk, key: Path, vault: Path
) -> None:
    desk = filled
    row = desk.service("subjects").create({"name": "설미르", "phone": "010-9999-1234"})
    desk, _done = destroyed(desk, vault, key, refs=[row.ref])

    assert "설미르" not in names(desk)
    assert desk.service("subjects").rows([row.id])[0].state == "destroyed"
    desk.vault.close()


def test_who_was_destroyed_since_the_approval_is_not_destroyed_again(
    filled: Desk, key: Path, vault: Path
) -> None:
    desk = filled
    row = desk.service("subjects").create({"name": "설미르"})
    first = destruction.request(desk, refs=[row.ref], reason="asked for it")
    second = destruction.request(desk, refs=[row.ref, called(desk, DUE[0]).ref], reason="again")
    desk = switch_to(desk, BORA)
    for ref in (first, second):
        destruction.approve(desk, ref)
        destruction.execute(desk, ref, key.with_name(f"{ref}.key"))

    number = desk.service("subjects").number(row.ref)
    sql = "SELECT certificate FROM subjects WHERE id = ?"
    assert desk.vault.raw.execute(sql, (number,)).fetchone()[0] == first
    assert desk.service("destructions").get(second).values["tombstones"] == 1
    desk.vault.close()


def test_an_item_stays_while_any_living_holding_needs_it(
    filled: Desk, key: Path, vault: Path
) -> None:
    """Her e-mail address and name are for the newsletter too, her telephone number is not."""
    desk = filled
    desk, _done = destroyed(desk, vault, key)
    row = called(desk, BOTH)

    assert (row.values["name"], row.values["email"]) == (BOTH.name, BOTH.email)
    assert not row.values.get("phone")
    assert row.state == "living"
    number = desk.service("subjects").number(row.ref)
    keys = desk.vault.payloads._body("keys_people.keys", number)
    slots = {f.slot for f in desk.service("subjects").item_fields() if f.name == "phone"}
    assert not slots & set(unpack_keys(keys))
    desk.vault.close()


def test_the_next_list_does_not_bring_back_the_part_that_was_destroyed(
    filled: Desk, key: Path, vault: Path
) -> None:
    desk = filled
    desk, _done = destroyed(desk, vault, key)
    report = take(desk, write(vault.parent / "again.csv", BOTH, BOTH_TOO))
    row = called(desk, BOTH)

    assert (report.blocked, report.unchanged) == (1, 1)
    assert not row.values.get("phone")
    assert len(desk.service("holdings").of_subjects([row.id])[row.id]) == 1
    desk.vault.close()


def test_who_comes_back_later_is_taken_in_again(filled: Desk, key: Path, vault: Path) -> None:
    """Collected after the destruction: another contract, another consent."""
    desk = filled
    desk, _done = destroyed(desk, vault, key)
    again = replace(BOTH, collected_on="2026-11-23")
    report = take(desk, write(vault.parent / "again.csv", again))

    assert (report.blocked, report.changed) == (0, 1)
    assert called(desk, BOTH).values["phone"] == BOTH.phone
    desk.vault.close()


def counted(desk: Desk, people: int = 48) -> str:
    purposes(desk)
    place = desk.service("places").create({"name": "Archive", "kind": "archive", "medium": "paper"})
    row = desk.service("files").create(
        {"name": "Paper forms", "purpose": "Delivery", "place": place.ref, "holds": "count",
         "people": people}
    )  # fmt: skip
    return str(row.ref)


def test_a_file_held_by_count_is_destroyed_by_order_and_answer_alone(
    vault: Path, key: Path
) -> None:
    desk = open_as(vault)
    file = counted(desk)
    desk, done = destroyed(desk, vault, key, file=file)
    (order,) = destruction.status(desk, done.ref)[0]["places"]
    assert (order["expected"], order["state"]) == (48, "open")
    assert done.state == "backups_closed"

    answered(desk, done.ref)
    assert standing(desk, done.ref)["state"] == "complete"
    assert desk.service("files").get(file).state == "destroyed"
    desk.vault.close()


def test_the_register_says_when_a_file_held_by_count_was_due(vault: Path, key: Path) -> None:
    desk = open_as(vault)
    file = counted(desk)
    desk.service("files").update(file, {"collected_to": date(2019, 3, 31)})
    due = desk.service("files").get(file).values["due_on"]
    assert due is not None
    desk, done = destroyed(desk, vault, key, file=file)

    (line,) = Case(desk, done.ref, "en").register_lines(words("en"))
    assert (line.due_on, line.count) == (due, 48)
    text = "".join(page_texts(issuing.issue(desk, "d2", None, "en").data))
    assert due.isoformat() in "".join(text.split())
    desk.vault.close()


def test_cancel_counts_in_the_middle_of_the_check(filled: Desk) -> None:
    """A large set takes a while to look at again; nobody has to wait for its end."""
    desk = filled
    number = desk.service("destructions").number(request(desk))
    progress = Progress()
    progress.stop()

    with pytest.raises(Cancelled), desk.change() as change:
        destroying.recheck(change, number, progress)
    desk.vault.close()
