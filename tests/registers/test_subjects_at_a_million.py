"""What must not become slow with a million people: which index answers, what is not rewritten."""

from __future__ import annotations

from collections.abc import Callable

from privdesk.registers.desk import Desk


def plan_of(desk: Desk, work: Callable[[], object]) -> str:
    """Return how SQLite would run the last statement on holdings that some work asks for."""
    told: list[str] = []
    raw = desk.vault.raw
    raw.set_trace_callback(told.append)
    try:
        work()
    finally:
        raw.set_trace_callback(None)
    statement = next(text for text in reversed(told) if "FROM holdings" in text)
    return " ".join(str(row[3]) for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}"))


def test_days_of_people_are_found_by_person(desk: Desk) -> None:
    subjects = desk.service("subjects")

    assert "ix_holdings_subject" in plan_of(desk, lambda: subjects.dates(range(50)))


def test_holdings_of_people_are_found_by_person(desk: Desk) -> None:
    holdings = desk.service("holdings")

    assert "ix_holdings_subject" in plan_of(desk, lambda: holdings.of_subjects(range(50)))


def test_days_that_did_not_move_are_not_written_again(desk: Desk) -> None:
    subjects = desk.service("subjects")
    for n in range(3):
        subjects.create({"name": f"Mira Example {n}", "phone": f"010-4821-77{n:02}"})
    raw = desk.vault.raw
    before = raw.total_changes

    with desk.change() as change:
        subjects.relist_due(change)
        assert raw.total_changes == before
        change.note("vault.setting")
