"""Files: by name, by source number, by count only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk
from privdesk.registers.files.findings import judge
from privdesk.registers.named import RecordInUseError


@pytest.fixture
def purpose(desk: Desk) -> Row:
    """Return a purpose that keeps for three years."""
    row = desk.service("purposes").create(
        {"name": "Parcels", "basis": "contract", "retention": "3 years", "required_items": "name"}
    )
    assert isinstance(row, Row)
    return row


def tape(desk: Desk, purpose: Row, **more: Any) -> Row:
    """Return a file of which only the number of people is known."""
    values = {
        "name": "Tape 7",
        "purpose": purpose.ref,
        "place": "This vault",
        "holds": "count",
        "people": "4,000명",
        "collected_to": "2023-10-01",
    }
    row = desk.service("files").create(values | more)
    assert isinstance(row, Row)
    return row


def test_a_counted_file_has_a_day_and_falls_due(desk: Desk, purpose: Row) -> None:
    row = tape(desk, purpose)

    assert row.values["people"] == 4_000
    assert row.values["due_on"] == date(2026, 10, 1)
    assert row.state == "due"
    assert [one.ref for one in desk.service("files").due(desk.today())] == [row.ref]
    assert [(one.rule, one.ref) for one in judge(desk)] == [("12", row.ref)]


def test_due_files_are_found_by_state(desk: Desk, purpose: Row) -> None:
    files = desk.service("files")
    late = tape(desk, purpose)
    fresh = tape(desk, purpose, name="Tape 8", collected_to="2026-10-01")

    def refs(state: Any) -> list[str]:
        return [row.ref for row in files.find(Query(where={"state": state}))]

    assert refs("due") == [late.ref]
    assert refs(["due", "void"]) == [late.ref]
    files.void([fresh.ref])
    assert refs(["due", "void"]) == [late.ref, fresh.ref]


def test_its_own_period_goes_before_that_of_the_purpose(desk: Desk, purpose: Row) -> None:
    row = tape(desk, purpose, retention="10 years")

    assert row.values["due_on"] == date(2033, 10, 1)
    assert row.state == "active"


def test_the_purpose_moves_the_day(desk: Desk, purpose: Row) -> None:
    files, purposes = desk.service("files"), desk.service("purposes")
    row = tape(desk, purpose, collected_to="2026-10-01")

    purposes.update(purpose.ref, {"retention": "5 years"})
    assert files.get(row.ref).values["due_on"] == date(2031, 10, 1)

    purposes.end([purpose.ref], on=date(2026, 11, 1))
    assert files.get(row.ref).values["due_on"] == date(2026, 11, 1)

    purposes.reopen([purpose.ref], reason="mistake")
    purposes.update(purpose.ref, {"retention": "1 year", "statute": "payment"})
    assert files.get(row.ref).values["due_on"] == date(2031, 10, 2)


def test_a_file_by_name_counts_its_people(desk: Desk, purpose: Row) -> None:
    files = desk.service("files")
    file = files.create(
        {"name": "Customers", "purpose": purpose.ref, "place": "This vault", "people": 77}
    )
    assert file.values["people"] == 0

    person = desk.service("subjects").create({"name": "김가나"})
    holding = desk.service("holdings").create(
        {
            "subject": person.ref,
            "file": file.ref,
            "purpose": purpose.ref,
            "collected_on": "2026-01-01",
        }
    )
    assert files.get(file.ref).values["people"] == 1
    assert files.get(file.ref).values["due_on"] is None
    with pytest.raises(RecordInUseError, match=holding.ref):
        files.void([file.ref])


def test_a_changed_period_of_the_file_moves_its_holdings(desk: Desk, purpose: Row) -> None:
    files, holdings = desk.service("files"), desk.service("holdings")
    file = files.create({"name": "Customers", "purpose": purpose.ref, "place": "This vault"})
    person = desk.service("subjects").create({"name": "김가나"})
    holding = holdings.create(
        {
            "subject": person.ref,
            "file": file.ref,
            "purpose": purpose.ref,
            "collected_on": "2026-01-01",
        }
    )

    files.update(file.ref, {"retention": "1 year"})

    assert holdings.get(holding.ref).values["due_on"] == date(2027, 1, 1)


def test_places_come_once_each(desk: Desk, purpose: Row) -> None:
    desk.service("places").create({"name": "Archive B", "medium": "paper"})
    files = desk.service("files")
    row = tape(desk, purpose, place="Archive B", copies="This vault; Archive B")

    places = desk.service("places")
    names = [places.get(ref).values["name"] for ref in files.places_of(row.id)]

    assert names == ["Archive B", "This vault"]


def test_a_destroyed_file_keeps_its_certificate(desk: Desk, purpose: Row) -> None:
    files = desk.service("files")
    row = tape(desk, purpose)

    with desk.change() as change:
        files.mark_destroyed(change, row.id, "D1-2026-0001")
        change.note("record.changed", "files", row.id)

    gone = files.get(row.ref)
    assert (gone.state, gone.values["certificate"]) == ("destroyed", "D1-2026-0001")
    assert judge(desk) == []
    assert files.due(desk.today()) == []
