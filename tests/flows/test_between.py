"""While an import goes on, lists and search answer, and do not show its people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.register import Query
from privdesk.flows.importing import hands, rowwork, storing
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Cancelled, Progress
from privdesk.window.finder import DeskFinder
from tests.copies import open_as
from tests.flows.folk import DUE, LIVING, one, purposes, take, write

MORE = tuple(one(n, "Newsletter", "2026-11-02") for n in range(30, 42))


@pytest.fixture
def desk(vault: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a desk with eight people, where lists come in three rows at a time."""
    desk = open_as(vault)
    purposes(desk)
    take(desk, write(vault.parent / "first.csv", *DUE, *LIVING))
    monkeypatch.setattr(rowwork, "CHUNK", 3)
    monkeypatch.setattr(storing, "MANY", 10**6)
    yield desk
    desk.vault.close()


def seen(desk: Desk) -> tuple[int, int, int]:
    """Return how many people a table, a filter and a search show, one of them of the import."""
    service = desk.service("subjects")
    view = service.open_view(Query(sort="name"))
    rows = view.rows(0, 50)
    named = service.open_view(Query(text="옥")).rows(0, 50)
    hits = DeskFinder(desk).find(MORE[0].name)
    return len(rows), len(named), len(hits)


def test_lists_and_search_answer_without_the_people_of_the_import(desk: Desk) -> None:
    told: list[tuple[int, int, int]] = []
    before = desk.service("subjects").open_view(Query(sort="ref"))
    path = write(desk.vault.folder.parent / "more.csv", *MORE)

    take(desk, path, progress=Progress(lambda: told.append(seen(desk))))

    assert len(told) > 3
    assert set(told) == {(8, 8, 0)}
    assert seen(desk) == (20, 20, 1)
    assert len(before.rows(0, 50)) == 8


def test_after_a_cancelled_import_nobody_is_hidden(desk: Desk) -> None:
    progress = Progress()
    steps: list[int] = []

    def stop_soon() -> None:
        steps.append(1)
        if len(steps) == 3:
            progress.stop()

    progress.between = stop_soon
    with pytest.raises(Cancelled):
        take(desk, write(desk.vault.folder.parent / "more.csv", *MORE), progress=progress)

    assert desk.vault.hidden is None
    assert seen(desk) == (8, 8, 0)


def test_a_cancelled_import_ends_the_process_beside_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "MANY", 1)
    begun: list[hands.There] = []
    first = hands.There.heads

    def remembered(self: hands.There) -> object:
        begun.append(self)
        return first(self)

    monkeypatch.setattr(hands.There, "heads", remembered)
    progress = Progress()
    progress.between = lambda: progress.stop() if begun else None
    with pytest.raises(Cancelled):
        take(desk, write(desk.vault.folder.parent / "more.csv", *MORE), progress=progress)

    assert not begun[0].alive
