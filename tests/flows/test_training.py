"""A training day from the list to the certificates, and the papers of training."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from privdesk.core.register import Query, Row
from privdesk.documents.preview import page_texts
from privdesk.flows import certificates, issuing, rolls
from privdesk.registers.desk import Desk
from tests.copies import copy_of, open_as, open_copy
from tests.registers.fillings import TODAY

COUNT = 300


def _staffed(folder: Path) -> Desk:
    desk = open_copy(folder, 1)
    with desk.change() as change:
        for n in range(COUNT):
            values = {"name": f"직원{n:03}", "staff_no": f"S-{n:03}", "department": f"부서{n % 7}"}
            told = {"duty": "handler", "category": "a", **values}
            desk.service("staff").insert(change, told)
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the desk of an office with three hundred people who handle personal data."""
    made = open_as(copy_of(_staffed, tmp_path))
    yield made
    made.vault.close()


def session(desk: Desk, **values: object) -> Row:
    told = {"name": "정기교육", "topics": ("security", "duty"), "minutes": 90, **values}
    course = desk.service("courses").create(told)
    found: Row = desk.service("sessions").create({"course": course.ref, "on": TODAY})
    return found


def act(desk: Desk, of: Row, action: str, **values: object) -> object:
    return desk.service("sessions").act(action, [of.ref], values)


def draft(desk: Desk, code: str, ref: str | None = None, language: str = "en") -> str:
    return "\n".join(page_texts(issuing.draft(desk, code, ref, language).data))


def test_a_training_day_of_three_hundred_people(desk: Desk, tmp_path: Path) -> None:
    held = session(desk, test=True)
    act(desk, held, "invite", who="everybody")
    assert "300 people" in draft(desk, "attendance-sheet", held.ref)
    book = Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(["사번", "성명", "참석", "점수"])
    for n in range(COUNT):
        there = "X" if n % 50 == 0 else "O"
        sheet.append([f"S-{n:03}", f"직원{n:03}", there, None if there == "X" else 55 + n % 40])
    book.save(tmp_path / "roll.xlsx")

    outcome = act(desk, held, "roll", file=str(tmp_path / "roll.xlsx"))
    assert outcome.message == "300 attendances recorded"  # type: ignore[attr-defined]
    act(desk, held, "close")
    now = desk.service("sessions").get(held.ref)
    done = now.values["done"]
    assert 0 < done < 294
    target = tmp_path / "certificates.pdf"
    act(desk, held, "certificates", language="ko", file=str(target))

    pages = page_texts(target.read_bytes())
    assert len(pages) == done
    with pytest.raises(certificates.NobodyToCertifyError):
        act(desk, held, "certificates")
    act(desk, held, "certificates", language="en", again=True, file=str(target))
    assert len(page_texts(target.read_bytes())) == done
    numbers = {
        row.values["certificate"]
        for row in desk.service("attendances").find(Query(where={"state": "done"}))
    }
    assert len(numbers) == done
    act(desk, held, "make-up", on=TODAY + timedelta(days=7))
    assert f"{300 - done} people" in draft(desk, "attendance-sheet")
    ledger = draft(desk, "d14", language="ko")
    assert "직원000" in ledger.replace("\n", "")
    assert "294 / 300" in ledger.replace("\xa0", " ")


TYPED = {"직원004": "done", "직원005": "absent", "직원006": "excused"}
"""Of lines that somebody typed, with blanks, commas and semicolons instead of tabs."""


def test_pasted_lines_find_their_people(desk: Desk) -> None:
    held = session(desk)
    act(desk, held, "roll", text="S-001\tO\nS-002\t불참\n직원003\tyes\n")
    act(desk, held, "roll", text="S-004 O\n직원005, X\nS-006;공가\n")

    rows = desk.service("attendances").find(Query(where={"session": held.ref}))
    states = {row.titles["staff"]: row.state for row in rows}
    assert states == {"직원001": "done", "직원002": "absent", "직원003": "done", **TYPED}


def test_lines_that_cannot_be_used_are_left_out_and_told(desk: Desk) -> None:
    desk.service("staff").create({"name": "직원005", "duty": "handler", "category": "a"})
    roll = rolls.pasted(
        desk, "이름\t참석\n직원005\tO\n직원900\tO\nS-006\tO\nS-006\tO\nS-007\t글쎄\n"
    )

    assert [line.row for line in roll.lines] == [4]
    assert [fault.row for fault in roll.faults] == [2, 3, 5, 6]
    told = rolls.told(roll.faults)
    assert "several of the staff" in told
    assert "글쎄" in told
    held = session(desk)
    with pytest.raises(rolls.NothingRecognisedError):
        act(desk, held, "roll", text="Nobody at all\tO\n")
    with pytest.raises(rolls.NothingToTakeError):
        act(desk, held, "roll")
    with pytest.raises(rolls.TwoListsError):
        act(desk, held, "roll", text="S-001", file="x.csv")


def test_a_list_of_names_alone_says_who_was_there(desk: Desk) -> None:
    held = session(desk)
    act(desk, held, "roll", text="S-001\nS-002\n")

    rows = desk.service("attendances").find(Query(where={"session": held.ref}))
    assert [row.state for row in rows] == ["done", "done"]


def test_a_certificate_bears_the_staff_number(desk: Desk) -> None:
    held = session(desk)
    act(desk, held, "invite", who="everybody")
    (row, *_more) = desk.service("attendances").find(Query(where={"session": held.ref}))
    desk.service("attendances").act("attend", [row.ref], {})
    assert "(S-" in draft(desk, "d13", row.ref)


def test_one_certificate_says_who_what_and_how_long(desk: Desk) -> None:
    held = session(desk, name_en="Yearly training", test=True)
    act(desk, held, "roll", text="S-001\tO\t88\nS-002\tX\n")
    done, absent = desk.service("attendances").find(Query(sort="staff"))

    issued = issuing.issue(desk, "d13", done.ref, "en")

    text = page_texts(issued.data)[0]
    for told in ("직원001", "Yearly training", "1 hour 30 minutes", "88 points, passed"):
        assert told in text
    assert desk.service("attendances").get(done.ref).values["certificate"] == issued.number
    with pytest.raises(certificates.NotCompletedError):
        issuing.issue(desk, "d13", absent.ref, "en")


def test_the_status_counts_by_department_and_names_who_is_next(desk: Desk) -> None:
    held = session(desk)
    act(desk, held, "roll", text="\n".join(f"S-{n:03}" for n in range(0, COUNT, 7)))

    text = draft(desk, "training-status").replace("\xa0", " ")
    assert "43 people (14 %)" in text
    assert "부서1" in text
    assert "직원001" in text
    plan = draft(desk, "training-plan")
    assert f"Training plan for {TODAY.year}" in plan
    assert TODAY.isoformat() in plan


def test_words_and_points_as_offices_write_them(desk: Desk) -> None:
    lines = ["S-001\t지각\t77점", "S-002\t수료\t80/100", "S-003\tㅇ\t90.0", "S-004\t연차\t"]
    roll = rolls.pasted(desk, "\n".join(lines))
    assert [(one.result, one.score) for one in roll.lines] == [
        ("attended", 77), ("attended", 80), ("attended", 90), ("excused", None),
    ]  # fmt: skip
    (only,) = rolls.pasted(desk, "직원005\t출석").lines
    assert only.result == "attended"
    many = rolls.pasted(desk, "\n".join(f"nobody{n}" for n in range(9)))
    assert rolls.told(many.faults).endswith("also lines 6, 7, 8, 9")


def test_the_ledger_names_everybody_who_missed(desk: Desk) -> None:
    held = session(desk)
    act(desk, held, "invite", who="everybody")
    people = desk.service("attendances").find(Query(where={"session": held.ref}))
    desk.service("attendances").act("attend", [row.ref for row in people[:-40]], {})
    act(desk, held, "close")

    told = " ".join(draft(desk, "d14").split())

    missed = [row.titles["staff"] for row in people[-40:]]
    assert [name for name in missed if name not in told] == []
