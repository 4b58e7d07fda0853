"""Papers of a destruction that is not done yet, or that has no place but the vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from privdesk.documents.papers.destruction_certificate import Confirmation, Reached
from privdesk.documents.preview import page_texts
from privdesk.flows import custody, destruction, issuing
from privdesk.flows.case import Case
from privdesk.flows.papers import NothingToCertifyError
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.copies import open_as, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import DUE, LIVING, fill, request


@pytest.fixture(params=["", "Web shop"])
def place(request: pytest.FixtureRequest) -> str:
    """Return where else the people are kept: nowhere, or in a shop."""
    return str(request.param)


@pytest.fixture
def asked(vault: Path, place: str) -> Iterator[tuple[Desk, str]]:
    """Return the second officer's desk and a request that she has approved."""
    desk = open_as(vault)
    fill(desk, *(replace(one, place=place) for one in (*DUE, *LIVING)))
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    yield desk, ref
    desk.vault.close()


def paper(desk: Desk, code: str, ref: str) -> str:
    """Return the words of a paper in English."""
    return " ".join(" ".join(page_texts(issuing.issue(desk, code, ref, "en").data)).split())


def stopped_before(stage: str, folder: Path) -> Progress:
    """Return a progress that takes the drive away when a stage of the roll begins."""

    class Drive(Progress):
        def stage(self, name: str, total: int = 0) -> None:
            if name == destruction.ROLL_STAGES[stage]:
                folder.rmdir()
                raise custody.RollUnfinishedError
            super().stage(name, total)

    return Drive()


def test_what_was_not_executed_cannot_be_certified(asked: tuple[Desk, str]) -> None:
    desk, ref = asked

    for make in (issuing.issue, issuing.draft):
        with pytest.raises(NothingToCertifyError):
            make(desk, "d1", ref, "en")
    papers = desk.vault.raw.execute("SELECT count(*) FROM documents WHERE code = 'd1'").fetchone()
    assert papers == (0,)


@pytest.mark.parametrize("stage", ["secret", "custody"])
def test_a_certificate_of_what_was_only_executed_claims_nothing_more(
    asked: tuple[Desk, str], key: Path, stage: str
) -> None:
    desk, ref = asked
    with pytest.raises(destruction.NotClosedError):
        destruction.execute(desk, ref, key, progress=stopped_before(stage, key.parent))
    case, words = Case(desk, ref, "en"), paper(desk, "d1", ref)

    assert case.reached() is Reached.EXECUTED
    assert all(line.confirmation is Confirmation.WAITING for line in case.place_lines())
    copies = [c for c in case.closings() if "Custody" in c.what]
    assert [c.confirmation for c in copies] == [Confirmation.WAITING]
    assert "Verification method –" in words
    assert "Not checked yet." in words
    assert "with the epoch secret they belong to" in words
    assert "Older backups and copies of the vault are not closed yet." in words


def test_a_lost_copy_is_a_limit_before_the_secret_has_changed_too(
    asked: tuple[Desk, str], key: Path
) -> None:
    desk, ref = asked
    desk.set_setting("two_officers", False)
    custody.lose(desk, "C-1", "not in the safe")
    with pytest.raises(destruction.NotClosedError):
        destruction.execute(desk, ref, key, progress=stopped_before("secret", key.parent))

    (limit,) = Case(desk, ref, "en").lost()
    assert "C-1" in limit


def test_without_values_at_hand_the_certificate_says_that_none_was_looked_for(
    asked: tuple[Desk, str], key: Path
) -> None:
    desk, ref = asked
    with pytest.raises(destruction.NotClosedError):
        destruction.execute(desk, ref, key, progress=stopped_before("secret", key.parent))
    key.parent.mkdir()
    destruction.execute(desk, ref, key)
    words = paper(desk, "d1", ref)

    assert "No destroyed value was at hand any more" in words
    assert "were searched for the destroyed values" not in words
    assert "Verified by this program" in words


def test_only_what_still_waits_is_said_to_wait(
    asked: tuple[Desk, str], key: Path, place: str
) -> None:
    desk, ref = asked
    destruction.execute(desk, ref, key)
    waits = "What is listed as not yet confirmed is still to be confirmed."
    assert waits in paper(desk, "d1", ref)

    custody.destroyed(desk, "C-1", ALICE)
    assert (waits in paper(desk, "d1", ref)) is bool(place)


def test_a_request_promises_orders_only_where_there_is_somebody_to_order(
    asked: tuple[Desk, str], place: str
) -> None:
    desk, ref = asked
    words = paper(desk, "d1a", ref)

    for promise in ("orders to the places", "confirmation by each place", "gets an order"):
        assert (promise in words) is bool(place)
    assert "Delivery 2020-01-02 – Delivery" in words  # nobody handles the file yet
