"""A custody copy declared lost: by one officer, agreed to by another, printed as a limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.findings import Bucket, bucket
from privdesk.documents.papers.destruction_certificate import Confirmation
from privdesk.documents.preview import page_texts
from privdesk.flows import custody, destruction, issuing, losing, rolling
from privdesk.flows.case import Case
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.findings.service import FindingsService
from privdesk.vault.schema import CustodyLoss, table
from tests.copies import open_as, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import DUE, LIVING, answered, fill, request, standing

LOST = "The custody copy C-1 is lost, and opens the vault as it is now."
WHY = "The envelope is not in the safe."


def copy_of(desk: Desk, ref: str = "C-1") -> dict[str, object]:
    return dict(next(c for c in custody.copies(desk) if c["ref"] == ref))


def tasks(desk: Desk) -> list[tuple[str, bool]]:
    board = FindingsService(desk).today()
    found = [t.finding for tasks in board.buckets.values() for t in tasks]
    return [(f.what_text(), f.waiting) for f in found if "lost" in f.what_text()]


@pytest.fixture
def executed(vault: Path, key: Path) -> Iterator[tuple[Desk, str]]:
    """Return an executed destruction that waits for the custody copy of before alone."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    destruction.execute(desk, ref, key)
    answered(desk, ref)
    yield desk, ref
    desk.vault.close()


def test_one_officer_declares_and_another_one_agrees(vault: Path) -> None:
    desk = open_as(vault)
    assert custody.lose(desk, "C-1", WHY) == ("C-1", "held")
    assert copy_of(desk)["waits_for_second"] is True
    with pytest.raises(losing.LossSignedError):
        custody.lose(desk, "C-1", "again")

    desk = switch_to(desk, BORA)
    assert copy_of(desk)["reason"] == WHY
    assert custody.lose(desk, "C-1") == ("C-1", "lost")
    told = copy_of(desk)
    assert (told["state"], told["waits_for_second"]) == ("lost", False)
    assert told["declared_lost_by"] == [ALICE, BORA]
    desk.vault.close()


def test_the_first_declaration_needs_a_reason(vault: Path) -> None:
    desk = open_as(vault)
    with pytest.raises(losing.LossReasonError):
        custody.lose(desk, "C-1", " ")
    assert copy_of(desk)["declared_lost_by"] == []
    desk.vault.close()


def test_today_shows_it_to_both_until_it_is_agreed_to(vault: Path) -> None:
    desk = open_as(vault)
    custody.lose(desk, "C-1", WHY)
    what = f"{ALICE} declared the custody copy C-1 lost; a second officer has to agree."
    assert tasks(desk) == [(what, True)]

    desk = switch_to(desk, BORA)
    assert tasks(desk) == [(what, False)]
    custody.lose(desk, "C-1")
    assert tasks(desk) == [(LOST, False)]
    desk.vault.close()


def test_a_lost_copy_of_the_present_secret_calls_for_a_new_one(vault: Path, key: Path) -> None:
    desk = open_as(vault)
    desk.set_setting("two_officers", False)
    custody.lose(desk, "C-1", WHY)

    board = FindingsService(desk).today()
    (task,) = [t for t in board.buckets[Bucket.OVERDUE] if t.finding.what_text() == LOST]
    assert (task.target.label, task.target.register) == ("Change the secret", "safety")
    assert task.target.action == "roll"
    later = desk_findings(desk, date(2026, 11, 30))
    (found,) = [f for f in later if f.what_text() == LOST]
    assert bucket(found, date(2026, 11, 30)) is Bucket.OVERDUE

    rolling.run(desk, key)
    assert tasks(desk) == []
    desk.vault.close()


def test_a_lost_copy_of_a_former_secret_calls_for_no_change(vault: Path, tmp_path: Path) -> None:
    desk = open_as(vault)
    desk.set_setting("two_officers", False)
    rolling.run(desk, tmp_path / "c2.key")
    custody.lose(desk, "C-1", WHY)
    assert tasks(desk) == []  # a former secret opens older copies, and leads to no newer one
    desk.vault.close()


def test_a_copy_that_is_found_again_is_not_lost(vault: Path) -> None:
    desk = open_as(vault)
    custody.lose(desk, "C-1", WHY)
    custody.confirm(desk, "C-1")

    assert copy_of(desk)["declared_lost_by"] == []
    assert desk.vault.raw.execute("SELECT count(*) FROM custody_losses").fetchone() == (0,)
    desk = switch_to(desk, BORA)
    assert custody.lose(desk, "C-1", "now really") == ("C-1", "held")
    desk.vault.close()


def test_with_the_rule_off_one_officer_is_enough(vault: Path) -> None:
    desk = open_as(vault)
    desk.set_setting("two_officers", False)
    assert custody.lose(desk, "C-1", WHY) == ("C-1", "lost")
    desk.vault.close()


def test_a_destruction_waits_until_the_second_officer_agrees(executed: tuple[Desk, str]) -> None:
    desk, ref = executed
    custody.lose(desk, "C-1", WHY)
    assert standing(desk, ref)["state"] == "backups_closed"
    assert Case(desk, ref, "en").lost() == ()

    desk = switch_to(desk, ALICE)
    custody.lose(desk, "C-1")
    assert standing(desk, ref)["state"] == "complete"
    desk.vault.close()


def test_the_certificate_prints_the_loss_as_a_limit_with_who_declared_it(
    executed: tuple[Desk, str],
) -> None:
    desk, ref = executed
    custody.lose(desk, "C-1", WHY)
    desk = switch_to(desk, ALICE)
    custody.lose(desk, "C-1")
    text = " ".join(" ".join(page_texts(issuing.issue(desk, "d1", ref, "en").data)).split())

    limits = text.partition("Limits of this certificate")[2]
    assert f"Custody copy C-1 of epoch 1 was declared lost on 23 November 2026 by {BORA}" in limits
    assert ALICE in limits.partition("declared lost")[2].partition(";")[0]
    assert "the two-officer rule being off" not in limits
    assert f"by {BORA}, {ALICE}; see the limits" in text
    assert WHY not in text
    assert "for every place and copy listed, save what was declared lost." in text
    desk.vault.close()


def test_one_officer_alone_is_printed_too(executed: tuple[Desk, str]) -> None:
    desk, ref = executed
    desk.set_setting("two_officers", False)
    custody.lose(desk, "C-1", WHY)

    (limit,) = Case(desk, ref, "en").lost()
    assert limit.endswith("One officer alone declared this, the two-officer rule being off.")


def test_each_signature_is_kept_and_the_reason_is_sealed(vault: Path) -> None:
    desk = open_as(vault)
    custody.lose(desk, "C-1", WHY)
    row = desk.vault.raw.execute("SELECT * FROM custody_losses").fetchone()

    assert len(row) == len(table(CustodyLoss).c)
    assert WHY not in str(row)
    assert len(desk.vault.raw.execute("SELECT signature FROM custody_losses").fetchone()[0]) == 64
    desk.vault.close()


def test_copies_made_since_are_no_matter_of_an_older_certificate(
    executed: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, ref = executed
    custody.destroyed(desk, "C-1", ALICE)
    rolling.run(desk, tmp_path / "later.key")

    closings = Case(desk, ref, "en").closings()
    assert [c.what for c in closings if "Custody" in c.what] == [
        "Custody copy C-1, destroyed",
        "Custody copy C-2",
    ]
    assert (closings[0].confirmation, closings[0].by) == (Confirmation.PERSON, ALICE)
    assert all(c.confirmation is Confirmation.PROGRAM for c in closings[1:])


def test_witness_and_chief_privacy_officer_sign_by_hand(executed: tuple[Desk, str]) -> None:
    desk, ref = executed
    desk.service("staff").create(
        {"name": "Cora Beispiel", "duty": "cpo", "category": "b", "appointed": date(2020, 1, 2)}
    )
    signers = Case(desk, ref, "en").signers()

    assert [s.role for s in signers] == ["requester", "approver", "operator", "witness", "cpo"]
    assert [s.name for s in signers[3:]] == [ALICE, "Cora Beispiel"]
    assert [s.method for s in signers] == ["key", "key", "key", "", ""]


def test_a_copy_without_a_keeper_asks_for_one(vault: Path, tmp_path: Path) -> None:
    """The first copy is its officer's; a further one says so until somebody is named."""
    desk = open_as(vault)
    assert copy_of(desk)["keeper"] == ALICE
    custody.issue(desk, tmp_path / "further.key", "Bank safe")

    def unkept() -> list[str]:
        said = [f.what_text() for f in desk_findings(desk, desk.today())]
        return [text for text in said if "keeper" in text]

    assert unkept() == ["Nobody is named as keeper of the custody copy C-2."]
    custody.confirm(desk, "C-2", keeper=BORA)
    assert unkept() == []
    desk.vault.close()
