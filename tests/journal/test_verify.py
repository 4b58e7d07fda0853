"""Verifying: what was altered, left out, doubled, reordered or cut is found, and by its number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from privdesk.journal import checkpoint, verify
from privdesk.journal.log import Note
from privdesk.journal.merkle import Frontier, leaf_hash
from privdesk.registers.desk import Desk
from privdesk.vault import crypto
from privdesk.vault.crypto import KeyPair
from tests.copies import AUDITOR, switch_to
from tests.desks import ALICE, BORA


def faults(desk: Desk) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for fault in verify.verify(desk.vault).faults:
        found.setdefault(fault.entry, []).append(fault.what)
    return found


def spoil(desk: Desk, *statements: str) -> None:
    with desk.vault.transaction():
        for statement in statements:
            desk.vault.raw.execute(statement)


def fill(desk: Desk, entries: int = 6) -> int:
    """Add entries, one transaction each; return the size of the journal."""
    for n in range(entries):
        with desk.change() as change:
            change.note("record.changed", "places", None, reason=f"reason {n}")
    return desk.journal.frontier().size


def test_a_journal_as_it_was_written_is_whole(desk: Desk) -> None:
    size = fill(desk)
    found = verify.verify(desk.vault)

    assert found.faults == ()
    assert found.entries == size
    assert found.heads > 6


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-11-22T00:00:00.000000+00:00'",
        "person = 2",
        "workstation = 'elsewhere'",
        "action = 'record.looked'",
        "register = 'subjects'",
        "record = 77",
        "ref = 'S-1-7'",
        "case_ref = 'R-1'",
        "fields = '[\"name\"]'",
        "fields = 'nonsense'",
        "fields = '7'",
        "count = 2",
        "rows_digest = 'ab'",
        "details = 1",
        "details_digest = 'ab'",
        "leaf = x'00'",
    ],
)
def test_an_altered_entry_is_found(desk: Desk, change: str) -> None:
    last = fill(desk)
    spoil(desk, f"UPDATE journal SET {change} WHERE number = {last - 3}")

    assert verify.ALTERED in faults(desk)[last - 3]


def test_an_entry_rewritten_with_its_leaf_breaks_the_signatures(desk: Desk) -> None:
    """Somebody who computes the leaf as well cannot sign the heads behind it."""
    last = fill(desk)
    number = last - 3
    spoil(desk, f"UPDATE journal SET workstation = 'elsewhere' WHERE number = {number}")
    entry = desk.journal.entries(number - 1, 1)[0]
    leaf = leaf_hash(entry.canonical())
    with desk.vault.transaction():
        desk.vault.raw.execute("UPDATE journal SET leaf = ? WHERE number = ?", (leaf, number))

    found = faults(desk)
    assert found[number] == [verify.SIGNATURE]
    assert verify.SIGNATURE in found[last - 1]


def test_a_missing_entry_is_found(desk: Desk) -> None:
    last = fill(desk)
    spoil(desk, f"DELETE FROM journal WHERE number = {last - 3}")

    assert faults(desk) == {last - 3: [verify.MISSING]}


def test_what_was_altered_behind_a_missing_entry_is_named_too(desk: Desk) -> None:
    last = fill(desk)
    spoil(
        desk,
        f"DELETE FROM journal WHERE number IN ({last - 4}, {last - 3})",
        f"UPDATE journal SET workstation = 'elsewhere' WHERE number = {last - 1}",
    )

    assert faults(desk) == {last - 4: [verify.MISSING], last - 1: [verify.ALTERED]}
    assert verify.verify(desk.vault).faults[0].numbers == f"{last - 4}–{last - 3}"


def test_a_missing_entry_whose_gap_was_closed_is_found(desk: Desk) -> None:
    last = fill(desk)
    spoil(
        desk,
        f"DELETE FROM journal WHERE number = {last - 3}",
        f"UPDATE journal SET number = number - 1 WHERE number > {last - 3}",
    )

    assert faults(desk)[last - 3][0] == verify.MISSING
    assert verify.ALTERED not in [what for found in faults(desk).values() for what in found]


def test_a_doubled_entry_is_found(desk: Desk) -> None:
    last = fill(desk)
    columns = [row[1] for row in desk.vault.raw.execute("PRAGMA main.table_info(journal)")]
    others = ", ".join(c for c in columns if c != "number")
    spoil(
        desk,
        f"UPDATE journal SET number = -number - 1 WHERE number > {last - 3}",
        "UPDATE journal SET number = -number WHERE number < 0",
        f"INSERT INTO journal (number, {others}) SELECT number + 1, {others} FROM journal"
        f" WHERE number = {last - 3}",
    )

    assert faults(desk)[last - 2][0] == verify.DOUBLED


def test_the_same_done_twice_in_one_moment_is_no_fault(desk: Desk) -> None:
    with desk.change() as change:
        for _time in range(2):
            change.note("record.changed", "places")

    assert faults(desk) == {}


def test_reordered_entries_are_found(desk: Desk) -> None:
    last = fill(desk)
    spoil(
        desk,
        f"UPDATE journal SET number = -1 WHERE number = {last - 3}",
        f"UPDATE journal SET number = {last - 3} WHERE number = {last - 2}",
        f"UPDATE journal SET number = {last - 2} WHERE number = -1",
    )

    found = faults(desk)
    assert found[last - 3][0] == verify.MOVED
    assert found[last - 2][0] in (verify.MOVED, verify.DOUBLED)


def test_a_journal_cut_at_its_end_is_found(desk: Desk) -> None:
    last = fill(desk)
    spoil(desk, f"DELETE FROM journal WHERE number >= {last - 2}")

    assert faults(desk) == {last - 2: [verify.CUT]}
    assert verify.verify(desk.vault).faults[0].numbers == f"{last - 2}–{last}"


def cut_back(desk: Desk, size: int) -> None:
    """Cut a journal as somebody would who knows how it is built: heads and frontier too."""
    frontier = Frontier()
    for entry in desk.journal.entries(0, size):
        frontier.add(leaf_hash(entry.canonical()))
    with desk.vault.transaction():
        raw = desk.vault.raw
        raw.execute("DELETE FROM journal WHERE number > ?", (size,))
        raw.execute("DELETE FROM journal_heads WHERE size > ?", (size,))
        raw.execute("UPDATE journal_frontier SET body = ?", (frontier.to_bytes(),))


def test_a_journal_cut_back_with_care_is_betrayed_by_a_printed_checkpoint(desk: Desk) -> None:
    size = fill(desk)
    printed = checkpoint.parse(desk.journal.checkpoint().text())
    assert verify.verify(desk.vault, printed).contains_checkpoint

    cut_back(desk, size - 2)

    found = verify.verify(desk.vault, printed)
    assert found.faults == ()
    assert found.contains_checkpoint is False
    assert found.missing == verify.Fault(size - 1, verify.CUT, size)


def test_a_journal_signed_anew_by_another_officer_is_betrayed_twice(desk: Desk) -> None:
    """Her own key fits no entry of somebody else, and no paper fits what she made of it."""
    last = fill(desk)
    printed = desk.journal.checkpoint()
    desk = switch_to(desk, BORA)
    raw, frontier = desk.vault.raw, Frontier()
    with desk.vault.transaction():
        raw.execute("UPDATE journal SET workstation = 'elsewhere' WHERE number = ?", (last - 2,))
        raw.execute("DELETE FROM journal_heads WHERE size >= ?", (last - 2,))
        for entry in desk.journal.entries(0, last + 5):
            frontier.add(leaf := leaf_hash(entry.canonical()))
            raw.execute("UPDATE journal SET leaf = ? WHERE number = ?", (leaf, entry.number))
            if entry.number >= last - 2:
                desk.journal._sign(frontier)
        raw.execute("UPDATE journal_frontier SET body = ?", (frontier.to_bytes(),))

    found = verify.verify(desk.vault, printed)
    assert {f.entry: f.what for f in found.faults} == dict.fromkeys(
        range(last - 2, last + 1), verify.FOREIGN
    )
    assert found.missing == verify.Fault(last - 2, verify.FOREIGN)
    desk.vault.close()


def test_a_journal_its_own_officer_wrote_anew_is_betrayed_by_paper_alone(desk: Desk) -> None:
    last = fill(desk)
    printed, raw, frontier = desk.journal.checkpoint(), desk.vault.raw, Frontier()
    with desk.vault.transaction():
        raw.execute("UPDATE journal SET workstation = 'elsewhere' WHERE number = ?", (last - 2,))
        raw.execute("DELETE FROM journal_heads WHERE size >= ?", (last - 2,))
        for entry in desk.journal.entries(0, last):
            frontier.add(leaf := leaf_hash(entry.canonical()))
            raw.execute("UPDATE journal SET leaf = ? WHERE number = ?", (leaf, entry.number))
            if entry.number >= last - 2:
                desk.journal._sign(frontier)
        raw.execute("UPDATE journal_frontier SET body = ?", (frontier.to_bytes(),))

    found = verify.verify(desk.vault, printed)
    assert found.faults == ()
    assert found.missing == verify.Fault(1, verify.REWRITTEN, last)


def test_a_journal_cut_in_the_middle_of_a_transaction_is_not_signed(desk: Desk) -> None:
    fill(desk)
    with desk.change() as change:
        change.note("record.changed", "places")
        change.note("record.changed", "places")
    cut_back(desk, desk.journal.frontier().size - 1)

    assert [verify.UNSIGNED] in faults(desk).values()


def test_a_printed_checkpoint_is_contained_whatever_comes_after_it(desk: Desk) -> None:
    printed = checkpoint.parse(desk.journal.checkpoint().text())
    assert printed is not None
    fill(desk)
    desk = switch_to(desk, BORA)
    fill(desk)

    assert verify.verify(desk.vault, printed).contains_checkpoint is True
    desk.vault.close()


@pytest.mark.parametrize(
    "change",
    [{"size": 3}, {"root": b"\1" * 32}, {"vault": "0" * 32}, {"person": 2}, {"signature": b""}],
)
def test_a_checkpoint_of_another_journal_is_not_contained(
    desk: Desk, change: dict[str, object]
) -> None:
    fill(desk)
    forged = replace(desk.journal.checkpoint(), **change)  # type: ignore[arg-type]

    assert verify.verify(desk.vault, forged).contains_checkpoint is False


def test_a_bad_signature_is_found(desk: Desk) -> None:
    last = fill(desk)
    spoil(desk, f"UPDATE journal_heads SET signature = zeroblob(64) WHERE size = {last - 2}")

    assert faults(desk) == {last - 2: [verify.SIGNATURE]}


def test_a_head_signed_by_somebody_unknown_is_found(desk: Desk) -> None:
    last = fill(desk)
    spoil(desk, f"UPDATE journal_heads SET person = 99 WHERE size = {last}")

    assert verify.SIGNATURE in faults(desk)[last]


def test_a_head_signed_by_an_officer_whom_no_officer_enrolled_is_found(desk: Desk) -> None:
    """An administrator can write former people of any name and key into the header."""
    last = fill(desk)
    head, false = desk.vault.header, KeyPair.fresh()
    never = replace(desk.vault.person, id=99, name="Never", active=False, sealed={})
    never = replace(never, exchange=false.exchange_public, signing=false.signing_public)
    desk.vault.header = head.with_person(never)
    signed = crypto.signer(false.signing).sign(desk.journal.checkpoint().body)
    with desk.vault.transaction():
        desk.vault.raw.execute(
            "UPDATE journal_heads SET person = 99, signature = ? WHERE size = ?", (signed, last)
        )

    assert verify.SIGNATURE in faults(desk)[last]
    desk.vault.header = head.with_person(replace(never, role="manager"))
    assert verify.SIGNATURE not in faults(desk)[last]  # only that it is another's entry


def test_an_entry_in_anothers_name_is_found(desk: Desk) -> None:
    """A manager signs with her own key; she cannot write that an officer did it."""
    last = fill(desk)
    bora = desk.vault.header.person(BORA)
    assert bora is not None
    frontier = desk.journal.frontier()
    note = Note("record.changed", "places")
    entry = desk.journal._entry(last + 1, desk.now().isoformat(timespec="microseconds"), note)
    object.__setattr__(entry, "person", bora.id)
    with desk.vault.transaction():
        leaf = leaf_hash(entry.canonical())
        frontier.add(leaf)
        desk.vault.raw.execute(
            "INSERT INTO journal (number, at, person, workstation, action, register, record, ref,"
            " case_ref, fields, count, rows_digest, details, details_digest, leaf)"
            " VALUES (?, ?, ?, ?, ?, ?, NULL, '', '', '[]', 1, '', NULL, '', ?)",
            (last + 1, entry.at, bora.id, entry.workstation, entry.action, entry.register, leaf),
        )
        desk.vault.raw.execute("UPDATE journal_frontier SET body = ?", (frontier.to_bytes(),))
        desk.journal._sign(frontier)

    assert faults(desk) == {last + 1: [verify.FOREIGN]}


def test_altered_details_are_found_and_destroyed_ones_are_no_fault(desk: Desk) -> None:
    last = fill(desk)
    first, second = desk.journal.entries(last - 2, 2)
    with desk.vault.transaction():
        desk.vault.payloads.put("keys_office", first.details or 0, {1: '{"reason": "another"}'})
        desk.vault.payloads.drop("keys_office", second.details or 0)

    assert faults(desk) == {last - 1: [verify.DETAILS]}
    assert desk.journal.details(second) == {}


@pytest.mark.parametrize("body", ["x'00'", "zeroblob(40)"])
def test_a_spoiled_frontier_is_found(desk: Desk, body: str) -> None:
    last = fill(desk)
    spoil(desk, f"UPDATE journal_frontier SET body = {body}")

    assert faults(desk) == {last: [verify.FRONTIER]}


def test_an_auditor_can_verify_with_her_own_keys(desk: Desk) -> None:
    fill(desk)
    desk = switch_to(desk, AUDITOR)

    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_a_checkpoint_is_signed_by_the_person_it_names(desk: Desk) -> None:
    fill(desk, 1)
    newest = desk.journal.checkpoint()
    alice = desk.vault.header.person(ALICE)
    assert alice is not None

    assert newest.person == alice.id
    assert crypto.signed(alice.signing, newest.signature, newest.body)
