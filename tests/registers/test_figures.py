"""What registers count for a span: both sides of its borders, and the same as the rules say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.figures import Figure, Span, month, parse
from privdesk.core.register import Row
from privdesk.registers import counting, sworn, trained
from privdesk.registers.consents import asking
from privdesk.registers.desk import Desk
from tests.copies import copy_office, open_as
from tests.registers.fillings import TODAY, file, holding, place, purpose

NOVEMBER, OCTOBER = month(TODAY).cut(TODAY), parse("2026-10")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the open desk of a copy of one office."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def told(desk: Desk, register: str, span: Span = NOVEMBER) -> dict[str, Figure]:
    """Return a register's figures of a span by their key."""
    module, _colon, name = desk.register(register).figures.partition(":")
    return {one.key: one for one in getattr(import_module(module), name)(desk, span)}


def at(day: date, hour: int = 12) -> datetime:
    """Return a moment of Korea."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=9)


def case(desk: Desk, kind: str = "access", **columns: object) -> None:
    """Enter a request, its steps as its columns hold them afterwards."""
    service = desk.service("requests")
    row = service.create({"kind": kind})
    with desk.change() as change:
        service.put(change, row.id, **columns)
        change.note("record.changed", "requests", row.id)


def member(desk: Desk, name: str, **values: object) -> Row:
    told = {"name": name, "department": "콜센터", "duty": "handler", "category": "a", **values}
    found: Row = desk.service("staff").create(told)
    return found


def test_a_request_counts_in_the_month_in_which_it_came(desk: Desk) -> None:
    case(desk, received_at=at(date(2026, 10, 31), 23))
    case(desk, received_at=at(date(2026, 11, 1), 0))
    case(desk, "copy", received_at=at(TODAY))

    assert told(desk, "requests", OCTOBER)["requests.received"].value == 1
    now = told(desk, "requests")["requests.received"]
    assert now.value == 2
    assert [(row.label, row.value) for row in now.rows] == [
        ("Access to data", 1),
        ("Copy of data", 1),
    ]


@pytest.mark.parametrize(
    ("answered", "kept"),
    [(at(date(2026, 11, 10), 23), 1), (at(date(2026, 11, 11), 0), 0)],
)
def test_an_answer_is_in_time_on_its_very_last_day(
    desk: Desk, answered: datetime, kept: int
) -> None:
    due = date(2026, 11, 10)
    case(desk, due_on=due, answered_at=answered, state="answered")

    figure = told(desk, "requests")["requests.in-time"]
    assert (figure.value, figure.of) == (kept, 1)


def test_what_is_not_due_yet_or_was_taken_back_is_neither_in_time_nor_late(desk: Desk) -> None:
    case(desk, due_on=TODAY)  # has the rest of the day
    case(desk, due_on=date(2026, 11, 5), state="closed", closed_at=at(date(2026, 11, 4)))
    case(desk, due_on=TODAY - timedelta(days=1))

    figure = told(desk, "requests")["requests.in-time"]
    assert (figure.value, figure.of) == (0, 1)


def test_an_inquiry_is_told_by_the_hour(desk: Desk) -> None:
    day = date(2026, 11, 10)
    common: dict[str, Any] = {
        "kind": "inquiry",
        "due_on": day,
        "due_at": at(day, 15),
        "state": "answered",
    }
    case(desk, **common, answered_at=at(day, 14))
    case(desk, **common, answered_at=at(day, 16))

    figure = told(desk, "requests")["requests.24h"]
    assert (figure.value, figure.of) == (1, 2)
    assert told(desk, "requests")["requests.in-time"].of == 0


def test_what_was_open_at_the_end_of_a_month_is_known_afterwards(desk: Desk) -> None:
    came = at(date(2026, 10, 20))
    case(desk, received_at=came, answered_at=at(date(2026, 10, 31), 23), state="answered")
    case(desk, received_at=came, answered_at=at(date(2026, 11, 1), 1), state="answered")

    then = told(desk, "requests", OCTOBER)
    assert then["requests.open"].value == 1
    assert "requests.late" not in then  # a due day may have been moved since
    assert told(desk, "requests")["requests.open"].value == 0


def test_holdings_tell_today_and_nothing_of_the_past(desk: Desk) -> None:
    of = purpose(desk)
    within = file(desk, of, place(desk))
    holding(desk, within, of, date(2026, 1, 5))
    holding(desk, within, of, TODAY - timedelta(days=732))  # over for a day or two
    holding(desk, within, of, date(2020, 1, 5))  # long beyond the legal days

    now = told(desk, "holdings")
    values = {key: one.value for key, one in now.items()}
    assert values["holdings.people"] == values["holdings.kept"] == 3
    assert (values["holdings.due"], values["holdings.late"]) == (2, 1)
    assert [(row.label, row.value) for row in now["holdings.kept"].rows] == [("Newsletter", 3)]
    assert told(desk, "holdings", OCTOBER) == {}


def test_those_to_be_asked_again_are_as_many_as_the_list_has(desk: Desk) -> None:
    desk.set_setting("profile", {"marketing": True, "people": 10})
    sold = purpose(desk, marketing=True, separate_consents="marketing")
    person = desk.service("subjects").create({"name": "Example Person"}).ref
    for day in (date(2024, 11, 22), date(2024, 12, 22), date(2024, 12, 24), date(2026, 1, 1)):
        values = {"subject": person, "purpose": sold.ref, "at": day, "box": "marketing"}
        desk.service("consents").create(values)
        person = desk.service("subjects").create({"name": "Example Person"}).ref
    desk.service("consents").create({"subject": person, "purpose": sold.ref, "at": TODAY})

    listed = len(asking.due(desk))
    assert listed == 2
    assert told(desk, "consents")["consents.again"].value == listed

    with desk.change() as change:  # a changed purpose asks everybody again
        desk.vault.raw.execute("UPDATE purposes SET renew_from = ?", (TODAY.isoformat(),))
        change.note("record.changed", "purposes", sold.id)
    assert told(desk, "consents")["consents.again"].value == len(asking.due(desk)) == 4


def test_training_and_pledges_count_as_their_rules_do(desk: Desk) -> None:
    day = TODAY - timedelta(days=365)
    course = desk.service("courses").create(
        {"name": "교육", "topics": ("security", "duty"), "minutes": 60}
    )
    only = desk.service("courses").create({"name": "보안", "topics": ("security",), "minutes": 60})
    people = [member(desk, f"직원 {n}", joined=date(2024, 1, 2)) for n in range(5)]
    member(desk, "무관", duty="none", category=None)
    member(desk, "퇴직", joined=date(2024, 1, 2), left=TODAY - timedelta(days=1))
    attended = ((people[0], course, day), (people[1], course, day - timedelta(days=1)))
    for who, of, on in (*attended, (people[2], only, TODAY), (people[3], course, TODAY)):
        session = desk.service("sessions").create({"course": of.ref, "on": on})
        row = desk.service("attendances").create({"session": session.ref, "staff": who.ref})
        desk.service("attendances").act("attend", [row.ref], {})
    desk.service("pledges").create({"staff": people[0].ref, "signed_on": date(2024, 1, 2)})
    desk.service("pledges").create({"staff": people[1].ref, "signed_on": TODAY})

    for on in (TODAY, TODAY - timedelta(days=1), date(2026, 3, 1)):
        span = month(on).cut(on)
        here = [one for one in trained.standing(desk, on) if one.needs and one.here(on)]
        current = told(desk, "attendances", span)["training.current"]
        assert (current.value, current.of) == (sum(one.current(on) for one in here), len(here))
        oaths = [one for one in sworn.standing(desk, on) if one.needs and one.here(on)]
        missing = told(desk, "pledges", span)["pledges.missing"]
        assert (missing.value, missing.of) == (
            sum(one.lacks_first(on) for one in oaths),
            len(oaths),
        )
    assert told(desk, "attendances")["training.current"].value == 2
    assert told(desk, "attendances")["training.security"].value == 3
    assert told(desk, "pledges")["pledges.missing"].value == 3


@pytest.mark.parametrize("on", [date(2026, 11, 23), date(2028, 2, 29), date(2027, 3, 31)])
def test_the_first_day_within_some_months_is_the_first(on: date) -> None:
    from privdesk.core.periods import add, months

    for count in (1, 6, 12):
        first = counting.first_within(on, count)
        assert add(first, months(count)) >= on > add(first - timedelta(days=1), months(count))


def test_processors_are_supervised_for_a_year_to_the_day(desk: Desk) -> None:
    service = desk.service("processors")
    names = ("On the day", "A day too long ago", "Never")
    refs = [service.create({"name": name, "since": date(2024, 1, 2)}).ref for name in names]
    service.create({"name": "Below", "parent": refs[0], "since": date(2024, 1, 2)})
    service.create({"name": "To come", "since": TODAY + timedelta(days=1)})
    with desk.change() as change:
        for ref, day in zip(refs, (date(2025, 11, 23), date(2025, 11, 22)), strict=False):
            row = desk.service("inspections").create({"processor": ref, "held_on": day})
            told_of = (day.isoformat(), row.id)
            desk.vault.raw.execute("UPDATE inspections SET done_on = ? WHERE id = ?", told_of)
            change.note("record.changed", "inspections", row.id)

    found = told(desk, "processors")
    inspected = found["processors.inspected"]
    assert (inspected.value, inspected.of) == (1, 3)
    assert found["processors.subs"].value == 1
    before = told(desk, "processors", OCTOBER)["processors.inspected"]
    assert (before.value, before.of) == (2, 3)


def test_rights_in_force_are_known_of_the_past(desk: Desk) -> None:
    who, where = member(desk, "가온"), place(desk)
    values: dict[str, Any] = {
        "staff": who.ref,
        "place": where.ref,
        "level": "look",
        "account": "gaon",
    }
    values |= {"reason": "Work", "approver": "Head", "granted_on": date(2026, 10, 5)}
    right = desk.service("access-rights").create(values).ref
    desk.service("access-rights").act("revoke", [right], {"why": "needless", "by": "IT"})

    assert told(desk, "access-rights", OCTOBER)["access.standing"].value == 1
    assert told(desk, "access-rights", OCTOBER)["access.granted"].value == 1
    now = told(desk, "access-rights")
    assert (now["access.standing"].value, now["access.revoked"].value) == (0, 1)


def test_every_figure_has_a_key_of_its_own_and_lines_that_fit(desk: Desk) -> None:
    keys: list[str] = []
    for register in desk.registers.values():
        if register.figures:
            found = told(desk, register.name)
            keys += found
            assert told(desk, register.name, OCTOBER).keys() <= found.keys()
            assert all(one.of is None or one.value <= one.of for one in found.values())
    assert len(keys) == len(set(keys)) > 60


def test_what_takes_long_is_made_once_until_something_changes(desk: Desk) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert (desk.once("a", make), desk.once("a", make)) == (1, 1)
    with desk.change() as change:  # what is not committed yet may never be
        assert desk.once("a", make) == 2
        change.note("record.changed", "staff")
    assert desk.once("a", make) == 3
    assert desk.once("b", make) == 4
    assert desk.once("a", make) == 3


def test_whose_duty_is_not_decided_yet_is_neither_unsworn_nor_untrained(desk: Desk) -> None:
    """As the lists behind the figures have it."""
    member(desk, "Decided")
    member(desk, "Undecided", duty="undecided", category="", reason="")
    assert told(desk, "pledges")["pledges.missing"].value == 1
    topics = [f for f in told(desk, "attendances").values() if f.of is not None]
    assert topics
    assert {f.of for f in topics} == {1}
    assert told(desk, "staff")["staff.handlers"].value == 1


def test_a_changed_right_is_not_granted_a_second_time(desk: Desk) -> None:
    who, where = member(desk, "나루"), place(desk)
    values = {"staff": who.ref, "place": where.ref, "level": "look", "account": "naru"}
    service = desk.service("access-rights")
    right = service.create({**values, "reason": "Work", "approver": "Head",
                            "granted_on": date(2026, 10, 5)}).ref  # fmt: skip
    with desk.change() as change:  # as the action leaves it, whoever may approve it
        newer = service.insert(change, {**values, "level": "change", "account": "naru2",
                                        "reason": "More", "approver": "Head",
                                        "granted_on": TODAY})  # fmt: skip
        desk.vault.raw.execute(
            "UPDATE access_rights SET before = ? WHERE id = ?", (service.number(right), newer)
        )
    assert told(desk, "access-rights")["access.granted"].value == 0
