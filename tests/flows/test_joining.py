"""The personnel list compared with the staff, and the way from a line of it to first access."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from privdesk.core.register import Query, Row
from privdesk.flows import issuing
from privdesk.registers.access_rights.rules import NoCategoryError, NotSwornError
from privdesk.registers.desk import Desk
from privdesk.registers.rosters import rules
from privdesk.registers.rosters.rules import Member
from privdesk.registers.staff.findings import judge as judge_staff
from privdesk.registers.staff.service import NumberTakenError
from privdesk.window.planning import plan_of
from tests.copies import open_copy
from tests.registers.fillings import paper_text

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
HEAD = "사번,성명,부서,직위,입사일,퇴사일\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The desk of an office with three members of staff."""
    made = open_copy(tmp_path)
    for number, name in enumerate(("한가람", "오누리", "문새빛"), 1):
        values = {"staff_no": f"G-{number}", "department": "상담팀", "duty": "none"}
        made.service("staff").create({"name": name, **values})
    yield made
    made.vault.close()


def compared(desk: Desk, folder: Path, *lines: str) -> Row:
    """Compare a list of these lines."""
    path = folder / "인사명단.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    found: Row = desk.service("rosters").create({"file": str(path)})
    return found


def staff_of(desk: Desk, name: str) -> Row:
    found: list[Row] = desk.service("staff").find(Query(text=name))
    (row,) = found
    return row


def test_a_list_is_only_compared_until_it_is_taken_over(desk: Desk, tmp_path: Path) -> None:
    place = desk.service("places").create({"name": "Web", "kind": "system"})
    who = staff_of(desk, "오누리")
    told = {"staff": who.ref, "place": place.ref, "account": "nuri", "reason": "Calls"}
    right = desk.service("access-rights").create({**told, "granted_on": TODAY})
    row = compared(
        desk,
        tmp_path,
        "G-1,한가람,상담팀,,,",
        "G-2,오누리,영업팀,과장,,",
        "G-9,새내기,상담팀,사원,2026-12-01,",
    )

    counts = [row.values[name] for name in ("people", "joined", "moved", "gone")]
    assert counts == [3, 1, 1, 1]
    assert "새내기" in row.values["who_joined"]
    assert "상담팀 → 영업팀 과장" in row.values["who_moved"]
    assert "문새빛" in row.values["who_left"]
    assert len(desk.service("staff").find(Query())) == 3
    assert staff_of(desk, "오누리").values["department"] == "상담팀"

    desk.service("rosters").act("take", [row.ref], {})
    new, moved, gone = (staff_of(desk, name) for name in ("새내기", "오누리", "문새빛"))
    assert (new.values["joined"], new.values["duty"]) == (date(2026, 12, 1), "undecided")
    open_ = [one for one in judge_staff(desk) if "not decided" in one.what_text()]
    assert [(one.ref, one.due) for one in open_] == [(new.ref, date(2026, 12, 1))]
    desk.service("staff").update(new.ref, {"duty": "handler", "category": "a"})
    assert not any("not decided" in one.what_text() for one in judge_staff(desk))
    assert desk.service("staff").get(new.ref).values["pledge"] == "missing"
    assert (moved.values["position"], gone.values["left"]) == ("과장", TODAY)
    assert desk.service("access-rights").get(right.ref).values["recheck_on"] == TODAY
    (leaving,) = desk.service("departures").find(Query(where={"state": "open"}))
    assert leaving.values["staff"] == gone.ref


def test_names_of_a_comparison_go_once_it_is_taken_or_dropped(desk: Desk, tmp_path: Path) -> None:
    service = desk.service("rosters")
    lines: tuple[str, ...] = (
        "G-1,한가람,상담팀,,,",
        "G-2,오누리,상담팀,,,",
        "G-3,문새빛,상담팀,,,",
    )
    for way in ("take", "void"):
        row = compared(desk, tmp_path, *lines, f"G-{way},손님{way},총무팀,,,")
        assert service.get(row.ref).values["who_joined"]
        if way == "take":
            service.act("take", [row.ref], {})
        else:
            service.void([row.ref])
        assert service.get(row.ref).values["who_joined"] == ""
        assert service.get(row.ref).values["joined"] == 1
        lines += (f"G-{way},손님{way},총무팀,,,",)


def test_the_same_list_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    lines = ("G-1,한가람,상담팀,,,", "G-2,오누리,상담팀,,,", "G-3,문새빛,상담팀,,,")
    row = compared(desk, tmp_path, *lines)
    assert [row.values[name] for name in ("joined", "moved", "gone")] == [0, 0, 0]


def test_part_of_a_list_never_sends_half_the_office_home() -> None:
    here = [Member(str(n), str(n), ref=f"M-{n}") for n in range(6)]
    kept = rules.compare(here, here[:3], TODAY)
    assert [one.name for one, _day in kept.gone] == ["3", "4", "5"]
    with pytest.raises(rules.TooManyGoneError):
        rules.compare(here, here[:2], TODAY)


def test_who_left_before_and_who_is_not_numbered_yet() -> None:
    here = [Member("가", ref="M-1"), Member("나", "2", ref="M-2")]
    listed = [Member("가", "1"), Member("나", "2", left=TODAY), Member("다", "3", left=TODAY - DAY)]
    found = rules.compare(here, listed, TODAY)
    assert (found.joined, found.moved) == ((), ())
    assert [(one.ref, day) for one, day in found.gone] == [("M-2", TODAY)]
    with pytest.raises(rules.SameNumberError):
        rules.compare(here, [*listed, Member("라", "3")], TODAY)


ALL = ("G-1,한가람,상담팀,,,", "G-2,오누리,상담팀,,,", "G-3,문새빛,상담팀,,,")


def test_an_older_comparison_is_not_taken_over_a_second_time(desk: Desk, tmp_path: Path) -> None:
    service = desk.service("rosters")
    new = "G-9,새내기,상담팀,사원,2026-12-01,"
    first, second = (compared(desk, tmp_path, *ALL[:2], new).ref for _turn in range(2))
    service.act("take", [second], {})

    with pytest.raises(rules.StaleError, match="새내기"):
        service.act("take", [first], {})
    assert len(desk.service("staff").find(Query(text="새내기"))) == 1
    third = compared(desk, tmp_path, *ALL[:2], new)
    assert [third.values[name] for name in ("joined", "moved", "gone")] == [0, 0, 0]
    with pytest.raises(NumberTakenError):
        desk.service("staff").create({"name": "딴사람", "staff_no": "G-9", "duty": "none"})


def test_totals_short_rows_and_a_cover_sheet_are_read_over(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["인사 명단"])
    sheet = book.create_sheet("명단")
    sheet.append(["기준일: 2026년 11월 23일"])
    for line in (
        "사번,성명,소속부서,재직구분,비고",
        "G-1,한가람,상담팀,재직,",
        "G-2,오누리,영업팀",
    ):
        sheet.append(line.split(","))
    sheet.append(["G-3", "문새빛", "상담팀", "퇴직", ""])
    sheet.append(["합계", "3명"])
    path = tmp_path / "list.xlsx"
    book.save(path)

    row = desk.service("rosters").create({"file": str(path)})

    counts = [row.values[name] for name in ("people", "joined", "moved", "gone")]
    assert counts == [3, 0, 1, 1]
    assert "영업팀" in row.values["who_moved"]
    assert "문새빛" in row.values["who_left"]
    assert row.values["unread"] == "비고"


def test_a_line_that_cannot_be_read_is_told_and_sends_nobody_home(
    desk: Desk, tmp_path: Path
) -> None:
    row = compared(desk, tmp_path, *ALL[:2], "G-3,문새빛,상담팀,,언젠가,", "G-8,손님,팀,,26/12/1,")

    assert row.values["unclear"] == "line 4, 문새빛: 입사일 “언젠가”"
    assert (row.values["gone"], row.values["joined"]) == (0, 1)
    desk.service("rosters").act("take", [row.ref], {})
    assert staff_of(desk, "손님").values["joined"] == date(2026, 12, 1)


def test_two_of_one_name_need_their_numbers(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(rules.SameNameError, match="김보람"):
        compared(desk, tmp_path, *ALL, ",김보람,상담팀,,,", ",김보람,배송팀,,,")


def test_a_last_day_to_come_and_another_name_are_seen(desk: Desk, tmp_path: Path) -> None:
    lines = ("G-1,한가람,상담팀,,,2026-12-15", "G-2,오새롬,상담팀,,,", ALL[2])
    row = compared(desk, tmp_path, *lines)
    assert "2026-12-15" in row.values["who_left"]
    assert "another person? 오누리 상담팀 → 오새롬 상담팀" in row.values["who_moved"]
    plan = plan_of(desk, "take", [row.ref], None)
    assert [one.name for one in plan.asks] == ["renamed"]
    assert plan.parts[0].lines[0].mark == "another person?"

    desk.service("rosters").act("take", [row.ref], {"renamed": "1"})

    assert staff_of(desk, "오새롬").values["staff_no"] == "G-2"
    (leaving,) = desk.service("departures").find(Query(where={"state": "open"}))
    assert leaving.values["last_day"] == date(2026, 12, 15)
    assert compared(desk, tmp_path, *lines).values["gone"] == 0


def test_who_comes_back_is_told_apart_from_a_new_hire(desk: Desk, tmp_path: Path) -> None:
    old = staff_of(desk, "문새빛")
    desk.service("staff").update(old.ref, {"left": TODAY - 30 * DAY})

    row = compared(desk, tmp_path, *ALL[:2], "G-3,문새빛,상담팀,,2026-11-23,")

    assert old.ref in row.values["who_joined"]
    desk.service("rosters").act("take", [row.ref], {})
    assert len(desk.service("staff").find(Query(text="문새빛"))) == 2


def test_the_next_list_is_due_after_a_month() -> None:
    assert rules.judge(None, TODAY) == ()
    last = date(2026, 10, 23)
    assert rules.judge(last, TODAY - DAY) == ()
    assert [one.due for one in rules.judge(last, TODAY)] == [TODAY]


def test_a_new_hire_goes_from_the_list_to_first_access(desk: Desk, tmp_path: Path) -> None:
    desk.service("places").create({"name": "Web", "kind": "system"})
    lines = ("G-1,한가람,상담팀,,,", "G-2,오누리,상담팀,,,", "G-3,문새빛,상담팀,,,")
    row = compared(desk, tmp_path, *lines, "G-9,새내기,상담팀,사원,2026-11-23,")
    desk.service("rosters").act("take", [row.ref], {})
    new, rights = staff_of(desk, "새내기"), desk.service("access-rights")
    asked = {"places": "Web", "reason": "Calls", "account": "new"}
    (ref,) = desk.service("staff").act("apply", [new.ref], asked).refs

    with pytest.raises(NoCategoryError):
        rights.act("grant", [ref], {"approver": "한가람"})
    desk.service("staff").update(new.ref, {"duty": "handler", "category": "a"})
    with pytest.raises(NotSwornError):
        rights.act("grant", [ref], {"approver": "한가람"})
    signed = {"staff": new.ref, "kind": "joining", "signed_on": TODAY}
    desk.service("pledges").create(signed)
    rights.act("grant", [ref], {"approver": "한가람"})
    assert rights.get(ref).state == "granted"


@pytest.mark.parametrize(
    ("above", "day"),
    [
        (("인사 명단", "기준일: 2026년 11월 20일"), date(2026, 11, 20)),
        (("인사 명단", "기준일자", "2026-11-20"), date(2026, 11, 20)),
        (("2026. 11. 20. 현재",), date(2026, 11, 20)),
        (("As of 2026-11-20",), date(2026, 11, 20)),
        (("출력일 2026-11-20",), None),
        (("기준일: 2026년 13월 20일",), None),
        ((), None),
    ],
)
def test_the_day_of_a_list_is_read_from_its_titles(above: tuple[str, ...], day: date) -> None:
    assert rules.day_told(above) == day


def test_a_comparison_takes_the_day_of_the_title_unless_another_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    book, path = Workbook(), tmp_path / "명단.xlsx"
    cover = book.active
    assert cover is not None
    cover.append(["인사 명단"])
    sheet = book.create_sheet("명단")
    for line in (("임직원 명단",), ("기준일: 2026년 11월 20일",), ("사번", "성명"),
                 ("G-1", "한가람"), ("G-2", "오누리"), ("G-3", "문새빛")):  # fmt: skip
        sheet.append(line)
    book.save(path)
    service = desk.service("rosters")

    assert service.create({"file": str(path)}).values["as_of"] == date(2026, 11, 20)
    told = service.create({"file": str(path), "as_of": TODAY})
    assert told.values["as_of"] == TODAY


def test_lines_of_a_comparison_are_taken_over_one_by_one(desk: Desk, tmp_path: Path) -> None:
    row = compared(
        desk, tmp_path, "G-1,한가람,상담팀,,,", "G-2,오누리,영업팀,,,", "G-8,새내기,,,,",
        "G-9,손님,,,,"
    )  # fmt: skip
    service, staff = desk.service("rosters"), desk.service("staff")
    plan = plan_of(desk, "take", [row.ref], None)
    assert [at for at, _text in plan.choices] == ["1", "2", "3", "4"]
    assert [line.mark for part in plan.parts for line in part.lines] == ["taken over"] * 4
    assert not plan_of(desk, "take", [row.ref], ()).possible
    some = plan_of(desk, "take", [row.ref], ("2", "3"))
    assert [line.mark == "taken over" for part in some.parts for line in part.lines] == [
        *(False, True, True, False)
    ]

    for lines in ("5", "0", "x", "3-2"):
        with pytest.raises(rules.NoSuchLineError):
            service.act("take", [row.ref], {"lines": lines})
    service.act("take", [row.ref], {"lines": "2-3"})

    assert {one.values["name"] for one in staff.find(Query())} == {
        *("한가람", "오누리", "문새빛", "손님")
    }
    assert staff_of(desk, "오누리").values["department"] == "영업팀"
    assert staff_of(desk, "문새빛").values["left"] is None
    again = compared(desk, tmp_path, "G-1,한가람,,,,", "G-2,오누리,,,,", "G-8,새내기,,,,",
                     "G-9,손님,,,,")  # fmt: skip
    counts = [again.values[name] for name in ("joined", "moved", "gone")]
    assert counts == [1, 0, 1]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_comparison_prints_and_its_copy_goes_with_the_names(
    desk: Desk, tmp_path: Path, language: str
) -> None:
    row = compared(desk, tmp_path, "G-1,한가람,,,,", "G-2,오누리,,,,", "G-9,새내기,,,,",
                   "G-8,손님,,,내일,")  # fmt: skip
    words = paper_text(issuing.issue(desk, "roster", row.ref, language).data)
    for told in (
        "새내기",
        "문새빛",
        "손님",
        row.ref,
        *(("입사",) if language == "ko" else ("Joined",)),
    ):
        assert told in words
    kept = Query(where={"code": "roster"})
    (copy,) = desk.service("documents").find(kept)
    assert copy.state == "issued"

    desk.service("rosters").act("take", [row.ref], {"lines": "1"})
    (copy,) = desk.service("documents").find(kept)
    assert copy.state != "issued"
