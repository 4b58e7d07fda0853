"""Taking the last import back: wholly, while nothing has been built on it, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from privdesk.flows import issuing
from privdesk.flows.importing import books
from privdesk.flows.importing.books import NothingToUndoError
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault.search import index
from tests.copies import open_as
from tests.flows.folk import DUE, LIVING, called, names, one, people, purposes, request, take, write
from tests.vault.traces import every_plaintext


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return a desk that has known somebody for long, and imported others just now."""
    desk = open_as(vault)
    purposes(desk)
    take(desk, write(vault.parent / "first.csv", LIVING[0]))
    take(desk, write(vault.parent / "second.csv", *DUE, one(7, "Unheard of", "2026-01-01")))
    yield desk
    desk.vault.close()


def test_the_last_import_is_taken_back_as_if_it_had_not_been(desk: Desk) -> None:
    outcome = books.undo(desk)

    assert "5 people" in outcome.message
    assert names(desk) == {LIVING[0].name}
    assert desk.service("purposes").called("Unheard of") == []
    text = every_plaintext(desk.vault)
    assert not [v for p in DUE for v in p.values if v.encode() in text]
    assert index.sound(desk.vault.raw)
    assert verify.verify(desk.vault).faults == ()


def test_what_was_taken_back_can_be_imported_again(desk: Desk, vault: Path) -> None:
    books.undo(desk)
    report = take(desk, write(vault.parent / "second.csv", *DUE))

    assert (report.new, report.blocked) == (len(DUE), 0)


def test_an_import_is_taken_back_once(desk: Desk) -> None:
    books.undo(desk)

    with pytest.raises(NothingToUndoError):
        books.undo(desk)
    assert names(desk) == {LIVING[0].name}


def amend(desk: Desk) -> None:
    desk.service("subjects").update(called(desk, DUE[0]).ref, {"phone": "010-8888-7777"})


def add_holding(desk: Desk) -> None:
    file = desk.service("files").called("Delivery")[0]
    values = {"subject": called(desk, DUE[0]).ref, "purpose": "Newsletter",
              "file": desk.ref("files", file), "collected_on": date(2026, 11, 1)}  # fmt: skip
    desk.service("holdings").create(values)


def hold(desk: Desk) -> None:
    row = called(desk, DUE[0])
    (number,) = desk.service("holdings").of_subjects([row.id])[row.id]
    desk.service("holdings").set_hold([desk.ref("holdings", number)], reason="a lawsuit")


def consent(desk: Desk) -> None:
    values = {"subject": called(desk, DUE[0]).ref, "purpose": "Delivery", "kind": "given",
              "at": "2026-11-01"}  # fmt: skip
    desk.service("consents").create(values)


def ask_to_destroy(desk: Desk) -> None:
    request(desk)


def use_its_purpose(desk: Desk) -> None:
    """Somebody of an earlier import is held for a purpose that the last one brought."""
    file = desk.service("files").called("Unheard of")[0]
    values = {"subject": called(desk, LIVING[0]).ref, "purpose": "Unheard of",
              "file": desk.ref("files", file), "collected_on": date(2026, 11, 1)}  # fmt: skip
    desk.service("holdings").create(values)


def file_for_its_purpose(desk: Desk) -> None:
    values = {"name": "Paper forms", "purpose": "Unheard of", "place": "Web shop",
              "holds": "count"}  # fmt: skip
    desk.service("files").create(values)


def print_about(desk: Desk) -> None:
    ref = request(desk)
    issuing.issue(desk, "d1a", ref, "en")


def import_more(desk: Desk) -> None:
    moved = replace(LIVING[0], phone="010-8888-7777")
    take(desk, write(desk.vault.folder.parent / "third.csv", moved))


@pytest.mark.parametrize(
    "build",
    [amend, add_holding, hold, consent, ask_to_destroy, use_its_purpose, file_for_its_purpose,
     print_about, import_more],
)  # fmt: skip
def test_what_something_was_built_on_stays(desk: Desk, build: Callable[[Desk], None]) -> None:
    build(desk)
    before = len(people(desk))

    assert books.undoable(desk) is None
    with pytest.raises(NothingToUndoError):
        books.undo(desk)
    assert len(people(desk)) == before


def test_a_look_builds_nothing(desk: Desk) -> None:
    desk.service("subjects").get(called(desk, DUE[0]).ref, reveal="a call")

    assert books.undoable(desk) is not None


def test_an_import_that_changed_somebody_known_is_not_taken_back(desk: Desk, vault: Path) -> None:
    """The old values are gone; half of an import is never taken back."""
    moved = replace(LIVING[0], phone="010-8888-7777")
    take(desk, write(vault.parent / "third.csv", moved, LIVING[1]))

    with pytest.raises(NothingToUndoError):
        books.undo(desk)


def test_a_list_that_changed_nothing_hides_no_earlier_import(desk: Desk, vault: Path) -> None:
    report = take(desk, write(vault.parent / "again.csv", *DUE))
    assert (report.new, report.changed) == (0, 0)

    books.undo(desk)

    assert names(desk) == {LIVING[0].name}
