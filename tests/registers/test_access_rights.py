"""Access rights: who may be given one, one account each, reviews, leaving, and the history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.core.findings import Finding, Severity
from privdesk.core.register import Query, Row
from privdesk.flows import issuing
from privdesk.registers.access_rights import judging, rules
from privdesk.registers.access_rights.findings import judge
from privdesk.registers.access_rights.rules import Holder, Passwords, RightFacts, State
from privdesk.registers.desk import Desk
from privdesk.registers.expiring import KeptStillError
from privdesk.vault.payloads import OFFICE
from tests.registers.fillings import paper_text, place

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BOSS = "황보라"


def member(desk: Desk, name: str = "한가람", **values: Any) -> Row:
    """Enter somebody in contact with users, who pledged long ago."""
    found: Row = desk.service("staff").create({"name": name, "category": "a", **values})
    pledge = {"staff": found.ref, "kind": "joining", "signed_on": date(2020, 1, 2)}
    desk.service("pledges").create(pledge)
    return found


def asked(desk: Desk, who: Row, at: Row, **values: Any) -> str:
    """Apply for a right."""
    told = {"staff": who.ref, "place": at.ref, "account": "garam", "reason": "Answers calls"}
    return str(desk.service("access-rights").create({**told, **values}).ref)


def granted(desk: Desk, who: Row, at: Row, **values: Any) -> str:
    """Enter a right that is in force already."""
    return asked(desk, who, at, granted_on=TODAY, **values)


def of(rule: str, found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.rule == rule]


def test_a_right_is_applied_for_granted_changed_and_revoked(desk: Desk) -> None:
    service, who, at = desk.service("access-rights"), member(desk), place(desk)
    ref = asked(desk, who, at)
    assert service.get(ref).state == "requested"

    service.act("grant", [ref], {"approver": BOSS})
    told = {"level": "export", "reason": "Monthly list", "approver": BOSS}
    (new,) = service.act("change", [ref], told).refs
    service.act("revoke", [new], {"why": "needless", "by": "IT"})

    old, now = service.get(ref), service.get(new)
    assert (old.state, old.values["ended_for"], now.state) == ("changed", "changed", "revoked")
    assert (now.values["before"], now.values["account"], now.values["level"]) == (
        ref,
        "garam",
        "export",
    )
    assert now.values["keep_until"] == date(2029, 11, 23)
    assert [e.action for e in service.history(new)][:1] == ["access.revoked"]


def test_accounts_reasons_and_names_are_sealed(desk: Desk) -> None:
    ref = granted(desk, member(desk), place(desk), approver=BOSS)
    stored = desk.vault.raw.execute("SELECT * FROM access_rights").fetchone()

    assert not {"garam", "Answers calls", BOSS} & {str(value) for value in stored}
    assert desk.service("access-rights").get(ref).values["account"] == "garam"


def test_access_needs_a_category_and_a_day_of_work(desk: Desk) -> None:
    service, at = desk.service("access-rights"), place(desk)
    plain = member(desk, "오누리", duty="none", category="")
    later = member(desk, "문새빛", joined=TODAY + DAY)
    last = member(desk, "진아름", left=TODAY)

    with pytest.raises(rules.NoCategoryError):
        service.act("grant", [asked(desk, plain, at)], {"approver": BOSS})
    with pytest.raises(rules.NotWorkingHereError):
        service.act("grant", [asked(desk, later, at)], {"approver": BOSS})
    service.act("grant", [asked(desk, last, at, account="areum")], {"approver": BOSS})


def test_nobody_approves_a_right_of_their_own(desk: Desk) -> None:
    ref = asked(desk, member(desk), place(desk))
    for told in ("한 가람", "한가람 사원", "과장 한가람", "상담팀 한가람 (대리)"):
        with pytest.raises(rules.OwnApprovalError):
            desk.service("access-rights").act("grant", [ref], {"approver": told})
    assert desk.service("access-rights").get(ref).state == "requested"


def test_the_pledge_comes_before_the_access_or_on_that_day() -> None:
    for sworn, fits in ((TODAY, True), (TODAY + DAY, False), (None, False)):
        holder = Holder("한가람", category="a", sworn=sworn)
        if fits:
            rules.check_grant(holder, BOSS, TODAY)
        else:
            with pytest.raises(rules.NotSwornError):
                rules.check_grant(holder, BOSS, TODAY)


def test_one_account_is_for_one_person_in_each_system(desk: Desk) -> None:
    service, at = desk.service("access-rights"), place(desk)
    ref = granted(desk, member(desk), at)
    other = member(desk, "오누리")

    with pytest.raises(rules.AccountTakenError):
        granted(desk, other, at, account="GARAM")
    with pytest.raises(rules.AccountTakenError):
        service.act("grant", [asked(desk, other, at)], {"approver": BOSS})
    mine = granted(desk, other, at, account="nuri")
    with pytest.raises(rules.AccountTakenError):
        service.update(mine, {"account": "garam"})
    granted(desk, other, place(desk, "Call centre"))

    service.act("revoke", [ref], {})
    service.update(mine, {"account": "garam"})


def test_the_same_right_is_not_granted_twice(desk: Desk) -> None:
    who, at = member(desk), place(desk)
    granted(desk, who, at)
    with pytest.raises(rules.GrantedAlreadyError):
        granted(desk, who, at)
    granted(desk, who, at, level="export")


def test_days_of_a_right_are_set_by_its_actions_only(desk: Desk) -> None:
    service = desk.service("access-rights")
    ref = asked(desk, member(desk), place(desk))
    with pytest.raises(rules.ByActionError):
        service.update(ref, {"granted_on": TODAY})
    with pytest.raises(rules.DaysOfRightError):
        service.act("grant", [ref], {"approver": BOSS, "on": TODAY + DAY})
    with pytest.raises(InvalidValueError):
        service.act("revoke", [ref], {})


def test_access_ends_on_the_last_day_of_work(desk: Desk) -> None:
    who = member(desk)
    ref = granted(desk, who, place(desk))
    desk.service("staff").update(who.ref, {"left": TODAY})

    (found,) = of("44", judge(desk))
    assert (found.ref, found.due, found.severity) == (ref, TODAY, Severity.WARNING)
    desk.clock = FixedClock(desk.clock.now() + DAY)
    assert of("44", judge(desk))[0].severity is Severity.BREACH
    with pytest.raises(rules.HolderLeftError):
        desk.service("access-rights").act("confirm", [ref], {})

    desk.service("access-rights").act("revoke", [ref], {"why": "left"})
    assert of("44", judge(desk)) == []


def test_a_move_has_every_right_looked_at_again(desk: Desk) -> None:
    service, who = desk.service("access-rights"), member(desk, department="Sales")
    ref = granted(desk, who, place(desk))
    desk.service("staff").update(who.ref, {"phone": "02-000-0000"})
    assert of("44", judge(desk)) == []

    desk.service("staff").update(who.ref, {"department": "Purchasing"})
    (found,) = of("44", judge(desk))
    assert (found.ref, found.due) == (ref, TODAY)

    service.act("confirm", [ref], {})
    assert of("44", judge(desk)) == []
    assert service.get(ref).values["reviewed_on"] == TODAY


def test_rights_are_reviewed_every_half_year() -> None:
    right = RightFacts("A-1", "Web shop", Holder("x"), State.GRANTED, granted_on=date(2026, 5, 23))
    due = rules.review_by(right, TODAY)
    assert due == TODAY
    places = {"Web shop": "L-1"}
    (on_day,) = judging.judge_reviews([right], places, TODAY)
    (after,) = judging.judge_reviews([right], places, TODAY + DAY)
    assert (on_day.severity, after.severity) == (Severity.WARNING, Severity.BREACH)
    month_before = date(2026, 10, 23)
    assert judging.judge_reviews([right], places, month_before)
    assert not judging.judge_reviews([right], places, month_before - DAY)


def test_the_history_is_kept_three_years_to_the_day(desk: Desk) -> None:
    service = desk.service("access-rights")
    ref = granted(desk, member(desk), place(desk))
    service.act("revoke", [ref], {})
    at = desk.clock.now()

    desk.clock = FixedClock(at.replace(year=2029))
    assert of("45", judge(desk)) == []
    with pytest.raises(KeptStillError):
        service.act("expunge", [ref], {})
    desk.clock = FixedClock(at.replace(year=2029) + DAY)
    assert [one.ref for one in of("45", judge(desk))] == [ref]
    service.act("expunge", [ref], {})

    gone = service.get(ref)
    assert (gone.state, gone.values["account"], gone.values["staff"]) == ("destroyed", "", "")
    assert of("45", judge(desk)) == []


def test_shared_accounts_of_old_lists_are_found() -> None:
    facts = [
        RightFacts(f"A-{n}", "Web shop", Holder(name), State.GRANTED, account=account)
        for n, (name, account) in enumerate((("x", "shop"), ("y", "Shop"), ("y", "own")))
    ]
    (found,) = judging.judge_accounts(facts)
    assert (found.rule, found.count, found.values["account"]) == ("46", 2, "shop")
    assert judging.judge_accounts(facts[1:]) == ()


def test_an_account_shared_in_the_vault_is_found(desk: Desk) -> None:
    at = place(desk)
    granted(desk, member(desk), at)
    granted(desk, member(desk, "오누리"), at, account="nuri")
    assert of("46", judge(desk)) == []
    raw = desk.vault.raw
    digest = raw.execute("SELECT digest FROM access_accounts ORDER BY record").fetchone()[0]
    other = raw.execute("SELECT max(id) FROM access_rights").fetchone()[0]
    with desk.change() as change:  # what the checks refuse, written past them
        raw.execute("UPDATE access_accounts SET digest = ? WHERE record = ?", (digest, other))
        desk.vault.payloads.put(OFFICE, other, {1: "garam"})
        change.note("record.changed", "access-rights", other)
    assert [one.count for one in of("46", judge(desk))] == [2]


def test_access_before_the_pledge_is_told_once() -> None:
    def right(name: str, sworn: date | None) -> RightFacts:
        holder = Holder(name, category="a", sworn=sworn)
        return RightFacts("A-1", "Web shop", holder, State.GRANTED, granted_on=TODAY)

    assert judging.judge_sworn([right("x", TODAY)], TODAY) == ()
    (late,) = judging.judge_sworn([right("x", TODAY + DAY)], TODAY + DAY)
    (many,) = judging.judge_sworn([right("x", TODAY + DAY), right("y", None)], TODAY)
    assert (late.severity, many.severity, many.count) == (Severity.WARNING, Severity.BREACH, 2)


@pytest.mark.parametrize(
    ("length", "kinds", "history", "weak"),
    [
        (8, 3, 3, False),
        (7, 4, 3, True),
        (8, 2, 3, True),
        (10, 2, 3, False),
        (9, 2, 3, True),
        (10, 1, 3, True),
        (8, 3, 2, True),
    ],
)
def test_the_usual_strength_of_passwords(length: int, kinds: int, history: int, weak: bool) -> None:
    assert rules.weak(Passwords(length, kinds, history), TODAY) is weak


def test_weak_and_unknown_passwords_of_systems_in_use_are_found(desk: Desk) -> None:
    at = place(desk)
    assert of("48", judge(desk)) == []
    granted(desk, member(desk), at)
    assert of("48", judge(desk))[0].severity is Severity.SETUP
    told = {"password_length": 8, "password_kinds": 2, "password_history": 3}
    desk.service("places").update(at.ref, told)
    assert of("48", judge(desk))[0].severity is Severity.WARNING
    desk.service("places").update(at.ref, {"password_kinds": 3})
    assert of("48", judge(desk)) == []


def test_old_ledgers_are_taken_in_with_their_days(desk: Desk) -> None:
    who, at = member(desk), place(desk)
    past = asked(desk, who, at, granted_on=date(2024, 3, 1), revoked_on=date(2025, 3, 1))
    row = desk.service("access-rights").get(past)
    assert (row.state, row.values["keep_until"]) == ("revoked", date(2028, 3, 1))
    found = desk.service("access-rights").find(Query(where={"state": "granted"}))
    assert found == []


def test_the_ledger_says_when_it_was_applied_for_and_approved(desk: Desk) -> None:
    service, who, at = desk.service("access-rights"), member(desk), place(desk)
    ref = asked(desk, who, at)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(hours=2))
    service.act("grant", [ref], {"approver": BOSS})
    old = {"requested_at": "2024-02-29 16:05", "approved_at": "2024-03-01 09:30"}
    past = asked(desk, who, at, level="export", revoked_on=date(2025, 3, 1), **old)

    days = service.get(past).values
    assert (days["requested_on"], days["granted_on"]) == (date(2024, 2, 29), date(2024, 3, 1))
    words = paper_text(issuing.issue(desk, "d18", None, "ko").data)
    told = ("2026-11-23 12:00", "2026-11-23 14:00", "2024-02-29 16:05", "2024-03-01 09:30")
    assert [time for time in told if time not in words] == []


def test_a_time_that_nobody_knows_is_not_invented(desk: Desk) -> None:
    service, at = desk.service("access-rights"), place(desk)
    entered = granted(desk, member(desk), at)
    later = asked(desk, member(desk, "오누리"), at, account="nuri", requested_on=TODAY - 2 * DAY)
    service.act("grant", [later], {"approver": BOSS, "on": TODAY - DAY})

    for ref in (entered, later):
        values = service.get(ref).values
        assert (values["requested_at"], values["approved_at"]) == (None, None)
    with pytest.raises(rules.DaysOfRightError):
        asked(desk, member(desk, "문새빛"), at, granted_on="2024-03-01", approved_at="2024-03-02")


def test_a_right_entered_as_in_force_is_never_the_holders_own_word_nor_before_joining(
    desk: Desk,
) -> None:
    desk.service("places").create({"name": "Web shop", "kind": "system", "medium": "electronic"})
    joined = TODAY - timedelta(days=30)
    told = {"name": "봄누리", "category": "a", "joined": joined}
    who = desk.service("staff").create(told)
    rights = desk.service("access-rights")
    right = {"staff": who.ref, "place": "Web shop", "account": "b1", "reason": "Answers calls"}

    for own in ("봄누리", "봄누리 사원", "고객상담팀 봄누리"):
        with pytest.raises(rules.OwnApprovalError):
            rights.create({**right, "granted_on": TODAY, "approver": own})
    with pytest.raises(rules.NotWorkingHereError):
        rights.create({**right, "granted_on": joined - timedelta(days=1), "approver": "윤슬아"})
    made = rights.create({**right, "granted_on": joined, "approver": "윤슬아"})
    assert made.state == "granted"


def test_how_a_granted_right_came_about_stays_but_what_was_left_open_can_be_filled_in(
    desk: Desk,
) -> None:
    desk.service("places").create({"name": "Web shop", "kind": "system", "medium": "electronic"})
    who = desk.service("staff").create({"name": "봄누리", "category": "a"})
    rights = desk.service("access-rights")
    right = {"staff": who.ref, "place": "Web shop", "account": "b1", "reason": "Answers calls"}
    made = rights.create({**right, "granted_on": TODAY})

    rights.update(made.ref, {"approver": "윤슬아"})
    for name, value in (("approver", "한가람"), ("reason", "Anything"), ("approver", "")):
        with pytest.raises(rules.LedgerStandsError):
            rights.update(made.ref, {name: value})
    assert rights.get(made.ref).values["approver"] == "윤슬아"
    open_one = rights.create({**right, "level": "change"})
    rights.update(open_one.ref, {"reason": "Enters orders"})
