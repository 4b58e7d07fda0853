"""The papers of protected zones, issued from a real vault: D19, the list, the confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import ForbiddenError
from privdesk.documents.preview import page_texts
from privdesk.flows import issuing
from privdesk.registers.desk import Desk
from privdesk.registers.zones.rules import LogDaysError
from tests.copies import MANAGER, copy_office, open_as, switch_to

TODAY = date(2026, 11, 23)
BOSS = "황보라"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with a server room, its list, and two visits of today."""
    made = open_as(copy_office(tmp_path))
    made.service("places").create({"name": "Web shop", "kind": "system"})
    made.service("zones").create(
        {"name": "전산실", "code": "PZ-1", "places": ("Web shop",), "since": date(2026, 1, 5)}
    )
    staff = made.service("staff")
    guide = staff.create({"name": "한가람", "department": "IT", "category": "a"}).ref
    pledge = {"staff": guide, "kind": "joining", "signed_on": date(2020, 1, 2)}
    made.service("pledges").create(pledge)
    right = {"staff": guide, "place": "Web shop", "account": "garam", "reason": "Runs it"}
    made.service("access-rights").create({**right, "granted_on": date(2026, 1, 5)})
    permit = {"zone": "전산실", "staff": guide, "reason": "Runs it", "approver": BOSS}
    made.service("zone-permits").create({**permit, "since": date(2026, 1, 5)})
    told = {"zone": "전산실", "organisation": "가온설비", "escort": guide, "entered": "09:00"}
    visits = made.service("visits")
    first = visits.create(
        {**told, "name": "나들이", "phone": "010-2345-6789", "media_in": "2 disks"}
    )
    visits.sign(first.ref, [[(0.1, 0.1), (0.6, 0.3)]])
    visits.create({**told, "name": "도담이", "left_at": "09:40", "on": date(2026, 10, 5)})
    yield made
    made.vault.close()


def zone(desk: Desk) -> str:
    return str(desk.ref("zones", desk.service("zones").called("PZ-1")[0]))


def text(desk: Desk, code: str, ref: str, language: str = "en") -> str:
    return together(issuing.issue(desk, code, ref, language).data)


def together(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def log(desk: Desk, **days: date) -> str:
    """Draw up the log of the room."""
    paper = desk.service("zones").act("log", [zone(desk)], days).paper
    assert paper is not None
    assert paper[:2] == ("zone-logs", "d19")
    return str(paper[2])


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        (
            "ko",
            (
                "보호구역",
                "일자",
                "입실",
                "퇴실",
                "소속",
                "성명",
                "목적",
                "동행자",
                "반입",
                "승인자",
            ),
        ),
        ("en", ("Date", "In", "Out", "Name", "Telephone", "Escort", "Approver", "Signature")),
    ],
)
def test_the_log_has_the_official_columns_and_the_days_asked_for(
    desk: Desk, language: str, heads: tuple[str, ...]
) -> None:
    told = text(desk, "d19", log(desk), language)

    assert [head for head in heads if head not in told] == []
    assert [one in told for one in ("나들이", "010-2345-6789", "한가람", "2disks")] == [True] * 4
    assert "도담이" not in told  # of October
    assert "도담이" in text(desk, "d19", log(desk, first=date(2026, 10, 1)), language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("neither listed nor escorted", "escort not on the list", "still inside")),
        ("ko", ("명단·동행 없음", "동행자 명단에 없음", "입실 중")),
    ],
)
def test_the_log_says_who_came_in_without_right_and_who_has_not_left(
    desk: Desk, language: str, words: tuple[str, str, str]
) -> None:
    before = text(desk, "d19", log(desk), language)
    words = tuple("".join(one.split()) for one in words)  # type: ignore[assignment]
    assert [before.count(one) for one in words] == [0, 0, 2]  # the head counts as well
    staff = {"department": "IT", "category": "a"}
    other = desk.service("staff").create({"name": "편아람", **staff}).ref
    told = {"zone": "전산실", "entered": "09:10", "left_at": "09:20"}
    alone = desk.service("visits").create({**told, "name": "상주빛별"}).ref
    desk.service("visits").create({**told, "name": "한바람", "escort": other})

    after = text(desk, "d19", log(desk), language)
    assert [after.count(one) for one in words] == [1, 1, 2]
    assert ("withoutright:2" if language == "en" else "출입근거없음2건") in after
    desk.service("visits").act("settle", [alone], {"how": "Sent away by the guard at once"})
    assert "2026-11-23" in text(desk, "d19", log(desk), language).split("상주빛별")[1]


def test_a_log_is_of_days_that_were(desk: Desk) -> None:
    with pytest.raises(LogDaysError):
        log(desk, last=date(2026, 11, 24))
    with pytest.raises(LogDaysError):
        log(desk, first=date(2026, 11, 23), last=date(2026, 11, 22))


def test_a_manager_prints_the_list_but_no_log(desk: Desk) -> None:
    drawn, room = log(desk), zone(desk)
    other = switch_to(desk, MANAGER)
    try:
        with pytest.raises(ForbiddenError):
            issuing.draft(other, "d19", drawn, "en")
        told = together(issuing.draft(other, "zone-list", room, "en").data)
        assert "한가람" in told
    finally:
        other.vault.close()


def test_the_list_shows_rights_in_its_systems_without_a_copy(desk: Desk) -> None:
    desk.service("places").create({"name": "Call centre", "kind": "system"})
    elsewhere = {"staff": "한가람", "place": "Call centre", "account": "g", "reason": "Calls"}
    desk.service("access-rights").create({**elsewhere, "granted_on": date(2026, 1, 5)})
    before = text(desk, "zone-list", zone(desk))
    assert "Callcentre" not in before  # not in this room
    right = desk.ref("access-rights", desk.service("access-rights").in_force()[0])
    desk.service("access-rights").act("revoke", [right], {})
    after = text(desk, "zone-list", zone(desk))

    assert ("Webshop" in before, "Webshop" in after) == (True, False)


def test_the_blank_sheet_names_nobody(desk: Desk) -> None:
    told = text(desk, "d19-blank", zone(desk), "ko")
    assert "동행자" in told
    assert "나들이" not in told


def test_with_the_visits_go_the_kept_logs_that_show_them(desk: Desk) -> None:
    old = log(desk, first=date(2026, 10, 1), last=date(2026, 10, 31))
    new = log(desk, first=date(2026, 11, 1))
    text(desk, "d19", old), text(desk, "d19", new)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2027, 10, 6, 3, tzinfo=UTC)  # the visit of October is over

    desk.service("zones").act("destroy", [zone(desk)], {})

    sql = "SELECT state FROM documents WHERE about = ? AND code = 'd19'"
    states = [desk.vault.raw.execute(sql, (ref,)).fetchone()[0] for ref in (old, new)]
    assert states == ["dropped", "issued"]
    confirmed = text(desk, "cleared", zone(desk))
    assert "2026-10-05" in confirmed
    assert not [name for name in ("나들이", "도담이", "010-") if name in confirmed]
    again = text(desk, "d19", old)
    assert "destroyed" in again
    assert "도담이" not in again
