"""What was signed beside the journal: a forged declaration counts for nothing, and is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.documents.preview import page_texts
from privdesk.flows import accounts, custody, destruction, issuing, losing, proving
from privdesk.flows.case import Case
from privdesk.flows.proofs import UnprovedError
from privdesk.registers.desk import Desk
from tests.copies import open_as, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import DUE, LIVING, answered, fill, request

WHY = "The envelope is not in the safe."


@pytest.fixture
def lost(vault: Path, key: Path) -> Iterator[tuple[Desk, str]]:
    """Return an executed destruction and its former custody copy, lost with two signatures."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    destruction.execute(desk, ref, key)
    answered(desk, ref)
    custody.lose(desk, "C-1", WHY)
    desk = switch_to(desk, ALICE)
    custody.lose(desk, "C-1")
    yield desk, ref
    desk.vault.close()


def faults(desk: Desk) -> list[str]:
    return [proving.fault_in_words(one) for one in proving.prove_journal(desk).faults]


def plant(desk: Desk, sql: str, *values: object) -> None:
    """Change the vault behind the program's back, as somebody with the REGISTER key could."""
    with desk.vault.transaction():
        desk.vault.raw.execute(sql, values)


def limits(desk: Desk, ref: str) -> tuple[str, ...]:
    return Case(desk, ref, "en").lost()


FORGED = (
    "UPDATE custody_losses SET signature = zeroblob(64) WHERE person <> 1",
    "UPDATE custody_losses SET at = '2026-11-22T09:00:00+00:00' WHERE person <> 1",
    "UPDATE custody_losses SET person = 1 WHERE person <> 1",
    "INSERT INTO custody_losses SELECT id + 9000, what, copy, 9, signature, at FROM custody_losses",
)


def test_a_forged_declaration_is_named_and_not_printed(lost: tuple[Desk, str]) -> None:
    desk, ref = lost
    true = desk.vault.raw.execute("SELECT * FROM custody_losses").fetchall()
    assert faults(desk) == []
    (limit,) = limits(desk, ref)
    assert f"by {BORA}, {ALICE}" in limit
    assert "One officer alone" not in limit
    for forge in FORGED:
        plant(desk, forge)
        alone = {
            "C-1: one officer alone signed that it was lost, while the two-officer rule was on"
        }
        broken = {"C-1: a signature that it was lost does not hold"}
        assert set(faults(desk)) == (broken if "INSERT" in forge else broken | alone), forge
        (limit,) = limits(desk, ref)
        assert ("One officer alone" in limit) == (BORA not in limit) == ("INSERT" not in forge)
        plant(desk, "DELETE FROM custody_losses")
        for row in true:
            plant(desk, "INSERT INTO custody_losses VALUES (?, ?, ?, ?, ?, ?)", *row)
    plant(desk, "UPDATE custody_losses SET copy = 2")
    assert sorted(set(faults(desk))) == [
        "C-1: no officer signed that it was lost",
        "C-2: a signature that it was lost does not hold",
    ]
    assert losing.losses(desk) == {}


def test_a_copy_that_is_only_called_lost_stays_open_on_the_certificate(
    lost: tuple[Desk, str],
) -> None:
    desk, ref = lost
    plant(desk, "DELETE FROM custody_losses")

    assert faults(desk) == ["C-1: no officer signed that it was lost"]
    assert limits(desk, ref) == ()
    text = " ".join(" ".join(page_texts(issuing.issue(desk, "d1", ref, "en").data)).split())
    assert "declared lost by" not in text


def test_without_the_signature_of_its_approver_nothing_is_certified_any_more(
    lost: tuple[Desk, str],
) -> None:
    desk, ref = lost
    plant(desk, "UPDATE destruction_signatures SET person = 1 WHERE part = 'approver'")

    assert faults(desk) == [f"{ref}: a signature under it does not hold"]
    with pytest.raises(UnprovedError, match="not signed by an officer"):
        issuing.issue(desk, "d1", ref, "en")


def test_an_account_that_is_only_called_lost_is_named(vault: Path) -> None:
    desk = open_as(vault)
    plant(desk, "UPDATE holders SET state = 'lost'")
    (one,) = accounts.holders(desk)
    assert faults(desk) == [
        f"{one['account']}@{one['workstation']}: no officer signed that it was lost"
    ]
    desk.vault.close()


def test_a_forged_first_declaration_does_not_make_a_second_one_count(vault: Path) -> None:
    desk = open_as(vault)
    custody.lose(desk, "C-1", WHY)
    plant(desk, "UPDATE custody_losses SET person = 3")
    assert custody.lose(desk, "C-1", WHY) == ("C-1", "held")
    desk.vault.close()
