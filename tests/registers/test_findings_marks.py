"""Decisions about tasks: given, put off, excepted by two officers; each journalled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError, NotFoundError
from privdesk.core.findings import Bucket
from privdesk.core.i18n import use
from privdesk.flows import choosing, people
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.commands import part_of
from privdesk.registers.findings.marks import Task
from privdesk.registers.findings.service import (
    FindingsService,
    NotAfterTodayError,
    NotAskedError,
    ReasonMissingError,
    SameOfficerError,
    TaskGoneError,
    TooFarError,
)
from privdesk.vault.crypto import FLOOR
from tests.copies import copy_of, open_as, switch_to
from tests.desks import BORA, make_desk
from tests.registers import fillings
from tests.registers.fillings import TODAY

NEXT_WEEK = TODAY + timedelta(days=7)


def filled(folder: Path) -> Desk:
    """Return an office in which people are overdue on two days and due on a third."""
    desk = make_desk(folder)
    news, shop = fillings.purpose(desk), fillings.place(desk)
    customers = fillings.file(desk, news, shop)
    for day in (date(2024, 9, 1), date(2024, 10, 1), date(2024, 10, 1), date(2024, 11, 20)):
        fillings.holding(desk, customers, news, day)
    return desk


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    """Return its desk."""
    desk = open_as(copy_of(filled, tmp_path))
    yield desk
    desk.vault.close()


def overdue(desk: Desk) -> Task:
    """Return the one overdue task."""
    (task,) = FindingsService(desk).today().buckets[Bucket.OVERDUE]
    return task


def journalled(desk: Desk) -> tuple[str, dict[str, str]]:
    """Return action and sealed details of the newest entry."""
    entry = desk.journal.newest(1)[0]
    return entry.action, desk.journal.details(entry)


def test_overdue_people_of_a_file_and_purpose_are_one_task(office: Desk) -> None:
    task = overdue(office)

    assert task.finding.count == 3
    assert task.finding.due == date(2026, 9, 7)
    assert task.finding.what_text().startswith("3 people in “Customers”")
    assert len(FindingsService(office).today().buckets[Bucket.WEEK]) == 1


def test_a_task_put_off_comes_back_on_its_day(office: Desk) -> None:
    service = FindingsService(office)

    service.put_off(overdue(office).key, NEXT_WEEK, "The system is being moved")

    board = service.today()
    assert board.buckets[Bucket.OVERDUE] == ()
    moved = next(t for t in board.buckets[Bucket.WEEK] if t.put_off)
    assert moved.put_off is not None
    assert moved.put_off.reason == "The system is being moved"
    action, details = journalled(office)
    assert action == "finding.put-off"
    assert details["reason"] == "The system is being moved"
    assert details["until"] == "2026-11-30"

    office.clock.advance(timedelta(days=7))  # type: ignore[attr-defined]
    assert overdue(office).finding.count >= 3


def test_the_reason_stands_nowhere_in_the_clear(office: Desk) -> None:
    FindingsService(office).put_off(overdue(office).key, NEXT_WEEK, "zebrafish")

    columns = office.vault.raw.execute("SELECT * FROM finding_marks").fetchall()
    assert "zebrafish" not in repr(columns)


def test_a_put_off_lapses_when_more_people_come_under_it(office: Desk) -> None:
    service = FindingsService(office)
    service.put_off(overdue(office).key, NEXT_WEEK, "Waiting for IT")
    files, purposes = office.service("files"), office.service("purposes")
    within = files.rows(files.called("Customers"))[0]
    of = purposes.rows(purposes.called("Newsletter"))[0]

    fillings.holding(office, within, of, date(2024, 9, 20))

    assert overdue(office).finding.count == 4


def test_a_task_is_given_to_somebody_and_stays_where_it_is(office: Desk) -> None:
    service = FindingsService(office)
    bora = next(number for number, name in service.people().items() if name == BORA)

    service.give(overdue(office).key, bora)

    board = service.today()
    assert board.holder(overdue(office)) == BORA
    assert journalled(office)[1]["to"] == BORA


def test_nobody_can_be_given_a_task_who_is_not_of_the_office(office: Desk) -> None:
    with pytest.raises(NotFoundError):
        FindingsService(office).give(overdue(office).key, 999)


def test_an_exception_takes_two_officers(office: Desk) -> None:
    service = FindingsService(office)
    service.except_(overdue(office).key, date(2027, 1, 31), "Authority asked us to wait")
    with pytest.raises(SameOfficerError):
        service.approve_exception(overdue(office).key)
    asked = overdue(office).asked
    assert asked is not None
    assert asked.reason == "Authority asked us to wait"

    other = switch_to(office, BORA)
    service = FindingsService(other)
    service.approve_exception(overdue(other).key)

    board = service.today()
    assert board.buckets[Bucket.OVERDUE] == ()
    (excepted,) = board.excepted
    assert excepted.excepted is not None
    assert excepted.excepted.until == date(2027, 1, 31)
    assert journalled(other)[1]["step"] == "approved"

    service.take_up(excepted.key)
    assert overdue(other).excepted is None
    other.vault.close()


def test_a_refused_exception_leaves_the_task(office: Desk) -> None:
    service = FindingsService(office)
    service.except_(overdue(office).key, NEXT_WEEK, "Too much work")

    service.refuse_exception(overdue(office).key, "That is no reason")

    assert overdue(office).asked is None
    with pytest.raises(NotAskedError):
        service.approve_exception(overdue(office).key)


def test_a_second_put_off_replaces_the_first(office: Desk) -> None:
    service = FindingsService(office)
    service.put_off(overdue(office).key, NEXT_WEEK, "First")
    task = next(t for t in service.today().buckets[Bucket.WEEK] if t.put_off)
    service.put_off(task.key, TODAY + timedelta(days=20), "Second")

    moved = next(t for t in service.today().buckets[Bucket.LATER] if t.put_off)
    assert moved.put_off is not None
    assert moved.put_off.reason == "Second"


@pytest.mark.parametrize(
    ("until", "reason", "error"),
    [
        (TODAY, "Later", NotAfterTodayError),
        (TODAY + timedelta(days=32), "Later", TooFarError),
        (NEXT_WEEK, "  ", ReasonMissingError),
    ],
)
def test_what_cannot_be_put_off_is_refused(
    office: Desk, until: date, reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        FindingsService(office).put_off(overdue(office).key, until, reason)


def test_the_longest_put_off_is_taken(office: Desk) -> None:
    FindingsService(office).put_off(overdue(office).key, TODAY + timedelta(days=31), "Later")


def test_a_task_that_is_gone_is_refused_and_nothing_is_journalled(office: Desk) -> None:
    before = office.journal.newest(1)[0].number

    with pytest.raises(TaskGoneError):
        FindingsService(office).put_off("12|holdings||||", NEXT_WEEK, "Later")

    assert office.journal.newest(1)[0].number == before


def test_decisions_hold_in_the_other_language(office: Desk) -> None:
    service = FindingsService(office)
    service.put_off(overdue(office).key, NEXT_WEEK, "Waiting for IT")

    use("ko")

    assert service.today().buckets[Bucket.OVERDUE] == ()


def test_a_manager_sees_the_board_and_decides_nothing(office: Desk) -> None:
    people.add(office, "Chul Example", "manager", "steady lantern orchard 91", FLOOR)
    folder, clock = office.vault.folder, office.clock
    office.vault.close()
    desk = open_desk(folder, "Chul Example", "steady lantern orchard 91", clock)
    service = FindingsService(desk)

    board = service.today()

    assert board.buckets[Bucket.OVERDUE][0].finding.count == 3
    assert board.may_decide is False
    with pytest.raises(ForbiddenError):
        service.put_off(board.buckets[Bucket.OVERDUE][0].key, NEXT_WEEK, "Later")
    desk.vault.close()


def test_the_fortnight_counts_what_is_due_and_knows_the_days_of_rest(office: Desk) -> None:
    days = FindingsService(office).today().fortnight

    assert len(days) == 14
    assert days[0].day == TODAY
    assert [d.day.day for d in days if d.rest] == [28, 29, 5, 6]
    assert {d.day.day: d.tasks for d in days if d.tasks} == {25: 1}


def test_next_due_is_told_when_nothing_is_due(desk: Desk) -> None:
    news, shop = fillings.purpose(desk), fillings.place(desk)
    fillings.holding(desk, fillings.file(desk, news, shop), news, date(2024, 12, 12))
    service = FindingsService(desk)

    following = service.next_due()

    assert following is not None
    assert (following.day, following.what) == (date(2026, 12, 12), "retention sweep")
    assert service.today().quiet
    assert service.due_count() == 0


def test_steps_that_are_not_needed_count_as_settled(desk: Desk) -> None:
    service = FindingsService(desk)
    before = service.set_up().done

    service.not_needed("policy", "Our policy names other purposes")
    service.confirm_epoch_folder()

    assert service.set_up().done == before + 2
    with pytest.raises(NotFoundError):
        service.not_needed("dancing", "No")


def test_people_due_lead_to_exactly_them(desk: Desk) -> None:
    news, shop = fillings.purpose(desk), fillings.place(desk)
    held = fillings.file(desk, news, shop)
    for _n in range(2):
        fillings.holding(desk, held, news, date(2024, 11, 20))
    for year in (2019, 2020, 2021):
        fillings.holding(desk, held, news, date(year, 1, 2))

    board = FindingsService(desk).today()
    tasks = [t for bucket in board.buckets.values() for t in bucket if t.finding.rule == "12"]
    assert sorted(task.finding.count for task in tasks) == [2, 3]  # overdue ones are one task
    for task in tasks:
        action, _colon, of = task.target.action.partition(":")
        assert action == "request-due"
        part = part_of(of)
        assert (part.file, part.purpose) == (held.ref, news.ref)
        chosen = choosing.choose(desk, due_on=desk.today(), part=part)
        assert len(chosen.taken) == task.finding.count


def test_a_counted_file_leads_to_the_request_for_that_file(desk: Desk) -> None:
    news, shop = fillings.purpose(desk), fillings.place(desk)
    last = date(2024, 11, 20)
    counted = fillings.file(desk, news, shop, holds="count", people=40, collected_to=last)

    (task,) = FindingsService(desk).today().buckets[Bucket.WEEK]

    assert task.finding.count == 40
    assert task.target.action == f"request-file:{counted.ref}"
