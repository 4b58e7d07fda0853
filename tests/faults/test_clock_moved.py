"""A clock set by a day or a year, or in a zone with summer time, moves no deadline."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.register import Query
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from tests.copies import open_as
from tests.desks import NOON
from tests.faults.damage import office

JUMPS = [timedelta(days=1), timedelta(days=365)]
ZONES = ["Asia/Seoul", "America/New_York", "Europe/Berlin", "Pacific/Apia", "Antarctica/Troll"]
SPRING = datetime(2027, 3, 14, 6, 30, tzinfo=UTC)  # half an hour before New York skips one


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return a closed vault."""
    return office(tmp_path)


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Set the workstation's time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def asked(desk: Desk) -> date:
    """Enter a request now; return when it is due."""
    (somebody, *_rest) = desk.service("subjects").find(Query(sort="ref"))
    given = {"kind": "access", "channel": "phone", "subject": somebody.ref}
    row = desk.service("requests").create(given)
    due: date = desk.service("requests").get(row.ref).values["due_on"]
    return due


def in_order(desk: Desk) -> bool:
    """Whether the journal is whole, and no entry is earlier than the one before it."""
    times = [e.at for e in desk.journal.entries(limit=100_000)]
    return verify.verify(desk.vault).faults == () and times == sorted(times)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_set_back_shortens_no_term_and_is_recorded(vault: Path, jump: timedelta) -> None:
    desk = open_as(vault, clock=FixedClock(NOON))
    due = asked(desk)
    desk.vault.close()

    desk = open_as(vault, clock=FixedClock(NOON - jump))
    assert asked(desk) == due
    assert [e.action for e in desk.journal.entries(limit=100_000)].count("vault.clock") == 1
    assert [f.rule for f in desk_findings(desk) if f.rule == "clock"]
    assert in_order(desk)
    desk.vault.close()


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_was_ahead_for_a_while_is_told_of_until_it_has_caught_up(
    vault: Path, jump: timedelta
) -> None:
    desk = open_as(vault, clock=FixedClock(NOON + jump))
    due = asked(desk)
    desk.vault.close()

    desk = open_as(vault, clock=FixedClock(NOON))
    assert asked(desk) == due  # nothing is entered before what was entered already
    assert [f.rule for f in desk_findings(desk) if f.rule == "clock"]
    assert in_order(desk)
    desk.vault.close()

    desk = open_as(vault, clock=FixedClock(NOON + jump + timedelta(minutes=1)))
    assert not [f.rule for f in desk_findings(desk) if f.rule == "clock"]
    desk.vault.close()


def moves(desk: Desk) -> list[tuple[str, str]]:
    """Return what the journal says of the clock: action, and by how much."""
    entries = desk.journal.entries(limit=100_000)
    clock = [e for e in entries if e.action in ("vault.clock", "vault.jump")]
    return [(e.action, desk.journal.details(e)["reason"]) for e in clock]


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_goes_forward_under_an_open_desk_is_recorded_and_told_at_once(
    vault: Path, jump: timedelta
) -> None:
    """Before papers bear days to come; later it could only be waited for."""
    clock = FixedClock(NOON, seconds=1_000.0)
    desk = open_as(vault, clock=clock)
    clock.advance(timedelta(hours=3))
    clock.seconds = 1_000.0 + 3 * 3600  # three hours passed
    asked(desk)
    assert moves(desk) == []
    assert not [f for f in desk_findings(desk) if f.rule == "clock"]

    clock.advance(jump)
    clock.seconds += 60.0
    asked(desk)
    assert moves(desk) == [("vault.jump", f"{jump.total_seconds() - 60:.0f} s")]
    (told,) = [f for f in desk_findings(desk) if f.rule == "clock"]
    assert "went forward by" in told.what_text()
    clock.advance(-jump)
    clock.seconds += 60.0
    asked(desk)
    assert [action for action, _by in moves(desk)] == ["vault.jump", "vault.clock"]
    (told,) = [f for f in desk_findings(desk) if f.rule == "clock"]
    assert "this PC says" in told.what_text()
    assert in_order(desk)
    desk.vault.close()


def test_a_clock_set_back_behind_nothing_entered_yet_is_recorded_too(vault: Path) -> None:
    clock = FixedClock(NOON, seconds=0.0)
    desk = open_as(vault, clock=clock)
    clock.advance(timedelta(minutes=30))
    clock.seconds = 4 * 3600.0  # it was set back by more than three hours meanwhile
    asked(desk)

    assert moves(desk) == [("vault.clock", f"{3.5 * 3600:.0f} s")]
    assert in_order(desk)
    desk.vault.close()


@pytest.mark.parametrize(("days", "told"), [(30, False), (32, True), (365, True)])
def test_a_clock_that_went_forward_while_the_vault_was_closed_is_recorded(
    vault: Path, days: int, told: bool
) -> None:
    later = NOON + timedelta(days=days)
    desk = open_as(vault, clock=FixedClock(later, seconds=5.0))

    assert [action for action, _by in moves(desk)] == ["vault.jump"] * told
    assert bool([f for f in desk_findings(desk) if f.rule == "clock"]) is told
    desk.vault.close()
    desk = open_as(vault, clock=FixedClock(later + timedelta(days=15), seconds=9.0))
    assert not [f for f in desk_findings(desk) if f.rule == "clock"]
    desk.vault.close()


@pytest.mark.parametrize("zone", ZONES, indirect=True)
@pytest.mark.parametrize("hours", [0, 1, 18])
def test_the_workstations_zone_and_its_summer_time_move_no_day(
    vault: Path, zone: str, hours: int
) -> None:
    moment = SPRING + timedelta(hours=hours)
    desk = open_as(vault, clock=FixedClock(moment))
    here = (moment + timedelta(hours=9)).date()  # Seoul

    assert desk.today() == here
    assert asked(desk) == desk.calendar.deadline_days(here, 10)
    assert in_order(desk)
    desk.vault.close()
