"""Safeguards: taken over, checked, never overwritten; systems and emergency updates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from privdesk.core import figures as spans
from privdesk.core.dates import KOREA
from privdesk.core.errors import ForbiddenError, InvalidValueError
from privdesk.core.findings import Severity
from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk
from privdesk.registers.safeguards import figures, findings, rules
from privdesk.registers.safeguards.shipped import AllTakenError, listed
from tests.copies import MANAGER, copy_office, open_as, switch_to
from tests.desks import ALICE
from tests.registers.fillings import place

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the first officer's desk over an office of five people."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def safeguard(desk: Desk, **values: Any) -> str:
    """Enter a safeguard that is checked every month."""
    told = {"name": "Antivirus", "area": "antivirus", "months": 1, **values}
    return str(desk.service("safeguards").create(told).ref)


def owner(desk: Desk) -> str:
    """Enter somebody who answers for safeguards."""
    return str(desk.service("staff").create({"name": "Ida Tech", "duty": "none"}).ref)


def row_of(desk: Desk, ref: str) -> Row:
    """Return a safeguard."""
    found: Row = desk.service("safeguards").get(ref)
    return found


def check(desk: Desk, ref: str, result: str = "good", **values: Any) -> None:
    """Enter a check."""
    told = {"result": result, "seen": "The console says so", **values}
    desk.service("safeguards").act("check", [ref], told)


def test_the_shipped_list_is_taken_over_once_and_what_is_there_stays(desk: Desk) -> None:
    service = desk.service("safeguards")
    mine = safeguard(desk, name="취약점 점검과 조치", area="intrusion")
    assert len(service.take_over().refs) == len(listed()) - 1
    rows = service.find(Query())
    assert {row.values["area"] for row in rows} == {area.value for area in rules.Area}
    assert all(row.values["name_en"] and row.values["measure"] for row in rows if row.ref != mine)
    with pytest.raises(AllTakenError):
        service.take_over()
    assert len(service.find(Query())) == len(rows)


def test_the_list_is_taken_over_in_the_language_asked_for(desk: Desk) -> None:
    first = desk.service("safeguards").take_over("en").refs[0]
    assert row_of(desk, first).values["name"] == "Password rules and lockout"


def test_a_check_moves_the_next_day_and_stays_in_the_history(desk: Desk, tmp_path: Path) -> None:
    ref = safeguard(desk)
    assert (row_of(desk, ref).state, row_of(desk, ref).values["due"]) == ("new", date(2026, 12, 23))
    check(desk, ref, on=date(2026, 10, 20))
    screen = tmp_path / "console.png"
    screen.write_bytes(b"\x89PNG")
    told = {"fix_by": date(2026, 11, 30), "file": str(screen)}
    check(desk, ref, "weak", on=date(2026, 11, 21), **told)
    row = row_of(desk, ref)
    assert (row.state, row.values["due"]) == ("weak", date(2026, 11, 30))
    checks = desk.service("safeguard-checks").find(Query(sort="on"))
    assert [(one.state, one.values["late"], one.values["by"]) for one in checks] == [
        ("good", False, ALICE), ("weak", True, ALICE),
    ]  # fmt: skip
    assert len(desk.service("safety-papers").of("safeguards", row.id)) == 1
    check(desk, ref, on=TODAY)
    assert (row_of(desk, ref).state, row_of(desk, ref).values["fix_by"]) == ("good", None)
    with pytest.raises(ForbiddenError):
        desk.service("safeguard-checks").update(checks[0].ref, {"seen": "Nothing"})
    with pytest.raises(ForbiddenError):
        desk.service("safeguard-checks").void([checks[0].ref])


def test_a_shorter_time_between_checks_counts_from_the_last_one(desk: Desk) -> None:
    ref = safeguard(desk, months=12)
    check(desk, ref, on=date(2026, 11, 20))
    desk.service("safeguards").update(ref, {"months": 3})
    assert row_of(desk, ref).values["due"] == date(2027, 2, 20)
    with pytest.raises(rules.MonthsError):
        desk.service("safeguards").update(ref, {"months": 13})


def test_what_is_due_names_its_owner_and_stops_once_it_is_checked(desk: Desk) -> None:
    ida = owner(desk)
    plan = safeguard(desk, name="Plan", area="plan", months=12, owner=ida)
    check(desk, plan, on=date(2025, 11, 22))
    (late,) = findings.judge(desk)
    assert (late.rule, late.ref, late.who, late.severity) == ("55", plan, ida, Severity.BREACH)
    check(desk, plan)
    assert findings.judge(desk) == []


def test_systems_are_where_rights_are_in_force_or_something_is_entered(desk: Desk) -> None:
    check(desk, safeguard(desk, name="Plan", area="plan", owner=owner(desk)))
    shop = place(desk)
    assert findings.judge(desk) == []
    told = {"lockout": 6, "password_stored": "clear", "idle_minutes": 30, "outside": "none"}
    told |= {"logged": "full", "log_months": 12}
    desk.service("places").update(shop.ref, told)
    assert [one.rule for one in findings.judge(desk)] == ["47", "49"]
    desk.service("places").update(shop.ref, {"lockout": 5, "password_stored": "one_way"})
    assert findings.judge(desk) == []


def alert(desk: Desk, *places: str, hours: int = 2) -> str:
    """Enter an alert that came some hours ago."""
    at = desk.now() - timedelta(hours=hours)
    told = {"name": "Worm", "bulletin": "B-7", "places": places, "received_at": at}
    return str(desk.service("virus-alerts").create(told).ref)


def test_an_emergency_update_ends_with_the_last_place(desk: Desk) -> None:
    shop, desks = place(desk).ref, place(desk, "Desks").ref
    ref, service = alert(desk, shop, desks), desk.service("virus-alerts")
    (one,) = findings.alerts(desk)
    assert (one.count, one.severity) == (2, Severity.WARNING)
    when = desk.now() - timedelta(minutes=30)
    service.act("updated", [ref], {"places": [shop], "how": "Engine 4.2", "at": when})
    assert service.get(ref).values["left"] == (desks,)
    with pytest.raises(rules.AlertPlacesError):
        service.act("updated", [ref], {"places": [shop], "how": "Again"})
    with pytest.raises(InvalidValueError):
        service.act("updated", [ref], {"how": "x"})
    service.act("updated", [ref], {"how": "Engine 4.2"})
    row = service.get(ref)
    assert (row.state, row.values["hours"], row.values["left"]) == ("done", 2, ())
    lines = row.values["updates"].splitlines()
    assert lines[0] == f"{when.astimezone(KOREA):%Y-%m-%d %H:%M} · Web shop · Engine 4.2"
    assert "Desks" in lines[1]
    assert findings.alerts(desk) == []


def test_an_alert_lies_neither_in_the_future_nor_after_its_update(desk: Desk) -> None:
    shop = place(desk).ref
    with pytest.raises(rules.AlertTimeError):
        alert(desk, shop, hours=-1)
    ref = alert(desk, shop)
    before: datetime = desk.now() - timedelta(hours=3)
    with pytest.raises(rules.AlertTimeError):
        desk.service("virus-alerts").act("updated", [ref], {"how": "Engine", "at": before})


def test_a_manager_sees_how_safeguards_stand_and_changes_none(desk: Desk) -> None:
    first = safeguard(desk)
    safeguard(desk, name="Plan", area="plan", months=12)
    check(desk, first, on=date(2026, 11, 20))
    alert(desk, place(desk).ref)
    hers = switch_to(desk, MANAGER)
    told = {one.key: one for one in figures.figures(hers, spans.month(TODAY).cut(TODAY))}
    counted = {key: (one.value, one.of) for key, one in told.items()}
    assert counted == {
        "safeguards.good": (1, 2),
        "safeguards.checked": (1, 1),
        "safeguards.alerts": (0, 1),
    }
    past = figures.figures(hers, spans.month(date(2026, 10, 1)))
    assert [(one.key, one.value) for one in past] == [
        ("safeguards.checked", 0), ("safeguards.alerts", 0),
    ]  # fmt: skip
    with pytest.raises(ForbiddenError):
        hers.service("safeguards").take_over()
    hers.vault.close()
