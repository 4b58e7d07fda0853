"""A backup from before a roll, under the living keys: the dead stay dead, the rest comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from privdesk.core import references
from privdesk.core.clock import FixedClock
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.core.references import WrongCheckDigitError
from privdesk.core.register import Query
from privdesk.flows import declaring, destruction, issuing, laterpapers, people, restoring, rolling
from privdesk.flows.approvers import CustodyOfThenError
from privdesk.flows.declaring import (
    DeclarationSpoiltError,
    DeclaredWaitsError,
    LivingVaultError,
    NothingDeclaredError,
    OwnDeclarationError,
    Then,
)
from privdesk.flows.laterpapers import NobodyNamedError
from privdesk.flows.opening import open_desk, ready
from privdesk.flows.restoring import Live, StaleBackupError
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.vault import opening, rotation, slots
from privdesk.vault.epoch import EpochStore
from privdesk.vault.errors import (
    BackupDamagedError,
    DeclaredElsewhereError,
    StaleVaultError,
    VaultInUseError,
)
from privdesk.vault.header import Header
from privdesk.vault.reviving import ForeignLiveError, OlderLiveError, StaleLiveError
from privdesk.vault.session import Unlocked
from tests.copies import AUDITOR, MANAGER, PASSPHRASES, copy_office, open_as
from tests.desks import ALICE, BORA, NOON, make_desk
from tests.flows.folk import (
    BOTH,
    DUE,
    LIVING,
    TODAY,
    called,
    destroyed,
    fill,
    names,
    one,
    take,
    write,
)
from tests.flows.test_gone import VALUES, found
from tests.vault.traces import every_plaintext

LATER = FixedClock(NOON + timedelta(hours=2))
NEW_PHONE = "010-9999-1234"
TAKEN = ("destructions", "destruction_orders", "holdings")
NEWCOMER = one(40, "Delivery", "2026-11-02")


@dataclass
class Office:
    """A living vault, and a backup of it from before its people were destroyed."""

    vault: Path
    backup: Path
    target: Path
    withdrawn: str  # whose consent
    frozen: str
    corrected: str


def unlock(name: str, head: Header) -> Unlocked:
    return slots.unlock(head, name, PASSPHRASES[name])


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return an office in which a day's work was done since the backup."""
    vault = copy_office(tmp_path)
    (tmp_path / "safe").mkdir()
    desk = open_as(vault)
    fill(desk)
    who = [called(desk, p).ref for p in LIVING]
    purpose = desk.service("purposes").find(Query())[0].ref
    given = {"kind": "given", "subject": who[0], "purpose": purpose, "at": "2026-11-02"}
    consent = desk.service("consents").create(given)
    backup = rolling.backup_desk(desk, tmp_path / "old.pdbackup").path
    desk, _done = destroyed(desk, vault, tmp_path / "safe" / "custody.key")
    desk.service("consents").act("withdraw", [consent.ref], {"channel": "phone"})
    desk.service("requests").create({"kind": "access", "channel": "phone", "subject": who[1]})
    desk.service("freezes").create({"subject": who[1], "reason": "The number is wrong."})
    desk.service("subjects").update(who[2], {"phone": NEW_PHONE})
    take(desk, write(tmp_path / "list.csv", NEWCOMER))
    desk.vault.close()
    return Office(vault, backup, tmp_path / "again" / "office.privdesk", *who[:3])


def restore(office: Office, live: Path, name: str = ALICE) -> Desk:
    office.target.parent.mkdir(exist_ok=True)
    opened = partial(open_as, name=name, clock=LATER)
    restoring.restore(office.backup, office.target, opened, Live(live, partial(unlock, name)))
    return open_as(office.target, clock=LATER)


def waiting(desk: Desk) -> dict[str, list[str]]:
    """Return what waits to be entered again: kind, and whose or in which register."""
    rows: dict[str, list[str]] = {}
    for row in desk.service("reentries").find(Query(where={"state": "open"}, sort="id")):
        whose = row.values["about"] or f"{row.values['register']} {row.values['count']}"
        rows.setdefault(row.values["kind"], []).append(whose)
    return rows


def test_without_the_living_keys_it_does_not_open(office: Office) -> None:
    with pytest.raises(StaleBackupError, match="--live"):
        restoring.restore(office.backup, office.vault.with_name("x.privdesk"), open_as)


def test_who_was_destroyed_since_stays_destroyed_and_the_others_are_back(office: Office) -> None:
    desk = restore(office, office.vault)

    assert {p.name for p in LIVING} | {BOTH.name} <= names(desk)
    assert not names(desk) & {p.name for p in DUE}
    assert called(desk, LIVING[0]).values["phone"] == LIVING[0].phone
    assert found(VALUES, every_plaintext(desk.vault)) == []
    sql = "SELECT count(*) FROM subjects WHERE state = 'destroyed'"
    assert desk.vault.raw.execute(sql).fetchone()[0] == len(DUE)
    assert desk.vault.meta("epoch") == "2"
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_a_tombstone_names_the_certificate_that_the_living_register_knows(office: Office) -> None:
    desk = open_as(office.vault)
    sql = "SELECT id, certificate FROM subjects WHERE state = 'destroyed' ORDER BY id"
    told = desk.vault.raw.execute(sql).fetchall()
    desk.vault.close()

    desk = restore(office, office.vault)
    assert desk.vault.raw.execute(sql).fetchall() == told
    desk.vault.close()


def test_what_happened_since_waits_to_be_entered_again(office: Office) -> None:
    desk = restore(office, office.vault)

    found = waiting(desk)
    assert found["withdrawn"] == [office.withdrawn]
    assert found["frozen"] == [office.frozen]
    assert office.corrected in found["changed"]
    assert {"subjects 1", "holdings 1", "requests 1"} <= set(found["entered"])
    kinds = {f.what for f in desk_findings(desk) if f.rule == "restored"}
    assert len(kinds) == len(found)

    refs = [r.ref for r in desk.service("reentries").find(Query())]
    desk.service("reentries").act("done", refs, {})
    assert not [f for f in desk_findings(desk) if f.rule == "restored"]
    desk.vault.close()


def test_what_was_revoked_or_destroyed_since_is_neither_in_force_nor_back(
    office: Office, tmp_path: Path
) -> None:
    """Registers of other things than people: their ends are told, and what is gone stays gone."""
    desk = open_as(office.vault)
    place = desk.service("places").find(Query())[0].ref
    zone = desk.service("zones").create({"name": "Server room", "since": "2026-01-05"}).ref
    visits = desk.service("visits")
    visit = visits.create({"zone": zone, "name": "홍방문", "on": "2020-01-02", "entered": "10:00"})
    visits.act("leave", [visit.ref], {"at": "11:00", "on": "2020-01-02"})
    office.backup = rolling.backup_desk(desk, tmp_path / "later.pdbackup").path
    desk.service("places").update(place, {"owner": "Somebody else"})
    visits.act("expunge", [visit.ref], {})
    desk.vault.close()

    desk = restore(office, office.vault)
    (row,) = desk.service("visits").rows([visit.id])
    assert row.state == "destroyed"
    assert place in waiting(desk)["moved"]
    assert found(["홍방문"], every_plaintext(desk.vault)) == []
    desk.vault.close()


def test_a_certified_destruction_stays_executed(office: Office) -> None:
    """Also of somebody who stays for another purpose: that holding is not back."""
    desk = open_as(office.vault)
    sql = "SELECT id, state FROM {} WHERE state NOT IN ('active', 'due') ORDER BY id"
    before = {t: desk.vault.raw.execute(sql.format(t)).fetchall() for t in TAKEN}
    papers = [(r.ref, r.values["number"]) for r in desk.service("documents").find(Query(sort="id"))]
    desk.vault.close()

    desk = restore(office, office.vault)
    assert {t: desk.vault.raw.execute(sql.format(t)).fetchall() for t in TAKEN} == before
    found = [(r.ref, r.values["number"]) for r in desk.service("documents").find(Query(sort="id"))]
    assert found == papers
    (certificate,) = [
        r for r in desk.service("documents").find(Query()) if r.values["code"] == "d1"
    ]
    assert issuing.reprint(desk, certificate.ref, "audit").data.startswith(b"%PDF")
    assert "destructions" not in str(waiting(desk))
    desk.vault.close()


def test_a_living_file_older_than_the_backup_is_refused(office: Office, tmp_path: Path) -> None:
    desk = open_as(office.vault)
    older = rolling.backup_desk(desk, tmp_path / "older.pdbackup").path
    take(desk, write(tmp_path / "list.csv", one(60, "Delivery", "2026-11-02")))
    office.backup = rolling.backup_desk(desk, tmp_path / "newer.pdbackup").path
    desk.vault.close()

    with pytest.raises(OlderLiveError, match=older.name):
        restore(office, older)
    assert not office.target.exists()


def test_a_corrected_value_is_empty_and_neither_old_nor_new_is_shown(office: Office) -> None:
    desk = restore(office, office.vault)

    row = desk.service("subjects").get(office.corrected, reveal="phoned")
    assert row.values["name"] == LIVING[2].name
    assert not row.values["phone"]
    assert found([LIVING[2].phone, NEW_PHONE], every_plaintext(desk.vault)) == []
    desk.vault.close()


def test_the_journal_names_the_head_that_was_replaced(office: Office) -> None:
    desk = open_as(office.vault)
    desk.vault.close()
    desk = open_as(office.vault)
    size = desk.journal.frontier().size
    desk.vault.close()

    desk = restore(office, office.vault)
    entries = [e for e in desk.journal.newest(50) if e.action == "vault.restored"]
    told = desk.journal.details(entries[0])
    assert told["replaced"].split()[0] == str(size)
    assert told["file"] == office.backup.name
    desk.vault.close()


def test_what_waits_is_told_by_the_registers_title(office: Office) -> None:
    desk = restore(office, office.vault)
    rows = desk.service("reentries").find(Query())
    assert {row.titles.get("register") for row in rows if row.values["register"] == "requests"} == {
        "Requests"
    }
    desk.vault.close()


def test_a_paper_of_the_history_that_was_replaced_is_told_as_that(office: Office) -> None:
    desk = open_as(office.vault)
    printed = desk.journal.checkpoint()
    desk.vault.close()
    desk = restore(office, office.vault)
    while desk.journal.frontier().size < printed.size:
        desk.service("places").create({"name": f"Place {desk.journal.frontier().size}"})
    found = verify.verify(desk.vault, printed)

    assert (found.faults, found.contains_checkpoint) == ((), False)
    assert found.missing is not None
    assert found.missing.what == verify.RESTORED
    (entry,) = desk.journal.entries(found.missing.entry - 1, 1)
    assert entry.action == "vault.restored"
    desk.vault.close()


def test_the_restored_vault_works_on(office: Office, tmp_path: Path) -> None:
    desk = restore(office, office.vault)
    take(desk, write(tmp_path / "list.csv", NEWCOMER, *DUE))

    assert NEWCOMER.name in names(desk)
    assert not names(desk) & {p.name for p in DUE}  # their source's list does not revive them
    rolling.run(desk, tmp_path / "safe" / "next.key")
    made = rolling.backup_desk(desk, tmp_path / "new.pdbackup")
    assert made.epoch == 3
    desk.vault.close()
    desk = open_as(office.target, MANAGER, LATER)
    assert desk.service("staff").find(Query()) is not None
    desk.vault.close()


@pytest.mark.parametrize("rotations", [1, 2])
def test_a_backup_from_before_role_keys_were_rotated_comes_back(
    office: Office, tmp_path: Path, rotations: int
) -> None:
    """The living header keeps former REGISTER keys for it; it stands under the newest then."""
    for n, gone in zip(range(rotations), (MANAGER, AUDITOR), strict=False):
        desk = open_as(office.vault)
        people.remove(desk, gone)
        rolling.run(desk, tmp_path / "safe" / f"rotated-{n}.key")
        desk.vault.close()
    desk = restore(office, office.vault)

    assert {p.name for p in LIVING} <= names(desk)
    assert not names(desk) & {p.name for p in DUE}
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()
    with pytest.raises(DomainError):
        open_as(office.target, MANAGER, LATER)


@pytest.mark.parametrize("readable", [True, False])
def test_a_rotation_that_somebodys_removal_called_for_still_waits(
    office: Office, tmp_path: Path, readable: bool
) -> None:
    """Else the next roll would leave whoever was removed the keys of everything newer."""
    desk = open_as(office.vault)
    people.remove(desk, BORA)
    assert rotation.waiting(desk.vault)
    desk.vault.close()
    desk = restore(office, office.vault if readable else without_register(office))

    assert set(rotation.waiting(desk.vault)) == set(desk.vault.header.generations)
    rolling.run(desk, tmp_path / "safe" / "next.key")
    assert set(desk.vault.header.generations.values()) == {2}
    desk.vault.close()


def newer_backup(office: Office) -> Path:
    desk = open_as(office.vault)
    made = rolling.backup_desk(desk, office.vault.parent / "new.pdbackup").path
    desk.vault.close()
    return made


def folder(office: Office) -> Path:
    return office.vault


def without_register(office: Office) -> Path:
    (office.vault / "register.db").write_bytes(b"\0" * 4096)
    return office.vault


@pytest.mark.parametrize("live", [newer_backup, folder, without_register])
def test_the_living_keys_come_from_a_folder_or_a_newer_backup(
    office: Office, live: Callable[[Office], Path]
) -> None:
    desk = restore(office, live(office))

    assert {p.name for p in LIVING} <= names(desk)
    assert not names(desk) & {p.name for p in DUE}
    assert ("unknown" in waiting(desk)) == (live is without_register)
    desk.vault.close()


def test_a_folder_that_is_open_or_of_another_vault_is_refused(
    office: Office, tmp_path: Path
) -> None:
    desk = open_as(office.vault)
    with pytest.raises(VaultInUseError):
        restore(office, office.vault)
    desk.vault.close()

    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other")
    other.vault.close()
    with pytest.raises(ForeignLiveError):
        restore(office, other.vault.folder)
    assert not office.target.exists()
    assert list(office.target.parent.iterdir()) == []


def test_nobody_but_an_officer_restores_with_living_keys(office: Office) -> None:
    with pytest.raises(ForbiddenError):
        restore(office, office.vault, MANAGER)
    assert not office.target.exists()


def test_a_living_vault_of_a_later_epoch_than_the_account_is_refused(
    office: Office, account: Path, tmp_path: Path
) -> None:
    """The account was set back: its secret is that of the backup."""
    kept = tmp_path / "kept epochs"
    shutil.copytree(account / "epochs", kept)
    desk = open_as(office.vault)
    rolling.run(desk, tmp_path / "safe" / "c3.key")
    desk.vault.close()
    shutil.rmtree(account / "epochs")
    shutil.copytree(kept, account / "epochs")

    with pytest.raises(StaleLiveError):
        restore(office, office.vault)


def test_a_damaged_backup_leaves_nothing(office: Office) -> None:
    data = bytearray(office.backup.read_bytes())
    data[len(data) // 2] ^= 1
    office.backup.write_bytes(data)

    with pytest.raises(BackupDamagedError):
        restore(office, office.vault)
    assert list(office.target.parent.iterdir()) == []


# -- the declared restore


@pytest.fixture
def then(office: Office, tmp_path: Path) -> Then:
    """Return a custody copy of the backup's epoch, kept through the roll."""
    return Then(
        tmp_path / "out" / "custody.key",
        partial(unlock, ALICE),
        partial(ready, clock=LATER, declared=True),
    )


def declare(office: Office, then: Then) -> Path:
    office.target.parent.mkdir(exist_ok=True)
    restoring.restore(office.backup, office.target, open_as, None, then)
    return office.target


def second(office: Office, name: str = BORA) -> Desk:
    return open_desk(office.target, name, PASSPHRASES[name], LATER, declared=True)


def test_a_declared_restore_opens_to_nobody_until_it_is_approved(
    office: Office, then: Then
) -> None:
    shutil.rmtree(EpochStore(opening.look(office.vault).vault).folder)  # as on a new computer
    declare(office, then)
    for name in PASSPHRASES:
        with pytest.raises(DeclaredWaitsError, match=ALICE):
            open_as(office.target, name, LATER)

    desk = second(office)
    declaring.approve(desk)
    desk.vault.close()
    desk = open_as(office.target, clock=LATER)
    assert {p.name for p in (*DUE, *LIVING)} <= names(desk)
    assert list(waiting(desk)) == ["unknown"]
    assert verify.verify(desk.vault).faults == ()
    actions = [e.action for e in desk.journal.newest(100)]
    assert actions.count("vault.declared") == 2
    desk.vault.close()


def test_whom_later_certificates_name_is_destroyed_again_before_use(
    office: Office, then: Then, tmp_path: Path
) -> None:
    declare(office, then)
    desk = second(office)
    gone = [called(desk, p).ref for p in DUE]
    new = tmp_path / "safe" / "new.key"
    assert declaring.approve(desk, gone, "D1-2026-0001", new, lost=True) == len(DUE)
    desk.vault.close()

    desk = open_as(office.target, clock=LATER)
    assert not names(desk) & {p.name for p in DUE}
    assert found(VALUES, every_plaintext(desk.vault)) == []
    assert {p.name for p in LIVING} <= names(desk)
    assert desk.vault.meta("roll") == "done"
    assert desk.vault.meta("epoch") == "4"
    desk.vault.close()


def test_until_it_is_approved_the_living_vault_opens_as_before(office: Office, then: Then) -> None:
    declare(office, then)
    open_as(office.vault).vault.close()
    open_as(office.vault, BORA).vault.close()

    desk = second(office)
    declaring.approve(desk, lost=True)
    desk.vault.close()
    open_as(office.target, clock=LATER).vault.close()
    with pytest.raises(StaleVaultError):
        open_as(office.vault)
    assert EpochStore(desk.vault.id).apart() is None


def test_beside_a_later_secret_the_officers_have_to_say_that_all_is_lost(
    office: Office, then: Then
) -> None:
    declare(office, then)
    desk = second(office)
    with pytest.raises(LivingVaultError, match="epoch 2"):
        declaring.approve(desk)
    desk.vault.close()
    open_as(office.vault).vault.close()

    desk = second(office)
    declaring.approve(desk, lost=True)
    desk.vault.close()
    with pytest.raises(StaleVaultError):
        open_as(office.vault)


def test_without_a_custody_copy_at_hand_the_roll_waits_as_a_task(
    office: Office, then: Then
) -> None:
    declare(office, then)
    desk = second(office)
    declaring.approve(desk, [called(desk, DUE[0]).ref], lost=True)

    assert desk.vault.meta("roll") == "pending"
    desk.vault.close()


def test_the_secret_of_then_opens_nothing_of_the_restored_vault(
    office: Office, then: Then, account: Path
) -> None:
    assert isinstance(then.custody, Path)
    declare(office, then)
    number = opening.look(office.target).vault
    store = EpochStore(number)
    now = store.apart()
    assert now is not None
    assert now.epoch == 3
    (store.folder / "current").write_bytes(then.custody.read_bytes())
    (store.folder / "apart").unlink()

    with pytest.raises(DeclaredElsewhereError):
        open_desk(office.target, BORA, PASSPHRASES[BORA], LATER, declared=True)
    assert not [p for p in office.target.parent.iterdir() if p != office.target]


def test_who_declared_it_cannot_approve_it_nor_can_a_manager(office: Office, then: Then) -> None:
    declare(office, then)
    desk = second(office, ALICE)
    with pytest.raises(OwnDeclarationError):
        declaring.approve(desk)
    desk.vault.close()
    desk = second(office, MANAGER)
    with pytest.raises(ForbiddenError):
        declaring.approve(desk)
    desk.vault.close()


def test_a_forged_declaration_is_not_approved(office: Office, then: Then) -> None:
    declare(office, then)
    desk = second(office)
    with desk.vault.transaction():
        desk.vault.raw.execute("UPDATE journal SET person = 4 WHERE action = 'vault.declared'")
    with pytest.raises(DeclarationSpoiltError):
        declaring.approve(desk)
    desk.vault.close()


def test_a_destructions_number_stands_for_the_people_its_request_chose(
    office: Office, then: Then, tmp_path: Path
) -> None:
    """A certificate prints the number of its request, and the backup may know whom that chose."""
    declare(office, then)
    desk = second(office)
    ref = destruction.request(desk, due_on=TODAY, reason="retention ended")
    gone = {called(desk, p).ref for p in DUE}
    paper = tmp_path / "certificate.txt"
    paper.write_text(f"D1-2026-0003\nRequest no. {ref}\nTel. 02-1234-5678, S-12-3")

    assert laterpapers.numbers_in(paper) == [ref]
    assert set(laterpapers.people_on(desk, f"certificate of {ref}")) == gone
    assert laterpapers.people_on(desk, " ") == []
    again = laterpapers.people_on(desk, ref)
    assert declaring.approve(desk, again, "D1-2026-0003", lost=True) == len(DUE)
    desk.vault.close()


def test_numbers_that_are_nobodys_or_misread_are_refused(office: Office, then: Then) -> None:
    declare(office, then)
    desk = second(office)
    ref = called(desk, LIVING[0]).ref
    with pytest.raises(NobodyNamedError):
        laterpapers.people_on(desk, references.make("S", 999_999))
    with pytest.raises(NobodyNamedError):
        laterpapers.people_on(desk, "the people of the certificate")
    with pytest.raises(WrongCheckDigitError):
        laterpapers.people_on(desk, f"{ref[:-1]}{(int(ref[-1]) + 1) % 10}, {ref}")
    assert laterpapers.people_on(desk, f"{ref}\n{ref} {references.make('S', 999_999)}") == [ref]
    desk.vault.close()


def test_without_anybody_to_destroy_the_custody_copy_is_written_all_the_same(
    office: Office, then: Then, tmp_path: Path
) -> None:
    declare(office, then)
    desk = second(office)
    assert declaring.approve(desk, custody=tmp_path / "safe" / "new.key", lost=True) == 0

    secret = desk.vault.epochs.current()
    assert rolling.read_custody_source(tmp_path / "safe" / "new.key", desk.vault.id) == secret
    desk.vault.close()


def test_whoever_declared_it_is_not_the_one_to_approve_it(office: Office, then: Then) -> None:
    declare(office, then)
    for name, may in ((ALICE, False), (MANAGER, False), (BORA, True)):
        vault = opening.open_vault(office.target, name, PASSPHRASES[name])
        assert declaring.may_approve(vault) is may
        vault.close()
    vault = opening.open_vault(office.target, ALICE, PASSPHRASES[ALICE])
    vault.raw.execute("INSERT INTO settings (name, value) VALUES ('two_officers', 'false')")
    assert not declaring.may_approve(vault)  # the row alone switches nothing off
    vault.close()


def test_an_approval_without_a_declaration_is_refused(office: Office) -> None:
    desk = open_as(office.vault)
    with pytest.raises(NothingDeclaredError):
        declaring.approve(desk)
    desk.vault.close()


def test_another_custody_copy_or_a_manager_declares_nothing(
    office: Office, then: Then, tmp_path: Path
) -> None:
    with pytest.raises(CustodyOfThenError):
        declare(office, replace(then, custody=tmp_path / "safe" / "custody.key"))
    with pytest.raises(ForbiddenError):
        declare(office, replace(then, unlock=partial(unlock, MANAGER)))
    assert list(office.target.parent.iterdir()) == []
    open_as(office.vault).vault.close()  # the account's secret was left alone
