"""What a requester is told of a set: who goes early, who stays, who is not there any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.flows import destruction, unexpected
from privdesk.flows.choosing import HELD, AllKeptError
from privdesk.registers.desk import Desk
from tests.flows.folk import DUE, LIVING, called, destroyed, only_holding


def request(desk: Desk, *refs: str) -> unexpected.Unexpected:
    """Ask for the destruction of people; return what is unexpected in it."""
    ref = destruction.request(desk, refs=refs, reason="asked for it")
    return unexpected.of_request(desk, ref, refs)


def test_who_is_due_goes_without_a_word(filled: Desk) -> None:
    assert request(filled, called(filled, DUE[0]).ref) == unexpected.Unexpected()


def test_who_is_not_due_is_named_with_the_day(filled: Desk) -> None:
    early = called(filled, LIVING[0])
    told = request(filled, called(filled, DUE[0]).ref, early.ref.lower())

    (one,) = told.early
    due = filled.service("holdings").rows([only_holding(filled, LIVING[0])])[0].values["due_on"]
    assert (one.ref, one.due, told.early_people) == (early.ref, due, 1)


def test_who_is_on_hold_stays_and_alone_makes_no_request(filled: Desk) -> None:
    held = called(filled, DUE[1]).ref
    holding = filled.ref("holdings", only_holding(filled, DUE[1]))
    filled.service("holdings").act("hold", [holding], {"reason": "court"})

    told = request(filled, called(filled, DUE[0]).ref, held)
    assert told.kept == (unexpected.Kept(held, holding, HELD),)
    with pytest.raises(AllKeptError, match=f"{held}: legal hold"):
        request(filled, held)


def test_who_was_destroyed_before_is_named_too(filled: Desk, key: Path, vault: Path) -> None:
    gone = called(filled, DUE[0]).ref
    desk, _done = destroyed(filled, vault, key)
    told = request(desk, gone, called(desk, LIVING[0]).ref)

    assert told.kept == (unexpected.Kept(gone, "", unexpected.DESTROYED),)
    desk.vault.close()


def test_a_file_held_by_count_is_early_as_a_whole(filled: Desk) -> None:
    row = filled.service("files").create(
        {"name": "Loyalty cards", "purpose": "Newsletter", "place": "Web shop",
         "holds": "count", "people": 120,
         "collected_from": "2026-01-01", "collected_to": "2026-02-01"}
    )  # fmt: skip
    ref = destruction.request(filled, file=row.ref, reason="cards withdrawn")
    told = unexpected.of_request(filled, ref)

    assert [(e.ref, e.people) for e in told.early] == [(row.ref, 120)]
    assert told.early_people == 120
