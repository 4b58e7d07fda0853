"""Protected zones: their lists and reviews, the visit book, and what goes when its time is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.core.figures import month, year
from privdesk.core.findings import Finding, Severity
from privdesk.core.i18n import speaking
from privdesk.core.register import Query, Row
from privdesk.core.strokes import NothingWrittenError
from privdesk.flows import issuing
from privdesk.registers.desk import Desk
from privdesk.registers.expiring import KeptStillError
from privdesk.registers.incoming import NoSheetError
from privdesk.registers.reading import HIDDEN
from privdesk.registers.visits import findings as visit_findings
from privdesk.registers.visits import rules as visit_rules
from privdesk.registers.visits.rules import InsideElsewhereError
from privdesk.registers.zones import findings as zone_findings
from privdesk.registers.zones import rules
from privdesk.registers.zones.rules import PermitFacts, ZoneFacts
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE
from privdesk.vault.session import KEYS_WAIT
from tests.copies import MANAGER, copy_office, open_as, switch_to
from tests.registers.fillings import paper_text
from tests.scans import scanned

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BOSS = "황보라"
NAME, PHONE, COMPANY = "나들이", "010-2345-6789", "가온설비"


def zone(desk: Desk, name: str = "전산실", **values: Any) -> str:
    """Put a zone in force."""
    told = {"name": name, "since": date(2025, 1, 2), **values}
    return str(desk.service("zones").create(told).ref)


def member(desk: Desk, name: str = "한가람", **values: Any) -> str:
    return str(desk.service("staff").create({"name": name, "category": "a", **values}).ref)


def permit(desk: Desk, at: str, **values: Any) -> str:
    told = {"zone": at, "reason": "서버 운영", "since": date(2026, 1, 5), "approver": BOSS}
    return str(desk.service("zone-permits").create({**told, **values}).ref)


def visit(desk: Desk, at: str, **values: Any) -> Row:
    """Enter a visitor of today, at nine."""
    told = {"zone": at, "name": NAME, "organisation": COMPANY, "phone": PHONE, "entered": "09:00"}
    found: Row = desk.service("visits").create({**told, "purpose": "항온항습기 점검", **values})
    return found


def of(rule: str, found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.rule == rule]


def move(desk: Desk, to: date) -> None:
    """Go to the noon of another day of the office."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(to.year, to.month, to.day, 3, tzinfo=UTC)


# -- the list


def test_a_permit_is_asked_for_granted_and_ended(desk: Desk) -> None:
    at, who, service = zone(desk), member(desk), desk.service("zone-permits")
    ref = permit(desk, at, staff=who, since=None, approver="")
    assert service.get(ref).state == "asked"

    service.act("grant", [ref], {"approver": BOSS})
    assert desk.service("zones").get(at).values["listed"] == 1
    service.act("end", [ref], {"why": "moved"})
    told = desk.service("journal").find(Query(where={"action": "zone.permit-ended"}))
    assert (told[0].values["reason"], told[0].titles["reason"]) == ("moved", "other work")

    row = service.get(ref)
    assert (row.state, row.values["ended_for"], row.values["until"]) == ("ended", "moved", TODAY)
    assert row.values["keep_until"] == date(2029, 11, 23)
    assert desk.service("zones").get(at).values["listed"] == 0


def test_an_ended_permit_lets_nobody_in_again(desk: Desk) -> None:
    at, who, service = zone(desk), member(desk), desk.service("zone-permits")
    ref = permit(desk, at, staff=who)
    service.act("end", [ref], {"on": TODAY - DAY})
    with pytest.raises(InvalidValueError):
        service.update(ref, {"until": TODAY})

    assert visit(desk, at, name="", staff=who).values["allowed"] == "none"


def test_the_permit_of_somebody_who_left_lets_nobody_in_and_is_found(desk: Desk) -> None:
    at, who = zone(desk), member(desk)
    ref = permit(desk, at, staff=who)
    desk.service("staff").update(who, {"left": TODAY - DAY})  # without the procedure

    assert visit(desk, at, name="", staff=who).values["allowed"] == "none"
    led = visit(desk, at, escort=who)

    late = of("56", zone_findings.judge(desk))
    assert [(one.ref, one.due) for one in late] == [(ref, TODAY - DAY)]
    assert led.ref in {one.ref for one in of("56", visit_findings.judge(desk))}


@pytest.mark.parametrize(
    ("on", "right"),
    [
        (date(2026, 1, 4), "none"),
        (date(2026, 1, 5), "listed"),
        (date(2026, 3, 31), "listed"),
        (date(2026, 4, 1), "none"),
    ],
)
def test_a_permit_lets_in_from_its_first_to_its_last_day(desk: Desk, on: date, right: str) -> None:
    at, who = zone(desk), member(desk)
    permit(desk, at, staff=who, until=date(2026, 3, 31))

    came = visit(desk, at, name="", staff=who, on=on, left_at="10:00")

    assert came.values["allowed"] == right


def test_nobody_approves_their_own_permit_or_gets_a_second(desk: Desk) -> None:
    at, who = zone(desk), member(desk)
    with pytest.raises(rules.OwnPermitError):
        permit(desk, at, staff=who, approver="한 가람")
    with pytest.raises(rules.ApproverMissingError):
        permit(desk, at, staff=who, approver="")
    permit(desk, at, staff=who)
    with pytest.raises(rules.PermitTwiceError):
        permit(desk, at, staff=who)
    permit(desk, zone(desk, "문서고"), staff=who)


def test_a_permit_is_for_one_person_who_works_here_or_has_a_company(desk: Desk) -> None:
    at, gone = zone(desk), member(desk, left=date(2026, 11, 20))
    with pytest.raises(rules.GoneHolderError):
        permit(desk, at, staff=gone, since=TODAY)
    with pytest.raises(rules.WhoMissingError):
        permit(desk, at)
    with pytest.raises(rules.WhoMissingError):
        permit(desk, at, person="미화원")
    permit(desk, at, person="미화원", organisation=COMPANY)


def test_names_on_the_list_are_sealed_and_a_manager_reads_them(desk: Desk) -> None:
    at = zone(desk)
    ref = permit(desk, at, person="미화원 도우리", organisation=COMPANY)
    stored = desk.vault.raw.execute("SELECT * FROM zone_permits").fetchone()

    assert not {"미화원 도우리", "서버 운영", BOSS} & {str(value) for value in stored}
    assert desk.service("zone-permits").get(ref).values["who"] == "미화원 도우리"


def test_a_review_keeps_some_ends_others_and_never_overwrites_the_last(desk: Desk) -> None:
    at = zone(desk)
    stays = permit(desk, at, staff=member(desk))
    goes = permit(desk, at, staff=member(desk, "도새봄"))
    service, reviews = desk.service("zones"), desk.service("zone-reviews")

    service.act("review", [at], {"ended": (goes,), "by": BOSS, "note": "한 명 제외"})
    service.act("review", [at], {"by": BOSS})

    found = reviews.find(Query(where={"zone": at}, sort="id"))
    counts = [[row.values[name] for name in ("listed", "kept", "ended")] for row in found]
    assert counts == [[2, 1, 1], [1, 1, 0]]
    assert found[0].values["result"] == "한 명 제외"
    assert desk.service("zone-permits").get(goes).values["ended_for"] == "review"
    assert desk.service("zone-permits").get(stays).values["reviewed_on"] == TODAY
    other = permit(desk, zone(desk, "문서고"), staff=member(desk, "마루한"))
    with pytest.raises(rules.OtherZoneError):
        service.act("review", [at], {"ended": (other,)})
    with pytest.raises(rules.ReviewDayError):
        service.act("review", [at], {"on": TODAY - DAY})


def test_a_review_is_announced_a_fortnight_ahead_and_late_from_the_day_after() -> None:
    facts = ZoneFacts("ZN-1", "전산실", since=date(2026, 1, 5), listed=1)
    due = date(2026, 7, 5)

    assert rules.judge_review(facts, due - 15 * DAY) == ()
    assert rules.judge_review(facts, due - 14 * DAY)[0].severity is Severity.WARNING
    assert rules.judge_review(facts, due)[0].severity is Severity.WARNING
    assert rules.judge_review(facts, due + DAY)[0].severity is Severity.BREACH
    nobody = ZoneFacts("ZN-1", "전산실", since=date(2026, 1, 5), listed=0)
    assert rules.judge_review(nobody, due + DAY) == ()


def test_a_permit_that_ran_out_is_found_from_the_day_after() -> None:
    facts = PermitFacts("ZP-1", "전산실", "한가람", until=TODAY)

    assert rules.judge_permit(facts, TODAY) == ()
    (late,) = rules.judge_permit(facts, TODAY + DAY)
    assert (late.rule, late.severity, late.due) == ("56", Severity.BREACH, TODAY)


def test_the_findings_come_from_the_vault(desk: Desk) -> None:
    at = zone(desk)
    ref = permit(desk, at, staff=member(desk), until=TODAY)

    assert [f.rule for f in zone_findings.judge(desk)] == ["S8.2⑥"]
    desk.service("zones").act("review", [at], {})
    assert zone_findings.judge(desk) == []
    move(desk, TODAY + DAY)
    (found,) = zone_findings.judge(desk)
    assert (found.rule, found.ref) == ("56", ref)
    assert "한가람" in found.what_text()


def test_closing_a_zone_ends_its_permits_but_not_while_somebody_is_inside(desk: Desk) -> None:
    at = zone(desk)
    ref = permit(desk, at, staff=member(desk))
    inside = visit(desk, at)
    with pytest.raises(rules.StillInsideError):
        desk.service("zones").act("close", [at], {})

    desk.service("visits").act("leave", [inside.ref], {})
    desk.service("zones").act("close", [at], {})

    assert desk.service("zone-permits").get(ref).values["ended_for"] == "closed"
    with pytest.raises(rules.ZoneClosedError):
        visit(desk, at)


# -- the visit book


def test_a_visitor_comes_in_and_leaves(desk: Desk) -> None:
    at, service = zone(desk), desk.service("visits")
    row = visit(desk, at, entered="", escort=member(desk))
    assert (row.state, row.values["entered"], row.values["on"]) == ("inside", "12:00", TODAY)
    assert desk.service("zones").get(at).values["inside"] == 1

    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(minutes=50))
    service.act("leave", [row.ref], {"media_out": "교체한 디스크 1개"})

    left = service.get(row.ref)
    assert (left.state, left.values["left_at"], left.values["left_on"]) == ("left", "12:50", TODAY)
    assert left.values["media_out"] == "교체한 디스크 1개"
    assert desk.service("zones").get(at).values["inside"] == 0


def test_nobody_is_in_two_rooms_at_once(desk: Desk) -> None:
    first, second = zone(desk), zone(desk, "문서보관실")
    row = visit(desk, first)
    with pytest.raises(InsideElsewhereError):
        visit(desk, second, organisation=f"{COMPANY} ")
    visit(desk, second, organisation="Another Company")
    visit(desk, second, left_at="09:30")  # over already
    desk.service("visits").act("leave", [row.ref], {})
    assert visit(desk, second).state == "inside"


def test_a_visitor_is_sealed_with_keys_of_its_own_and_masked(desk: Desk) -> None:
    row = visit(desk, zone(desk))

    assert row.values["name"] == "나*이"
    assert row.values["phone"] == "010-****-6789"
    sealed = desk.vault.payloads.read(PEOPLE, row.id)
    assert {NAME, PHONE, COMPANY} <= set(sealed.values())
    assert not {NAME, PHONE, COMPANY} & set(desk.vault.payloads.read(OFFICE, row.id).values())


def test_a_manager_sees_that_somebody_came_but_not_who(tmp_path: Path) -> None:
    desk = open_as(copy_office(tmp_path))
    row = visit(desk, zone(desk))
    permits = permit(desk, row.values["zone"], staff=member(desk))

    other = switch_to(desk, MANAGER)
    try:
        seen = other.service("visits").get(row.ref)
        assert (seen.values["name"], seen.values["phone"]) == (HIDDEN, HIDDEN)
        assert seen.values["on"] == TODAY
        assert other.service("zone-permits").get(permits).values["who"] == "한가람"
        assert visit_findings.figures(other, month(TODAY))[0].value == 1
    finally:
        other.vault.close()


def test_times_are_read_as_spreadsheets_write_them_and_stand_in_their_order(desk: Desk) -> None:
    at = zone(desk)
    row = visit(desk, at, entered="9시 05분", left_at="9:45:00")
    assert (row.values["entered"], row.values["left_at"], row.state) == ("09:05", "09:45", "left")
    with pytest.raises(InvalidValueError):
        visit(desk, at, entered="noon")
    with pytest.raises(visit_rules.VisitDaysError):
        visit(desk, at, left_at="08:59")
    with pytest.raises(visit_rules.VisitDaysError):
        visit(desk, at, entered="12:01")  # a minute ahead
    with pytest.raises(visit_rules.EntryTimeError):
        visit(desk, at, on=TODAY - DAY, entered="")
    night = visit(desk, at, on=TODAY - DAY, entered="23:10", left_on=TODAY, left_at="01:30")
    assert (night.state, night.values["left_on"]) == ("left", TODAY)


def test_a_visit_is_of_one_person_and_nobody_is_their_own_escort(desk: Desk) -> None:
    at, who = zone(desk), member(desk)
    with pytest.raises(visit_rules.NobodyCameError):
        visit(desk, at, name="")
    with pytest.raises(visit_rules.NobodyCameError):
        visit(desk, at, staff=who)
    with pytest.raises(visit_rules.OwnEscortError):
        visit(desk, at, name="", staff=who, escort=who)


def test_who_is_neither_listed_nor_escorted_is_found(desk: Desk) -> None:
    at, guide, own = zone(desk), member(desk), member(desk, "도새봄")
    permit(desk, at, staff=guide)
    permit(desk, at, person="가온설비 기사", organisation=COMPANY)
    alone = visit(desk, at)
    visit(desk, at, escort=guide)  # beside somebody on the list
    visit(desk, at, name="가온설비  기사")  # on the list herself
    visit(desk, at, name="", staff=guide)  # of the staff, on the list
    stranger = visit(desk, at, name="", staff=own)  # of the staff, not on it

    found = of("56", visit_findings.judge(desk))

    assert {one.ref for one in found} == {alone.ref, stranger.ref}
    assert {one.severity for one in found} == {Severity.BREACH}
    desk.service("visits").update(alone.ref, {"escort": guide})
    desk.service("visits").act("settle", [stranger.ref], {"how": "출입 교육을 다시 함"})
    assert of("56", visit_findings.judge(desk)) == []


def test_an_escort_who_is_not_on_the_list_is_found(desk: Desk) -> None:
    at, guide = zone(desk), member(desk)
    ref = permit(desk, at, staff=guide, since=date(2026, 1, 5), until=TODAY - DAY)
    row = visit(desk, at, escort=guide)
    visit(desk, at, on=TODAY - DAY, escort=guide, left_at="10:00")  # the permit's last day

    (found,) = of("56", visit_findings.judge(desk))

    assert (found.ref, found.severity) == (row.ref, Severity.WARNING)
    assert "한가람" in found.what_text()
    assert desk.service("zone-permits").get(ref).state == "ended"


def test_a_visit_without_exit_is_found_at_the_end_of_its_day(desk: Desk) -> None:
    at, guide = zone(desk), member(desk)
    permit(desk, at, staff=guide)
    row = visit(desk, at, escort=guide)
    assert visit_findings.judge(desk) == []

    move(desk, TODAY + DAY)

    (found,) = visit_findings.judge(desk)
    assert (found.rule, found.ref, found.due) == ("56", row.ref, TODAY)
    desk.service("visits").act("leave", [row.ref], {"at": "18:20", "on": TODAY})
    assert visit_findings.judge(desk) == []


def test_a_signature_on_the_screen_is_kept_with_the_visit_once(desk: Desk) -> None:
    row, service = visit(desk, zone(desk)), desk.service("visits")
    with pytest.raises(NothingWrittenError):
        service.sign(row.ref, [[(0.1, 0.1), (0.11, 0.1)]])

    service.sign(row.ref, [[(0.1, 0.1), (0.6, 0.3)]])

    assert service.written_strokes(row.id) == (((0.1, 0.1), (0.6, 0.3)),)
    assert service.get(row.ref).values["signed"] == "screen"
    with pytest.raises(visit_rules.SignedAlreadyError):
        service.act("paper", [row.ref], {})


# -- its end


def test_visits_are_kept_for_the_years_of_their_zone(desk: Desk) -> None:
    at = zone(desk)
    row = visit(desk, at)
    assert row.values["keep_until"] == date(2027, 11, 23)

    desk.service("zones").update(at, {"keep_years": "3"})

    assert desk.service("visits").get(row.ref).values["keep_until"] == date(2029, 11, 23)


def test_expired_visits_are_found_and_destroyed_with_their_keys(desk: Desk) -> None:
    at, guide = zone(desk), member(desk)
    permit(desk, at, staff=guide)
    row = visit(desk, at, escort=guide, left_at="10:00")
    fresh, last = visit(desk, at, on=TODAY, escort=guide, left_at="10:30"), date(2027, 11, 23)
    desk.service("visits").sign(row.ref, [[(0.1, 0.1), (0.6, 0.3)]])
    move(desk, last)
    assert of("12", zone_findings.judge(desk)) == []
    with pytest.raises(KeptStillError):
        desk.service("visits").act("expunge", [row.ref], {})
    with pytest.raises(rules.NothingExpiredError):
        desk.service("zones").act("destroy", [at], {})

    move(desk, last + DAY)
    (found,) = of("12", zone_findings.judge(desk))
    assert (found.ref, found.count, found.severity) == (at, 2, Severity.WARNING)
    outcome = desk.service("zones").act("destroy", [at], {})

    assert outcome.paper == ("zones", "cleared", at)
    for number in (row.id, fresh.id):
        assert desk.vault.payloads.read(PEOPLE, number) == {}
        assert desk.vault.payloads.read(OFFICE, number) == {}
        keys = f"SELECT count(*) FROM {PEOPLE}.keys WHERE id = ?"
        assert desk.vault.raw.execute(keys, (number,)).fetchone()[0] == 0
    gone = desk.service("visits").get(row.ref)
    assert (gone.state, gone.values["escort"], gone.values["on"]) == ("destroyed", "", TODAY)
    assert of("12", zone_findings.judge(desk)) == []
    assert desk.service("zones").history(at)[0].action == "visit.cleared"
    assert desk.vault.meta(KEYS_WAIT)  # the next roll closes older backups


def test_a_signed_paper_log_is_kept_sealed_with_its_days_and_goes_with_their_visits(
    desk: Desk, tmp_path: Path
) -> None:
    at, scan, service = zone(desk), tmp_path / "log.pdf", desk.service("zone-logs")
    scanned(scan)
    day = {"first": date(2026, 11, 20)}
    desk.service("zones").act("scan", [at], {"file": str(scan), **day})
    (row,) = service.find(Query())
    assert (row.state, row.values["keep_until"]) == ("signed", date(2027, 11, 20))
    shown = service.act("show", [row.ref], {"reason": "asked by the auditor"}).shown
    assert shown.data == scan.read_bytes()
    assert desk.journal.newest(1)[0].action == "record.looked"

    desk.service("zones").update(at, {"keep_years": "2"})
    move(desk, date(2028, 11, 20))
    assert of("12", zone_findings.judge(desk)) == []
    move(desk, date(2028, 11, 21))
    assert [one.count for one in of("12", zone_findings.judge(desk))] == [1]
    desk.service("zones").act("destroy", [at], {})
    assert service.get(row.ref).state == "destroyed"
    assert attachments.of_owner(desk.vault, row.id) == []
    text = tmp_path / "log.txt"
    text.write_text("a list")
    with pytest.raises(NoSheetError):
        desk.service("zones").act("scan", [at], {"file": str(text), **day})


def test_late_destruction_is_a_breach_after_its_deadline() -> None:
    one = rules.Expired("ZN-1", "전산실", 3, TODAY, TODAY + 7 * DAY)

    assert rules.judge_expired(one, TODAY) == ()
    assert rules.judge_expired(one, TODAY + 7 * DAY)[0].severity is Severity.WARNING
    assert rules.judge_expired(one, TODAY + 8 * DAY)[0].severity is Severity.BREACH


def test_figures_count_and_name_nobody(desk: Desk) -> None:
    at, guide = zone(desk), member(desk)
    permit(desk, at, staff=guide)
    visit(desk, at, escort=guide)
    visit(desk, at)
    visit(desk, at, on=date(2026, 10, 5), left_at="10:00")

    now = {one.key: one for one in visit_findings.figures(desk, month(TODAY))}
    before = {one.key: one for one in visit_findings.figures(desk, month(TODAY).before())}
    lists = {one.key: one for one in zone_findings.figures(desk, year(TODAY))}

    assert [now[f"visits.{key}"].value for key in ("entries", "without")] == [2, 1]
    assert before["visits.entries"].value == 1
    assert now["visits.entries"].rows[0].label == "전산실"
    assert (lists["zones.listed"].value, lists["zones.current"].of) == (1, 1)
    assert "zones.current" not in {
        one.key for one in zone_findings.figures(desk, month(TODAY).before())
    }


def test_an_escort_without_permit_gives_no_right_and_its_remedy_is_told_in_words(
    desk: Desk,
) -> None:
    at, fit, unfit = zone(desk), member(desk), member(desk, "편아람")
    permit(desk, at, staff=fit)
    visits = desk.service("visits")

    assert visit(desk, at, escort=fit).values["allowed"] == "escorted"
    led = visit(desk, at, escort=unfit)
    assert led.values["allowed"] == "unfit"
    for how in ("ㄱ", ".", "ok"):
        with pytest.raises(InvalidValueError):
            visits.act("settle", [led.ref], {"how": how})
    visits.act("settle", [led.ref], {"how": "동행자를 명단에 올리기로 함"})


def test_one_word_sets_how_long_every_zone_keeps_its_visits_also_new_ones(desk: Desk) -> None:
    first, second, zones = zone(desk), zone(desk, "문서고"), desk.service("zones")
    came = visit(desk, first)
    assert zones.get(first).values["keep_years"] == "1"

    zones.act("keep", [second], {"years": "3"})

    assert {zones.get(ref).values["keep_years"] for ref in (first, second)} == {"3"}
    kept = desk.service("visits").get(came.ref).values["keep_until"]
    assert kept == TODAY.replace(year=TODAY.year + 3)
    assert zones.get(zone(desk, "출력실")).values["keep_years"] == "3"
    assert zones.get(zone(desk, "서고", keep_years="1")).values["keep_years"] == "1"


def test_a_zone_is_called_by_its_english_name_where_english_is_spoken(desk: Desk) -> None:
    at = zone(desk, name_en="Server room")
    permit(desk, at, staff=member(desk))
    zones, permits = desk.service("zones"), desk.service("zone-permits")
    assert zones.called("server room") == zones.called("전산실") == [zones.number(at)]
    for language, name in (("en", "Server room"), ("ko", "전산실")):
        with speaking(language):
            assert [row.titles["zone"] for row in permits.find(Query())] == [name]
        assert name in paper_text(issuing.issue(desk, "zone-list", at, language).data)


@pytest.mark.parametrize("own", ["한가람", "한가람 사원", "시설팀 한가람"])
def test_a_title_makes_nobody_another_approver_of_a_permit(desk: Desk, own: str) -> None:
    at, who = zone(desk), member(desk)
    ref = permit(desk, at, staff=who, since=None, approver="")
    with pytest.raises(rules.OwnPermitError):
        desk.service("zone-permits").act("grant", [ref], {"approver": own})


def test_another_day_makes_no_visit_go_earlier(desk: Desk) -> None:
    at, visits = zone(desk), desk.service("visits")
    row = visit(desk, at, left_at="10:00")
    until = row.values["keep_until"]
    changed = visits.update(row.ref, {"on": date(2001, 1, 1), "left_on": date(2001, 1, 1)})
    assert changed.values["keep_until"] == until
    with pytest.raises(KeptStillError):
        visits.act("expunge", [row.ref], {})
