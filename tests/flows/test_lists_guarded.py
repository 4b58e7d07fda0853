"""A personnel list never stops the next one, and never makes one person another."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.rosters import rules
from tests.flows.test_joining import ALL, DAY, TODAY, compared, staff_of
from tests.flows.test_joining import desk as desk  # noqa: PLC0414


def test_a_list_is_of_no_day_to_come_and_not_older_than_the_last(
    desk: Desk, tmp_path: Path
) -> None:
    service = desk.service("rosters")
    service.act("take", [compared(desk, tmp_path, *ALL).ref], {})
    path = tmp_path / "인사명단.csv"
    for day in (TODAY + DAY, TODAY - DAY):
        with pytest.raises(rules.ListDayError):
            service.create({"file": str(path), "as_of": day})
    path.write_text("기준일: 2062-11-28\n사번,성명\nG-1,한가람\nG-2,오누리\n", encoding="utf-8")
    with pytest.raises(rules.ListDayError, match="2062"):
        service.create({"file": str(path)})


def test_the_day_of_a_list_taken_over_is_corrected_with_a_reason(
    desk: Desk, tmp_path: Path
) -> None:
    service = desk.service("rosters")
    row = compared(desk, tmp_path, *ALL)
    service.act("take", [row.ref], {})
    wrong = "UPDATE rosters SET as_of = '2062-11-28'"  # as older versions of the program took it
    with desk.change() as change:
        desk.vault.raw.execute(wrong)
        change.note("record.changed", "rosters", row.id)
    again = compared(desk, tmp_path, *ALL[:2]).ref
    with pytest.raises(rules.StaleError):
        service.act("take", [again], {})

    for asked in ({"on": TODAY + DAY, "reason": "Mistyped year"}, {"on": TODAY, "reason": "."}):
        with pytest.raises((rules.ListDayError, InvalidValueError)):
            service.act("correct-day", [row.ref], asked)
    service.act("correct-day", [row.ref], {"on": TODAY - DAY, "reason": "Mistyped year"})
    service.act("take", [again], {})

    assert staff_of(desk, "문새빛").values["left"] == TODAY
    assert "Mistyped year" in [one.reason for one in service.history(row.ref)]


def test_swapped_numbers_are_told_and_not_taken_over(desk: Desk, tmp_path: Path) -> None:
    service, staff = desk.service("rosters"), desk.service("staff")
    row = compared(desk, tmp_path, "G-2,한가람,상담팀,,,", "G-1,오누리,영업팀,,,", ALL[2])
    assert str(row.values["who_moved"]).count("another person?") == 2
    told = service.act("take", [row.ref], {}).message
    assert "0 moved" in told
    assert "lines 1, 2" in told
    numbers = {one.values["name"]: one.values["staff_no"] for one in staff.find(Query())}
    assert numbers == {"한가람": "G-1", "오누리": "G-2", "문새빛": "G-3"}


def test_a_comparison_is_stale_once_somebody_moved_elsewhere(desk: Desk, tmp_path: Path) -> None:
    row = compared(desk, tmp_path, ALL[0], "G-2,오누리,재무팀,,,", ALL[2])
    desk.service("staff").update(staff_of(desk, "오누리").ref, {"department": "물류팀"})
    with pytest.raises(rules.StaleError, match="오누리"):
        desk.service("rosters").act("take", [row.ref], {})
