"""What the requests bring to Today, on both sides of each border."""

from __future__ import annotations

from datetime import date, timedelta

from privdesk.core.findings import Finding, Severity
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.findings.targets import target
from privdesk.registers.requests import findings
from tests.registers.requests.cases import act, identified, take, wait

LARGE = {"people": 1_000_000}


def found(desk: Desk) -> list[Finding]:
    return findings.judge(desk)


def what(desk: Desk) -> list[str]:
    return [one.what for one in found(desk)]


def test_an_unchecked_case_says_so_until_it_is_late(desk: Desk) -> None:
    row = take(desk)
    (one,) = found(desk)
    assert (one.rule, one.what, one.due) == ("21", findings.UNCHECKED, date(2026, 12, 3))
    assert (target(one).register, target(one).ref) == ("requests", row.ref)

    wait(desk, days=10)  # the last day
    assert what(desk) == [findings.UNCHECKED]
    wait(desk, days=1)
    (one,) = found(desk)
    assert (one.rule, one.what, one.clause) == ("17", findings.LATE, "S6.2")


def test_a_checked_case_is_due_by_its_rule(desk: Desk) -> None:
    identified(desk, "deletion")
    (one,) = found(desk)

    assert (one.rule, one.article, one.what) == ("19", "Decree 43(3)", findings.DUE)
    assert "Deletion R-" in one.what_text()


def test_an_inquiry_is_late_by_the_hour(desk: Desk) -> None:
    take(desk, "inquiry")  # Monday 11:00, it is noon
    assert what(desk) == [findings.DUE_AT]
    wait(desk, hours=22, minutes=59)
    assert what(desk) == [findings.DUE_AT]
    wait(desk, minutes=2)
    (one,) = found(desk)
    assert (one.what, one.clause) == (findings.LATE_AT, "S5.4")
    assert "2026-11-24, 11:00" in one.what_text()


def test_many_cases_of_a_day_are_one_task(desk: Desk) -> None:
    for _n in range(findings.HANDFUL):
        take(desk, "inquiry")
    assert len(found(desk)) == findings.HANDFUL
    take(desk, "inquiry")
    (one,) = found(desk)
    assert (one.count, one.ref, one.what) == (findings.HANDFUL + 1, "", findings.SEVERAL)
    assert target(one).action == "list"


def test_an_agents_case_waits_for_the_mandate(desk: Desk) -> None:
    row = identified(desk, by_agent=True, agent="Kim Mina")
    assert {one.rule for one in found(desk)} == {"17", "22"}
    with desk.change() as change:
        desk.service("requests").put(change, row.id, mandate=True)
        change.note("record.changed", "requests", row.id)
    assert {one.rule for one in found(desk)} == {"17"}


def test_a_fee_is_asked_for_once_the_case_is_answered(desk: Desk) -> None:
    row = identified(desk, fee=4000, cost=4000)
    assert {one.rule for one in found(desk)} == {"17"}
    act(desk, row, "answer", result="granted")
    assert {one.rule for one in found(desk)} == {"25"}
    act(desk, row, "close")
    assert {one.rule for one in found(desk)} == {"25"}
    desk.service("requests").update(row.ref, {"fee_paid": "2026-11-23"})
    assert found(desk) == []


def test_an_answered_case_is_closed(desk: Desk) -> None:
    row = identified(desk)
    act(desk, row, "answer", result="granted")
    assert found(desk) == []  # today
    wait(desk, days=1)
    (one,) = found(desk)
    assert (one.rule, one.due) == ("S6.4", date(2026, 11, 30))  # 28 November is a Saturday
    act(desk, row, "close")
    assert found(desk) == []


def test_a_ground_of_the_policy_alone_stays_in_sight_until_the_case_is_closed(desk: Desk) -> None:
    row = identified(desk)
    act(desk, row, "refuse", code="affairs", reason="Too much work.")
    assert [(one.rule, one.severity) for one in found(desk)] == [("18", Severity.BREACH)]
    act(desk, row, "close")
    assert found(desk) == []


def test_a_lawful_refusal_is_no_finding(desk: Desk) -> None:
    act(desk, identified(desk), "refuse", code="access_law", reason="An investigation.")
    assert found(desk) == []


def test_a_file_goes_by_its_own_day(desk: Desk) -> None:
    row = identified(desk)
    act(desk, row, "answer", result="granted")
    act(desk, row, "close")
    wait(desk, days=3 * 365)
    assert found(desk) == []
    wait(desk, days=1)
    (one,) = found(desk)
    assert (one.rule, one.what, one.ref) == ("12", findings.EXPIRED, row.ref)
    act(desk, row, "expunge")
    assert found(desk) == []


def test_a_channel_that_collects_takes_requests_too(desk: Desk) -> None:
    purpose = desk.service("purposes").create(
        {"name": "News", "basis": "consent", "required_items": "email", "retention": "2 years"}
    )
    person = desk.service("subjects").create({"name": "Example Person"})
    desk.service("consents").create(
        {"subject": person.ref, "purpose": purpose.ref, "at": "2026-11-02", "channel": "web"}
    )
    assert found(desk) == []
    desk.set_setting(findings.CHANNELS, ["phone", "post"])
    (one,) = found(desk)
    assert (one.rule, one.values["clause"]) == ("9", "web")


def test_the_way_of_a_collection_point_in_use_takes_requests_too(desk: Desk) -> None:
    points = desk.service("collection-points")
    told = {"name": "Sign-up", "kind": "app", "channel": "app", "age_asked": "none"}
    point = points.create(told)
    desk.set_setting(findings.CHANNELS, ["phone"])
    (one,) = found(desk)
    assert one.rule == "9"
    assert "“Sign-up” collects data by “App”" in one.what_text()

    desk.set_setting(findings.CHANNELS, ["phone", "web"])  # an app is matched by the web site
    assert found(desk) == []
    desk.set_setting(findings.CHANNELS, ["phone"])
    points.void([point.ref])
    assert found(desk) == []


def test_a_large_company_notifies_usage_once_a_year(desk: Desk) -> None:
    desk.set_setting("profile", {"people": 999_999})
    assert found(desk) == []
    desk.set_setting("profile", LARGE)
    (one,) = found(desk)
    assert (one.rule, one.due) == ("57", date(2026, 11, 23))
    desk.set_setting(findings.USAGE_NOTICE, "2026-11-23")
    (one,) = found(desk)
    assert one.due == date(2027, 11, 23)


def test_sensitive_data_lowers_the_size(desk: Desk) -> None:
    desk.set_setting("profile", {"people": 49_999, "sensitive": True})
    assert found(desk) == []
    desk.set_setting("profile", {"people": 50_000, "sensitive": True})
    assert [one.rule for one in found(desk)] == ["57"]


def test_the_collected_findings_have_them_a_later_day_too(desk: Desk) -> None:
    take(desk)
    later = desk_findings(desk, desk.today() + timedelta(days=20))

    assert "17" in {one.rule for one in later}
