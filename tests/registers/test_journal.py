"""The journal as a register: the order it is read in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.conditions import moments
from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.flows.finding import settled
from privdesk.flows.opening import open_desk
from privdesk.journal.log import Entry
from privdesk.registers.desk import Desk
from privdesk.vault.errors import WrongPassphraseError
from tests.copies import MANAGER, copy_office, open_as, switch_to
from tests.desks import ALICE, BORA


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


def narrowed(desk: Desk, text: str = "", **where: object) -> list[int]:
    """Return the numbers of the entries that a search or conditions leave."""
    return [row.id for row in desk.service("journal").find(Query(text, where))]


def test_entries_are_narrowed_by_day_person_kind_and_register_together(desk: Desk) -> None:
    place = desk.service("places").create({"name": "Web shop"})
    before = desk.journal.frontier().size
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(days=1))
    day = desk.today()
    desk.service("places").update(place.ref, {"name": "Old shop"})
    settled(desk, "nobody")
    changed, searched = before + 1, before + 2

    assert narrowed(desk, at=moments(day, day)) == [searched, changed]
    assert before + 1 not in narrowed(desk, at=moments(None, day - timedelta(days=1)))
    assert len(narrowed(desk, at=moments(None, day - timedelta(days=1)))) == before
    assert narrowed(desk, at=moments(day, None), kind="search") == [searched]
    assert narrowed(desk, at=moments(day, None), register="places") == [changed]
    assert narrowed(desk, at=moments(day, None), person=ALICE) == [searched, changed]
    assert narrowed(desk, at=moments(day, None), person=BORA) == []
    assert narrowed(desk, kind=["look", "export"]) == []


def test_a_reference_finds_all_entries_on_its_record_and_the_case_it_was_for(desk: Desk) -> None:
    person = desk.service("subjects").create({"name": "한빛나"})
    case = desk.service("requests").create({"kind": "access", "channel": "phone"})
    desk.service("subjects").get(person.ref, reveal=case.ref)
    looked = desk.journal.frontier().size

    assert narrowed(desk, person.ref)[0] == looked
    assert narrowed(desk, case.ref)[0] == looked
    assert narrowed(desk, about=person.ref) == narrowed(desk, person.ref)
    assert narrowed(desk, str(looked)) == [looked]


def test_words_find_actions_people_registers_and_reasons(desk: Desk) -> None:
    person = desk.service("subjects").create({"name": "한빛나"})
    desk.service("subjects").get(person.ref, reveal="asked for by letter")
    looked = desk.journal.frontier().size

    assert narrowed(desk, "by letter") == [looked]
    assert looked in narrowed(desk, "Looked at")
    assert narrowed(desk, "Data subj", kind="look") == [looked]
    assert looked in narrowed(desk, ALICE.split()[0])
    assert narrowed(desk, "by no letter") == []


def test_an_entry_shows_the_history_of_the_record_it_is_about(desk: Desk) -> None:
    place = desk.service("places").create({"name": "Web shop"})
    desk.service("places").update(place.ref, {"name": "Old shop"})
    journal = desk.service("journal")
    newest = journal.find(Query(), 1)[0]

    assert [e.action for e in journal.history(newest.ref)] == ["record.changed", "record.created"]


def meddle(desk: Desk) -> None:
    """Begin a change and try in the midst of it what only an officer may."""
    with desk.change() as change:
        change.note("record.changed", "places", reason="meddled")
        desk.service("places").create({"name": "Web shop"})


def test_what_a_role_may_not_do_is_an_entry(tmp_path: Path) -> None:
    desk = open_as(copy_office(tmp_path), MANAGER)
    with pytest.raises(ForbiddenError):
        desk.service("places").create({"name": "Web shop"})
    with pytest.raises(ForbiddenError):
        meddle(desk)

    rows = desk.service("journal").find(Query(where={"kind": "refused"}))
    assert [(r.values["person"], r.values["register"]) for r in rows] == [(MANAGER, "places")] * 2
    assert narrowed(desk, "meddled") == []
    desk.vault.close()


def test_wrong_passphrases_stand_before_the_opening_that_came_after_them(tmp_path: Path) -> None:
    vault = copy_office(tmp_path)
    for _try in range(2):
        with pytest.raises(WrongPassphraseError):
            open_desk(vault, ALICE, "not this passphrase 77")
    desk = open_as(vault)
    refused, opened = desk.journal.entries(desk.journal.frontier().size - 2, 2)

    assert (refused.action, refused.count, opened.action) == ("vault.refused", 2, "vault.opened")
    assert [e.action for e in open_again(desk)] == ["vault.opened"]


def open_again(desk: Desk) -> list[Entry]:
    """Open a desk anew; return the entries that this made."""
    size = desk.journal.frontier().size
    again = switch_to(desk, ALICE)
    found = again.journal.entries(size)
    again.vault.close()
    return found
