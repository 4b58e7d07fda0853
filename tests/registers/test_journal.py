"""The journal as a register: the order it is read in."""

from __future__ import annotations

import pytest

from privdesk.core.register import Query
from privdesk.registers.desk import Desk


@pytest.mark.parametrize("where", [{}, {"register": "places"}])
def test_the_newest_entry_comes_first_unless_the_oldest_is_asked_for(
    desk: Desk, where: dict[str, str]
) -> None:
    for name in ("Web shop", "Archive", "Call centre"):
        desk.service("places").create({"name": name})
    journal = desk.service("journal")
    register = journal.register
    numbers = [r.id for r in journal.find(Query("", where, register.sort, register.descending))]

    assert numbers == sorted(numbers, reverse=True)
    assert [r.id for r in journal.find(Query("", where, "number"))] == numbers[::-1]


def test_entries_are_sorted_by_what_was_done(desk: Desk) -> None:
    desk.service("places").create({"name": "Web shop"})
    done = [r.values["action"] for r in desk.service("journal").find(Query(sort="action"))]

    assert done == sorted(done)
    assert len(set(done)) > 1
