"""A declared restore waits for another officer’s signature in the journal, whatever is written."""

from __future__ import annotations

import base64
import shutil

import pytest

from privdesk.flows import declarations, declaring, proving
from privdesk.flows.declaring import DeclaredWaitsError, Then
from privdesk.flows.opening import desk_to_prove
from privdesk.journal.log import Note
from privdesk.vault import crypto, opening
from privdesk.vault.epoch import EpochStore
from tests.copies import MANAGER, PASSPHRASES, open_as
from tests.desks import ALICE, BORA
from tests.flows.test_restoring import LATER, Office, declare, office, second, then

__all__ = ["office", "then"]


def test_an_emptied_value_opens_no_declared_restore_to_anybody(office: Office, then: Then) -> None:
    """Whoever has REGISTER can write it, first of all the officer who declared the restore."""
    declare(office, then)
    desk = second(office, ALICE)
    with desk.vault.transaction():
        desk.vault.raw.execute("UPDATE meta SET value = '' WHERE name LIKE 'declared%'")
    faults = [proving.fault_in_words(one) for one in proving.prove_journal(desk).faults]
    assert [fault.partition(": ")[2] for fault in faults] == [declarations.UNAPPROVED]
    desk.vault.close()
    for name in PASSPHRASES:
        with pytest.raises(DeclaredWaitsError, match=ALICE):
            open_as(office.target, name, LATER)
    assert EpochStore(desk.vault.id).apart() is not None  # not taken for good
    assert EpochStore(desk.vault.id).current() != EpochStore(desk.vault.id).apart()

    with desk_to_prove(office.target, MANAGER, PASSPHRASES[MANAGER]) as proved:
        assert [f.what for f in proving.prove_journal(proved).faults] == [declarations.UNAPPROVED]

    desk = second(office)  # the honest way goes on
    declaring.approve(desk, lost=True)
    assert proving.prove_journal(desk).faults == ()
    desk.vault.close()
    open_as(office.target, clock=LATER).vault.close()
    assert EpochStore(desk.vault.id).apart() is None
    with desk_to_prove(office.target, MANAGER, PASSPHRASES[MANAGER]) as proved:
        assert proving.prove_journal(proved).faults == ()


@pytest.mark.parametrize("name", [ALICE, MANAGER])
def test_an_approval_in_the_journal_takes_the_signature_of_another_officer(
    office: Office, then: Then, name: str
) -> None:
    declare(office, then)
    desk = second(office, name)
    found = declarations.waiting(desk.vault)
    assert found is not None
    own = crypto.signer(desk.vault.unlocked.keys.signing).sign(found.message)
    told = {"approved": base64.b64encode(own).decode()}
    note = Note("vault.declared", details=told, rows_digest=found.entry.rows_digest)
    with desk.vault.transaction():
        desk.journal.append([note], desk.now())
        desk.vault.set_meta("declared", "")
    assert declarations.waiting(desk.vault) == found
    desk.vault.close()
    with pytest.raises(DeclaredWaitsError):
        open_as(office.target, BORA, LATER)


def test_where_an_officer_switched_the_rule_of_two_off_she_approves_it_herself(
    office: Office, then: Then
) -> None:
    declare(office, then)
    desk = second(office, ALICE)
    desk.set_setting("two_officers", value=False)
    assert declaring.may_approve(desk.vault)
    declaring.approve(desk, lost=True)
    desk.set_setting("two_officers", value=True)  # what was approved stays so
    assert declarations.waiting(desk.vault) is None
    desk.vault.close()


def test_an_approval_is_of_one_restore_and_of_no_other_of_the_same_backup(
    office: Office, then: Then
) -> None:
    """Her signature from a restore that she approved once opens no second one."""
    shutil.rmtree(EpochStore(opening.look(office.vault).vault).folder)
    declare(office, then)
    desk = second(office)
    declaring.approve(desk)
    approval = desk.journal.newest(100)
    (entry,) = (e for e in approval if e.action == declarations.ACTION and e.person != 1)
    approved = desk.journal.details(entry)
    desk.vault.close()
    shutil.rmtree(office.target)
    shutil.rmtree(EpochStore(desk.vault.id).folder)

    declare(office, then)
    desk = second(office, ALICE)
    found = declarations.waiting(desk.vault)
    assert found is not None
    note = Note(declarations.ACTION, details=approved, rows_digest=found.entry.rows_digest)
    with desk.vault.transaction():
        desk.journal.append([note], desk.now())
        desk.vault.raw.execute(
            "UPDATE journal SET person = ? WHERE number = (SELECT max(number) FROM journal)",
            (entry.person,),
        )
    assert declarations.waiting(desk.vault) == found
    desk.vault.close()
