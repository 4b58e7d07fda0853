"""Due days as a calendar file: nothing about anybody, and the same duty keeps its number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.i18n import speaking
from privdesk.core.register import Query
from privdesk.flows import calls, duedays, reckoning
from privdesk.registers.desk import Desk
from privdesk.registers.findings.asof import desk_on
from privdesk.ui.case.ports import NewCase


def events(path: Path) -> dict[str, dict[str, str]]:
    """Return the events of a file by their number."""
    text = path.read_bytes().decode().replace("\r\n ", "")
    found = {}
    for body in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        told = dict(line.split(":", 1) for line in body.splitlines())
        found[told["UID"]] = told
    return found


@pytest.fixture
def person(filled: Desk) -> str:
    """Return the reference of somebody."""
    found: str = filled.service("subjects").find(Query(), limit=1)[0].ref
    return found


@pytest.fixture
def request_ref(filled: Desk, person: str) -> str:
    """Return an access request received on Monday, 23 November 2026."""
    return calls.begin(filled, NewCase("access", "phone", "person", person)).ref


def test_an_open_request_stands_on_its_day(filled: Desk, tmp_path: Path, request_ref: str) -> None:
    count = duedays.write(filled, tmp_path / "due.ics")

    found = events(tmp_path / "due.ics")
    (of_request,) = [e for e in found.values() if request_ref in e["SUMMARY"]]
    assert of_request["DTSTART;VALUE=DATE"] == "20261203"  # 23 Nov + 10 days, a Thursday
    assert len(found) == count


def test_nothing_about_anybody_is_written(filled: Desk, tmp_path: Path, request_ref: str) -> None:
    duedays.write(filled, tmp_path / "due.ics")

    text = (tmp_path / "due.ics").read_text("utf-8").replace("\n ", "")
    people = filled.service("subjects").rows(
        [row.id for row in filled.service("subjects").find(Query())], reveal=True
    )
    values = {str(row.values[f]) for row in people for f in ("name", "phone", "email")} - {
        "",
        "None",
    }
    assert values
    assert [value for value in values if value in text] == []
    assert "*" not in text


def test_a_moved_day_keeps_its_number(filled: Desk, tmp_path: Path, request_ref: str) -> None:
    duedays.write(filled, tmp_path / "before.ics")
    calendar = filled.calendar
    holiday = {date(2026, 12, 3): "Election"}
    reckoning.keep(filled, replace(calendar, extra={**calendar.extra, **holiday}))
    duedays.write(filled, tmp_path / "after.ics")

    before, after = events(tmp_path / "before.ics"), events(tmp_path / "after.ics")
    assert before.keys() == after.keys()
    moved = [
        uid
        for uid in before
        if before[uid]["DTSTART;VALUE=DATE"] != after[uid]["DTSTART;VALUE=DATE"]
    ]
    assert moved
    assert {before[uid]["DTSTART;VALUE=DATE"] for uid in moved} == {"20261203"}
    assert {after[uid]["DTSTART;VALUE=DATE"] for uid in moved} == {"20261204"}


def test_a_day_that_has_passed_keeps_its_number(filled: Desk) -> None:
    early = {one.uid for one in duedays.days(desk_on(filled, date(2026, 11, 24)))}
    late = {one.uid for one in duedays.days(desk_on(filled, date(2026, 11, 26)))}

    assert early
    assert early <= late


def test_the_clock_stamps_the_file(filled: Desk, tmp_path: Path, request_ref: str) -> None:
    clock = filled.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(hours=2))
    duedays.write(filled, tmp_path / "due.ics")

    stamps = {e["DTSTAMP"] for e in events(tmp_path / "due.ics").values()}
    assert stamps == {f"{filled.now():%Y%m%dT%H%M%SZ}"}


def test_writing_is_journalled(filled: Desk, tmp_path: Path, request_ref: str) -> None:
    count = duedays.write(filled, tmp_path / "due.ics")

    newest = filled.journal.newest(1)[0]
    assert (newest.action, newest.count) == ("export.made", count)


def test_a_file_that_cannot_be_written_leaves_no_entry(filled: Desk, tmp_path: Path) -> None:
    size = filled.journal.frontier().size

    with pytest.raises(Exception, match="nowhere"):
        duedays.write(filled, tmp_path / "nowhere" / "due.ics")
    assert filled.journal.frontier().size == size


def test_titles_are_in_the_language_of_the_screen(
    filled: Desk, tmp_path: Path, request_ref: str
) -> None:
    with speaking("ko"):
        duedays.write(filled, tmp_path / "due.ics")

    assert "X-WR-CALNAME:Haneul Parcel 처리기한" in (tmp_path / "due.ics").read_text("utf-8")
