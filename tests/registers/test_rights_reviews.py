"""Reviews of access rights: begun with all rights of a system, decided, closed, due again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import NotFoundError
from privdesk.core.register import Query, Row
from privdesk.flows import issuing
from privdesk.registers.access_rights.findings import judge
from privdesk.registers.desk import Desk
from privdesk.registers.rights_reviews import rules
from tests.registers.fillings import TODAY, paper_text, place
from tests.registers.test_staff_stands import member, sign

DAY = timedelta(days=1)


def rights(desk: Desk, at: Row, *names: str) -> dict[str, str]:
    """Enter rights in force since May; return their references by name."""
    made = {}
    for name in names:
        who = member(desk, name)
        sign(desk, who, date(2020, 1, 2))
        told = {"staff": who.ref, "place": at.ref, "account": name, "reason": "Calls"}
        right = desk.service("access-rights").create({**told, "granted_on": date(2026, 5, 23)})
        made[name] = str(right.ref)
    return made


def begun(desk: Desk, at: Row) -> Row:
    found: Row = desk.service("rights-reviews").create({"place": at.ref})
    return found


def lines(desk: Desk, review: Row) -> dict[str, Row]:
    rows = desk.service("reviewed-rights").find(Query(where={"review": review.ref}))
    return {str(row.values["who"]): row for row in rows}


def test_a_review_goes_from_its_beginning_to_the_next_one(desk: Desk) -> None:
    at = place(desk)
    of = rights(desk, at, "가온", "나래", "다솜", "라온")
    review, service = begun(desk, at), desk.service("reviewed-rights")
    on = lines(desk, review)
    assert {name: row.values["access"] for name, row in on.items()} == of

    service.act("keep", [on["가온"].ref], {})
    told = {"level": "export", "reason": "Lists", "approver": "황보라"}
    service.act("change", [on["나래"].ref], told)
    service.act("revoke", [on["다솜"].ref], {"why": "needless"})
    with pytest.raises(rules.UndecidedError, match="1 of the rights"):
        desk.service("rights-reviews").act("close", [review.ref], {})
    desk.service("access-rights").act("confirm", [of["라온"]], {})  # from the other list
    outcome = desk.service("rights-reviews").act("close", [review.ref], {"by": "황보라"})

    states = {name: row.state for name, row in lines(desk, review).items()}
    assert states == {"가온": "kept", "나래": "changed", "다솜": "revoked", "라온": "kept"}
    now = desk.service("rights-reviews").get(review.ref)
    counts = [now.values[name] for name in ("rights", "kept", "changed", "revoked", "undecided")]
    assert (now.state, counts, now.values["reviewer"]) == ("done", [4, 2, 1, 1, 0], "황보라")
    assert now.values["next_due"] == date(2027, 5, 23)
    assert outcome.paper == ("rights-reviews", "rights-reviewed", review.ref)
    kept = desk.service("access-rights").get(of["가온"])
    assert kept.values["reviewed_on"] == TODAY


def test_a_closed_review_stays_as_it_is(desk: Desk) -> None:
    at = place(desk)
    of = rights(desk, at, "가온")
    review = begun(desk, at)
    desk.service("rights-reviews").act("keep-rest", [review.ref], {})
    desk.service("rights-reviews").act("close", [review.ref], {})

    desk.service("access-rights").act("revoke", [of["가온"]], {})

    assert lines(desk, review)["가온"].state == "kept"
    assert desk.service("rights-reviews").get(review.ref).values["kept"] == 1


def test_a_system_has_one_review_at_a_time_and_rights_to_review(desk: Desk) -> None:
    at = place(desk)
    with pytest.raises(rules.NothingToReviewError, match="Web shop"):
        begun(desk, at)
    rights(desk, at, "가온")
    review = begun(desk, at)
    with pytest.raises(rules.ReviewOpenError, match=review.ref):
        begun(desk, at)
    service = desk.service("rights-reviews")
    service.act("keep-rest", [review.ref], {})
    with pytest.raises(rules.ReviewedLaterError):
        service.act("close", [review.ref], {"on": TODAY - DAY})


def test_what_is_due_leads_to_the_review_under_way(desk: Desk) -> None:
    def due() -> list[tuple[str, str]]:
        found = [one for one in judge(desk) if "reviewed by" in one.what_text()]
        return [(one.register, one.ref) for one in found]

    at = place(desk)
    rights(desk, at, "가온")
    assert due() == [("places", at.ref)]
    review = begun(desk, at)
    assert due() == [("rights-reviews", review.ref)]
    desk.service("rights-reviews").act("keep-rest", [review.ref], {})
    assert due() == []
    desk.clock = FixedClock(desk.clock.now() + 160 * DAY)
    assert len(due()) == 1


def test_the_record_of_a_review_prints_every_decision(desk: Desk) -> None:
    at = place(desk)
    rights(desk, at, "가온", "나래")
    review = begun(desk, at)
    desk.service("reviewed-rights").act("keep", [lines(desk, review)["가온"].ref], {})

    told = paper_text(issuing.issue(desk, "rights-reviewed", None, "en").data)

    told = " ".join(told.split())
    assert "1 kept · 0 changed · 0 revoked · 1 not decided" in told
    assert all(word in told for word in ("가온", "나래", "still needed", "Web shop", review.ref))


def test_the_sheet_of_a_review_is_printed_for_all_systems_or_for_one(desk: Desk) -> None:
    shop = place(desk)
    other = desk.service("places").create({"name": "Call centre", "kind": "system"})
    rights(desk, shop, "가온")
    rights(desk, other, "나래")

    whole = paper_text(issuing.issue(desk, "rights-review", None, "ko").data)
    one = paper_text(issuing.issue(desk, "rights-review", other.ref, "ko").data)

    assert "가온" in whole
    assert "나래" in whole
    assert ("가온" in one, "나래" in one) == (False, True)
    right = desk.service("access-rights").find(Query(), limit=1)[0]
    with pytest.raises(NotFoundError, match="lace"):
        issuing.issue(desk, "rights-review", right.ref, "ko")


def test_nobody_keeps_a_right_of_their_own(desk: Desk) -> None:
    at = place(desk)
    rights(desk, at, "가온", "나래")
    (mine,) = desk.service("staff").find(Query(text="나래"))
    desk.service("staff").update(mine.ref, {"login": desk.vault.person.name})
    review = begun(desk, at)
    told = desk.service("rights-reviews").act("keep-rest", [review.ref], {}).message
    assert "left for somebody else" in told
    states = {name: row.state for name, row in lines(desk, review).items()}
    assert states == {"가온": "kept", "나래": "open"}
    with pytest.raises(rules.OwnReviewError):
        desk.service("reviewed-rights").act("keep", [lines(desk, review)["나래"].ref], {})
