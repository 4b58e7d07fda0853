"""A new hire from the personnel list to first access, a leaver, and a training day of 300."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from tests.e2e import scene
from tests.e2e.hands import Hand

pytestmark = pytest.mark.e2e

HERE = ("한가람", "오누리", "문새빛", "황보라", "진아름")
PEOPLE, ABSENT = 300, 20


def staffed(desk: Desk) -> dict[str, str]:
    """Enter five people who answer calls and have sworn; return their references."""
    made = {}
    for number, name in enumerate(HERE, 1):
        told = {"name": name, "staff_no": f"G-{number}", "department": "상담팀", "category": "a"}
        made[name] = str(desk.service("staff").create({**told, "joined": "2020-03-02"}).ref)
        signed = {"staff": made[name], "kind": "joining", "signed_on": "2020-03-02"}
        desk.service("pledges").create(signed)
    return made


def roster(folder: Path, *more: str) -> Path:
    """Write the personnel list of the month."""
    lines = [f"G-{n},{name},상담팀,사원,2020-03-02," for n, name in enumerate(HERE, 1)]
    path = folder / "personnel.csv"
    text = "\n".join(["사번,성명,부서,직위,입사일,퇴사일", *lines, *more])
    path.write_text(text, encoding="utf-8")
    return path


def newest(hand: Hand, register: str) -> str:
    with hand.desk() as desk:
        rows = desk.service(register).find(Query(sort="id", descending=True), limit=1)
        return str(rows[0].ref)


def test_a_new_hire_goes_from_the_list_to_first_access(hand: Hand) -> None:
    with hand.desk() as desk:
        people = staffed(desk)
        shop = scene.place(desk, "Web shop").ref
    path = roster(hand.folder, "G-9,새내기,상담팀,사원,2026-11-23,")
    compared = hand.enter("rosters", file=str(path), as_of="2026-11-23")
    hand.act("rosters", compared, "take")
    with hand.desk() as desk:
        (who,) = desk.service("staff").called("새내기")
        ref = desk.ref("staff", who)
        desk.service("staff").update(ref, {"duty": "handler", "category": "a"})
    hand.act("staff", ref, "apply", places=[shop], reason="Answers calls", account="new")
    right = newest(hand, "access-rights")
    assert hand.cannot("access-rights", right, "grant", approver="황보라")  # not sworn yet

    pledge = hand.enter("pledges", staff=ref, kind="joining")
    assert "새내기" in hand.paper("pledges", "d11", pledge)
    hand.act("pledges", pledge, "sign-paper", on="2026-11-23")
    assert hand.cannot("access-rights", right, "grant", approver="새내기 사원")
    hand.act("access-rights", right, "grant", approver="황보라")

    values = hand.row("access-rights", right).values
    assert (hand.state("access-rights", right), values["account"]) == ("granted", "new")
    with hand.desk() as desk:
        assert scene.actions(desk, "access-rights", right)[-1] == "access.granted"
        assert desk.service("staff").get(ref).values["pledge"] == "signed"
    assert ref not in people.values()


def test_a_leaver_gives_everything_back(hand: Hand) -> None:
    with hand.desk() as desk:
        people = staffed(desk)
        shop = scene.place(desk, "Web shop").ref
        told = {"staff": people["오누리"], "place": shop, "account": "nuri", "reason": "Calls"}
        right = desk.service("access-rights").create({**told, "granted_on": "2026-01-05"}).ref
    hand.act("staff", people["오누리"], "leave", on="2026-11-23")
    leaving = newest(hand, "departures")
    assert hand.cannot("departures", leaving, "close")

    if hand.state("access-rights", right) == "granted":  # the window's plan ticks it off
        hand.act("access-rights", right, "revoke", why="left")
    hand.act("departures", leaving, "devices", what="Laptop, badge")
    pledge = hand.enter("pledges", staff=people["오누리"], kind="leaving")
    hand.act("pledges", pledge, "sign-paper", on="2026-11-23")
    given = {"giver": people["오누리"], "taker": people["한가람"], "witness": people["황보라"]}
    handover = hand.enter("handovers", **given, duties="Calls")
    hand.act("handovers", handover, "complete")
    hand.act("departures", leaving, "close")

    assert hand.state("departures", leaving) == "done"
    assert "오누리" in hand.paper("departures", "leaving", leaving)


def test_a_training_day_goes_from_the_invitation_to_the_certificates(hand: Hand) -> None:
    with hand.desk() as desk, desk.change() as change:
        for at in range(PEOPLE):
            told = {
                "name": f"직원{at:03}",
                "staff_no": f"S-{at:03}",
                "department": f"Team {at % 7}",
            }
            desk.service("staff").insert(change, {**told, "category": "a", "joined": "2020-03-02"})
    course = hand.enter(
        "courses", name="Yearly training", topics=["security", "duty"], minutes="90"
    )
    held = hand.enter("sessions", course=course, on="2026-11-23")
    assert "300" in hand.act("sessions", held, "invite", who="everybody")
    path = hand.folder / "roll.csv"
    rows = [f"S-{at:03},{'불참' if at < ABSENT else '참석'}" for at in range(PEOPLE)]
    path.write_text("\n".join(["사번,참석", *rows]), encoding="utf-8")
    hand.act("sessions", held, "roll", file=str(path))
    hand.act("sessions", held, "close")
    hand.act("sessions", held, "make-up", on="2026-12-07")
    out = hand.folder / "certificates.pdf"
    hand.act("sessions", held, "certificates", language="ko", file=str(out))

    values = hand.row("sessions", held).values
    assert [values[name] for name in ("invited", "done", "missing")] == [PEOPLE, 280, ABSENT]
    assert out.read_bytes().startswith(b"%PDF")
    with hand.desk() as desk:
        done = desk.service("attendances").find(Query(where={"session": held, "state": "done"}))
        assert len({row.values["certificate"] for row in done}) == PEOPLE - ABSENT
        again = desk.service("sessions").find(Query(where={"state": "planned"}))
        assert [row.values["invited"] for row in again] == [ABSENT]
