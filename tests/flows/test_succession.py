"""An officer's work passes to a successor: keys, requests, tasks, custody copies, old access."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError
from privdesk.documents.preview import page_texts
from privdesk.flows import custody, issuing, people, requests, rolling, succession
from privdesk.flows.opening import open_desk
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService, SameOfficerError
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import UnknownPersonError
from tests.copies import ADMINISTRATOR, MANAGER, open_as, switch_to
from tests.desks import ALICE, BORA

NEW, NORA = "amber railway sparrow 55", "Nora New"


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk; the second one has a request, a task and a copy."""
    desk = open_as(vault)
    staff = desk.service("staff")
    for name in (BORA, NORA):
        staff.create({"name": name, "login": name, "duty": "handler", "category": "b"})
    desk.service("requests").create({"kind": "access", "handler": staff.of_login(BORA).ref})
    custody.confirm(desk, "C-1", place="Bank safe", keeper=BORA)
    findings = FindingsService(desk)
    bora = desk.vault.header.person(BORA)
    assert bora is not None
    findings.give(task_key(findings), bora.id)
    yield desk
    desk.vault.close()


def task_key(findings: FindingsService) -> str:
    return next(t.key for tasks in findings.today().buckets.values() for t in tasks)


def given(desk: Desk) -> set[str]:
    known = desk.vault.header
    return {
        known.by_id(t.given.person).name  # type: ignore[union-attr]
        for tasks in FindingsService(desk).today().buckets.values()
        for t in tasks
        if t.given is not None
    }


def handler(desk: Desk) -> str:
    (row,) = desk.service("requests").rows(
        [n for (n,) in desk.vault.raw.execute("SELECT id FROM requests").fetchall()]
    )
    return str(row.titles["handler"])


def test_the_successor_has_everything_and_the_predecessor_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    done = succession.hand_over(desk, BORA, NORA, NEW, FLOOR)

    assert (done.role, len(done.requests), done.tasks, done.copies) == ("officer", 1, 1, ("C-1",))
    assert handler(desk) == NORA
    assert given(desk) == {NORA}
    assert custody.copies(desk)[0]["keeper"] == NORA
    (tmp_path / "safe").mkdir()
    rolled = rolling.run(desk, tmp_path / "safe" / "new.key")
    assert custody.copies(desk)[0]["keeper"] == NORA
    assert rolled.epoch == 2
    desk.vault.close()
    with pytest.raises(UnknownPersonError):
        open_as(desk.vault.folder, BORA)
    desk = open_desk(desk.vault.folder, NORA, NEW, desk.clock)
    assert desk.vault.sees_people
    assert verify.verify(desk.vault).faults == ()
    assert all(g == 2 for g in desk.vault.header.generations.values())
    desk.vault.close()


def test_it_is_one_entry_more_than_its_parts(desk: Desk) -> None:
    before = desk.journal.frontier().size
    succession.hand_over(desk, BORA, NORA, NEW, FLOOR)

    entries = desk.journal.entries(before)
    assert [e.action for e in entries] == [
        "people.added", "record.created", "request.handed-over", "vault.custody", "people.removed",
        "people.succeeded",
    ]  # fmt: skip
    told = desk.journal.details(entries[-1])
    assert told == {
        "from": BORA,
        "to": NORA,
        "requests": told["requests"],
        "copies": ["C-1"],
        "tasks": 1,
    }


def test_somebody_of_another_role_is_promoted_and_keeps_her_passphrase(desk: Desk) -> None:
    desk.service("staff").create(
        {"name": MANAGER, "login": MANAGER, "duty": "handler", "category": "b"}
    )
    assert succession.hand_over(desk, BORA, MANAGER).role == "officer"

    desk = switch_to(desk, MANAGER)
    assert desk.vault.sees_people
    desk.vault.close()


def test_what_cannot_be_handed_over_changes_nothing(desk: Desk) -> None:
    before, size = desk.vault.header, desk.journal.frontier().size
    with pytest.raises(succession.OwnHandOverError):
        succession.hand_over(desk, ALICE, NORA, NEW, FLOOR)
    with pytest.raises(succession.SameSuccessorError):
        succession.hand_over(desk, BORA, "bora  muster", NEW, FLOOR)
    with pytest.raises(succession.SuccessorPassphraseError):
        succession.hand_over(desk, BORA, NORA)
    with pytest.raises(succession.SuccessorNotStaffError):
        succession.hand_over(desk, BORA, MANAGER)
    with pytest.raises(UnknownPersonError):
        succession.hand_over(desk, "Recovery kit 1", NORA, NEW, FLOOR)
    assert (desk.vault.header, desk.journal.frontier().size) == (before, size)


def test_only_an_officer_hands_over(desk: Desk) -> None:
    desk = switch_to(desk, ADMINISTRATOR)
    with pytest.raises(ForbiddenError):
        succession.hand_over(desk, MANAGER, NORA, NEW, FLOOR)
    desk.vault.close()


def test_a_forgotten_passphrase_leaves_tasks_drafts_and_identity_where_they_were(
    desk: Desk,
) -> None:
    desk = switch_to(desk, BORA)
    findings = FindingsService(desk)
    key = task_key(findings)
    findings.except_(key, desk.today().replace(day=30), "the printer is broken")
    with desk.vault.transaction():
        desk.vault.set_meta(f"drafts:{desk.vault.person.id}", "7")
    old = desk.vault.person.id
    desk = switch_to(desk, ALICE)
    people.reset_passphrase(desk, BORA, NEW, FLOOR)
    desk.vault.close()
    desk = open_desk(desk.vault.folder, BORA, NEW, desk.clock)

    assert desk.vault.person.id != old
    assert given(desk) == {BORA}
    assert desk.vault.meta(f"drafts:{desk.vault.person.id}") == "7"
    assert FindingsService(desk).task(key).asked is not None
    with pytest.raises(SameOfficerError):
        FindingsService(desk).approve_exception(key)

    desk.vault.close()


def test_the_handover_to_be_signed_lists_what_went_over(desk: Desk) -> None:
    """D17 is printed after the keys changed hands, and still names the cases of before."""
    (case,) = requests.of_handler(desk, desk.service("staff").of_login(BORA).id)
    ref = succession.hand_over(desk, BORA, NORA, NEW, FLOOR).record
    desk.set_setting("language", "en")

    def printed() -> str:
        return " ".join(" ".join(page_texts(issuing.issue(desk, "d17", ref, "en").data)).split())

    row = desk.service("handovers").get(ref)
    assert (row.state, row.titles["giver"], row.titles["taker"]) == ("draft", BORA, NORA)
    assert all(told in printed() for told in (case.ref, BORA, NORA, "C-1"))
    witness = desk.service("staff").create(
        {"name": "Wanda Witness", "duty": "handler", "category": "b"}
    )
    desk.service("handovers").update(ref, {"witness": witness.ref})
    desk.service("handovers").act("complete", [ref], {})
    assert case.ref in printed()
    assert desk.service("handovers").get(ref).values["cases"] == 1


def test_without_the_staff_register_there_is_no_handover_to_sign(vault: Path) -> None:
    desk = open_as(vault)
    assert succession.hand_over(desk, BORA, MANAGER).record == ""
    desk.vault.close()
